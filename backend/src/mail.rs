//! Mails: written by the pages' side, which knows the words, and handed to a
//! mail server, or laid into a folder where none is configured.

mod config;
mod mailer;

use chrono::TimeDelta;
use domain::language::Language;
use domain::mail::Letter;
use secrecy::SecretString;

pub use config::{Carrier, MailConfig};
pub use mailer::{MailError, MailSetupError, Mailer};

/// What a mail is about.
#[derive(Debug)]
pub struct Draft<'a> {
    /// What it says.
    pub letter: &'a Letter,
    /// The secret part of the link that it carries, if it carries one.
    pub link: Option<SecretString>,
    /// In which language.
    pub language: Language,
    /// How far the clock of whoever reads it is ahead of UTC.
    pub ahead: TimeDelta,
    /// The public origin of this installation, without a closing slash.
    pub origin: &'a str,
}

/// A mail in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// In one line.
    pub subject: String,
    /// For those who read plain text.
    pub text: String,
    /// For everybody else.
    pub html: String,
}

/// Puts a mail into words. The texts lie above, beside those of the pages.
pub type Writer = fn(&Draft<'_>) -> Written;
