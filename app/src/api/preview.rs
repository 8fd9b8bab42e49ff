//! The manual check: a preview of a widget.

mod generate;
mod look;

pub use generate::Generate;
pub use look::LookAtPreview;
