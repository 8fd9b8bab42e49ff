//! The accounts a person looks after.

use domain::id::AccountId;
use domain::view::{AccountView, Me};

use super::{Error, view};
use crate::Services;
use crate::store;

/// Every account of this person, by name.
///
/// # Errors
/// Only when the database fails.
pub async fn list(s: &Services, me: &Me) -> Result<Vec<AccountView>, Error> {
    let now = s.clock.now();
    let db = s.db.reader();
    let mut views = Vec::new();
    for (account, token) in store::account::list_of_member(db, me.id).await? {
        let history = store::history::newest(db, token.id, view::ENTRIES).await?;
        views.push(AccountView {
            id: account.id,
            username: account.username,
            name: account.name,
            token: view::summary(&token, &history, now),
        });
    }
    views.sort_by(|a, b| a.username.cmp(&b.username));
    Ok(views)
}

/// Takes an account off this person's list. When nobody is left, the account
/// and its token are deleted.
///
/// # Errors
/// [`Error::NotFound`] for an account of somebody else.
pub async fn disconnect(s: &Services, me: &Me, account: AccountId) -> Result<(), Error> {
    let txn = s.db.begin_write().await?;
    let Some((account, token)) = store::account::of_member(&txn, me.id, account).await? else {
        return Err(Error::NotFound);
    };
    store::membership::remove(&txn, me.id, account.id).await?;
    if store::membership::members_of(&txn, account.id).await?.is_empty() {
        store::account::delete(&txn, account.id).await?;
        if store::account::of_token(&txn, token.id).await?.is_empty() {
            store::token::delete(&txn, token.id).await?;
        }
    }
    txn.commit().await.map_err(store::Error::from)?;
    Ok(())
}
