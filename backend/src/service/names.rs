//! What accounts are called. At Instagram a name may be somebody else's
//! tomorrow, so it is looked up daily, and two accounts here never carry one.

use domain::id::InstagramId;
use domain::name::Names;
use sea_orm::DatabaseTransaction;

use super::{Error, widgets};
use crate::job::look::Look;
use crate::meta::Seen;
use crate::pulse::Change;
use crate::store::account::Account;
use crate::store::token::TokenRow;
use crate::{Services, queue, store};

/// Writes what Meta calls the accounts of a token today, where that is new.
///
/// # Errors
/// A failing database.
pub(super) async fn told(s: &Services, token: &TokenRow, seen: &[Seen]) -> Result<(), Error> {
    let accounts = store::account::of_token(s.db.reader(), token.id).await?;
    let new = |account: &Account| {
        let Seen { username, name, .. } = seen.iter().find(|seen| seen.instagram_id == account.instagram_id)?;
        account.names().after(username.as_deref(), name.as_deref())
    };
    let renamed: Vec<(Account, Names)> = accounts
        .into_iter()
        .filter_map(|account| Some((new(&account)?, account)))
        .map(|(new, old)| (old, new))
        .collect();
    if renamed.is_empty() {
        return Ok(());
    }
    let txn = s.db.begin_write().await?;
    let mut changes = Vec::new();
    for (account, names) in &renamed {
        store::account::rename(&txn, account.id, names).await?;
        rename_owner(&txn, token, account, names).await?;
        changes.extend(widgets::shown_of(&txn, account.id).await?);
        changes.extend(give_way(s, &txn, &names.username, &account.instagram_id).await?);
    }
    let written = s.pulse.write(&txn, changes, s.wall.now()).await?;
    txn.commit().await.map_err(store::Error::from)?;
    s.pulse.tell(written);
    s.wake.all();
    Ok(())
}

/// Whoever else carries the name of this account has another one by now. Until
/// Meta tells which, such an account is called by its id, which nobody can take.
pub(super) async fn give_way(
    s: &Services,
    txn: &DatabaseTransaction,
    username: &str,
    whose: &InstagramId,
) -> Result<Vec<Change>, Error> {
    let mut changes = Vec::new();
    for other in store::account::called(txn, username).await? {
        if other.instagram_id == *whose {
            continue;
        }
        tracing::info!(account = %other.id, "the name of an account is somebody else's now; it is looked up");
        let names = Names { username: other.instagram_id.0.clone(), display: other.name.clone() };
        store::account::rename(txn, other.id, &names).await?;
        queue::enqueue(txn, &Look { token: other.token }, s.clock.now()).await?;
        changes.extend(widgets::shown_of(txn, other.id).await?);
    }
    Ok(changes)
}

/// Who signs in as an account is called like it.
async fn rename_owner(
    txn: &DatabaseTransaction,
    token: &TokenRow,
    account: &Account,
    names: &Names,
) -> Result<(), Error> {
    let Some(id) = store::identity::person(txn, token.facts.platform, &token.user_id).await? else { return Ok(()) };
    let person = store::person::by_id(txn, id).await?;
    if person.is_some_and(|person| person.name == format!("@{}", account.username)) {
        store::person::rename(txn, id, &format!("@{}", names.username)).await?;
    }
    Ok(())
}
