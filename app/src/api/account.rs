//! Connected accounts.

mod choice;
mod disconnect;
mod list;
mod overview;

pub use choice::ChoiceOfAccounts;
pub use disconnect::Disconnect;
pub use list::ListAccounts;
pub use overview::OverviewOfAccounts;
