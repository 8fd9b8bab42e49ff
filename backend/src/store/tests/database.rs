//! Connections, transactions, errors and times.

use chrono::{TimeDelta, TimeZone, Utc};
use domain::id::PersonId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::support::{noon, person};
use crate::store::testing::TestDb;
use crate::store::{Error, connect, person as people, session};
use crate::{on_both, random};

on_both! {
    async fn what_is_not_committed_never_was(test: TestDb) {
        let id = PersonId(random::new_id());
        let txn = test.db.begin_write().await.unwrap();
        people::insert(&txn, id, "Ann", noon()).await.unwrap();
        drop(txn);
        assert!(people::by_id(test.db.reader(), id).await.unwrap().is_none());
        // The dropped one does not block the next.
        person(&test.db, "Ben").await;
    }

    async fn writers_that_read_first_do_not_disturb_each_other(test: TestDb) {
        let other = connect(&test.url).await.unwrap();
        let mut writers = Vec::new();
        for number in 0..20 {
            let db = if number % 2 == 0 { test.db.clone() } else { other.clone() };
            writers.push(tokio::spawn(async move {
                let txn = db.begin_write().await.unwrap();
                people::by_id(&txn, PersonId(random::new_id())).await.unwrap();
                people::insert(&txn, PersonId(random::new_id()), "Ann", noon()).await.unwrap();
                txn.commit().await.unwrap();
            }));
        }
        for writer in writers {
            writer.await.unwrap();
        }
    }

    async fn moments_keep_their_microseconds_and_their_order(test: TestDb) {
        let owner = person(&test.db, "Ann").await;
        let base = Utc.with_ymd_and_hms(2026, 11, 23, 9, 59, 59).unwrap();
        // Written with 0, 3 or 6 decimals on SQLite, where they are text.
        let moments: Vec<_> = [0, 1, 1000, 1001, 120_000, 123_000, 123_456, 999_999, 1_000_000, 3_600_000_000]
            .map(|micros| base + TimeDelta::microseconds(micros))
            .into();
        let txn = test.db.begin_write().await.unwrap();
        for (number, moment) in moments.iter().enumerate().rev() {
            let id = domain::id::SessionId(random::new_id());
            session::insert(&txn, id, &number.to_string(), owner, "", *moment).await.unwrap();
        }
        txn.commit().await.unwrap();
        let rows = session::Entity::find().order_by_asc(session::Column::SeenAt).all(test.db.reader()).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.seen_at).collect::<Vec<_>>(), moments);
        for (number, moment) in moments.iter().enumerate() {
            let earlier = session::Entity::find().filter(session::Column::SeenAt.lt(*moment));
            assert_eq!(earlier.all(test.db.reader()).await.unwrap().len(), number, "{moment}");
            let same = session::Entity::find().filter(session::Column::SeenAt.eq(*moment));
            assert_eq!(same.all(test.db.reader()).await.unwrap().len(), 1, "{moment}");
        }
    }

    async fn the_database_answers_until_it_is_closed(test: TestDb) {
        test.db.ping().await.unwrap();
        test.db.clone().close().await.unwrap();
        assert!(matches!(test.db.ping().await, Err(Error::Unavailable(_))));
    }
}

#[tokio::test]
async fn the_reader_of_sqlite_cannot_write() {
    let test = TestDb::sqlite().await.unwrap();
    let written = people::insert(test.db.reader(), PersonId(random::new_id()), "Ann", noon()).await;
    assert!(matches!(written, Err(Error::Refused(_))), "{written:?}");
}

#[tokio::test]
async fn sqlite_is_set_up_for_many_readers_and_for_foreign_keys() {
    let test = TestDb::sqlite().await.unwrap();
    let txn = test.db.begin_write().await.unwrap();
    for (pragma, expected) in [("journal_mode", "wal"), ("foreign_keys", "1"), ("busy_timeout", "5000")] {
        let sql = format!("SELECT CAST({pragma} AS text) AS value FROM pragma_{pragma}");
        let sql = if pragma == "busy_timeout" { sql.replacen(pragma, "timeout", 1) } else { sql };
        let row = txn.query_one_raw(sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, sql)).await.unwrap();
        assert_eq!(row.unwrap().try_get::<String>("", "value").unwrap(), expected, "{pragma}");
    }
}

#[tokio::test]
async fn a_wrong_address_is_told_without_repeating_it() {
    for url in ["", "mysql://ann:hunter2@host/db", "not a url hunter2", "postgres://ann:hunter2@:x/db"] {
        let error = connect(url).await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }
    let error = connect("postgres://ann:hunter2@127.0.0.1:1/db").await.unwrap_err();
    assert!(matches!(error, Error::Unavailable(_)));
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
}
