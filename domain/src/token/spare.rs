//! Which of the tokens that lead to an account it lives by. The others are kept:
//! whoever connects an account that somebody else has connected takes nothing away.

use super::facts::Facts;
use super::outlook::needs_somebody;
use super::sharing::{Unshared, account_status};
use crate::Moment;

/// How well an account lives by a token; the later, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Support {
    /// It is NOT ACTIVE.
    None,
    /// It is ACTIVE, and will not stay so unless somebody does something.
    ForNow,
    /// It needs nobody.
    Lasting,
}

/// How well an account lives by a token that it is, or is not, shared with.
pub fn support(facts: &Facts, unshared: Option<&Unshared>, now: Moment) -> Support {
    if !account_status(facts, unshared, now).is_active() {
        Support::None
    } else if needs_somebody(facts, now) {
        Support::ForNow
    } else {
        Support::Lasting
    }
}

/// Whether an account leaves the token it lives by for the one that somebody has
/// just brought. Of two that work equally well it keeps the first; of two that do
/// not, the new one is what a person was there for.
pub fn moves(lives_by: Support, brought: Support) -> bool {
    brought > lives_by || lives_by == Support::None
}
