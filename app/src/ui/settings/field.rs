//! One field: label, control, hint, and what is wrong with it.

use std::sync::Arc;

use domain::form::{Draft, FieldProblem};
use domain::widget::Within;
use domain::word::Word;
use strum::VariantArray;

use crate::erased::changing;
use crate::prelude::*;
use crate::{snippet, words};

/// What a form shows: what its fields hold, and what is wrong with them.
#[derive(Clone)]
pub struct Form {
    /// What the fields hold when the form appears.
    pub draft: Arc<Draft>,
    /// What the last try found wrong.
    pub problems: Signal<Vec<FieldProblem>>,
}

/// How a field is filled in.
pub enum Control {
    /// A line with at most so many characters.
    Text(usize),
    /// A whole number between the two.
    Number(u8, u8),
    /// A colour.
    Colour,
    /// A box to tick.
    Tick,
    /// One of a few words, each with its label.
    Choice(Vec<(&'static str, &'static str)>),
    /// Several lines.
    Lines,
}

/// The control for a number of a known range.
pub fn number<const MIN: u8, const MAX: u8>(_: Within<MIN, MAX>) -> Control {
    Control::Number(MIN, MAX)
}

/// The control for a choice between words.
pub fn choice<T: Copy + VariantArray + Word>(label: fn(T) -> &'static str) -> Control {
    Control::Choice(T::VARIANTS.iter().map(|choice| (choice.word(), label(*choice))).collect())
}

/// The id of a field's control.
pub fn id(path: &str) -> String {
    format!("field-{path}")
}

/// The name of a field's control, as server functions read it.
pub fn name(path: &str) -> String {
    format!("settings[{path}]")
}

/// Whether a problem belongs to a field. A field without a width stands for all three.
pub fn concerns(problem: &FieldProblem, path: &str) -> bool {
    problem.field == path || problem.field.split_once('.').is_some_and(|(_, field)| field == path)
}

/// The field at `path`.
pub fn field(form: &Form, path: &str, control: Control, hint: Option<&'static str>) -> AnyView {
    let label = words::setting(path.rsplit('.').next().unwrap_or(path));
    let (id, name) = (id(path), name(path));
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let problem = {
        let (problems, path) = (form.problems, path.to_owned());
        Signal::derive(move || {
            problems.with(|all| {
                all.iter().find(|problem| concerns(problem, &path)).map(|found| words::field_problem(&found.problem))
            })
        })
    };
    let invalid = move || problem.with(Option::is_some).then_some("true");
    let described = {
        let (hint_id, error_id) = (hint.map(|_| hint_id.clone()), error_id.clone());
        move || {
            let error = problem.with(Option::is_some).then(|| error_id.clone());
            let ids: Vec<String> = error.into_iter().chain(hint_id.clone()).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let text = form.draft.get(path).to_owned();
    let tick = matches!(control, Control::Tick);
    let control = match control {
        Control::Choice(choices) => {
            let options: Vec<_> = choices
                .into_iter()
                .map(|(word, label)| view! { <option value=word selected=word == text>{label}</option> })
                .collect();
            view! {
                <select class="field__input" id=id.clone() name=name aria-invalid=invalid aria-describedby=described>
                    {options}
                </select>
            }
        }
        Control::Lines => view! {
            <textarea
                class="field__input"
                id=id.clone()
                name=name
                rows="4"
                spellcheck="false"
                aria-invalid=invalid
                aria-describedby=described
                inner_html=snippet::escape(&text)
            ></textarea>
        },
        other => {
            let (kind, most, range) = match other {
                Control::Number(min, max) => ("number", None, Some((min, max))),
                Control::Text(most) => ("text", Some(most), None),
                Control::Colour => ("color", None, None),
                _ => ("checkbox", None, None),
            };
            // Without a width it may be left open.
            let open = range.is_some() && !path.contains('.');
            let checked = tick && form.draft.is_on(path);
            view! {
                <input
                    class=if tick { "field__tick" } else { "field__input" }
                    id=id.clone()
                    name=name
                    type=kind
                    value=(!tick).then_some(text)
                    checked=checked
                    maxlength=most.map(|most| most.to_string())
                    min=range.map(|(min, _)| min.to_string())
                    max=range.map(|(_, max)| max.to_string())
                    placeholder=open.then(|| text!(preview.auto))
                    aria-invalid=invalid
                    aria-describedby=described
                />
            }
        }
    };
    view! {
        <div class=if tick { "field field--tick" } else { "field" }>
            <label class="field__label" for=id>
                {label}
            </label>
            {control}
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            {changing(move || problem.get().map(|text| view! { <p class="field__error" id=error_id.clone()>{text}</p> }))}
        </div>
    }
}
