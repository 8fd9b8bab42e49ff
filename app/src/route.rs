//! Every page of the app, by its address.

use std::fmt;

use domain::authorization::Trouble;
use domain::id::{AccountId, WidgetId};
use domain::notice::Notice;
use domain::view;

/// A page. Its address is written here and nowhere else; `app.rs` says what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// The front page.
    Home,
    /// Log in.
    LogIn,
    /// Make an account.
    SignUp,
    /// Somebody has forgotten the password.
    Forgot,
    /// A new password; a link from a mail adds its secret.
    Reset,
    /// An address is whose it says; a link from a mail adds its secret.
    Confirm,
    /// What one can set about oneself.
    Settings,
    /// The overview of many accounts.
    Dashboard,
    /// Every connected account.
    Accounts,
    /// One account.
    Account(AccountId),
    /// My access token.
    AccessToken,
    /// Every widget.
    Widgets,
    /// Make a widget.
    NewWidget,
    /// One widget.
    Widget(WidgetId),
    /// Where one is signed in.
    Sessions,
    /// What went wrong at Meta's consent page.
    Trouble(Trouble),
}

impl Route {
    /// The address, from its `/` on.
    pub fn address(self) -> String {
        self.to_string()
    }

    /// The same, with what its page says first.
    pub fn saying(self, notice: Notice) -> String {
        format!("{self}?notice={notice}")
    }
}

/// Whether a page is for everybody, and so has an address of its own in each
/// language: `/access-token`, `/ko/access-token`.
#[cfg(feature = "ssr")]
pub fn is_for_everybody(path: &str) -> bool {
    [Route::Home, Route::AccessToken].iter().any(|page| page.to_string() == path)
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fixed = match self {
            Self::Account(account) => return write!(f, "/accounts/{account}"),
            Self::Widget(widget) => return write!(f, "/widgets/{widget}"),
            Self::Trouble(trouble) => return write!(f, "/auth/trouble/{}", trouble.as_str()),
            Self::Home => "/",
            Self::LogIn => "/login",
            Self::SignUp => "/signup",
            Self::Forgot => "/forgot",
            Self::Reset => "/reset",
            Self::Confirm => "/confirm",
            Self::Settings => "/settings",
            Self::Dashboard => "/dashboard",
            Self::Accounts => "/accounts",
            Self::AccessToken => "/access-token",
            Self::Widgets => "/widgets",
            Self::NewWidget => "/widgets/new",
            Self::Sessions => "/sessions",
        };
        f.write_str(fixed)
    }
}

impl From<view::Home> for Route {
    fn from(home: view::Home) -> Self {
        match home {
            view::Home::Dashboard => Self::Dashboard,
            view::Home::AccessToken => Self::AccessToken,
        }
    }
}
