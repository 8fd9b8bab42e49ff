//! `POST /language`: somebody chooses the language of the pages.

use app::{LANGUAGE_COOKIE, Refusal, cookie as cookies};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use backend::Services;
use backend::service::people::{CookiePolicy, Signed, settings};
use domain::language::Language;
use domain::word::Word as _;
use http::StatusCode;
use serde::Deserialize;

use super::page;
use crate::middleware::refusal;

/// What a form may hold that nobody wants to see again.
const SECRET: [&str; 2] = ["password", "language"];

/// Where the choice was made.
#[derive(Deserialize)]
pub struct Place {
    /// The page.
    #[serde(default)]
    back: String,
    /// The server function of the form whose fields came along.
    #[serde(default)]
    typed: Option<String>,
}

/// The address of the same page in another language: a page for everybody has one for each.
fn in_language(address: &str, language: Language) -> String {
    let (path, query) = address.find(['?', '#']).map_or((address, ""), |end| address.split_at(end));
    let path = Language::of_path(path).map_or(path, |(_, rest)| rest);
    match path {
        "/" if !language.prefix().is_empty() => format!("{}{query}", language.prefix()),
        path if app::is_for_everybody(path) => format!("{}{path}{query}", language.prefix()),
        path => format!("{path}{query}"),
    }
}

/// Keeps the choice with whoever is signed in, and in a cookie, and leads back to the page with what was typed there.
pub async fn choose(
    State(policy): State<CookiePolicy>,
    State(services): State<Services>,
    Extension(signed): Extension<Option<Signed>>,
    Query(place): Query<Place>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let chosen = fields.iter().rev().find(|(name, _)| name == "language");
    let Some(language) = chosen.and_then(|(_, word)| word.parse::<Language>().ok()) else {
        return page::refused(StatusCode::BAD_REQUEST);
    };
    if let Some(signed) = signed
        && let Err(error) = settings::speak(&services, &signed, language).await
    {
        return page::internal(&error);
    }
    let back = in_language(app::local(&place.back).unwrap_or("/"), language);
    let shown = fields.into_iter().filter(|(name, _)| !SECRET.contains(&name.as_str()));
    let typed = place.typed.and_then(|function| Refusal::typed(&function, shown));
    let typed = typed.and_then(|typed| refusal::kept(policy, &back, &typed));
    let choice = cookies::choice(policy, LANGUAGE_COOKIE, language.word());
    let mut response = Redirect::to(&back).into_response();
    for cookie in typed.into_iter().chain([choice]) {
        refusal::set(&mut response, &cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_for_everybody_has_an_address_in_each_language() {
        for (address, english, korean) in [
            ("/", "/", "/ko"),
            ("/pt-br?account=1", "/?account=1", "/ko?account=1"),
            ("/access-token", "/access-token", "/ko/access-token"),
            ("/ko/access-token?notice=extended", "/access-token?notice=extended", "/ko/access-token?notice=extended"),
            ("/accounts?q=x", "/accounts?q=x", "/accounts?q=x"),
        ] {
            assert_eq!(in_language(address, Language::En), english);
            assert_eq!(in_language(address, Language::Ko), korean);
        }
    }
}
