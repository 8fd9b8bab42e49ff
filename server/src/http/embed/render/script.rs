//! The one script of a page: of a few parts, those that the settings need.
//! They hold nothing of the widget, so that their text is always the same.

use domain::widget::{Click, Font, Layout, Settings};

use super::frame::Frame;
use super::style::small;

/// Puts a script together.
pub fn of(settings: &Settings, frame: &Frame<'_>) -> String {
    let height = match frame {
        Frame::Website { .. } => include_str!("script/size.js"),
        Frame::Preview => include_str!("script/fit.js"),
    };
    let parts = [
        (true, height),
        (settings.font == Font::Inherit, include_str!("script/font.js")),
        (settings.layout == Layout::Slider, include_str!("script/slider.js")),
        (settings.click == Click::Lightbox, include_str!("script/lightbox.js")),
    ];
    let needed = parts.into_iter().filter(|(needed, _)| *needed);
    needed.map(|(_, source)| small(source)).collect::<Vec<_>>().join("\n")
}
