//! `/confirm/{link}` and `/reset/{link}`: where links from mails lead. Looking at
//! them does nothing, because programs that guard mailboxes look, too.

use domain::mail::Purpose;
use leptos_router::hooks::use_params_map;

use crate::action::{FormAction, ServerForm};
use crate::api::ApiError;
use crate::api::person::{BehindLink, ConfirmAddress, ResetPassword};
use crate::data::data;
use crate::erased::{changing, waited};
use crate::part::{FormAlert, Outcome, PageTitle, ProblemPanel, set_status};
use crate::prelude::*;
use crate::ui::{Field, Skeleton};
use crate::words;

/// "Is this address yours?"
#[component]
pub fn Confirm() -> impl IntoView {
    let confirm = FormAction::<ConfirmAddress>::new();
    let outcome = Outcome(Signal::derive(move || confirm.answer()));
    outcome.follow();
    page(Purpose::Confirm, text!(confirm.heading), move |link, address| confirm_form(confirm, outcome, link, address))
}

/// "Choose a new password."
#[component]
pub fn Reset() -> impl IntoView {
    let reset = FormAction::<ResetPassword>::new();
    let outcome = Outcome(Signal::derive(move || reset.answer()));
    outcome.follow();
    page(Purpose::Reset, text!(reset.heading), move |link, address| reset_form(reset, outcome, link, address))
}

/// The page with its form, which gets the link and the address behind it.
fn page(
    purpose: Purpose,
    heading: &'static str,
    form: impl Fn(String, String) -> AnyView + Copy + Send + Sync + 'static,
) -> AnyView {
    let link = use_params_map().with_untracked(|params| params.get("link").unwrap_or_default());
    let asked = link.clone();
    let address = data(move || Some(BehindLink { purpose, link: asked.clone() }));
    let link = StoredValue::new(link);
    view! {
        <PageTitle text=heading />
        <div class="sheet">
            <Transition fallback=|| view! { <Skeleton cards=1 /> }>
                {waited(move || async move {
                    match address.get().await {
                        Ok(address) => {
                            view! {
                                <h1>{heading}</h1>
                                {form(link.get_value(), address)}
                            }
                        }
                        Err(ApiError::Link { problem }) => useless(purpose, &ApiError::Link { problem }),
                        Err(error) => view! { <ProblemPanel error /> },
                    }
                })}
            </Transition>
        </div>
    }
}

fn confirm_form(confirm: FormAction<ConfirmAddress>, outcome: Outcome, link: String, address: String) -> AnyView {
    let pending = confirm.pending();
    view! {
        <p class="lead">{text!(confirm.lead, address = address)}</p>
        <ServerForm action=confirm class="form">
            <FormAlert problem=outcome.problem() />
            <input type="hidden" name="link" value=link />
            <button class="button button--primary button--wide" type="submit" disabled=pending>
                {changing(move || if pending.get() { text!(confirm.busy) } else { text!(confirm.submit) })}
            </button>
        </ServerForm>
    }
}

fn reset_form(reset: FormAction<ResetPassword>, outcome: Outcome, link: String, address: String) -> AnyView {
    let pending = reset.pending();
    view! {
        <p class="lead">{text!(reset.lead)}</p>
        <ServerForm action=reset class="form">
            <FormAlert problem=outcome.problem() />
            <input type="hidden" name="link" value=link />
            // Password managers keep the new password under this name.
            <input class="visually-hidden" type="text" name="username" autocomplete="username" value=address tabindex="-1" aria-hidden="true" readonly />
            <Field
                name="password"
                label=text!(reset.password)
                kind="password"
                autocomplete="new-password"
                hint=text!(signup.hint)
                error=outcome.problem_of("password")
            />
            <button class="button button--primary button--wide" type="submit" disabled=pending>
                {changing(move || if pending.get() { text!(reset.busy) } else { text!(reset.submit) })}
            </button>
        </ServerForm>
    }
}

/// Why the link does nothing, and what does.
fn useless(purpose: Purpose, error: &ApiError) -> AnyView {
    set_status(404);
    let (path, label) = match purpose {
        Purpose::Confirm => (Route::Settings, text!(link.to_settings)),
        Purpose::Reset => (Route::Forgot, text!(link.to_forgot)),
    };
    view! {
        <h1>{text!(link.heading)}</h1>
        <p class="lead">{words::problem(error)}</p>
        <a class="button button--primary button--wide" href=path.address()>
            {label}
        </a>
    }
}
