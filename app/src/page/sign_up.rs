//! `/signup`.

use crate::action::{FormAction, ServerForm};
use crate::api::session;
use crate::erased::changing;
use crate::layout::TYPED;
use crate::part::{FormAlert, Outcome, PageTitle, SignedInAlready, SocialLogins, next};
use crate::path;
use crate::prelude::*;
use crate::ui::Field;

/// A new account with e-mail and password, or one of the social logins.
#[component]
pub fn SignUp() -> impl IntoView {
    let sign_up = FormAction::<session::SignUp>::new();
    let pending = sign_up.pending();
    let outcome = Outcome(Signal::derive(move || sign_up.answer()));
    outcome.follow();
    let next = next();
    let log_in = path::login(&next);
    view! {
        <PageTitle text=text!(signup.heading) />
        <SignedInAlready next=next.clone() />
        <div class="sheet">
            <h1>{text!(signup.heading)}</h1>
            <p class="lead">{text!(signup.lead)}</p>
            <SocialLogins />
            <ServerForm action=sign_up class="form" id=TYPED>
                <FormAlert problem=outcome.problem() />
                <input type="hidden" name="next" value=next />
                <Field
                    name="email"
                    label=text!(login.email)
                    kind="email"
                    autocomplete="email"
                    value=outcome.email()
                    error=outcome.problem_of("email")
                />
                <Field
                    name="password"
                    label=text!(login.password)
                    kind="password"
                    autocomplete="new-password"
                    hint=text!(signup.hint)
                    error=outcome.problem_of("password")
                />
                <button class="button button--primary button--wide" type="submit" disabled=pending>
                    {changing(move || if pending.get() { text!(signup.busy) } else { text!(signup.submit) })}
                </button>
            </ServerForm>
            <p class="sheet__foot">{text!(signup.known)} " " <a href=log_in>{text!(signup.log_in)}</a></p>
        </div>
    }
}
