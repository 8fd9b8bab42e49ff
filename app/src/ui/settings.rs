//! The form of a widget's settings, built from short lists of fields. What was
//! typed stays in the browser; what is wrong stands beside its field.

mod compact;
mod field;
mod full;
mod problems;
mod typed;

pub use compact::CompactSettings;
pub use field::Form;
pub use full::FullSettings;
pub use problems::{SettingsProblems, refused, settings_problems};
pub use typed::{Typed, typed};
