//! What people type about themselves. Keyboards write the same character in
//! several ways (`é` as one code point or as two), so texts are normalised
//! before they are counted, compared or hashed.
//!
//! Source: RFC 8265 (PRECIS); NFC throughout, and NFKC for passwords.

use std::fmt;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use unicode_normalization::UnicodeNormalization;

use crate::language::Language;

/// An e-mail address, trimmed, normalised and lower-cased: the name people log
/// in with.
#[derive(Debug, Clone)]
pub struct Email {
    address: String,
    /// As it was typed, in lower case.
    typed: String,
}

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
        let typed = text.to_lowercase();
        let address: String = nfc(&nfc(text).to_lowercase());
        if address.len() > Self::MAX_BYTES {
            return Err(EmailError::TooLong);
        }
        let text = address.as_str();
        let (name, host) = text.rsplit_once('@').ok_or(EmailError::Malformed)?;
        let odd = |c: char| c.is_whitespace() || c.is_control() || "<>()[]\\,;:\"".contains(c);
        let host_ok = host.contains('.')
            && host.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
        if name.is_empty() || name.contains('@') || text.contains(odd) || !host_ok {
            return Err(EmailError::Malformed);
        }
        Ok(Self { address, typed })
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// How the address may have been kept before addresses were normalised,
    /// the likeliest first: as it is typed now, as it is kept today, decomposed.
    pub fn spellings(&self) -> [String; 3] {
        [self.typed.clone(), self.address.clone(), self.address.nfd().collect()]
    }
}

/// However it was typed.
impl PartialEq for Email {
    fn eq(&self, other: &Self) -> bool {
        self.address == other.address
    }
}

impl Eq for Email {}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.address)
    }
}

fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// A password somebody chose. It has no `Debug` text and cannot be serialised.
#[derive(Clone)]
pub struct Password(String);

/// What somebody wants to be called here, by themselves and by those who look
/// after the same accounts. It is parsed where it is typed and where it is kept,
/// but not where a page reads it: the tables of Unicode would reach the browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Name(String);

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NameError {
    /// Nothing that could be read.
    #[error("the name is empty")]
    Empty,
    /// More than [`Name::MAX_CHARS`] characters.
    #[error("the name is longer than 60 characters")]
    TooLong,
}

impl Name {
    /// The longest name.
    pub const MAX_CHARS: usize = 60;

    /// Any words in any writing, in one line. What turns or hides other text is
    /// left out, so that nobody can pass for somebody else with it.
    ///
    /// # Errors
    /// Empty or too long.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let plain: String =
            text.nfc().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !is_hidden(*c)).collect();
        let name = plain.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        if name.chars().count() > Self::MAX_CHARS {
            return Err(NameError::TooLong);
        }
        // Marks alone, which pile up on what stands before them, are no name.
        if !name.chars().any(char::is_alphanumeric) {
            return Err(NameError::Empty);
        }
        Ok(Self(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Controls, and what changes the direction of text or has no width. The joiners
/// that several writings need stay.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{fffd}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{e0000}'..='\u{e0fff}')
}

/// What somebody has chosen for themselves; what is left open is as usual.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// What they want to be called.
    pub name: Option<Name>,
    /// The language of pages and mails.
    pub language: Option<Language>,
    /// Where they live, as the time zone database names it: `Asia/Seoul`.
    pub time_zone: Option<String>,
    /// How pages look.
    pub theme: Option<Theme>,
}

/// Light, dark, or as the system says.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Theme {
    /// As `prefers-color-scheme` says.
    #[default]
    System,
    /// Ink on paper.
    Light,
    /// Paper on ink.
    Dark,
}

/// The spaces that are not the plain one: Unicode's category Zs.
const SPACES: [char; 16] = [
    '\u{a0}', '\u{1680}', '\u{2000}', '\u{2001}', '\u{2002}', '\u{2003}', '\u{2004}', '\u{2005}', '\u{2006}',
    '\u{2007}', '\u{2008}', '\u{2009}', '\u{200a}', '\u{202f}', '\u{205f}', '\u{3000}',
];

fn spaced(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(|c| if SPACES.contains(&c) { ' ' } else { c })
}

