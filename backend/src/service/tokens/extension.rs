//! Asking Meta for a longer life: lock → re-read → ask outside any transaction
//! → save the new string → ask for what is missing → write the facts.

use domain::platform::Platform;
use domain::token::{Observation, Remedy, Status, remedy, status};

use crate::service::lock;
use crate::service::tokens::string;
use crate::store::token::TokenRow;
use crate::work::Actor;
use crate::{Error, Services, store};

/// What an extension did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refreshed {
    /// Meta gave a longer life.
    Extended,
    /// Meta did not answer as hoped; the token still lives and is tried again.
    TryLater,
    /// Only the consent page helps: `/auth/{platform}/start?refresh={account}`.
    Consent(Platform),
}

/// Extends a token. Whoever comes second while somebody else is extending it
/// waits and gets the first one's result: one call to Meta, two happy people.
///
/// # Errors
/// [`Error::NotFound`] when the token is gone, [`Error::AtWork`].
pub(in crate::service) async fn extend(s: &Services, seen: TokenRow, actor: Actor) -> Result<Refreshed, Error> {
    let (platform, user_id, patience) = (seen.facts.platform, seen.user_id.clone(), (&actor).into());
    let work = {
        let s = s.clone();
        async move {
            let token = store::token::find(s.db.reader(), seen.id).await?.ok_or(Error::NotFound)?;
            let extended_since = token.facts.life.issued_at > seen.facts.life.issued_at;
            if extended_since && status(&token.facts, s.clock.now()).is_active() {
                return Ok(Refreshed::Extended);
            }
            if remedy(&token.facts, s.clock.now()) != Remedy::Extend {
                return Ok(Refreshed::Consent(token.facts.platform));
            }
            ask_and_save(&s, token, &actor).await
        }
    };
    lock::on_token(s, platform, &user_id, patience, work).await
}

/// For whoever holds the lock already.
///
/// # Errors
/// A failing database, or a token that cannot be opened. Meta's refusals are
/// written down, and no errors.
pub(in crate::service) async fn ask_and_save(s: &Services, token: TokenRow, actor: &Actor) -> Result<Refreshed, Error> {
    let secret = s.keys.open(&token.sealed, token.id)?;
    let answer = match s.meta.of(token.facts.platform) {
        Ok(provider) => provider.extend(&secret, s.clock.now()).await.map(|issued| (provider, issued)),
        Err(not_configured) => Err(not_configured),
    };
    let before = token.facts.life.issued_at;
    let written = match answer {
        Ok((provider, issued)) => {
            // Whatever Meta thinks of the life, the string it returned is the one to keep; and at once.
            match string::keep(s, &token, &issued.token).await? {
                Some(kept) => {
                    let grant = provider.complete(&issued).await;
                    string::observed(s, &kept, &Observation::Extended(grant), actor).await?
                }
                None => None,
            }
        }
        Err(error) => {
            let refused = Observation::ExtensionRefused(error.refusal(s.clock.now()));
            string::observed(s, &token, &refused, actor).await?
        }
    };
    let token = match written {
        Some(token) => token,
        // Somebody brought another string meanwhile: theirs counts.
        None => store::token::find(s.db.reader(), token.id).await?.ok_or(Error::NotFound)?,
    };
    let now = s.clock.now();
    Ok(match status(&token.facts, now) {
        Status::Active if token.facts.life.issued_at > before => Refreshed::Extended,
        // Trying later leads nowhere once only a sign-in helps.
        Status::Active if remedy(&token.facts, now) == Remedy::Extend => Refreshed::TryLater,
        Status::Active | Status::NotActive(_) => Refreshed::Consent(token.facts.platform),
    })
}
