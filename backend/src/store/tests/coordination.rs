//! Flows, locks, rate limits and receipts, with several processes at once.

use chrono::TimeDelta;
use domain::platform::Platform;
use domain::view::DeletionView;
use serde::{Deserialize, Serialize};

use super::support::noon;
use crate::on_both;
use crate::store::bucket::Limit;
use crate::store::flow::{self, Flow, NewFlow};
use crate::store::{Db, Error, bucket, connect, deletion, lock};

const SECOND: TimeDelta = TimeDelta::seconds(1);
const LOG_IN: Limit = Limit { what: "login", at_once: 5.0, per_second: 0.5 };
const LOG_IN_FROM: Limit = Limit { what: "login-from", at_once: 1.0, per_second: 0.1 };

/// Stands for the service's own type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum What {
    Connect { by: String },
    Done,
}

async fn begin(db: &Db, state_hash: &str) {
    let purpose = What::Connect { by: "Ann".into() };
    let expires_at = noon() + TimeDelta::minutes(10);
    let flow =
        NewFlow { state_hash, browser_hash: "browser", platform: Platform::Facebook, purpose: &purpose, expires_at };
    flow::insert(db, flow, noon()).await.unwrap();
}

/// Runs the same work eight times at once, from two processes.
async fn at_once<T: Send + 'static, F>(url: &str, work: impl Fn(Db, usize) -> F) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
{
    let processes = [connect(url).await.unwrap(), connect(url).await.unwrap()];
    let tasks: Vec<_> = (0..8).map(|number| tokio::spawn(work(processes[number % 2].clone(), number))).collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

on_both! {
    async fn a_flow_is_spent_once(test: TestDb) {
        begin(&test.db, "state").await;
        let spent: Vec<Option<Flow<What, What>>> = at_once(&test.url, |db, _| async move {
            flow::spend(&db, "state", noon() + SECOND).await.unwrap()
        })
        .await;
        let mut spent: Vec<_> = spent.into_iter().flatten().collect();
        assert_eq!(spent.len(), 1, "{spent:?}");
        let mut flow = spent.remove(0);
        assert_eq!((flow.platform, flow.browser_hash.as_str()), (Platform::Facebook, "browser"));
        assert_eq!((&flow.purpose, flow.spent_at), (&What::Connect { by: "Ann".into() }, Some(noon() + SECOND)));

        flow::save_outcome(&test.db, "state", &What::Done).await.unwrap();
        flow.outcome = Some(What::Done);
        assert_eq!(flow::find(test.db.reader(), "state").await.unwrap(), Some(flow));
    }

    async fn an_expired_or_unknown_flow_cannot_be_spent(test: TestDb) {
        begin(&test.db, "state").await;
        let spend = async |state: &'static str, at| flow::spend::<What, What>(&test.db, state, at).await.unwrap();
        assert!(spend("other", noon()).await.is_none());
        let end = noon() + TimeDelta::minutes(10);
        assert!(spend("state", end).await.is_none());
        assert_eq!(flow::delete_expired(&test.db, end).await.unwrap(), 0);
        assert_eq!(flow::delete_expired(&test.db, end + SECOND).await.unwrap(), 1);
        assert!(flow::find::<What, What>(test.db.reader(), "state").await.unwrap().is_none());
    }

    async fn a_lock_has_one_holder(test: TestDb) {
        let until = noon() + SECOND * 60;
        let taken = at_once(&test.url, |db, number| async move {
            (number, lock::try_acquire(&db, "token", &number.to_string(), noon(), noon() + SECOND * 60).await.unwrap())
        })
        .await;
        let holders: Vec<_> = taken.into_iter().filter(|(_, taken)| *taken).collect();
        assert_eq!(holders.len(), 1, "{holders:?}");
        let holder = holders[0].0.to_string();

        let acquire = async |who: &str, at| lock::try_acquire(&test.db, "token", who, at, until + SECOND * 60).await.unwrap();
        assert!(lock::try_acquire(&test.db, "another", "x", noon(), until).await.unwrap());
        lock::release(&test.db, "token", "stranger").await.unwrap();
        assert!(!acquire("next", noon()).await, "a stranger releases nothing");
        assert!(!acquire(&holder, noon()).await, "nor is it taken twice by its holder");
        lock::release(&test.db, "token", &holder).await.unwrap();
        assert!(acquire("next", noon()).await);
        assert!(!acquire("third", until + SECOND * 59).await);
        assert!(acquire("third", until + SECOND * 60).await, "a dead holder's time is over");
        lock::release(&test.db, "token", "next").await.unwrap();
        assert!(!acquire("next", until).await, "whose time is over releases nothing");
    }

    async fn a_bucket_gives_no_more_than_it_holds(test: TestDb) {
        let answers = at_once(&test.url, |db, _| async move {
            bucket::take(&db, &[(LOG_IN, "ann")], noon()).await.unwrap()
        })
        .await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 5, "{answers:?}");
        assert!(answers.iter().filter_map(|answer| answer.err()).all(|wait| wait == 2), "{answers:?}");

        let take = async |at| bucket::take(&test.db, &[(LOG_IN, "ann")], at).await.unwrap();
        assert_eq!(take(noon() + SECOND).await, Err(1));
        assert_eq!(take(noon() + SECOND * 2).await, Ok(()));
        assert_eq!(take(noon() + SECOND * 2).await, Err(2));
        assert_eq!(take(noon()).await, Err(2), "a clock that goes back refills nothing");
        for _ in 0..5 {
            assert_eq!(take(noon() + SECOND * 3600).await, Ok(()));
        }
        assert_eq!(take(noon() + SECOND * 3600).await, Err(2), "it never holds more than its capacity");
        assert_eq!(bucket::take(&test.db, &[(LOG_IN, "ben")], noon()).await.unwrap(), Ok(()), "everybody has their own");

        // All or none, and back again.
        let both = [(LOG_IN, "ben"), (LOG_IN_FROM, "home")];
        let take = async || bucket::take(&test.db, &both, noon()).await.unwrap();
        assert_eq!((take().await, take().await), (Ok(()), Err(10)));
        assert_eq!(bucket::take(&test.db, &[(LOG_IN, "ben")], noon()).await.unwrap(), Ok(()), "refused, so not taken");
        bucket::give_back(&test.db, &both, noon()).await.unwrap();
        assert_eq!((take().await, take().await), (Ok(()), Err(10)));
        for _ in 0..9 {
            bucket::give_back(&test.db, &both, noon()).await.unwrap();
        }
        assert_eq!((take().await, take().await), (Ok(()), Err(10)), "never more than it holds");

        assert_eq!(bucket::delete_untouched(&test.db, noon() + SECOND * 3600).await.unwrap(), 2);
    }

    async fn a_receipt_is_found_by_its_code(test: TestDb) {
        let receipt = DeletionView { requested_at: noon(), done_at: Some(noon() + SECOND) };
        let txn = test.db.begin_write().await.unwrap();
        deletion::insert(&txn, "code", Platform::Instagram, "hash", receipt).await.unwrap();
        txn.commit().await.unwrap();
        assert_eq!(deletion::find(test.db.reader(), "code").await.unwrap(), Some(receipt));
        assert_eq!(deletion::find(test.db.reader(), "other").await.unwrap(), None);
        let txn = test.db.begin_write().await.unwrap();
        let twice = deletion::insert(&txn, "code", Platform::Instagram, "hash", receipt).await;
        assert!(matches!(twice, Err(Error::Duplicate)));
    }
}
