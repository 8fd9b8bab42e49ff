//! The life line: issued → now → expiry, with marks. An SVG in percent and
//! pixels, so that it stretches without distorting its marks.

use domain::Moment;
use domain::token::life_line::{LifeLine, Mark, MarkKind};

use super::{Flame, When};
use crate::prelude::*;
use crate::{time, words};

/// The height of the axis from the top of the picture, in pixels.
const AXIS: &str = "34";

/// The picture, its legend, and the same as a table for screen readers.
#[component]
pub fn LifeLineView(
    /// What to draw.
    line: LifeLine,
    /// The picture alone, beside facts that say the same in words.
    #[prop(optional)]
    compact: bool,
) -> impl IntoView {
    let now = line.now;
    let ends = (line.start, line.end);
    let words = (!compact).then(|| (legend(&line.marks, now), table(&line)));
    view! {
        <div class="life-line" data-lit=line.lit.to_string()>
            {picture(&line)}
            <p class="life-line__ends" aria-hidden="true">
                <span>{time::date(ends.0)}</span>
                <span>{time::date(ends.1)}</span>
            </p>
            {words}
        </div>
    }
}

fn picture(line: &LifeLine) -> impl IntoView + use<> {
    let now = percent(line, line.now);
    let lit = line.lit;
    let marks: Vec<_> = line
        .marks
        .iter()
        .map(|mark| {
            view! {
                <svg class="life-line__mark" x=percent(line, mark.at) y=AXIS overflow="visible">
                    {shape(mark.kind)}
                </svg>
            }
        })
        .collect();
    view! {
        <svg class="life-line__picture" width="100%" height="52" aria-hidden="true" focusable="false">
            <line class="life-line__track" x1="0" x2="100%" y1=AXIS y2=AXIS />
            <line class="life-line__past" x1="0" x2=now.clone() y1=AXIS y2=AXIS />
            {marks}
            <svg class="life-line__now" x=now y="0" overflow="visible">
                <line x1="0" x2="0" y1="24" y2="42" />
                <g transform="translate(-12 -2)">
                    <Flame lit=lit />
                </g>
            </svg>
        </svg>
    }
}

/// A mark around the origin.
fn shape(kind: MarkKind) -> impl IntoView {
    let (class, d) = match kind {
        MarkKind::Issued => ("mark mark--issued", "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z"),
        MarkKind::Extended => ("mark mark--extended", "M0-7 7 0 0 7-7 0z"),
        MarkKind::Failed => ("mark mark--failed", "M-4-4 4 4M4-4-4 4"),
        MarkKind::Ended => ("mark mark--ended", "M-6-6h12v12h-12z"),
        MarkKind::Planned => ("mark mark--planned", "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"),
        MarkKind::LastSafe => ("mark mark--last-safe", "M0-9v18"),
        MarkKind::Expiry => ("mark mark--expiry", "M0-10v20"),
    };
    view! { <path class=class d=d /> }
}

/// The kinds that occur, each with its moment: the next of the planned tries,
/// the latest of everything else.
fn legend(marks: &[Mark], now: Moment) -> impl IntoView + use<> {
    let mut kinds: Vec<(MarkKind, Moment, u32)> = Vec::new();
    for mark in marks {
        match kinds.iter_mut().find(|(kind, ..)| *kind == mark.kind) {
            Some((kind, at, count)) => {
                *count += mark.times;
                if *kind != MarkKind::Planned {
                    *at = mark.at;
                }
            }
            None => kinds.push((mark.kind, mark.at, mark.times)),
        }
    }
    let items: Vec<_> = kinds
        .into_iter()
        .map(|(kind, at, count)| {
            let label = counted(kind, count);
            view! {
                <li>
                    <svg class="life-line__key" viewBox="-12 -12 24 24" width="24" height="24" focusable="false">
                        {shape(kind)}
                    </svg>
                    <span class="life-line__label">{label}</span>
                    <span class="life-line__when">
                        <When at=at now=now day=true />
                    </span>
                </li>
            }
        })
        .collect();
    view! {
        <ul class="life-line__legend" aria-hidden="true">
            {items}
        </ul>
    }
}

fn table(line: &LifeLine) -> impl IntoView + use<> {
    let mut rows: Vec<(Moment, String)> =
        line.marks.iter().map(|mark| (mark.at, counted(mark.kind, mark.times))).collect();
    let past = rows.partition_point(|(at, _)| *at <= line.now);
    rows.insert(past, (line.now, text!(line.now).to_owned()));
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(at, what)| {
            view! {
                <tr>
                    <th scope="row">{what}</th>
                    <td>{time::utc(at)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="visually-hidden">
            <table>
                <caption>{text!(line.table)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text!(line.what)}</th>
                        <th scope="col">{text!(line.when)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// The mark's name, with how many there are.
fn counted(kind: MarkKind, count: u32) -> String {
    let label = words::mark(kind);
    if count > 1 { text!(line.many, label = label, count = count) } else { label.to_owned() }
}

fn percent(line: &LifeLine, at: Moment) -> String {
    let thousandths = line.position(at);
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}
