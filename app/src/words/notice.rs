//! What a page says after something was done elsewhere.

use domain::notice::Notice;

/// The sentence.
pub fn notice(notice: Notice) -> &'static str {
    match notice {
        Notice::Extended => text!(notice.extended),
        Notice::Refreshed | Notice::HealedByLogin => text!(notice.refreshed),
        Notice::Connected => text!(notice.connected),
        Notice::RefreshedPublic => text!(notice.refreshed_public),
        Notice::TryLater => text!(notice.try_later),
    }
}
