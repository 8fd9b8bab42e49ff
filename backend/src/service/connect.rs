//! What a fresh token is used for: a login, a connection, a repair.
//!
//! Everything is decided before anything is written; then one transaction
//! saves the string, its facts, the accounts and the history.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::id::{AccountId, AppScopedId, PersonId, TokenId};
use domain::notice::Notice;
use domain::platform::Platform;
use domain::token::{Event, EventKind, Grant, Observation, Sight, Trigger, connected, sighted, status};
use sea_orm::DatabaseTransaction;
use secrecy::SecretString;

use super::flow::{Outcome, Place, Trouble};
use super::lock::Patience;
use super::record::{self, Cause};
use super::{Error, lock, names, rebuild, string, widgets};
use crate::meta::{AccountType, Granted, Issued, Profile};
use crate::store::account::Connected;
use crate::store::membership::Role;
use crate::store::token::TokenRow;
use crate::{Services, random, store};

/// How long a token from Meta's dashboard lives.
/// Source: Meta, "Instagram API with Instagram Login", get started.
const DASHBOARD_LIFE: TimeDelta = TimeDelta::days(60);

/// A string that Meta has just handed out, and what it leads to.
#[derive(Debug, Clone)]
pub(super) struct Fresh {
    /// Whose app it is for.
    pub platform: Platform,
    /// The string and its person.
    pub granted: Granted,
    /// The accounts behind it.
    pub profiles: Vec<Profile>,
}

/// A login with Instagram or Facebook.
pub(super) async fn log_in(s: &Services, fresh: Fresh) -> Result<Outcome, Error> {
    match fresh.professional() {
        Ok(fresh) => saved(s, fresh, |s, fresh| async move { log_in_once(&s, &fresh).await }).await,
        Err(trouble) => Ok(Outcome::Trouble(trouble)),
    }
}

async fn log_in_once(s: &Services, fresh: &Fresh) -> Result<Outcome, Error> {
    let name = display_name(&fresh.granted, &fresh.profiles);
    let txn = s.db.begin_write().await?;
    let known = store::identity::person(&txn, fresh.platform, &fresh.granted.user_id).await?;
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
            store::identity::link(&txn, fresh.platform, &fresh.granted.user_id, person, now).await?;
            person
        }
    };
    let cause = Cause { trigger: Trigger::Login, by: Some(name) };
    let saved = save(s, &txn, fresh, &cause).await?;
    for account in &saved.accounts {
        store::membership::add(&txn, person, *account, Role::Owner, s.wall.now()).await?;
    }
    txn.commit().await.map_err(store::Error::from)?;
    let notice = match saved.before {
        Before::Nothing => Some(Notice::Connected),
        Before::Dead => Some(Notice::HealedByLogin),
        Before::Living => None,
    };
    Ok(Outcome::Arrived { place: Place::AccessToken, notice, signed_in: Some(person) })
}

/// Connecting accounts to somebody who is signed in.
pub(super) async fn connect(s: &Services, fresh: Fresh, person: PersonId) -> Result<Outcome, Error> {
    match fresh.professional() {
        Ok(fresh) => saved(s, fresh, move |s, fresh| async move { connect_once(&s, &fresh, person).await }).await,
        Err(trouble) => Ok(Outcome::Trouble(trouble)),
    }
}

async fn connect_once(s: &Services, fresh: &Fresh, person: PersonId) -> Result<Outcome, Error> {
    let txn = s.db.begin_write().await?;
    let by = store::person::by_id(&txn, person).await?.ok_or(Error::NotFound)?.known_to_others();
    let cause = Cause { trigger: Trigger::Connect, by };
    let saved = save(s, &txn, fresh, &cause).await?;
    for account in &saved.accounts {
        store::membership::add(&txn, person, *account, Role::Developer, s.wall.now()).await?;
    }
    txn.commit().await.map_err(store::Error::from)?;
    Ok(Outcome::Arrived { place: Place::Dashboard, notice: Some(Notice::Connected), signed_in: None })
}

