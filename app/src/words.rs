//! The sentences for what `domain` decides.

mod cause;
mod device;
mod history;
mod life_line;
mod notice;
mod problem;
mod trouble;

pub use cause::{cause, cure};
pub use device::device;
pub use history::{event_text, event_title, trigger};
pub use life_line::mark;
pub use notice::notice;
pub use problem::{form_problem, problem};
pub use trouble::{Trouble, TroubleWords};
