//! What an address at the CDN points to.

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use url::Url;

/// The name of what an address points to, as a digest: the same for all its
/// signatures and hosts, another one for another file. Meta signs in the query,
/// and one file is handed out by whichever host is near; only the path stays.
pub fn source(address: &SecretString) -> String {
    let url = address.expose_secret().parse::<Url>().ok();
    hex::encode(Sha256::digest(url.as_ref().map_or("", Url::path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(address: &str) -> String {
        source(&address.to_owned().into())
    }

    #[test]
    fn signatures_and_hosts_change_and_a_path_is_what_it_points_to() {
        let first = name("https://scontent-fra3-1.cdninstagram.com/v/t51.29350-15/1_n.jpg?stp=dst&oh=00_A&oe=6F00");
        assert_eq!(first, name("https://scontent-muc2-1.cdninstagram.com/v/t51.29350-15/1_n.jpg?oh=00_B&oe=7A11"));
        assert_ne!(
            first,
            name("https://scontent-fra3-1.cdninstagram.com/v/t51.29350-15/2_n.jpg?stp=dst&oh=00_A&oe=6F00")
        );
        assert!(!first.contains("00_A") && first.len() == 64);
        assert_eq!(name("no address"), name("neither"));
    }
}
