//! Fetching an account's posts and copying their pictures.
//!
//! Whoever asks while somebody else is fetching waits and shares the result.
//! What Meta answers also tells about the token; its own rules decide what.

mod pictures;

use chrono::TimeDelta;
use domain::Moment;
use domain::feed::{KEPT, changes};
use domain::id::AccountId;
use domain::token::{Failure as TokenFailure, Observation, Refusal, Trigger, Verdict, status};
use domain::widget::Failure;
use futures::FutureExt;

use super::record::{self, Cause};
use super::{Error, lock, widgets};
use crate::meta::{Feed, MetaError};
use crate::store::account::Account;
use crate::store::feed::Fetches;
use crate::store::token::TokenRow;
use crate::{Services, store};

pub(crate) use pictures::Need;

/// Longer than two calls of 30 s to Meta, and the copying of many pictures.
const HELD_AT_MOST: TimeDelta = TimeDelta::seconds(300);

/// Why a feed is fetched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ask<'a> {
    /// A fetch since this moment is good enough.
    pub since: Moment,
    /// Which pictures are wanted.
    pub need: Need,
    /// Through what, and by whom, for the token's history.
    pub cause: Cause<'a>,
}

/// The worker, on plan.
pub(crate) const BY_ITSELF: Cause<'static> = Cause { trigger: Trigger::Schedule, by: None };

/// Makes sure that an account's posts were fetched since a moment. The inner
/// error says why that did not work; what is stored stays then.
///
/// # Errors
/// Our own faults alone, such as a failing database.
pub(crate) async fn fetch(s: &Services, account: AccountId, ask: Ask<'_>) -> Result<Result<(), Failure>, Error> {
    let name = format!("feed:{account}");
    // Boxed: the whole way to Meta and the pictures would not fit a small stack.
    let work = async {
        let Some((account, token)) = store::account::with_its_token(s.db.reader(), account).await? else {
            return Err(Error::NotFound);
        };
        let fetches = store::feed::find(s.db.reader(), account.id).await?;
        if fetches.fetched_at.is_some_and(|at| at >= ask.since) {
            return Ok(Ok(()));
        }
        let now = s.clock.now();
        if !status(&token.facts, now).is_active() {
            return Ok(Err(Failure::TokenNotActive));
        }
        if fetches.not_before.is_some_and(|at| at > now) {
            return Ok(Err(Failure::Limited));
        }
        match ask_meta(s, &account, &token).await? {
            Ok(feed) => {
                save(s, &account, token, &feed, ask.cause).await?;
                pictures::copy(s, account.id, &feed, ask.need).await?;
                Ok(Ok(()))
            }
            Err(error) => refused(s, &account, token, error, ask.cause).await.map(Err),
        }
    };
    lock::on(s, &name, HELD_AT_MOST, work.boxed()).await
}

async fn ask_meta(s: &Services, account: &Account, token: &TokenRow) -> Result<Result<Feed, MetaError>, Error> {
    let secret = s.keys.open(&token.sealed, token.id)?;
    Ok(match s.meta.of(token.facts.platform) {
        Ok(provider) => provider.feed(&secret, &account.instagram_id, KEPT).await,
        Err(not_configured) => Err(not_configured),
    })
}

/// Writes only what changed; the answer also shows that the token works.
async fn save(s: &Services, account: &Account, token: TokenRow, feed: &Feed, cause: Cause<'_>) -> Result<(), Error> {
    let fetched: Vec<_> = feed.posts.iter().map(|post| post.facts.clone()).collect();
    on_same_token(s, token, async |s, txn, token| {
        let now = s.clock.now();
        if let Some(token) = token {
            record::observation(s, txn, token, Observation::Worked, cause, now).await?;
        }
        let stored = store::post::facts(txn, account.id).await?;
        let changes = changes(&stored, &fetched);
        store::post::apply(txn, account.id, &changes).await?;
        let fetches = Fetches { fetched_at: Some(now), not_before: feed.pause.map(|pause| now + pause) };
        Ok(store::feed::save(txn, account.id, fetches).await?)
    })
    .await?;
    widgets::tell_shown(s, account.id).await
}

/// Tells the token's rules what Meta said, and the widget's owner why nothing new came.
async fn refused(
    s: &Services,
    account: &Account,
    token: TokenRow,
    error: MetaError,
    cause: Cause<'_>,
) -> Result<Failure, Error> {
    tracing::info!(account = %account.id, %error, "the posts of an account could not be fetched");
    let refusal = error.refusal(s.clock.now());
    let failure = failure_of(&refusal);
    on_same_token(s, token, async |s, txn, token| {
        let now = s.clock.now();
        if failure == Failure::Limited {
            let fetches = store::feed::find(txn, account.id).await?;
            store::feed::save(txn, account.id, Fetches { not_before: refusal.not_before, ..fetches }).await?;
        }
        if let Some(token) = token {
            record::observation(s, txn, token, Observation::CheckRefused(refusal), cause, now).await?;
        }
        Ok(())
    })
    .await?;
    Ok(failure)
}

/// One transaction, while nobody else works on the token. `write` gets the
/// token as it is now, or `None` if its string was replaced while Meta was
/// asked: what Meta said of the old one says nothing about the new.
async fn on_same_token<W>(s: &Services, seen: TokenRow, write: W) -> Result<(), Error>
where
    W: AsyncFnOnce(&Services, &sea_orm::DatabaseTransaction, Option<&mut TokenRow>) -> Result<(), Error>,
{
    lock::on_token(s, seen.facts.platform, &seen.user_id, async {
        let txn = s.db.begin_write().await?;
        let token = store::token::find(&txn, seen.id).await?;
        let mut token = token.filter(|token| token.sealed == seen.sealed);
        write(s, &txn, token.as_mut()).await?;
        txn.commit().await.map_err(store::Error::from)?;
        Ok(())
    })
    .await
}

fn failure_of(refusal: &Refusal) -> Failure {
    match refusal.verdict {
        Verdict::Dead(_) | Verdict::Suspended(_) | Verdict::PermissionMissing => Failure::TokenNotActive,
        Verdict::Unknown(TokenFailure::Limited) => Failure::Limited,
        Verdict::Unknown(TokenFailure::AppFault) => Failure::AppFault,
        Verdict::Unknown(TokenFailure::Unavailable) => Failure::Unavailable,
        Verdict::Unknown(TokenFailure::Unclear | TokenFailure::NotExtended) => Failure::Unclear,
    }
}
