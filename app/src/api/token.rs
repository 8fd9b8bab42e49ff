//! Access tokens: reading and refreshing.

mod mine;
mod of_account;
mod refresh;

pub use mine::{MyTokens, TokensOf};
pub use of_account::TokenOfAccount;
pub use refresh::{Refresh, Refreshed};
