//! An answer in each compression a browser may accept, made once and served often.

use std::io::{self, Write};

use axum::body::Body;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use http::{HeaderMap, HeaderValue, StatusCode};
use sha2::{Digest, Sha256};

/// Larger texts are packed with less effort: it would take too long.
const BEST_EFFORT_BYTES: usize = 256 * 1024;
const BROTLI_WINDOW: u32 = 22;
/// Of the hash, so much makes a tag.
const TAG_BYTES: usize = 12;

/// How hard to pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Read by many.
    Best,
    /// Read by few.
    Quick,
}

#[derive(Debug)]
struct Variant {
    coding: Option<&'static str>,
    bytes: Bytes,
    tag: HeaderValue,
}

/// A text, packed and not.
#[derive(Debug)]
pub struct Encoded {
    kind: HeaderValue,
    plain: Variant,
    gzip: Variant,
    brotli: Variant,
}

impl Encoded {
    /// Packs a text. `besides` is what else makes two answers different, such
    /// as their policy. Takes milliseconds: not for async threads.
    ///
    /// # Errors
    /// Never, as it writes into memory; but the encoders do not promise it.
    pub fn new(kind: &'static str, text: &str, besides: &str, effort: Effort) -> io::Result<Self> {
        let hash = Sha256::new().chain_update(text).chain_update([0]).chain_update(besides).finalize();
        let tag = URL_SAFE_NO_PAD.encode(&hash[..TAG_BYTES]);
        let variant = |coding: Option<&'static str>, bytes: Vec<u8>| {
            let tag = format!("\"{tag}{}\"", coding.map(|coding| format!("-{coding}")).unwrap_or_default());
            let tag = HeaderValue::try_from(tag).map_err(io::Error::other)?;
            Ok::<_, io::Error>(Variant { coding, bytes: bytes.into(), tag })
        };
        Ok(Self {
            kind: HeaderValue::from_static(kind),
            plain: variant(None, text.as_bytes().to_vec())?,
            gzip: variant(Some("gzip"), gzip(text.as_bytes(), effort)?)?,
            brotli: variant(Some("br"), brotli(text.as_bytes(), effort)?)?,
        })
    }

    /// The text itself.
    pub fn text(&self) -> &[u8] {
        &self.plain.bytes
    }

    /// How much memory it takes.
    pub fn size(&self) -> usize {
        self.plain.bytes.len() + self.gzip.bytes.len() + self.brotli.bytes.len()
    }

    /// How much goes over the wire to a modern browser.
    #[cfg(test)]
    pub fn packed(&self) -> usize {
        self.brotli.bytes.len()
    }

    /// The answer to one request: 200, or 304 if the browser has it already.
    pub fn answer(&self, wanted: Wanted<'_>) -> Response {
        let variant = match wanted.coding {
            Coding::Brotli => &self.brotli,
            Coding::Gzip => &self.gzip,
            Coding::Plain => &self.plain,
        };
        let known = is_known(wanted.headers, variant.tag.as_bytes());
        let mut response = Response::new(if known { Body::empty() } else { Body::from(variant.bytes.clone()) });
        if known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let headers = response.headers_mut();
        headers.reserve(12);
        if !known {
            headers.insert(CONTENT_TYPE, self.kind.clone());
            if let Some(coding) = variant.coding {
                headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
            }
        }
        headers.insert(ETAG, variant.tag.clone());
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        response
    }
}

/// What a request asks for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    coding: Coding,
    headers: &'a HeaderMap,
}

