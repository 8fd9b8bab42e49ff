//! What is wrong with the form as a whole, with a link to each field.

use domain::form::{Draft, FieldProblem};

use super::field::id;
use crate::api::ApiError;
use crate::erased::effect;
use crate::prelude::*;
use crate::words;

/// The summary's id.
const SUMMARY: &str = "settings-problems";

/// What a refusal found wrong.
pub fn settings_problems(problem: Option<ApiError>) -> Vec<FieldProblem> {
    match problem {
        Some(ApiError::Form { problems, .. }) => problems,
        _ => Vec::new(),
    }
}

/// What was typed into a form that was refused.
pub fn refused(problem: Option<ApiError>) -> Option<Draft> {
    match problem {
        Some(ApiError::Form { draft, .. }) => Some(draft),
        _ => None,
    }
}

/// The summary. It scrolls into view when it appears, so that nobody misses it.
#[component]
pub fn SettingsProblems(
    /// What the last try found wrong.
    problems: Signal<Vec<FieldProblem>>,
    /// Whether each field of the form stands for all three widths.
    #[prop(optional)]
    compact: bool,
) -> impl IntoView {
    let mut first = true;
    effect(move || {
        let none = problems.with(Vec::is_empty);
        if std::mem::take(&mut first) || none {
            return;
        }
        request_animation_frame(|| {
            if let Some(summary) = document().get_element_by_id(SUMMARY) {
                summary.scroll_into_view();
            }
        });
    });
    move || {
        let mut told: Vec<String> = Vec::new();
        let items: Vec<_> = problems
            .get()
            .into_iter()
            .filter_map(|problem| {
                let path = match problem.field.split_once('.') {
                    Some((_, field)) if compact => field.to_owned(),
                    _ => problem.field.clone(),
                };
                if told.contains(&path) {
                    return None;
                }
                told.push(path.clone());
                let sentence = words::field_problem(&problem.problem);
                let item = text!(settings.problem_item, field = words::setting_somewhere(&path), problem = sentence);
                Some(view! {
                    <li>
                        <a href=format!("#{}", id(&path)) rel="external">
                            {item}
                        </a>
                    </li>
                })
            })
            .collect();
        (!items.is_empty()).then(|| {
            view! {
                <div class="alert settings__problems" role="alert" id=SUMMARY>
                    <div>
                        <p>{text!(problem.settings)}</p>
                        <ul>{items}</ul>
                    </div>
                </div>
            }
        })
    }
}
