//! How a widget looks. A value of these types is valid: each field has a
//! constructor that refuses what is outside its range.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::site::Site;
use crate::Refused;
use crate::feed::{MediaKind, PostFacts};
use crate::id::MediaId;
use crate::language::Language;

/// How the posts are arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Layout {
    /// Equal boxes in rows.
    Grid,
    /// Columns of pictures with their own heights (masonry).
    Columns,
    /// One row that slides sideways.
    Slider,
    /// One post below the other, with its caption beside it.
    List,
}

/// What a click on a post does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Click {
    /// Opens the post on Instagram.
    Instagram,
    /// Shows it large, inside the widget.
    Lightbox,
    /// Nothing.
    Nothing,
}

/// The letters. A website's own fonts cannot reach into a frame, but its
/// font family's name can.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Font {
    /// The family of the website, where it uses our loader.
    Inherit,
    /// The visitor's system.
    System,
    /// With serifs.
    Serif,
    /// All letters of one width.
    Mono,
}

/// In which language a widget's own words are.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Voice {
    /// In the one that the visitor's browser asks for.
    #[default]
    Visitor,
    /// English, for everybody.
    En,
    /// Korean, for everybody.
    Ko,
    /// Brazilian Portuguese, for everybody.
    PtBr,
}

impl Voice {
    /// The language for a visitor whose browser asks for this one.
    pub const fn language(self, asked: Language) -> Language {
        match self {
            Self::Visitor => asked,
            Self::En => Language::En,
            Self::Ko => Language::Ko,
            Self::PtBr => Language::PtBr,
        }
    }
}

/// The shape of a picture's box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Ratio {
    /// 1:1.
    Square,
    /// 4:5, Instagram's portrait.
    Portrait,
    /// 16:9.
    Landscape,
}

/// What happens under the pointer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Hover {
    /// Nothing.
    None,
    /// The picture grows a little.
    Zoom,
    /// The picture fades a little.
    Fade,
}

/// The three widths a widget is set up for. It is the width of the widget
/// that counts, not of the visitor's screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Screen {
    /// Below 600 pixels.
    Phone,
    /// From 600 pixels on.
    Tablet,
    /// From 960 pixels on.
    Desktop,
}

impl Screen {
    /// The smallest width of the widget, in CSS pixels.
    pub const fn from_width(self) -> u32 {
        match self {
            Self::Phone => 0,
            Self::Tablet => 600,
            Self::Desktop => 960,
        }
    }
}

impl Ratio {
    /// Height per width, as a fraction.
    pub const fn fraction(self) -> (u32, u32) {
        match self {
            Self::Square => (1, 1),
            Self::Portrait => (5, 4),
            Self::Landscape => (9, 16),
        }
    }
}

/// A number between `MIN` and `MAX`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Within<const MIN: u8, const MAX: u8>(u8);

/// A number outside its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must lie between {min} and {max}")]
pub struct OutOfRange {
    /// The smallest that is allowed.
    pub min: u8,
    /// The largest that is allowed.
    pub max: u8,
}

impl<const MIN: u8, const MAX: u8> Within<MIN, MAX> {
    /// The smallest.
    pub const MIN: u8 = MIN;
    /// The largest.
    pub const MAX: u8 = MAX;

    /// The number.
    pub const fn get(self) -> u8 {
        self.0
    }

    /// The nearest number inside the range.
    pub const fn clamped(value: u8) -> Self {
        Self(if value < MIN {
            MIN
        } else if value > MAX {
            MAX
        } else {
            value
        })
    }
}

impl<const MIN: u8, const MAX: u8> TryFrom<u8> for Within<MIN, MAX> {
    type Error = OutOfRange;
    fn try_from(value: u8) -> Result<Self, OutOfRange> {
        if (MIN..=MAX).contains(&value) { Ok(Self(value)) } else { Err(OutOfRange { min: MIN, max: MAX }) }
    }
}

impl<const MIN: u8, const MAX: u8> From<Within<MIN, MAX>> for u8 {
    fn from(value: Within<MIN, MAX>) -> Self {
        value.0
    }
}

/// The heading above the posts; may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Title(String);

impl Title {
    /// As many characters as fit one line on a phone, twice.
    pub const MOST_CHARS: usize = 80;

    /// Trims, and drops control characters, which nobody sees and PostgreSQL does
    /// not keep; `None` when it is too long.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        (text.chars().count() <= Self::MOST_CHARS).then_some(Self(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Title {
    type Error = Refused;
    fn try_from(text: String) -> Result<Self, Refused> {
        Self::parse(&text).ok_or(Refused("title"))
    }
}

/// A colour as browsers' colour fields write it: `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Colour(String);

impl Colour {
    /// `None` for everything but `#` and six hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        let ok = digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit());
        ok.then(|| Self(format!("#{}", digits.to_ascii_lowercase())))
    }

    /// `#rrggbb`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Colour {
    type Error = Refused;
    fn try_from(text: String) -> Result<Self, Refused> {
        Self::parse(&text).ok_or(Refused("colour"))
    }
}

/// The widget's colours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colours {
    /// Behind everything; `None` lets the website shine through.
    pub background: Option<Colour>,
    /// Of title and captions.
    pub text: Colour,
    /// Of links and buttons.
    pub accent: Colour,
}

