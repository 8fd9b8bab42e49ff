//! The document around the app. Rendered on the server only.

mod alternates;
mod hydration;

use alternates::Alternates;
use domain::word::Word as _;
use hydration::Hydration;
use leptos_meta::{HashedStylesheet, MetaTags};

use crate::prelude::*;
use crate::{App, language, theme};

/// What every `Flame` is a copy of.
const FLAMES: &str = concat!(
    r#"<symbol id="flame-lit" class="flame--lit" viewBox="0 0 24 24">"#,
    r#"<path class="flame__outer" d="M12.4 1.6c.5 3.6 5.9 5.9 5.9 11.6 0 3.7-2.8 6.3-6.3 6.3s-6.3-2.6-6.3-6.2"#,
    r#"c0-2.9 1.7-4.4 2.7-6.5.5 1.3 1.1 2.1 2 2.5.2-2.9.3-5.3 2-7.7z"/>"#,
    r#"<path class="flame__inner" d="M12.1 10.9c.3 2 2.7 2.9 2.7 5.5 0 1.7-1.2 3.1-2.8 3.1s-2.8-1.3-2.8-3"#,
    r#"c0-2.1 1.8-2.9 2.9-5.6z"/><path class="flame__burner" d="M7 21.9h10"/></symbol>"#,
    r#"<symbol id="flame-out" viewBox="0 0 24 24">"#,
    r#"<path class="flame__smoke" d="M12 18.5c0-2.5-2-3-2-5.5s3.5-3 3.5-5.5S12 4.5 12 3"/>"#,
    r#"<path class="flame__burner" d="M7 21.9h10"/></symbol>"#,
);

/// The whole HTML document.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let lang = language::current().tag();
    view! {
        <!DOCTYPE html>
        <html lang=lang data-theme=theme::current().word()>
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
                <Alternates />
                <HashedStylesheet id="style" options=options.clone() />
                <AutoReload options=options.clone() />
                <Hydration options />
                <MetaTags />
            </head>
            <body>
                <App />
                <svg class="flames" width="0" height="0" aria-hidden="true" focusable="false" inner_html=FLAMES />
            </body>
        </html>
    }
}
