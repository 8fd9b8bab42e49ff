//! What somebody typed into the settings form, and what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use strum::VariantArray;

use super::settings::{Colour, Colours, Kinds, Look, Screen, Settings, Title, Within};
use super::site::Site;
use crate::form::{Draft, FieldProblem, Problem};
use crate::id::MediaId;
use crate::word::Word;

const HIDDEN: &str = "hidden.";
const SITE_SHOWN: usize = 40;

impl Draft {
    /// The path of a box that hides a post.
    pub fn hidden_field(post: &MediaId) -> String {
        format!("{HIDDEN}{post}")
    }

    /// Settings, if every field is right.
    ///
    /// # Errors
    /// All fields that are wrong, in the order of the form.
    pub fn parse(&self) -> Result<Settings, Vec<FieldProblem>> {
        let mut reader = Reader { draft: self, problems: Vec::new() };
        let defaults = Settings::default();
        let settings = Settings {
            title: reader.title(defaults.title),
            layout: reader.choice("layout", defaults.layout),
            click: reader.choice("click", defaults.click),
            kinds: reader.kinds(),
            hidden: reader.hidden(),
            colours: reader.colours(defaults.colours),
            font: reader.choice("font", defaults.font),
            language: reader.choice("language", defaults.language),
            sites: reader.sites(),
            phone: reader.look(Screen::Phone, defaults.phone),
            tablet: reader.look(Screen::Tablet, defaults.tablet),
            desktop: reader.look(Screen::Desktop, defaults.desktop),
        };
        if reader.problems.is_empty() { Ok(settings) } else { Err(reader.problems) }
    }
}

/// Reads field by field and notes what is wrong; the default stands in for it.
struct Reader<'a> {
    draft: &'a Draft,
    problems: Vec<FieldProblem>,
}

