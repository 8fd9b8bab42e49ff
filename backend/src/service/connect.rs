//! What a fresh token is used for: a login, a connection, a repair.
//!
//! Everything is decided before anything is written; then one transaction
//! saves the string, its facts, the accounts and the history.

use chrono::TimeDelta;
use domain::Moment;
use domain::id::{AccountId, AppScopedId, PersonId, TokenId};
use domain::notice::Notice;
use domain::platform::Platform;
use domain::token::{Grant, Observation, Trigger, connected, status};
use sea_orm::DatabaseTransaction;
use secrecy::SecretString;

use super::flow::{Outcome, Place, Trouble};
use super::record::{self, Cause};
use super::{Error, lock, rebuild};
use crate::meta::{AccountType, Granted, Issued, Profile};
use crate::store::account::Connected;
use crate::store::membership::Role;
use crate::store::token::TokenRow;
use crate::{Services, random, store};

/// How long a token from Meta's dashboard lives.
/// Source: Meta, "Instagram API with Instagram Login", get started.
const DASHBOARD_LIFE: TimeDelta = TimeDelta::days(60);

/// A login with Instagram or Facebook.
pub(super) async fn log_in(
    s: &Services,
    platform: Platform,
    granted: Granted,
    profiles: Vec<Profile>,
) -> Result<Outcome, Error> {
    let profiles = match professional(profiles) {
        Ok(profiles) => profiles,
        Err(trouble) => return Ok(Outcome::Trouble(trouble)),
    };
    lock::on_token(s, platform, &granted.user_id.clone(), async {
        let name = display_name(&granted, &profiles);
        let txn = s.db.begin_write().await?;
        let known = store::identity::person(&txn, platform, &granted.user_id).await?;
        let person = match known {
            Some(person) => {
                // Names change at Meta.
                store::person::rename(&txn, person, &name).await?;
                person
            }
            None => {
                let person = PersonId(random::new_id());
                let now = s.wall.now();
                store::person::insert(&txn, person, None, &name, now).await?;
                store::identity::link(&txn, platform, &granted.user_id, person, now).await?;
                person
            }
        };
        let cause = Cause { trigger: Trigger::Login, by: Some(&name) };
        let saved = save(s, &txn, platform, &granted, &profiles, cause).await?;
        for account in &saved.accounts {
            store::membership::add(&txn, person, *account, Role::Owner, s.wall.now()).await?;
        }
        txn.commit().await.map_err(store::Error::from)?;
        s.wake.all();
        let notice = match saved.before {
            Before::Nothing => Some(Notice::Connected),
            Before::Dead => Some(Notice::HealedByLogin),
            Before::Living => None,
        };
        Ok(Outcome::Arrived { place: Place::AccessToken, notice, signed_in: Some(person) })
    })
    .await
}

/// Connecting accounts to somebody who is signed in.
pub(super) async fn connect(
    s: &Services,
    platform: Platform,
    granted: Granted,
    profiles: Vec<Profile>,
    person: PersonId,
) -> Result<Outcome, Error> {
    let profiles = match professional(profiles) {
        Ok(profiles) => profiles,
        Err(trouble) => return Ok(Outcome::Trouble(trouble)),
    };
    lock::on_token(s, platform, &granted.user_id.clone(), async {
        let txn = s.db.begin_write().await?;
        let name = store::person::by_id(&txn, person).await?.ok_or(Error::NotFound)?.name;
        let cause = Cause { trigger: Trigger::Connect, by: Some(&name) };
        let saved = save(s, &txn, platform, &granted, &profiles, cause).await?;
        for account in &saved.accounts {
            store::membership::add(&txn, person, *account, Role::Developer, s.wall.now()).await?;
        }
        txn.commit().await.map_err(store::Error::from)?;
        s.wake.all();
        Ok(Outcome::Arrived { place: Place::Dashboard, notice: Some(Notice::Connected), signed_in: None })
    })
    .await
}

