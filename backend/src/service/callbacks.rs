//! What Meta tells us in signed requests: somebody removed the app, or wants
//! their data deleted.
//!
//! Source: Meta, "Data deletion callback" and "Deauthorize callback". Both are
//! idempotent; an unknown user is answered like a known one.

use chrono::TimeDelta;
use domain::platform::Platform;
use domain::token::{Observation, Trigger};
use domain::view::DeletionView;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use super::lock::Patience;
use super::record::{self, Cause};
use super::{Error, accounts, lock};
use crate::meta::SignedRequest;
use crate::{Services, random, store};

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
    let txn = s.db.begin_write().await?;
    let Some(mut token) = store::token::find_by_identity(&txn, platform, &request.user_id).await? else {
        return Ok(());
    };
    if is_older_than(&request, token.facts.life.issued_at) {
        // Meta repeats callbacks; the person has come back since.
        return Ok(());
    }
    let cause = Cause { trigger: Trigger::Callback, by: None };
    record::observation(&s, &txn, &mut token, Observation::Revoked, &cause, s.clock.now()).await?;
    Ok(txn.commit().await.map_err(store::Error::from)?)
}

/// Deletes everything kept of this person and returns the code under which
/// they can see that it was done.
///
/// # Errors
/// [`Error::Forged`] for a request that Meta did not sign.
pub async fn delete_data(s: &Services, platform: Platform, signed_request: &str) -> Result<String, Error> {
    let request = s.meta.verify_signed_request(platform, signed_request)?;
    let user_id = request.user_id.clone();
    lock::on_token(s, platform, &user_id, Patience::Some, delete_data_alone(s.clone(), platform, request)).await
}

async fn delete_data_alone(s: Services, platform: Platform, request: SignedRequest) -> Result<String, Error> {
    let code = random::secret().expose_secret().to_owned();
    let now = s.wall.now();
    let txn = s.db.begin_write().await?;
    if let Some(token) = store::token::find_by_identity(&txn, platform, &request.user_id).await? {
        for account in store::account::of_token(&txn, token.id).await? {
            accounts::widgets_go_dark(&s, &txn, account.id).await?;
            store::account::delete(&txn, account.id).await?;
        }
        store::token::delete(&txn, token.id).await?;
    }
    if let Some(person) = store::identity::person(&txn, platform, &request.user_id).await? {
        // People of a social login have nothing else here.
        store::person::delete(&txn, person).await?;
    }
    let hash = hex::encode(Sha256::digest(format!("{platform}:{}", request.user_id)));
    let receipt = DeletionView { requested_at: now, done_at: Some(now) };
    store::deletion::insert(&txn, &code, platform, &hash, receipt).await?;
    txn.commit().await.map_err(store::Error::from)?;
    Ok(code)
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
