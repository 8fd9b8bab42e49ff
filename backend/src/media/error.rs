//! What can go wrong with pictures. No text here holds an address beyond its
//! host: addresses of pictures are signed.

use std::path::PathBuf;

use domain::feed::copying::Fault;

/// A picture was not copied.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The host is not allowed, or is in a private network.
    #[error("pictures are not fetched from {0}")]
    Refused(String),
    /// A redirect; none is followed, for it may lead anywhere.
    #[error("the picture's host answered with a redirect (HTTP {0})")]
    Redirected(u16),
    /// The address expired or the picture was deleted; the feed has a fresh address.
    #[error("the picture is not at its address any more (HTTP {0})")]
    Gone(u16),
    /// No answer, a broken one, or one that tells to come back later.
    #[error("the picture's host could not be reached: {0}")]
    Unavailable(String),
    /// More bytes than any picture of Instagram has.
    #[error("the file is too large for a picture")]
    TooLarge,
    /// More pixels than can be decoded in reasonable memory.
    #[error("the picture has too many pixels")]
    TooManyPixels,
    /// Not one byte, as if that were an answer.
    #[error("the picture's file is empty")]
    Empty,
    /// A page, a film, a broken file, or the beginning of one.
    #[error("the file is no JPEG, PNG or WebP picture")]
    NotAPicture,
    /// The copy could not be written.
    #[error("the picture could not be kept")]
    Store(#[from] StoreError),
}

impl CopyError {
    /// What it tells of the picture. No answer is taken for good at once, for
    /// [`domain::feed::copying`] decides from how long it has been so.
    pub fn fault(&self) -> Fault {
        match self {
            Self::TooLarge | Self::TooManyPixels | Self::NotAPicture => Fault::Unusable,
            // An operator's settings may change, and every feed brings a fresh address.
            Self::Refused(_) | Self::Redirected(_) | Self::Gone(_) => Fault::Unseen,
            Self::Empty | Self::Unavailable(_) | Self::Store(_) => Fault::Unseen,
        }
    }
}

/// The store of pictures failed.
#[derive(Debug, thiserror::Error)]
#[error("the store of pictures failed")]
pub struct StoreError(#[from] pub(super) object_store::Error);

/// Why pictures cannot be copied at all.
#[derive(Debug, thiserror::Error)]
pub enum MediaSetupError {
    /// The folder cannot be made or used.
    #[error("cannot use the folder for pictures {path}: {source}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The store's settings do not fit together.
    #[error("the store of pictures could not be opened: {0}")]
    Store(#[from] object_store::Error),
    /// The HTTP client found no TLS roots or no cryptography.
    #[error("the HTTP client for pictures could not be built: {0}")]
    Client(String),
}
