//! What logging in and signing up share.

use domain::platform::Platform;
use domain::view::Home;
use leptos_router::hooks::use_query_map;

use super::GoTo;
use crate::api::{ApiError, FormProblem};
use crate::app::CurrentUser;
use crate::erased::waited;
use crate::prelude::*;
use crate::ui::Alert;
use crate::{path, words};

/// The outcome of a form with an e-mail address and a password.
#[derive(Clone, Copy)]
pub struct Outcome(pub Signal<Option<Result<String, ApiError>>>);

impl Outcome {
    /// What was typed as the e-mail address.
    pub fn email(self) -> Signal<String> {
        Signal::derive(move || match self.0.get() {
            Some(Err(ApiError::Form { email, .. })) => email,
            _ => String::new(),
        })
    }

    /// What is wrong with the e-mail address.
    pub fn email_problem(self) -> Signal<Option<String>> {
        self.problem(|problem| matches!(problem, FormProblem::Email(_) | FormProblem::EmailTaken))
    }

    /// What is wrong with the password.
    pub fn password_problem(self) -> Signal<Option<String>> {
        self.problem(|problem| matches!(problem, FormProblem::Password(_)))
    }

    /// What is wrong with both, or with something else.
    pub fn other_problem(self) -> Signal<Option<String>> {
        Signal::derive(move || match self.0.get() {
            Some(Err(ApiError::Form { problem, .. })) => {
                let of_both = matches!(problem, FormProblem::Credentials | FormProblem::TooMany { .. });
                of_both.then(|| words::form_problem(problem))
            }
            Some(Err(error)) => Some(words::problem(&error)),
            _ => None,
        })
    }

    fn problem(self, mine: fn(FormProblem) -> bool) -> Signal<Option<String>> {
        Signal::derive(move || match self.0.get() {
            Some(Err(ApiError::Form { problem, .. })) if mine(problem) => Some(words::form_problem(problem)),
            _ => None,
        })
    }

    /// Follows the address that a success names, as a full navigation: what
    /// the page knows of the person is read anew.
    pub fn follow(self) {
        Effect::new(move |_| {
            if let Some(Ok(next)) = self.0.get() {
                leave(&next);
            }
        });
    }
}

/// Leaves for an address as the browser itself would.
pub fn leave(address: &str) {
    // Fails only for addresses that cannot be parsed; ours can.
    let _ = window().location().assign(address);
}

/// Where the address says to go after the login.
pub fn next() -> String {
    let next = use_query_map().with_untracked(|query| query.get("next"));
    next.as_deref().and_then(path::local).unwrap_or_default().to_owned()
}

/// The two logins without a password of ours.
#[component]
pub fn SocialLogins() -> impl IntoView {
    view! {
        <div class="logins">
            <a class="button button--wide" href=path::start(Platform::Instagram, "for=login") rel="external">
                {text!(login.instagram)}
            </a>
            <a class="button button--wide" href=path::start(Platform::Facebook, "for=login") rel="external">
                {text!(login.facebook)}
            </a>
        </div>
        <p class="divider"><span>{text!(login.or)}</span></p>
    }
}

/// Leads those on who are signed in already.
#[component]
pub fn SignedInAlready(
    /// Where they wanted to go.
    next: String,
) -> impl IntoView {
    let user = expect_context::<CurrentUser>();
    let next = StoredValue::new(next);
    view! {
        <Suspense fallback=|| ()>
            {waited(move || async move {
                let home = match user.me().await.map(|me| me.home()) {
                    None => return ().into_any(),
                    Some(Home::Dashboard) => "/dashboard",
                    Some(Home::AccessToken) => "/access-token",
                };
                let next = next.get_value();
                let path = if next.is_empty() { home.to_owned() } else { next };
                view! { <GoTo path /> }
            })}
        </Suspense>
    }
}

/// What is wrong with more than one field.
#[component]
pub fn FormAlert(
    /// The sentence.
    problem: Signal<Option<String>>,
) -> impl IntoView {
    move || problem.get().map(|text| view! { <Alert text=text /> })
}
