//! The sentences for what `domain` decides.

mod cause;
mod device;
mod history;
mod life_line;
mod notice;
mod problem;
mod queue;
mod trouble;
mod widget;
mod worry;

pub use device::device;
pub use history::{event_text, event_title, trigger};
pub use life_line::mark;
pub use notice::notice;
pub use problem::{field_problem, problem};
pub use queue::{breaks, queue_progress, queue_state};
pub use trouble::{TroubleWords, asks_again, may_be_unshared, trouble, trouble_status};
pub use widget::{click, font, hover, layout, ratio, scenario, screen, setting, setting_somewhere, widget_name};
pub use worry::{Said, token_news};
