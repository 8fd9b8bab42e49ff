//! `spare`: the tokens that lead to an account which lives by another one.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{timestamp_with_time_zone, uuid};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let of = |column: &'static str, table: &'static str| {
            ForeignKey::create()
                .name(format!("spare_{column}"))
                .from("spare", column)
                .to(table, "id")
                .on_delete(ForeignKeyAction::Cascade)
                .take()
        };
        manager
            .create_table(
                Table::create()
                    .table("spare")
                    .col(uuid("account_id"))
                    .col(uuid("token_id"))
                    .col(timestamp_with_time_zone("created_at"))
                    .primary_key(Index::create().col("account_id").col("token_id"))
                    .foreign_key(&mut of("account_id", "account"))
                    .foreign_key(&mut of("token_id", "token"))
                    .take(),
            )
            .await?;
        manager.create_index(Index::create().name("spare_token").table("spare").col("token_id").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("spare").take()).await
    }
}
