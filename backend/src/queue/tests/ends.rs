//! Deduplication, and how jobs end.

use chrono::TimeDelta;

use super::support::{Act, Stage, Told, act, noon};
use crate::clock::Clock;
use crate::on_both;
use crate::queue::Job;
use crate::queue::finish::{Ending, finish, purge, release};
use crate::queue::worker::pause_after;

const HOUR: TimeDelta = TimeDelta::hours(1);

on_both! {
    async fn enqueuing_again_moves_a_waiting_job_earlier_and_never_later(test: TestDb) {
        let stage = Stage::new(&test.db);
        stage.enqueue(&act("a", Told::Fail), noon() + HOUR).await;
        stage.enqueue(&act("a", Told::Succeed), noon() + HOUR * 2).await;
        assert_eq!(stage.row().await.run_at, noon() + HOUR);
        assert!(stage.row().await.payload.to_string().contains("Succeed"), "the newest payload counts");
        stage.enqueue(&act("a", Told::Succeed), noon()).await;
        assert_eq!(stage.row().await.run_at, noon());
        stage.enqueue(&act("b", Told::Succeed), noon()).await;
        assert_eq!(stage.rows().await.len(), 2, "another key is another job");
    }

    async fn rescheduling_moves_both_ways(test: TestDb) {
        let stage = Stage::new(&test.db);
        for at in [noon() + HOUR, noon() + HOUR * 2, noon()] {
            stage.reschedule(&act("a", Told::Succeed), at).await;
            assert_eq!(stage.row().await.run_at, at);
        }
    }

    async fn what_is_enqueued_while_it_runs_runs_once_more(test: TestDb) {
        let stage = Stage::new(&test.db);
        let job = act("a", Told::Succeed);
        stage.enqueue(&job, noon()).await;
        let first = stage.claim(1).await.remove(0);
        stage.enqueue(&job, noon() + HOUR * 2).await;
        stage.enqueue(&job, noon() + HOUR).await;
        stage.enqueue(&job, noon() + HOUR * 3).await;
        assert!(stage.claim(1).await.is_empty(), "never twice at once");

        assert!(finish(&test.db, &first, Ending::Done, noon()).await.unwrap());
        let row = stage.row().await;
        assert_eq!((row.state.as_str(), row.run_at, row.attempts), ("ready", noon() + HOUR, 0));
        assert_eq!((row.again_at, row.finished_at, row.locked_by), (None, None, None));
        stage.clock.forward(HOUR);
        assert_eq!(stage.worker(1).drain().await.unwrap(), 1);
        assert_eq!(stage.row().await.state, "done");
        stage.enqueue(&job, noon()).await;
        assert_eq!(stage.rows().await.len(), 2, "a finished job does not stand in the way");
    }

    async fn a_job_may_reschedule_itself(test: TestDb) {
        let stage = Stage::new(&test.db);
        let to = noon() + HOUR * 5;
        stage.enqueue(&act("a", Told::RescheduleItself { to }), noon()).await;
        assert_eq!(stage.worker(1).drain().await.unwrap(), 1);
        let row = stage.row().await;
        assert_eq!((row.state.as_str(), row.run_at, row.attempts), ("ready", to, 0));
    }

    async fn a_failing_job_is_tried_later_and_in_the_end_given_up(test: TestDb) {
        let stage = Stage::new(&test.db);
        stage.enqueue(&act("a", Told::Retry { after_seconds: None }), noon()).await;
        let worker = stage.worker(1);
        for attempt in 1..Act::MAX_ATTEMPTS {
            let now = stage.clock.now();
            assert_eq!(worker.drain().await.unwrap(), 1, "attempt {attempt}");
            let row = stage.row().await;
            assert_eq!((row.state.as_str(), row.last_error.as_deref()), ("ready", Some("not now")));
            let pause = row.run_at - now;
            assert!(pause >= pause_after(attempt, 0.9) && pause <= pause_after(attempt, 1.1), "{pause}");
            stage.clock.forward(pause - TimeDelta::microseconds(1));
            assert_eq!(worker.drain().await.unwrap(), 0, "not too early");
            stage.clock.forward(TimeDelta::microseconds(1));
        }
        assert_eq!(worker.drain().await.unwrap(), 1);
        let row = stage.row().await;
        assert_eq!((row.state.as_str(), row.finished_at), ("dead", Some(noon())));
        stage.clock.forward(TimeDelta::days(1));
        assert_eq!(worker.drain().await.unwrap(), 0);
    }

    async fn metas_own_pause_is_kept(test: TestDb) {
        let stage = Stage::new(&test.db);
        stage.enqueue(&act("a", Told::Retry { after_seconds: Some(7200) }), noon()).await;
        stage.worker(1).drain().await.unwrap();
        assert_eq!(stage.row().await.run_at, noon() + HOUR * 2);
    }

    async fn whoever_asks_meanwhile_need_not_wait_for_the_pause(test: TestDb) {
        let stage = Stage::new(&test.db);
        stage.enqueue(&act("a", Told::Succeed), noon()).await;
        let job = stage.claim(1).await.remove(0);
        stage.enqueue(&act("a", Told::Succeed), noon() + TimeDelta::seconds(1)).await;
        finish(&test.db, &job, Ending::Retry { at: noon() + HOUR, why: "x".into() }, noon()).await.unwrap();
        let row = stage.row().await;
        assert_eq!((row.run_at, row.again_at, row.attempts), (noon() + TimeDelta::seconds(1), None, 1));
    }

    async fn a_hopeless_job_is_given_up_at_once_and_a_panic_is_tried_again(test: TestDb) {
        let stage = Stage::new(&test.db);
        stage.enqueue(&act("fails", Told::Fail), noon()).await;
        stage.enqueue(&act("panics", Told::Panic), noon()).await;
        stage.enqueue(&act("works", Told::Succeed), noon()).await;
        assert_eq!(stage.worker(2).drain().await.unwrap(), 3, "one bad job stops no other");
        for row in stage.rows().await {
            let expected = match row.dedupe_key.as_str() {
                "fails" => ("dead", Some("never")),
                "panics" => ("ready", Some("the job panicked")),
                _ => ("done", None),
            };
            assert_eq!((row.state.as_str(), row.last_error.as_deref()), expected);
        }
    }

    async fn a_released_job_is_as_if_never_claimed(test: TestDb) {
        let stage = Stage::new(&test.db);
        stage.enqueue(&act("a", Told::Succeed), noon()).await;
        let before = stage.row().await;
        let job = stage.claim(1).await.remove(0);
        assert!(release(&test.db, &job).await.unwrap());
        assert_eq!(stage.row().await, before);
    }

    async fn only_old_finished_jobs_are_purged(test: TestDb) {
        let stage = Stage::new(&test.db);
        stage.enqueue(&act("old", Told::Succeed), noon()).await;
        stage.enqueue(&act("old and dead", Told::Fail), noon()).await;
        stage.worker(1).drain().await.unwrap();
        stage.wall.forward(HOUR);
        stage.enqueue(&act("new", Told::Succeed), noon()).await;
        stage.worker(1).drain().await.unwrap();
        stage.enqueue(&act("waiting", Told::Succeed), noon()).await;
        assert_eq!(purge(&test.db, noon() + HOUR).await.unwrap(), 2);
        let left: Vec<_> = stage.rows().await.into_iter().map(|row| row.dedupe_key).collect();
        assert_eq!(left, ["new", "waiting"]);
    }
}

#[test]
fn pauses_double_up_to_an_hour() {
    let pauses: Vec<i64> = (1..=12).map(|attempts| pause_after(attempts, 1.0).num_seconds()).collect();
    assert_eq!(pauses, [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600]);
    assert_eq!(pause_after(u32::MAX, 1.0), HOUR);
}
