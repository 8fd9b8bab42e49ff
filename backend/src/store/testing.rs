//! Databases for tests: a SQLite file that vanishes, and a schema of its own
//! in the PostgreSQL that `TEST_DATABASE_URL` names.

use std::error::Error;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, QueryResult, Statement};
use tempfile::TempDir;

use super::{Db, connect};
use crate::random;

/// A migrated, empty database. It lives as long as this value.
#[derive(Debug)]
pub struct TestDb {
    /// The database.
    pub db: Db,
    /// Where a second process would find it.
    pub url: String,
    /// What PostgreSQL calls our connections.
    application: Option<String>,
    _folder: Option<TempDir>,
}

impl TestDb {
    /// A SQLite file in a temporary folder.
    ///
    /// # Errors
    /// No temporary folder, or the migrations fail.
    pub async fn sqlite() -> Result<Self, Box<dyn Error>> {
        let folder = TempDir::new()?;
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("test.db").display());
        Self::migrated(url, None, Some(folder)).await
    }

    /// A new schema in the PostgreSQL at `TEST_DATABASE_URL`; `None` when that
    /// is not set. The schema stays behind: the database is for throwing away.
    ///
    /// # Errors
    /// Nobody answers there, the migrations fail, or it is not set although
    /// `CI` is: a skipped test must not look like a passed one.
    pub async fn postgres() -> Result<Option<Self>, Box<dyn Error>> {
        let Some(url) = variable("TEST_DATABASE_URL") else {
            return match variable("CI") {
                Some(_) => Err("CI is set, so TEST_DATABASE_URL must name a PostgreSQL".into()),
                None => Ok(None),
            };
        };
        let schema = format!("test_{}", random::new_id().simple());
        let admin = Database::connect(url.as_str()).await?;
        admin.execute_unprepared(&format!("CREATE SCHEMA {schema}")).await?;
        admin.close().await?;
        let joint = if url.contains('?') { '&' } else { '?' };
        let url = format!("{url}{joint}options=-csearch_path%3D{schema}&application_name={schema}");
        Self::migrated(url, Some(schema), None).await.map(Some)
    }

    /// How many rows a table has.
    ///
    /// # Errors
    /// No such table.
    pub async fn count(&self, table: &str) -> Result<i64, Box<dyn Error>> {
        let row = self.first(&format!("SELECT COUNT(*) AS it FROM {table}")).await?;
        Ok(row.try_get("", "it")?)
    }

    /// The text that a query finds first, in a column named `it`.
    ///
    /// # Errors
    /// Nothing is found.
    pub async fn text(&self, query: &str) -> Result<String, Box<dyn Error>> {
        Ok(self.first(query).await?.try_get("", "it")?)
    }

    /// Runs a statement, to break something on purpose.
    ///
    /// # Errors
    /// The database refuses it.
    pub async fn execute(&self, statement: &str) -> Result<(), Box<dyn Error>> {
        let txn = self.db.begin_write().await?;
        txn.execute_unprepared(statement).await?;
        Ok(txn.commit().await?)
    }

    /// How many of this database's connections stay inside a transaction that
    /// nobody works on. One that was dropped just now may need a moment to end.
    ///
    /// # Errors
    /// The database fails.
    pub async fn idle_in_transaction(&self) -> Result<i64, Box<dyn Error>> {
        let Some(name) = self.application.as_deref() else {
            // SQLite has one writer: this would not come to an end.
            self.db.begin_write().await?.rollback().await?;
            return Ok(0);
        };
        let query = format!(
            "SELECT COUNT(*) AS it FROM pg_stat_activity
             WHERE application_name = '{name}' AND state LIKE 'idle in transaction%'"
        );
        // From outside: a connection that asks is not idle.
        let outside = Database::connect(variable("TEST_DATABASE_URL").unwrap_or_default()).await?;
        let mut left = 0;
        for _ in 0..100 {
            left = first(&outside, &query).await?.try_get("", "it")?;
            if left == 0 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        outside.close().await?;
        Ok(left)
    }

    async fn first(&self, query: &str) -> Result<QueryResult, Box<dyn Error>> {
        first(self.db.reader(), query).await
    }

    async fn migrated(
        url: String,
        application: Option<String>,
        folder: Option<TempDir>,
    ) -> Result<Self, Box<dyn Error>> {
        let db = connect(&url).await?;
        db.migrate().await?;
        Ok(Self { db, url, application, _folder: folder })
    }
}

async fn first(db: &DatabaseConnection, query: &str) -> Result<QueryResult, Box<dyn Error>> {
    let found = db.query_one_raw(Statement::from_string(db.get_database_backend(), query)).await?;
    found.ok_or_else(|| "nothing was found".into())
}

#[expect(clippy::disallowed_methods, reason = "tests are configured by the environment alone")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Writes a test once and runs it on both databases, as `name::sqlite` and
/// `name::postgres`. The latter says so and does nothing where there is no
/// PostgreSQL.
///
/// ```ignore
/// on_both! {
///     async fn a_row_is_found_again(test: TestDb) { … }
/// }
/// ```
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($test:ident: TestDb) $body:block)+) => {
        $($(#[$meta])* #[cfg(test)] mod $name {
            use super::*;

            async fn body($test: $crate::store::testing::TestDb) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                body($crate::store::testing::TestDb::sqlite().await.unwrap()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                match $crate::store::testing::TestDb::postgres().await.unwrap() {
                    Some(test) => body(test).await,
                    None => eprintln!("SKIPPED on PostgreSQL: TEST_DATABASE_URL is not set"),
                }
            }
        })+
    };
}
