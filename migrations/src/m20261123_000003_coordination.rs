//! What must be shared between requests and processes: sign-in flows, locks,
//! rate limits, and the receipts of data deletions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    double, json_binary, json_binary_null, string, timestamp_with_time_zone, timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("flow")
                    .col(string("state_hash").primary_key())
                    .col(string("browser_hash"))
                    .col(string("platform"))
                    .col(json_binary("purpose"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .col(timestamp_with_time_zone_null("spent_at"))
                    .col(json_binary_null("outcome"))
                    .take(),
            )
            .await?;
        manager.create_index(Index::create().name("flow_expiry").table("flow").col("expires_at").take()).await?;
        manager
            .create_table(
                Table::create()
                    .table("lock")
                    .col(string("name").primary_key())
                    .col(string("holder"))
                    .col(timestamp_with_time_zone("until"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("bucket")
                    .col(string("name").primary_key())
                    .col(double("tokens"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("deletion")
                    .col(string("code").primary_key())
                    .col(string("platform"))
                    .col(string("meta_user_hash"))
                    .col(timestamp_with_time_zone("requested_at"))
                    .col(timestamp_with_time_zone_null("done_at"))
                    .take(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["deletion", "bucket", "lock", "flow"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}
