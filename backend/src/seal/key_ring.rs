//! Sealing tokens: XChaCha20-Poly1305, bound to the row.
//!
//! Envelope: `1 ‖ key id (8) ‖ nonce (24) ‖ ciphertext`. The associated data
//! names table, column and row, so that a sealed token moved to another row
//! does not open.

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use domain::id::TokenId;
use hmac::Hmac;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

const VERSION: u8 = 1;
const KEY_ID_BYTES: usize = 8;
const NONCE_BYTES: usize = 24;
const HEADER_BYTES: usize = 1 + KEY_ID_BYTES + NONCE_BYTES;

/// Signs links.
pub(super) type Signer = Hmac<Sha256>;

/// The keys that open tokens and links; the newest one seals and signs.
pub struct KeyRing {
    pub(super) newest: Key,
    older: Vec<Key>,
}

pub(super) struct Key {
    id: [u8; KEY_ID_BYTES],
    cipher: XChaCha20Poly1305,
    pub signer: Signer,
}

/// Why a text is no key ring.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyRingError {
    /// No key at all.
    #[error("PILOTLIGHT_SECRET_KEY is empty; make a key with `pilotlight keys new`")]
    Empty,
    /// One of the keys has another form. The text is not repeated: it may be a secret.
    #[error(
        "key {position} in PILOTLIGHT_SECRET_KEY is not 64 hex digits (32 bytes); make a key with `pilotlight keys new`"
    )]
    Malformed {
        /// Which one, counted from 1.
        position: usize,
    },
}

/// Why a token could not be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The bytes are no envelope of ours.
    #[error("the sealed token is damaged")]
    Damaged,
    /// The key it was sealed with is not in the ring.
    #[error("the key this token was sealed with is not in PILOTLIGHT_SECRET_KEY")]
    UnknownKey,
    /// The authentication tag does not fit: changed bytes, or another row's token.
    #[error("the sealed token does not belong to this row, or was changed")]
    Forged,
}

impl KeyRing {
    /// Reads keys of 64 hex digits, comma-separated, newest first.
    ///
    /// # Errors
    /// Says which key is malformed, without repeating it.
    pub fn parse(text: &SecretString) -> Result<Self, KeyRingError> {
        let mut keys = Vec::new();
        let texts = text.expose_secret().split(',').map(str::trim).filter(|text| !text.is_empty());
        for (index, text) in texts.enumerate() {
            let mut bytes = [0u8; 32];
            hex::decode_to_slice(text, &mut bytes).map_err(|_| KeyRingError::Malformed { position: index + 1 })?;
            keys.push(Key::new(&bytes));
        }
        let mut keys = keys.into_iter();
        let newest = keys.next().ok_or(KeyRingError::Empty)?;
        Ok(Self { newest, older: keys.collect() })
    }

    /// A new key, as 64 hex digits.
    pub fn new_key() -> SecretString {
        let mut bytes = [0u8; 32];
        crate::random::fill(&mut bytes);
        hex::encode(bytes).into()
    }

    /// Seals a token for its row, with the newest key.
    ///
    /// # Errors
    /// [`SealError::Damaged`] if the cipher refuses, which it does only beyond 256 GiB.
    pub fn seal(&self, token: &SecretString, row: TokenId) -> Result<Vec<u8>, SealError> {
        let mut nonce = [0u8; NONCE_BYTES];
        crate::random::fill(&mut nonce);
        let payload = Payload { msg: token.expose_secret().as_bytes(), aad: &associated_data(row) };
        let ciphertext = self.newest.cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::Damaged)?;
        let mut envelope = Vec::with_capacity(HEADER_BYTES + ciphertext.len());
        envelope.push(VERSION);
        envelope.extend_from_slice(&self.newest.id);
        envelope.extend_from_slice(&nonce);
        envelope.extend_from_slice(&ciphertext);
        Ok(envelope)
    }

    /// Opens a row's token, with whichever key it was sealed with.
    ///
    /// # Errors
    /// See [`SealError`].
    pub fn open(&self, envelope: &[u8], row: TokenId) -> Result<SecretString, SealError> {
        let (id, nonce, ciphertext) = parts(envelope)?;
        let key = self.all().find(|key| key.id == id).ok_or(SealError::UnknownKey)?;
        let payload = Payload { msg: ciphertext, aad: &associated_data(row) };
        let plain = key.cipher.decrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::Forged)?;
        String::from_utf8(plain).map(SecretString::from).map_err(|_| SealError::Damaged)
    }

    /// The newest first.
    pub(super) fn all(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.newest).chain(&self.older)
    }

    /// Whether the envelope is sealed with the newest key.
    pub fn is_current(&self, envelope: &[u8]) -> bool {
        parts(envelope).is_ok_and(|(id, ..)| id == self.newest.id)
    }
}

