//! Where pictures come from and where they are kept, as people write it.

use object_store::path::Path;
use url::Url;

use super::error::{ConfigError, invalid};
use super::raw::Raw;
use super::sandbox::SandboxConfig;
use super::value::{is_loopback_host, pair};
use crate::media::{AllowedHost, MediaConfig, S3Config, StoreConfig};

const STORE: &str = "PILOTLIGHT_MEDIA_STORE";
const ENDPOINT: &str = "PILOTLIGHT_S3_ENDPOINT";

/// The sandbox's own pictures are always allowed.
pub(super) fn decide(raw: &Raw, sandbox: Option<&SandboxConfig>) -> Result<MediaConfig, ConfigError> {
    let mut hosts = hosts(raw)?;
    hosts.extend(sandbox.map(|sandbox| AllowedHost::from(sandbox.meta)));
    Ok(MediaConfig { hosts, store: store(raw)? })
}

/// What works but somebody should know of.
pub(super) fn warning(media: &MediaConfig) -> Option<String> {
    let StoreConfig::S3(s3) = &media.store else { return None };
    let open = s3.endpoint.as_ref().is_some_and(|url| url.scheme() == "http" && !is_loopback_host(url));
    open.then(|| {
        format!("{ENDPOINT} is http on another machine: whoever is in between can change the pictures. Use https.")
    })
}

fn hosts(raw: &Raw) -> Result<Vec<AllowedHost>, ConfigError> {
    let names = raw.media_hosts.as_deref().unwrap_or_default().split(',').map(str::trim);
    let host = |name: &str| {
        name.parse().map_err(|_| {
            invalid(
                "PILOTLIGHT_MEDIA_HOSTS",
                "write host or host:port, several separated by commas: pictures.example.com,10.0.0.7:9000",
            )
        })
    };
    names.filter(|name| !name.is_empty()).map(host).collect()
}

fn store(raw: &Raw) -> Result<StoreConfig, ConfigError> {
    let Some(address) = &raw.media_store else {
        return Ok(StoreConfig::Folder(raw.data_dir.join("pictures")));
    };
    let how = || invalid(STORE, "write s3://bucket/prefix, or leave it empty for a folder in the data folder");
    let (bucket, prefix) =
        address.strip_prefix("s3://").map(|rest| rest.split_once('/').unwrap_or((rest, ""))).ok_or_else(how)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if bucket.is_empty() || !bucket.chars().all(plain) {
        return Err(how());
    }
    let prefix = Path::parse(prefix).map_err(|_| how())?.to_string();
    let keys = pair_of_keys(raw)?;
    let (access_key_id, secret_access_key) = keys.ok_or_else(|| {
        invalid(STORE, "an S3 store needs PILOTLIGHT_S3_ACCESS_KEY_ID and PILOTLIGHT_S3_SECRET_ACCESS_KEY")
    })?;
    Ok(StoreConfig::S3(Box::new(S3Config {
        bucket: bucket.to_owned(),
        prefix,
        endpoint: endpoint(raw)?,
        region: raw.s3_region.clone(),
        access_key_id,
        secret_access_key,
    })))
}

fn pair_of_keys(raw: &Raw) -> Result<Option<(String, secrecy::SecretString)>, ConfigError> {
    pair("PILOTLIGHT_S3_SECRET_ACCESS_KEY", &raw.s3_access_key_id, &raw.s3_secret_access_key).map_err(|_| {
        invalid("PILOTLIGHT_S3_SECRET_ACCESS_KEY", "access key id and secret access key belong together: set both")
    })
}

fn endpoint(raw: &Raw) -> Result<Option<Url>, ConfigError> {
    let Some(text) = &raw.s3_endpoint else { return Ok(None) };
    let wrong = || invalid(ENDPOINT, "write it as https://s3.example.com, without the bucket, a name or a key");
    let url: Url = text.parse().map_err(|_| wrong())?;
    let plain =
        url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    if matches!(url.scheme(), "http" | "https") && url.host().is_some() && plain { Ok(Some(url)) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;

    fn raw() -> Raw {
        Raw { data_dir: "data".into(), ..Raw::default() }
    }

    fn s3() -> Raw {
        Raw {
            media_store: Some("s3://pictures/pilot/light/".into()),
            s3_access_key_id: Some("AKID".into()),
            s3_secret_access_key: Some("wJalr-secret".into()),
            ..raw()
        }
    }

    #[test]
    fn without_anything_pictures_are_in_the_data_folder_and_the_sandbox_is_allowed() {
        let data = tempfile::tempdir().unwrap();
        let config = Config::from_raw(Raw { data_dir: data.path().to_owned(), ..Raw::default() }).unwrap();
        assert_eq!(config.media.hosts, ["127.0.0.1:3010".parse().unwrap()]);
        assert!(matches!(config.media.store, StoreConfig::Folder(path) if path == data.path().join("pictures")));
    }

    #[test]
    fn hosts_are_listed_with_commas() {
        let listed = |text: &str| hosts(&Raw { media_hosts: Some(text.into()), ..raw() });
        assert_eq!(listed(" a.example , 10.0.0.7:9000,").unwrap().len(), 2);
        assert!(listed("https://a.example").is_err());
        assert!(hosts(&raw()).unwrap().is_empty());
    }

    #[test]
    fn an_s3_store_has_a_bucket_a_prefix_and_keys() {
        let media = decide(&s3(), None).unwrap();
        let StoreConfig::S3(config) = &media.store else { panic!("{media:?}") };
        assert_eq!((config.bucket.as_str(), config.prefix.as_str()), ("pictures", "pilot/light"));
        assert_eq!((config.region.as_str(), &config.endpoint), ("us-east-1", &None));
        assert!(!format!("{media:?}").contains("wJalr-secret"));
        assert!(warning(&media).is_none());
    }

    #[test]
    fn a_store_that_cannot_be_used_says_what_to_do() {
        for store in
            ["pictures", "/srv/pictures", "s3://", "s3:///prefix", "s3://a b/c", "s3://me:key@bucket", "s3://a/b//c"]
        {
            let refused = decide(&Raw { media_store: Some(store.into()), ..s3() }, None);
            assert!(matches!(refused, Err(ConfigError::Invalid { variable: STORE, .. })), "{store}");
        }
        for half in [Raw { s3_access_key_id: None, ..s3() }, Raw { s3_secret_access_key: None, ..s3() }] {
            assert!(decide(&half, None).is_err());
        }
        for endpoint in ["minio:9000", "ftp://minio", "https://me:key@minio", "https://minio/?a"] {
            assert!(decide(&Raw { s3_endpoint: Some(endpoint.into()), ..s3() }, None).is_err(), "{endpoint}");
        }
    }

    #[test]
    fn http_between_machines_is_said_aloud() {
        let at = |endpoint: &str| warning(&decide(&Raw { s3_endpoint: Some(endpoint.into()), ..s3() }, None).unwrap());
        assert!(at("http://minio:9000").is_some());
        assert!(at("http://127.0.0.1:9000").is_none() && at("https://minio").is_none());
    }
}
