//! Addresses: what may be followed, and what is built in more than one place.

use domain::id::AccountId;
use domain::platform::Platform;

/// The longest address we carry through a login, in bytes.
const MAX_BYTES: usize = 512;

/// Where somebody changes which Pages an app may use.
/// Source: Meta, Facebook help, "Business integrations".
pub const BUSINESS_INTEGRATIONS: &str = "https://www.facebook.com/settings?tab=business_tools";

/// An address of this site that a form or a query names, or `None` for
/// anything that could lead elsewhere.
pub fn local(path: &str) -> Option<&str> {
    let odd = |c: char| c.is_control() || c.is_whitespace() || c == '\\';
    let inside = path.starts_with('/') && !path.starts_with("//") && path.is_ascii() && !path.contains(odd);
    (inside && path.len() <= MAX_BYTES).then_some(path)
}

/// The address without query and fragment.
#[cfg(feature = "ssr")]
pub fn bare(path: &str) -> &str {
    path.split(['?', '#']).next().unwrap_or(path)
}

/// The login page that comes back to `path`.
pub fn login(path: &str) -> String {
    with_next("/login", path)
}

/// The page for a new account, which goes on to `path`.
pub fn sign_up(path: &str) -> String {
    with_next("/signup", path)
}

fn with_next(page: &str, path: &str) -> String {
    match local(path) {
        Some(path) if path != "/" => format!("{page}?next={}", escape(path)),
        _ => page.to_owned(),
    }
}

/// Where a login through a platform begins. `purpose` is one of `for=login`,
/// `for=connect`, `for=public` and `refresh={account}`.
pub fn start(platform: Platform, purpose: &str) -> String {
    format!("/auth/{platform}/start?{purpose}")
}

/// Where the repair of one account begins.
#[cfg(feature = "ssr")]
pub fn repair(platform: Platform, account: AccountId) -> String {
    start(platform, &format!("refresh={account}"))
}

/// The purpose that the address of a trouble page names, if it is one we know.
pub fn purpose(again: &str) -> Option<String> {
    match again {
        "for=login" | "for=connect" | "for=public" => Some(again.to_owned()),
        _ => {
            let account: AccountId = again.strip_prefix("refresh=")?.parse().ok()?;
            Some(format!("refresh={account}"))
        }
    }
}

/// Percent-encodes everything that is not plain.
pub fn escape(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_this_site_are_followed() {
        for path in ["/", "/accounts", "/accounts/1?x=y#z"] {
            assert_eq!(local(path), Some(path));
        }
        for path in ["", "accounts", "//evil.example", "/\\evil.example", "https://evil.example", "/a\nb", "/\t/evil"] {
            assert_eq!(local(path), None, "{path:?}");
        }
        assert_eq!(local(&format!("/{}", "a".repeat(1000))), None);
    }

    #[test]
    fn the_way_back_survives_the_login() {
        assert_eq!(login("/accounts?x=1&y=2"), "/login?next=/accounts%3Fx%3D1%26y%3D2");
        assert_eq!(login("//evil.example"), "/login");
    }

    #[test]
    fn only_known_purposes_are_tried_again() {
        assert_eq!(purpose("for=login").as_deref(), Some("for=login"));
        assert_eq!(purpose("for=login&x=1"), None);
        assert_eq!(purpose("refresh=1"), None);
        let account = "refresh=0192f0c1-2345-7890-abcd-0123456789ab";
        assert_eq!(purpose(account).as_deref(), Some(account));
    }
}
