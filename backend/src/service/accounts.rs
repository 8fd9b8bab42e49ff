//! The accounts a person looks after.

use domain::id::AccountId;
use domain::view::{AccountView, Me};

use super::Error;
use crate::Services;

/// stub
pub async fn list(_s: &Services, _me: &Me) -> Result<Vec<AccountView>, Error> { Err(Error::NotFound) }
/// stub
pub async fn disconnect(_s: &Services, _me: &Me, _account: AccountId) -> Result<(), Error> { Err(Error::NotFound) }
