//! The one guarded HTTP client: no redirects, limits on time and size, and no
//! error that could hold an address (addresses hold tokens).

use std::error::Error as _;
use std::io::Read as _;
use std::time::Duration;

use chrono::TimeDelta;
use domain::token::{Failure, Verdict};
use flate2::read::GzDecoder;
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use serde::de::DeserializeOwned;

use super::answer::{self, Answer};
use super::call::{Call, Method};
use super::config::SetupError;
use super::error::{MetaError, What};

const TIMEOUT: Duration = Duration::from_secs(30);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// More than any answer we ask for, in bytes, after decompression. The largest
/// is a hundred albums with long captions in no Latin script: about 5 MB.
const LARGEST_BODY: usize = 8 * 1024 * 1024;
/// When a share of calls is nearly used up: Meta counts them by the rolling hour.
const PAUSE_BEFORE_LIMIT: TimeDelta = TimeDelta::hours(1);
/// The pause before asking a second time where a first answer cannot be had again.
const SECOND_TRY_AFTER: Duration = Duration::from_millis(400);

/// How gzip begins; no JSON begins so.
const GZIP: [u8; 2] = [0x1f, 0x8b];

const BUSINESS_USAGE: &str = "x-business-use-case-usage";
const APP_USAGE: &str = "x-app-usage";

/// Asks Meta. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Http {
    client: reqwest::Client,
}

