//! Name, language, time zone, theme.

use domain::language::Language;
use domain::person::{Name, Theme};
use domain::view::SettingsView;
use domain::word::Word as _;
use strum::VariantArray as _;

use super::section::{Leading, framed};
use crate::action::ServerForm;
use crate::api::ApiError;
use crate::api::person::SaveSettings;
use crate::layout::TYPED;
use crate::prelude::*;
use crate::ui::{Choice, Field};

/// "You".
pub fn section(form: Leading<SaveSettings>, settings: &SettingsView) -> AnyView {
    let Leading { action: save, outcome, .. } = form;
    let profile = settings.profile.clone();
    // What was typed stands there again after something was refused.
    let typed = untrack(|| save.answer()).and_then(Result::err).and_then(|error| match error {
        ApiError::Form { draft, .. } => Some(draft),
        _ => None,
    });
    let shown = |field: &str, kept: Option<&str>| {
        typed.as_ref().map_or_else(|| kept.unwrap_or_default().to_owned(), |draft| draft.get(field).to_owned())
    };
    let theme = profile.theme.filter(|theme| *theme != Theme::System).map(|theme| theme.word());
    let name = shown("name", profile.name.as_ref().map(Name::as_str));
    let language = shown("language", profile.language.map(|language| language.word()));
    let (zone, theme) = (shown("time_zone", profile.time_zone.as_deref()), shown("theme", theme));
    let languages =
        Language::VARIANTS.iter().map(|language| (language.word().to_owned(), language.own_name().to_owned()));
    let themes = Theme::VARIANTS.iter().filter(|theme| **theme != Theme::System).map(|theme| {
        let label = if *theme == Theme::Dark { text!(theme.dark) } else { text!(theme.light) };
        (theme.word().to_owned(), label.to_owned())
    });
    let zones: Vec<_> = settings.zones.iter().map(|zone| (zone.clone(), zone.replace('_', " "))).collect();
    let (languages, themes): (Vec<_>, Vec<_>) = (languages.collect(), themes.collect());
    let usual_name = settings.usual_name.clone();
    // Of a page's buttons one stands out: while somebody is about to leave, it is the one that keeps them.
    let class = if settings.leaving_at.is_some() { "button" } else { "button button--primary" };
    let staff =
        settings.is_staff.then(|| view! { <p><span class="badge badge--plain">{text!(person.staff)}</span></p> });
    let inside = view! {
        {staff}
        <ServerForm action=save class="form" id=TYPED>
            <Field
                name="name"
                label=text!(person.name)
                kind="text"
                autocomplete="name"
                value=name
                hint=text!(person.name_hint)
                optional=true
                placeholder=usual_name
                error=outcome.problem_of("name")
            />
            <Choice
                name="language"
                label=text!(nav.language)
                usual=text!(person.language_usual)
                options=languages
                chosen=language
                error=outcome.problem_of("language")
            />
            <Choice
                name="time_zone"
                label=text!(person.zone)
                usual=text!(person.zone_usual)
                options=zones
                chosen=zone
                error=outcome.problem_of("time_zone")
            />
            <Choice
                name="theme"
                label=text!(theme.label)
                usual=text!(theme.system)
                options=themes
                chosen=theme
                error=outcome.problem_of("theme")
            />
            {form.submit(text!(person.save), class)}
        </ServerForm>
    };
    framed(text!(person.you), inside)
}
