//! The worker's loop in real time: its cap, its wake-up and its end.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{Instant, sleep, timeout};

use super::support::{Stage, Told, act, noon};
use crate::on_both;

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
