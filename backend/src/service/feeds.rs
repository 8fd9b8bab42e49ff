//! An account's posts: fetching them, copying their pictures, and what is kept.
//!
//! Whoever asks while somebody else is fetching waits and shares the result.
//! What Meta answers also tells about the token; its own rules decide what.

pub(crate) mod collect;
mod pictures;
pub(crate) mod rebuild;

use domain::Moment;
use domain::feed::{KEPT, Post, believed};
use domain::id::AccountId;
use domain::token::{Cause, Failure as TokenFailure, Observation, Refusal, Sight, Status, Verdict, account_status};
use domain::widget::Failure;

use crate::event::{Event, Kind};
use crate::meta::{Feed, MetaError};
use crate::service::lock;
use crate::service::tokens::{sharing, string};
use crate::store::account::Account;
use crate::store::feed::Fetches;
use crate::store::token::TokenRow;
use crate::work::Actor;
use crate::{Error, Services, store};

pub(crate) use pictures::Need;

/// Why a feed is fetched.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    /// A fetch since this moment is good enough.
    pub since: Moment,
    /// Which pictures are wanted.
    pub need: Need,
    /// Who asks.
    pub actor: Actor,
}

/// Makes sure that an account's posts were fetched since a moment. The inner
/// error says why that did not work; what is stored stays then.
///
/// # Errors
/// Our own faults alone, such as a failing database; [`Error::AtWork`] when
/// somebody else is fetching it.
pub(crate) async fn fetch(s: &Services, account: AccountId, ask: Ask) -> Result<Result<(), Failure>, Error> {
    let patience = (&ask.actor).into();
    lock::on(s, format!("feed:{account}"), patience, fetch_alone(s.clone(), account, ask)).await
}

/// The kept posts of an account, newest first.
///
/// # Errors
/// Only when the database fails.
pub(super) async fn kept(s: &Services, account: AccountId) -> Result<Vec<Post>, Error> {
    Ok(store::post::with_pictures(s.db.reader(), account, KEPT).await?)
}

async fn fetch_alone(s: Services, account: AccountId, ask: Ask) -> Result<Result<(), Failure>, Error> {
    let Some((account, token)) = store::account::with_its_token(s.db.reader(), account).await? else {
        return Err(Error::NotFound);
    };
    let fetches = store::feed::find(s.db.reader(), account.id).await?;
    if fetches.fetched_at.is_some_and(|at| at >= ask.since) {
        return Ok(Ok(()));
    }
    let now = s.clock.now();
    let asked_by_hand = !ask.actor.is_on_plan();
    match account_status(&token.facts, account.unshared.as_ref(), now) {
        Status::Active => {}
        // Shared again or not, the daily check finds out; whoever looks may know it.
        Status::NotActive(Cause::NotShared { .. }) if asked_by_hand => {}
        Status::NotActive(_) => return Ok(Err(Failure::TokenNotActive)),
    }
    if fetches.not_before.is_some_and(|at| at > now) {
        return Ok(Err(Failure::Limited));
    }
    match ask_meta(&s, &account, &token).await? {
        Ok(feed) => {
            save(&s, &account, &token, &feed, &ask.actor).await?;
            pictures::copy(&s, account.id, &feed, &ask.need).await?;
            Ok(Ok(()))
        }
        Err(error) => refused(&s, &account, &token, error, &ask.actor).await.map(Err),
    }
}

async fn ask_meta(s: &Services, account: &Account, token: &TokenRow) -> Result<Result<Feed, MetaError>, Error> {
    let secret = s.keys.open(&token.sealed, token.id)?;
    Ok(match s.meta.of(token.facts.platform) {
        Ok(provider) => provider.feed(&secret, &account.instagram_id, KEPT).await,
        Err(not_configured) => Err(not_configured),
    })
}

/// Writes only what changed. Posts also show that the token works; a list of
/// none shows nothing.
async fn save(s: &Services, account: &Account, seen: &TokenRow, feed: &Feed, actor: &Actor) -> Result<(), Error> {
    let fetched: Vec<_> = feed.posts.iter().map(|post| post.facts.clone()).collect();
    if !fetched.is_empty() {
        sharing::note(s, seen, account, Sight::Shown, actor).await?;
    }
    let (mut work, token) = string::begin(s, seen, actor).await?;
    let now = work.now();
    if let Some(mut token) = token.filter(|_| !fetched.is_empty()) {
        work.observe(&mut token, Observation::Worked).await?;
    }
    let stored = store::post::facts(work.db(), account.id).await?;
    let before = store::feed::find(work.db(), account.id).await?;
    let (changes, doubt) = believed(&stored, &fetched, before.doubt, now);
    if let Some(doubt) = &doubt {
        tracing::info!(
            account = %account.id, missing = doubt.missing.len(), stored = stored.len(), since = %doubt.since,
            "Meta's list lacks most posts of an account; they are kept until a later answer lacks them too"
        );
    }
    store::post::apply(work.db(), account.id, &changes).await?;
    let fetches = Fetches { fetched_at: Some(now), not_before: feed.pause.map(|pause| now + pause), doubt };
    store::feed::save(work.db(), account.id, fetches).await?;
    if !changes.is_empty() {
        work.tell(Event::of_account(Kind::Posts, account.id));
    }
    work.commit().await
}

/// Tells the token's rules what Meta said, and the widget's owner why nothing new came.
async fn refused(
    s: &Services,
    account: &Account,
    seen: &TokenRow,
    error: MetaError,
    actor: &Actor,
) -> Result<Failure, Error> {
    tracing::info!(account = %account.id, %error, "the posts of an account could not be fetched");
    if let Some(sight) = error.sight() {
        // Of the token, that says nothing.
        let surely = sharing::note(s, seen, account, sight, actor).await?;
        return Ok(if surely { Failure::TokenNotActive } else { Failure::Unclear });
    }
    let now = s.clock.now();
    let refusal = error.refusal(now);
    let failure = failure_of(&refusal);
    let (mut work, token) = string::begin(s, seen, actor).await?;
    if failure == Failure::Limited {
        let fetches = store::feed::find(work.db(), account.id).await?;
        store::feed::save(work.db(), account.id, Fetches { not_before: refusal.not_before, ..fetches }).await?;
    }
    if let Some(mut token) = token {
        work.observe(&mut token, Observation::CheckRefused(refusal)).await?;
    }
    work.commit().await?;
    Ok(failure)
}

fn failure_of(refusal: &Refusal) -> Failure {
    match refusal.verdict {
        Verdict::Dead(_) | Verdict::Suspended(_) | Verdict::PermissionMissing => Failure::TokenNotActive,
        Verdict::Unknown(TokenFailure::Limited) => Failure::Limited,
        Verdict::Unknown(TokenFailure::AppFault) => Failure::AppFault,
        Verdict::Unknown(TokenFailure::Unavailable) => Failure::Unavailable,
        Verdict::Doubtful(_) | Verdict::Unknown(TokenFailure::Unclear | TokenFailure::NotExtended) => Failure::Unclear,
    }
}