impl Http {
    /// `local`: Meta is imitated on this machine, so no proxy is used.
    pub fn new(local: bool) -> Result<Self, SetupError> {
        crate::tls::install();
        let builder = reqwest::Client::builder()
            .user_agent(concat!("Pilotlight/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            .referer(false)
            .timeout(TIMEOUT)
            .connect_timeout(CONNECT_TIMEOUT);
        let builder = if local { builder.no_proxy() } else { builder };
        let client = builder.build().map_err(|error| SetupError::Client(reasons(&error.without_url())))?;
        Ok(Self { client })
    }

    /// Asks once.
    pub async fn ask<T: DeserializeOwned>(&self, call: &Call<'_>) -> Result<T, MetaError> {
        self.ask_with_pause(call).await.map(|(value, _)| value)
    }

    /// Asks once; with the answer, how long to ask nothing more.
    pub async fn ask_with_pause<T: DeserializeOwned>(
        &self,
        call: &Call<'_>,
    ) -> Result<(T, Option<TimeDelta>), MetaError> {
        let answer = self.send(call).await.map_err(|what| MetaError::unavailable(call.name, what))?;
        Ok((answer::read(call, &answer)?, answer.pause))
    }

    /// Asks a second time when Meta had no answer, for the steps after a code
    /// is spent: a person would have to go through the consent page again. A
    /// time-out is not repeated, for somebody waits.
    pub async fn insist<T: DeserializeOwned>(&self, call: &Call<'_>) -> Result<T, MetaError> {
        match self.ask(call).await {
            Err(error) if error.verdict == Verdict::Unknown(Failure::Unavailable) && *error.what != What::TimedOut => {
                tokio::time::sleep(SECOND_TRY_AFTER).await;
                self.ask(call).await
            }
            answer => answer,
        }
    }

    async fn send(&self, call: &Call<'_>) -> Result<Answer, What> {
        let request = match call.method {
            Method::Get => {
                let mut url = call.url.clone();
                url.query_pairs_mut().extend_pairs(&call.params);
                self.client.get(url)
            }
            Method::Post => self.client.post(call.url.clone()).form(&call.params),
        };
        let mut response = request.send().await.map_err(broken)?;
        let status = response.status().as_u16();
        if response.status().is_redirection() {
            return Err(What::Redirected(status));
        }
        let (retry_after, pause) = (retry_after(response.headers()), pause(response.headers()));
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(broken)? {
            if body.len() + chunk.len() > LARGEST_BODY {
                return Err(What::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status, retry_after, pause, body: unzipped(body)? })
    }
}

/// gzip that no header names; what a header names is read by the client.
fn unzipped(body: Vec<u8>) -> Result<Vec<u8>, What> {
    if !body.starts_with(&GZIP) {
        return Ok(body);
    }
    let mut whole = Vec::new();
    let most = u64::try_from(LARGEST_BODY).unwrap_or(u64::MAX).saturating_add(1);
    match GzDecoder::new(body.as_slice()).take(most).read_to_end(&mut whole) {
        Ok(_) if whole.len() > LARGEST_BODY => Err(What::TooLarge),
        Ok(_) => Ok(whole),
        // No gzip after all: read as it came.
        Err(_) => Ok(body),
    }
}

fn broken(error: reqwest::Error) -> What {
    let error = error.without_url();
    if error.is_timeout() { What::TimedOut } else { What::Broken(reasons(&error)) }
}

/// The chain of an error whose address was removed.
fn reasons(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        text = format!("{text}: {source}");
        next = source.source();
    }
    text
}

/// Instagram's header counts minutes (Meta, "Rate limits"), HTTP's seconds.
fn retry_after(headers: &HeaderMap) -> Option<TimeDelta> {
    let seconds =
        || text(headers, "retry-after").and_then(|text| text.trim().parse().ok()).and_then(TimeDelta::try_seconds);
    regain(headers).or_else(seconds).and_then(bounded)
}

/// When limited, more calls prolong it; a pause just before costs nothing.
fn pause(headers: &HeaderMap) -> Option<TimeDelta> {
    let mut usage = [BUSINESS_USAGE, APP_USAGE].into_iter().filter_map(|name| text(headers, name));
    let before_limit = || usage.any(answer::is_nearly_used_up).then_some(PAUSE_BEFORE_LIMIT);
    regain(headers).and_then(bounded).or_else(before_limit)
}

fn regain(headers: &HeaderMap) -> Option<TimeDelta> {
    text(headers, BUSINESS_USAGE).and_then(answer::minutes_to_regain_access).and_then(TimeDelta::try_minutes)
}

/// Nobody is locked out for longer than a day by one strange header.
fn bounded(wait: TimeDelta) -> Option<TimeDelta> {
    Some(wait.min(TimeDelta::days(1))).filter(|wait| *wait > TimeDelta::zero())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn metas_come_back_in_is_minutes_in_one_header_and_seconds_in_the_other() {
        let usage = r#"{"1784":[{"type":"instagram","call_count":100,"estimated_time_to_regain_access":19}]}"#;
        let both = headers(&[("x-business-use-case-usage", usage), ("retry-after", "7")]);
        assert_eq!(retry_after(&both), Some(TimeDelta::minutes(19)));
        assert_eq!(retry_after(&headers(&[("retry-after", "7")])), Some(TimeDelta::seconds(7)));
    }

    #[test]
    fn a_strange_come_back_in_is_bounded_or_ignored() {
        let at = |value| retry_after(&headers(&[("retry-after", value)]));
        assert_eq!(at("99999999"), Some(TimeDelta::days(1)));
        for nonsense in ["0", "-5", "soon", "9223372036854775807", "Wed, 21 Oct 2026 07:28:00 GMT"] {
            assert_eq!(at(nonsense), None, "{nonsense}");
        }
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }

    #[test]
    fn a_pause_is_due_before_a_share_of_calls_is_used_up() {
        let app = |value| pause(&headers(&[(APP_USAGE, value)]));
        let business = |value| pause(&headers(&[(BUSINESS_USAGE, value)]));
        assert_eq!(app(r#"{"call_count":28,"total_time":25,"total_cputime":25}"#), None);
        assert_eq!(app(r#"{"call_count":28,"total_time":95,"total_cputime":25}"#), Some(PAUSE_BEFORE_LIMIT));
        assert_eq!(business(r#"{"1":[{"call_count":94.9}],"2":[{"total_cputime":"97"}]}"#), Some(PAUSE_BEFORE_LIMIT));
        let regain = r#"{"1":[{"call_count":100,"estimated_time_to_regain_access":19}]}"#;
        assert_eq!(business(regain), Some(TimeDelta::minutes(19)));
        assert_eq!(business(r#"{"1":[{"estimated_time_to_regain_access":999999}]}"#), Some(TimeDelta::days(1)));
        for nothing in ["", "[95]", "95", "{}", r#"{"1":[95]}"#, r#"{"call_volume":99}"#] {
            assert_eq!((app(nothing), business(nothing)), (None, None), "{nothing}");
        }
        assert_eq!(pause(&HeaderMap::new()), None);
    }
}