impl<'a> Wanted<'a> {
    /// Reads it from the headers.
    pub fn of(headers: &'a HeaderMap) -> Self {
        let accepted = headers.get(ACCEPT_ENCODING).map(HeaderValue::as_bytes).unwrap_or_default();
        Self { coding: Coding::best(accepted), headers }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Brotli,
    Gzip,
    Plain,
}

impl Coding {
    fn best(accepted: &[u8]) -> Self {
        let mut best = Self::Plain;
        for offer in accepted.split(|byte| *byte == b',') {
            let mut parts = offer.split(|byte| *byte == b';').map(<[u8]>::trim_ascii);
            let name = parts.next().unwrap_or_default();
            let refused = parts.any(|part| part.strip_prefix(b"q=").is_some_and(is_zero));
            match name {
                _ if refused => {}
                b"br" => return Self::Brotli,
                b"gzip" => best = Self::Gzip,
                _ => {}
            }
        }
        best
    }
}

fn is_zero(quality: &[u8]) -> bool {
    !quality.is_empty() && quality.iter().all(|byte| matches!(byte, b'0' | b'.'))
}

/// Whether whoever asks holds what has this tag: they name it in
/// `If-None-Match`, or name anything with `*`. Caches on the way may have
/// weakened it. Only for an answer that there is.
pub fn is_known(headers: &HeaderMap, tag: &[u8]) -> bool {
    let lists = headers.get_all(IF_NONE_MATCH).iter();
    let mut known = lists.flat_map(|list| list.as_bytes().split(|byte| *byte == b',')).map(<[u8]>::trim_ascii);
    known.any(|known| known == b"*" || known.strip_prefix(b"W/").unwrap_or(known) == tag)
}

fn gzip(text: &[u8], effort: Effort) -> io::Result<Vec<u8>> {
    let level = if effort == Effort::Best { Compression::best() } else { Compression::default() };
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(text)?;
    encoder.finish()
}

fn brotli(text: &[u8], effort: Effort) -> io::Result<Vec<u8>> {
    let quality = if effort == Effort::Best && text.len() < BEST_EFFORT_BYTES { 11 } else { 5 };
    let mut packed = Vec::new();
    let mut encoder = brotli::CompressorWriter::new(&mut packed, 4096, quality, BROTLI_WINDOW);
    encoder.write_all(text)?;
    encoder.flush()?;
    drop(encoder);
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_compression_that_is_accepted_is_chosen() {
        for (accepted, coding) in [
            ("gzip, deflate, br, zstd", Coding::Brotli),
            ("br;q=0, gzip", Coding::Gzip),
            ("br; q=0.0,gzip; q=0", Coding::Plain),
            ("br;q=0.01", Coding::Brotli),
            ("", Coding::Plain),
            ("identity", Coding::Plain),
            ("brotli, xgzip", Coding::Plain),
        ] {
            assert_eq!(Coding::best(accepted.as_bytes()), coding, "{accepted}");
        }
    }

    #[test]
    fn each_compression_has_a_tag_of_its_own_that_changes_with_the_text() {
        let make = |text, besides| Encoded::new("text/html", text, besides, Effort::Best).unwrap();
        let one = make("hello", "a");
        assert_ne!(one.plain.tag, one.brotli.tag);
        assert_ne!(one.gzip.tag, one.brotli.tag);
        assert_eq!(one.brotli.tag, make("hello", "a").brotli.tag);
        assert_ne!(one.brotli.tag, make("hello!", "a").brotli.tag);
        assert_ne!(one.brotli.tag, make("hello", "b").brotli.tag);
    }

    #[test]
    fn who_has_it_already_gets_no_body() {
        let text = Encoded::new("text/html", "hello", "", Effort::Best).unwrap();
        let status = |known: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("br"));
            headers.insert(IF_NONE_MATCH, HeaderValue::from_str(known).unwrap());
            text.answer(Wanted::of(&headers)).status()
        };
        let tag = text.brotli.tag.to_str().unwrap();
        for known in [tag.to_owned(), format!("\"x\", W/{tag}"), "*".to_owned()] {
            assert_eq!(status(&known), StatusCode::NOT_MODIFIED, "{known}");
        }
        assert_eq!(status(text.gzip.tag.to_str().unwrap()), StatusCode::OK);
        for unknown in ["", "\"x\"", "W/", "**"] {
            assert_eq!(status(unknown), StatusCode::OK, "{unknown}");
        }
        let mut lines = HeaderMap::new();
        lines.append(IF_NONE_MATCH, HeaderValue::from_static("\"x\""));
        lines.append(IF_NONE_MATCH, HeaderValue::from_static("\"y\""));
        assert!(is_known(&lines, b"\"y\"") && !is_known(&lines, b"\"z\""));
    }
}
