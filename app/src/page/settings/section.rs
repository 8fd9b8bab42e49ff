//! What the sections of the page are made of.

use leptos::server_fn::ServerFn;
use serde::de::DeserializeOwned;

use crate::action::{FormAction, Sender};
use crate::api::ApiError;
use crate::api::person::{AskAgain, ChangeAddress, ChangePassword, LeaveSite, SaveSettings, Stay, Unlink};
use crate::erased::changing;
use crate::part::{FormAlert, Outcome};
use crate::prelude::*;

/// The forms of the page. They begin before its data is there, because a plain
/// form that was refused is told of once.
#[derive(Clone, Copy)]
pub(super) struct Forms {
    pub save: Leading<SaveSettings>,
    pub again: Leading<AskAgain>,
    pub address: Leading<ChangeAddress>,
    pub password: Leading<ChangePassword>,
    pub unlink: Leading<Unlink>,
    pub leave: Leading<LeaveSite>,
    pub stay: Leading<Stay>,
}

impl Forms {
    /// None was sent yet.
    pub fn begin() -> Self {
        Self {
            save: Leading::new(),
            again: Leading::new(),
            address: Leading::new(),
            password: Leading::new(),
            unlink: Leading::new(),
            leave: Leading::new(),
            stay: Leading::new(),
        }
    }
}

/// A form whose success leads on, which is followed.
pub(super) struct Leading<S> {
    pub action: FormAction<S>,
    pub outcome: Outcome,
    /// Whether the page came with what was wrong: then one sees it at once.
    pub was_refused: bool,
}

impl<S> Clone for Leading<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Leading<S> {}

impl<S> Leading<S>
where
    S: ServerFn<Error = ApiError, Output = String> + 'static,
    S::Output: DeserializeOwned,
{
    fn new() -> Self {
        let action = FormAction::<S>::new();
        let outcome = Outcome(Signal::derive(move || action.answer()));
        outcome.follow();
        Self { action, outcome, was_refused: untrack(|| action.problem().is_some()) }
    }
}

impl<S> Leading<S> {
    /// Its button, and above it what is wrong with the form as a whole.
    pub fn submit(self, label: &'static str, class: &'static str) -> AnyView {
        submit(self.action.into(), self.outcome, label, class)
    }
}

/// One matter, with its heading.
pub(super) fn framed(heading: &'static str, inside: AnyView) -> AnyView {
    view! {
        <section class="panel person__section">
            <h2 class="person__heading">{heading}</h2>
            {inside}
        </section>
    }
}

fn submit(action: Sender, outcome: Outcome, label: &'static str, class: &'static str) -> AnyView {
    let pending = action.pending();
    view! {
        <FormAlert problem=outcome.problem() />
        <p>
            <button class=class type="submit" disabled=pending>
                {changing(move || if pending.get() { text!(person.busy) } else { label })}
            </button>
        </p>
    }
}
