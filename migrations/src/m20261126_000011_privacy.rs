//! Whoever looks after an account with others does not read their e-mail addresses.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A name at Instagram begins with the @.
        let addresses = "UPDATE history SET by_name = NULL WHERE by_name LIKE '_%@_%'";
        manager.get_connection().execute_unprepared(addresses).await?;
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}
