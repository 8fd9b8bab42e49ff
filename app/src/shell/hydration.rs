//! How a page comes alive: `alive.js` loads the app's files and hands the page
//! over, or leaves it as it is. At once, but for the front page, which most
//! visitors only read.

use std::sync::LazyLock;

use axum::http::request::Parts;
use domain::language::Language;
use leptos::nonce::use_nonce;

use crate::language;
use crate::prelude::*;

/// The scripts around the app as one, without what only people read.
static SCRIPT: LazyLock<String> = LazyLock::new(|| {
    let alive = include_str!("alive.js").replace("TRANSLATION", include_str!("translation.js"));
    let alive = alive.replace("TYPED", include_str!("typed.js"));
    let script = format!("{}{alive}", include_str!("live.js"));
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
});

/// Loads the app.
#[component]
pub fn Hydration(options: LeptosOptions) -> impl IntoView {
    let front_page = use_context::<Parts>().is_some_and(|parts| is_front_page(parts.uri.path()));
    let (js, wasm) = files(&options);
    let texts = language::texts_path();
    let early = (!front_page).then(|| {
        // Not for its script: it tells leptos where the lazy part lies, so that
        // the browser is asked for it beforehand too.
        drop(view! { <HydrationScripts options /> });
        view! {
            <link rel="modulepreload" href=js.clone() />
            <link rel="preload" href=wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
            <link rel="preload" href=texts r#as="fetch" r#type="application/json" crossorigin="anonymous" />
        }
    });
    view! {
        <script
            nonce=use_nonce()
            data-js=js
            data-wasm=wasm
            data-texts=texts
            data-wait=front_page.then_some("")
            // The server fills this in when the page is complete.
            data-nodes="?"
        >
            {SCRIPT.as_str()}
        </script>
        {early}
    }
}

fn is_front_page(path: &str) -> bool {
    Language::of_path(path).map_or(path, |(_, rest)| rest) == "/"
}

/// The addresses of the app's script and wasm.
fn files(options: &LeptosOptions) -> (String, String) {
    // Beside the program, as the build leaves it.
    static HASHES: LazyLock<String> = LazyLock::new(|| {
        let program = std::env::current_exe().unwrap_or_default();
        std::fs::read_to_string(program.with_file_name("hash.txt")).unwrap_or_default()
    });
    let address = |kind: &str| {
        let hash = HASHES.lines().find_map(|line| line.strip_prefix(kind)?.strip_prefix(':'));
        let hash = hash.filter(|_| options.hash_files).map(|hash| format!(".{}", hash.trim())).unwrap_or_default();
        format!("/{}/{}{hash}.{kind}", options.site_pkg_dir, options.output_name)
    };
    (address("js"), address("wasm"))
}
