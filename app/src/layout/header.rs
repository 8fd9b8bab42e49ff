//! The head of every page: the name, the ways, the person.

use domain::view::{Home, Me};
use leptos_router::components::A;

use super::user_menu::UserMenu;
use crate::erased::waited;
use crate::prelude::*;
use crate::ui::Flame;
use crate::user::CurrentUser;

/// The banner.
#[component]
pub fn Header() -> impl IntoView {
    let user = expect_context::<CurrentUser>();
    view! {
        <header class="top">
            <div class="top__inner">
                <a class="brand" href=Route::Home.address() aria-label=text!(nav.home)>
                    <Flame lit=true />
                    <span>{text!(brand.name)}</span>
                </a>
                <Suspense fallback=|| view! { <span class="top__wait"></span> }>
                    {waited(move || async move {
                        match user.me().await {
                            Some(me) => signed_in(me).into_any(),
                            None => signed_out().into_any(),
                        }
                    })}
                </Suspense>
            </div>
        </header>
    }
}

fn signed_in(me: Me) -> impl IntoView {
    let ways = match me.home() {
        Home::Dashboard => view! {
            <li><A href=Route::Dashboard.address()>{text!(nav.dashboard)}</A></li>
            <li><A href=Route::Accounts.address()>{text!(nav.accounts)}</A></li>
        },
        Home::AccessToken => view! {
            <li><A href=Route::AccessToken.address()>{text!(nav.access_token)}</A></li>
            <li><A href=Route::Accounts.address()>{text!(nav.accounts)}</A></li>
        },
    };
    view! {
        <nav class="ways" aria-label=text!(nav.main)>
            <ul>
                {ways} <li>
                    <A href=Route::Widgets.address()>{text!(nav.widgets)}</A>
                </li>
            </ul>
        </nav>
        <UserMenu me=me />
    }
}

fn signed_out() -> impl IntoView {
    view! {
        <nav class="ways ways--out" aria-label=text!(nav.main)>
            <ul>
                <li><A href=Route::AccessToken.address()>{text!(nav.access_token)}</A></li>
                <li><A href=Route::LogIn.address()>{text!(nav.log_in)}</A></li>
            </ul>
        </nav>
    }
}
