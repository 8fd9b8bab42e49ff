//! What can go wrong with the database.

use sea_orm::{DbErr, RuntimeErr, SqlErr, SqlxError};

/// Why the database did not do what it was asked. Nothing was half-written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Neither `sqlite:` nor `postgres:`. The address itself is not repeated:
    /// it may hold a password.
    #[error("the database address must begin with `sqlite://` or `postgres://` and be a URL")]
    Address,
    /// The database is out of reach; trying again later may work.
    #[error("the database is out of reach; is it running, and may we connect?")]
    Unavailable(#[source] DbErr),
    /// Others kept the database busy for too long; trying again may work.
    #[error("the database is busy; try again")]
    Busy(#[source] DbErr),
    /// There is such a row already.
    #[error("there is such a row already")]
    Duplicate,
    /// What a row was to be written to, or belongs to, was deleted meanwhile.
    #[error("what this belongs to is gone")]
    Gone,
    /// The schema is not up to date, or the database refused a statement.
    #[error("the database refused a statement; was it migrated?")]
    Refused(#[source] DbErr),
    /// A row holds what this version cannot read.
    #[error("a row of table `{table}` cannot be read: {what}")]
    Unreadable {
        /// The table.
        table: &'static str,
        /// The column or the reason, never its content.
        what: String,
    },
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => return Self::Duplicate,
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => return Self::Gone,
            _ => {}
        }
        match &error {
            DbErr::RecordNotUpdated => Self::Gone,
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable(error),
            DbErr::Exec(RuntimeErr::SqlxError(inner)) | DbErr::Query(RuntimeErr::SqlxError(inner)) => match &**inner {
                SqlxError::Io(_) | SqlxError::PoolTimedOut | SqlxError::PoolClosed => Self::Unavailable(error),
                SqlxError::Database(inner) if is_contention(inner.code().as_deref()) => Self::Busy(error),
                _ => Self::Refused(error),
            },
            _ => Self::Refused(error),
        }
    }
}

/// SQLite's extended result codes end in the primary one: 5 is SQLITE_BUSY,
/// 6 is SQLITE_LOCKED. PostgreSQL: 40001 serialization failure, 40P01
/// deadlock, 55P03 lock not available.
fn is_contention(code: Option<&str>) -> bool {
    match code {
        Some("40001" | "40P01" | "55P03") => true,
        // PostgreSQL's codes have five characters, SQLite's are small numbers.
        Some(code) if code.len() < 5 => code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6)),
        _ => false,
    }
}
