//! Light or dark.

mod set;

pub use set::SetTheme;
