//! What grows with what is not concerned: a claim, an hour with its sweep, a day of a
//! token, and rebuilds, beside a thousand tokens and beside a million, with their
//! widgets, histories and views. On SQLite, and on PostgreSQL where there is one.
//! Prints a JSON array of values; `make bench` reads it.
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
use serde_json::{Value, json};
use world::World;

/// Widgets that are rebuilt in each turn.
const DUE: usize = 40;
const TURNS: usize = 9;
/// May be as much slower beside the larger crowd.
const MOST: f64 = 1.1;

/// Those who are there besides, with nothing due: each token with an account, and
/// every tenth account with a widget.
#[derive(Clone, Copy)]
struct Crowd {
    tokens: u64,
    /// Entries of each token's history.
    history: u64,
    /// Days with views of each widget.
    days: u64,
}

const FEW: Crowd = Crowd { tokens: 1_000, history: 2, days: 2 };
const MANY: Crowd = Crowd { tokens: 1_000_000, history: 8, days: 20 };

struct Site {
    world: World,
    paul: Signed,
    due: Vec<WidgetId>,
}

impl Site {
    async fn with(test_db: TestDb, dialect: &Dialect, crowd: Crowd) -> Self {
        let world = World::new(test_db).await;
        let paul = world.sign_in(Platform::Instagram, "paul").await;
        let account = world.accounts(&paul).await[0].id;
        let mut due = Vec::new();
        for _ in 0..DUE {
            due.push(widgets::create(&world.s, &paul.me, account, &Draft::from(&Settings::default())).await.unwrap());
        }
        world.work().await;
        for statement in dialect.statements(crowd) {
            world.test_db.execute(&statement).await.unwrap();
        }
        Self { world, paul, due }
    }

    /// Seconds that each of the works takes.
    async fn turn(&self) -> [f64; 4] {
        let idle = self.work().await;
        self.world.pass(1).await;
        let hour = self.work().await;
        self.world.pass(25).await;
        let day = self.work().await;
        for widget in &self.due {
            widgets::rebuild(&self.world.s, &self.paul.me, *widget).await.unwrap();
        }
        [idle, hour, day, self.work().await]
    }

    async fn work(&self) -> f64 {
        let begin = Instant::now();
        self.world.work().await;
        begin.elapsed().as_secs_f64()
    }
}

const WORKS: [&str; 4] = ["a claim that finds nothing", "an hour, with its sweep", "a day of a token", "40 rebuilds"];

/// What the two databases write differently.
struct Dialect {
    name: &'static str,
    id: &'static str,
    /// A moment in so many days.
    day: fn(&str) -> String,
    text_of_id: fn(&str) -> String,
}

const SQLITE: Dialect = Dialect {
    name: "SQLite",
    id: "randomblob(16)",
    day: |days| format!("strftime('%Y-%m-%d %H:%M:%S', 'now', ({days}) || ' days') || '+00:00'"),
    text_of_id: |id| format!("hex({id})"),
};

const POSTGRES: Dialect = Dialect {
    name: "PostgreSQL",
    id: "gen_random_uuid()",
    day: |days| format!("now() + ({days}) * interval '1 day'"),
    text_of_id: |id| format!("({id})::text"),
};

