//! Whether this process can do its work.

use chrono::TimeDelta;

use crate::{Error, Services, random, store};

const HELD: TimeDelta = TimeDelta::seconds(5);

/// Whether the database takes reads and writes.
///
/// # Errors
/// When it does not: locked, full or gone.
pub async fn ready(s: &Services) -> Result<(), Error> {
    let now = s.wall.now();
    let me = random::new_id().to_string();
    // A lock that nobody needs, taken and given back: a write that leaves nothing.
    store::lock::try_acquire(&s.db, "ready", &me, now, now + HELD).await?;
    store::lock::release(&s.db, "ready", &me).await?;
    Ok(())
}
