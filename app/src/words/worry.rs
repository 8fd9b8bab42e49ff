//! What is said of a token: why it does not work, or why it will not for long,
//! and what helps.

use domain::platform::Platform;
use domain::token::{Cause, Failure, Foreseen, Remedy, Status, Worry};
use domain::view::TokenSummary;

use super::cause::{cause, cure};
use crate::time;

/// What is so, and what a person does about it, where that helps.
pub struct Said {
    /// In a sentence or two.
    pub what: String,
    /// In a sentence or two; `None` where nothing has to be done.
    pub cure: Option<String>,
}

/// All that is to be said of a token; nothing of one that is well.
pub fn token_news(token: &TokenSummary) -> Vec<Said> {
    match &token.status {
        Status::NotActive(why) => vec![Said { what: cause(why, token.platform), cure: Some(cure_in_time(token, why)) }],
        Status::Active => token
            .worries
            .iter()
            .map(|worry| Said { what: what(worry, token.platform), cure: help(worry, token) })
            .collect(),
    }
}

/// What is not extended and may live again has an end all the same.
fn cure_in_time(token: &TokenSummary, why: &Cause) -> String {
    let cure = cure(why, token.platform);
    let Some(end) = token.deadline().filter(|_| !matches!(why, Cause::Dead { .. } | Cause::NotShared { .. })) else {
        return cure;
    };
    let until = text!(cure.until, date = time::date(end), platform = token.platform.name());
    format!("{cure} {until}")
}

fn what(worry: &Worry, platform: Platform) -> String {
    let platform = platform.name();
    match worry {
        Worry::Ends { why: Foreseen::MovesNothing, .. } => text!(worry.moves_nothing, platform = platform),
        Worry::Ends { why: Foreseen::NotExtended { .. }, .. } => text!(worry.not_extended).to_owned(),
        Worry::Ends { why: Foreseen::TooShort, .. } => text!(worry.too_short).to_owned(),
        Worry::Ends { why: Foreseen::DataAccess, .. } => text!(worry.data_access).to_owned(),
        Worry::Unconfirmed { since, .. } => text!(worry.unconfirmed, date = time::date(*since)),
        Worry::Doubted { .. } => text!(worry.doubted, platform = platform),
    }
}

fn help(worry: &Worry, token: &TokenSummary) -> Option<String> {
    let platform = token.platform.name();
    Some(match worry {
        Worry::Ends { why: Foreseen::NotExtended { failure: Some(Failure::AppFault) }, .. }
        | Worry::Unconfirmed { failure: Some(Failure::AppFault), .. } => text!(worry.app_fault, platform = platform),
        Worry::Ends { at, .. } if token.remedy == Remedy::Extend => text!(worry.refresh, date = time::date(*at)),
        Worry::Ends { at, .. } => text!(worry.sign_in, platform = platform, date = time::date(*at)),
        Worry::Unconfirmed { .. } => text!(worry.settle, platform = platform),
        Worry::Doubted { .. } => return None,
    })
}
