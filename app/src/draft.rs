//! A widget's look as addresses carry it: `settings[desktop.columns]=6`.
//!
//! The front page asks for one look for every width. Its form leaves the width
//! out of the name (`settings[columns]`): [`spread`] and [`gathered`] go
//! between the two.

use domain::form::Draft;
use domain::widget::{Scenario, Screen, Settings};
use domain::word::Word as _;
use leptos_router::params::ParamsMap;
use strum::VariantArray as _;

use crate::Route;
use crate::path::escape;

/// What is set for each width.
pub const LOOK: [&str; 9] =
    ["columns", "rows", "gap", "ratio", "caption_lines", "caption_size", "hover", "radius", "counts"];
/// A form leaves these out where they are not ticked.
const BOXES: [&str; 5] = ["images", "videos", "albums", "transparent", "counts"];
const KINDS: [&str; 3] = ["images", "videos", "albums"];
/// More than our forms have.
const MOST_FIELDS: usize = 250;
const MOST_BYTES: usize = 500;

/// The path of a field at one width.
pub fn at(screen: Screen, field: &str) -> String {
    format!("{}.{field}", screen.word())
}

/// The field that a form's or an address's `settings[field]` names.
pub fn field(name: &str) -> Option<&str> {
    name.strip_prefix("settings[")?.strip_suffix(']')
}

/// The look that an address names; what it leaves out is as usual.
pub fn from_query(query: &ParamsMap) -> Draft {
    let named = query.clone().into_iter().filter_map(|(key, text)| {
        let field = field(&key)?;
        (field.len() <= MOST_BYTES && text.len() <= MOST_BYTES).then(|| (field.to_owned(), text))
    });
    completed(spread(Draft(named.take(MOST_FIELDS).collect())))
}

/// With everything that is missing, so that it can be used.
pub fn completed(mut draft: Draft) -> Draft {
    let usual = Draft::from(&Settings::default());
    if draft.0.is_empty() {
        return usual;
    }
    for (field, text) in usual.0 {
        let name = field.rsplit('.').next().unwrap_or_default();
        if !BOXES.contains(&name) {
            draft.0.entry(field).or_insert(text);
        }
    }
    if !KINDS.iter().any(|kind| draft.is_on(kind)) {
        draft.0.extend(KINDS.map(|kind| (kind.to_owned(), "on".to_owned())));
    }
    draft
}

/// What was asked for every width, written out for each.
pub fn spread(mut draft: Draft) -> Draft {
    for field in LOOK {
        let Some(text) = draft.0.remove(field).filter(|text| !text.is_empty()) else { continue };
        for screen in Screen::VARIANTS {
            draft.0.insert(at(*screen, field), text.clone());
        }
    }
    draft
}

/// What is alike at every width, said once; what differs is left open.
pub fn gathered(mut draft: Draft) -> Draft {
    for field in LOOK {
        let mut texts = Screen::VARIANTS.iter().map(|screen| draft.0.get(&at(*screen, field)));
        let first = texts.next().flatten();
        if let Some(first) = first
            && texts.all(|text| text == Some(first))
        {
            let first = first.clone();
            draft.0.insert(field.to_owned(), first);
        }
    }
    draft.0.retain(|field, _| !field.contains('.'));
    draft
}

/// As a part of an address. Without the websites, which are no look.
pub fn query(draft: &Draft) -> String {
    let told = draft.0.iter().filter(|(field, text)| *field != "sites" && !text.is_empty());
    told.map(|(field, text)| format!("settings[{}]={}", escape(field), escape(text))).collect::<Vec<_>>().join("&")
}

/// The box that stands for all hidden posts in an [`echo`] without them.
const HIDDEN_AS_BEFORE: &str = "hidden";
/// A plain form gets what was typed back in its address, which may not be longer than this.
#[cfg(feature = "ssr")]
const MOST_ECHOED: usize = 2500;

/// What a refused form gets back. Where that would be too long for an address,
/// the ticks that hide posts are left out; [`restored`] takes the saved ones.
#[cfg(feature = "ssr")]
pub fn echo(mut draft: Draft) -> Draft {
    let bytes: usize = draft.0.iter().map(|(field, text)| field.len() + text.len() + 6).sum();
    if bytes > MOST_ECHOED {
        draft.0.retain(|field, _| !field.starts_with("hidden."));
        draft.0.insert(HIDDEN_AS_BEFORE.to_owned(), "on".to_owned());
    }
    draft
}

/// What was typed into a refused form.
pub fn restored(mut draft: Draft, saved: &Draft) -> Draft {
    if draft.0.remove(HIDDEN_AS_BEFORE).is_some() {
        let hidden = saved.0.iter().filter(|(field, _)| field.starts_with("hidden."));
        draft.0.extend(hidden.map(|(field, text)| (field.clone(), text.clone())));
    }
    draft
}

/// What the preview's frame loads. `account` is an id or `demo`.
pub fn preview(account: &str, scenario: Scenario, draft: &Draft) -> String {
    let draft = completed(spread(draft.clone()));
    format!("/preview/{}?scenario={}&{}", escape(account), scenario.word(), query(&draft))
}

/// The form that makes a widget, filled in.
pub fn new_widget(account: &str, draft: &Draft) -> String {
    format!("{}?account={}&{}", Route::NewWidget, escape(account), query(&completed(spread(draft.clone()))))
}

/// The front page with this look.
pub fn home(account: &str, draft: &Draft) -> String {
    format!("{}?account={}&{}", Route::Home, escape(account), query(draft))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Draft {
        from_query(&pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect())
    }

    #[test]
    fn an_address_without_a_look_means_the_usual_one() {
        assert_eq!(asked(&[("account", "1")]).parse(), Ok(Settings::default()));
        assert_eq!(asked(&[("settings[layout]", "list")]).parse().unwrap().layout.word(), "list");
    }

    #[test]
    fn a_look_survives_its_address() {
        let draft = Draft::from(&Settings::default());
        let address = query(&draft);
        let pairs: ParamsMap = address
            .split('&')
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(key, text)| (key.to_owned(), text.to_owned()))
            .collect();
        assert_eq!(from_query(&pairs).parse(), Ok(Settings::default()));
    }

    #[test]
    fn one_look_for_every_width_is_written_out_and_said_once() {
        let draft = asked(&[("settings[columns]", "5"), ("settings[rows]", ""), ("settings[counts]", "on")]);
        let settings = draft.parse().unwrap();
        for screen in Screen::VARIANTS {
            assert_eq!(settings.look(*screen).columns.get(), 5);
            assert!(settings.look(*screen).counts);
        }
        assert_eq!(settings.tablet.rows, Settings::default().tablet.rows);
        let gathered = gathered(draft);
        assert_eq!((gathered.get("columns"), gathered.get("rows"), gathered.get("gap")), ("5", "", "8"));
        assert_eq!(completed(spread(gathered)).parse(), Ok(settings));
    }

    #[test]
    fn an_address_holds_no_more_than_addresses_may() {
        let mut draft = Draft::default();
        draft.0.insert("title".to_owned(), "a & b=\"ü\"#".to_owned());
        draft.0.insert("sites".to_owned(), "example.com".to_owned());
        assert_eq!(query(&draft), "settings[title]=a%20%26%20b%3D%22%C3%BC%22%23");
        assert!(preview("demo", Scenario::Down, &draft).starts_with("/preview/demo?scenario=down&settings[accent]="));
    }
}
