//! What people type about themselves, validated once for browser and server.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An e-mail address, trimmed and lower-cased: the name people log in with.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Email(String);

/// Why a text is no e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum EmailError {
    /// Nothing was typed.
    #[error("the e-mail address is missing")]
    Empty,
    /// Longer than 254 bytes (RFC 5321).
    #[error("the e-mail address is longer than 254 characters")]
    TooLong,
    /// No `name@host.tld`.
    #[error("this does not look like an e-mail address")]
    Malformed,
}

impl Email {
    /// The longest address that mail servers must accept (RFC 5321), in bytes.
    pub const MAX_BYTES: usize = 254;

    /// Accepts what looks like `name@host.tld`; whether it exists only a mail can tell.
    ///
    /// # Errors
    /// Says which of the three things is wrong.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        if text.len() > Self::MAX_BYTES {
            return Err(EmailError::TooLong);
        }
        let (name, host) = text.rsplit_once('@').ok_or(EmailError::Malformed)?;
        let odd = |c: char| c.is_whitespace() || c.is_control() || "<>()[]\\,;:\"".contains(c);
        let host_ok = host.contains('.')
            && host.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
        if name.is_empty() || name.contains('@') || text.contains(odd) || !host_ok {
            return Err(EmailError::Malformed);
        }
        Ok(Self(text.to_lowercase()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A password somebody chose. It has no `Debug` text and cannot be serialised.
#[derive(Clone)]
pub struct Password(String);

/// Why a password cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PasswordError {
    /// Fewer than [`Password::MIN_CHARS`] characters.
    #[error("the password needs at least 10 characters")]
    TooShort,
    /// More than [`Password::MAX_BYTES`] bytes.
    #[error("the password is longer than 256 bytes")]
    TooLong,
}

impl Password {
    /// Length beats complexity rules (NIST SP 800-63B).
    pub const MIN_CHARS: usize = 10;
    /// Bounds the work of hashing.
    pub const MAX_BYTES: usize = 256;

    /// Any characters are welcome, as long as there are enough of them.
    ///
    /// # Errors
    /// Too short or too long.
    pub fn parse(text: &str) -> Result<Self, PasswordError> {
        if text.len() > Self::MAX_BYTES {
            return Err(PasswordError::TooLong);
        }
        if text.chars().count() < Self::MIN_CHARS {
            return Err(PasswordError::TooShort);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text, for hashing only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_trimmed_and_lower_cased() {
        assert_eq!(Email::parse("  Ann@Example.COM ").unwrap().as_str(), "ann@example.com");
    }

    #[test]
    fn what_is_no_address_says_why() {
        assert_eq!(Email::parse(" "), Err(EmailError::Empty));
        assert_eq!(Email::parse(&format!("{}@example.com", "a".repeat(1_000_000))), Err(EmailError::TooLong));
        for text in
            ["ann", "ann@", "@example.com", "ann@example", "a b@example.com", "ann@-x.com", "a@b@c.com", "a@b..c"]
        {
            assert_eq!(Email::parse(text), Err(EmailError::Malformed), "{text}");
        }
    }

    #[test]
    fn a_password_is_long_enough_and_never_printed() {
        assert_eq!(Password::parse("short").unwrap_err(), PasswordError::TooShort);
        assert_eq!(Password::parse(&"x".repeat(257)).unwrap_err(), PasswordError::TooLong);
        let password = Password::parse("correct horse").unwrap();
        assert_eq!(format!("{password:?}"), "Password(…)");
    }
}
