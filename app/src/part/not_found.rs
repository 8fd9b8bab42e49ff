//! 404.

use super::{PageTitle, set_status};
use crate::prelude::*;
use crate::ui::Flame;

/// There is nothing here.
#[component]
pub fn NotFound() -> impl IntoView {
    set_status(404);
    view! {
        <PageTitle text=text!(missing.title) />
        <div class="message">
            <Flame lit=false />
            <h1>{text!(missing.heading)}</h1>
            <p>{text!(missing.text)}</p>
            <a class="button button--primary" href=Route::Home.address()>
                {text!(missing.home)}
            </a>
        </div>
    }
}
