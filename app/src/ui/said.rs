//! Meta's own words, one click away, for support.

use crate::prelude::*;
use domain::platform::Platform;
use domain::token::MetaAnswer;

/// "What Instagram said".
#[component]
pub fn MetaSaid(
    /// Meta's words.
    said: MetaAnswer,
    /// Whose words.
    platform: Platform,
) -> impl IntoView {
    let code = match (said.code, said.subcode) {
        (Some(code), Some(subcode)) => {
            text!(status.code_subcode, code = code.to_string(), subcode = subcode.to_string())
        }
        (Some(code), None) => text!(status.code, code = code.to_string()),
        (None, _) => text!(status.no_code).to_owned(),
    };
    view! {
        <details class="said">
            <summary>{text!(status.said, platform = platform.name())}</summary>
            <p class="said__code">{code}</p>
            <blockquote class="said__words">{said.message}</blockquote>
        </details>
    }
}
