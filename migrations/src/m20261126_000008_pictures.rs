//! Pictures that could not be copied are asked for again, and a picture whose
//! address points elsewhere is another one.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, json_binary_null, string_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // What was hopeless after one look gets another; and each picture's address is
        // not known, so each is copied once more.
        let change = |what: &mut TableAlterStatement| what.table("item").take();
        manager.alter_table(change(Table::alter().drop_column("hopeless"))).await?;
        // What the address that was asked last points to, as a digest.
        manager.alter_table(change(Table::alter().add_column(string_null("source")))).await?;
        // Since when asking there has failed.
        manager.alter_table(change(Table::alter().add_column(json_binary_null("failing")))).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let change = |what: &mut TableAlterStatement| what.table("item").take();
        manager.alter_table(change(Table::alter().drop_column("failing"))).await?;
        manager.alter_table(change(Table::alter().drop_column("source"))).await?;
        let hopeless = boolean("hopeless").default(false).take();
        manager.alter_table(change(Table::alter().add_column(hopeless))).await
    }
}
