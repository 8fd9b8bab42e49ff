//! Posts and their pictures, widgets, what is seen of them, and what changed.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, integer, json_binary, string, string_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_feed(manager).await?;
        create_pictures(manager).await?;
        create_widget(manager).await?;
        create_statistics(manager).await?;
        create_change(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["change", "rebuild_day", "view_day", "widget", "item", "picture", "post", "feed"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

/// What belongs to a row vanishes with it.
fn cascade(from: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(from, column).to(to, "id").on_delete(ForeignKeyAction::Cascade).take()
}

async fn create_feed(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("feed")
                .col(uuid("account_id").primary_key())
                .col(timestamp_with_time_zone_null("fetched_at"))
                .col(timestamp_with_time_zone_null("not_before"))
                .foreign_key(&mut cascade("feed", "account_id", "account"))
                .take(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("post")
                .col(uuid("account_id"))
                .col(string("media_id"))
                .col(timestamp_with_time_zone("at"))
                .col(json_binary("facts"))
                .primary_key(Index::create().col("account_id").col("media_id"))
                .foreign_key(&mut cascade("post", "account_id", "account"))
                .take(),
        )
        .await?;
    manager.create_index(Index::create().name("post_newest").table("post").col("account_id").col("at").take()).await
}

async fn create_pictures(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("picture")
                .col(string("hash").primary_key())
                .col(integer("width"))
                .col(integer("height"))
                .col(json_binary("widths"))
                .col(timestamp_with_time_zone("created_at"))
                .take(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("item")
                .col(uuid("account_id"))
                .col(string("post_id"))
                .col(string("media_id"))
                .col(string_null("picture"))
                // Trying again makes no sense: a picture bomb, not a picture.
                .col(boolean("hopeless"))
                .primary_key(Index::create().col("account_id").col("post_id").col("media_id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("item", ("account_id", "post_id"))
                        .to("post", ("account_id", "media_id"))
                        .on_delete(ForeignKeyAction::Cascade),
                )
                // No cascade: a picture that is in use cannot vanish.
                .foreign_key(ForeignKey::create().from("item", "picture").to("picture", "hash"))
                .take(),
        )
        .await?;
    manager.create_index(Index::create().name("item_picture").table("item").col("picture").take()).await
}

async fn create_widget(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("widget")
                .col(uuid("id").primary_key())
                .col(uuid("account_id"))
                .col(json_binary("settings"))
                .col(timestamp_with_time_zone_null("rebuilt_at"))
                .col(timestamp_with_time_zone_null("failed_at"))
                .col(string_null("failure"))
                .col(integer("failures"))
                .col(timestamp_with_time_zone("next_rebuild_at"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(&mut cascade("widget", "account_id", "account"))
                .take(),
        )
        .await?;
    manager.create_index(Index::create().name("widget_account").table("widget").col("account_id").take()).await
}

async fn create_statistics(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("view_day")
                .col(uuid("widget_id"))
                .col(timestamp_with_time_zone("day"))
                .col(string("site"))
                .col(big_integer("views"))
                .primary_key(Index::create().col("widget_id").col("day").col("site"))
                .foreign_key(&mut cascade("view_day", "widget_id", "widget"))
                .take(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("rebuild_day")
                .col(uuid("widget_id"))
                .col(timestamp_with_time_zone("day"))
                .col(integer("rebuilt"))
                .col(integer("failed"))
                .primary_key(Index::create().col("widget_id").col("day"))
                .foreign_key(&mut cascade("rebuild_day", "widget_id", "widget"))
                .take(),
        )
        .await
}

/// Read by every process every moment, and kept for minutes only.
async fn create_change(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
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
