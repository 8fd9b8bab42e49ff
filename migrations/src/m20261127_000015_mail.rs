//! `mail`, the outbox, and `ticket`: what a link in a mail is good for.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, json_binary, string, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
    uuid_null,
};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("mail")
                    .col(uuid("id").primary_key())
                    // No foreign key: the last mail tells that the person is gone.
                    .col(uuid_null("person_id"))
                    .col(text("address"))
                    .col(string("language"))
                    .col(json_binary("letter"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(integer("tries").default(0))
                    .col(timestamp_with_time_zone_null("sent_at"))
                    .col(timestamp_with_time_zone_null("given_up_at"))
                    .col(text_null("last_error"))
                    .take(),
            )
            .await?;
        manager.create_index(Index::create().name("mail_created").table("mail").col("created_at").take()).await?;
        manager.create_index(Index::create().name("mail_person").table("mail").col("person_id").take()).await?;
        manager
            .create_table(
                Table::create()
                    .table("ticket")
                    .col(uuid("id").primary_key())
                    .col(string("purpose"))
                    .col(uuid("person_id"))
                    .col(text("address"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .col(timestamp_with_time_zone_null("used_at"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("ticket", "person_id")
                            .to("person", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .take(),
            )
            .await?;
        manager.create_index(Index::create().name("ticket_person").table("ticket").col("person_id").take()).await?;
        manager.create_index(Index::create().name("ticket_expires").table("ticket").col("expires_at").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["ticket", "mail"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}
