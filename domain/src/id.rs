//! Newtype ids, so that one kind can never be passed for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! row_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

row_id!(
    /// One token record: what Meta gave us for one person on one platform.
    TokenId
);
row_id!(
    /// One professional Instagram account.
    AccountId
);
row_id!(
    /// Somebody who can sign in here.
    PersonId
);
row_id!(
    /// One signed-in browser.
    SessionId
);
row_id!(
    /// One widget: what a website loads.
    WidgetId
);
row_id!(
    /// One entry of a token's history.
    EntryId
);

row_id!(
    /// One mail in the outbox.
    MailId
);
row_id!(
    /// What one link in a mail is good for.
    TicketId
);

macro_rules! meta_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

meta_id!(
    /// Meta's id of a person as one app sees them: the `user_id` of the code
    /// exchange and of signed callbacks, and `/me` field `id`. A string,
    /// because it may exceed 2^53.
    AppScopedId
);
meta_id!(
    /// The id of a professional Instagram account (`1784…`): `/me` field
    /// `user_id`, and `instagram_business_account.id` of a Facebook Page.
    InstagramId
);
meta_id!(
    /// Meta's id of a post, or of one picture or video of an album.
    MediaId
);
meta_id!(
    /// The name under which a copied picture is kept: the SHA-256 of its
    /// original bytes, in hexadecimal.
    PictureHash
);
