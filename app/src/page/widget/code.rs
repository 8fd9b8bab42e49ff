//! The code for one's website.

use domain::view::WidgetView;

use crate::prelude::*;
use crate::snippet::{Snippets, snippets};
use crate::ui::Code;

/// Where the section stands on its page.
pub const CODE: &str = "code";

/// Both variants, and how to move from another service.
pub fn code(widget: &WidgetView) -> AnyView {
    let WidgetView { summary, settings, origin, .. } = widget;
    let title = text!(widget.frame_title, username = summary.account.username.clone());
    let Snippets { element, frame } = snippets(origin, summary.id, settings, &title);
    let moving =
        text!(widget.moving, frame = format!("{origin}/embed/{}", summary.id), script = format!("{origin}/embed.js"));
    view! {
        <section class="block" id=CODE aria-labelledby="code-heading">
            <h2 id="code-heading">{text!(widget.code)}</h2>
            <p class="hint">{text!(widget.code_text)}</p>
            <h3 class="code__title">{text!(widget.code_element)}</h3>
            <p class="hint">{text!(widget.code_element_text)}</p>
            <Code label=text!(widget.code_element) code=element />
            <h3 class="code__title">{text!(widget.code_frame)}</h3>
            <p class="hint">{text!(widget.code_frame_text)}</p>
            <Code label=text!(widget.code_frame) code=frame />
            <p class="hint code__moving">{moving}</p>
        </section>
    }
}
