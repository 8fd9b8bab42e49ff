//! Our own cookies. They are plain ASCII; what stands beside them in a request
//! may be any bytes, in any number of headers, and is none of our business.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use backend::service::people::{CookiePolicy, IDLE, NewSession};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use secrecy::ExposeSecret;

/// For how long a choice is kept.
const CHOICE: Duration = Duration::days(365);

/// Every value that the request carries under this name, in its order. There is
/// more than one where somebody else set a cookie of the same name.
pub fn values<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = String> + 'a {
    let lines = headers.get_all(COOKIE).iter().map(|line| String::from_utf8_lossy(line.as_bytes()));
    let cookies = lines.flat_map(|line| Cookie::split_parse(line.into_owned())).filter_map(Result::ok);
    cookies.filter(move |cookie| cookie.name() == name).map(|cookie| cookie.value_trimmed().to_owned())
}

/// The cookie of a session that begins; without one, the cookie's removal.
pub fn session(policy: CookiePolicy, session: Option<&NewSession>) -> Cookie<'static> {
    let (value, age) =
        session.map_or((String::new(), 0), |session| (session.secret.expose_secret().to_owned(), IDLE.num_seconds()));
    Cookie::build((policy.name(), value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::seconds(age))
        .secure(policy.secure)
        .build()
}

/// The cookie of a choice that is no secret.
pub fn choice(policy: CookiePolicy, name: &'static str, value: &'static str) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").same_site(SameSite::Lax).max_age(CHOICE).secure(policy.secure).build()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn read(lines: &[&[u8]]) -> Vec<String> {
        let line = |line: &&[u8]| (COOKIE, HeaderValue::from_bytes(line).unwrap());
        values(&lines.iter().map(line).collect(), "ours").collect()
    }

    #[test]
    fn our_cookie_is_found_among_any_bytes() {
        for lines in [
            vec![b"ours=secret".as_slice()],
            vec!["shop_name=Café; ours=secret".as_bytes()],
            vec!["ours=secret; shop_name=커피".as_bytes()],
            vec![b"shop_name=Caf\xe9; ours=secret; x=\xff\xfe".as_slice()],
            vec![b"\xe9=1;ours=secret;\xf0\x9f".as_slice()],
            vec![b"a=\"x; ours=secret; y\"".as_slice()],
            vec![b"a=\"x\\\"; ours=\"secret\"".as_slice()],
            vec![b";;=;=x; lone;  ours = secret ;".as_slice()],
            vec![b"a=%ff; ours=secret; b={\"json\":[1,2]}".as_slice()],
            vec![b"x=\xff".as_slice(), b"ours=secret".as_slice()],
            vec![b"ours=secret".as_slice(), b"\xff".as_slice()],
        ] {
            assert_eq!(
                read(&lines),
                ["secret"],
                "{:?}",
                lines.iter().map(|l| l.escape_ascii().to_string()).collect::<Vec<_>>()
            );
        }
        assert_eq!(read(&[b"ours=a; ours=b"]), ["a", "b"]);
        for none in [b"".as_slice(), b"yours=1", b"Ours=1", b"ours", b"x=ours=1", b"our\xe9s=1"] {
            assert!(read(&[none]).is_empty());
        }
    }

    #[test]
    fn a_session_cookie_says_what_it_must() {
        let secret = NewSession { secret: "abc".to_owned().into() };
        let cookie = session(CookiePolicy { secure: true }, Some(&secret)).to_string();
        let begin = "__Host-pilotlight_session=abc; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=7776000";
        assert_eq!(cookie, begin);
        let end = "pilotlight_session=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0";
        assert_eq!(session(CookiePolicy { secure: false }, None).to_string(), end);
        let theme = "theme=dark; SameSite=Lax; Path=/; Max-Age=31536000";
        assert_eq!(choice(CookiePolicy { secure: false }, "theme", "dark").to_string(), theme);
    }
}
