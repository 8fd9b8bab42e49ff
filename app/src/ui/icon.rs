//! Icons: one set, 24 units, one stroke.

use crate::prelude::*;

/// The icons we have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Down: opens something.
    Down,
    /// Back.
    Back,
    /// On.
    Forward,
    /// The screen: as the system.
    Screen,
    /// Light.
    Sun,
    /// Dark.
    Moon,
    /// A person.
    Person,
    /// Add.
    Plus,
}

/// An icon. Decoration: the text beside it says the same.
#[component]
pub fn Icon(
    /// Which.
    shape: Shape,
) -> impl IntoView {
    let d = match shape {
        Shape::Down => "m6 9 6 6 6-6",
        Shape::Back => "m11 6-6 6 6 6M5 12h14",
        Shape::Forward => "m13 6 6 6-6 6M5 12h14",
        Shape::Screen => "M4 5h16v11H4zM9 20h6M12 16v4",
        Shape::Sun => {
            "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5"
        }
        Shape::Moon => "M20 14.5A8 8 0 0 1 9.5 4 8 8 0 1 0 20 14.5z",
        Shape::Person => "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20c1.2-3.4 4-5 7.5-5s6.3 1.6 7.5 5",
        Shape::Plus => "M12 5v14M5 12h14",
    };
    view! {
        <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
            <path d=d />
        </svg>
    }
}
