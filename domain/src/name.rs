//! What an account is called. Names change hands at Instagram: an account is
//! known by Meta's id of it, and never by its name.

/// Instagram's longest username.
const LONGEST_USERNAME: usize = 30;
/// Twice what Instagram takes.
const LONGEST_NAME: usize = 128;

/// The two names of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// Without the `@`.
    pub username: String,
    /// The display name, which may be empty.
    pub display: String,
}

impl Names {
    /// The names after Meta has told them; `None` when they stay. A name that is
    /// not told, empty or absurd says nothing.
    pub fn after(&self, username: Option<&str>, display: Option<&str>) -> Option<Self> {
        let new = Self {
            username: username.filter(|text| is_username(text)).unwrap_or(&self.username).to_owned(),
            display: display.filter(|text| is_display_name(text)).unwrap_or(&self.display).to_owned(),
        };
        (new != *self).then_some(new)
    }
}

/// Letters, digits, periods and underscores, as Instagram has it.
fn is_username(text: &str) -> bool {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'_';
    (1..=LONGEST_USERNAME).contains(&text.len()) && text.bytes().all(part)
}

/// Anything readable; a damaged one is told better the next day.
fn is_display_name(text: &str) -> bool {
    let damaged = |c: char| c.is_control() || c == char::REPLACEMENT_CHARACTER;
    !text.trim().is_empty() && text.chars().count() <= LONGEST_NAME && !text.chars().any(damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paul() -> Names {
        Names { username: "paul".into(), display: "Paul's Coffee".into() }
    }

    #[test]
    fn what_is_told_counts_and_the_rest_stays() {
        let new = |username: &str, display: &str| Some(Names { username: username.into(), display: display.into() });
        assert_eq!(paul().after(Some("paul.and_sons2"), None), new("paul.and_sons2", "Paul's Coffee"));
        assert_eq!(paul().after(None, Some("서울 베이커리 🥐")), new("paul", "서울 베이커리 🥐"));
        assert_eq!(paul().after(Some("PAUL"), Some("")), new("PAUL", "Paul's Coffee"));
        assert_eq!(paul().after(Some("paul"), Some("Paul's Coffee")), None);
    }

    #[test]
    fn no_empty_or_absurd_name_changes_anything() {
        let long = "a".repeat(31);
        for username in ["", " ", "paul ", "@paul", "pa ul", "pa/ul", "paul\n", "pául", "<b>", &long] {
            assert_eq!(paul().after(Some(username), None), None, "{username:?}");
        }
        let long = "a".repeat(129);
        for display in ["", "  ", "Paul\u{FFFD}", "Paul\u{0}", "Paul\n", &long] {
            assert_eq!(paul().after(None, Some(display)), None, "{display:?}");
        }
    }
}
