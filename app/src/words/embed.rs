//! The own words of a widget.

use domain::Moment;
use domain::language::Language;

use crate::language::{Rules, speaking, texts};
use crate::time;

/// Below it a number is written in full.
const LARGE: u64 = 10_000;

/// What a widget says besides its posts, in one language.
#[derive(Debug, Clone, Copy)]
pub struct EmbedWords(pub Language);

macro_rules! plain_words {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        impl EmbedWords {$(
            $(#[$doc])*
            pub fn $name(self) -> &'static str {
                speaking(self.0, || text!(embed.$name))
            }
        )+}
    };
}

plain_words! {
    /// Of an empty feed: that nothing is broken.
    none,
    /// A post shown large.
    post,
    /// The link to a post.
    open,
    /// Closes what is shown large.
    close,
    /// To the post before.
    previous,
    /// To the post after.
    next,
    /// The row that slides.
    posts,
    /// Slides back.
    back,
    /// Slides on.
    more,
    /// A film.
    video,
    /// Several pictures in one post.
    album,
}

impl EmbedWords {
    /// The title of a widget that has none.
    pub fn posts_by(self, username: &str) -> String {
        speaking(self.0, || text!(embed.posts_by, username = username))
    }

    /// Below [`EmbedWords::none`]: what will be here.
    pub fn none_text(self, username: &str) -> String {
        speaking(self.0, || text!(embed.none_text, username = username))
    }

    /// What stands for a picture without a description.
    pub fn post_by(self, username: &str, at: Moment) -> String {
        speaking(self.0, || text!(embed.post_by, username = username, date = time::date(at)))
    }

    /// A day in full.
    pub fn date(self, at: Moment) -> String {
        speaking(self.0, || time::date(at))
    }

    /// "1,234 likes".
    pub fn likes(self, count: u64) -> String {
        speaking(self.0, || text!(embed.likes, count = count))
    }

    /// "1,234 comments".
    pub fn comments(self, count: u64) -> String {
        speaking(self.0, || text!(embed.comments, count = count))
    }

    /// A number that fits a corner: 9,999, then 12.3K, then 4.5M.
    pub fn short(self, number: u64) -> String {
        let Rules { point, units: [unit, larger], .. } = texts::rules(self.0);
        let shortened = |unit: u64| {
            let (whole, tenth) = (number / unit, number % unit / (unit / 10));
            if tenth == 0 || whole >= 100 { whole.to_string() } else { format!("{whole}{point}{tenth}") }
        };
        speaking(self.0, || match number {
            0..LARGE => crate::language::number(number),
            _ if number < larger => text!(embed.large, number = shortened(unit)),
            _ => text!(embed.larger, number = shortened(larger)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_fit_a_corner_in_every_language() {
        let short = |language| {
            [0, 999, 1_005, 12_345, 20_000, 345_678, 4_560_000, 123_456_789].map(|n| EmbedWords(language).short(n))
        };
        assert_eq!(short(Language::En), ["0", "999", "1,005", "12.3K", "20K", "345K", "4.5M", "123M"]);
        assert_eq!(short(Language::Ko), ["0", "999", "1,005", "1.2만", "2만", "34.5만", "456만", "1.2억"]);
        assert_eq!(short(Language::PtBr), ["0", "999", "1.005", "12,3 mil", "20 mil", "345 mil", "4,5 mi", "123 mi"]);
    }

    #[test]
    fn a_day_is_written_as_its_language_writes_it() {
        let at = "2026-11-03T10:00:00Z".parse().unwrap();
        let dates = [Language::En, Language::Ko, Language::PtBr].map(|language| EmbedWords(language).date(at));
        assert_eq!(dates, ["3 November 2026", "2026년 11월 3일", "3 de novembro de 2026"]);
    }
}
