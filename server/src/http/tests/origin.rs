//! Whose forms are taken.

use std::io;
use std::sync::{Arc, Mutex};

use tracing_subscriber::fmt::MakeWriter;

use super::*;

const BASE_URL: &str = "https://Widgets.example:443";

/// A log that is kept.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

async fn site() -> Site {
    Site::open_with(public(BASE_URL)).await
}

async fn post(site: &Site, headers: &[(&str, &str)]) -> StatusCode {
    let mut request = Request::post("/page-trouble").header(ACCEPT, "text/html");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    site.send(request.body("old".into()).unwrap()).await.0
}

#[tokio::test]
async fn forms_of_our_own_origin_are_taken_whatever_a_proxy_makes_of_host() {
    let site = site().await;
    for host in ["widgets.example", "127.0.0.1:3000", "Widgets.Example", "widgets.example:443", "pilotlight.internal"] {
        for origin in ["https://widgets.example", "https://WIDGETS.example", "https://widgets.example:443"] {
            let status = post(&site, &[("host", host), ("origin", origin)]).await;
            assert_eq!(status, StatusCode::NO_CONTENT, "{origin} at {host}");
        }
        // No browser, or one that says where the form stands.
        assert_eq!(post(&site, &[("host", host)]).await, StatusCode::NO_CONTENT);
        let same = [("host", host), ("origin", "null"), ("sec-fetch-site", "same-origin")];
        assert_eq!(post(&site, &same).await, StatusCode::NO_CONTENT);
    }
}

#[tokio::test]
async fn forms_of_others_are_refused_and_told_once() {
    let site = site().await;
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_writer(log.clone()).with_ansi(false).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let long = format!("https://{}.example", "x".repeat(3000));
    for origin in [
        "https://evil.example",
        "http://widgets.example",
        "https://widgets.example:8443",
        "https://widgets.example.evil.example",
        "null",
        "https://widgets.example/",
        "Caf\u{e9}",
        &long,
    ] {
        for site_header in [None, Some("cross-site"), Some("same-site")] {
            let mut headers = vec![("host", "127.0.0.1:3000"), ("origin", origin)];
            headers.extend(site_header.map(|value| ("sec-fetch-site", value)));
            let expected = if origin.ends_with("example/") { StatusCode::NO_CONTENT } else { StatusCode::FORBIDDEN };
            assert_eq!(post(&site, &headers).await, expected, "{origin}");
        }
    }
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<&str> = log.lines().filter(|line| line.contains("form was refused")).collect();
    let [line] = lines[..] else { panic!("one line: {log}") };
    for part in ["https://evil.example", "127.0.0.1:3000", "https://widgets.example", "PILOTLIGHT_BASE_URL"] {
        assert!(line.contains(part), "{line}");
    }
}
