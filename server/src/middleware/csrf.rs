//! Forms are taken from our own pages only. Ours is the origin that people see,
//! whatever a proxy has made of `Host`; and what is refused is told, because
//! nobody can sign in where the two are confused.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{HOST, ORIGIN};
use http::{HeaderMap, HeaderName, HeaderValue};
use tower_http::csrf::{CsrfLayer, ProtectionError};
use url::Url;

/// At most one line in the log for so long.
const TOGETHER: Duration = Duration::from_secs(60);
/// How much of a header is logged, in bytes.
const LONGEST: usize = 120;

/// Tells of refused forms.
pub struct Watch {
    ours: String,
    told: Mutex<Told>,
}

/// When the last line was written, and how many refusals were not told since.
#[derive(Default)]
struct Told {
    last: Option<Instant>,
    untold: u64,
}

impl Watch {
    /// Whose forms are ours.
    pub fn new(base_url: &Url) -> Arc<Self> {
        Arc::new(Self { ours: origin(base_url), told: Mutex::default() })
    }
}

/// The check itself.
pub fn layer(base_url: &Url) -> CsrfLayer {
    let ours = origin(base_url);
    CsrfLayer::new().add_trusted_origin(&ours).unwrap_or_else(|error| {
        tracing::error!(%error, "forms are compared with the header Host alone");
        CsrfLayer::new()
    })
}

/// Writes our own origin as the check expects it, and tells of refusals.
pub async fn watch(State(watch): State<Arc<Watch>>, mut request: Request, next: Next) -> Response {
    if is_ours(request.headers(), &watch.ours)
        && let Ok(ours) = HeaderValue::from_str(&watch.ours)
    {
        request.headers_mut().insert(ORIGIN, ours);
    }
    let [from, host] = [ORIGIN, HOST].map(|name| shown(request.headers(), &name));
    let response = next.run(request).await;
    if response.extensions().get::<ProtectionError>().is_some()
        && let Ok(mut told) = watch.told.lock()
        && let Some(untold) = told.now(Instant::now())
    {
        tracing::warn!(
            origin = from,
            host,
            base_url = watch.ours,
            untold,
            "a form was refused because it seems to come from another site; if it came from this one, set \
             PILOTLIGHT_BASE_URL to the address that people see in their browser"
        );
    }
    response
}

/// As browsers write it: host in lower case, no default port.
fn origin(base_url: &Url) -> String {
    base_url.origin().ascii_serialization()
}

/// Whether the request names our origin, in whatever spelling. `null` names none.
fn is_ours(headers: &HeaderMap, ours: &str) -> bool {
    let named = headers.get(ORIGIN).and_then(|value| value.to_str().ok()).and_then(|text| Url::parse(text).ok());
    named.is_some_and(|named| named.path() == "/" && origin(&named) == ours)
}

/// A header for the log: short, and in plain characters.
fn shown(headers: &HeaderMap, name: &HeaderName) -> String {
    let value = headers.get(name).map(HeaderValue::as_bytes).unwrap_or_default();
    value[..value.len().min(LONGEST)].escape_ascii().to_string()
}

impl Told {
    /// Whether a refusal is told, and how many were not since the last that was.
    fn now(&mut self, now: Instant) -> Option<u64> {
        if self.last.is_some_and(|last| now.duration_since(last) < TOGETHER) {
            self.untold += 1;
            return None;
        }
        self.last = Some(now);
        Some(std::mem::take(&mut self.untold))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_origin_is_known_in_every_spelling() {
        let ours = origin(&"https://Widgets.example:443".parse().unwrap());
        assert_eq!(ours, "https://widgets.example");
        let named = |text: &str| is_ours(&HeaderMap::from_iter([(ORIGIN, text.parse().unwrap())]), &ours);
        for text in ["https://widgets.example", "https://WIDGETS.example", "HTTPS://widgets.example:443"] {
            assert!(named(text), "{text}");
        }
        for text in [
            "null",
            "",
            "http://widgets.example",
            "https://widgets.example:444",
            "https://widgets.example.evil.example",
            "https://evil.example/https://widgets.example",
            "https://widgets.example/path",
            "widgets.example",
        ] {
            assert!(!named(text), "{text}");
        }
    }

    #[test]
    fn refusals_that_come_together_are_one_line() {
        let (mut told, now) = (Told::default(), Instant::now());
        assert_eq!(told.now(now), Some(0));
        assert_eq!(told.now(now + TOGETHER / 2), None);
        assert_eq!(told.now(now + TOGETHER), Some(1));
    }
}
