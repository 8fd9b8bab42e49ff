//! The page of a widget that is being set up: same renderer, nothing is kept.

use std::collections::BTreeMap;

use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use backend::Services;
use backend::service::people::Signed;
use backend::service::preview;
use domain::form::{Draft, FieldProblem, Problem};
use domain::id::AccountId;
use domain::language::Language;
use domain::widget::{Scenario, Settings};
use domain::word::Word as _;
use http::header::{CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS};
use http::{StatusCode, Uri};
use maud::{DOCTYPE, html};
use strum::VariantArray as _;
use url::form_urlencoded;

use super::answer::empty;
use super::render::{Frame, render};

/// Instead of an account's id: the sandbox's demo account, for everybody.
const DEMO: &str = "demo";
const PROBLEM_POLICY: &str = "default-src 'none'; frame-ancestors 'self'";

/// `GET /preview/{account}?scenario=…&settings[…]=…`.
pub async fn page(
    State(services): State<Services>,
    Path(account): Path<String>,
    Extension(signed): Extension<Option<Signed>>,
    Extension(language): Extension<Language>,
    uri: Uri,
) -> Response {
    let account = match account.as_str() {
        DEMO => None,
        id => match id.parse::<AccountId>() {
            Ok(id) => Some(id),
            Err(_) => return empty(StatusCode::NOT_FOUND),
        },
    };
    let Query { scenario, draft } = Query::parse(uri.query().unwrap_or_default());
    let settings = if draft.0.is_empty() { Ok(Settings::default()) } else { draft.parse() };
    let (settings, scenario) = match (settings, scenario) {
        (Ok(settings), Some(scenario)) => (settings, scenario),
        (Ok(_), None) => return wrong(&[unknown_scenario()], language),
        (Err(problems), _) => return wrong(&problems, language),
    };
    match preview::shown(&services, signed.as_ref().map(|signed| &signed.me), account, settings).await {
        Ok(Some(mut shown)) => {
            shown.posts = scenario.shown(shown.posts);
            let rendered = render(&shown, &Frame::Preview, language);
            answer(StatusCode::OK, rendered.html, &rendered.policy)
        }
        Ok(None) => empty(StatusCode::NOT_FOUND),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a preview could not be rendered");
            empty(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

/// What an address asks for.
struct Query {
    /// `None` for a word that is no scenario.
    scenario: Option<Scenario>,
    draft: Draft,
}

impl Query {
    fn parse(query: &str) -> Self {
        let mut scenario = Some(Scenario::Healthy);
        let mut fields = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if name == "scenario" {
                scenario = value.parse().ok();
            } else if let Some(path) = name.strip_prefix("settings[").and_then(|rest| rest.strip_suffix(']')) {
                fields.insert(path.to_owned(), value.into_owned());
            }
        }
        Self { scenario, draft: Draft(fields) }
    }
}

fn unknown_scenario() -> FieldProblem {
    let choices = Scenario::VARIANTS.iter().map(|scenario| scenario.word().to_owned()).collect();
    FieldProblem { field: "scenario".to_owned(), problem: Problem::UnknownChoice { choices } }
}

/// Names what is wrong; the form around the preview says it in more words.
fn wrong(problems: &[FieldProblem], language: Language) -> Response {
    let heading = app::speaking(language, app::settings_are_wrong);
    let told = |problem: &Problem| app::speaking(language, || app::field_problem(problem));
    let page = html! {
        (DOCTYPE)
        html lang=(language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                title { (heading) }
            }
            body {
                section aria-label=(heading) {
                    h1 { (heading) }
                    ul { @for problem in problems { li { code { (problem.field) } ": " (told(&problem.problem)) } } }
                }
            }
        }
    };
    answer(StatusCode::UNPROCESSABLE_ENTITY, page.into_string(), PROBLEM_POLICY)
}

fn answer(status: StatusCode, page: String, policy: &str) -> Response {
    let headers = [(CONTENT_SECURITY_POLICY, policy), (X_CONTENT_TYPE_OPTIONS, "nosniff")];
    (status, headers, Html(page)).into_response()
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;

    #[test]
    fn an_address_holds_a_scenario_and_the_form() {
        let query = Query::parse("scenario=down&settings%5Bdesktop.columns%5D=4&settings[title]=A+b&other=1");
        assert_eq!(query.scenario, Some(Scenario::Down));
        assert_eq!(query.draft.get("desktop.columns"), "4");
        assert_eq!(query.draft.get("title"), "A b");
        assert_eq!(query.draft.0.len(), 2);
        assert_eq!(Query::parse("").scenario, Some(Scenario::Healthy));
        assert_eq!(Query::parse("scenario=war").scenario, None);
    }

    #[tokio::test]
    async fn what_is_wrong_is_named_and_nothing_of_it_is_markup() {
        let problem = Problem::NotASite { line: "<script>".to_owned() };
        let response = wrong(&[FieldProblem { field: "sites".to_owned(), problem }], Language::Ko);
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = response.into_body().collect().await.unwrap().to_bytes();
        let page = String::from_utf8_lossy(&page);
        assert!(page.contains("<html lang=\"ko\">") && page.contains("&lt;script&gt;"), "{page}");
        assert!(!page.contains("<script>"), "{page}");
    }
}
