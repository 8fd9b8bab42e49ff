//! Why a configuration cannot be used.

use std::path::PathBuf;

/// Why a configuration cannot be used. Every text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file or variable could not be read.
    #[error("cannot read the configuration: {0}")]
    Unreadable(#[from] config::ConfigError),
    /// A value has another form than it must have.
    #[error("{variable}: {problem}")]
    Invalid {
        /// The variable.
        variable: &'static str,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// No key, no start.
    #[error(
        "PILOTLIGHT_SECRET_KEY is not set. Tokens are only stored sealed: make a key with `pilotlight keys new`, \
         keep a copy in a safe place, and set it"
    )]
    NoKey,
    /// No Meta app and no sandbox.
    #[error(
        "no Meta app is configured. Set PILOTLIGHT_INSTAGRAM_CLIENT_ID and _CLIENT_SECRET (or the FACEBOOK pair), \
         or leave PILOTLIGHT_LISTEN and PILOTLIGHT_BASE_URL on a loopback address to try everything with the sandbox"
    )]
    NoApp,
    /// The sandbox accepts anybody: it must not be reachable from outside.
    #[error(
        "the sandbox lets anybody be anybody, so it only starts beside a loopback address; {variable} is {address}"
    )]
    SandboxExposed {
        /// The variable that names the address.
        variable: &'static str,
        /// The address.
        address: String,
    },
    /// The data folder or the sandbox's key in it cannot be used.
    #[error("cannot use the data folder {path}: {source}")]
    DataDir {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// A value that has another form than it must have.
pub(super) fn invalid(variable: &'static str, problem: &str) -> ConfigError {
    ConfigError::Invalid { variable, problem: problem.to_owned() }
}
