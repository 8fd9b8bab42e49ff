//! The one guarded HTTP client: no redirects, limits on time and size, and no
//! error that could hold an address (addresses hold tokens).

use std::error::Error as _;
use std::time::Duration;

use chrono::TimeDelta;
use domain::token::{Failure, Verdict};
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use serde::de::DeserializeOwned;

use super::answer;
use super::call::{Call, Method};
use super::config::SetupError;
use super::error::{MetaError, What};

const TIMEOUT: Duration = Duration::from_secs(30);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Far more than any answer we ask for, in bytes, after decompression.
const LARGEST_BODY: usize = 1024 * 1024;
/// The pause before asking a second time where a first answer cannot be had again.
const SECOND_TRY_AFTER: Duration = Duration::from_millis(400);

/// Asks Meta. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Http {
    client: reqwest::Client,
}

/// What came back, whole and within bounds.
pub(super) struct Answer {
    pub status: u16,
    /// Meta's own "come back in".
    pub retry_after: Option<TimeDelta>,
    pub body: Vec<u8>,
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
        let answer = self.send(call).await.map_err(|what| MetaError::unavailable(call.name, what))?;
        answer::read(call, &answer)
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
        let retry_after = retry_after(response.headers());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(broken)? {
            if body.len() + chunk.len() > LARGEST_BODY {
                return Err(What::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status, retry_after, body })
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
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let regain = text("x-business-use-case-usage").and_then(answer::minutes_to_regain_access);
    let seconds = || text("retry-after").and_then(|text| text.trim().parse().ok()).and_then(TimeDelta::try_seconds);
    let wait = regain.and_then(TimeDelta::try_minutes).or_else(seconds)?;
    // Nobody is locked out for longer by one strange header.
    Some(wait.min(TimeDelta::days(1))).filter(|wait| *wait > TimeDelta::zero())
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
}
