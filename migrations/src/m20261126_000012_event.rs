//! `change`, which could tell of widgets alone, becomes `event`: what happened
//! to which account, through what, by whom.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{string, timestamp_with_time_zone, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // It held the last minutes alone, and whoever starts now has heard none of them.
        manager.drop_table(Table::drop().table("change").take()).await?;
        // No foreign keys: it tells of what is deleted, too.
        manager
            .create_table(
                Table::create()
                    .table("event")
                    .col(uuid("id").primary_key())
                    .col(timestamp_with_time_zone("at"))
                    .col(string("kind"))
                    .col(uuid("account_id"))
                    .col(uuid_null("widget_id"))
                    .col(string("trigger"))
                    .col(uuid_null("person_id"))
                    .take(),
            )
            .await?;
        manager.create_index(Index::create().name("event_at").table("event").col("at").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("event").take()).await?;
        manager
            .create_table(
                Table::create()
                    .table("change")
                    .col(uuid("id").primary_key())
                    .col(timestamp_with_time_zone("at"))
                    .col(string("kind"))
                    .col(uuid("widget_id"))
                    .take(),
            )
            .await?;
        manager.create_index(Index::create().name("change_at").table("change").col("at").take()).await
    }
}
