//! The switch between languages. It posts the page's own form, where there is
//! one, so that what was typed comes along, with JavaScript and without.

use domain::language::Language;
use domain::word::Word as _;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_location;
use strum::VariantArray as _;

use crate::api::preview::Generate;
use crate::api::session::{LogIn, SignUp};
use crate::api::widget::{CreateWidget, SaveWidget};
use crate::prelude::*;
use crate::{language, path};

/// The id of a page's one form in which something is typed.
pub const TYPED: &str = "typed";
const OWN: &str = "language";

/// A button for each language, in its own words.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let location = use_location();
    let here = language::current();
    let typed = move || typed_for(&location.pathname.get());
    let action = move || {
        let typed = typed_for(&location.pathname.get()).map(|function| format!("&typed={}", path::escape(function)));
        let page = format!("{}{}", location.pathname.get(), query(&location.search.get()));
        format!("/language?back={}{}", path::escape(&page), typed.unwrap_or_default())
    };
    let buttons: Vec<_> = Language::VARIANTS
        .iter()
        .map(|&language| {
            view! {
                <button
                    class="switch__word"
                    type="submit"
                    name="language"
                    value=language.word()
                    lang=language.tag()
                    form=move || if typed().is_some() { TYPED } else { OWN }
                    formaction=action
                    formmethod="post"
                    formnovalidate
                    aria-pressed=(language == here).to_string()
                >
                    {language.own_name()}
                </button>
            }
        })
        .collect();
    view! {
        <form method="post" action="/language" id=OWN class="switch-form">
            <fieldset class="switch">
                <legend class="visually-hidden">{text!(nav.language)}</legend>
                {buttons}
            </fieldset>
        </form>
    }
}

fn query(search: &str) -> String {
    if search.is_empty() { String::new() } else { format!("?{}", search.trim_start_matches('?')) }
}

/// The server function that the form of this page posts to.
fn typed_for(page: &str) -> Option<&'static str> {
    let page = Language::of_path(page).map_or(page, |(_, rest)| rest);
    let parts: Vec<_> = page.split('/').skip(1).collect();
    match parts[..] {
        [""] => Some(Generate::PATH),
        ["login"] => Some(LogIn::PATH),
        ["signup"] => Some(SignUp::PATH),
        ["widgets", "new"] => Some(CreateWidget::PATH),
        ["widgets", _] => Some(SaveWidget::PATH),
        _ => None,
    }
}
