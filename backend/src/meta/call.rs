//! A question to Meta, together with what must never be repeated of it.

use std::borrow::Cow;

use url::Url;

/// One request.
pub(super) struct Call<'a> {
    /// What it is called in logs.
    pub name: &'static str,
    pub method: Method,
    pub url: Url,
    /// The query of a GET, the form of a POST.
    pub params: Vec<(&'static str, Cow<'a, str>)>,
    /// What is removed from anything that Meta says in return.
    pub secrets: Vec<Cow<'a, str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Get,
    /// With a form as its body: Meta refuses JSON where codes become tokens.
    Post,
}

impl<'a> Call<'a> {
    pub fn get(name: &'static str, url: Url) -> Self {
        Self { name, method: Method::Get, url, params: Vec::new(), secrets: Vec::new() }
    }

    pub fn post(name: &'static str, url: Url) -> Self {
        Self { method: Method::Post, ..Self::get(name, url) }
    }

    /// Adds a parameter that anybody may see.
    pub fn with(mut self, key: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        self.params.push((key, value.into()));
        self
    }

    /// Adds a parameter that nobody may see.
    pub fn secret(mut self, key: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        let value = value.into();
        self.secrets.push(value.clone());
        self.params.push((key, value));
        self
    }
}

/// A code as Meta means it. It is followed by `#_` (Instagram) or `#_=_`
/// (Facebook) when somebody copied it out of an address.
pub(super) fn code(text: &str) -> &str {
    let text = text.trim();
    text.strip_suffix("#_=_").or_else(|| text.strip_suffix("#_")).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_code_loses_what_is_no_part_of_it() {
        for text in ["AQBx-_", "AQBx-_#_", " AQBx-_#_=_\n"] {
            assert_eq!(code(text), "AQBx-_");
        }
    }

    #[test]
    fn every_secret_parameter_is_remembered_for_scrubbing() {
        let call = Call::get("x", "https://a.example".parse().unwrap()).with("a", "1").secret("b", "2");
        assert_eq!(call.params.len(), 2);
        assert_eq!(call.secrets, ["2"]);
    }
}