impl Dialect {
    /// Copies of what is there, which nobody has to do anything about for years.
    fn statements(&self, Crowd { tokens, history, days }: Crowd) -> Vec<String> {
        let Self { id, day, text_of_id, .. } = self;
        let numbers =
            |most| format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most})");
        let far = day("900");
        let job = |kind: &str, key: &str, from: &str| {
            let key = text_of_id(key);
            format!(
                "INSERT INTO job (id, kind, payload, dedupe_key, state, run_at, attempts)
                     SELECT {id}, '{kind}', '{{}}', {key}, 'ready', {far}, 0 FROM {from}"
            )
        };
        vec![
            "CREATE TABLE one_token AS SELECT * FROM token LIMIT 1".to_owned(),
            "CREATE TABLE one_account AS SELECT * FROM account LIMIT 1".to_owned(),
            "CREATE TABLE one_widget AS SELECT * FROM widget LIMIT 1".to_owned(),
            format!(
                "{} INSERT INTO token (id, platform, meta_user_id, sealed, issued_at, expires_at, missing_scopes, last_success_at,
                         next_step_at, created_at, updated_at, needs_from, dark_from, extends_at)
                     SELECT {id}, platform, 'crowd ' || i, sealed, issued_at, {far}, missing_scopes, last_success_at,
                         {far}, created_at, updated_at, {far}, {far}, {far}
                     FROM n, one_token",
                numbers(tokens)
            ),
            format!(
                "INSERT INTO account (id, instagram_id, username, name, account_type, token_id, created_at, apart)
                     SELECT {id}, token.meta_user_id, token.meta_user_id, '', account_type, token.id, token.created_at, apart
                     FROM token, one_account WHERE token.meta_user_id LIKE 'crowd %'"
            ),
            format!(
                "INSERT INTO widget (id, account_id, settings, failures, next_rebuild_at, created_at)
                     SELECT {id}, account.id, settings, 0, {far}, account.created_at
                     FROM account, one_widget WHERE instagram_id LIKE 'crowd %0'"
            ),
            format!(
                "{} INSERT INTO history (id, token_id, at, kind, kind_key, trigger, recorded_at)
                     SELECT {id}, token.id, {}, '{{\"kind\":\"recovered\"}}', 'recovered', 'schedule', token.created_at
                     FROM n, token WHERE meta_user_id LIKE 'crowd %'",
                numbers(history),
                day("-30 * i")
            ),
            format!(
                "{} INSERT INTO view_day (widget_id, day, site, views)
                     SELECT widget.id, {}, 'shop.example', 40 FROM n, widget, one_widget WHERE widget.id <> one_widget.id",
                numbers(days),
                day("-i")
            ),
            job("tend", "id", "token WHERE meta_user_id LIKE 'crowd %'"),
            job("fetch", "id", "account WHERE instagram_id LIKE 'crowd %0'"),
            "DROP TABLE one_token".to_owned(),
            "DROP TABLE one_account".to_owned(),
            "DROP TABLE one_widget".to_owned(),
            "ANALYZE".to_owned(),
        ]
    }

    async fn measure(&self, few: TestDb, many: TestDb) -> Vec<Value> {
        let (few, many) = (Site::with(few, self, FEW).await, Site::with(many, self, MANY).await);
        let tokens = many.world.test_db.count("token").await.unwrap();
        assert!(tokens > MANY.tokens.cast_signed(), "the crowd is there: {tokens}");
        let mut ratios: [Vec<f64>; 4] = Default::default();
        for turn in 0..=TURNS {
            let (fast, slow) = (few.turn().await, many.turn().await);
            // The first turn warms up.
            if turn > 0 {
                for (ratios, (fast, slow)) in ratios.iter_mut().zip(fast.into_iter().zip(slow)) {
                    ratios.push(slow / fast);
                }
            }
        }
        let value = |(work, ratios): (&str, Vec<f64>)| {
            let name = format!("growth, {}: {work}, beside 1,000,000 tokens as a multiple of beside 1,000", self.name);
            json!({ "name": name, "value": median(ratios), "unit": "ratio", "goal": { "most": MOST } })
        };
        WORKS.into_iter().zip(ratios).map(value).collect()
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[tokio::main]
async fn main() {
    let mut values = SQLITE.measure(TestDb::sqlite().await.unwrap(), TestDb::sqlite().await.unwrap()).await;
    if let (Some(few), Some(many)) = (TestDb::postgres().await.unwrap(), TestDb::postgres().await.unwrap()) {
        values.extend(POSTGRES.measure(few, many).await);
    }
    println!("{}", Value::from(values));
}
