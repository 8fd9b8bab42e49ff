//! What each letter says.

use backend::mail::Draft;
use domain::mail::Letter;
use secrecy::ExposeSecret;

use crate::{Route, time};

/// What every letter is made of.
pub(super) struct Words {
    pub subject: String,
    /// What happened.
    pub text: String,
    /// What to do: one button, unless there is nothing.
    pub action: Option<Action>,
    /// What to do if it was somebody else.
    pub aside: &'static str,
}

pub(super) struct Action {
    pub label: &'static str,
    pub address: String,
}

/// The words of a letter, in the language that is spoken.
pub(super) fn words(draft: &Draft<'_>) -> Words {
    let link = draft.link.as_ref().map_or("", |link| link.expose_secret());
    let at = |label: &'static str, path: String| Some(Action { label, address: format!("{}{path}", draft.origin) });
    match draft.letter {
        Letter::Confirm { .. } => Words {
            subject: text!(mail.confirm).to_owned(),
            text: text!(mail.confirm_text).to_owned(),
            action: at(text!(mail.confirm_action), format!("{}/{link}", Route::Confirm)),
            aside: text!(mail.confirm_aside),
        },
        Letter::HereAlready => Words {
            subject: text!(mail.here).to_owned(),
            text: text!(mail.here_text).to_owned(),
            action: at(text!(mail.here_action), Route::LogIn.address()),
            aside: text!(mail.here_aside),
        },
        Letter::Reset { .. } => Words {
            subject: text!(mail.reset).to_owned(),
            text: text!(mail.reset_text).to_owned(),
            action: at(text!(mail.reset_action), format!("{}/{link}", Route::Reset)),
            aside: text!(mail.reset_aside),
        },
        Letter::PasswordChanged => Words {
            subject: text!(mail.password).to_owned(),
            text: text!(mail.password_text).to_owned(),
            action: at(text!(mail.password_action), Route::Forgot.address()),
            aside: text!(mail.password_aside),
        },
        Letter::AddressChanged { to } => Words {
            subject: text!(mail.address).to_owned(),
            text: text!(mail.address_text, address = to.as_str()),
            action: at(text!(mail.address_action), Route::Settings.address()),
            aside: text!(mail.address_aside),
        },
        Letter::Leaving { at: end } => Words {
            subject: text!(mail.leaving).to_owned(),
            text: text!(mail.leaving_text, date = time::date(*end + draft.ahead)),
            action: at(text!(mail.leaving_action), Route::Settings.address()),
            aside: text!(mail.leaving_aside),
        },
        Letter::Gone => Words {
            subject: text!(mail.gone).to_owned(),
            text: text!(mail.gone_text).to_owned(),
            action: None,
            aside: text!(mail.gone_aside),
        },
    }
}
