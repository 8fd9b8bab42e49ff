//! `/login`.

use crate::action::{FormAction, ServerForm};
use crate::api::session;
use crate::erased::changing;
use crate::layout::TYPED;
use crate::part::{FormAlert, Outcome, PageTitle, SignedInAlready, SocialLogins, next};
use crate::path;
use crate::prelude::*;
use crate::ui::Field;

/// Logging in: Instagram, Facebook, or e-mail and password.
#[component]
pub fn LogIn() -> impl IntoView {
    let log_in = FormAction::<session::LogIn>::new();
    let pending = log_in.pending();
    let outcome = Outcome(Signal::derive(move || log_in.answer()));
    outcome.follow();
    let next = next();
    let sign_up = path::sign_up(&next);
    view! {
        <PageTitle text=text!(login.heading) />
        <SignedInAlready next=next.clone() />
        <div class="sheet">
            <h1>{text!(login.heading)}</h1>
            <p class="lead">{text!(login.lead)}</p>
            <SocialLogins />
            <ServerForm action=log_in class="form" id=TYPED>
                <FormAlert problem=outcome.problem() />
                <input type="hidden" name="next" value=next />
                <Field
                    name="email"
                    label=text!(login.email)
                    kind="email"
                    autocomplete="username"
                    value=outcome.email()
                    error=outcome.problem_of("email")
                />
                <Field
                    name="password"
                    label=text!(login.password)
                    kind="password"
                    autocomplete="current-password"
                    error=outcome.problem_of("password")
                />
                <button class="button button--primary button--wide" type="submit" disabled=pending>
                    {changing(move || if pending.get() { text!(login.busy) } else { text!(login.submit) })}
                </button>
            </ServerForm>
            <p class="sheet__foot">
                <a href=Route::Forgot.address()>{text!(login.forgot)}</a>
            </p>
            <p class="sheet__foot">{text!(login.new_here)} " " <a href=sign_up>{text!(login.sign_up)}</a></p>
        </div>
    }
}
