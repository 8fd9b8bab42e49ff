//! What can go wrong when a sandbox is opened or run.

use std::{io, path::PathBuf};

/// Why a sandbox could not be opened or served.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The state file exists but cannot be read.
    #[error("cannot read the sandbox state {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The state file holds something this version does not understand.
    #[error("the sandbox state {path} is not understood; delete the file to start with a fresh test world")]
    Parse {
        /// The file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// The state file cannot be written.
    #[error("cannot write the sandbox state {path}")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A listener failed.
    #[error("the sandbox stopped serving")]
    Serve(#[from] io::Error),
}
