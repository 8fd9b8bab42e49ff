//! The tokens of a person's accounts, and their repair.

use domain::id::AccountId;
use domain::platform::Platform;
use domain::view::{Me, TokenView};

use super::Error;
use crate::Services;

/// What the refresh button did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refreshed {
    /// Meta gave a longer life.
    Extended,
    /// Meta did not answer as hoped; the token still lives and is tried again.
    TryLater,
    /// Only the consent page helps: `/auth/{platform}/start?refresh={account}`.
    Consent(Platform),
}

/// stub
pub async fn mine(_s: &Services, _me: &Me) -> Result<Vec<TokenView>, Error> { Err(Error::NotFound) }
/// stub
pub async fn of_account(_s: &Services, _me: &Me, _account: AccountId) -> Result<TokenView, Error> { Err(Error::NotFound) }
/// stub
pub async fn refresh(_s: &Services, _me: &Me, _account: AccountId) -> Result<Refreshed, Error> { Err(Error::NotFound) }