/// Connecting the first account behind a token that was made without a consent
/// page. Nobody looks after it. Used for the sandbox's demo account alone.
pub(super) async fn by_token(
    s: &Services,
    platform: Platform,
    token: SecretString,
    cause: Cause,
) -> Result<AccountId, Error> {
    let profiles = s.meta.of(platform).map_err(Error::NotConfigured)?.profiles(&token).await.map_err(Error::Meta)?;
    let first = profiles.first().ok_or(Error::NotFound)?;
    // The person's own id is not known here; the account's stands in for it.
    let user_id = AppScopedId(first.instagram_id.0.clone());
    if let Some(known) = store::account::by_instagram_id(s.db.reader(), &first.instagram_id).await? {
        return Ok(known.id);
    }
    let grant = Grant { expires_at: Some(s.clock.now() + DASHBOARD_LIFE), data_access_expires_at: None };
    let granted = Granted { issued: Issued { token, grant }, user_id, name: None };
    let fresh = Fresh { platform, granted, profiles };
    let cause = Arc::new(cause);
    saved(s, fresh, move |s, fresh| by_token_once(s, fresh, Arc::clone(&cause))).await
}

async fn by_token_once(s: Services, fresh: Arc<Fresh>, cause: Arc<Cause>) -> Result<AccountId, Error> {
    let txn = s.db.begin_write().await?;
    let saved = save(&s, &txn, &fresh, &cause).await?;
    txn.commit().await.map_err(store::Error::from)?;
    saved.accounts.first().copied().ok_or(Error::NotFound)
}

/// The repair of one account. Anybody else's sign-in is refused before
/// anything is written.
pub(super) async fn refresh(
    s: &Services,
    fresh: Fresh,
    person: PersonId,
    account: AccountId,
) -> Result<Outcome, Error> {
    let found = store::account::of_member(s.db.reader(), person, account).await?;
    let (expected, _) = found.ok_or(Error::NotFound)?;
    if !fresh.profiles.iter().any(|profile| profile.instagram_id == expected.instagram_id) {
        let found = usernames(&fresh.profiles);
        return Ok(Outcome::Trouble(Trouble::WrongAccount { expected: expected.username, found }));
    }
    // The token heals every account here that lives by it, and adds none.
    let fresh = fresh.known_here(s).await?;
    saved(s, fresh, move |s, fresh| async move { refresh_once(&s, &fresh, person, account).await }).await
}

async fn refresh_once(s: &Services, fresh: &Fresh, person: PersonId, account: AccountId) -> Result<Outcome, Error> {
    let txn = s.db.begin_write().await?;
    let by = store::person::by_id(&txn, person).await?.ok_or(Error::NotFound)?.known_to_others();
    let cause = Cause { trigger: Trigger::Button, by };
    save(s, &txn, fresh, &cause).await?;
    let place = match store::identity::first_platform(&txn, person.0).await? {
        Some(_) => Place::AccessToken,
        None => Place::Account(account),
    };
    txn.commit().await.map_err(store::Error::from)?;
    Ok(Outcome::Arrived { place, notice: Some(Notice::Refreshed), signed_in: None })
}

/// The repair by whoever signs in at Instagram and has an account here.
pub(super) async fn refresh_public(s: &Services, fresh: Fresh) -> Result<Outcome, Error> {
    let found = usernames(&fresh.profiles);
    let fresh = fresh.known_here(s).await?;
    if fresh.profiles.is_empty() {
        return Ok(Outcome::Trouble(Trouble::UnknownAccount { found }));
    }
    let by = format!("@{}", found.join(", @"));
    let cause = Arc::new(Cause { trigger: Trigger::PublicPage, by: Some(by) });
    saved(s, fresh, move |s, fresh| refresh_public_once(s, fresh, Arc::clone(&cause))).await
}

async fn refresh_public_once(s: Services, fresh: Arc<Fresh>, cause: Arc<Cause>) -> Result<Outcome, Error> {
    let txn = s.db.begin_write().await?;
    save(&s, &txn, &fresh, &cause).await?;
    txn.commit().await.map_err(store::Error::from)?;
    Ok(Outcome::Arrived { place: Place::AccessToken, notice: Some(Notice::RefreshedPublic), signed_in: None })
}

