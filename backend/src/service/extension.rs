//! Asking Meta for a longer life: lock → re-read → ask outside any transaction
//! → seal → one transaction.

use domain::token::{Observation, Remedy, Status, Trigger, remedy, status};

use super::record::{self, Cause};
use super::tokens::Refreshed;
use super::{Error, lock};
use crate::Services;
use crate::meta::Issued;
use crate::store;
use crate::store::token::TokenRow;

/// Extends a token. Whoever comes second while somebody else is extending it
/// waits and gets the first one's result: one call to Meta, two happy people.
pub(crate) async fn extend(
    s: &Services,
    seen: &TokenRow,
    trigger: Trigger,
    by: Option<&str>,
) -> Result<Refreshed, Error> {
    let work = async {
        let token = store::token::find(s.db.reader(), seen.id).await?.ok_or(Error::NotFound)?;
        if token.facts.life.issued_at > seen.facts.life.issued_at && status(&token.facts, s.clock.now()).is_active() {
            return Ok(Refreshed::Extended);
        }
        if remedy(&token.facts, s.clock.now()) != Remedy::Extend {
            return Ok(Refreshed::Consent(token.facts.platform));
        }
        ask_and_save(s, token, Cause { trigger, by }).await
    };
    lock::on_token(s, seen.facts.platform, &seen.user_id, work).await
}

/// For whoever holds the lock already.
pub(super) async fn ask_and_save(s: &Services, mut token: TokenRow, cause: Cause<'_>) -> Result<Refreshed, Error> {
    let secret = s.keys.open(&token.sealed, token.id)?;
    let answer = match s.meta.of(token.facts.platform) {
        Ok(provider) => provider.extend(&secret, s.clock.now()).await,
        Err(not_configured) => Err(not_configured),
    };
    let now = s.clock.now();
    let seen = match answer {
        Ok(Issued { token: string, grant }) => {
            // Whatever Meta thinks of the life, the string it returned is the one to keep.
            token.sealed = s.keys.seal(&string, token.id)?;
            Observation::Extended(grant)
        }
        Err(error) => Observation::ExtensionRefused(error.refusal(now)),
    };
    let before = token.facts.life.issued_at;
    let txn = s.db.begin_write().await?;
    record::observation(s, &txn, &mut token, seen, cause, now).await?;
    txn.commit().await.map_err(store::Error::from)?;
    s.wake.all();
    Ok(match status(&token.facts, now) {
        Status::Active if token.facts.life.issued_at > before => Refreshed::Extended,
        Status::Active => Refreshed::TryLater,
        Status::NotActive(_) => Refreshed::Consent(token.facts.platform),
    })
}
