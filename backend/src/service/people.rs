//! Signing up, logging in and out.

use domain::id::SessionId;
use domain::view::{Me, SessionView};
use secrecy::SecretString;

use super::Error;
use crate::Services;

/// Who sent a request.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The session of this browser.
    pub session: SessionId,
    /// The person.
    pub me: Me,
}

/// A session that has just begun; its secret goes into the cookie.
#[derive(Debug)]
pub struct NewSession {
    /// The cookie's value.
    pub secret: SecretString,
}

/// How the session cookie is set.
#[derive(Debug, Clone, Copy)]
pub struct CookiePolicy {
    /// Whether the site is served over https.
    pub secure: bool,
}

/// stub
pub async fn sign_up(_s: &Services, _email: &str, _password: &str, _device: &str) -> Result<NewSession, Error> { Err(Error::NotFound) }
/// stub
pub async fn log_in(_s: &Services, _email: &str, _password: &str, _device: &str) -> Result<NewSession, Error> { Err(Error::NotFound) }
/// stub
pub async fn log_out(_s: &Services, _signed: &Signed) -> Result<(), Error> { Err(Error::NotFound) }
/// stub
pub async fn sessions(_s: &Services, _signed: &Signed) -> Result<Vec<SessionView>, Error> { Err(Error::NotFound) }
/// stub
pub async fn revoke(_s: &Services, _signed: &Signed, _session: SessionId) -> Result<(), Error> { Err(Error::NotFound) }
/// stub
pub fn session_cookie(_policy: &CookiePolicy, _session: Option<&NewSession>) -> String { String::new() }
