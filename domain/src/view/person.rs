//! What people see of themselves.

use serde::{Deserialize, Serialize};

use crate::Moment;
use crate::person::Profile;
use crate::platform::Platform;

/// Everything that one can set about oneself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsView {
    /// What they have chosen.
    pub profile: Profile,
    /// What they are called while they have chosen no name.
    pub usual_name: String,
    /// Whether they help others here.
    pub is_staff: bool,
    /// The time zones there are.
    pub zones: Vec<String>,
    /// The address that they log in with, and write from.
    pub address: Option<Address>,
    /// The other ways in.
    pub logins: Vec<Login>,
    /// Which of them this installation can add.
    pub can_add: Vec<Platform>,
    /// When everything of theirs is deleted, if they asked for that.
    pub leaving_at: Option<Moment>,
    /// What would be deleted with them.
    pub alone: Alone,
}

/// An e-mail address of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The address that they log in with.
    pub email: String,
    /// Whether a mail has shown that it is theirs: only then mails go there.
    pub is_confirmed: bool,
    /// Another one, that waits to be confirmed.
    pub wanted: Option<String>,
}

/// A platform where somebody can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    /// Which.
    pub platform: Platform,
    /// Since when.
    pub since: Moment,
    /// Whether another way in would be left.
    pub can_go: bool,
}

/// The accounts that nobody else looks after.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alone {
    /// How many.
    pub count: u64,
    /// The usernames of the first few.
    pub names: Vec<String>,
}
