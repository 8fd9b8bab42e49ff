//! What a caller may reach: the accounts behind the token, the permission to read them, the role on their Pages.

use super::{auth::Caller, error::GraphError};
use crate::{
    cast::{Account, Platform},
    state::State,
};

/// The account a path names: `me`, the app-scoped id (Instagram) or the `1784…` id.
pub(crate) fn own_account(caller: &Caller, id: &str) -> Result<&'static Account, GraphError> {
    let person = caller.person;
    let named = match person.platform {
        Platform::Instagram if id == "me" || id == person.id => person.accounts.first(),
        _ => person.accounts.iter().find(|account| account.id == id),
    };
    named.ok_or_else(|| GraphError::no_object(person.platform, id))
}

/// Whether the account's data may be read: the permission, and on Facebook also the role on its Page and its part in
/// the grant. Meta: all permissions are granted, and an account that was not ticked is not there.
pub(crate) fn may_read(state: &State, caller: &Caller, account: &Account, id: &str) -> Result<(), GraphError> {
    if caller.person.platform == Platform::Facebook {
        need_role(state, caller, id)?;
    }
    if state.standing(caller.person.username).unshared.contains(account.username) {
        return Err(GraphError::no_object(caller.person.platform, id));
    }
    need_basic(state, caller)
}

/// Nothing of an account can be read without the family's basic permission.
pub(crate) fn need_basic(state: &State, caller: &Caller) -> Result<(), GraphError> {
    let platform = caller.person.platform;
    if state.standing(caller.person.username).granted.contains(platform.basic_scope()) {
        return Ok(());
    }
    Err(GraphError::no_permission(platform))
}

/// Without the role on a Page nothing of it can be seen; a page token has been refused before this.
pub(crate) fn need_role(state: &State, caller: &Caller, id: &str) -> Result<(), GraphError> {
    if state.standing(caller.person.username).page_role_lost {
        return Err(GraphError::no_object(Platform::Facebook, id));
    }
    Ok(())
}
