//! The kinds of job as they lie in the queue: what each is about, and how
//! urgent it is. Who does them is said in [`crate::job`].

use domain::id::{AccountId, MailId, TokenId};
use domain::language::Language;
use serde::{Deserialize, Serialize};

use crate::queue::Job;

/// Looks after one token: takes the step that is due and plans the next one.
/// Every token that a machine can help has this job.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Tend {
    /// Whose.
    pub token: TokenId,
}

impl Job for Tend {
    const KIND: &'static str = "tend";
    /// Meta's refusals are no failures of the job; what fails is our own.
    const MAX_ATTEMPTS: u32 = 20;
    const PRIORITY: i32 = 10;

    fn dedupe_key(&self) -> String {
        self.token.to_string()
    }
}

/// Looks at one token out of turn, because an account of it has lost its name.
/// Should it fail, the daily check does the same.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Look {
    /// Whose.
    pub token: TokenId,
}

impl Job for Look {
    const KIND: &'static str = "look";
    const MAX_ATTEMPTS: u32 = 5;
    const PRIORITY: i32 = 0;

    fn dedupe_key(&self) -> String {
        self.token.to_string()
    }
}

/// Fetches the posts of one account for all of its widgets, and plans the next
/// time. Every account with a widget has this job: however many widgets there
/// are, Meta is asked once.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Fetch {
    /// Whose posts.
    pub account: AccountId,
}

impl Job for Fetch {
    const KIND: &'static str = "fetch";
    const MAX_ATTEMPTS: u32 = 20;
    /// A token's life comes first.
    const PRIORITY: i32 = 0;

    fn dedupe_key(&self) -> String {
        self.account.to_string()
    }
}

/// Sends one mail of the outbox. When it is tried again is the outbox's business.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Send {
    /// Which.
    pub mail: MailId,
}

impl Job for Send {
    const KIND: &'static str = "send";
    const MAX_ATTEMPTS: u32 = 20;
    const PRIORITY: i32 = 0;

    fn dedupe_key(&self) -> String {
        self.mail.to_string()
    }
}

/// Writes to whoever has forgotten the password of an address, if it is somebody's.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Forgot {
    /// The address that was typed.
    pub address: String,
    /// The language of the browser.
    pub language: Language,
}

impl Job for Forgot {
    const KIND: &'static str = "forgot";
    const MAX_ATTEMPTS: u32 = 20;
    const PRIORITY: i32 = 0;

    fn dedupe_key(&self) -> String {
        self.address.clone()
    }
}

/// Restores what must always be true, whatever happened: every token that a
/// machine can help, and every widget, has its job. Clears away what has had
/// its time. There is always exactly one.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Sweep;

impl Job for Sweep {
    const KIND: &'static str = "sweep";
    const MAX_ATTEMPTS: u32 = u32::MAX;
    /// Cheap and rare; a backlog must not starve it.
    const PRIORITY: i32 = 20;

    fn dedupe_key(&self) -> String {
        String::new()
    }
}

/// Throws away pictures that no post uses any more. There is always exactly one.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Collect;

impl Job for Collect {
    const KIND: &'static str = "collect";
    const MAX_ATTEMPTS: u32 = u32::MAX;
    const PRIORITY: i32 = -10;

    fn dedupe_key(&self) -> String {
        String::new()
    }
}
