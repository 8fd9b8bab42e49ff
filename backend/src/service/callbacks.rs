//! What Meta tells us in signed requests: somebody removed the app, or wants
//! their data deleted.
//!
//! Source: Meta, "Data deletion callback" and "Deauthorize callback". Both are
//! idempotent, because Meta repeats them, also after the person has come back;
//! an unknown user is answered like a known one.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use domain::id::TokenId;
use domain::platform::Platform;
use domain::token::{Observation, Support};
use domain::view::DeletionView;
use sha2::{Digest, Sha256};

use crate::meta::SignedRequest;
use crate::service::accounts;
use crate::service::lock::{self, Patience};
use crate::service::people::logins;
use crate::work::{Actor, Work};
use crate::{Error, Services, store};

/// The longest code [`delete_data`] hands out.
const CODE_CHARS: usize = 43;

/// The person removed the app: their token is dead.
///
/// # Errors
/// [`Error::Forged`] for a request that Meta did not sign.
pub async fn deauthorize(s: &Services, platform: Platform, signed_request: &str) -> Result<(), Error> {
    let request = s.meta.verify_signed_request(platform, signed_request)?;
    let user_id = request.user_id.clone();
    lock::on_token(s, platform, &user_id, Patience::Some, deauthorize_alone(s.clone(), platform, request)).await
}

async fn deauthorize_alone(s: Services, platform: Platform, request: SignedRequest) -> Result<(), Error> {
    let mut work = s.begin(&Actor::META).await?;
    let Some(mut token) = store::token::find_by_identity(work.db(), platform, &request.user_id).await? else {
        return Ok(());
    };
    if is_older_than(&request, token.facts.life.issued_at) {
        // Meta repeats callbacks; the person has come back since.
        return Ok(());
    }
    work.observe(&mut token, Observation::Revoked).await?;
    work.commit().await
}

/// Deletes everything kept of this person and returns the code under which
/// they can see that it was done. The same request has the same code.
///
/// # Errors
/// [`Error::Forged`] for a request that Meta did not sign.
pub async fn delete_data(s: &Services, platform: Platform, signed_request: &str) -> Result<String, Error> {
    let request = s.meta.verify_signed_request(platform, signed_request)?;
    let user_id = request.user_id.clone();
    // Only Meta and this installation can make, and so guess, what is signed.
    let code = URL_SAFE_NO_PAD.encode(Sha256::digest(signed_request));
    lock::on_token(s, platform, &user_id, Patience::Some, delete_data_alone(s.clone(), platform, request, code)).await
}

async fn delete_data_alone(
    s: Services,
    platform: Platform,
    request: SignedRequest,
    code: String,
) -> Result<String, Error> {
    let now = s.wall.now();
    let mut work = s.begin(&Actor::META).await?;
    if store::deletion::find(work.db(), &code).await?.is_some() {
        return Ok(code);
    }
    let token = store::token::find_by_identity(work.db(), platform, &request.user_id).await?;
    let is_back = token.as_ref().is_some_and(|token| is_older_than(&request, token.facts.life.issued_at));
    if !is_back {
        forget(&mut work, platform, &request, token.map(|token| token.id)).await?;
    }
    let hash = hex::encode(Sha256::digest(format!("{platform}:{}", request.user_id)));
    let receipt = DeletionView { requested_at: now, done_at: Some(now) };
    store::deletion::insert(work.db(), &code, platform, &hash, receipt).await?;
    work.commit().await?;
    Ok(code)
}

/// The grant with the accounts that nobody else's leads to, and the login. Whoever
/// has no other way in here is deleted, with their part in other accounts.
async fn forget(
    work: &mut Work,
    platform: Platform,
    request: &SignedRequest,
    token: Option<TokenId>,
) -> Result<(), Error> {
    if let Some(token) = token {
        for account in store::account::of_token(work.db(), token).await? {
            if !work.fall_back(&account, Support::None).await? {
                accounts::delete(work, account.id).await?;
            }
        }
        store::token::delete(work.db(), token).await?;
    }
    if let Some(person) = store::identity::person(work.db(), platform, &request.user_id).await? {
        if logins::count(work.db(), person).await? > 1 {
            store::identity::delete(work.db(), platform, &request.user_id).await?;
            return Ok(());
        }
        for account in store::account::of_member(work.db(), person).await? {
            accounts::leave(work, person, account.id, account.token).await?;
        }
        store::person::delete(work.db(), person).await?;
    }
    Ok(())
}

/// What became of a deletion request; `None` for a code nobody handed out.
///
/// # Errors
/// Only when the database fails.
pub async fn deletion_status(s: &Services, code: &str) -> Result<Option<DeletionView>, Error> {
    // Addresses may hold anything, and PostgreSQL stores no NUL.
    if code.len() > CODE_CHARS || code.contains('\0') {
        return Ok(None);
    }
    Ok(store::deletion::find(s.db.reader(), code).await?)
}

fn is_older_than(request: &SignedRequest, issued_at: domain::Moment) -> bool {
    // Meta counts in whole seconds.
    request.issued_at.is_some_and(|at| at + TimeDelta::seconds(1) <= issued_at)
}
