//! Copies of pictures: fetched from Meta's CDN under guard, made small, kept,
//! and handed out. Addresses at the CDN are signed and expire; copies stay.

mod address;
mod client;
mod colour;
mod config;
mod error;
mod fetch;
mod hosts;
mod name;
mod resolver;
mod shrink;
mod source;
mod store;
mod whole;

use std::sync::Arc;

use bytes::Bytes;
use domain::feed::Picture;
use domain::id::PictureHash;
use secrecy::SecretString;
use tokio::sync::Semaphore;

pub use config::{AllowedHost, MediaConfig, S3Config, StoreConfig};
pub use error::{CopyError, MediaSetupError, StoreError};
pub use name::PictureName;
pub use source::source;

use fetch::Fetcher;
use shrink::Copies;
use store::Store;

/// Raised with every version that can use files that the one before could not,
/// so that these are looked at once more.
pub const DECODER: u32 = 1;
/// Pictures that are decoded at the same time: one may take a few hundred megabytes.
const DECODED_AT_ONCE: usize = 2;

/// Copies, keeps and hands out pictures. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Pictures {
    fetcher: Fetcher,
    store: Store,
    decoders: Arc<Semaphore>,
}

impl Pictures {
    /// Makes the folder if there is none; an S3-compatible store is not asked yet.
    ///
    /// # Errors
    /// The folder cannot be used, or the HTTP client cannot be built.
    pub fn open(config: &MediaConfig) -> Result<Self, MediaSetupError> {
        Ok(Self {
            fetcher: Fetcher::new(&config.hosts)?,
            store: Store::open(&config.store)?,
            decoders: Arc::new(Semaphore::new(DECODED_AT_ONCE)),
        })
    }

    /// Fetches a picture from its signed address and keeps it at a few widths.
    /// The same bytes always get the same name, and writing them again is harmless.
    ///
    /// # Errors
    /// Says what kind of failure it was; [`CopyError::fault`] what that tells of
    /// the picture.
    pub async fn copy(&self, source: &SecretString) -> Result<Picture, CopyError> {
        let original = self.fetcher.fetch(source).await?;
        let Copies { picture, files } = self.shrink(original).await?;
        for (width, file) in files {
            let name = PictureName { hash: picture.hash.clone(), width };
            self.store.write(&name, file).await?;
        }
        Ok(picture)
    }

    /// A copy at one of its widths. `None` where there is none, or never could be.
    ///
    /// # Errors
    /// The store fails.
    pub async fn read(&self, hash: &PictureHash, width: u32) -> Result<Option<Bytes>, StoreError> {
        match PictureName::new(hash, width) {
            Some(name) => self.store.read(&name).await,
            None => Ok(None),
        }
    }

    /// Deletes a picture at all of its widths. What is gone already is no error.
    ///
    /// # Errors
    /// The store fails.
    pub async fn delete(&self, picture: &Picture) -> Result<(), StoreError> {
        for name in picture.widths.iter().filter_map(|width| PictureName::new(&picture.hash, *width)) {
            self.store.delete(&name).await?;
        }
        Ok(())
    }

    /// Decodes off the async threads, a few at a time. The permit goes along:
    /// when nobody waits any more, the work still goes on.
    async fn shrink(&self, original: Vec<u8>) -> Result<Copies, CopyError> {
        let stopping = || CopyError::Unavailable("the process is stopping".to_owned());
        let permit = Arc::clone(&self.decoders).acquire_owned().await.map_err(|_| stopping())?;
        let shrunk = tokio::task::spawn_blocking(move || {
            let copies = shrink::copies(&original);
            drop(permit);
            copies
        });
        match shrunk.await {
            Ok(copies) => copies,
            // A decoder that panics in the middle has met no picture.
            Err(gave_up) if gave_up.is_panic() => Err(CopyError::NotAPicture),
            Err(_) => Err(stopping()),
        }
    }
}
