//! What logging in and signing up share.

use domain::authorization::Intent;
use domain::platform::Platform;
use leptos_router::hooks::use_query_map;

use super::{GoTo, leave};
use crate::api::ApiError;
use crate::erased::{effect, waited};
use crate::prelude::*;
use crate::user::CurrentUser;
use crate::{path, words};

/// The outcome of a form with an e-mail address and a password.
#[derive(Clone, Copy)]
pub struct Outcome(pub Signal<Option<Result<String, ApiError>>>);

impl Outcome {
    /// What was typed as the e-mail address.
    pub fn email(self) -> Signal<String> {
        Signal::derive(move || match self.0.get() {
            Some(Err(ApiError::Form { draft, .. })) => draft.get("email").to_owned(),
            _ => String::new(),
        })
    }

    /// What is wrong with a field.
    pub fn problem_of(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || match self.0.get() {
            Some(Err(ApiError::Form { problems, .. })) => {
                problems.iter().find(|problem| problem.field == field).map(|found| words::field_problem(&found.problem))
            }
            _ => None,
        })
    }

    /// What is wrong with the form as a whole, or with something else.
    pub fn problem(self) -> Signal<Option<String>> {
        let of_all = self.problem_of("");
        Signal::derive(move || match self.0.get() {
            Some(Err(error)) if !matches!(error, ApiError::Form { .. }) => Some(words::problem(&error)),
            _ => of_all.get(),
        })
    }

    /// Follows the address that a success names, as a full navigation: what
    /// the page knows of the person is read anew.
    pub fn follow(self) {
        effect(move || {
            if let Some(Ok(next)) = self.0.get() {
                leave(&next);
            }
        });
    }
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
            <a class="button button--wide" href=path::start(Platform::Instagram, Intent::LogIn) rel="external">
                {text!(login.instagram)}
            </a>
            <a class="button button--wide" href=path::start(Platform::Facebook, Intent::LogIn) rel="external">
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
                let Some(me) = user.me().await else { return ().into_any() };
                let next = next.get_value();
                let path = if next.is_empty() { Route::from(me.home()).address() } else { next };
                view! { <GoTo path /> }
            })}
        </Suspense>
    }
}
