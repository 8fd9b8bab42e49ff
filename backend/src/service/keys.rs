//! Key rotation while everything runs.

use domain::id::TokenId;

use crate::service::lock::{self, Patience};
use crate::{Error, Services, store};

const BATCH: u64 = 100;

/// Seals every token that was sealed with an older key again, with the newest.
/// Returns how many. Safe to stop and to run again.
///
/// # Errors
/// A failing database, or a token whose key is not in the ring.
pub async fn rotate(s: &Services) -> Result<u64, Error> {
    let mut sealed_again = 0;
    let mut after = None;
    loop {
        let batch = store::token::batch_after(s.db.reader(), after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(sealed_again) };
        after = Some(last.id);
        for token in batch.into_iter().filter(|token| !s.keys.is_current(&token.sealed)) {
            // The worker may be writing a newer string: one at a time, re-read.
            let work = seal_again(s.clone(), token.id);
            lock::on_token(s, token.facts.platform, &token.user_id, Patience::Some, work).await?;
            sealed_again += 1;
        }
    }
}

async fn seal_again(s: Services, id: TokenId) -> Result<(), Error> {
    let txn = s.db.begin_write().await?;
    let Some(mut token) = store::token::find_to_change(&txn, id).await? else { return Ok(()) };
    token.sealed = s.keys.seal(&s.keys.open(&token.sealed, token.id)?, token.id)?;
    store::token::update(&txn, &token, s.clock.now()).await?;
    Ok(txn.commit().await.map_err(store::Error::from)?)
}
