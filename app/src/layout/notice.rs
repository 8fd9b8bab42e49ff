//! What a page says after something was done.

use domain::notice::Notice;
use leptos_router::hooks::{use_location, use_query_map};

use crate::prelude::*;
use crate::words;

/// Lets a page announce what it has just done.
#[derive(Clone, Copy)]
pub struct Announcer(RwSignal<Option<Notice>>);

impl Announcer {
    /// Nothing to say yet.
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Says it.
    pub fn say(self, notice: Notice) {
        self.0.set(Some(notice));
    }
}

/// The sentence: of what was just done here, or of the address after a redirect.
#[component]
pub fn NoticeBanner() -> impl IntoView {
    let Announcer(said) = expect_context();
    let location = use_location();
    let query = use_query_map();
    Effect::new(move |before: Option<String>| {
        let path = location.pathname.get();
        if before.is_some_and(|before| before != path) {
            said.set(None);
        }
        path
    });
    let from_address = move || query.with(|query| query.get_str("notice").and_then(|word| word.parse::<Notice>().ok()));
    let shown = move || said.get().or_else(from_address);
    view! {
        <div role="status" class="notices">
            {move || {
                shown()
                    .map(|notice| {
                        let class = if notice == Notice::TryLater { "notice notice--wait" } else { "notice notice--good" };
                        view! { <p class=class>{words::notice(notice)}</p> }
                    })
            }}
        </div>
    }
}
