//! The menu of the signed-in person.

use domain::view::Me;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_location;

use crate::api::session::LogOut;
use crate::ui::{Icon, Shape};

/// "My access token", "Where you are signed in", "Log out".
#[component]
pub fn UserMenu(
    /// Who.
    me: Me,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let path = use_location().pathname;
    // A link inside was followed.
    Effect::new(move |_| {
        path.track();
        open.set(false);
    });
    let label = text!(nav.menu, name = me.name.clone());
    view! {
        <details
            class="menu menu--end user"
            prop:open=move || open.get()
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    open.set(false);
                }
            }
        >
            <summary
                class="button button--quiet"
                aria-label=label
                on:click=move |event| {
                    event.prevent_default();
                    open.update(|open| *open = !*open);
                }
            >
                <Icon shape=Shape::Person />
                <span class="user__name">{me.name.clone()}</span>
                <Icon shape=Shape::Down />
            </summary>
            <div class="menu__panel">
                <p class="menu__note">{text!(nav.signed_in_as)} <strong>{me.name}</strong></p>
                <a class="menu__item" href="/access-token">
                    {text!(nav.access_token)}
                </a>
                <a class="menu__item" href="/sessions">
                    {text!(nav.sessions)}
                </a>
                <form method="post" action=LogOut::url()>
                    <button class="menu__item" type="submit">
                        {text!(nav.log_out)}
                    </button>
                </form>
            </div>
        </details>
    }
}
