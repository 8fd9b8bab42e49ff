//! What a fresh token is used for: a login, a connection, a repair.
//!
//! Everything is decided before anything is written; then one transaction
//! saves the string, its facts, the accounts and the history.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::id::{AccountId, AppScopedId, PersonId, TokenId};
use domain::member::{Right, Role};
use domain::notice::Notice;
use domain::platform::Platform;
use domain::token::{Event as Told, EventKind, Grant, Observation, Sight, Trigger, connected, sighted, status};
use secrecy::SecretString;

use crate::event::{Event, Kind};
use crate::meta::{AccountType, Granted, Issued, Profile};
use crate::service::accounts::names;
use crate::service::flow::{Outcome, Place, Trouble};
use crate::service::lock::{self, Patience};
use crate::service::tokens::{spares, string};
use crate::store::account::Connected;
use crate::store::token::TokenRow;
use crate::work::{self, Actor, Work};
use crate::{Error, Services, random, store};

/// How long a token from Meta's dashboard lives.
/// Source: Meta, "Instagram API with Instagram Login", get started.
const DASHBOARD_LIFE: TimeDelta = TimeDelta::days(60);

/// A string that Meta has just handed out, and what it leads to.
#[derive(Debug, Clone)]
pub(in crate::service) struct Fresh {
    /// Whose app it is for.
    pub platform: Platform,
    /// The string and its person.
    pub granted: Granted,
    /// The accounts behind it.
    pub profiles: Vec<Profile>,
}

/// A login with Instagram or Facebook.
pub(in crate::service) async fn log_in(s: &Services, fresh: Fresh) -> Result<Outcome, Error> {
    match fresh.professional() {
        Ok(fresh) => saved(s, fresh, |s, fresh| async move { log_in_once(&s, &fresh).await }).await,
        Err(trouble) => Ok(Outcome::Trouble(trouble)),
    }
}

async fn log_in_once(s: &Services, fresh: &Fresh) -> Result<Outcome, Error> {
    let name = display_name(&fresh.granted, &fresh.profiles);
    let mut work = s.begin(&Actor::at_meta(name.clone(), Trigger::Login)).await?;
    let known = store::identity::person(work.db(), fresh.platform, &fresh.granted.user_id).await?;
    let person = match known {
        Some(person) => {
            // Names change at Meta. Whoever has an address here is called by it.
            let here = store::person::by_id(work.db(), person).await?;
            if here.is_some_and(|person| person.address().is_none()) {
                store::person::rename(work.db(), person, &name).await?;
            }
            person
        }
        None => {
            let person = PersonId(random::new_id());
            let now = s.wall.now();
            store::person::insert(work.db(), person, &name, now).await?;
            store::identity::link(work.db(), fresh.platform, &fresh.granted.user_id, person, now).await?;
            person
        }
    };
    let saved = save(s, &mut work, fresh).await?;
    for account in &saved.accounts {
        store::membership::add(work.db(), person, *account, Role::Owner, s.wall.now()).await?;
    }
    work.commit().await?;
    let notice = match saved.before {
        Before::Nothing => Some(Notice::Connected),
        Before::Dead => Some(Notice::HealedByLogin),
        Before::Living => None,
    };
    Ok(Outcome::Arrived { place: Place::AccessToken, notice, signed_in: Some(person) })
}

/// Another login for somebody who is signed in. Its accounts are theirs.
pub(in crate::service) async fn link(s: &Services, fresh: Fresh, person: PersonId) -> Result<Outcome, Error> {
    match fresh.professional() {
        Ok(fresh) => saved(s, fresh, move |s, fresh| async move { link_once(&s, &fresh, person).await }).await,
        Err(trouble) => Ok(Outcome::Trouble(trouble)),
    }
}