/// Which kinds of post are shown; at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kinds {
    /// Single pictures.
    pub images: bool,
    /// Films.
    pub videos: bool,
    /// Albums.
    pub albums: bool,
}

impl Kinds {
    /// Whether posts of this kind are shown.
    pub const fn show(self, kind: MediaKind) -> bool {
        match kind {
            MediaKind::Image => self.images,
            MediaKind::Video => self.videos,
            MediaKind::Album => self.albums,
        }
    }
}

/// How the widget looks at one width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Side by side. A list has one column whatever this says.
    pub columns: Within<1, 8>,
    /// Below each other. A slider has one row whatever this says.
    pub rows: Within<1, 10>,
    /// Between the posts, in CSS pixels.
    pub gap: Within<0, 60>,
    /// The shape of each picture's box.
    pub ratio: Ratio,
    /// Lines of the caption below each picture; 0 shows none.
    pub caption_lines: Within<0, 6>,
    /// Of the caption, in CSS pixels.
    pub caption_size: Within<10, 24>,
    /// Under the pointer.
    pub hover: Hover,
    /// Whether likes and comments are shown, where Meta tells them.
    pub counts: bool,
    /// Of the corners, in CSS pixels.
    pub radius: Within<0, 50>,
}

/// How a widget looks, and where it may stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Above the posts.
    pub title: Title,
    /// The arrangement.
    pub layout: Layout,
    /// What a click does.
    pub click: Click,
    /// Which kinds of post are shown.
    pub kinds: Kinds,
    /// Posts that are not shown.
    pub hidden: BTreeSet<MediaId>,
    /// The colours.
    pub colours: Colours,
    /// The letters.
    pub font: Font,
    /// The language of its own words. Widgets that are older than the choice speak as visitors ask.
    #[serde(default)]
    pub language: Voice,
    /// The websites that may embed it; none named means every one.
    pub sites: Vec<Site>,
    /// Below 600 pixels.
    pub phone: Look,
    /// From 600 pixels on.
    pub tablet: Look,
    /// From 960 pixels on.
    pub desktop: Look,
}

impl Settings {
    /// More hidden posts than a feed keeps make no sense.
    pub const MOST_HIDDEN: usize = 500;
    /// A content security policy has to name them all.
    pub const MOST_SITES: usize = 20;

    /// The look at one width.
    pub const fn look(&self, screen: Screen) -> &Look {
        match screen {
            Screen::Phone => &self.phone,
            Screen::Tablet => &self.tablet,
            Screen::Desktop => &self.desktop,
        }
    }

    /// How many posts fit at one width.
    pub fn capacity(&self, screen: Screen) -> usize {
        let look = self.look(screen);
        let (columns, rows) = (usize::from(look.columns.get()), usize::from(look.rows.get()));
        match self.layout {
            Layout::Grid | Layout::Columns => columns * rows,
            // Three screens to slide through.
            Layout::Slider => columns * 3,
            Layout::List => rows,
        }
    }

    /// The most posts any width shows: as many as the renderer needs.
    pub fn most(&self) -> usize {
        Screen::VARIANTS.iter().map(|screen| self.capacity(*screen)).max().unwrap_or(0)
    }

    /// Whether a post is shown at all.
    pub fn shows(&self, post: &PostFacts) -> bool {
        self.kinds.show(post.kind) && !self.hidden.contains(&post.id)
    }
}

impl Default for Settings {
    fn default() -> Self {
        let look = |columns, rows| Look {
            columns: Within::clamped(columns),
            rows: Within::clamped(rows),
            gap: Within::clamped(8),
            ratio: Ratio::Square,
            caption_lines: Within::clamped(0),
            caption_size: Within::clamped(14),
            hover: Hover::Zoom,
            counts: false,
            radius: Within::clamped(4),
        };
        Self {
            title: Title::default(),
            layout: Layout::Grid,
            click: Click::Instagram,
            kinds: Kinds { images: true, videos: true, albums: true },
            hidden: BTreeSet::new(),
            colours: Colours {
                background: None,
                text: Colour("#1a1f2b".to_owned()),
                accent: Colour("#1d5fd0".to_owned()),
            },
            font: Font::Inherit,
            language: Voice::Visitor,
            sites: Vec::new(),
            phone: look(3, 3),
            tablet: look(4, 2),
            desktop: look(6, 2),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn stored_settings_are_read_through_the_same_doors_as_typed_ones() {
        let stored = serde_json::to_value(Settings::default()).unwrap();
        assert_eq!(serde_json::from_value::<Settings>(stored.clone()).unwrap(), Settings::default());
        let forged = |place: &str, value: Value| {
            let mut settings = stored.clone();
            *settings.pointer_mut(place).unwrap() = value;
            serde_json::from_value::<Settings>(settings)
        };
        assert!(forged("/title", json!("x".repeat(81))).is_err());
        for colour in ["red", "#fff", "#1a1f2b;}</style><script>", ""] {
            assert!(forged("/colours/accent", json!(colour)).is_err(), "{colour}");
            assert!(forged("/colours/background", json!(colour)).is_err(), "{colour}");
        }
        assert!(forged("/sites", json!(["example.com; script-src *"])).is_err());
        assert!(forged("/phone/columns", json!(9)).is_err());
        assert_eq!(forged("/colours/text", json!("#ABCDEF")).unwrap().colours.text.as_str(), "#abcdef");
    }
}