impl Key {
    fn new(bytes: &[u8; 32]) -> Self {
        let digest = Sha256::new().chain_update(b"pilotlight key id").chain_update(bytes).finalize();
        let mut id = [0u8; KEY_ID_BYTES];
        id.copy_from_slice(&digest[..KEY_ID_BYTES]);
        Self { id, cipher: XChaCha20Poly1305::new(&(*bytes).into()), signer: signer(bytes) }
    }
}

/// Whoever seals with a key signs with another one.
fn signer(key: &[u8; 32]) -> Signer {
    let derived = Sha256::new().chain_update(b"pilotlight link key").chain_update(key).finalize();
    let mut block = [0u8; 64];
    block[..derived.len()].copy_from_slice(&derived);
    <Signer as hmac::KeyInit>::new(&block.into())
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyRing({} keys)", 1 + self.older.len())
    }
}

fn associated_data(row: TokenId) -> Vec<u8> {
    [b"token.sealed:".as_slice(), row.0.as_bytes()].concat()
}

type Parts<'a> = ([u8; KEY_ID_BYTES], [u8; NONCE_BYTES], &'a [u8]);

fn parts(envelope: &[u8]) -> Result<Parts<'_>, SealError> {
    let (version, rest) = envelope.split_first().ok_or(SealError::Damaged)?;
    let (id, rest) = rest.split_first_chunk::<KEY_ID_BYTES>().ok_or(SealError::Damaged)?;
    let (nonce, ciphertext) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(SealError::Damaged)?;
    if *version != VERSION {
        return Err(SealError::Damaged);
    }
    Ok((*id, *nonce, ciphertext))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::new_id;

    fn ring(keys: &[&str]) -> KeyRing {
        KeyRing::parse(&keys.join(",").into()).unwrap()
    }

    fn key(digit: &str) -> String {
        digit.repeat(64)
    }

    #[test]
    fn what_is_sealed_opens_for_its_row_alone() {
        let ring = ring(&[&key("a")]);
        let (row, other) = (TokenId(new_id()), TokenId(new_id()));
        let sealed = ring.seal(&"IGAAsecret".into(), row).unwrap();
        assert_eq!(ring.open(&sealed, row).unwrap().expose_secret(), "IGAAsecret");
        assert_eq!(ring.open(&sealed, other).unwrap_err(), SealError::Forged);
        assert!(!sealed.windows(6).any(|window| window == b"secret"));
    }

    #[test]
    fn a_changed_or_short_envelope_does_not_open() {
        let ring = ring(&[&key("a")]);
        let row = TokenId(new_id());
        let mut sealed = ring.seal(&"IGAAsecret".into(), row).unwrap();
        for length in 0..HEADER_BYTES + 1 {
            assert!(ring.open(&sealed[..length], row).is_err());
        }
        *sealed.last_mut().unwrap() ^= 1;
        assert_eq!(ring.open(&sealed, row).unwrap_err(), SealError::Forged);
    }

    #[test]
    fn old_keys_still_open_and_the_newest_seals() {
        let row = TokenId(new_id());
        let old = ring(&[&key("a")]);
        let sealed = old.seal(&"IGAAsecret".into(), row).unwrap();
        let rotated = ring(&[&key("b"), &key("a")]);
        assert!(!rotated.is_current(&sealed));
        assert_eq!(rotated.open(&sealed, row).unwrap().expose_secret(), "IGAAsecret");
        let again = rotated.seal(&"IGAAsecret".into(), row).unwrap();
        assert!(rotated.is_current(&again));
        assert_eq!(old.open(&again, row).unwrap_err(), SealError::UnknownKey);
    }

    #[test]
    fn a_bad_key_is_named_by_its_place_and_not_repeated() {
        let error = KeyRing::parse(&format!("{},secret", key("a")).into()).unwrap_err();
        assert_eq!(error, KeyRingError::Malformed { position: 2 });
        assert!(!error.to_string().contains(",secret"));
        assert_eq!(KeyRing::parse(&" , ".into()).unwrap_err(), KeyRingError::Empty);
        assert!(KeyRing::parse(&KeyRing::new_key()).is_ok());
    }
}
