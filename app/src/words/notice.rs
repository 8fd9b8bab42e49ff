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
        Notice::SignedUp => text!(notice.signed_up),
        Notice::MailSent => text!(notice.mail_sent),
        Notice::ResetSent => text!(notice.reset_sent),
        Notice::AddressConfirmed => text!(notice.address_confirmed),
        Notice::PasswordChanged => text!(notice.password_changed),
        Notice::LoginAdded => text!(notice.login_added),
        Notice::LoginRemoved => text!(notice.login_removed),
        Notice::SettingsSaved => text!(notice.settings_saved),
        Notice::Leaving => text!(notice.leaving),
        Notice::Staying => text!(notice.staying),
        Notice::TryLater => text!(notice.try_later),
    }
}
