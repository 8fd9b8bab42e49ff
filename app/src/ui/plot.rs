//! Views and rebuilds over thirty days: a picture, and the same as a table.
//! Drawn in percent and pixels, so that it stretches without distorting.

use domain::view::Day;

use crate::prelude::*;
use crate::time;

/// The height of the bars' field and where the marks stand, in pixels.
const FIELD: u64 = 120;
const MARKS: &str = "134";

/// The plot of these days, oldest first.
#[component]
pub fn Plot(
    /// The days.
    days: Vec<Day>,
) -> impl IntoView {
    let most = days.iter().map(|day| day.views).max().unwrap_or(0);
    let (views, rebuilt, failed) = days.iter().fold((0, 0, 0), |(views, rebuilt, failed), day| {
        (views + day.views, rebuilt + day.rebuilt, failed + day.failed)
    });
    let ends = (days.first().map(|day| time::date(day.day)), days.last().map(|day| time::date(day.day)));
    let (from, to) = (ends.0.unwrap_or_default(), ends.1.unwrap_or_default());
    let told =
        text!(plot.text, views = views, rebuilt = rebuilt, failed = failed, from = from.clone(), to = to.clone());
    let bars: Vec<_> = days.iter().enumerate().map(|(index, day)| column(index, days.len(), *day, most)).collect();
    view! {
        <figure class="plot">
            <p class="plot__most" aria-hidden="true">
                {text!(plot.most, views = most)}
            </p>
            <svg class="plot__picture" width="100%" height="146" role="img" aria-labelledby="plot-title plot-text">
                <title id="plot-title">{text!(plot.title)}</title>
                <desc id="plot-text">{told}</desc>
                <line class="plot__axis" x1="0" x2="100%" y1=FIELD.to_string() y2=FIELD.to_string() />
                {bars}
            </svg>
            <p class="plot__ends" aria-hidden="true">
                <span>{from}</span>
                <span>{to}</span>
            </p>
            <ul class="plot__legend" aria-hidden="true">
                <li class="plot__key plot__key--views">{text!(plot.views)}</li>
                <li class="plot__key plot__key--rebuilt">{text!(plot.rebuilt)}</li>
                <li class="plot__key plot__key--failed">{text!(plot.failed)}</li>
            </ul>
            {table(days)}
        </figure>
    }
}

/// One day: a bar of views, and a mark where there were rebuilds.
fn column(index: usize, count: usize, day: Day, most: u64) -> AnyView {
    // In tenths of a percent, as whole numbers: both sides write the same.
    let step = 1000 / count.max(1);
    let tenths = |value: usize| format!("{}.{}%", value / 10, value % 10);
    let height = if most == 0 { 0 } else { (day.views * FIELD).div_ceil(most) };
    let mark = match (day.failed, day.rebuilt) {
        (0, 0) => None,
        (0, _) => Some("plot__mark plot__mark--rebuilt"),
        _ => Some("plot__mark plot__mark--failed"),
    };
    view! {
        <rect
            class="plot__bar"
            x=tenths(index * step + step / 8)
            width=tenths(step * 3 / 4)
            y=(FIELD - height).to_string()
            height=height.to_string()
        />
        {mark.map(|class| view! { <circle class=class cx=tenths(index * step + step / 2) cy=MARKS r="3.5" /> })}
    }
}

fn table(days: Vec<Day>) -> AnyView {
    let rows: Vec<_> = days
        .into_iter()
        .rev()
        .map(|day| {
            view! {
                <tr>
                    <th scope="row">{time::date(day.day)}</th>
                    <td>{day.views}</td>
                    <td>{day.rebuilt}</td>
                    <td>{day.failed}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <details class="plot__numbers">
            <summary>{text!(plot.numbers)}</summary>
            <table>
                <caption class="visually-hidden">{text!(plot.title)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text!(plot.day)}</th>
                        <th scope="col">{text!(plot.views)}</th>
                        <th scope="col">{text!(plot.rebuilt)}</th>
                        <th scope="col">{text!(plot.failed)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}
