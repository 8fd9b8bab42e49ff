//! What Meta posts to our deauthorize and data-deletion addresses.
//!
//! `<base64url(signature)>.<base64url(json)>`, without padding; the signature
//! is the HMAC-SHA256 of the *encoded* second part under the app's secret.
//! Source: Meta, "Data deletion request callback".

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use chrono::DateTime;
use domain::Moment;
use domain::id::AppScopedId;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::Sha256;

use super::answer;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A request that Meta has signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRequest {
    /// The person, as the app sees them.
    pub user_id: AppScopedId,
    /// When Meta signed it, to the second. A token that was issued later is not meant.
    pub issued_at: Option<Moment>,
}

/// Why a signed request is not acted upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSignedRequest {
    /// Not two parts of base64url, or not the JSON that Meta sends.
    #[error("this is no signed request")]
    Malformed,
    /// Signed with none of our apps' secrets.
    #[error("the request is not signed with a secret of ours; is the app secret right?")]
    WrongSignature,
    /// Not HMAC-SHA256.
    #[error("the request is signed with an algorithm that is not HMAC-SHA256")]
    WrongAlgorithm,
}

#[derive(Deserialize)]
struct Payload {
    #[serde(deserialize_with = "answer::id")]
    user_id: String,
    algorithm: String,
    #[serde(default, deserialize_with = "answer::seconds")]
    issued_at: Option<i64>,
}

/// Verifies with the first secret that fits; nothing is read before.
pub(super) fn verify(text: &str, secrets: &[&SecretString]) -> Result<SignedRequest, BadSignedRequest> {
    let (signature, payload) = text.trim().split_once('.').ok_or(BadSignedRequest::Malformed)?;
    let signature = BASE64.decode(signature).map_err(|_| BadSignedRequest::Malformed)?;
    if !secrets.iter().any(|secret| is_signed(payload, &signature, secret)) {
        return Err(BadSignedRequest::WrongSignature);
    }
    let json = BASE64.decode(payload).map_err(|_| BadSignedRequest::Malformed)?;
    let payload: Payload = serde_json::from_str(&answer::readable(&json)).map_err(|_| BadSignedRequest::Malformed)?;
    if !payload.algorithm.eq_ignore_ascii_case("HMAC-SHA256") {
        return Err(BadSignedRequest::WrongAlgorithm);
    }
    let issued_at = payload.issued_at.and_then(|unix| DateTime::from_timestamp(unix, 0));
    Ok(SignedRequest { user_id: AppScopedId(payload.user_id), issued_at })
}

/// Compares in constant time. Anybody could sign with an empty secret, so
/// nothing is signed with one.
fn is_signed(payload: &str, signature: &[u8], secret: &SecretString) -> bool {
    let secret = secret.expose_secret().as_bytes();
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return false };
    mac.update(payload.as_bytes());
    !secret.is_empty() && mac.verify_slice(signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From public captures of Instagram's callbacks; the secret is `key`.
    const VECTOR: &str = "Mf_s6nTb38UYqioBmPqu0Ewm9souPZB9I2fIGwV729U.\
        eyJ1c2VyX2lkIjoiMCIsImFsZ29yaXRobSI6IkhNQUMtU0hBMjU2IiwiaXNzdWVkX2F0IjoxNjI0MjQ0MTU2fQ";

    fn sign(secret: &str, json: &str) -> String {
        let payload = BASE64.encode(json).trim_end_matches('=').to_owned();
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(payload.as_bytes());
        format!("{}.{payload}", BASE64.encode(mac.finalize().into_bytes()))
    }

    #[test]
    fn the_test_vector_is_read() {
        let request = verify(VECTOR, &[&"key".into()]).unwrap();
        assert_eq!(request.user_id.0, "0");
        assert_eq!(request.issued_at.unwrap().to_rfc3339(), "2021-06-21T02:55:56+00:00");
    }

    #[test]
    fn the_second_secret_is_tried_too_and_a_stranger_is_refused() {
        assert!(verify(VECTOR, &[&"other".into(), &"key".into()]).is_ok());
        assert_eq!(verify(VECTOR, &[&"other".into()]), Err(BadSignedRequest::WrongSignature));
        assert_eq!(verify(VECTOR, &[]), Err(BadSignedRequest::WrongSignature));
    }

    #[test]
    fn an_empty_secret_signs_nothing() {
        let forged = sign("", r#"{"user_id":"1","algorithm":"HMAC-SHA256","issued_at":1}"#);
        assert_eq!(verify(&forged, &[&"".into()]), Err(BadSignedRequest::WrongSignature));
    }

    #[test]
    fn a_changed_signature_or_payload_is_refused() {
        let (signature, payload) = VECTOR.split_once('.').unwrap();
        let short = &signature[..signature.len() - 3];
        for text in [format!("{signature}.{payload}A"), format!("{short}.{payload}"), format!(".{payload}")] {
            assert_eq!(verify(&text, &[&"key".into()]), Err(BadSignedRequest::WrongSignature), "{text}");
        }
        for text in ["", "abc", "ä.b", "a b.c"] {
            assert_eq!(verify(text, &[&"key".into()]), Err(BadSignedRequest::Malformed), "{text}");
        }
    }

    #[test]
    fn another_algorithm_is_refused_though_it_is_signed() {
        let with = |json: &str| verify(&sign("key", json), &[&"key".into()]);
        assert_eq!(with(r#"{"user_id":"1","algorithm":"none"}"#), Err(BadSignedRequest::WrongAlgorithm));
        assert_eq!(with(r#"{"user_id":"1"}"#), Err(BadSignedRequest::Malformed));
        assert_eq!(with(r#"{"algorithm":"HMAC-SHA256","issued_at":1}"#), Err(BadSignedRequest::Malformed));
        assert_eq!(with("[]"), Err(BadSignedRequest::Malformed));
    }

    #[test]
    fn ids_may_be_large_numbers_and_further_fields_do_not_matter() {
        let json = r#"{"user_id":27640875392278831,"algorithm":"hmac-sha256","expires":0,"issued_at":"1624244156"}"#;
        let request = verify(&sign("key", json), &[&"key".into()]).unwrap();
        assert_eq!(request.user_id.0, "27640875392278831");
        assert!(request.issued_at.is_some());
    }
}
