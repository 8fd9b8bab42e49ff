//! A letter as HTML: one column, one button, light and dark. Mail programs read
//! neither style sheets of ours nor variables.

use domain::language::Language;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::words::Words;

/// Programs that know no `prefers-color-scheme` show the light one.
const STYLE: &str = "
    :root { color-scheme: light dark; }
    body { margin: 0; padding: 32px 16px; background: #f6f5f1; color: #1d1d1b; font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Apple SD Gothic Neo', 'Noto Sans KR', sans-serif; }
    .sheet { max-width: 34em; margin: 0 auto; padding: 32px; background: #fff; border: 1px solid #e2e0d8; border-radius: 12px; overflow-wrap: anywhere; }
    h1 { margin: 0 0 16px; font-size: 22px; line-height: 1.3; }
    p { margin: 0 0 20px; }
    .action { display: inline-block; padding: 12px 20px; border-radius: 8px; background: #1f4fd8; color: #fff; font-weight: 600; text-decoration: none; }
    .aside, .site { color: #5c5b55; font-size: 14px; }
    .site { max-width: 34em; margin: 16px auto 0; text-align: center; }
    @media (prefers-color-scheme: dark) {
        body { background: #161615; color: #eceae3; }
        .sheet { background: #1f1f1d; border-color: #3a3935; }
        .action { background: #8fb0ff; color: #10131c; }
        .aside, .site { color: #a9a79e; }
    }
";

pub(super) fn document(words: &Words, site: &str, language: Language) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="supported-color-schemes" content="light dark";
                title { (words.subject) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                div.sheet role="article" {
                    h1 { (words.subject) }
                    p { (words.text) }
                    @if let Some(action) = &words.action {
                        p { a.action href=(action.address) { (action.label) } }
                    }
                    p.aside { (words.aside) }
                }
                p.site { (site) }
            }
        }
    }
}
