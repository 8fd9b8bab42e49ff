//! What keeps periodic work from growing with rows that are not concerned; and
//! a job per account in the place of one per widget.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// Each is for one query of the sweep or of forgetting what has had its time.
const INDEXES: &[(&str, &str)] = &[
    ("view_day_day", "view_day (day)"),
    ("rebuild_day_day", "rebuild_day (day)"),
    ("session_seen", "session (seen_at)"),
    ("session_created", "session (created_at)"),
    ("bucket_updated", "bucket (updated_at)"),
    ("token_next_step", "token (next_step_at)"),
    ("widget_next_rebuild", "widget (next_rebuild_at)"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, columns) in INDEXES {
            manager.get_connection().execute_unprepared(&format!("CREATE INDEX {name} ON {columns}")).await?;
        }
        // The sweep gives every account with widgets its job.
        manager.get_connection().execute_unprepared("DELETE FROM job WHERE kind = 'rebuild'").await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("DELETE FROM job WHERE kind = 'fetch'").await?;
        for (name, _) in INDEXES {
            manager.get_connection().execute_unprepared(&format!("DROP INDEX {name}")).await?;
        }
        Ok(())
    }
}
