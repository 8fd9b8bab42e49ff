//! The frame that shows what visitors would see, live while somebody types.

use std::time::Duration;

use domain::form::Draft;
use domain::widget::Scenario;
use domain::word::Word as _;
use leptos::ev::Event;
use leptos::html;
use strum::VariantArray as _;

use super::settings::{Typed, typed};
use crate::erased::{changing, effect};
use crate::prelude::*;
use crate::{draft, words};

/// How long the frame waits for the next letter.
const PAUSE: Duration = Duration::from_millis(250);

/// What the frame shows.
#[derive(Clone, Copy)]
pub struct Looking {
    /// An account's id, or `demo`.
    pub account: RwSignal<String>,
    /// The look.
    pub draft: RwSignal<Draft>,
    /// In which state of the world.
    pub scenario: RwSignal<Scenario>,
    /// Grows when there is something new to see at the same address.
    pub round: RwSignal<u32>,
}

impl Looking {
    /// At the posts of an account.
    pub fn at(account: String, draft: Draft, scenario: Scenario) -> Self {
        Self {
            account: RwSignal::new(account),
            draft: RwSignal::new(draft),
            scenario: RwSignal::new(scenario),
            round: RwSignal::new(0),
        }
    }

    fn address(self) -> String {
        self.account.with(|account| draft::preview(account, self.scenario.get(), &self.draft.get()))
    }

    /// Follows a form: give this what its `input` events bring.
    pub fn follow(self) -> impl FnMut(Event) + Clone {
        following(move |typed| self.draft.set(typed.settings))
    }
}

/// Calls with what stands in a form, a moment after the last letter.
pub fn following(told: impl Fn(Typed) + Clone + 'static) -> impl FnMut(Event) + Clone {
    let pending = StoredValue::new(None::<TimeoutHandle>);
    on_cleanup(move || stop(pending));
    move |event: Event| {
        let told = told.clone();
        stop(pending);
        let later = set_timeout_with_handle(
            move || {
                if let Some(typed) = typed(&event) {
                    told(typed);
                }
            },
            PAUSE,
        );
        pending.set_value(later.ok());
    }
}

fn stop(pending: StoredValue<Option<TimeoutHandle>>) {
    if let Some(Some(handle)) = pending.try_get_value() {
        handle.clear();
    }
}

/// The frame, and the choice of its width (in CSS alone).
#[component]
pub fn PreviewFrame(
    /// What it shows.
    looking: Looking,
) -> impl IntoView {
    let frame = NodeRef::<html::Iframe>::new();
    // The first address stands in the page. The next ones replace it, so that
    // “back” does not lead through every letter that was typed.
    let mut before: Option<(String, u32)> = None;
    effect(move || {
        let (address, round) = (looking.address(), looking.round.get());
        if before.as_ref().is_some_and(|before| *before != (address.clone(), round))
            && let Some(window) = frame.get_untracked().and_then(|frame| frame.content_window())
        {
            // Fails only for addresses that cannot be parsed; ours can.
            let _ = window.location().replace(&address);
        }
        before = Some((address, round));
    });
    let widths: Vec<_> = [
        ("full", text!(preview.width_full)),
        ("phone", text!(settings.screen_phone)),
        ("tablet", text!(settings.screen_tablet)),
        ("desktop", text!(settings.screen_desktop)),
    ]
    .into_iter()
    .map(|(word, label)| {
        view! {
            <label class="frame__width">
                <input type="radio" name="width" value=word checked=word == "full" />
                {label}
            </label>
        }
    })
    .collect();
    view! {
        <div class="frame">
            <fieldset class="frame__widths">
                <legend class="visually-hidden">{text!(preview.width)}</legend>
                {widths}
            </fieldset>
            <div class="frame__place">
                <iframe
                    class="frame__frame"
                    node_ref=frame
                    title=text!(preview.frame)
                    src=untrack(move || looking.address())
                ></iframe>
            </div>
        </div>
    }
}

/// "What would visitors see?": one press each, with and without scripts.
#[component]
pub fn ScenarioSwitch(
    /// What the frame shows.
    looking: Looking,
    /// The id of the form whose fields go along.
    form: &'static str,
) -> impl IntoView {
    let chosen = looking.scenario;
    let buttons: Vec<_> = Scenario::VARIANTS
        .iter()
        .map(|scenario| {
            let scenario = *scenario;
            view! {
                <button
                    class="pick"
                    type="submit"
                    form=form
                    formmethod="get"
                    formaction="/#preview"
                    name="scenario"
                    value=scenario.word()
                    aria-pressed=move || (chosen.get() == scenario).to_string()
                    on:click=move |event| {
                        event.prevent_default();
                        chosen.set(scenario);
                    }
                >
                    {words::scenario(scenario).0}
                </button>
            }
        })
        .collect();
    view! {
        <fieldset class="picks">
            <legend>{text!(preview.what_if)}</legend>
            {buttons}
        </fieldset>
        <p class="picks__text" role="status">
            {changing(move || words::scenario(chosen.get()).1)}
        </p>
    }
}
