//! What a page says after a redirect: fixed sentences, named in the address.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString};

/// The result of something a person did elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Display, EnumString)]
#[strum(serialize_all = "kebab-case")]
pub enum Notice {
    /// An extension in place worked.
    Extended,
    /// A person brought a new token through the consent page.
    Refreshed,
    /// The login itself replaced a dead token.
    HealedByLogin,
    /// A first connection.
    Connected,
    /// The public page did its work.
    RefreshedPublic,
    /// The extension did not work now; the token still lives.
    TryLater,
    /// A widget was made and queued.
    WidgetCreated,
    /// A widget's settings were changed.
    WidgetSaved,
    /// A widget was destroyed.
    WidgetDeleted,
    /// A widget was put into the refresh queue by hand.
    WidgetQueued,
    /// Somebody has just signed up, and a mail is under way.
    SignedUp,
    /// A mail is under way, to an address of one's own.
    MailSent,
    /// A mail is under way, if the address is somebody's.
    ResetSent,
    /// The address is known to be theirs.
    AddressConfirmed,
    /// There is a new password.
    PasswordChanged,
    /// There is another way to sign in.
    LoginAdded,
    /// There is one way less to sign in.
    LoginRemoved,
    /// What somebody has set was kept.
    SettingsSaved,
    /// Somebody's deletion is planned.
    Leaving,
    /// They have changed their mind.
    Staying,
}
