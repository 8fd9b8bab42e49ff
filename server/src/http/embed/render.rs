//! From settings and posts to a complete page: a pure function, so that the
//! page can be kept in memory, and the same one serves websites and previews.

mod frame;
mod layout;
mod post;
mod script;
mod style;
#[cfg(test)]
mod tests;
mod text;

use app::EmbedWords;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::language::Language;
use domain::widget::{Click, Shown, Site};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

pub use frame::Frame;
pub use style::small;
pub use text::plain;

/// A page and the policy it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The page.
    pub html: String,
    /// Its content security policy. It names the hashes of the page's one style
    /// and one script, not a nonce: so the page can be kept and served as it is.
    pub policy: String,
}

/// Renders a widget for visitors whose browsers ask for this language. Everything that comes from Instagram is text: maud escapes
/// it, and none of it ever stands inside the style or the script.
pub fn render(shown: &Shown, frame: &Frame<'_>, asked: Language) -> Rendered {
    let settings = &shown.settings;
    let language = settings.language.language(asked);
    let words = EmbedWords(language);
    let style = style::sheet(shown);
    let script = script::of(settings, frame);
    let name = match frame {
        Frame::Website { widget, .. } => widget.to_string(),
        Frame::Preview => "preview".to_owned(),
    };
    let title = plain(settings.title.as_str());
    let fallback = words.posts_by(&plain(&shown.username));
    let lightbox = settings.click == Click::Lightbox && shown.posts.iter().any(|post| post.cover().is_some());
    let page = html! {
        (DOCTYPE)
        html lang=(language.tag()) data-widget=(name) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="robots" content="noindex";
                title { @if title.is_empty() { (fallback) } @else { (title) } }
                style { (PreEscaped(&style)) }
            }
            body {
                // No `main`: the website around the frame has one.
                section aria-label=(if title.is_empty() { &fallback } else { &title }) {
                    @if title.is_empty() { h1.h { (fallback) } } @else { h1.t dir="auto" { (title) } }
                    @if shown.posts.is_empty() { (empty(words, &shown.username)) } @else { (layout::posts(shown, words)) }
                }
                @if lightbox { (dialog(words)) }
                script { (PreEscaped(&script)) }
            }
        }
    };
    Rendered { html: page.into_string(), policy: policy(shown, frame, &style, &script) }
}

/// Room for the first post, and a word that nothing is broken.
fn empty(words: EmbedWords, username: &str) -> Markup {
    html! {
        p.none {
            b { (words.none()) }
            " " (words.none_text(&plain(username)))
        }
    }
}

fn dialog(words: EmbedWords) -> Markup {
    html! {
        dialog aria-label=(words.post()) {
            div.bar {
                span.count role="status" {}
                a.out target="_blank" rel="noopener nofollow" { (words.open()) }
                button.x type="button" aria-label=(words.close()) { (post::icon(post::CROSS)) }
            }
            div.big {}
            p.words dir="auto" tabindex="0" {}
            button.go.back type="button" aria-label=(words.previous()) { (post::icon(post::BACK)) }
            button.go.on type="button" aria-label=(words.next()) { (post::icon(post::ON)) }
        }
    }
}

fn policy(shown: &Shown, frame: &Frame<'_>, style: &str, script: &str) -> String {
    // A sandboxed page has no origin that could be its own, so this one is named.
    let (pictures, ancestors) = match frame {
        Frame::Preview => ("'self'".to_owned(), Some("'self'".to_owned())),
        Frame::Website { origin, .. } => (format!("'self' {origin}"), ancestors(&shown.settings.sites, origin)),
    };
    let ancestors = ancestors.map(|ancestors| format!("; frame-ancestors {ancestors}")).unwrap_or_default();
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; img-src {pictures}; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; \
         form-action 'none'{ancestors}",
        hash(style),
        hash(script)
    )
}

/// Who may frame a widget. If no website is named, nothing is said: `*` would
/// leave out pages without an http origin, such as one opened from a disk, a
/// `data:` address, or a sandbox.
fn ancestors(sites: &[Site], origin: &str) -> Option<String> {
    if sites.is_empty() {
        return None;
    }
    let sources = sites.iter().flat_map(Site::sources);
    let named = sources.flat_map(|source| source.in_policy().collect::<Vec<_>>());
    Some(named.chain([origin.to_owned()]).collect::<Vec<_>>().join(" "))
}
