//! The connection, and the only way to begin a write.

use std::time::Duration;

use sea_orm::sqlx::sqlite::SqliteJournalMode;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

use super::{Error, Result};

/// How long SQLite waits for another process that writes.
const BUSY: Duration = Duration::from_secs(5);
/// How long to wait for a free connection, or for a database that is starting.
const ACQUIRE: Duration = Duration::from_secs(10);
/// Connections that nobody uses give their memory back.
const IDLE: Duration = Duration::from_secs(60);
/// Each connection to SQLite is a thread and up to 2 MB of page cache.
const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 10;

/// The database. Cheap to clone.
///
/// SQLite has one writer at a time. So there is one writing connection, for
/// which writers queue up in order, and a few that only read and never wait.
/// On PostgreSQL both are the same pool.
#[derive(Debug, Clone)]
pub struct Db {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
}

/// Connects to `sqlite://…` or `postgres://…`. A missing SQLite file is created.
///
/// # Errors
/// [`Error::Address`], or [`Error::Unavailable`] when nobody answers there.
pub async fn connect(database_url: &str) -> Result<Db> {
    if url::Url::parse(database_url).is_err() {
        return Err(Error::Address);
    }
    if database_url.starts_with("sqlite:") {
        let writer = Database::connect(sqlite(database_url, 1, true)).await?;
        let reader = Database::connect(sqlite(database_url, SQLITE_READERS, false)).await?;
        return Ok(Db { reader, writer });
    }
    if database_url.starts_with("postgres:") || database_url.starts_with("postgresql:") {
        let pool = Database::connect(options(database_url, POSTGRES_CONNECTIONS)).await?;
        return Ok(Db { reader: pool.clone(), writer: pool });
    }
    Err(Error::Address)
}

fn options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(0)
        .acquire_timeout(ACQUIRE)
        .idle_timeout(IDLE)
        // Every poll of the queue would be a line in the log.
        .sqlx_logging(false);
    options
}

fn sqlite(url: &str, connections: u32, writes: bool) -> ConnectOptions {
    let mut options = options(url, connections);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        let sqlite = sqlite.busy_timeout(BUSY).foreign_keys(true);
        if writes {
            sqlite.create_if_missing(true).journal_mode(SqliteJournalMode::Wal)
        } else {
            sqlite.pragma("query_only", "ON")
        }
    });
    options
}

impl Db {
    /// For reading outside any transaction. On SQLite it refuses to write.
    pub(crate) fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Begins a write. It is undone unless it is committed. On SQLite it holds
    /// the database's one write lock: never wait for the network inside.
    ///
    /// # Errors
    /// [`Error::Unavailable`] or [`Error::Busy`].
    pub(crate) async fn begin_write(&self) -> Result<DatabaseTransaction> {
        // A transaction that reads first and writes later would fail with
        // SQLITE_BUSY as soon as somebody else wrote in between.
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        let writer = self.writer.clone();
        // In a task of its own: sqlx counts a transaction from the answer on, so a request that is dropped between
        // BEGIN and its answer would leave PostgreSQL's connection inside a transaction that nobody ends.
        let begun = tokio::spawn(async move { writer.begin_with_options(options).await }).await;
        Ok(begun.map_err(|ended| DbErr::Custom(format!("a transaction did not begin: {ended}")))??)
    }

    /// Brings the schema up to date. Safe for several processes at once.
    ///
    /// # Errors
    /// The database is out of reach or refuses a statement; nothing was changed.
    pub async fn migrate(&self) -> Result<()> {
        Ok(migrations::migrate(&self.writer).await?)
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it gives none.
    pub async fn ping(&self) -> Result<()> {
        self.reader.execute_unprepared("SELECT 1").await?;
        Ok(())
    }

    /// Closes every connection. SQLite then folds its write-ahead log into the file.
    ///
    /// # Errors
    /// A connection does not close.
    pub async fn close(self) -> Result<()> {
        self.reader.close().await?;
        self.writer.close().await?;
        Ok(())
    }
}
