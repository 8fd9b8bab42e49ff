//! In which language a request is answered: what its address names, what
//! somebody chose here, or what their browser asks for.

use app::{LANGUAGE_COOKIE, cookie as cookies};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use domain::language::Language;
use http::HeaderMap;
use http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, HeaderValue};

/// No browser asks for more languages.
const MOST_BYTES: usize = 500;

/// Inserts the [`Language`].
pub async fn layer(mut request: Request, next: Next) -> Response {
    let headers = request.headers();
    let named = Language::of_path(request.uri().path()).map(|(language, _)| language);
    let language = named.or_else(|| chosen(headers)).or_else(|| asked(headers)).unwrap_or_default();
    request.extensions_mut().insert(language);
    let mut response = app::in_language(language, next.run(request)).await;
    let tag = HeaderValue::from_static(language.tag());
    response.headers_mut().entry(CONTENT_LANGUAGE).or_insert(tag);
    response
}

fn chosen(headers: &HeaderMap) -> Option<Language> {
    cookies::values(headers, LANGUAGE_COOKIE).find_map(|word| word.parse().ok())
}

/// The language that the browser asks for, if we have it.
pub fn asked(headers: &HeaderMap) -> Option<Language> {
    let asked = headers.get(ACCEPT_LANGUAGE)?.to_str().ok().filter(|asked| asked.len() <= MOST_BYTES)?;
    Language::of_tags(accept_language::parse(asked).iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use http::header::COOKIE;

    use super::*;

    fn answered_in(cookie: &[u8], accept: &[u8]) -> Language {
        let line = |value: &[u8]| HeaderValue::from_bytes(value).unwrap();
        let headers = HeaderMap::from_iter([(COOKIE, line(cookie)), (ACCEPT_LANGUAGE, line(accept))]);
        chosen(&headers).or_else(|| asked(&headers)).unwrap_or_default()
    }

    #[test]
    fn what_was_chosen_here_comes_before_what_the_browser_asks_for() {
        assert_eq!(answered_in(b"", b""), Language::En);
        assert_eq!(answered_in(b"", b"ko-KR,ko;q=0.9,en;q=0.8"), Language::Ko);
        assert_eq!(answered_in(b"", b"de-CH, en;q=0.2, pt;q=0.7"), Language::PtBr);
        assert_eq!(answered_in(b"pilotlight_language=pt-br", b"ko"), Language::PtBr);
        assert_eq!(answered_in(b"x=\xff; pilotlight_language=klingon", b"ko"), Language::Ko);
    }

    #[test]
    fn whatever_bytes_it_holds_no_header_is_our_fault() {
        for odd in [b"\xff\xfe".as_slice(), b";;q=,=", b"*", b"q=1", "한국어".as_bytes(), &[b','; 5000], &[b'a'; 5000]]
        {
            assert_eq!(answered_in(odd, odd), Language::En, "{}", odd.escape_ascii());
        }
    }
}
