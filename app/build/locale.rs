//! The texts of one language.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::Result;

/// A text.
pub enum Text {
    /// The same for every number.
    Plain(String),
    /// By the number at the place `count`: `{"one": …, "other": …}`.
    Counted { one: String, other: String },
}

impl Text {
    fn read(value: &Value) -> Result<Self> {
        let form =
            |forms: &serde_json::Map<String, Value>, name| forms.get(name).and_then(Value::as_str).map(str::to_owned);
        match value {
            Value::String(text) => Ok(Self::Plain(text.clone())),
            Value::Object(forms) => {
                let other = form(forms, "other").ok_or("the form “other” is missing")?;
                // Languages that tell no singular from a plural have one form.
                let one = form(forms, "one").unwrap_or_else(|| other.clone());
                let known = forms.keys().all(|form| form == "one" || form == "other");
                if known {
                    Ok(Self::Counted { one, other })
                } else {
                    Err("only the forms “one” and “other” are read".into())
                }
            }
            _ => Err("neither a text nor the forms of one".into()),
        }
    }

    /// Its forms, as they stand in the list.
    pub fn forms(&self) -> Vec<&str> {
        match self {
            Self::Plain(text) => vec![text],
            Self::Counted { one, other } => vec![one, other],
        }
    }

    /// Whether it is told by a number.
    pub fn is_counted(&self) -> bool {
        matches!(self, Self::Counted { .. })
    }

    /// The names in `{{ … }}`.
    pub fn places(&self) -> Result<BTreeSet<&str>> {
        let mut places = BTreeSet::new();
        if self.is_counted() {
            places.insert("count");
        }
        for form in self.forms() {
            for part in form.split("{{").skip(1) {
                let (place, _) = part.split_once("}}").ok_or_else(|| format!("“{form}” misses a }}}}"))?;
                places.insert(place.trim());
            }
        }
        Ok(places)
    }
}

/// Groups of texts that no browser needs: a door's plain pages, embeds, and mails.
const OF_SERVER: [&str; 3] = ["door", "embed", "mail"];

/// A key, such as `nav.log_out` or `loading`. What only the server needs comes last.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub of_server: bool,
    pub name: String,
}

impl Key {
    fn new(name: String) -> Self {
        let of_server = name.split_once('.').is_some_and(|(group, _)| OF_SERVER.contains(&group));
        Self { of_server, name }
    }
}

/// The texts by key, in the order in which the list has them.
pub struct Locale(pub BTreeMap<Key, Text>);

impl Locale {
    /// Groups of texts, and texts of no group.
    pub fn read(path: &Path) -> Result<Self> {
        let groups: BTreeMap<String, Value> = serde_json::from_str(&fs::read_to_string(path)?)?;
        let mut texts = BTreeMap::new();
        for (group, value) in &groups {
            let in_group = match value {
                Value::Object(keys) => keys.iter().map(|(key, value)| (format!("{group}.{key}"), value)).collect(),
                text => vec![(group.clone(), text)],
            };
            for (key, value) in in_group {
                let text = Text::read(value).map_err(|error| format!("{}: {key}: {error}", path.display()))?;
                texts.insert(Key::new(key), text);
            }
        }
        Ok(Self(texts))
    }

    /// Adds texts that are not translated by hand.
    pub fn add(&mut self, group: &str, texts: Vec<(String, String)>) {
        self.0.extend(texts.into_iter().map(|(key, text)| (Key::new(format!("{group}.{key}")), Text::Plain(text))));
    }

    /// Whether it has the keys of another one, with the same places in each text.
    pub fn equals(&self, english: &Self) -> Result<()> {
        if let Some(key) = self.0.keys().find(|key| !english.0.contains_key(*key)) {
            return Err(format!("{} is no key of en.json", key.name).into());
        }
        for (key, text) in &english.0 {
            let own = self.0.get(key).ok_or_else(|| format!("{} is missing", key.name))?;
            let key = &key.name;
            if own.is_counted() != text.is_counted() {
                return Err(format!("{key} has forms by number in one language only").into());
            }
            let (here, there) = (own.places()?, text.places()?);
            if here != there {
                return Err(format!("{key} has the places {here:?}, and in English {there:?}").into());
            }
        }
        Ok(())
    }

    /// Every form of every text. The place of a key's first one in this order is its id.
    pub fn list(&self) -> Vec<&str> {
        self.0.values().flat_map(Text::forms).collect()
    }

    /// What a browser loads: the list's begin.
    pub fn of_browser(&self) -> Vec<&str> {
        let browsers = self.0.iter().take_while(|(key, _)| !key.of_server);
        browsers.flat_map(|(_, text)| text.forms()).collect()
    }
}