/// Connecting the first account behind a token that was made without a consent
/// page. Nobody looks after it. Used for the sandbox's demo account alone.
pub(super) async fn by_token(
    s: &Services,
    platform: Platform,
    token: SecretString,
    cause: Cause<'_>,
) -> Result<AccountId, Error> {
    let profiles = s.meta.of(platform)?.profiles(&token).await?;
    let first = profiles.first().ok_or(Error::NotFound)?;
    // The person's own id is not known here; the account's stands in for it.
    let user_id = AppScopedId(first.instagram_id.0.clone());
    if let Some(known) = store::account::by_instagram_id(s.db.reader(), &first.instagram_id).await? {
        return Ok(known.id);
    }
    let grant = Grant { expires_at: Some(s.clock.now() + DASHBOARD_LIFE), data_access_expires_at: None };
    let granted = Granted { issued: Issued { token, grant }, user_id, name: None };
    lock::on_token(s, platform, &granted.user_id.clone(), async {
        let txn = s.db.begin_write().await?;
        let saved = save(s, &txn, platform, &granted, &profiles, cause).await?;
        txn.commit().await.map_err(store::Error::from)?;
        saved.accounts.first().copied().ok_or(Error::NotFound)
    })
    .await
}

/// The repair of one account. Anybody else's sign-in is refused before
/// anything is written.
pub(super) async fn refresh(
    s: &Services,
    platform: Platform,
    granted: Granted,
    profiles: Vec<Profile>,
    person: PersonId,
    account: AccountId,
) -> Result<Outcome, Error> {
    let found = store::account::of_member(s.db.reader(), person, account).await?;
    let (expected, _) = found.ok_or(Error::NotFound)?;
    if !profiles.iter().any(|profile| profile.instagram_id == expected.instagram_id) {
        let found = usernames(&profiles);
        return Ok(Outcome::Trouble(Trouble::WrongAccount { expected: expected.username, found }));
    }
    // The token heals every account here that lives by it, and adds none.
    let profiles = known_here(s, profiles).await?;
    lock::on_token(s, platform, &granted.user_id.clone(), async {
        let txn = s.db.begin_write().await?;
        let name = store::person::by_id(&txn, person).await?.ok_or(Error::NotFound)?.name;
        let cause = Cause { trigger: Trigger::Button, by: Some(&name) };
        save(s, &txn, platform, &granted, &profiles, cause).await?;
        txn.commit().await.map_err(store::Error::from)?;
        s.wake.all();
        let place = match store::identity::first_platform(s.db.reader(), person.0).await? {
            Some(_) => Place::AccessToken,
            None => Place::Account(account),
        };
        Ok(Outcome::Arrived { place, notice: Some(Notice::Refreshed), signed_in: None })
    })
    .await
}

/// The repair by whoever signs in at Instagram and has an account here.
pub(super) async fn refresh_public(
    s: &Services,
    platform: Platform,
    granted: Granted,
    profiles: Vec<Profile>,
) -> Result<Outcome, Error> {
    let found = usernames(&profiles);
    let profiles = known_here(s, profiles).await?;
    if profiles.is_empty() {
        return Ok(Outcome::Trouble(Trouble::UnknownAccount { found }));
    }
    lock::on_token(s, platform, &granted.user_id.clone(), async {
        let by = format!("@{}", found.join(", @"));
        let cause = Cause { trigger: Trigger::PublicPage, by: Some(&by) };
        let txn = s.db.begin_write().await?;
        save(s, &txn, platform, &granted, &profiles, cause).await?;
        txn.commit().await.map_err(store::Error::from)?;
        s.wake.all();
        Ok(Outcome::Arrived { place: Place::AccessToken, notice: Some(Notice::RefreshedPublic), signed_in: None })
    })
    .await
}

/// Meta's API serves professional accounts only.
fn professional(profiles: Vec<Profile>) -> Result<Vec<Profile>, Trouble> {
    let personal = |profile: &Profile| profile.account_type == AccountType::Personal;
    if let Some(profile) = profiles.iter().find(|profile| personal(profile))
        && profiles.iter().all(personal)
    {
        return Err(Trouble::PersonalAccount { username: profile.username.clone() });
    }
    let profiles: Vec<Profile> = profiles.into_iter().filter(|profile| !personal(profile)).collect();
    if profiles.is_empty() { Err(Trouble::NoAccounts) } else { Ok(profiles) }
}

