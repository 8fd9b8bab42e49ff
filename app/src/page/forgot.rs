//! `/forgot`: somebody has forgotten the password.

use crate::action::{FormAction, ServerForm};
use crate::api::person::ForgotPassword;
use crate::erased::changing;
use crate::layout::TYPED;
use crate::part::{FormAlert, Outcome, PageTitle};
use crate::prelude::*;
use crate::ui::Field;

/// Asks for the address, and says the same whoever has it.
#[component]
pub fn Forgot() -> impl IntoView {
    let forgot = FormAction::<ForgotPassword>::new();
    let pending = forgot.pending();
    let outcome = Outcome(Signal::derive(move || forgot.answer()));
    outcome.follow();
    view! {
        <PageTitle text=text!(forgot.heading) />
        <div class="sheet">
            <h1>{text!(forgot.heading)}</h1>
            <p class="lead">{text!(forgot.lead)}</p>
            <ServerForm action=forgot class="form" id=TYPED>
                <FormAlert problem=outcome.problem() />
                <Field
                    name="email"
                    label=text!(login.email)
                    kind="email"
                    autocomplete="username"
                    value=outcome.email()
                    error=outcome.problem_of("email")
                />
                <button class="button button--primary button--wide" type="submit" disabled=pending>
                    {changing(move || if pending.get() { text!(forgot.busy) } else { text!(forgot.submit) })}
                </button>
            </ServerForm>
            <p class="sheet__foot">
                <a href=Route::LogIn.address()>{text!(forgot.back)}</a>
            </p>
        </div>
    }
}
