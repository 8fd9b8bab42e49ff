//! The worker's loop in real time: its cap, its wake-up and its end.

use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep, timeout};

use super::support::{Crowd, Stage, Told, act, noon};
use crate::clock::Clock;
use crate::on_both;
use crate::queue::Slots;

/// Waits until it is so; fails after ten seconds.
async fn until(what: &str, so: impl AsyncFn() -> bool) {
    let waited = timeout(Duration::from_secs(10), async {
        while !so().await {
            sleep(Duration::from_millis(10)).await;
        }
    });
    assert!(waited.await.is_ok(), "never: {what}");
}

on_both! {
    async fn the_cap_binds_at_saturation(test: TestDb) {
        const CAP: usize = 3;
        let stage = Stage::new(&test.db);
        for number in 0..10 {
            stage.enqueue(&act(number, Told::Wait), noon()).await;
        }
        let (stop, stopped) = oneshot::channel::<()>();
        let worker = stage.worker(CAP);
        let working = tokio::spawn(async move { worker.run(async { _ = stopped.await }).await });

        until("as many run as may", async || stage.now.load(Ordering::SeqCst) == CAP).await;
        stage.wake.all();
        sleep(Duration::from_millis(1500)).await;
        assert_eq!(stage.begun().len(), CAP, "a poll and a wake-up later");
        stage.gate.add_permits(1);
        until("a free slot is filled", async || stage.begun().len() == CAP + 1).await;
        stage.gate.add_permits(9);
        until("all are done", async || stage.rows().await.iter().all(|row| row.state == "done")).await;
        assert_eq!(stage.most.load(Ordering::SeqCst), CAP, "never more at once");
        stop.send(()).unwrap();
        timeout(Duration::from_secs(5), working).await.unwrap().unwrap();
    }

    async fn a_crowd_of_others_leaves_room_for_what_is_urgent(test: TestDb) {
        let stage = Stage::new(&test.db);
        for number in 0..5 {
            stage.enqueue(&Crowd { name: number.to_string() }, noon()).await;
        }
        let (stop, stopped) = oneshot::channel::<()>();
        let worker = stage.worker_with(Slots { all: 3, urgent: 1 });
        let working = tokio::spawn(async move { worker.run(async { _ = stopped.await }).await });
        until("the crowd fills its slots", async || stage.now.load(Ordering::SeqCst) == 2).await;
        for number in 0..4 {
            stage.enqueue(&act(number, Told::Succeed), noon()).await;
        }
        stage.wake.all();
        let done = async || stage.rows().await.iter().filter(|row| row.state == "done").count();
        until("the urgent ones are done", async || done().await == 4).await;
        assert_eq!(stage.now.load(Ordering::SeqCst), 2, "the crowd never gets the last slot");
        stage.gate.add_permits(5);
        until("all are done", async || done().await == 9).await;
        stop.send(()).unwrap();
        timeout(Duration::from_secs(5), working).await.unwrap().unwrap();
    }

    async fn what_finds_somebody_else_at_work_is_put_back_and_its_attempt_does_not_count(test: TestDb) {
        let stage = Stage::new(&test.db);
        stage.enqueue(&act("a", Told::FindSomebodyAtWork), noon()).await;
        for _ in 0..9 {
            assert_eq!(stage.worker(1).drain().await.unwrap(), 1);
            let row = stage.row().await;
            assert_eq!((row.state.as_str(), row.attempts, row.last_error), ("ready", 0, None));
            assert!(row.run_at > stage.clock.now(), "not at once");
            stage.clock.forward(TimeDelta::seconds(10));
        }
    }

    async fn a_wake_up_saves_the_wait_for_the_poll(test: TestDb) {
        let stage = Stage::new(&test.db);
        let (_stop, stopped) = oneshot::channel::<()>();
        let worker = stage.worker(1);
        tokio::spawn(async move { worker.run(async { _ = stopped.await }).await });
        let start = Instant::now();
        for number in 1..=10 {
            stage.enqueue(&act(number, Told::Succeed), noon()).await;
            stage.wake.all();
            until("it runs", async || stage.begun().len() == number).await;
        }
        assert!(start.elapsed() < Duration::from_secs(5), "ten polls take ten seconds: {:?}", start.elapsed());
    }

    async fn the_end_waits_for_what_runs_and_starts_nothing_more(test: TestDb) {
        let stage = Stage::new(&test.db);
        stage.enqueue(&act("running", Told::Wait), noon()).await;
        let (stop, stopped) = oneshot::channel::<()>();
        let worker = stage.worker(1);
        let working = tokio::spawn(async move { worker.run(async { _ = stopped.await }).await });
        until("it runs", async || stage.begun().len() == 1).await;
        stage.enqueue(&act("waiting", Told::Wait), noon()).await;
        stop.send(()).unwrap();
        sleep(Duration::from_millis(100)).await;
        assert!(!working.is_finished());
        stage.gate.add_permits(2);
        timeout(Duration::from_secs(5), working).await.unwrap().unwrap();
        for row in stage.rows().await {
            assert_eq!(row.state, if row.dedupe_key == "running" { "done" } else { "ready" });
        }
    }

    async fn what_does_not_end_in_time_is_handed_back(test: TestDb) {
        let stage = Stage::new(&test.db);
        stage.enqueue(&act("a", Told::Wait), noon()).await;
        let before = stage.row().await;
        let worker = stage.worker(1).with_grace(Duration::from_millis(50));
        let shutdown = async { until("it runs", async || stage.begun().len() == 1).await };
        timeout(Duration::from_secs(5), worker.run(shutdown)).await.unwrap();
        assert_eq!(stage.row().await, before);
    }
}
