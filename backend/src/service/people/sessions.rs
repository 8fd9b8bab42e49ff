//! Signed-in browsers.

use chrono::TimeDelta;
use domain::Moment;
use domain::id::{PersonId, SessionId};
use domain::person::Profile;
use domain::platform::Platform;
use domain::view::{Logins, Me, SessionView};
use secrecy::SecretString;

use crate::seal::digest;
use crate::service::client::Client;
use crate::store::{self, Db};
use crate::{Error, Services, random};

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
    /// What they have chosen for themselves.
    pub profile: Profile,
    /// Whether this use moved the session's end, and so that of its cookie.
    pub renewed: bool,
}

/// A session that has just begun; its secret goes into the cookie.
#[derive(Debug)]
pub struct NewSession {
    /// The cookie's value.
    pub secret: SecretString,
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

/// Ends all of this person's sessions but this one.
///
/// # Errors
/// Only when the database fails.
pub async fn revoke_others(s: &Services, signed: &Signed) -> Result<(), Error> {
    let txn = s.db.begin_write().await?;
    store::session::delete_others(&txn, signed.me.id, Some(signed.session)).await?;
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
    let name_is_private = person.name_is_private();
    let me = Me { id: person.id, name_is_private, name: person.name, logins };
    Ok(Some(Signed { session: found.session.id, me, profile: person.profile, renewed }))
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
