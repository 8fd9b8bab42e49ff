//! The menu of the signed-in person.

use domain::view::Me;
use leptos::html;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_location;

use crate::api::session::LogOut;
use crate::prelude::*;
use crate::ui::{Icon, Shape};

/// "My access token", "Settings", "Log out".
///
/// The browser itself opens and closes it, so that it works from the first
/// moment on, and stays as it is when the page comes alive.
#[component]
pub fn UserMenu(
    /// Who.
    me: Me,
) -> impl IntoView {
    let menu = NodeRef::<html::Details>::new();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    let path = use_location().pathname;
    // A link inside was followed.
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path) {
            close();
        }
        path
    });
    let label = text!(nav.menu, name = me.name.clone());
    view! {
        <details
            class="menu menu--end user"
            node_ref=menu
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    close();
                }
            }
        >
            <summary class="button button--quiet" aria-label=label>
                <Icon shape=Shape::Person />
                <span class="user__name">{me.name.clone()}</span>
                <Icon shape=Shape::Down />
            </summary>
            <div class="menu__panel">
                <p class="menu__note">{text!(nav.signed_in_as)} <strong>{me.name}</strong></p>
                <a class="menu__item" href=Route::AccessToken.address()>
                    {text!(nav.access_token)}
                </a>
                <a class="menu__item" href=Route::Settings.address()>
                    {text!(nav.settings)}
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
