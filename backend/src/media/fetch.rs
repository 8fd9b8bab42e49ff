//! Fetching a picture under guard: from allowed hosts, within limits.

use std::sync::Arc;

use reqwest::{Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::client;
use super::config::AllowedHost;
use super::error::{CopyError, MediaSetupError};
use super::hosts::Hosts;
use super::resolver::{Guard, Private};

/// Far more than any picture Instagram hands out (8 MB at upload), in bytes.
const LARGEST: usize = 16 * 1024 * 1024;

/// Fetches pictures. Cheap to clone.
///
/// Where the environment names a proxy, the proxy resolves names, not the guard;
/// what is left to ask for are then Meta's own names and the operator's.
#[derive(Debug, Clone)]
pub(super) struct Fetcher {
    client: reqwest::Client,
    hosts: Hosts,
}

impl Fetcher {
    pub fn new(named: &[AllowedHost]) -> Result<Self, MediaSetupError> {
        let hosts = Hosts::new(named);
        let builder = client::builder(hosts.are_local()).dns_resolver(Arc::new(Guard(hosts.clone())));
        Ok(Self { client: client::build(builder)?, hosts })
    }

    /// The bytes at a signed address.
    pub async fn fetch(&self, source: &SecretString) -> Result<Vec<u8>, CopyError> {
        let url: Url = source
            .expose_secret()
            .parse()
            .map_err(|_| CopyError::Refused("something that is no address".to_owned()))?;
        if !self.hosts.allow(&url) {
            return Err(CopyError::Refused(host(&url)));
        }
        self.get(url).await
    }

    async fn get(&self, url: Url) -> Result<Vec<u8>, CopyError> {
        let host = host(&url);
        let response = self.client.get(url).send().await.map_err(|error| broken(error, &host))?;
        check(response.status())?;
        let bytes = read(response, &host).await?;
        if bytes.is_empty() { Err(CopyError::Empty) } else { Ok(bytes) }
    }
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or("nowhere").to_owned()
}

/// A refusal is an expired signature or a deleted picture, unless it only asks
/// for patience. "Accepted", "no content" and a part of it are no picture yet.
fn check(status: StatusCode) -> Result<(), CopyError> {
    match status.as_u16() {
        200 => Ok(()),
        300..=399 => Err(CopyError::Redirected(status.as_u16())),
        408 | 425 | 429 => Err(CopyError::Unavailable(format!("HTTP {}", status.as_u16()))),
        400..=499 => Err(CopyError::Gone(status.as_u16())),
        other => Err(CopyError::Unavailable(format!("HTTP {other}"))),
    }
}

async fn read(mut response: Response, host: &str) -> Result<Vec<u8>, CopyError> {
    let told = response.content_length().unwrap_or_default();
    if told > LARGEST as u64 {
        return Err(CopyError::TooLarge);
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| broken(error, host))? {
        if bytes.len() + chunk.len() > LARGEST {
            return Err(CopyError::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn broken(error: reqwest::Error, host: &str) -> CopyError {
    let error = error.without_url();
    if client::chain(&error).any(|reason| reason.is::<Private>()) {
        CopyError::Refused(host.to_owned())
    } else if error.is_timeout() {
        CopyError::Unavailable("no answer in time".to_owned())
    } else {
        CopyError::Unavailable(client::reasons(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_that_leads_home_is_refused_whatever_the_list_says() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        // Past the list of hosts: only the resolver is left to object.
        let url = format!("http://localhost:{port}/1.jpg?oh=signature");
        let error = Fetcher::new(&[]).unwrap().get(url.parse().unwrap()).await.unwrap_err();
        assert!(matches!(&error, CopyError::Refused(host) if host == "localhost"), "{error:?}");
        assert!(!format!("{error:?} {error}").contains("signature"));
    }

    #[test]
    fn a_status_tells_whether_patience_helps() {
        let is_gone = |status| matches!(check(StatusCode::from_u16(status).unwrap()), Err(CopyError::Gone(_)));
        assert!([400, 401, 403, 404, 410].into_iter().all(is_gone));
        assert!(![200, 301, 408, 429, 500, 503].into_iter().any(is_gone));
        let is_here = |status| check(StatusCode::from_u16(status).unwrap()).is_ok();
        assert!(is_here(200) && ![201, 202, 203, 204, 206, 304].into_iter().any(is_here));
    }
}
