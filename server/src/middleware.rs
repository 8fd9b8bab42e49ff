//! What every request passes through.

pub mod brought;
pub mod cache;
pub mod client;
pub mod csp;
pub mod csrf;
pub mod document;
pub mod language;
pub mod plain_errors;
pub mod refusal;
pub mod session;
pub mod trace;

use std::time::Duration;

/// Longer than a sign-in can take: a few calls of 30 s to Meta.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(120);
/// For what websites load: longer than the database may take, shorter than a visitor waits.
pub const PUBLIC_TIMEOUT: Duration = Duration::from_secs(30);
