//! What a token's life needs besides: an unnamed refusal that waits for its
//! confirmation, and equal failures told as one.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer_null, json_binary_null, timestamp_with_time_zone_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One statement each: SQLite adds one column at a time.
        for column in [integer_null("times"), timestamp_with_time_zone_null("last_at")] {
            manager.alter_table(Table::alter().table("history").add_column(column).take()).await?;
        }
        manager.alter_table(Table::alter().table("token").add_column(json_binary_null("doubt")).take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("token").drop_column("doubt").take()).await?;
        for column in ["last_at", "times"] {
            manager.alter_table(Table::alter().table("history").drop_column(column).take()).await?;
        }
        Ok(())
    }
}
