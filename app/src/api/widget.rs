//! Widgets.

mod create;
mod delete;
mod get;
mod list;
mod rebuild;
mod save;

pub use create::CreateWidget;
pub use delete::DeleteWidget;
pub use get::GetWidget;
pub use list::ListWidgets;
pub use rebuild::RebuildWidget;
pub use save::SaveWidget;
