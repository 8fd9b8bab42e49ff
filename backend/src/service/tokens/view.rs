//! From rows to what pages show.

use domain::Moment;
use domain::token::life_line::LifeLine;
use domain::token::outlook::calm_until;
use domain::token::plan::{earliest_extension, last_safe_moment, next_extension, plan};
use domain::token::{
    Cause, EventKind, Facts, Foreseen, MetaAnswer, Status, Unshared, Worry, account_remedy, account_status, worries,
};
use domain::view::{AccountRef, HistoryEntry, TokenSummary, TokenView};

use crate::service::tokens::history::History;
use crate::store::account::Account;
use crate::store::token::TokenRow;

/// As many entries of a history as the words of Meta's are looked for in.
pub(in crate::service) const LOOKED_BACK: u64 = 20;

/// Of the token, as an account that lives by it has it.
pub(in crate::service) fn summary(
    token: &TokenRow,
    unshared: Option<&Unshared>,
    history: &[HistoryEntry],
    now: Moment,
) -> TokenSummary {
    let facts = &token.facts;
    let status = account_status(facts, unshared, now);
    let worries = worries(facts, now);
    let said = match &status {
        Status::NotActive(Cause::Dead { .. }) => facts.ending.as_ref().and_then(|ending| ending.said.clone()),
        Status::NotActive(Cause::Suspended { .. }) => {
            facts.suspension.as_ref().and_then(|suspension| suspension.said.clone())
        }
        Status::NotActive(Cause::NotShared { .. }) => unshared.and_then(|unshared| unshared.said.clone()),
        Status::NotActive(Cause::PermissionMissing { .. }) => said_of_permission(history),
        Status::Active => worries.iter().find_map(|worry| said_of(worry, facts)),
    };
    TokenSummary {
        id: token.id,
        platform: facts.platform,
        status,
        worries,
        said,
        last_success_at: facts.last_success_at,
        next_extension: next_extension(facts, now),
        extendable_from: earliest_extension(facts),
        expires_at: facts.life.expires_at,
        data_access_expires_at: facts.life.data_access_expires_at,
        calm_until: calm_until(facts),
        remedy: account_remedy(facts, unshared, now),
    }
}

/// The picture of its life.
pub(in crate::service) fn life_line(
    token: &TokenRow,
    unshared: Option<&Unshared>,
    history: &[HistoryEntry],
    now: Moment,
) -> LifeLine {
    let past: Vec<_> = history.iter().map(|entry| (entry.event.clone(), entry.repeated)).collect();
    let lit = account_status(&token.facts, unshared, now).is_active();
    LifeLine { lit, ..LifeLine::draw(&token.facts, &past, now) }
}

/// What an account is called.
pub(in crate::service) fn reference(account: &Account) -> AccountRef {
    AccountRef { id: account.id, username: account.username.clone() }
}

/// With what Meta told that a permission is missing, not what it said of something else since.
fn said_of_permission(history: &[HistoryEntry]) -> Option<MetaAnswer> {
    let mut told = history.iter().map(|entry| &entry.event);
    told.find(|event| matches!(event.kind, EventKind::PermissionMissing { .. }))?.said.clone()
}

fn said_of(worry: &Worry, facts: &Facts) -> Option<MetaAnswer> {
    let extension = || facts.failed_extension.as_ref().and_then(|tries| tries.said.clone());
    match worry {
        Worry::Ends { why: Foreseen::DataAccess, .. } => None,
        Worry::Ends { .. } => extension(),
        Worry::Unconfirmed { .. } => {
            facts.failed_check.as_ref().and_then(|tries| tries.said.clone()).or_else(extension)
        }
        Worry::Doubted { .. } => facts.doubt.as_ref().and_then(|doubt| doubt.said.clone()),
    }
}

/// With the accounts that live by it; as `unshared` says, one of them has it.
pub(in crate::service) fn token(
    token: &TokenRow,
    unshared: Option<&Unshared>,
    accounts: &[Account],
    history: History,
    now: Moment,
) -> TokenView {
    TokenView {
        summary: summary(token, unshared, &history.newest, now),
        life_line: life_line(token, unshared, &history.newest, now),
        accounts: accounts.iter().map(reference).collect(),
        plan: plan(&token.facts, now),
        last_safe_moment: last_safe_moment(&token.facts),
        history: history.page,
        spares: Vec::new(),
        now,
    }
}
