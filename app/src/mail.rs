//! Mails in words: what each letter says, as plain text and as HTML.

mod html;
mod words;

use backend::mail::{Draft, Written};
use words::Words;

use crate::language::{self, speaking};

/// Puts a mail into words, in its language.
pub fn write(draft: &Draft<'_>) -> Written {
    speaking(draft.language, || {
        let words = words::words(draft);
        let site = text!(mail.site, site = draft.origin);
        let html = html::document(&words, &site, language::current()).into_string();
        Written { text: plain(&words, &site), subject: words.subject, html }
    })
}

fn plain(words: &Words, site: &str) -> String {
    let action = words.action.as_ref().map(|action| format!("{}:\n{}", action.label, action.address));
    let parts = [Some(words.text.clone()), action, Some(words.aside.to_owned()), Some(format!("-- \n{site}"))];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n") + "\n"
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use domain::id::TicketId;
    use domain::language::Language;
    use domain::mail::Letter;
    use strum::VariantArray as _;

    use super::*;

    fn letters() -> [Letter; 7] {
        let ticket: TicketId = "019aaaaa-0000-7000-8000-000000000000".parse().unwrap();
        let at = "2026-12-04T00:00:00Z".parse().unwrap();
        [
            Letter::Confirm { ticket },
            Letter::HereAlready,
            Letter::Reset { ticket },
            Letter::PasswordChanged,
            Letter::AddressChanged { to: "<b>ann</b>@example.com".into() },
            Letter::Leaving { at },
            Letter::Gone,
        ]
    }

    #[test]
    fn every_letter_is_told_in_every_language_and_both_ways() {
        let mut subjects = std::collections::BTreeSet::new();
        for language in Language::VARIANTS {
            for letter in letters() {
                let link = letter.ticket().map(|_| "the-link".to_owned().into());
                let draft = Draft {
                    letter: &letter,
                    link,
                    language: *language,
                    ahead: TimeDelta::hours(9),
                    origin: "https://example.com",
                };
                let Written { subject, text, html } = write(&draft);
                assert!(html.contains(&format!(r#"<html lang="{}""#, language.tag())), "{html}");
                assert!(!subject.contains('\n') && !subject.is_empty());
                assert!(!text.contains("{{") && !html.contains("{{"));
                assert!(!html.contains("<b>ann"), "what people typed is no HTML: {html}");
                if letter.ticket().is_some() {
                    assert!(text.contains("/the-link\n") && html.contains("/the-link\""), "{text}");
                }
                subjects.insert(subject);
            }
        }
        assert_eq!(subjects.len(), letters().len() * Language::VARIANTS.len(), "each of its own");
    }
}