/// Why a password cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PasswordError {
    /// Fewer than [`Password::MIN_CHARS`] characters, normalised.
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
        let text = Self::normal(text);
        if text.len() > Self::MAX_BYTES {
            return Err(PasswordError::TooLong);
        }
        if text.chars().count() < Self::MIN_CHARS {
            return Err(PasswordError::TooShort);
        }
        Ok(Self(text))
    }

    /// The one text for all ways to type it: every space is the plain one,
    /// characters are composed, and those that only look otherwise (full and half
    /// width, letters of a Korean keyboard that are left alone) are the plain
    /// ones. Case stays. Source: NIST SP 800-63B, section 3.1.1.2 (NFKC).
    pub fn normal(text: &str) -> String {
        spaced(text).nfkc().collect()
    }

    /// How a text may have been hashed, the likeliest first: as passwords are
    /// today, as they were when width counted (RFC 8265), and as it was typed.
    pub fn spellings(text: &str) -> Vec<String> {
        let mut all = vec![Self::normal(text), spaced(text).nfc().collect(), text.to_owned()];
        all.dedup();
        all
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

    /// `é`, `ü`, Hangul and Vietnamese in several ways: composed, decomposed, and
    /// half of each, as Vietnamese keyboards write.
    const SAME: [[&str; 3]; 4] = [
        ["jos\u{e9}@example.org", "jose\u{301}@example.org", "JOSE\u{301}@Example.org"],
        ["\u{fc}nal@example.org", "u\u{308}nal@example.org", "U\u{308}nal@example.org"],
        ["\u{ae40}@example.org", "\u{1100}\u{1175}\u{11b7}@example.org", "\u{ae30}\u{11b7}@example.org"],
        ["\u{1ebf}@example.org", "e\u{302}\u{301}@example.org", "\u{ea}\u{301}@example.org"],
    ];

    #[test]
    fn one_address_however_it_is_typed() {
        for [composed, other, third] in SAME {
            let [composed, other, third] = [composed, other, third].map(|text| Email::parse(text).unwrap());
            assert_eq!(composed.as_str(), other.as_str());
            assert_eq!(composed.as_str(), third.as_str());
            assert_eq!(third.as_str(), third.spellings()[1]);
        }
        // What was kept before is among the spellings, typed the old way or the new.
        for [composed, decomposed, half] in SAME {
            for (kept, typed) in [(decomposed, composed), (composed, decomposed), (half, half)] {
                let kept = kept.to_lowercase();
                assert!(Email::parse(typed).unwrap().spellings().contains(&kept), "{kept} {typed}");
            }
        }
        let long = format!("{}@example.org", "\u{1100}\u{1175}".repeat(60));
        assert!(long.len() > Email::MAX_BYTES && Email::parse(&long).is_ok(), "counted after normalising");
    }

    #[test]
    fn one_password_however_it_is_typed() {
        let parse = |text: &str| Password::parse(text).map(|password| password.expose().to_owned());
        for text in ["비밀번호를지켜라2026", "Schlüsselblüte", "mật khẩu của tôi", "correct horse"] {
            let (composed, decomposed): (String, String) = (text.nfc().collect(), text.nfd().collect());
            assert_eq!(parse(&composed), parse(&decomposed));
            assert_eq!(parse(&composed).unwrap(), composed);
        }
        for spelling in ["가나다라마".to_owned(), "가나다라마".nfd().collect()] {
            assert_eq!(parse(&spelling), Err(PasswordError::TooShort));
        }
        let long = "가".repeat(80);
        assert!(parse(&long.nfd().collect::<String>()).is_ok(), "counted after normalising");
        let plain = parse("correct horse").unwrap();
        for space in SPACES {
            assert_eq!(parse(&format!("correct{space}horse")).unwrap(), plain);
        }
        // Width is the keyboard's, case is the password's.
        assert_eq!(parse("ｃｏｒｒｅｃｔ　ｈｏｒｓｅ").unwrap(), plain);
        assert_ne!(parse("Correct horse").unwrap(), plain);
        assert_eq!(Password::spellings("correct horse"), ["correct horse"]);
        assert_eq!(Password::spellings("ｃorrect\u{a0}horse").len(), 3);
    }

    #[test]
    fn a_name_is_one_line_that_hides_nothing() {
        let parse = |text: &str| Name::parse(text).map(|name| name.as_str().to_owned());
        assert_eq!(parse("  Ann\tof\r\nBcc: Seoul "), Ok("Ann of Bcc: Seoul".to_owned()));
        assert_eq!(parse("\u{202e}nnA\u{200b}\u{feff}"), Ok("nnA".to_owned()));
        assert_eq!(parse("김지우"), Ok("김지우".to_owned()));
        assert_eq!(parse("می‌خواهم"), Ok("می‌خواهم".to_owned()), "joiners are letters' own");
        for empty in ["", "  ", "\u{200b}", "\u{301}\u{301}", "🔥", "—"] {
            assert_eq!(parse(empty), Err(NameError::Empty), "{empty:?}");
        }
        assert_eq!(parse(&"가".repeat(60)).map(|name| name.chars().count()), Ok(60));
        assert_eq!(parse(&"a".repeat(61)), Err(NameError::TooLong));
    }

    #[test]
    fn a_password_is_long_enough_and_never_printed() {
        assert_eq!(Password::parse("short").unwrap_err(), PasswordError::TooShort);
        assert_eq!(Password::parse(&"x".repeat(257)).unwrap_err(), PasswordError::TooLong);
        let password = Password::parse("correct horse").unwrap();
        assert_eq!(format!("{password:?}"), "Password(…)");
    }
}

#[cfg(test)]
mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_spelling_makes_no_difference(name in "\\PC{1,20}", password in "\\PC{0,40}") {
            let composed: String = password.nfc().collect();
            let decomposed: String = password.nfd().collect();
            prop_assert_eq!(Password::normal(&composed), Password::normal(&decomposed));
            prop_assert_eq!(Password::normal(&Password::normal(&password)), Password::normal(&password));
            let [plain, composed, decomposed] = [name.clone(), name.nfc().collect(), name.nfd().collect()]
                .map(|name: String| Email::parse(&format!("{name}@example.org")));
            prop_assert_eq!(&plain, &composed);
            prop_assert_eq!(&plain, &decomposed);
            if let Ok(email) = plain {
                let again = Email::parse(email.as_str()).unwrap();
                prop_assert_eq!(again.as_str(), email.as_str());
            }
        }
    }
}
