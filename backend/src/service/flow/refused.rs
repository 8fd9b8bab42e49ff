//! What Meta says when it sends somebody back without a code.
//!
//! Instagram and Facebook write `error`, `error_reason` and `error_description`;
//! Facebook besides, or instead, `error_code` and `error_message`.
//! Sources: Meta, "Business Login for Instagram", "Manually build a login flow",
//! "Handling errors"; the words of RFC 6749, section 4.1.2.1.

use super::Trouble;
use crate::meta::scrub;

/// Meta's own trouble, or a limit: it passes.
const PASSING_CODES: [i64; 8] = [1, 2, 4, 17, 32, 341, 368, 613];
const PASSING_WORDS: [&str; 3] = ["temporarily_unavailable", "server_error", "slow_down"];
/// `Permissions error`: Facebook's number for "Cancel", and for a blocked app.
const DENIED_CODE: i64 = 200;
const BLOCKED_APP: &str = "api access";
/// Neither word nor number of Meta's is longer.
const LONGEST_WORD: usize = 60;

/// A refusal in Meta's redirect. Holds no secret: everything was scrubbed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    error: String,
    code: String,
    reason: String,
    words: String,
}

impl Refused {
    /// Reads the fields of the redirect; `None` if none of them says anything.
    /// `words` are those of `error_description` and `error_message`.
    pub fn read(error: Option<String>, code: Option<String>, reason: Option<String>, words: String) -> Option<Self> {
        let word = |text: Option<String>| {
            let text: String = text.unwrap_or_default().trim().chars().take(LONGEST_WORD).collect();
            scrub(&text, &[])
        };
        let code = word(code);
        let code = if code == "0" { String::new() } else { code };
        let refused = Self { error: word(error), code, reason: word(reason), words: scrub(words.trim(), &[]) };
        let says_nothing =
            [&refused.error, &refused.code, &refused.reason, &refused.words].iter().all(|text| text.is_empty());
        (!says_nothing).then_some(refused)
    }

    /// What that is for the person.
    pub fn trouble(&self) -> Trouble {
        let code: Option<i64> = self.code.parse().ok();
        let says = |word: &str| self.error.eq_ignore_ascii_case(word) || self.reason.eq_ignore_ascii_case(word);
        let is_limit = |code: i64| PASSING_CODES.contains(&code) || (80_000..=80_014).contains(&code);
        if says("user_denied") {
            Trouble::Denied
        } else if PASSING_WORDS.into_iter().any(says) || code.is_some_and(is_limit) {
            Trouble::MetaDown
        } else if self.words.to_lowercase().contains(BLOCKED_APP) {
            Trouble::AppFault
        } else if says("access_denied") || code == Some(DENIED_CODE) {
            Trouble::Denied
        } else {
            Trouble::AppFault
        }
    }

    /// For the operator. That somebody said no is nothing to look into.
    pub(super) fn log(&self) {
        let Self { error, code, reason, words } = self;
        match self.trouble() {
            Trouble::Denied => tracing::info!(error, code, reason, "somebody said no on Meta's consent page: {words}"),
            Trouble::MetaDown => {
                tracing::warn!(
                    error,
                    code,
                    reason,
                    "Meta could not finish a sign-in and asks to try again later: {words}"
                );
            }
            _ => tracing::error!(
                error,
                code,
                reason,
                "Meta sent somebody back with an error; compare the app's settings at Meta (redirect address, permissions, \
                 mode): {words}"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read([error, code, reason, words]: [&str; 4]) -> Option<Refused> {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Refused::read(text(error), text(code), text(reason), words.to_owned())
    }

    #[test]
    fn every_way_to_refuse_is_told_apart() {
        let down = [
            ["temporarily_unavailable", "", "", ""],
            ["server_error", "2", "", "An unexpected error has occurred."],
            ["Server_Error", "", "", ""],
            ["", "1", "", "An unknown error has occurred."],
            ["", "2", "", ""],
            ["", "4", "", "Application request limit reached"],
            ["", "17", "", ""],
            ["", "341", "", ""],
            ["access_denied", "2", "", "Service temporarily unavailable"],
        ];
        let denied = [
            ["access_denied", "200", "user_denied", "Permissions error"],
            ["access_denied", "", "user_denied", "The user denied your request"],
            ["access_denied", "", "", ""],
            ["", "200", "", "Permissions error"],
            ["", "200", "user_denied", ""],
            ["", "", "user_denied", ""],
        ];
        let app = [
            ["", "1349187", "", "Invalid redirect"],
            ["invalid_scope", "", "", ""],
            ["unauthorized_client", "", "", ""],
            ["", "", "", "Something we have never read"],
            ["", "200", "", "API access blocked."],
            ["", "many", "", ""],
        ];
        for (table, trouble) in
            [(&down[..], Trouble::MetaDown), (&denied[..], Trouble::Denied), (&app[..], Trouble::AppFault)]
        {
            for fields in table {
                assert_eq!(read(*fields).unwrap().trouble(), trouble, "{fields:?}");
            }
        }
        for nothing in [["", "", "", ""], ["", "0", "", ""], [" ", "", "\n", "  "]] {
            assert_eq!(read(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn what_is_logged_is_short_and_holds_no_secret() {
        let token = format!("token EAA{} line\nbreak", "x".repeat(100));
        let refused =
            read([&"e".repeat(5000), &token, "a\u{1b}[31m", &format!("{token}{}", " words".repeat(500))]).unwrap();
        let said = format!("{refused:?}");
        assert!(!said.contains("EAA") && !said.contains("\\n") && !said.contains("\\u{1b}"), "{said}");
        assert!(said.len() < 1000, "{}", said.len());
    }
}
