//! What a person has to do at Meta before any consent.

use super::call::Call;
use crate::{
    cast::Person,
    state::{AppAccess, State},
};

/// What stands between a person and the consent page.
pub(crate) enum Obstacle {
    Checkpoint,
    Unconfirmed,
    NotTester,
}

/// What this person has to do first, if anything.
pub(crate) fn obstacle(state: &State, person: &Person, call: &Call) -> Option<Obstacle> {
    let standing = state.standing(person.username);
    if standing.checkpointed(call.now) {
        Some(Obstacle::Checkpoint)
    } else if standing.unconfirmed {
        Some(Obstacle::Unconfirmed)
    } else {
        let refused = !standing.tester && state.switches.app_access == AppAccess::Development;
        refused.then_some(Obstacle::NotTester)
    }
}
