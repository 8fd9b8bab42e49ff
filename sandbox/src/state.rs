//! Everything that changes in the sandbox, and its file.

mod calls;
mod fault;
mod issue;
mod standing;
mod switches;
mod token;
mod verdict;

pub(crate) use calls::{CallRecord, Calls};
pub(crate) use fault::{Fault, FaultKind};
pub(crate) use standing::{Checkpoint, Standing};
pub(crate) use switches::{
    AppAccess, AuthorizeHost, ConsentAnswer, EarlyRefresh, ExchangeShape, ExtensionLife, PermissionsShape,
    RefreshString, SWITCHES, Subcode, Switches, UserIdShape,
};
pub(crate) use token::{Code, End, Token, TokenKind};
pub(crate) use verdict::{Verdict, verdict};

use crate::{Error, cast::CAST};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fs, io, path::Path};

/// Raised whenever an old file could be misread.
const VERSION: u32 = 1;

/// The changing part of the test world. Who the people are is fixed: see [`crate::cast`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    version: u32,
    pub offset_seconds: i64,
    pub switches: Switches,
    pub faults: Vec<Fault>,
    pub next_fault: u64,
    pub people: BTreeMap<String, Standing>,
    pub codes: Vec<Code>,
    pub tokens: Vec<Token>,
}

impl State {
    /// The test world before anybody did anything.
    pub(crate) fn fresh() -> Self {
        Self {
            version: VERSION,
            offset_seconds: 0,
            switches: Switches::default(),
            faults: Vec::new(),
            next_fault: 1,
            people: CAST.iter().map(|person| (person.username.to_owned(), Standing::default())).collect(),
            codes: Vec::new(),
            tokens: Vec::new(),
        }
    }

    /// Reads the file; a missing one means the fresh test world.
    pub(crate) fn load(path: &Path) -> Result<Self, Error> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::fresh()),
            Err(source) => return Err(Error::Read { path: path.to_owned(), source }),
        };
        let state = serde_json::from_str(&text).map_err(|source| Error::Parse { path: path.to_owned(), source })?;
        Ok(state)
    }

    /// Writes beside the file and renames, so that a crash leaves the old or the new state, never half of one.
    pub(crate) fn save(&self, path: &Path) -> Result<(), Error> {
        let failed = |source| Error::Write { path: path.to_owned(), source };
        let text = serde_json::to_vec_pretty(self).map_err(|error| failed(error.into()))?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let draft = path.with_extension("tmp");
        fs::write(&draft, text).map_err(failed)?;
        fs::rename(&draft, path).map_err(failed)
    }

    /// How somebody stands; everybody of the cast has an entry, even in a file from before they joined.
    pub(crate) fn standing(&self, username: &str) -> Standing {
        self.people.get(username).cloned().unwrap_or_default()
    }

    /// The same, to change it.
    pub(crate) fn standing_mut(&mut self, username: &str) -> &mut Standing {
        self.people.entry(username.to_owned()).or_default()
    }

    /// Finds a token by its string.
    pub(crate) fn token(&self, value: &str) -> Option<&Token> {
        self.tokens.iter().find(|token| token.value == value)
    }
}