async fn link_once(s: &Services, fresh: &Fresh, person: PersonId) -> Result<Outcome, Error> {
    let mut work = s.begin(&actor_of(s, person, Trigger::Login).await?).await?;
    match store::identity::person(work.db(), fresh.platform, &fresh.granted.user_id).await? {
        Some(known) if known != person => return Ok(Outcome::Trouble(Trouble::LoginTaken)),
        Some(_) => {}
        None => {
            let now = s.wall.now();
            store::identity::link(work.db(), fresh.platform, &fresh.granted.user_id, person, now).await?;
        }
    }
    let saved = save(s, &mut work, fresh).await?;
    for account in &saved.accounts {
        store::membership::add(work.db(), person, *account, Role::Owner, s.wall.now()).await?;
    }
    work.commit().await?;
    Ok(Outcome::Arrived { place: Place::Settings, notice: Some(Notice::LoginAdded), signed_in: None })
}

/// Connecting accounts to somebody who is signed in.
pub(in crate::service) async fn connect(s: &Services, fresh: Fresh, person: PersonId) -> Result<Outcome, Error> {
    match fresh.professional() {
        Ok(fresh) => saved(s, fresh, move |s, fresh| async move { connect_once(&s, &fresh, person).await }).await,
        Err(trouble) => Ok(Outcome::Trouble(trouble)),
    }
}

async fn connect_once(s: &Services, fresh: &Fresh, person: PersonId) -> Result<Outcome, Error> {
    let mut work = s.begin(&actor_of(s, person, Trigger::Connect).await?).await?;
    let saved = save(s, &mut work, fresh).await?;
    let owner = store::identity::person(work.db(), fresh.platform, &fresh.granted.user_id).await? == Some(person);
    let role = if owner { Role::Owner } else { Role::Developer };
    for account in &saved.accounts {
        store::membership::add(work.db(), person, *account, role, s.wall.now()).await?;
    }
    work.commit().await?;
    Ok(Outcome::Arrived { place: Place::Dashboard, notice: Some(Notice::Connected), signed_in: None })
}

/// Connecting the first account behind a token that was made without a consent
/// page. Nobody looks after it. Used for the sandbox's demo account alone.
pub(in crate::service) async fn by_token(
    s: &Services,
    platform: Platform,
    token: SecretString,
    actor: Actor,
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
    let actor = Arc::new(actor);
    saved(s, fresh, move |s, fresh| by_token_once(s, fresh, Arc::clone(&actor))).await
}

async fn by_token_once(s: Services, fresh: Arc<Fresh>, actor: Arc<Actor>) -> Result<AccountId, Error> {
    let mut work = s.begin(&actor).await?;
    let saved = save(&s, &mut work, &fresh).await?;
    work.commit().await?;
    saved.accounts.first().copied().ok_or(Error::NotFound)
}

/// The repair of one account. Anybody else's sign-in is refused before
/// anything is written.
pub(in crate::service) async fn refresh(
    s: &Services,
    fresh: Fresh,
    person: PersonId,
    account: AccountId,
) -> Result<Outcome, Error> {
    let expected = work::account(s.db.reader(), person, account, Right::Repair).await?.into_inner().account;
    if !fresh.profiles.iter().any(|profile| profile.instagram_id == expected.instagram_id) {
        let found = usernames(&fresh.profiles);
        return Ok(Outcome::Trouble(Trouble::WrongAccount { expected: expected.username, found }));
    }
    // The token heals every account here that lives by it, and adds none.
    let fresh = fresh.known_here(s).await?;
    saved(s, fresh, move |s, fresh| async move { refresh_once(&s, &fresh, person, account).await }).await
}

async fn refresh_once(s: &Services, fresh: &Fresh, person: PersonId, account: AccountId) -> Result<Outcome, Error> {
    let mut work = s.begin(&actor_of(s, person, Trigger::Button).await?).await?;
    save(s, &mut work, fresh).await?;
    let place = match store::membership::role(work.db(), person, account).await? {
        Some(Role::Owner) => Place::AccessToken,
        _ => Place::Account(account),
    };
    work.commit().await?;
    Ok(Outcome::Arrived { place, notice: Some(Notice::Refreshed), signed_in: None })
}

