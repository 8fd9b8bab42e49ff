//! Connecting an account: through Instagram or through Facebook.

use domain::authorization::Intent;
use domain::platform::Platform;

use super::{Icon, Shape};
use crate::path;
use crate::prelude::*;

/// The button that opens the choice.
#[component]
pub fn ConnectMenu() -> impl IntoView {
    view! {
        <details class="menu menu--end">
            <summary class="button">
                <Icon shape=Shape::Plus />
                {text!(connect.button)}
            </summary>
            <div class="menu__panel menu__panel--wide">
                <ConnectChoice />
            </div>
        </details>
    }
}

/// The choice itself.
#[component]
pub fn ConnectChoice() -> impl IntoView {
    view! {
        <div class="choice">
            <a class="choice__item" href=path::start(Platform::Instagram, Intent::Connect) rel="external">
                <strong>{text!(connect.instagram)}</strong>
                <span>{text!(connect.instagram_hint)}</span>
            </a>
            <a class="choice__item" href=path::start(Platform::Facebook, Intent::Connect) rel="external">
                <strong>{text!(connect.facebook)}</strong>
                <span>{text!(connect.facebook_hint)}</span>
            </a>
            <p class="choice__note">{text!(connect.professional)}</p>
        </div>
    }
}
