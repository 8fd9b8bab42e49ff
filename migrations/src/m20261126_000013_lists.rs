//! What lists are counted and sorted by: when a token turns by itself, and
//! whether an account is surely not shared with its token.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, timestamp_with_time_zone_null};
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const TURNS: [&str; 3] = ["needs_from", "dark_from", "extends_at"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The sweep fills them in: the rule that says when is no matter of the database.
        for turn in TURNS {
            let column = timestamp_with_time_zone_null(turn);
            manager.alter_table(Table::alter().table("token").add_column(column).take()).await?;
        }
        let apart = boolean("apart").default(false).take();
        manager.alter_table(Table::alter().table("account").add_column(apart).take()).await?;
        let confirmed = match manager.get_database_backend() {
            DbBackend::Sqlite => "json_extract(unshared, '$.confirmed')",
            _ => "(unshared ->> 'confirmed') = 'true'",
        };
        let surely = format!("UPDATE account SET apart = true WHERE unshared IS NOT NULL AND {confirmed}");
        manager.get_connection().execute_unprepared(&surely).await?;
        // Whose turn is not known yet; few, and none after the first sweep.
        let unturned = "CREATE INDEX token_unturned ON token (id) WHERE needs_from IS NULL";
        manager.get_connection().execute_unprepared(unturned).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("DROP INDEX token_unturned").await?;
        manager.alter_table(Table::alter().table("account").drop_column("apart").take()).await?;
        for turn in TURNS {
            manager.alter_table(Table::alter().table("token").drop_column(turn).take()).await?;
        }
        Ok(())
    }
}
