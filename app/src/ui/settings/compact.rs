//! The front page's form: one look for every width.

use domain::widget::{Settings, Title};

use super::field::{Control, Form, choice, field, number};
use super::full::{colours_and_letters, kinds};
use crate::prelude::*;
use crate::words;

/// A few fields, and the others one click away.
#[component]
pub fn CompactSettings(
    /// What it shows.
    form: Form,
) -> impl IntoView {
    let usual = Settings::default().phone;
    let form = &form;
    let auto = Some(text!(preview.auto_hint));
    view! {
        {field(form, "layout", choice(words::layout), None)}
        <div class="settings__row">
            {field(form, "columns", number(usual.columns), auto)} {field(form, "rows", number(usual.rows), auto)}
        </div>
        {field(form, "gap", number(usual.gap), None)}
        {field(form, "title", Control::Text(Title::MOST_CHARS), None)}
        <details class="settings__more" id="field-more">
            <summary>{text!(preview.more)}</summary>
            <div class="settings__fields">
                {field(form, "ratio", choice(words::ratio), None)}
                {field(form, "caption_lines", number(usual.caption_lines), None)}
                {field(form, "caption_size", number(usual.caption_size), None)}
                {field(form, "hover", choice(words::hover), None)}
                {field(form, "radius", number(usual.radius), None)} {field(form, "counts", Control::Tick, None)}
                {colours_and_letters(form)} {kinds(form)}
            </div>
        </details>
    }
}
