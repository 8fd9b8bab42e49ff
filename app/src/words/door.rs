//! Pages of the server's doors, where no page of the app can answer.

use domain::platform::Platform;

use crate::language;

/// Why nothing else is shown.
#[derive(Debug, Clone, Copy)]
pub enum Door {
    /// There is no such thing, or it is not for this person.
    Nothing,
    /// This installation has no app for the platform.
    NotConfigured(Platform),
    /// Others are still at work on the same thing.
    AtWork,
    /// Something failed here, and nothing was changed.
    Failed,
    /// Something failed here.
    FailedSomehow,
    /// Done too often; so many seconds are to be waited.
    TooOften(u64),
    /// More was sent than any form holds.
    TooMuch,
    /// A form of somebody else's.
    OtherSite,
    /// It took too long.
    TooSlow,
    /// No request of ours.
    Garbled,
}

/// The words of such a page.
pub struct DoorWords {
    /// The `lang` of the page.
    pub lang: &'static str,
    /// What happened, short; the page's title as well.
    pub title: String,
    /// What happened, and what to do next.
    pub text: String,
    /// The link to the front page.
    pub start: &'static str,
}

impl Door {
    /// In the language of the request.
    pub fn words(self) -> DoorWords {
        let (title, text) = match self {
            Self::Nothing => (text!(door.nothing).to_owned(), text!(door.nothing_text).to_owned()),
            Self::NotConfigured(platform) => {
                (text!(door.not_configured, platform = platform.name()), text!(door.not_configured_text).to_owned())
            }
            Self::AtWork => (text!(door.at_work).to_owned(), text!(door.at_work_text).to_owned()),
            Self::Failed => (text!(door.failed).to_owned(), text!(door.failed_text).to_owned()),
            Self::FailedSomehow => (text!(door.failed).to_owned(), text!(door.failed_brief).to_owned()),
            Self::TooOften(seconds) => (text!(door.too_often).to_owned(), text!(door.too_often_text, count = seconds)),
            Self::TooMuch => (text!(door.too_much).to_owned(), text!(door.too_much_text).to_owned()),
            Self::OtherSite => (text!(door.other_site).to_owned(), text!(door.other_site_text).to_owned()),
            Self::TooSlow => (text!(door.too_slow).to_owned(), text!(door.too_slow_text).to_owned()),
            Self::Garbled => (text!(door.garbled).to_owned(), text!(door.garbled_text).to_owned()),
        };
        DoorWords { lang: language::current().tag(), title, text, start: text!(door.start) }
    }
}
