//! The home of chance: ids, secrets, jitter.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::Rng;
use secrecy::SecretString;
use uuid::Uuid;

/// A new row id, ordered by time.
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// 256 random bits in letters that fit an address or a cookie.
pub fn secret() -> SecretString {
    let mut bytes = [0u8; 32];
    fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes).into()
}

/// Random bytes.
#[expect(clippy::disallowed_methods, reason = "the one home of chance")]
pub fn fill(bytes: &mut [u8]) {
    rand::rng().fill_bytes(bytes);
}

/// A factor between 0.9 and 1.1, so that processes do not beat in step.
pub fn jitter() -> f64 {
    let mut bytes = [0u8; 2];
    fill(&mut bytes);
    0.9 + 0.2 * f64::from(u16::from_le_bytes(bytes)) / f64::from(u16::MAX)
}
