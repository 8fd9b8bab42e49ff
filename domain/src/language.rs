//! The languages that pages, mails and widgets are told in.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// A language.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Korean.
    Ko,
    /// Portuguese as Brazilians write it.
    PtBr,
}

impl Language {
    /// As `lang` attributes and `Content-Language` name it (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ko => "ko",
            Self::PtBr => "pt-BR",
        }
    }

    /// What its speakers call it: the same on every page.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ko => "한국어",
            Self::PtBr => "Português",
        }
    }

    /// What the addresses of pages for everybody begin with in this language.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::En => "",
            Self::Ko => "/ko",
            Self::PtBr => "/pt-br",
        }
    }

    /// The language that a path names, and the path without it. English has no prefix.
    pub fn of_path(path: &str) -> Option<(Self, &str)> {
        let named = |language: &Self| {
            let rest = path.strip_prefix(language.prefix()).filter(|_| *language != Self::En)?;
            (rest.is_empty() || rest.starts_with('/')).then_some((*language, if rest.is_empty() { "/" } else { rest }))
        };
        Self::VARIANTS.iter().find_map(named)
    }

    /// The language that a tag such as `pt-PT` or `ko_KR` asks for: of a language
    /// that we have in one country's way, that is what its other speakers get.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let of =
            |language: &&Self| language.tag().split('-').next().is_some_and(|own| own.eq_ignore_ascii_case(primary));
        Self::VARIANTS.iter().find(of).copied()
    }

    /// The first of these tags that we have.
    pub fn of_tags<'a>(tags: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        tags.into_iter().find_map(Self::of_tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::Word as _;

    #[test]
    fn speakers_of_a_language_get_it_from_wherever_they_are() {
        for (tag, language) in [
            ("en", Some(Language::En)),
            ("en-AU", Some(Language::En)),
            ("KO-kr", Some(Language::Ko)),
            ("pt", Some(Language::PtBr)),
            ("pt-PT", Some(Language::PtBr)),
            ("pt_BR", Some(Language::PtBr)),
            ("de-CH", None),
            ("kok", None),
            ("*", None),
            ("", None),
        ] {
            assert_eq!(Language::of_tag(tag), language, "{tag}");
        }
        assert_eq!(Language::of_tags(["de", "ko", "en"]), Some(Language::Ko));
    }

    #[test]
    fn a_path_names_its_language_or_none() {
        for (path, found) in [
            ("/ko", Some((Language::Ko, "/"))),
            ("/ko/", Some((Language::Ko, "/"))),
            ("/ko/access-token", Some((Language::Ko, "/access-token"))),
            ("/pt-br/help/why-tokens-die", Some((Language::PtBr, "/help/why-tokens-die"))),
            ("/", None),
            ("/korea", None),
            ("/en", None),
            ("/access-token", None),
        ] {
            assert_eq!(Language::of_path(path), found, "{path}");
        }
    }

    #[test]
    fn a_language_is_read_as_it_is_written() {
        for language in Language::VARIANTS {
            assert_eq!(language.word().parse(), Ok(*language));
            assert_eq!(language.word(), language.tag().to_lowercase());
        }
    }
}