impl Reader<'_> {
    fn wrong<T>(&mut self, field: &str, problem: Problem, instead: T) -> T {
        self.problems.push(FieldProblem { field: field.to_owned(), problem });
        instead
    }

    fn title(&mut self, default: Title) -> Title {
        match Title::parse(self.draft.get("title")) {
            Some(title) => title,
            None => self.wrong("title", Problem::TooLong { most: Title::MOST_CHARS as u32 }, default),
        }
    }

    fn choice<T: Copy + FromStr + VariantArray + Word>(&mut self, field: &str, default: T) -> T {
        match self.draft.get(field).parse() {
            Ok(choice) => choice,
            Err(_) => {
                let choices = T::VARIANTS.iter().map(|choice| choice.word().to_owned()).collect();
                self.wrong(field, Problem::UnknownChoice { choices }, default)
            }
        }
    }

    fn number<const MIN: u8, const MAX: u8>(&mut self, field: &str, default: Within<MIN, MAX>) -> Within<MIN, MAX> {
        let given = self.draft.get(field).trim().parse::<u8>().ok();
        match given.and_then(|number| Within::try_from(number).ok()) {
            Some(number) => number,
            None => self.wrong(field, Problem::OutOfRange { min: MIN, max: MAX }, default),
        }
    }

    fn kinds(&mut self) -> Kinds {
        let on = |field| self.draft.is_on(field);
        let kinds = Kinds { images: on("images"), videos: on("videos"), albums: on("albums") };
        if kinds.images || kinds.videos || kinds.albums {
            return kinds;
        }
        self.wrong("images", Problem::NothingShown, kinds)
    }

    fn hidden(&mut self) -> BTreeSet<MediaId> {
        let posts = self.draft.0.keys().filter_map(|field| field.strip_prefix(HIDDEN));
        let posts: BTreeSet<MediaId> =
            posts.filter(|id| !id.is_empty() && id.len() <= 64).map(|id| MediaId(id.to_owned())).collect();
        if posts.len() <= Settings::MOST_HIDDEN {
            return posts;
        }
        self.wrong("hidden", Problem::TooMany { most: Settings::MOST_HIDDEN as u32 }, BTreeSet::new())
    }

    fn colours(&mut self, default: Colours) -> Colours {
        let transparent = self.draft.is_on("transparent");
        let background = if transparent { None } else { Some(self.colour("background", default.text.clone())) };
        Colours { background, text: self.colour("text", default.text), accent: self.colour("accent", default.accent) }
    }

    fn colour(&mut self, field: &str, default: Colour) -> Colour {
        match Colour::parse(self.draft.get(field)) {
            Some(colour) => colour,
            None => self.wrong(field, Problem::NotAColour, default),
        }
    }

    fn sites(&mut self) -> Vec<Site> {
        // The commas of all scripts.
        let between = |c: char| c.is_whitespace() || ",;，、；،".contains(c);
        let lines = self.draft.get("sites").split(between).filter(|line| !line.is_empty());
        let mut sites: Vec<Site> = Vec::new();
        for line in lines {
            match Site::parse(line) {
                // `MÜLLER.de` is `müller.de`.
                Some(site) if sites.iter().all(|known| known.sources() != site.sources()) => sites.push(site),
                Some(_) => {}
                None => {
                    let line = crate::feed::shorten(line, SITE_SHOWN);
                    return self.wrong("sites", Problem::NotASite { line }, Vec::new());
                }
            }
        }
        if sites.len() > Settings::MOST_SITES {
            return self.wrong("sites", Problem::TooMany { most: Settings::MOST_SITES as u32 }, Vec::new());
        }
        sites
    }

    fn look(&mut self, screen: Screen, default: Look) -> Look {
        let path = |field: &str| format!("{}.{field}", screen.word());
        Look {
            columns: self.number(&path("columns"), default.columns),
            rows: self.number(&path("rows"), default.rows),
            gap: self.number(&path("gap"), default.gap),
            ratio: self.choice(&path("ratio"), default.ratio),
            caption_lines: self.number(&path("caption_lines"), default.caption_lines),
            caption_size: self.number(&path("caption_size"), default.caption_size),
            hover: self.choice(&path("hover"), default.hover),
            counts: self.draft.is_on(&path("counts")),
            radius: self.number(&path("radius"), default.radius),
        }
    }
}

