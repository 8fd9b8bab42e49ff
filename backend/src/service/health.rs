//! Whether this process can do its work.

use super::Error;
use crate::Services;
use crate::store;

/// Whether the database takes reads and writes.
///
/// # Errors
/// When it does not: locked, full or gone.
pub async fn ready(s: &Services) -> Result<(), Error> {
    store::probe(&s.db, s.wall.now()).await?;
    Ok(())
}
