//! Where search engines find a page for everybody in each language.

use axum::http::request::Parts;
use backend::Services;
use domain::language::Language;
use strum::VariantArray as _;

use crate::prelude::*;
use crate::{language, route};

/// `canonical` and `hreflang`, as absolute addresses. Nothing for other pages.
#[component]
pub fn Alternates() -> impl IntoView {
    let path = use_context::<Parts>().map(|parts| parts.uri.path().to_owned()).unwrap_or_default();
    let page = Language::of_path(&path).map_or(path.as_str(), |(_, rest)| rest);
    route::is_for_everybody(page).then(|| {
        let origin = expect_context::<Services>().origin;
        let address = |language: Language| match (language.prefix(), page) {
            ("", page) => format!("{origin}{page}"),
            (prefix, "/") => format!("{origin}{prefix}"),
            (prefix, page) => format!("{origin}{prefix}{page}"),
        };
        let others: Vec<_> = Language::VARIANTS
            .iter()
            .map(|&language| view! { <link rel="alternate" hreflang=language.tag() href=address(language) /> })
            .collect();
        view! {
            <link rel="canonical" href=address(language::current()) />
            {others}
            <link rel="alternate" hreflang="x-default" href=address(Language::En) />
        }
    })
}
