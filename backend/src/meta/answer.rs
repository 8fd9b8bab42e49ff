//! Reads what Meta answers: values in their several spellings, and the three
//! shapes of errors (Graph's envelope, the flat one of Instagram's code
//! exchange, and what is no JSON at all).
//!
//! Only an object that is what was asked for is an answer. Whatever else comes
//! with a good status (`{}`, a bare word, a list, the error of one of
//! instagram.com's own pages) says nothing about the token.

mod text;

use chrono::TimeDelta;
use domain::token::{Failure, MetaAnswer, Verdict};
use secrecy::SecretString;
use serde::de::{DeserializeOwned, Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::call::Call;
use super::classify::{self, Refusal};
use super::error::{MetaError, What};
use super::scrub::scrub;

pub(super) use text::readable;

/// In percent.
const NEARLY_USED_UP: i64 = 95;
/// The year 3000 as a unix time.
const LARGEST_SECONDS: i64 = 32_503_680_000;
const SHARES: [&str; 3] = ["call_count", "total_time", "total_cputime"];

/// What came back, whole and within bounds.
pub(super) struct Answer {
    pub status: u16,
    /// Meta's own "come back in".
    pub retry_after: Option<TimeDelta>,
    /// How long to ask nothing more, although this was answered.
    pub pause: Option<TimeDelta>,
    pub body: Vec<u8>,
}

/// The answer, or what Meta's refusal says about the token.
pub(super) fn read<T: DeserializeOwned>(call: &Call<'_>, answer: &Answer) -> Result<T, MetaError> {
    let error =
        |what, failure| MetaError { retry_after: answer.retry_after, ..MetaError::unknown(call.name, what, failure) };
    let Ok(value) = serde_json::from_str::<Value>(&readable(&answer.body)) else {
        return Err(error(What::NotJson(answer.status), without_words(answer.status)));
    };
    if let Some(refusal) = Refusal::of(&value) {
        let message = scrub(&refusal.message, &call.secrets);
        return Err(MetaError {
            verdict: classify::verdict(&refusal, answer.status),
            said: Some(MetaAnswer { code: refusal.code, subcode: refusal.subcode, message }),
            ..error(What::Refused, Failure::Unclear)
        });
    }
    if !(200..300).contains(&answer.status) {
        let failure = match without_words(answer.status) {
            Failure::Unavailable if answer.status < 500 => Failure::Unclear,
            failure => failure,
        };
        return Err(error(What::Strange(answer.status), failure));
    }
    let strange = || error(What::Strange(answer.status), Failure::Unclear);
    // serde would take a list for an object whose fields stand in order.
    if !value.is_object() || names_an_error(&value) {
        return Err(strange());
    }
    // serde's error could repeat a part of the answer, and so a token.
    serde_json::from_value(value).map_err(|_| strange())
}

/// Whether an answer that is no refusal of Graph's speaks of an error all the
/// same: the shapes of instagram.com's own pages, seen in the API's place.
fn names_an_error(value: &Value) -> bool {
    let says_something = |field: &Value| match field {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Bool(true) | Value::Number(_) | Value::Object(_) => true,
    };
    let error = ["error", "errors"].iter().filter_map(|key| value.get(key)).any(says_something);
    error || value.get("status").and_then(Value::as_str) == Some("fail")
}

/// The status says something only where nothing else does.
fn without_words(status: u16) -> Failure {
    if status == 429 { Failure::Limited } else { Failure::Unavailable }
}

impl Refusal {
    /// The error in an answer, whatever its HTTP status: Meta has sent some with 200.
    pub fn of(value: &Value) -> Option<Self> {
        if let Some(error) = value.get("error").filter(|error| error.is_object()) {
            return Some(Self {
                code: integer(error.get("code")),
                subcode: integer(error.get("error_subcode")).filter(|subcode| *subcode != 0),
                message: text(error.get("message")),
                is_transient: error.get("is_transient").is_some_and(is_true),
                is_flat: false,
            });
        }
        let is_flat = value.get("error_type").is_some() || value.get("error_message").is_some();
        is_flat.then(|| Self {
            code: integer(value.get("code")),
            message: text(value.get("error_message")),
            is_flat: true,
            ..Self::default()
        })
    }
}

/// The longest wait, in minutes, that `X-Business-Use-Case-Usage` asks for.
/// Source: Meta, "Rate limits", business use case limits.
pub(super) fn minutes_to_regain_access(header: &str) -> Option<i64> {
    let usage: Value = serde_json::from_str(header).ok()?;
    let entries = usage.as_object()?.values().filter_map(Value::as_array).flatten();
    entries
        .filter_map(|entry| integer(entry.get("estimated_time_to_regain_access")))
        .max()
        .filter(|minutes| *minutes > 0)
}

/// Whether any share of calls, in percent, is nearly used up, as
/// `X-App-Usage` or `X-Business-Use-Case-Usage` tells.
/// Source: Meta, "Rate limits".
pub(super) fn is_nearly_used_up(header: &str) -> bool {
    let Ok(usage) = serde_json::from_str::<Value>(header) else { return false };
    let Some(object) = usage.as_object() else { return false };
    let entries = object.values().filter_map(Value::as_array).flatten().chain([&usage]);
    let shares = entries.flat_map(|entry| SHARES.map(|share| integer(entry.get(share))));
    shares.flatten().any(|percent| percent >= NEARLY_USED_UP)
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn is_true(value: &Value) -> bool {
    value.as_bool().unwrap_or(value.as_str() == Some("true"))
}

/// A whole number, as a number or a string.
pub(super) fn integer(value: Option<&Value>) -> Option<i64> {
    match value? {
        Value::String(text) => text.trim().parse().ok(),
        value => value.as_i64().or_else(|| value.as_f64().map(|number| number as i64)),
    }
}

/// A value that is sometimes wrapped in `{"data":[…]}` or `{"data":{…}}`.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Wrapped<T> {
    List { data: (T,) },
    Object { data: T },
    Flat(T),
}

impl<T> Wrapped<T> {
    pub fn into_inner(self) -> T {
        match self {
            Self::List { data: (value,) } | Self::Object { data: value } | Self::Flat(value) => value,
        }
    }
}

/// Where a list goes on. `next` is an address that holds the token: it is
/// neither read nor kept.
#[derive(Deserialize)]
pub(super) struct Paging {
    next: Option<IgnoredAny>,
    cursors: Option<Cursors>,
}

#[derive(Deserialize)]
struct Cursors {
    #[serde(default, deserialize_with = "optional_id")]
    after: Option<String>,
}

impl Paging {
    /// The cursor of the next page; `None` on the last one, which has a cursor too.
    pub fn after(self) -> Option<String> {
        self.next.and(self.cursors)?.after
    }
}

/// An id: a number, which may exceed 2^53, or a string.
pub(super) fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    optional_id(deserializer)?.ok_or_else(|| D::Error::custom("no id"))
}

