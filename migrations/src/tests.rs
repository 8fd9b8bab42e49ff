//! Every migration can be undone and applied again, on both databases, and
//! several processes may start at once.

use crate::{Migrator, migrate};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use sea_orm_migration::MigratorTrait;

/// What the schema is made of, as the database itself tells it.
async fn schema(db: &DatabaseConnection) -> Vec<String> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable AS what
                 FROM information_schema.columns
                 WHERE table_schema = current_schema() AND table_name <> 'seaql_migrations'
             UNION ALL
             SELECT 'index ' || replace(indexdef, schemaname || '.', '') FROM pg_indexes
                 WHERE schemaname = current_schema() AND tablename <> 'seaql_migrations'
             ORDER BY what"
        }
        _ => {
            "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS what FROM sqlite_master
             WHERE tbl_name <> 'seaql_migrations' ORDER BY what"
        }
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get("", "what").unwrap()).collect()
}

async fn up_down_up(db: &DatabaseConnection) {
    migrate(db).await.unwrap();
    let first = schema(db).await;
    assert!(first.iter().any(|what| what.contains("job_due")), "{first:?}");
    Migrator::down(db, None).await.unwrap();
    assert_eq!(schema(db).await, Vec::<String>::new(), "down leaves nothing behind");
    migrate(db).await.unwrap();
    assert_eq!(schema(db).await, first);
    migrate(db).await.unwrap();
    assert_eq!(schema(db).await, first, "migrating twice changes nothing");
}

async fn started_at_once(connections: Vec<DatabaseConnection>) {
    let starts: Vec<_> =
        connections.into_iter().map(|db| tokio::spawn(async move { migrate(&db).await.map(|()| db) })).collect();
    for start in starts {
        let db = start.await.unwrap().unwrap();
        assert!(Migrator::get_pending_migrations(&db).await.unwrap().is_empty());
    }
}

async fn sqlite(folder: &tempfile::TempDir) -> DatabaseConnection {
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", folder.path().join("test.db").display()));
    options.max_connections(2);
    Database::connect(options).await.unwrap()
}

/// A connection to a schema of its own, or `None` where there is no PostgreSQL.
#[expect(clippy::disallowed_methods, reason = "tests are configured by the environment alone")]
async fn postgres(schema: &str) -> Option<DatabaseConnection> {
    let Ok(url) = std::env::var("TEST_DATABASE_URL") else {
        assert!(std::env::var("CI").is_err(), "CI is set, so TEST_DATABASE_URL must name a PostgreSQL");
        eprintln!("SKIPPED on PostgreSQL: TEST_DATABASE_URL is not set");
        return None;
    };
    let mut options = ConnectOptions::new(url);
    options.max_connections(2).set_schema_search_path(schema);
    Some(Database::connect(options).await.unwrap())
}

async fn fresh_schema(schema: &str) -> Option<DatabaseConnection> {
    let db = postgres(schema).await?;
    db.execute_unprepared(&format!("DROP SCHEMA IF EXISTS {schema} CASCADE")).await.unwrap();
    db.execute_unprepared(&format!("CREATE SCHEMA {schema}")).await.unwrap();
    Some(db)
}

#[tokio::test]
async fn up_down_up_on_sqlite() {
    let folder = tempfile::TempDir::new().unwrap();
    up_down_up(&sqlite(&folder).await).await;
}

#[tokio::test]
async fn up_down_up_on_postgres() {
    if let Some(db) = fresh_schema("test_up_down_up").await {
        up_down_up(&db).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn processes_may_start_at_once_on_sqlite() {
    let folder = tempfile::TempDir::new().unwrap();
    // The file and its journal mode are made once; afterwards nobody is alone.
    let mut connections = Vec::new();
    for _ in 0..4 {
        connections.push(sqlite(&folder).await);
    }
    started_at_once(connections).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn processes_may_start_at_once_on_postgres() {
    let Some(first) = fresh_schema("test_at_once").await else { return };
    let mut connections = vec![first];
    for _ in 0..3 {
        connections.extend(postgres("test_at_once").await);
    }
    started_at_once(connections).await;
}
