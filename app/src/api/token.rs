//! Access tokens: reading and refreshing.

mod mine;
mod of_account;
mod refresh;

pub use mine::mine;
pub use of_account::of_account;
pub use refresh::{Refresh, Refreshed};
