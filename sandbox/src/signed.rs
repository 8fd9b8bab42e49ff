//! Keyed hashes: signed requests, proofs and picture URLs.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// Meta: `signed_request` is `<b64url(sig)>.<b64url(json)>` without padding; the signature covers the encoded second
/// part as sent, with the app secret as key.
pub(crate) fn signed_request(secret: &str, user_id: &str, issued_at: DateTime<Utc>) -> String {
    let payload =
        format!(r#"{{"user_id":"{user_id}","algorithm":"HMAC-SHA256","issued_at":{}}}"#, issued_at.timestamp());
    let body = URL_SAFE_NO_PAD.encode(payload);
    format!("{}.{body}", URL_SAFE_NO_PAD.encode(mac(secret, &body)))
}

/// Meta: `appsecret_proof` is hex(HMAC-SHA256(app secret, access token)), or, timed, of `token|unixtime`.
pub(crate) fn proof(secret: &str, message: &str) -> String {
    hex::encode(mac(secret, message))
}

/// Compares without telling by its duration where two strings differ.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

fn mac(secret: &str, message: &str) -> Vec<u8> {
    // HMAC takes keys of any length: the error cannot happen, and an empty tag would only fail a comparison.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return Vec::new() };
    mac.update(message.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_the_published_vector() {
        let at = DateTime::from_timestamp(1_624_244_156, 0).unwrap();
        assert_eq!(
            signed_request("key", "0", at),
            "Mf_s6nTb38UYqioBmPqu0Ewm9souPZB9I2fIGwV729U.\
             eyJ1c2VyX2lkIjoiMCIsImFsZ29yaXRobSI6IkhNQUMtU0hBMjU2IiwiaXNzdWVkX2F0IjoxNjI0MjQ0MTU2fQ"
        );
    }
}
