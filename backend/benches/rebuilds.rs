//! Rebuilds per second against the sandbox, with 100 and with 100,000 widgets
//! that are not due. Prints one JSON object; `make bench` reads it.
//!
//! Both worlds are measured in turns within one run, so that only their ratio
//! says something.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark talks to a person and may fail that way"
)]

#[path = "../tests/life/world.rs"]
#[expect(dead_code, reason = "shared with the tests, which use more of it")]
mod world;

use std::time::Instant;

use backend::service::people::Signed;
use backend::service::widgets;
use backend::store::testing::TestDb;
use domain::form::Draft;
use domain::id::WidgetId;
use domain::platform::Platform;
use domain::widget::Settings;
use world::World;

/// Widgets that are rebuilt in each turn.
const DUE: usize = 60;
const TURNS: usize = 9;
/// Widgets of each other account.
const EACH: u32 = 10;

struct Site {
    world: World,
    paul: Signed,
    due: Vec<WidgetId>,
}

impl Site {
    async fn with(not_due: u32) -> Self {
        let world = World::new(TestDb::sqlite().await.unwrap()).await;
        let paul = world.sign_in(Platform::Instagram, "paul").await;
        let account = world.accounts(&paul).await[0].id;
        let mut due = Vec::new();
        for _ in 0..DUE {
            due.push(widgets::create(&world.s, &paul.me, account, &Draft::from(&Settings::default())).await.unwrap());
        }
        world.work().await;
        add(&world, not_due).await;
        Self { world, paul, due }
    }

    /// Rebuilds per second of one turn.
    async fn turn(&self) -> f64 {
        for widget in &self.due {
            widgets::rebuild(&self.world.s, &self.paul.me, *widget).await.unwrap();
        }
        let begin = Instant::now();
        self.world.work().await;
        DUE as f64 / begin.elapsed().as_secs_f64()
    }
}

/// Other accounts with ten widgets each, whose jobs wait for another day.
async fn add(world: &World, count: u32) {
    let numbers = |most| format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most})");
    let far = "strftime('%Y-%m-%d %H:%M:%S', 'now', '+900 days') || '+00:00'";
    for statement in [
        "CREATE TABLE more AS SELECT * FROM widget LIMIT 1".to_owned(),
        "CREATE TABLE one AS SELECT * FROM account LIMIT 1".to_owned(),
        format!(
            "{} INSERT INTO account
                 SELECT randomblob(16), 'crowd ' || i, username, name, account_type, token_id, page_id, page_name, created_at
                 FROM n, one",
            numbers(count / EACH)
        ),
        format!(
            "{} INSERT INTO widget
                 SELECT randomblob(16), account.id, more.settings, NULL, NULL, NULL, 0, {far}, more.created_at
                 FROM n, account, more WHERE account.instagram_id LIKE 'crowd %'",
            numbers(EACH)
        ),
        format!(
            "INSERT INTO job (id, kind, payload, dedupe_key, state, run_at, attempts)
                 SELECT randomblob(16), 'fetch', '{{}}', hex(id), 'ready', {far}, 0 FROM account
                 WHERE instagram_id LIKE 'crowd %'"
        ),
        "DROP TABLE more".to_owned(),
        "DROP TABLE one".to_owned(),
        "ANALYZE".to_owned(),
    ] {
        world.test_db.execute(&statement).await.unwrap();
    }
    let jobs = world.test_db.count("job WHERE state = 'ready'").await.unwrap();
    assert!(jobs > i64::from(count / EACH), "the crowd is there: {jobs}");
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[tokio::main]
async fn main() {
    let few = Site::with(100).await;
    let many = Site::with(100_000).await;
    let (mut fast, mut slow) = (Vec::new(), Vec::new());
    for turn in 0..=TURNS {
        let (a, b) = (few.turn().await, many.turn().await);
        // The first turn warms up.
        if turn > 0 {
            fast.push(a);
            slow.push(b);
        }
    }
    let (few, many) = (median(fast), median(slow));
    println!("{}", serde_json::json!({ "few": few, "many": many, "ratio": many / few }));
}
