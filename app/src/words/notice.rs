//! What a page says after something was done elsewhere.

use domain::notice::Notice;

/// The sentence.
pub fn notice(notice: Notice) -> &'static str {
    match notice {
        Notice::Extended => text!(notice.extended),
        Notice::Refreshed | Notice::HealedByLogin => text!(notice.refreshed),
        Notice::Connected => text!(notice.connected),
        Notice::RefreshedPublic => text!(notice.refreshed_public),
        Notice::WidgetCreated => text!(notice.widget_created),
        Notice::WidgetSaved => text!(notice.widget_saved),
        Notice::WidgetDeleted => text!(notice.widget_deleted),
        Notice::WidgetQueued => text!(notice.widget_queued),
        Notice::TryLater => text!(notice.try_later),
    }
}
