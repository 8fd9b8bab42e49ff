//! Signing up, logging in and out.

use chrono::TimeDelta;
use domain::Moment;
use domain::id::{PersonId, SessionId};
use domain::person::{Email, Password};
use domain::platform::Platform;
use domain::view::{Logins, Me, SessionView};
use secrecy::SecretString;

use super::client::Client;
use super::limits::{self, Try};
use crate::random;
use crate::seal::digest;
use crate::store::{self, Db};
use crate::{Error, Services};

/// A session ends when it was not used for this long.
pub const IDLE: TimeDelta = TimeDelta::days(90);
/// A session ends this long after the login, used or not.
const ABSOLUTE: TimeDelta = TimeDelta::days(365);

/// Who sent a request.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The session of this browser.
    pub session: SessionId,
    /// The person.
    pub me: Me,
    /// Whether this use moved the session's end, and so that of its cookie.
    pub renewed: bool,
}

/// A session that has just begun; its secret goes into the cookie.
#[derive(Debug)]
pub struct NewSession {
    /// The cookie's value.
    pub secret: SecretString,
}

/// Creates a person with e-mail and password, and signs them in.
///
/// # Errors
/// [`Error::BadEmail`], [`Error::BadPassword`], [`Error::EmailTaken`],
/// [`Error::TooMany`].
pub async fn sign_up(s: &Services, email: &str, password: &str, client: &Client) -> Result<NewSession, Error> {
    let email = Email::parse(email)?;
    let password = Password::parse(password)?;
    limits::sign_up(s, &client.network).await?;
    let hash = s.passwords.hash(password).await.map_err(Error::Hashing)?;
    let person = PersonId(random::new_id());
    let now = s.wall.now();
    let txn = s.db.begin_write().await?;
    if store::person::by_email(&txn, &email).await?.is_some() {
        return Err(Error::EmailTaken);
    }
    store::person::insert(&txn, person, Some((&email, hash.as_str())), email.as_str(), now).await?;
    let session = begin_session(&txn, person, client, now).await?;
    txn.commit().await.map_err(store::Error::from)?;
    Ok(session)
}

/// Signs in with e-mail and password.
///
/// # Errors
/// [`Error::WrongCredentials`], whichever of the two is wrong; [`Error::TooMany`].
pub async fn log_in(s: &Services, email: &str, password: &str, client: &Client) -> Result<NewSession, Error> {
    let email = Email::parse(email).map_err(|error| match error {
        domain::person::EmailError::Empty => Error::BadEmail(error),
        _ => Error::WrongCredentials,
    })?;
    let this_try = Try::begin(s, email.as_str(), &client.network).await?;
    let known = store::person::by_email(s.db.reader(), &email).await?;
    let (person, hash) = known.map_or((None, None), |known| (Some(known.id), known.password_hash));
    let fits = fit(s, password, hash.as_deref()).await?;
    let (Some(person), Some(fits)) = (person, fits) else {
        return Err(Error::WrongCredentials);
    };
    if let (Fits::AsTyped, Some(old)) = (fits, hash) {
        normalise(s, person, password, &old).await?;
    }
    this_try.succeeded(s).await?;
    let now = s.wall.now();
    let txn = s.db.begin_write().await?;
    let session = begin_session(&txn, person, client, now).await?;
    txn.commit().await.map_err(store::Error::from)?;
    Ok(session)
}

/// How a password fits its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fits {
    /// As passwords are hashed today.
    Normal,
    /// As they were hashed before they were normalised.
    AsTyped,
}

/// Compares a password with a hash. The second try depends on what was typed
/// alone, so that its time tells nothing about who exists.
async fn fit(s: &Services, password: &str, hash: Option<&str>) -> Result<Option<Fits>, Error> {
    // More than a password can be is not worth hashing.
    let bounded = |text: &str| if text.len() > Password::MAX_BYTES { String::new() } else { text.to_owned() };
    let normal = Password::normal(password);
    let is_normal = normal == password;
    for (text, fits) in [(bounded(&normal), Fits::Normal), (bounded(password), Fits::AsTyped)] {
        if fits == Fits::AsTyped && is_normal {
            break;
        }
        let hash = hash.map(ToOwned::to_owned);
        if s.passwords.verify(text.into(), hash).await.map_err(Error::Hashing)? {
            return Ok(Some(fits));
        }
    }
    Ok(None)
}

