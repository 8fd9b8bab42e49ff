//! The ways to sign in: one always stays.

use domain::authorization::Intent;
use domain::platform::Platform;
use domain::view::Login;

use super::section::{Leading, framed};
use crate::action::{FormAction, ServerForm};
use crate::api::person::Unlink;
use crate::erased::changing;
use crate::part::FormAlert;
use crate::path;
use crate::prelude::*;
use crate::ui::When;

/// "Ways to log in".
pub fn section(form: Leading<Unlink>, logins: Vec<Login>, can_add: Vec<Platform>, has_password: bool) -> AnyView {
    let Leading { action: unlink, outcome, .. } = form;
    let by_mail = (has_password && !logins.is_empty()).then(|| view! { <ByMail unlink /> });
    let items: Vec<_> = logins.into_iter().map(|login| view! { <Item login unlink /> }).collect();
    let more: Vec<_> = can_add
        .into_iter()
        .map(|platform| {
            view! {
                <a class="button" href=path::start(platform, Intent::Link) rel="external">
                    {text!(person.login_add, platform = platform.name())}
                </a>
            }
        })
        .collect();
    framed(
        text!(person.logins),
        view! {
            <p>{text!(person.logins_text)}</p>
            <FormAlert problem=outcome.problem() />
            <ul class="person__logins">{items} {by_mail}</ul>
            <p class="person__more">{more}</p>
        },
    )
}

#[component]
fn Item(login: Login, unlink: FormAction<Unlink>) -> impl IntoView {
    let name = login.platform.name();
    view! {
        <li class="person__login">
            <strong>{name}</strong>
            <dl class="facts facts--row">
                <div class="facts__item">
                    <dt>{text!(status.since)}</dt>
                    <dd>
                        <When at=login.since />
                    </dd>
                </div>
            </dl>
            {login.can_go.then(|| form(unlink, Some(login.platform), text!(person.login_remove, platform = name)))}
        </li>
    }
}

#[component]
fn ByMail(unlink: FormAction<Unlink>) -> impl IntoView {
    view! {
        <li class="person__login">
            <strong>{text!(person.by_mail)}</strong>
            {form(unlink, None, text!(person.by_mail_remove).to_owned())}
        </li>
    }
}

fn form(unlink: FormAction<Unlink>, platform: Option<Platform>, label: String) -> AnyView {
    let pending = unlink.pending();
    view! {
        <ServerForm action=unlink>
            {platform.map(|platform| view! { <input type="hidden" name="platform" value=platform.as_str() /> })}
            <button class="button button--quiet" type="submit" disabled=pending aria-label=label>
                {changing(move || if pending.get() { text!(person.busy) } else { text!(person.remove) })}
            </button>
        </ServerForm>
    }
}
