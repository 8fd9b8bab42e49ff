//! The address that one logs in with, and that mails go to.

use domain::view::Address;

use super::section::{Forms, Leading, framed};
use crate::action::ServerForm;
use crate::api::person::{AskAgain, ChangeAddress};
use crate::prelude::*;
use crate::ui::Field;

/// "E-mail address".
pub fn section(forms: Forms, address: Option<Address>) -> AnyView {
    let known = address.is_some();
    let refused = forms.address.was_refused;
    let (open, secret) = if known {
        (text!(person.address_change), text!(person.current))
    } else {
        (text!(person.address_add), text!(person.first_password))
    };
    framed(
        text!(person.address),
        view! {
            {match address {
                Some(address) => told(forms.again, address),
                None => view! { <p>{text!(person.address_none)}</p> },
            }}
            <details class="more" open=refused>
                <summary>{open}</summary>
                {form(forms.address, secret, known)}
            </details>
        },
    )
}

fn told(again: Leading<AskAgain>, address: Address) -> AnyView {
    let Address { email, is_confirmed, wanted } = address;
    let state = if is_confirmed { text!(person.confirmed) } else { text!(person.unconfirmed) };
    let badge = if is_confirmed { "badge badge--plain" } else { "badge badge--needs" };
    let waits = wanted.is_some() || !is_confirmed;
    let wanted = wanted.map(|wanted| view! { <p>{text!(person.wanted, address = wanted)}</p> });
    view! {
        <p class="person__fact"><strong>{email}</strong> <span class=badge>{state}</span></p>
        {(!is_confirmed).then(|| view! { <p>{text!(person.unconfirmed_text)}</p> })}
        {wanted}
        {waits
            .then(|| {
                view! { <ServerForm action=again.action>{again.submit(text!(person.again), "button")}</ServerForm> }
            })}
    }
}

fn form(form: Leading<ChangeAddress>, secret: &'static str, known: bool) -> AnyView {
    let outcome = form.outcome;
    view! {
        <ServerForm action=form.action class="form">
            <Field
                name="email"
                label=text!(person.address_new)
                kind="email"
                autocomplete="email"
                value=outcome.email()
                hint=text!(person.address_hint)
                error=outcome.problem_of("email")
            />
            <Field
                name="secret"
                label=secret
                kind="password"
                autocomplete=if known { "current-password" } else { "new-password" }
                error=outcome.problem_of("secret")
            />
            {form.submit(text!(person.address_submit), "button")}
        </ServerForm>
    }
}
