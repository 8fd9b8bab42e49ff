//! A plain form that was refused goes back to its page, which says why, once.
//! How that travels is the server's business (`server::middleware::refusal`);
//! the browser finds in the page what the server found.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

#[cfg(feature = "ssr")]
use domain::form::Draft;
use leptos::server::codee::string::FromToStringCodec;

use crate::api::{ApiError, read};
use crate::prelude::*;

/// The path of a server function, a line break, and its error as JSON text. An
/// extension of the request for the form's page.
#[derive(Debug, Clone, Default)]
pub struct Refusal(pub String);

#[cfg(feature = "ssr")]
impl Refusal {
    /// What stood in a form of this server function when its page was left, with
    /// nothing wrong in it.
    pub fn typed(function: &str, fields: impl Iterator<Item = (String, String)>) -> Option<Self> {
        let own = |(name, text): (String, String)| {
            let name = crate::draft::field(&name).map(ToOwned::to_owned).unwrap_or(name);
            (name, text)
        };
        let error = ApiError::Form { draft: Draft(fields.map(own).collect()), problems: Vec::new() };
        let error = serde_json::to_string(&error).ok()?;
        Some(Self(format!("{function}\n{error}")))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Refusal {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

/// What the page came with, until its form has taken it.
#[derive(Clone, Copy)]
pub struct Refused(StoredValue<Refusal>);

impl Refused {
    /// Called once, by the app.
    pub fn begin() -> Self {
        Self(StoredValue::new(SharedValue::<_, FromToStringCodec>::new_str(found).into_inner()))
    }

    /// What this server function refused.
    pub fn take(self, path: &str) -> Option<ApiError> {
        let mut refusal = self.0.write_value();
        let error = refusal.0.strip_prefix(path)?.strip_prefix('\n').and_then(read)?;
        refusal.0.clear();
        Some(error)
    }
}

#[cfg(feature = "ssr")]
fn found() -> Refusal {
    let parts = use_context::<axum::http::request::Parts>();
    parts.and_then(|parts| parts.extensions.get().cloned()).unwrap_or_default()
}

/// The browser only reads what came with the page.
#[cfg(not(feature = "ssr"))]
fn found() -> Refusal {
    Refusal::default()
}
