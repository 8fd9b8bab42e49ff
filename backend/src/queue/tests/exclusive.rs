//! No job is run twice at once, and none is lost.

use std::collections::HashSet;

use chrono::TimeDelta;

use super::support::{Act, Foreign, Later, Stage, Told, act, noon};
use crate::on_both;
use crate::queue::Job;
use crate::queue::claim::{Room, claim};
use crate::queue::finish::{Ending, extend, finish};
use crate::store::connect;

on_both! {
    async fn four_claimers_never_get_the_same_job(test: TestDb) {
        const JOBS: usize = 120;
        let stage = Stage::new(&test.db);
        let txn = test.db.begin_write().await.unwrap();
        for number in 0..JOBS {
            crate::queue::enqueue(&txn, &act(number, Told::Succeed), noon()).await.unwrap();
        }
        txn.commit().await.unwrap();

        let mut claimers = Vec::new();
        for _ in 0..4 {
            // A connection of its own, as another process has.
            let db = connect(&test.url).await.unwrap();
            claimers.push(tokio::spawn(async move {
                let mut ids = Vec::new();
                // An empty answer may mean that the others hold the rows just now.
                let mut empty = 0;
                while empty < 10 {
                    let claimed = claim(&db, Room { kinds: vec![(Act::KIND, true)], free: 3, free_for_others: 0 }, noon(), noon()).await.unwrap();
                    assert!(claimed.len() <= 3, "the limit holds");
                    empty = if claimed.is_empty() { empty + 1 } else { 0 };
                    ids.extend(claimed.into_iter().map(|job| job.id));
                    tokio::task::yield_now().await;
                }
                ids
            }));
        }
        let mut ids = Vec::new();
        for claimer in claimers {
            ids.extend(claimer.await.unwrap());
        }
        assert_eq!(ids.len(), JOBS);
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), JOBS, "none twice");
        assert!(stage.rows().await.iter().all(|row| row.state == "running" && row.attempts == 1));
    }

    async fn the_work_of_a_dead_worker_returns(test: TestDb) {
        let stage = Stage::new(&test.db);
        stage.enqueue(&act("a", Told::Succeed), noon()).await;
        assert_eq!(stage.claim(5).await.len(), 1, "its worker dies now");

        assert_eq!(stage.worker(1).drain().await.unwrap(), 0, "the lease still holds");
        stage.clock.forward(TimeDelta::days(60));
        assert_eq!(stage.worker(1).drain().await.unwrap(), 0, "leases follow the wall clock, not the token's");
        stage.wall.forward(TimeDelta::seconds(61));
        assert_eq!(stage.worker(1).drain().await.unwrap(), 1);
        let row = stage.row().await;
        assert_eq!((row.state.as_str(), row.attempts), ("done", 2));
    }

    async fn a_job_whose_workers_keep_dying_is_given_up(test: TestDb) {
        let stage = Stage::new(&test.db);
        stage.enqueue(&act("poison", Told::Succeed), noon()).await;
        for _ in 0..Act::MAX_ATTEMPTS {
            assert_eq!(stage.claim(1).await.len(), 1);
            stage.wall.forward(TimeDelta::seconds(61));
        }
        stage.worker(1).drain().await.unwrap();
        assert_eq!(stage.row().await.state, "dead");
        assert_eq!(stage.begun(), Vec::<String>::new(), "it was not run again");
    }

    async fn a_heartbeat_keeps_the_lease(test: TestDb) {
        let stage = Stage::new(&test.db);
        stage.enqueue(&act("a", Told::Succeed), noon()).await;
        let job = stage.claim(1).await.remove(0);
        for _ in 0..3 {
            stage.wall.forward(TimeDelta::seconds(50));
            assert!(extend(&test.db, &job, crate::clock::Clock::now(&stage.wall)).await.unwrap());
            assert!(stage.claim(1).await.is_empty());
        }
    }

    async fn whoever_lost_the_lease_changes_nothing(test: TestDb) {
        let stage = Stage::new(&test.db);
        stage.enqueue(&act("a", Told::Succeed), noon()).await;
        let slow = stage.claim(1).await.remove(0);
        stage.wall.forward(TimeDelta::seconds(61));
        let quick = stage.claim(1).await.remove(0);

        let before = stage.row().await;
        for ending in [
            Ending::Done,
            Ending::Dead { why: "x".into() },
            Ending::Retry { at: noon(), why: "x".into() },
        ] {
            assert!(!finish(&test.db, &slow, ending, noon()).await.unwrap());
        }
        assert!(!extend(&test.db, &slow, noon()).await.unwrap());
        assert_eq!(stage.row().await, before);

        assert!(finish(&test.db, &quick, Ending::Done, noon()).await.unwrap());
        assert!(!finish(&test.db, &quick, Ending::Done, noon()).await.unwrap(), "finished is finished");
    }

    async fn unknown_kinds_stay_and_higher_priorities_go_first(test: TestDb) {
        let stage = Stage::new(&test.db);
        stage.enqueue(&Foreign, noon()).await;
        stage.enqueue(&Later, noon()).await;
        stage.enqueue(&act("second", Told::Succeed), noon()).await;
        stage.enqueue(&act("first", Told::Succeed), noon() - TimeDelta::hours(1)).await;
        stage.enqueue(&act("not due", Told::Succeed), noon() + TimeDelta::microseconds(1)).await;
        assert_eq!(stage.worker(1).drain().await.unwrap(), 3);
        assert_eq!(stage.begun(), ["first", "second", "later"]);
        let foreign = stage.rows().await.into_iter().find(|row| row.kind == "foreign").unwrap();
        assert_eq!((foreign.state.as_str(), foreign.attempts), ("ready", 0));
    }
}
