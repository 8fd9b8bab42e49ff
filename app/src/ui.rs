//! Parts of pages. None of them calls the server.

mod account_row;
mod alert;
mod connect;
mod empty;
mod field;
mod flame;
mod history;
mod icon;
mod life_line;
mod plan;
mod said;
mod skeleton;
mod status;
mod when;

pub use account_row::AccountFacts;
pub use alert::Alert;
pub use connect::{ConnectChoice, ConnectMenu};
pub use empty::Empty;
pub use field::Field;
pub use flame::Flame;
pub use history::HistoryList;
pub use icon::{Icon, Shape};
pub use life_line::LifeLineView;
pub use plan::RefreshPlan;
pub use said::MetaSaid;
pub use skeleton::Skeleton;
pub use status::{StatusBadge, StatusPanel};
pub use when::When;