/// The form that would give these settings again.
impl From<&Settings> for Draft {
    fn from(settings: &Settings) -> Self {
        let mut fields = BTreeMap::new();
        let mut put = |field: String, text: String| {
            fields.insert(field, text);
        };
        put("title".into(), settings.title.as_str().into());
        put("layout".into(), settings.layout.word().into());
        put("click".into(), settings.click.word().into());
        put("font".into(), settings.font.word().into());
        put("language".into(), settings.language.word().into());
        put("text".into(), settings.colours.text.as_str().into());
        put("accent".into(), settings.colours.accent.as_str().into());
        match &settings.colours.background {
            Some(colour) => put("background".into(), colour.as_str().into()),
            None => {
                put("transparent".into(), "on".into());
                put("background".into(), "#ffffff".into());
            }
        }
        let sites: Vec<&str> = settings.sites.iter().map(Site::as_str).collect();
        put("sites".into(), sites.join("\n"));
        for post in &settings.hidden {
            put(Self::hidden_field(post), "on".into());
        }
        for screen in Screen::VARIANTS {
            let look = settings.look(*screen);
            let mut put = |field: &str, text: String| put(format!("{}.{field}", screen.word()), text);
            put("columns", look.columns.get().to_string());
            put("rows", look.rows.get().to_string());
            put("gap", look.gap.get().to_string());
            put("ratio", look.ratio.word().into());
            put("caption_lines", look.caption_lines.get().to_string());
            put("caption_size", look.caption_size.get().to_string());
            put("hover", look.hover.word().into());
            put("radius", look.radius.get().to_string());
            if look.counts {
                put("counts", "on".into());
            }
        }
        let kinds = settings.kinds;
        for (field, on) in [("images", kinds.images), ("videos", kinds.videos), ("albums", kinds.albums)] {
            if on {
                put(field.into(), "on".into());
            }
        }
        Self(fields)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn changed(field: &str, text: &str) -> Result<Settings, Vec<FieldProblem>> {
        let mut draft = Draft::from(&Settings::default());
        draft.0.insert(field.to_owned(), text.to_owned());
        draft.parse()
    }

    #[test]
    fn a_form_gives_back_what_it_was_made_of() {
        let mut settings = Settings::default();
        assert_eq!(Draft::from(&settings).parse().unwrap(), settings);
        settings.title = Title::parse("Our kitchen").unwrap();
        settings.colours.background = Colour::parse("#00ff00");
        settings.kinds.videos = false;
        settings.hidden.insert(MediaId("1790".into()));
        settings.sites = vec![Site::parse("example.com").unwrap(), Site::parse("MÜLLER-Bäckerei.de").unwrap()];
        settings.tablet.counts = true;
        assert_eq!(Draft::from(&settings).parse().unwrap(), settings);
    }

    #[test]
    fn each_field_outside_its_range_is_named_with_what_is_allowed() {
        for (field, text, problem) in [
            ("desktop.columns", "9", Problem::OutOfRange { min: 1, max: 8 }),
            ("phone.rows", "0", Problem::OutOfRange { min: 1, max: 10 }),
            ("tablet.gap", "300", Problem::OutOfRange { min: 0, max: 60 }),
            ("phone.radius", "-1", Problem::OutOfRange { min: 0, max: 50 }),
            ("phone.caption_lines", "three", Problem::OutOfRange { min: 0, max: 6 }),
            ("text", "red", Problem::NotAColour),
            ("accent", "#12345g", Problem::NotAColour),
            ("sites", "example.com\n<script>", Problem::NotASite { line: "<script>".into() }),
        ] {
            assert_eq!(changed(field, text), Err(vec![FieldProblem { field: field.into(), problem }]), "{field}");
        }
        let problems = changed("layout", "circle").unwrap_err();
        assert!(matches!(&problems[0].problem, Problem::UnknownChoice { choices } if choices.len() == 4));
        let problems = changed("title", &"x".repeat(81)).unwrap_err();
        assert_eq!(problems[0].problem, Problem::TooLong { most: 80 });
    }

    #[test]
    fn websites_stand_between_any_commas_and_each_is_kept_once() {
        let sites = |text: &str| {
            let sites = changed("sites", text).unwrap().sites;
            sites.iter().map(Site::as_str).map(ToOwned::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(
            sites("müller.de\r\nMÜLLER.de\u{3000}xn--mller-kva.de、한국.kr; a.example,,"),
            ["müller.de", "한국.kr", "a.example"]
        );
        assert_eq!(sites(" \n"), Vec::<String>::new());
    }

    #[test]
    fn nothing_to_show_is_no_widget() {
        let mut draft = Draft::from(&Settings::default());
        for kind in ["images", "videos", "albums"] {
            draft.0.remove(kind);
        }
        assert_eq!(draft.parse().unwrap_err()[0].problem, Problem::NothingShown);
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_form(fields in prop::collection::btree_map("[a-z._]{0,20}", ".{0,40}", 0..40)) {
            // A form without the required fields names them; none is a crash.
            prop_assert!(Draft(fields).parse().is_err());
        }

        #[test]
        fn what_is_accepted_is_the_same_after_another_round(columns in any::<u8>(), sites in "[a-zA-ZüßÖ한.\n :/*_]{0,60}") {
            let mut draft = Draft::from(&Settings::default());
            draft.0.insert("desktop.columns".into(), columns.to_string());
            draft.0.insert("sites".into(), sites);
            if let Ok(settings) = draft.parse() {
                prop_assert_eq!(Draft::from(&settings).parse().unwrap(), settings);
            }
        }
    }
}