/// As [`id`]; `None` for null and for an empty string.
pub(super) fn optional_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Id {
        Number(u64),
        Text(String),
    }
    Ok(match Option::<Id>::deserialize(deserializer)? {
        Some(Id::Number(number)) => Some(number.to_string()),
        Some(Id::Text(text)) => Some(text).filter(|text| !text.is_empty()),
        None => None,
    })
}

/// A token. An empty text, one with gaps, or one that lost a character on its
/// way is none, and must never replace one.
pub(super) fn token<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    let text = String::deserialize(deserializer)?;
    let text = text.trim();
    let is_usable = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    if is_usable { Ok(text.into()) } else { Err(D::Error::custom("no usable token")) }
}

/// A text; whatever else stands there says nothing.
pub(super) fn optional_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => Some(text),
        _ => None,
    })
}

/// A text that must say something.
pub(super) fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.trim().is_empty() { Err(D::Error::custom("an empty text")) } else { Ok(text) }
}

/// A span or a unix time in seconds, as a number or a string. Meta writes 0
/// for "never", so only what is positive counts, and nothing beyond the year
/// 3000: a database would not read such a moment again.
pub(super) fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    let value = Option::<Value>::deserialize(deserializer)?;
    Ok(integer(value.as_ref()).filter(|seconds| (1..=LARGEST_SECONDS).contains(seconds)))
}

/// Permissions, as an array or as one string with commas or spaces.
pub(super) fn scopes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Scopes {
        List(Vec<String>),
        Text(String),
    }
    Ok(Option::<Scopes>::deserialize(deserializer)?.map(|scopes| match scopes {
        Scopes::List(list) => list,
        Scopes::Text(text) => text.split([',', ' ']).filter(|scope| !scope.is_empty()).map(str::to_owned).collect(),
    }))
}

/// What a whole answer says of the token is told in [`classify`]; this is for
/// answers that cannot be used although Meta did not refuse.
pub(super) fn is_unclear(error: &MetaError) -> bool {
    error.verdict == Verdict::Unknown(Failure::Unclear)
}

#[cfg(test)]
mod tests;
