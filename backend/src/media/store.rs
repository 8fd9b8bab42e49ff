//! Where copies are kept: a folder, or an S3-compatible store.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{HttpClient, HttpConnector};
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;
use object_store::{ClientOptions, Error, ObjectStore, ObjectStoreExt, RetryConfig};
use secrecy::ExposeSecret;

use super::client;
use super::config::{self, S3Config, StoreConfig};
use super::error::{MediaSetupError, StoreError};
use super::name::PictureName;

/// Somebody may wait for a page: better an honest error than minutes of tries.
const RETRIES: RetryConfig = RetryConfig {
    backoff: object_store::BackoffConfig {
        init_backoff: Duration::from_millis(200),
        max_backoff: Duration::from_secs(2),
        base: 2.,
    },
    max_retries: 3,
    retry_timeout: Duration::from_secs(20),
};

/// Keeps copies. Cheap to clone.
#[derive(Clone)]
pub(super) struct Store(Arc<dyn ObjectStore>);

impl fmt::Debug for Store {
    /// Says nothing of what is inside: there are keys among it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}

impl Store {
    pub fn open(config: &StoreConfig) -> Result<Self, MediaSetupError> {
        Ok(match config {
            StoreConfig::Folder(path) => {
                std::fs::create_dir_all(path)
                    .map_err(|source| MediaSetupError::Folder { path: path.clone(), source })?;
                // The database trusts that a picture it knows is there, after a power cut too.
                Self(Arc::new(LocalFileSystem::new_with_prefix(path)?.with_fsync(true)))
            }
            StoreConfig::S3(config) => Self(Arc::new(PrefixStore::new(s3(config)?, config.prefix.as_str()))),
        })
    }

    pub async fn write(&self, name: &PictureName, file: Bytes) -> Result<(), StoreError> {
        self.0.put(&name.path(), file.into()).await?;
        Ok(())
    }

    pub async fn read(&self, name: &PictureName) -> Result<Option<Bytes>, StoreError> {
        match self.0.get(&name.path()).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub async fn delete(&self, name: &PictureName) -> Result<(), StoreError> {
        match self.0.delete(&name.path()).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn s3(config: &S3Config) -> Result<AmazonS3, MediaSetupError> {
    let local = config.endpoint.as_ref().and_then(url::Url::host).is_some_and(|host| config::is_local(&host));
    let connector = Connector(client::build(client::builder(local))?);
    let builder = AmazonS3Builder::new()
        .with_bucket_name(&config.bucket)
        .with_region(&config.region)
        .with_access_key_id(&config.access_key_id)
        .with_secret_access_key(config.secret_access_key.expose_secret())
        .with_http_connector(connector)
        .with_retry(RETRIES)
        // Not every S3-compatible store can delete in bulk.
        .with_disable_bulk_delete(true);
    Ok(match &config.endpoint {
        Some(endpoint) => builder.with_endpoint(endpoint.as_str()).build()?,
        None => builder.build()?,
    })
}

/// Hands our own client to the store: its own asks the environment's proxy even
/// for this machine.
#[derive(Debug)]
struct Connector(reqwest::Client);

impl HttpConnector for Connector {
    fn connect(&self, _options: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.0.clone()))
    }
}
