//! `/login`.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::PageTitle;
use super::credentials::{FormAlert, Outcome, SignedInAlready, SocialLogins, next};
use crate::api::session;
use crate::erased::changing;
use crate::path;
use crate::ui::Field;

/// Logging in: Instagram, Facebook, or e-mail and password.
#[component]
pub fn LogIn() -> impl IntoView {
    let log_in = ServerAction::<session::LogIn>::new();
    let pending = log_in.pending();
    let outcome = Outcome(log_in.value().into());
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
            <ActionForm action=log_in attr:class="form">
                <FormAlert problem=outcome.other_problem() />
                <input type="hidden" name="next" value=next />
                <Field
                    name="email"
                    label=text!(login.email)
                    kind="email"
                    autocomplete="username"
                    value=outcome.email()
                    error=outcome.email_problem()
                />
                <Field
                    name="password"
                    label=text!(login.password)
                    kind="password"
                    autocomplete="current-password"
                    error=outcome.password_problem()
                />
                <button class="button button--primary button--wide" type="submit" disabled=pending>
                    {changing(move || if pending.get() { text!(login.busy) } else { text!(login.submit) })}
                </button>
            </ActionForm>
            <p class="sheet__foot">{text!(login.new_here)} " " <a href=sign_up>{text!(login.sign_up)}</a></p>
        </div>
    }
}
