//! Links in mails: an id with a signature, so that nothing secret is kept.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::TicketId;
use domain::mail::Purpose;
use hmac::Mac as _;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::key_ring::{KeyRing, Signer};

const ID_BYTES: usize = 16;

impl KeyRing {
    /// The secret part of a link: letters that fit an address.
    pub fn sign(&self, purpose: Purpose, ticket: TicketId) -> SecretString {
        let signature = about(&self.newest.signer, purpose, ticket.0.as_bytes()).finalize().into_bytes();
        URL_SAFE_NO_PAD.encode([ticket.0.as_bytes().as_slice(), &signature].concat()).into()
    }

    /// What a link names, if it is one of ours and whole.
    pub fn verify(&self, purpose: Purpose, link: &SecretString) -> Option<TicketId> {
        let bytes = URL_SAFE_NO_PAD.decode(link.expose_secret()).ok()?;
        let (id, signature) = bytes.split_first_chunk::<ID_BYTES>()?;
        let ours = |signer| about(signer, purpose, id).verify_slice(signature).is_ok();
        self.all().any(|key| ours(&key.signer)).then(|| TicketId(Uuid::from_bytes(*id)))
    }
}

fn about(signer: &Signer, purpose: Purpose, id: &[u8; ID_BYTES]) -> Signer {
    let word: &[u8] = match purpose {
        Purpose::Confirm => b"confirm:",
        Purpose::Reset => b"reset:",
    };
    signer.clone().chain_update(word).chain_update(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::new_id;

    fn ring(keys: &[&str]) -> KeyRing {
        KeyRing::parse(&keys.iter().map(|key| key.repeat(64)).collect::<Vec<_>>().join(",").into()).unwrap()
    }

    #[test]
    fn a_link_is_good_for_its_purpose_whole_and_unchanged() {
        let (ring, ticket) = (ring(&["a"]), TicketId(new_id()));
        let link = ring.sign(Purpose::Reset, ticket);
        assert_eq!(ring.verify(Purpose::Reset, &link), Some(ticket));
        assert_eq!(ring.verify(Purpose::Confirm, &link), None);
        let text = link.expose_secret();
        assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)), "{text}");
        for cut in 0..text.len() {
            assert_eq!(ring.verify(Purpose::Reset, &text[..cut].into()), None, "{cut}");
        }
        for (index, _) in text.char_indices() {
            let mut forged = text.to_owned();
            forged.replace_range(index..=index, if &text[index..=index] == "A" { "B" } else { "A" });
            assert_eq!(ring.verify(Purpose::Reset, &forged.into()), None, "{index}");
        }
        for odd in ["", "=", "한국어", "../../etc/passwd", &"A".repeat(100_000)] {
            assert_eq!(ring.verify(Purpose::Reset, &odd.into()), None);
        }
    }

    #[test]
    fn a_link_outlives_a_new_key_and_not_the_loss_of_its_own() {
        let ticket = TicketId(new_id());
        let link = ring(&["a"]).sign(Purpose::Confirm, ticket);
        assert_eq!(ring(&["b", "a"]).verify(Purpose::Confirm, &link), Some(ticket));
        assert_eq!(ring(&["b"]).verify(Purpose::Confirm, &link), None);
    }
}
