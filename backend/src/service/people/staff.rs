//! Who helps others here.

use domain::person::Email;

use crate::{Error, Services, store};

/// Makes whoever holds this address staff, or no longer.
///
/// # Errors
/// [`Error::BadEmail`]; [`Error::NotFound`] when nobody holds it, or when no mail
/// has shown that it is theirs: anybody could have signed up with it.
pub async fn set(s: &Services, email: &str, staff: bool) -> Result<(), Error> {
    let email = Email::parse(email)?;
    let txn = s.db.begin_write().await?;
    let person = store::person::by_email(&txn, &email).await?;
    let person = person.filter(|person| person.email_is_confirmed || !staff).ok_or(Error::NotFound)?;
    store::person::set_staff(&txn, person.id, staff).await?;
    txn.commit().await.map_err(store::Error::from)?;
    Ok(())
}
