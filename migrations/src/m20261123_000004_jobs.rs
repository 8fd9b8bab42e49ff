//! The job queue.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, json_binary, string, string_null, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// sea-query has no partial indexes; both databases accept this text.
///
/// Each partial index holds only the rows its one query looks for, so neither
/// the rows that are not due nor the finished ones make a claim slower.
const INDEXES: [&str; 4] = [
    // At most one living job per dedupe key.
    "CREATE UNIQUE INDEX job_living ON job (kind, dedupe_key) WHERE state IN ('ready', 'running')",
    // Claiming, kind by kind.
    "CREATE INDEX job_due ON job (kind, run_at, id) WHERE state = 'ready'",
    // Taking back the work of dead workers.
    "CREATE INDEX job_leased ON job (locked_until) WHERE state = 'running'",
    // Purging.
    "CREATE INDEX job_finished ON job (finished_at) WHERE state IN ('done', 'dead')",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("job")
                    .col(uuid("id").primary_key())
                    .col(string("kind"))
                    .col(json_binary("payload"))
                    .col(string("dedupe_key"))
                    .col(string("state"))
                    .col(timestamp_with_time_zone("run_at"))
                    .col(timestamp_with_time_zone_null("again_at"))
                    .col(integer("attempts"))
                    .col(string_null("locked_by"))
                    .col(timestamp_with_time_zone_null("locked_until"))
                    .col(text_null("last_error"))
                    .col(timestamp_with_time_zone_null("finished_at"))
                    .take(),
            )
            .await?;
        for index in INDEXES {
            manager.get_connection().execute_unprepared(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("job").take()).await
    }
}
