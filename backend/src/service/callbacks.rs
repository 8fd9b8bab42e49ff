//! What Meta tells us in signed requests.

use domain::view::DeletionView;

use super::Error;
use crate::Services;

/// stub
pub async fn deletion_status(_s: &Services, _code: &str) -> Result<Option<DeletionView>, Error> { Err(Error::NotFound) }
