//! Randomness: the strings Meta makes up.

use rand::RngExt as _;

const ALPHANUMERIC: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const URL_SAFE: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Meta: tokens of Instagram Login start with `IGAA`.
pub(crate) fn instagram_token() -> String {
    format!("IGAA{}", pick(ALPHANUMERIC, 160))
}

/// Meta: tokens of Facebook Login start with `EAA`.
pub(crate) fn facebook_token() -> String {
    format!("EAA{}", pick(ALPHANUMERIC, 190))
}

/// An authorization code.
pub(crate) fn code() -> String {
    format!("AQ{}", pick(URL_SAFE, 140))
}

/// Meta: `fbtrace_id` has some 23 characters and starts with `A`.
pub(crate) fn trace_id() -> String {
    format!("A{}", pick(URL_SAFE, 22))
}

/// Meta: `expires_in` of a 60-day token is a little below 5184000 (5183944 and 5183828 were seen).
pub(crate) fn seconds_lost() -> i64 {
    generator().random_range(20..200)
}

fn pick(from: &[u8], length: usize) -> String {
    let mut random = generator();
    (0..length).map(|_| char::from(from[random.random_range(0..from.len())])).collect()
}

#[expect(clippy::disallowed_methods, reason = "the one home of randomness in the sandbox")]
fn generator() -> rand::rngs::ThreadRng {
    rand::rng()
}
