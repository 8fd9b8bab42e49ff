//! The accounts a person looks after.

use std::collections::BTreeSet;

use domain::id::AccountId;
use domain::view::{AccountView, Breaks, Me};

use super::views::thirty_days;
use super::{Error, view};
use crate::pulse::Change;
use crate::{Services, store};

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
            breaks: breaks(s, account.id).await?,
        });
    }
    views.sort_by(|a, b| a.username.cmp(&b.username));
    Ok(views)
}

/// What breaks if the token of an account dies.
async fn breaks(s: &Services, account: AccountId) -> Result<Breaks, Error> {
    let db = s.db.reader();
    let widgets: Vec<_> = store::widget::of_account(db, account).await?.iter().map(|widget| widget.id).collect();
    let views = store::view_day::since(db, &widgets, thirty_days(s.clock.now())).await?;
    let sites: BTreeSet<&str> =
        views.iter().map(|(_, seen)| seen.site.as_str()).filter(|site| !site.is_empty()).collect();
    Ok(Breaks {
        widgets: u32::try_from(widgets.len()).unwrap_or(u32::MAX),
        sites: u32::try_from(sites.len()).unwrap_or(u32::MAX),
        views_per_day: views.iter().map(|(_, seen)| seen.views).sum::<u64>().div_ceil(30),
    })
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
        widgets_go_dark(s, &txn, account.id).await?;
        store::account::delete(&txn, account.id).await?;
        if store::account::of_token(&txn, token.id).await?.is_empty() {
            store::token::delete(&txn, token.id).await?;
        }
    }
    txn.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Tells that the widgets of an account are about to be deleted with it.
pub(super) async fn widgets_go_dark(
    s: &Services,
    txn: &sea_orm::DatabaseTransaction,
    account: AccountId,
) -> Result<(), Error> {
    let widgets = store::widget::of_account(txn, account).await?;
    let changes = widgets.into_iter().map(|widget| Change::Shown(widget.id)).collect();
    // Told by `Pulse::follow`: the caller commits.
    let _written = s.pulse.write(txn, changes, s.wall.now()).await?;
    Ok(())
}
