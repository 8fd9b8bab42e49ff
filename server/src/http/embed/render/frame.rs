//! What stands around a page. Its script and its policy depend on it.

use domain::id::WidgetId;

/// Where a page is shown.
#[derive(Debug, Clone, Copy)]
pub enum Frame<'a> {
    /// On a website.
    Website {
        /// The widget, which the page names.
        widget: WidgetId,
        /// This installation's public origin, which may always frame it.
        origin: &'a str,
    },
    /// On this installation's own pages.
    Preview,
}
