//! Headers, addresses and forms may hold any bytes. None of them is our fault,
//! and none of them signs anybody out.

use http::Method;
use http::header::COOKIE;

use super::*;

const NOWHERE: &str = "00000000-0000-7000-8000-000000000000";

/// What other software writes into headers.
const ODD: [&[u8]; 7] = [
    "Café".as_bytes(),
    "커피 ☕".as_bytes(),
    b"Caf\xe9",
    b"\xff\xfe\x80",
    b"\xf0\x9f",
    b"\"unclosed, \\\" {\"json\":[1,2]};q=;;=,",
    b"%ff%00%ED%A0%80",
];

/// Path segments that are no id.
const SEGMENTS: [&str; 7] = [NOWHERE, "%ff", "%00", "caf%C3%A9", "%ED%A0%80", "a%2Fb", "%22%3Cb%3E"];

const QUERY: &str = "x=%ff&%fe=1&next=%ff&again=%ff&missing=%e9&found=%00&expected=%ED%A0%80&platform=%ff&for=%ff&refresh=%ff\
                     &notice=%ff&account=%00&person=%ff&v=%ff&__path=%ff&__err=%ff&code=%ff&state=%00&error=%e9&error=x";

fn pages() -> Vec<String> {
    crate::http::site::PAGES.iter().map(|page| page.path().to_owned()).collect()
}

/// Every address that is not a page or a server function.
const DOORS: [&str; 16] = [
    "/healthz",
    "/readyz",
    "/auth/{platform}/start",
    "/auth/instagram/start",
    "/auth/{platform}/callback",
    "/auth/instagram/callback",
    "/auth/facebook/callback",
    "/events/queue",
    "/settings/data.json",
    "/preview/{account}",
    "/embed/{widget}",
    "/embed.js",
    "/api/v1/widgets/{widget}/feed",
    "/api/v1/openapi.json",
    "/media/{name}",
    "/texts/{name}",
];

/// The addresses of a route, with these segments where it has places.
fn filled(route: &str) -> Vec<String> {
    match (route.find(['{', ':']), route) {
        (None, route) => vec![route.to_owned()],
        (Some(start), route) => {
            let end = route[start..].find(['}', '/']).map_or(route.len(), |end| start + end);
            let end = if route[end..].starts_with('}') { end + 1 } else { end };
            SEGMENTS.iter().map(|segment| format!("{}{segment}{}", &route[..start], &route[end..])).collect()
        }
    }
}

fn odd(method: Method, path: &str, value: &[u8], cookie: Option<&HeaderValue>, body: &'static [u8]) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path).header(HOST, "127.0.0.1:3000");
    let value = HeaderValue::from_bytes(value).unwrap();
    for name in [
        "accept-language",
        "user-agent",
        "referer",
        "if-none-match",
        "accept-encoding",
        "range",
        "sec-purpose",
        "sec-fetch-dest",
        "authorization",
        "forwarded",
        "x-forwarded-for",
        "if-modified-since",
        "cache-control",
    ] {
        request = request.header(name, value.clone());
    }
    let accept = [b"text/html, ".as_slice(), value.as_bytes()].concat();
    request = request.header(ACCEPT, HeaderValue::from_bytes(&accept).unwrap());
    let cookie = cookie.map_or(Vec::new(), |cookie| [b"; ".as_slice(), cookie.as_bytes()].concat());
    let cookies = [b"shop=".as_slice(), value.as_bytes(), b"; pilotlight_theme=", value.as_bytes(), &cookie].concat();
    request = request.header(COOKIE, value).header(COOKIE, HeaderValue::from_bytes(&cookies).unwrap());
    request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(body)).unwrap()
}

/// What the dashboard answers to these cookie headers.
async fn dashboard(site: &Site, lines: &[Vec<u8>]) -> StatusCode {
    let mut request = Request::get("/dashboard").header(ACCEPT, "text/html");
    for line in lines {
        request = request.header(COOKIE, HeaderValue::from_bytes(line).unwrap());
    }
    site.send(request.body(Body::empty()).unwrap()).await.0
}

