//! How often the widget was seen, and where.

use domain::view::WidgetView;

use crate::prelude::*;
use crate::ui::Plot;

/// The last thirty days.
pub fn statistics(widget: WidgetView) -> AnyView {
    let sites: Vec<_> = widget
        .seen_on
        .into_iter()
        .map(|seen| {
            let site = if seen.site.is_empty() { text!(plot.unknown_site).to_owned() } else { seen.site };
            view! {
                <li>
                    <span>{site}</span>
                    <span>{seen.views}</span>
                </li>
            }
        })
        .collect();
    let sites = if sites.is_empty() {
        view! { <p class="hint">{text!(plot.no_sites)}</p> }
    } else {
        view! { <ul class="panel__list">{sites}</ul> }
    };
    view! {
        <section class="block" aria-labelledby="views-heading">
            <h2 id="views-heading">{text!(widget.stats)}</h2>
            <Plot days=widget.days />
            <h3 class="plot__sites">{text!(plot.sites)}</h3>
            {sites}
        </section>
    }
}
