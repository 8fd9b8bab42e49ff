//! How a person stands with the app and with Meta.

use crate::cast::{Account, Post, made_up};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How a person stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Standing {
    /// Has the app, that is, went through consent and has not removed it since.
    pub connected: bool,
    /// The last consent.
    pub connected_at: Option<DateTime<Utc>>,
    /// Permissions that hold now; they belong to person and app, so all tokens share them.
    pub granted: BTreeSet<String>,
    /// Permissions that were asked for and unticked.
    pub declined: BTreeSet<String>,
    /// Accepted the invitation as a tester; without it an app in development mode is refused.
    pub tester: bool,
    /// A security check stands between the person and every app.
    pub checkpoint: Option<Checkpoint>,
    /// The account waits for its e-mail address to be confirmed.
    pub unconfirmed: bool,
    /// Lost the role on the Pages (Facebook only).
    pub page_role_lost: bool,
    /// Accounts that were taken out of the grant, by the name they had first (Facebook only).
    pub unshared: BTreeSet<String>,
    /// Meta: data calls fail 90 days after the person's last activity, while the token stays valid.
    pub data_access_until: Option<DateTime<Utc>>,
    /// Posts published by hand, by account.
    pub published: BTreeMap<String, Vec<Published>>,
    /// How often a post got another cover, by its id.
    pub covers: BTreeMap<String, u32>,
    /// What accounts are called by now, by the name they had first.
    pub renamed: BTreeMap<String, String>,
}

/// A post published by hand: when, and what it says.
type Published = (DateTime<Utc>, Option<String>);

/// A security check in progress.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Checkpoint {
    /// When it goes away by itself.
    pub recovers_at: Option<DateTime<Utc>>,
}

impl Default for Standing {
    fn default() -> Self {
        Self {
            connected: false,
            connected_at: None,
            granted: BTreeSet::new(),
            declined: BTreeSet::new(),
            tester: true,
            checkpoint: None,
            unconfirmed: false,
            page_role_lost: false,
            unshared: BTreeSet::new(),
            data_access_until: None,
            published: BTreeMap::new(),
            covers: BTreeMap::new(),
            renamed: BTreeMap::new(),
        }
    }
}

impl Standing {
    /// Whether a security check is in the way at this moment.
    pub(crate) fn checkpointed(&self, now: DateTime<Utc>) -> bool {
        self.checkpoint.is_some_and(|checkpoint| checkpoint.recovers_at.is_none_or(|at| now < at))
    }

    /// All posts of an account, newest first, with those published by hand, which stand oldest first.
    pub(crate) fn posts(&self, account: &Account) -> Vec<Post> {
        let published = self.published.get(account.username).map_or(&[][..], Vec::as_slice);
        let added = published.iter().enumerate().rev().map(|(index, (at, caption))| Post {
            caption: caption.clone(),
            at: *at,
            ..made_up(account, 600 + index)
        });
        let mut all: Vec<Post> = added.chain((0..account.posts).map(|index| made_up(account, index))).collect();
        all.sort_by_key(|post| std::cmp::Reverse(post.at));
        for post in &mut all {
            post.cover = self.covers.get(&post.id).copied().unwrap_or_default();
            self.username(account).clone_into(&mut post.username);
        }
        all
    }

    /// What an account is called by now.
    pub(crate) fn username<'a>(&'a self, account: &'a Account) -> &'a str {
        self.renamed.get(account.username).map_or(account.username, String::as_str)
    }

    /// Whether the data-access period is over.
    pub(crate) fn data_access_over(&self, now: DateTime<Utc>) -> bool {
        self.data_access_until.is_some_and(|until| now >= until)
    }
}