#[tokio::test]
async fn whatever_bytes_a_request_holds_nothing_fails_here() {
    let site = Site::open().await;
    let cookie = signed_up(&site).await;
    let routes: Vec<String> = pages().into_iter().chain(DOORS.map(str::to_owned)).collect();
    assert!(routes.len() > 25, "{routes:?}");
    for (number, path) in routes.iter().flat_map(|route| filled(route)).enumerate() {
        // Each address meets some of the values, and each value most of the addresses.
        let value = ODD[number % ODD.len()];
        for path in [path.clone(), format!("{path}?{QUERY}")] {
            for cookie in [None, Some(&cookie)] {
                let (status, ..) = site.send(odd(Method::GET, &path, value, cookie, b"")).await;
                assert!(!status.is_server_error(), "{status} {path} {}", value.escape_ascii());
            }
        }
    }
    let functions: Vec<_> = leptos::server_fn::axum::server_fn_paths().collect();
    assert!(functions.len() > 15, "{functions:?}");
    for (path, method) in functions {
        for (body, value) in
            [b"".as_slice(), b"%ff=%fe&email=%ff&password=%00", b"\xff\xfe=\x80", b"email=\xe9"].into_iter().zip(ODD)
        {
            let (status, ..) = site.send(odd(method.clone(), path, value, None, body)).await;
            assert!(!status.is_server_error(), "{status} {path} {}", body.escape_ascii());
        }
    }
    for path in ["/meta/instagram/deauthorize", "/meta/%ff/data-deletion", "/page-trouble"] {
        for (body, value) in
            [b"signed_request=%ff.%fe".as_slice(), b"\xff", b"signed_request=\xe9"].into_iter().zip(ODD)
        {
            let (status, ..) = site.send(odd(Method::POST, path, value, None, body)).await;
            assert!(status.is_client_error(), "{status} {path}");
        }
    }
    // Nothing of all that has ended the session.
    let (status, ..) = site.send(odd(Method::GET, "/dashboard", ODD[0], Some(&cookie), b"")).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn other_peoples_cookies_sign_nobody_out() {
    let site = Site::open().await;
    let cookie = signed_up(&site).await;
    let ours = cookie.as_bytes();
    for odd in ODD {
        let theirs = [b"shop_name=".as_slice(), odd].concat();
        let theirs = theirs.as_slice();
        for lines in [
            vec![[theirs, b"; ", ours].concat()],
            vec![[ours, b"; ", theirs].concat()],
            vec![[odd, b";".as_slice(), ours, b";", odd].concat()],
            vec![theirs.to_vec(), ours.to_vec()],
            vec![ours.to_vec(), theirs.to_vec()],
            // Somebody else's of our name, and ours as a proxy may quote it.
            vec![[b"pilotlight_session=".as_slice(), odd, b"; ", ours].concat()],
            vec![[ours, b"; pilotlight_session=x".as_slice()].concat()],
            vec![[theirs, b"; pilotlight_session=\"", &ours[b"pilotlight_session=".len()..], b"\""].concat()],
        ] {
            let shown: Vec<String> = lines.iter().map(|line| line.escape_ascii().to_string()).collect();
            assert_eq!(dashboard(&site, &lines).await, StatusCode::OK, "{shown:?}");
        }
        assert!(dashboard(&site, &[theirs.to_vec()]).await.is_redirection());
    }
    // The theme, too.
    let request = Request::get("/").header(ACCEPT, "text/html").header(COOKIE, "shop=Café; pilotlight_theme=dark");
    let (_, _, body) = site.send(request.body(Body::empty()).unwrap()).await;
    assert!(body.contains("data-theme=\"dark\""), "{body}");
}

#[tokio::test]
async fn other_peoples_cookies_break_no_return_from_meta() {
    let site = Site::open().await;
    for odd in ODD {
        for after in [false, true] {
            let (_, response, _) = site.get("/auth/instagram/start?for=login").await;
            let address = response.headers()[LOCATION].to_str().unwrap();
            let state = address.split("state=").nth(1).unwrap().split('&').next().unwrap();
            let cookie = response.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap();
            let theirs = [b"shop=".as_slice(), odd].concat();
            let theirs = theirs.as_slice();
            let line = if after {
                [cookie.as_bytes(), b"; ", theirs].concat()
            } else {
                [theirs, b"; ", cookie.as_bytes()].concat()
            };
            // Meta's words are in any writing, and its fields in any number.
            let query =
                "error=access_denied&error_reason=user_denied&error_description=caf%E9&error_description=%ff&x=%00";
            let request = Request::get(format!("/auth/instagram/callback?{query}&state={state}"))
                .header(ACCEPT, "text/html")
                .header(COOKIE, HeaderValue::from_bytes(&line).unwrap());
            let (status, response, _) = site.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(status, StatusCode::SEE_OTHER);
            let place = response.headers()[LOCATION].to_str().unwrap();
            assert!(place.starts_with("/auth/trouble/denied?") && place.contains("again=for%3Dlogin"), "{place}");
        }
    }
}

#[tokio::test]
async fn an_error_of_meta_without_the_word_error_is_told_too() {
    let site = Site::open().await;
    for (query, kind) in [
        ("error_code=2&error_message=An+unexpected+error", "meta-down"),
        ("error=temporarily_unavailable", "meta-down"),
        ("error=server_error&error_code=1&code=x&state=y", "meta-down"),
        ("error_code=1349187&error_message=caf%E9", "app-fault"),
        ("error=access_denied", "denied"),
        ("error_code=200&error_reason=user_denied", "denied"),
        ("error=&error_code=&error_message=", "expired"),
        ("error=a&error=b", "app-fault"),
        ("state=a&state=b&code=c&code=d", "expired"),
    ] {
        for platform in ["instagram", "facebook"] {
            let (status, response, _) = site.get(&format!("/auth/{platform}/callback?{query}")).await;
            assert_eq!(status, StatusCode::SEE_OTHER, "{query}");
            let place = response.headers()[LOCATION].to_str().unwrap().to_owned();
            assert!(place.starts_with(&format!("/auth/trouble/{kind}?platform={platform}")), "{query}: {place}");
            let (_, _, body) = site.get(&place).await;
            assert!(body.contains("<h1"), "{place}");
        }
    }
}

#[tokio::test]
async fn the_pages_of_facebooks_grant_can_be_changed_from_every_trouble_they_may_cause() {
    let site = Site::open().await;
    for kind in ["no-accounts", "wrong-account", "unknown-account"] {
        let (_, _, body) = site.get(&format!("/auth/trouble/{kind}?platform=facebook&again=for%3Dconnect")).await;
        assert!(body.contains("https://www.facebook.com/settings?tab=business_tools"), "{kind}");
        assert!(!body.contains("ask_again"), "{kind}: Facebook asks again for permissions, never for Pages");
        let (_, _, body) = site.get(&format!("/auth/trouble/{kind}?platform=instagram&again=for%3Dconnect")).await;
        assert!(!body.contains("facebook.com"), "{kind}");
    }
    for kind in ["not-readable", "security-check"] {
        let (status, _, body) = site.get(&format!("/auth/trouble/{kind}?platform=facebook")).await;
        assert!(status == StatusCode::OK && !body.contains("is down"), "{kind}");
    }
}
