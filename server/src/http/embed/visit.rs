//! Whether a request is somebody looking at a widget, and on which website.
//! Read from what the browser says of itself; no address, no cookie.

use http::header::REFERER;
use http::{HeaderMap, HeaderName};

const DESTINATION: HeaderName = HeaderName::from_static("sec-fetch-dest");
const PURPOSE: HeaderName = HeaderName::from_static("sec-purpose");
const OLD_PURPOSE: HeaderName = HeaderName::from_static("purpose");

/// The website's host, empty where the browser does not tell; `None` if this
/// is no view: fetched ahead of time, by a script, or on our own pages.
pub fn site<'a>(headers: &'a HeaderMap, origin: &str) -> Option<&'a str> {
    let text = |name| headers.get(name).and_then(|value: &http::HeaderValue| value.to_str().ok());
    let ahead = |name| text(name).is_some_and(|purpose| purpose.contains("prefetch"));
    if ahead(PURPOSE) || ahead(OLD_PURPOSE) {
        return None;
    }
    if !matches!(text(DESTINATION), None | Some("iframe" | "frame" | "document")) {
        return None;
    }
    let referrer = text(REFERER).unwrap_or_default();
    let ours = referrer.strip_prefix(origin).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    (!ours).then(|| host(referrer).unwrap_or_default())
}

/// The host of an address as browsers write it.
fn host(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-[]:".contains(&byte);
    host.bytes().all(plain).then_some(host)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn seen(headers: &[(&str, &str)]) -> Option<String> {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap()))
            .collect();
        site(&headers, "https://widgets.example").map(ToOwned::to_owned)
    }

    #[test]
    fn a_view_names_the_host_and_nothing_else() {
        for (referrer, host) in [
            ("https://shop.example/", "shop.example"),
            ("https://shop.example:8443/a/b?secret=1", "shop.example"),
            ("http://[::1]:3000/", "[::1]"),
            ("https://widgets.example.evil.example/", "widgets.example.evil.example"),
            ("about:blank", ""),
            ("https://me:word@shop.example/", ""),
            ("https://<script>/", ""),
        ] {
            assert_eq!(seen(&[("referer", referrer)]).as_deref(), Some(host), "{referrer}");
        }
        assert_eq!(seen(&[]).as_deref(), Some(""));
        assert_eq!(seen(&[("sec-fetch-dest", "iframe")]).as_deref(), Some(""));
    }

    #[test]
    fn what_nobody_looks_at_is_no_view() {
        assert_eq!(seen(&[("referer", "https://widgets.example/widgets/1")]), None);
        assert_eq!(seen(&[("sec-purpose", "prefetch;prerender")]), None);
        assert_eq!(seen(&[("purpose", "prefetch")]), None);
        assert_eq!(seen(&[("sec-fetch-dest", "empty")]), None);
    }
}