/// The repair by whoever signs in at Instagram and has an account here.
pub(in crate::service) async fn refresh_public(s: &Services, fresh: Fresh) -> Result<Outcome, Error> {
    let found = usernames(&fresh.profiles);
    let fresh = fresh.known_here(s).await?;
    if fresh.profiles.is_empty() {
        return Ok(Outcome::Trouble(Trouble::UnknownAccount { found }));
    }
    let by = format!("@{}", found.join(", @"));
    let actor = Arc::new(Actor::at_meta(by, Trigger::PublicPage));
    saved(s, fresh, move |s, fresh| refresh_public_once(s, fresh, Arc::clone(&actor))).await
}

async fn refresh_public_once(s: Services, fresh: Arc<Fresh>, actor: Arc<Actor>) -> Result<Outcome, Error> {
    let mut work = s.begin(&actor).await?;
    save(&s, &mut work, &fresh).await?;
    work.commit().await?;
    Ok(Outcome::Arrived { place: Place::AccessToken, notice: Some(Notice::RefreshedPublic), signed_in: None })
}

/// Somebody who has been away at Meta, as they are now.
async fn actor_of(s: &Services, person: PersonId, how: Trigger) -> Result<Actor, Error> {
    let person = store::person::by_id(s.db.reader(), person).await?.ok_or(Error::NotFound)?;
    Ok(Actor::person(person, how))
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
    let work = async move { string::insistently(|| transaction(services.clone(), Arc::clone(&fresh))).await };
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
async fn save(s: &Services, work: &mut Work, fresh: &Fresh) -> Result<Saved, Error> {
    let Fresh { platform, granted, profiles } = fresh;
    let now = work.now();
    let grant = granted.issued.grant;
    let known = store::token::find_by_identity(work.db(), *platform, &granted.user_id).await?;
    let (token, before) = match known {
        Some(mut token) => {
            let before = if status(&token.facts, now).is_active() { Before::Living } else { Before::Dead };
            token.sealed = s.keys.seal(&granted.issued.token, token.id)?;
            work.observe(&mut token, Observation::Consented(grant)).await?;
            (token, before)
        }
        None => {
            let (facts, told) = connected(*platform, grant, now);
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
            store::token::insert(work.db(), &token, now).await?;
            work.write_facts(&mut token, facts, told).await?;
            (token, Before::Nothing)
        }
    };
    let mut accounts = Vec::new();
    for profile in profiles {
        let account = hang_on(s, work, profile, &token).await?;
        accounts.push(account);
        work.tell(Event::of_account(Kind::Connected, account));
        names::give_way(work, &profile.username, &profile.instagram_id).await?;
    }
    Ok(Saved { accounts, before })
}

/// Writes an account as Meta describes it today. It lives by this token, unless
/// it lives better by the one it has.
async fn hang_on(s: &Services, work: &Work, profile: &Profile, token: &TokenRow) -> Result<AccountId, Error> {
    let db = work.db();
    let brought = Connected {
        instagram_id: &profile.instagram_id,
        username: &profile.username,
        name: &profile.name,
        account_type: profile.account_type.as_str(),
        page: profile.page.as_ref().map(|page| (page.id.as_str(), page.name.as_str())),
        token: token.id,
        unshared: None,
    };
    let id = AccountId(random::new_id());
    let known = store::account::claim(db, id, &brought, s.wall.now()).await?;
    if known.id == id {
        return Ok(id);
    }
    if !spares::takes_over(work, &known, token).await? {
        let stays = Connected { token: known.token, unshared: known.unshared.as_ref(), ..brought };
        store::account::describe(db, known.id, &stays).await?;
        store::spare::keep(db, known.id, token.id, work.now()).await?;
        return Ok(known.id);
    }
    store::account::describe(db, known.id, &brought).await?;
    spares::moved(work, &known, token.id).await?;
    if let (_, Some(shared)) = sighted(known.unshared.as_ref(), Sight::Shown, work.now()) {
        let kind = EventKind::Sharing { username: profile.username.clone(), shared };
        work.write_history(token, &[Told { at: work.now(), kind, said: None }]).await?;
    }
    Ok(known.id)
}
