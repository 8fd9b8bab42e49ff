//! What somebody typed into a form, and what is wrong with it: the same for every form.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::person::{EmailError, NameError, PasswordError};

/// Field paths and the text in each, such as `desktop.columns` → `6`. A form
/// leaves out a box that is not ticked, so a missing one means "no".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Draft(pub BTreeMap<String, String>);

/// One field and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The path, such as `desktop.columns`; empty for the form as a whole.
    pub field: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// A whole number between the two was expected.
    OutOfRange {
        /// The smallest that is allowed.
        min: u8,
        /// The largest that is allowed.
        max: u8,
    },
    /// None of the offered choices.
    UnknownChoice {
        /// Those that are offered.
        choices: Vec<String>,
    },
    /// A colour is written `#rrggbb`.
    NotAColour,
    /// More characters than there is room for.
    TooLong {
        /// The most that are allowed.
        most: u32,
    },
    /// A line that names no website.
    NotASite {
        /// That line, shortened.
        line: String,
    },
    /// More entries than are allowed.
    TooMany {
        /// The most that are allowed.
        most: u32,
    },
    /// No kind of post is ticked, so nothing would be shown.
    NothingShown,
    /// This cannot be an e-mail address.
    Email(EmailError),
    /// The password cannot be used.
    Password(PasswordError),
    /// This cannot be somebody's name.
    Name(NameError),
    /// The password is not that of whoever is signed in.
    WrongPassword,
    /// The e-mail address and the password do not belong together: nobody learns which is wrong.
    Credentials,
    /// Tried too often; wait.
    TooOften {
        /// How long, in seconds.
        seconds: u64,
    },
}

impl FieldProblem {
    /// Something is wrong with one field.
    pub fn of(field: &str, problem: Problem) -> Self {
        Self { field: field.to_owned(), problem }
    }

    /// Something is wrong with the form as a whole.
    pub const fn of_all(problem: Problem) -> Self {
        Self { field: String::new(), problem }
    }
}

impl Draft {
    /// The text of a field; empty where there is none.
    pub fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    /// Whether a box is ticked.
    pub fn is_on(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }
}
