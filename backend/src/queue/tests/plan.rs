//! What a claim costs does not grow with the jobs that are not due.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::support::{Stage, noon};
use crate::queue::claim::{TAKE_BACK_SQL, claim_sql};
use crate::queue::finish::PURGE;
use crate::store::testing::TestDb;

async fn plan(stage: &Stage, sql: &str) -> String {
    let values = ["act".into(), noon().into(), 5_i64.into(), "lease".into(), noon().into()];
    let used = values.into_iter().take((1..=5).rfind(|n| sql.contains(&format!("${n}"))).unwrap_or(0));
    let explain = format!("EXPLAIN QUERY PLAN {sql}");
    let statement = Statement::from_sql_and_values(DbBackend::Sqlite, explain, used);
    let rows = stage.db.reader().query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get::<String>("", "detail").unwrap() + "\n").collect()
}

#[tokio::test]
async fn sqlite_finds_its_rows_by_the_partial_indexes() {
    let test = TestDb::sqlite().await.unwrap();
    let stage = Stage::new(&test.db);
    let claim = plan(&stage, &claim_sql(DbBackend::Sqlite)).await;
    assert!(claim.contains("USING COVERING INDEX job_due (kind=? AND run_at<?)"), "{claim}");
    let take_back = plan(&stage, TAKE_BACK_SQL).await;
    assert!(take_back.contains("INDEX job_leased (locked_until<?)"), "{take_back}");
    let purge = plan(&stage, PURGE).await;
    assert!(purge.contains("INDEX job_finished (finished_at<?)"), "{purge}");
    for plan in [claim, take_back, purge] {
        assert!(!plan.contains("SCAN job") && !plan.contains("TEMP B-TREE"), "{plan}");
    }
}
