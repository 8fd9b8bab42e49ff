//! From rows to what pages show.

use domain::Moment;
use domain::token::life_line::LifeLine;
use domain::token::plan::{earliest_extension, last_safe_moment, next_extension, plan};
use domain::token::{Cause, Event, Status, remedy, status};
use domain::view::{AccountRef, HistoryEntry, TokenSummary, TokenView};

use crate::store::account::Account;
use crate::store::token::TokenRow;

/// As many entries of a history as a page shows.
pub(super) const ENTRIES: u64 = 100;

pub(super) fn summary(token: &TokenRow, history: &[HistoryEntry], now: Moment) -> TokenSummary {
    let facts = &token.facts;
    let events: Vec<Event> = history.iter().map(|entry| entry.event.clone()).collect();
    let status = status(facts, now);
    let said = match &status {
        Status::NotActive(Cause::Dead { .. }) => facts.ending.as_ref().and_then(|ending| ending.said.clone()),
        Status::NotActive(Cause::Suspended { .. }) => {
            facts.suspension.as_ref().and_then(|suspension| suspension.said.clone())
        }
        Status::NotActive(Cause::PermissionMissing { .. }) => history.iter().find_map(|entry| entry.event.said.clone()),
        Status::Active => None,
    };
    TokenSummary {
        id: token.id,
        platform: facts.platform,
        status,
        said,
        last_success_at: facts.last_success_at,
        next_extension: next_extension(facts, now),
        extendable_from: earliest_extension(facts),
        expires_at: facts.life.expires_at,
        data_access_expires_at: facts.life.data_access_expires_at,
        remedy: remedy(facts, now),
        life_line: LifeLine::draw(facts, &events, now),
    }
}

pub(super) fn token(token: &TokenRow, accounts: &[Account], history: Vec<HistoryEntry>, now: Moment) -> TokenView {
    TokenView {
        summary: summary(token, &history, now),
        accounts: accounts
            .iter()
            .map(|account| AccountRef { id: account.id, username: account.username.clone() })
            .collect(),
        plan: plan(&token.facts, now),
        last_safe_moment: last_safe_moment(&token.facts),
        history,
        now,
    }
}
