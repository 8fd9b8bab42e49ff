//! Addresses that are no pages, and which ones may be followed.

use domain::authorization::Intent;
use domain::platform::Platform;

use crate::Route;

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
    with_next(Route::LogIn, path)
}

/// The page for a new account, which goes on to `path`.
pub fn sign_up(path: &str) -> String {
    with_next(Route::SignUp, path)
}

fn with_next(page: Route, path: &str) -> String {
    match local(path) {
        Some(path) if path != "/" => format!("{page}?next={}", escape(path)),
        _ => page.address(),
    }
}

/// Where a trip to a platform's consent page begins.
pub fn start(platform: Platform, intent: Intent) -> String {
    format!("/auth/{platform}/start?{intent}")
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
}
