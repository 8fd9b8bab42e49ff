//! Deleting oneself, and changing one's mind.

use domain::Moment;
use domain::view::Alone;

use super::section::{Leading, framed};
use crate::action::ServerForm;
use crate::api::person::{LeaveSite, Stay};
use crate::prelude::*;
use crate::time;
use crate::ui::Field;

/// "Delete your account": names what is lost, and asks.
pub fn section(form: Leading<LeaveSite>, alone: Alone, has_password: bool) -> AnyView {
    let Leading { outcome, was_refused, .. } = form;
    let names = alone.names.iter().map(|name| format!("@{name}")).collect::<Vec<_>>().join(", ");
    let lost = match alone.count {
        0 => text!(person.lost_nothing).to_owned(),
        count if count > alone.names.len() as u64 => text!(person.lost_many, count = count, names = names),
        _ => text!(person.lost, names = names),
    };
    let password = has_password.then(|| {
        view! {
            <Field
                name="confirm"
                label=text!(person.current)
                kind="password"
                autocomplete="current-password"
                error=outcome.problem_of("confirm")
            />
        }
    });
    framed(
        text!(person.leave),
        view! {
            <p>{text!(person.leave_text)}</p>
            <p>{lost}</p>
            <details class="danger" open=was_refused>
                <summary>{text!(person.leave_open)}</summary>
                <ServerForm action=form.action class="form">
                    {password}
                    {form.submit(text!(person.leave_submit), "button button--danger")}
                </ServerForm>
            </details>
        },
    )
}

/// "Your account will be deleted": the one button that matters now.
pub fn planned(form: Leading<Stay>, at: Moment) -> AnyView {
    framed(
        text!(person.leaving),
        view! {
            <p>{text!(person.leaving_text, date = time::utc(at))}</p>
            <ServerForm action=form.action>{form.submit(text!(person.stay), "button button--primary")}</ServerForm>
        },
    )
}
