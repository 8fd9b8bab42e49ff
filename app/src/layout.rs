//! What stands around every page.

mod footer;
mod header;
mod language_switch;
mod notice;
mod offline;
mod theme_switch;
mod user_menu;

pub use footer::Footer;
pub use header::Header;
pub use language_switch::TYPED;
pub use notice::{Announcer, NoticeBanner};
pub use offline::OfflineHint;
