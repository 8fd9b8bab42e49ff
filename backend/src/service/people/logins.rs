//! The ways in which somebody can sign in. One always stays.

use domain::id::PersonId;
use domain::platform::Platform;
use sea_orm::ConnectionTrait;

use super::Signed;
use crate::store::person::Person;
use crate::{Error, Services, store};

/// Signs in with this platform no longer. The accounts stay connected.
///
/// # Errors
/// [`Error::LastLogin`]; [`Error::NotFound`] for a way in that they do not have.
pub async fn unlink(s: &Services, signed: &Signed, platform: Platform) -> Result<(), Error> {
    let txn = s.db.begin_write().await?;
    let person = store::person::by_id(&txn, signed.me.id).await?.ok_or(Error::NotFound)?;
    let platforms = store::identity::platforms(&txn, person.id).await?;
    if !platforms.contains(&platform) {
        return Err(Error::NotFound);
    }
    let here = platforms.iter().filter(|other| **other == platform).count();
    if count(&txn, person.id).await? == here {
        return Err(Error::LastLogin);
    }
    store::identity::unlink(&txn, person.id, platform).await?;
    txn.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// How many ways in a person has.
pub(in crate::service) async fn count(db: &impl ConnectionTrait, person: PersonId) -> Result<usize, Error> {
    let by_email = store::person::by_id(db, person).await?.is_some_and(|person| person.logs_in_by_email());
    Ok(usize::from(by_email) + store::identity::platforms(db, person).await?.len())
}

/// Logs in with e-mail and password no longer.
///
/// # Errors
/// As [`unlink`].
pub async fn forget_email(s: &Services, signed: &Signed) -> Result<(), Error> {
    let txn = s.db.begin_write().await?;
    let person = store::person::by_id(&txn, signed.me.id).await?.ok_or(Error::NotFound)?;
    if person.password_hash.is_none() {
        return Err(Error::NotFound);
    }
    let Some(platform) = store::identity::platforms(&txn, person.id).await?.into_iter().next() else {
        return Err(Error::LastLogin);
    };
    let name = if person.name_is_private() { Some(name_at(&txn, &person, platform).await?) } else { None };
    store::person::forget_email(&txn, &person, name.as_deref()).await?;
    txn.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Whoever was called by their address is called by an account of theirs from now on.
async fn name_at(txn: &sea_orm::DatabaseTransaction, person: &Person, platform: Platform) -> Result<String, Error> {
    let accounts = store::account::of_member(txn, person.id).await?;
    Ok(accounts.first().map_or_else(|| platform.name().to_owned(), |account| format!("@{}", account.username)))
}
