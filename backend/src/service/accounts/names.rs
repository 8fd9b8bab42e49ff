//! What accounts are called. At Instagram a name may be somebody else's
//! tomorrow, so it is looked up daily, and two accounts here never carry one.

use domain::id::InstagramId;
use domain::name::Names;

use crate::event::{Event, Kind};
use crate::meta::Seen;
use crate::store::account::Account;
use crate::store::token::TokenRow;
use crate::task::Look;
use crate::work::{Actor, Work};
use crate::{Error, Services, queue, store};

/// Writes what Meta calls the accounts of a token today, where that is new.
///
/// # Errors
/// A failing database.
pub(in crate::service) async fn told(
    s: &Services,
    token: &TokenRow,
    seen: &[Seen],
    actor: &Actor,
) -> Result<(), Error> {
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
    let mut work = s.begin(actor).await?;
    for (account, names) in &renamed {
        rename(&mut work, account, names).await?;
        rename_owner(&work, token, account, names).await?;
        give_way(&mut work, &names.username, &account.instagram_id).await?;
    }
    work.commit().await
}

async fn rename(work: &mut Work, account: &Account, names: &Names) -> Result<(), Error> {
    store::account::rename(work.db(), account.id, names).await?;
    work.tell(Event::of_account(Kind::Renamed, account.id));
    Ok(())
}

/// Whoever else carries the name of this account has another one by now. Until
/// Meta tells which, such an account is called by its id, which nobody can take.
pub(in crate::service) async fn give_way(work: &mut Work, username: &str, whose: &InstagramId) -> Result<(), Error> {
    for other in store::account::called(work.db(), username).await? {
        if other.instagram_id == *whose {
            continue;
        }
        tracing::info!(account = %other.id, "the name of an account is somebody else's now; it is looked up");
        let names = Names { username: other.instagram_id.0.clone(), display: other.name.clone() };
        rename(work, &other, &names).await?;
        queue::enqueue(work.db(), &Look { token: other.token }, work.now()).await?;
    }
    Ok(())
}

/// Who signs in as an account is called like it.
async fn rename_owner(work: &Work, token: &TokenRow, account: &Account, names: &Names) -> Result<(), Error> {
    let db = work.db();
    let Some(id) = store::identity::person(db, token.facts.platform, &token.user_id).await? else { return Ok(()) };
    let person = store::person::by_id(db, id).await?;
    if person.is_some_and(|person| person.usual_name == format!("@{}", account.username)) {
        store::person::rename(db, id, &format!("@{}", names.username)).await?;
    }
    Ok(())
}
