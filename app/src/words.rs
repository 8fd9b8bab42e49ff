//! The sentences for what `domain` decides.

mod cause;
mod device;
#[cfg(feature = "ssr")]
mod door;
#[cfg(feature = "ssr")]
mod embed;
mod history;
mod life_line;
mod notice;
mod problem;
mod queue;
mod trouble;
mod widget;
mod worry;

pub use device::device;
#[cfg(feature = "ssr")]
pub use door::{Door, DoorWords};
#[cfg(feature = "ssr")]
pub use embed::EmbedWords;
pub use history::{event_text, event_title, trigger};
pub use life_line::mark;
pub use notice::notice;
#[cfg(feature = "ssr")]
pub use problem::settings_are_wrong;
pub use problem::{field_problem, problem};
pub use queue::{breaks, queue_progress, queue_state};
pub use trouble::{TroubleWords, asks_again, may_be_unshared, trouble, trouble_status};
pub use widget::{click, font, hover, layout, ratio, scenario, screen, setting, setting_somewhere, voice, widget_name};
pub use worry::{Said, token_news};
