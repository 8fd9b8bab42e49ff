//! The only way to a row that belongs to somebody: with a right to it.

use std::ops::Deref;

use domain::id::{AccountId, PersonId, WidgetId};
use domain::member::Right;
use sea_orm::ConnectionTrait;

use crate::Error;
use crate::store;
use crate::store::account::Account;
use crate::store::token::TokenRow;
use crate::store::widget::Widget;

/// What somebody has a right to. Only the checks of this module make one.
#[derive(Debug)]
pub(crate) struct Owned<T>(T);

impl<T> Owned<T> {
    /// The row itself.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Owned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// An account and the token it lives by.
#[derive(Debug)]
pub(crate) struct Living {
    pub account: Account,
    pub token: TokenRow,
}

/// An account that this person has this right to.
///
/// # Errors
/// [`Error::NotFound`] for an account of somebody else: nobody learns which.
pub(crate) async fn account(
    db: &impl ConnectionTrait,
    person: PersonId,
    id: AccountId,
    right: Right,
) -> Result<Owned<Living>, Error> {
    check(db, person, id, right).await?;
    let (account, token) = store::account::with_its_token(db, id).await?.ok_or(Error::NotFound)?;
    Ok(Owned(Living { account, token }))
}

/// A widget of an account that this person has this right to.
///
/// # Errors
/// As [`account`].
pub(crate) async fn widget(
    db: &impl ConnectionTrait,
    person: PersonId,
    id: WidgetId,
    right: Right,
) -> Result<Owned<Widget>, Error> {
    let widget = store::widget::find(db, id).await?.ok_or(Error::NotFound)?;
    check(db, person, widget.account, right).await?;
    Ok(Owned(widget))
}

async fn check(db: &impl ConnectionTrait, person: PersonId, account: AccountId, right: Right) -> Result<(), Error> {
    let role = store::membership::role(db, person, account).await?;
    role.filter(|role| role.allows(right)).map(|_| ()).ok_or(Error::NotFound)
}