async fn known_here(s: &Services, profiles: Vec<Profile>) -> Result<Vec<Profile>, Error> {
    let mut known = Vec::new();
    for profile in profiles {
        if store::account::by_instagram_id(s.db.reader(), &profile.instagram_id).await?.is_some() {
            known.push(profile);
        }
    }
    Ok(known)
}

fn usernames(profiles: &[Profile]) -> Vec<String> {
    profiles.iter().map(|profile| profile.username.clone()).collect()
}

fn display_name(granted: &Granted, profiles: &[Profile]) -> String {
    match (&granted.name, profiles) {
        (_, [one]) => format!("@{}", one.username),
        (Some(name), _) => name.clone(),
        (None, _) => usernames(profiles).join(", "),
    }
}

struct Saved {
    accounts: Vec<AccountId>,
    before: Before,
}

/// What there was before this token came.
enum Before {
    Nothing,
    Dead,
    Living,
}

/// Saves the string, its facts and history, and hangs the accounts on it.
async fn save(
    s: &Services,
    txn: &DatabaseTransaction,
    platform: Platform,
    granted: &Granted,
    profiles: &[Profile],
    cause: Cause<'_>,
) -> Result<Saved, Error> {
    let now = s.clock.now();
    let grant = granted.issued.grant;
    let known = store::token::find_by_identity(txn, platform, &granted.user_id).await?;
    let (token, before) = match known {
        Some(mut token) => {
            let before = if status(&token.facts, now).is_active() { Before::Living } else { Before::Dead };
            token.sealed = s.keys.seal(&granted.issued.token, token.id)?;
            record::observation(s, txn, &mut token, Observation::Consented(grant), cause, now).await?;
            (token, before)
        }
        None => {
            let (facts, events) = connected(platform, grant, now);
            let id = TokenId(random::new_id());
            let sealed = s.keys.seal(&granted.issued.token, id)?;
            let mut token = TokenRow {
                id,
                user_id: granted.user_id.clone(),
                sealed,
                facts: facts.clone(),
                noted_expiry: None,
                next_step_at: None,
            };
            store::token::insert(txn, &token, now).await?;
            record::facts_and_events(s, txn, &mut token, facts, events, cause, now).await?;
            (token, Before::Nothing)
        }
    };
    let mut accounts = Vec::new();
    for profile in profiles {
        accounts.push(hang_on(txn, profile, token.id, s.wall.now()).await?);
    }
    // Told by `Pulse::follow`: the caller commits.
    let _written = rebuild::queue_accounts(s, txn, accounts.iter().copied()).await?;
    Ok(Saved { accounts, before })
}

/// Writes an account as Meta describes it today, and lets it live by this token.
async fn hang_on(
    txn: &DatabaseTransaction,
    profile: &Profile,
    token: TokenId,
    now: Moment,
) -> Result<AccountId, Error> {
    let left = store::account::by_instagram_id(txn, &profile.instagram_id).await?.map(|account| account.token);
    let connected = Connected {
        instagram_id: &profile.instagram_id,
        username: &profile.username,
        name: &profile.name,
        account_type: profile.account_type.as_str(),
        page: profile.page.as_ref().map(|page| (page.id.as_str(), page.name.as_str())),
        token,
    };
    let account = store::account::upsert(txn, AccountId(random::new_id()), &connected, now).await?;
    if let Some(left) = left.filter(|left| *left != token) {
        adopt_history(txn, left, token).await?;
    }
    Ok(account.id)
}

/// A token that no account lives by any more is deleted; what happened to it
/// stays part of the account's story.
async fn adopt_history(txn: &DatabaseTransaction, left: TokenId, heir: TokenId) -> Result<(), Error> {
    if store::account::of_token(txn, left).await?.is_empty() {
        store::history::move_to(txn, left, heir).await?;
        store::token::delete(txn, left).await?;
    }
    Ok(())
}
