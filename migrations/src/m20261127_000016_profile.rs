//! What people may set about themselves, and how far their address is known to be theirs.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, string_null, text_null, timestamp_with_time_zone_null};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// `person_wanted`: who waits for an address to be confirmed. `person_leaving`: who has asked to be deleted.
const INDEXES: [(&str, &str); 2] = [("person_wanted", "wanted_email"), ("person_leaving", "leaving_at")];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            timestamp_with_time_zone_null("email_confirmed_at"),
            string_null("wanted_email"),
            text_null("own_name"),
            string_null("language"),
            string_null("time_zone"),
            string_null("theme"),
            timestamp_with_time_zone_null("leaving_at"),
            boolean("staff").default(false).take(),
        ];
        // SQLite takes one column at a time.
        for column in columns {
            manager.alter_table(Table::alter().table("person").add_column(column).take()).await?;
        }
        for (name, column) in INDEXES {
            manager.create_index(Index::create().name(name).table("person").col(column).take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, _) in INDEXES {
            manager.drop_index(Index::drop().name(name).table("person").to_owned()).await?;
        }
        for column in
            ["email_confirmed_at", "wanted_email", "own_name", "language", "time_zone", "theme", "leaving_at", "staff"]
        {
            manager.alter_table(Table::alter().table("person").drop_column(column).take()).await?;
        }
        Ok(())
    }
}