/// Hashes a password anew, so that it fits however it is typed next time.
async fn normalise(s: &Services, person: PersonId, password: &str, old: &str) -> Result<(), Error> {
    // Too short today: it stays as it is.
    let Ok(password) = Password::parse(password) else { return Ok(()) };
    let new = s.passwords.hash(password).await.map_err(Error::Hashing)?;
    let txn = s.db.begin_write().await?;
    store::person::rehash(&txn, person, old, &new).await?;
    txn.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Ends this browser's session.
///
/// # Errors
/// Only when the database fails.
pub async fn log_out(s: &Services, signed: &Signed) -> Result<(), Error> {
    revoke(s, signed, signed.session).await
}

/// The browsers this person is signed in with.
///
/// # Errors
/// Only when the database fails.
pub async fn sessions(s: &Services, signed: &Signed) -> Result<Vec<SessionView>, Error> {
    let rows = store::session::of_person(s.db.reader(), signed.me.id).await?;
    let view = |row: store::session::Session| SessionView {
        id: row.id,
        device: row.device,
        signed_in_at: row.created_at,
        seen_at: row.seen_at,
        current: row.id == signed.session,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Ends one of this person's sessions; somebody else's is not found.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn revoke(s: &Services, signed: &Signed, session: SessionId) -> Result<(), Error> {
    let txn = s.db.begin_write().await?;
    if !store::session::delete_of_person(&txn, signed.me.id, session).await? {
        return Err(Error::NotFound);
    }
    txn.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Who holds a session secret, if it is still good. Moves its last use.
///
/// # Errors
/// Only when the database fails.
pub async fn current(s: &Services, secret: &SecretString) -> Result<Option<Signed>, Error> {
    let now = s.wall.now();
    let Some(found) = store::session::by_secret(s.db.reader(), &digest(secret)).await? else {
        return Ok(None);
    };
    if found.session.seen_at < now - IDLE || found.session.created_at < now - ABSOLUTE {
        return Ok(None);
    }
    let renewed = store::session::touch(&s.db, &found.session, now).await?;
    let (person, platforms) = (found.person, found.platforms);
    let logins = Logins {
        email: person.password_hash.is_some(),
        instagram: platforms.contains(&Platform::Instagram),
        facebook: platforms.contains(&Platform::Facebook),
    };
    let me = Me { id: person.id, name_is_private: person.name_is_private(), name: person.name, logins };
    Ok(Some(Signed { session: found.session.id, me, renewed }))
}

/// Whether a session still goes on, for what stays open longer than a request.
///
/// # Errors
/// Only when the database fails.
pub async fn goes_on(s: &Services, session: SessionId) -> Result<bool, Error> {
    Ok(store::session::exists(s.db.reader(), session).await?)
}

/// Starts a session: a new secret, so that nobody can fix it beforehand. The
/// one that this browser had ends.
pub(crate) async fn begin_session(
    txn: &sea_orm::DatabaseTransaction,
    person: PersonId,
    client: &Client,
    now: Moment,
) -> Result<NewSession, Error> {
    let secret = random::secret();
    if let Some(before) = client.session {
        store::session::delete(txn, before).await?;
    }
    store::session::insert(txn, SessionId(random::new_id()), &digest(&secret), person, &client.device, now).await?;
    Ok(NewSession { secret })
}

/// Deletes the sessions nobody can use any more.
pub(crate) async fn forget_old_sessions(db: &Db, now: Moment) -> Result<(), Error> {
    store::session::delete_unused(db, now - IDLE, now - ABSOLUTE).await?;
    Ok(())
}

/// How the session cookie is set.
#[derive(Debug, Clone, Copy)]
pub struct CookiePolicy {
    /// Whether the site is served over https.
    pub secure: bool,
}

impl CookiePolicy {
    /// The cookie's name; browsers insist on the attributes of the `__Host-` prefix.
    pub const fn name(self) -> &'static str {
        if self.secure { "__Host-pilotlight_session" } else { "pilotlight_session" }
    }
}
