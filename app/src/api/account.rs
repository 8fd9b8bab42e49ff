//! Connected accounts.

mod disconnect;
mod list;

pub use disconnect::Disconnect;
pub use list::ListAccounts;
