//! The database schema: one source for SQLite and PostgreSQL.
//!
//! One module per group of tables, in the order in which they are applied. A
//! migration that was released never changes; a new one follows it. All times
//! are UTC; ids and times are made by the program, never by the database, so
//! that both databases behave alike.

mod m20261123_000001_people;
mod m20261123_000002_tokens;
mod m20261123_000003_coordination;
mod m20261123_000004_jobs;
mod m20261124_000005_widgets;
mod m20261126_000006_feeds;
mod m20261126_000007_token_life;
mod m20261126_000008_pictures;
mod m20261126_000009_growth;
mod m20261126_000010_sharing;
mod m20261126_000011_privacy;
mod m20261126_000012_event;
mod m20261126_000013_lists;
mod m20261126_000014_spares;
mod m20261127_000015_mail;
mod m20261127_000016_profile;
#[cfg(test)]
mod tests;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait};

/// Every migration, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_people::Migration),
            Box::new(m20261123_000002_tokens::Migration),
            Box::new(m20261123_000003_coordination::Migration),
            Box::new(m20261123_000004_jobs::Migration),
            Box::new(m20261124_000005_widgets::Migration),
            Box::new(m20261126_000006_feeds::Migration),
            Box::new(m20261126_000007_token_life::Migration),
            Box::new(m20261126_000008_pictures::Migration),
            Box::new(m20261126_000009_growth::Migration),
            Box::new(m20261126_000010_sharing::Migration),
            Box::new(m20261126_000011_privacy::Migration),
            Box::new(m20261126_000012_event::Migration),
            Box::new(m20261126_000013_lists::Migration),
            Box::new(m20261126_000014_spares::Migration),
            Box::new(m20261127_000015_mail::Migration),
            Box::new(m20261127_000016_profile::Migration),
        ]
    }
}

/// The advisory lock that instances starting at the same time queue up for.
const LOCK_KEY: i64 = 0x70_69_6c_6f_74;

/// Brings the schema up to date, all or nothing. Several processes may call
/// this at once: the first does the work, the others wait and find it done.
///
/// # Errors
/// The database refuses a statement or is out of reach; nothing was changed.
pub async fn migrate(db: &DatabaseConnection) -> Result<(), DbErr> {
    let options =
        TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
    // SQLite has one writer at a time, which is the lock there.
    let txn = db.begin_with_options(options).await?;
    if txn.get_database_backend() == DbBackend::Postgres {
        txn.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK_KEY})")).await?;
    }
    Migrator::up(&txn, None).await?;
    txn.commit().await
}
