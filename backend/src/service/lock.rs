//! Single flight: one process at a time works on a token, or fetches a feed.

use std::time::Duration;

use chrono::TimeDelta;
use domain::id::AppScopedId;
use domain::platform::Platform;

use super::Error;
use crate::store;
use crate::{Services, random};

/// Longer than the slowest use case can take: three calls of 30 s to Meta.
const HELD_AT_MOST: TimeDelta = TimeDelta::seconds(120);
const ASK_AGAIN: Duration = Duration::from_millis(100);

/// Runs `work` while no other process works on the same token. Whoever waits
/// must read the token again afterwards.
///
/// # Errors
/// What `work` returns, or a failing database.
pub(super) async fn on_token<T>(
    s: &Services,
    platform: Platform,
    user_id: &AppScopedId,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    on(s, &format!("token:{platform}:{user_id}"), HELD_AT_MOST, work).await
}

/// Runs `work` while nobody else runs work under the same name. Whoever waits
/// must read again afterwards. After `held_at_most` the lock is anybody's.
///
/// # Errors
/// What `work` returns, or a failing database.
pub(super) async fn on<T>(
    s: &Services,
    name: &str,
    held_at_most: TimeDelta,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let holder = random::new_id().to_string();
    loop {
        let now = s.wall.now();
        if store::lock::try_acquire(&s.db, name, &holder, now, now + held_at_most).await? {
            break;
        }
        tokio::time::sleep(ASK_AGAIN.mul_f64(random::jitter())).await;
    }
    let result = work.await;
    store::lock::release(&s.db, name, &holder).await?;
    result
}
