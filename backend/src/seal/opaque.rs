//! Secrets that are looked up by their digest: sessions and sign-in flows.
//! Whoever reads the table cannot use what it holds.

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The digest under which a random secret is stored. The secrets have 256
/// random bits, so a plain SHA-256 is enough.
pub fn digest(secret: &SecretString) -> String {
    hex::encode(Sha256::digest(secret.expose_secret().as_bytes()))
}

/// Compares two digests in constant time.
pub fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}
