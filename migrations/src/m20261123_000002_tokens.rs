//! Tokens, the accounts that live by them, who looks after those, and what happened.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    blob, json_binary, json_binary_null, string, string_null, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_token(manager).await?;
        create_account(manager).await?;
        create_membership(manager).await?;
        create_history(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["history", "membership", "account", "token"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

async fn create_token(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("token")
                .col(uuid("id").primary_key())
                .col(string("platform"))
                .col(string("meta_user_id"))
                .col(blob("sealed"))
                .col(timestamp_with_time_zone("issued_at"))
                .col(timestamp_with_time_zone_null("expires_at"))
                .col(timestamp_with_time_zone_null("data_access_expires_at"))
                .col(json_binary_null("ending"))
                .col(json_binary_null("suspension"))
                .col(json_binary("missing_scopes"))
                .col(timestamp_with_time_zone_null("last_success_at"))
                .col(json_binary_null("failed_extension"))
                .col(json_binary_null("failed_check"))
                .col(timestamp_with_time_zone_null("noted_expiry"))
                .col(timestamp_with_time_zone_null("next_step_at"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .take(),
        )
        .await?;
    manager
        .create_index(
            Index::create().name("token_identity").table("token").col("platform").col("meta_user_id").unique().take(),
        )
        .await
}

async fn create_account(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("account")
                .col(uuid("id").primary_key())
                .col(string("instagram_id").unique_key())
                .col(string("username"))
                .col(text("name"))
                .col(string("account_type"))
                .col(uuid("token_id"))
                .col(string_null("page_id"))
                .col(text_null("page_name"))
                .col(timestamp_with_time_zone("created_at"))
                // No cascade: a token that accounts live by cannot vanish by accident.
                .foreign_key(ForeignKey::create().from("account", "token_id").to("token", "id"))
                .take(),
        )
        .await?;
    manager.create_index(Index::create().name("account_token").table("account").col("token_id").take()).await
}

async fn create_membership(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let cascade = |from: &'static str, to: &'static str| {
        ForeignKey::create().from("membership", from).to(to, "id").on_delete(ForeignKeyAction::Cascade).take()
    };
    manager
        .create_table(
            Table::create()
                .table("membership")
                .col(uuid("person_id"))
                .col(uuid("account_id"))
                .col(string("role"))
                .col(timestamp_with_time_zone("created_at"))
                .primary_key(Index::create().col("person_id").col("account_id"))
                .foreign_key(&mut cascade("person_id", "person"))
                .foreign_key(&mut cascade("account_id", "account"))
                .take(),
        )
        .await?;
    manager.create_index(Index::create().name("membership_account").table("membership").col("account_id").take()).await
}

async fn create_history(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("history")
                .col(uuid("id").primary_key())
                .col(uuid("token_id"))
                .col(timestamp_with_time_zone("at"))
                .col(json_binary("kind"))
                .col(string("kind_key"))
                .col(string("trigger"))
                .col(text_null("by_name"))
                .col(json_binary_null("said"))
                .col(timestamp_with_time_zone("recorded_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("history", "token_id")
                        .to("token", "id")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .take(),
        )
        .await?;
    // One thing happens once at one moment, so that an expiry is told once.
    manager
        .create_index(
            Index::create()
                .name("history_once")
                .table("history")
                .col("token_id")
                .col("at")
                .col("kind_key")
                .unique()
                .take(),
        )
        .await
}
