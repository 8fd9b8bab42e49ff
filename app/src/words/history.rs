//! The entries of a token's history.

use domain::Moment;
use domain::platform::Platform;
use domain::token::{Death, EventKind, Failure, Trigger};

use super::cause::{death, permission, suspension};
use crate::time;

/// What happened, in a word or two.
pub fn event_title(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::Connected { .. } => text!(history.connected),
        EventKind::Extended { .. } => text!(history.extended),
        EventKind::Reauthorised { .. } => text!(history.reauthorised),
        EventKind::Ended { death: Death::Expired } => text!(history.expired),
        EventKind::Ended { .. } => text!(history.ended),
        EventKind::Suspended { .. } => text!(history.suspended),
        EventKind::Recovered | EventKind::Sharing { shared: true, .. } => text!(history.recovered),
        EventKind::Sharing { .. } => text!(history.not_shared),
        EventKind::TookOver { .. } => text!(history.took_over),
        EventKind::PermissionMissing { .. } => text!(history.permission),
        EventKind::ExtensionFailed { .. } => text!(history.failed),
    }
}

/// What happened, in a sentence.
pub fn event_text(kind: &EventKind, platform: Platform) -> String {
    let name = platform.name();
    match kind {
        EventKind::Connected { expires_at } => match date(*expires_at) {
            Some(date) => text!(history.connected_until, date = date),
            None => text!(history.connected_text).to_owned(),
        },
        EventKind::Extended { expires_at } => match date(*expires_at) {
            Some(date) => text!(history.extended_until, platform = name, date = date),
            None => text!(history.extended_text, platform = name),
        },
        EventKind::Reauthorised { expires_at, healed } => match (date(*expires_at), healed) {
            (Some(date), true) => text!(history.healed_until, date = date),
            (Some(date), false) => text!(history.reauthorised_until, date = date),
            (None, true) => text!(history.healed_text).to_owned(),
            (None, false) => text!(history.reauthorised_text).to_owned(),
        },
        EventKind::Ended { death: killer } => death(*killer, platform),
        EventKind::Suspended { suspension: kind } => suspension(*kind, platform),
        EventKind::Recovered => text!(history.recovered_text, platform = name),
        EventKind::Sharing { username, shared: true } => text!(history.shared_text, username = username.clone()),
        EventKind::Sharing { username, .. } => {
            text!(history.not_shared_text, platform = name, username = username.clone())
        }
        EventKind::TookOver { username } => text!(history.took_over_text, username = username.clone()),
        EventKind::PermissionMissing { scopes } => permission(scopes),
        EventKind::ExtensionFailed { failure: why } => failure(*why, platform),
    }
}

/// How it came about, and by whom.
pub fn trigger(trigger: Trigger, by: Option<&str>) -> String {
    let how = match trigger {
        Trigger::Schedule => text!(trigger.schedule),
        Trigger::Button => text!(trigger.button),
        Trigger::Login => text!(trigger.login),
        Trigger::Connect => text!(trigger.connect),
        Trigger::PublicPage => text!(trigger.public_page),
        Trigger::Callback => text!(trigger.callback),
        Trigger::Preview => text!(trigger.preview),
    };
    match by {
        Some(name) => text!(trigger.by, how = how, name = name.to_owned()),
        None => how.to_owned(),
    }
}

fn failure(failure: Failure, platform: Platform) -> String {
    let platform = platform.name();
    match failure {
        Failure::Unavailable => text!(failure.unavailable, platform = platform),
        Failure::Limited => text!(failure.limited, platform = platform),
        Failure::AppFault => text!(failure.app_fault, platform = platform),
        Failure::Unclear => text!(failure.unclear, platform = platform),
        Failure::NotExtended => text!(failure.not_extended, platform = platform),
    }
}

fn date(at: Option<Moment>) -> Option<String> {
    at.map(time::date)
}
