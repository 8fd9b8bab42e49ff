//! Whose e-mail address and password these are.

use domain::id::PersonId;
use domain::person::{Email, Password};

use crate::store::person::Person;
use crate::{Error, Services, store};

/// Who logs in with this address and this password. Two people may: the one who
/// holds the address, and the one who signed up with it last and has not shown
/// that it is theirs. As many passwords are compared when there is nobody, so
/// that the time tells nothing about who exists.
pub(super) async fn find(s: &Services, email: &Email, password: &str) -> Result<Option<Person>, Error> {
    let holder = store::person::by_email(s.db.reader(), email).await?;
    let other = store::person::last_to_want(s.db.reader(), email).await?;
    for person in [holder, other] {
        let hash = person.as_ref().and_then(|person| person.password_hash.clone());
        let fits = fit(s, password, hash.as_deref()).await?;
        let (Some(person), Some(old), Some(spelling)) = (person, hash, fits) else { continue };
        if spelling != Password::normal(password) {
            normalise(s, person.id, password, &old).await?;
        }
        return Ok(Some(person));
    }
    Ok(None)
}

/// Whether a password is this person's.
pub(super) async fn is_of(s: &Services, person: &Person, password: &str) -> Result<bool, Error> {
    Ok(fit(s, password, person.password_hash.as_deref()).await?.is_some())
}

/// Compares a password with a hash, and returns the spelling that fits. How many
/// there are depends on what was typed alone.
async fn fit(s: &Services, password: &str, hash: Option<&str>) -> Result<Option<String>, Error> {
    for spelling in Password::spellings(password) {
        // More than a password can be is not worth hashing.
        let bounded = if spelling.len() > Password::MAX_BYTES { String::new() } else { spelling.clone() };
        if s.passwords.verify(bounded.into(), hash.map(ToOwned::to_owned)).await.map_err(Error::Hashing)? {
            return Ok(Some(spelling));
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
