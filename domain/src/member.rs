//! What somebody is to an account, and what that allows.

use serde::{Deserialize, Serialize};

/// What somebody is to an account. The greater one allows more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Looks after it for the owner.
    Developer,
    /// Has signed in at Meta as the account itself.
    Owner,
}

/// What can be done with an account by those who look after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Right {
    /// Read everything about it and its token.
    See,
    /// Extend its token, or bring a new one.
    Repair,
    /// Make, change and delete its widgets.
    Arrange,
    /// Take it off one's own list.
    Leave,
}

impl Role {
    /// Whether this role allows that. The table is in `docs/architecture.md`, too.
    pub const fn allows(self, right: Right) -> bool {
        match (self, right) {
            (Self::Owner | Self::Developer, Right::See | Right::Repair | Right::Arrange | Right::Leave) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHTS: [Right; 4] = [Right::See, Right::Repair, Right::Arrange, Right::Leave];

    #[test]
    fn an_owner_may_what_a_developer_may() {
        assert!(Role::Owner > Role::Developer, "whoever turns out to be the owner becomes it");
        for right in RIGHTS {
            assert!(Role::Owner.allows(right) && Role::Developer.allows(right), "{right:?}");
        }
    }
}