/// Runs the transaction that saves a fresh string, while nobody else works on
/// its token. Neither a busy database nor a browser that leaves loses it.
async fn saved<T, F>(
    s: &Services,
    fresh: Fresh,
    transaction: impl Fn(Services, Arc<Fresh>) -> F + Send + Sync + 'static,
) -> Result<T, Error>
where
    T: Send + 'static,
    F: Future<Output = Result<T, Error>> + Send,
{
    let (platform, user_id, services) = (fresh.platform, fresh.granted.user_id.clone(), s.clone());
    let fresh = Arc::new(fresh);
    let work = async move {
        let saved = string::insistently(|| transaction(services.clone(), Arc::clone(&fresh))).await?;
        services.wake.all();
        Ok(saved)
    };
    lock::on_token(s, platform, &user_id, Patience::Long, work).await
}

impl Fresh {
    /// Meta's API serves professional accounts only.
    fn professional(self) -> Result<Self, Trouble> {
        let personal = |profile: &Profile| profile.account_type == AccountType::Personal;
        if let Some(profile) = self.profiles.iter().find(|profile| personal(profile))
            && self.profiles.iter().all(personal)
        {
            return Err(Trouble::PersonalAccount { username: profile.username.clone() });
        }
        let profiles: Vec<Profile> = self.profiles.into_iter().filter(|profile| !personal(profile)).collect();
        if profiles.is_empty() { Err(Trouble::NoAccounts) } else { Ok(Self { profiles, ..self }) }
    }

    /// Only the accounts that somebody here looks after.
    async fn known_here(self, s: &Services) -> Result<Self, Error> {
        let mut known = Vec::new();
        for profile in self.profiles {
            if store::account::by_instagram_id(s.db.reader(), &profile.instagram_id).await?.is_some() {
                known.push(profile);
            }
        }
        Ok(Self { profiles: known, ..self })
    }
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
async fn save(s: &Services, txn: &DatabaseTransaction, fresh: &Fresh, cause: &Cause) -> Result<Saved, Error> {
    let Fresh { platform, granted, profiles } = fresh;
    let now = s.clock.now();
    let grant = granted.issued.grant;
    let known = store::token::find_by_identity(txn, *platform, &granted.user_id).await?;
    let (token, before) = match known {
        Some(mut token) => {
            let before = if status(&token.facts, now).is_active() { Before::Living } else { Before::Dead };
            token.sealed = s.keys.seal(&granted.issued.token, token.id)?;
            record::observation(s, txn, &mut token, Observation::Consented(grant), cause, now).await?;
            (token, before)
        }
        None => {
            let (facts, events) = connected(*platform, grant, now);
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
    let mut changes = Vec::new();
    for profile in profiles {
        let account = hang_on(s, txn, profile, token.id, cause).await?;
        accounts.push(account);
        changes.extend(widgets::shown_of(txn, account).await?);
        changes.extend(names::give_way(s, txn, &profile.username, &profile.instagram_id).await?);
    }
    // Told by `Pulse::follow`: the caller commits.
    let _written = s.pulse.write(txn, changes, s.wall.now()).await?;
    let _written = rebuild::queue_accounts(s, txn, accounts.iter().copied()).await?;
    Ok(Saved { accounts, before })
}

/// Writes an account as Meta describes it today, and lets it live by this token.
async fn hang_on(
    s: &Services,
    txn: &DatabaseTransaction,
    profile: &Profile,
    token: TokenId,
    cause: &Cause,
) -> Result<AccountId, Error> {
    let before = store::account::by_instagram_id(txn, &profile.instagram_id).await?;
    let connected = Connected {
        instagram_id: &profile.instagram_id,
        username: &profile.username,
        name: &profile.name,
        account_type: profile.account_type.as_str(),
        page: profile.page.as_ref().map(|page| (page.id.as_str(), page.name.as_str())),
        token,
    };
    let account = store::account::upsert(txn, AccountId(random::new_id()), &connected, s.wall.now()).await?;
    if let Some(left) = before.as_ref().map(|before| before.token).filter(|left| *left != token) {
        adopt_history(txn, left, token).await?;
    }
    if let Some((_, Some(shared))) = before.map(|before| sighted(before.unshared.as_ref(), Sight::Shown, s.clock.now()))
    {
        let kind = EventKind::Sharing { username: account.username, shared };
        let event = Event { at: s.clock.now(), kind, said: None };
        store::history::append(txn, token, &[event], cause.trigger, cause.by.as_deref(), s.clock.now()).await?;
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
