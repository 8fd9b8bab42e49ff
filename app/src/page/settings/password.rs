//! Another password.

use super::section::{Leading, framed};
use crate::action::ServerForm;
use crate::api::person::ChangePassword;
use crate::prelude::*;
use crate::ui::Field;

/// "Password".
pub fn section(form: Leading<ChangePassword>) -> AnyView {
    let Leading { outcome, was_refused, .. } = form;
    framed(
        text!(login.password),
        view! {
            <p>{text!(person.password_text)}</p>
            <details class="more" open=was_refused>
                <summary>{text!(person.password_change)}</summary>
                <ServerForm action=form.action class="form">
                    <Field
                        name="old"
                        label=text!(person.current)
                        kind="password"
                        autocomplete="current-password"
                        error=outcome.problem_of("old")
                    />
                    <Field
                        name="new"
                        label=text!(reset.password)
                        kind="password"
                        autocomplete="new-password"
                        hint=text!(signup.hint)
                        error=outcome.problem_of("new")
                    />
                    {form.submit(text!(person.password_submit), "button")}
                </ServerForm>
            </details>
        },
    )
}
