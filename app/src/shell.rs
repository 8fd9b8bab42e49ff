//! The document around the app. Rendered on the server only.

mod hydration;

use hydration::Hydration;
use leptos_meta::{HashedStylesheet, MetaTags};

use crate::prelude::*;
use crate::{App, language, theme};

/// The whole HTML document.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let lang = language::code();
    view! {
        <!DOCTYPE html>
        <html lang=lang data-theme=theme::current().as_str()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="description" content=text!(home.lead) />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/icon-180.png" />
                <link
                    rel="preload"
                    href="/fonts/inter-latin.woff2"
                    r#as="font"
                    r#type="font/woff2"
                    crossorigin="anonymous"
                />
                <HashedStylesheet id="style" options=options.clone() />
                <AutoReload options=options.clone() />
                <Hydration options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
