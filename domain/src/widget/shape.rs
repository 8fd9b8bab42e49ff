//! How high a widget is, before anything of it has loaded: so that a website
//! can keep the place free and nothing on it jumps.

use super::settings::{Layout, Look, Screen, Settings};

/// The heading's line, in CSS pixels.
pub const TITLE_HEIGHT: u32 = 44;
/// A caption's line is so many times its size.
pub const LINE: (u32, u32) = (7, 5);
/// Above a caption, in CSS pixels.
pub const CAPTION_SPACE: u32 = 8;
/// The share of a list's width that its pictures take: 3 of 10.
pub const LIST_PICTURE: (u32, u32) = (3, 10);

/// A height that depends on the width: `width × per_width + fixed`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Height {
    /// In widths of the widget.
    pub per_width: f64,
    /// In CSS pixels.
    pub fixed: f64,
}

impl Height {
    /// For a widget of this width, in CSS pixels.
    pub fn at(self, width: f64) -> f64 {
        width * self.per_width + self.fixed
    }
}

/// The height of a full widget at one width. The renderer's style sheet is
/// built from the same numbers.
pub fn reserved(settings: &Settings, screen: Screen) -> Height {
    let look = settings.look(screen);
    let title = if settings.title.as_str().is_empty() { 0.0 } else { f64::from(TITLE_HEIGHT) };
    let gap = f64::from(look.gap.get());
    let columns = f64::from(look.columns.get());
    let rows = f64::from(look.rows.get());
    let (height, width) = look.ratio.fraction();
    let ratio = f64::from(height) / f64::from(width);
    // A picture's box is `share` of the widget's width, less its part of the gaps.
    let boxes = |share: f64, gaps: f64, rows: f64, below: f64| Height {
        per_width: rows * share * ratio,
        fixed: rows * (below - gaps * ratio) + (rows - 1.0) * gap + title,
    };
    let in_columns = gap * (columns - 1.0) / columns;
    match settings.layout {
        Layout::Grid | Layout::Columns => boxes(1.0 / columns, in_columns, rows, caption_height(look)),
        Layout::Slider => boxes(1.0 / columns, in_columns, 1.0, caption_height(look)),
        Layout::List => boxes(f64::from(LIST_PICTURE.0) / f64::from(LIST_PICTURE.1), 0.0, rows, 0.0),
    }
}

/// Below a picture, in CSS pixels: whole lines, so that it does not depend on the text.
pub fn caption_height(look: &Look) -> f64 {
    match look.caption_lines.get() {
        0 => 0.0,
        lines => {
            let line = f64::from(look.caption_size.get()) * f64::from(LINE.0) / f64::from(LINE.1);
            f64::from(CAPTION_SPACE) + f64::from(lines) * line
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::settings::{Ratio, Title, Within};
    use super::*;

    #[test]
    fn a_square_grid_without_gaps_is_as_high_as_its_rows() {
        let mut settings = Settings::default();
        settings.phone.gap = Within::clamped(0);
        assert!((reserved(&settings, Screen::Phone).at(360.0) - 360.0).abs() < 1e-9);
        settings.title = Title::parse("Our kitchen").unwrap();
        assert!((reserved(&settings, Screen::Phone).at(360.0) - 404.0).abs() < 1e-9);
    }

    #[test]
    fn gaps_make_boxes_narrower_and_rows_further_apart() {
        let mut settings = Settings::default();
        settings.phone.gap = Within::clamped(12);
        settings.phone.ratio = Ratio::Portrait;
        // (360 − 2 × 12) / 3 = 112 wide, 140 high; three of them and two gaps.
        assert!((reserved(&settings, Screen::Phone).at(360.0) - 444.0).abs() < 1e-9);
    }

    #[test]
    fn captions_take_whole_lines() {
        let mut settings = Settings::default();
        settings.phone.caption_lines = Within::clamped(2);
        settings.phone.caption_size = Within::clamped(10);
        assert!((caption_height(&settings.phone) - 36.0).abs() < 1e-9);
        settings.layout = Layout::Slider;
        let height = reserved(&settings, Screen::Phone).at(360.0);
        assert!((height - ((360.0 - 16.0) / 3.0 + 36.0)).abs() < 1e-9);
        settings.layout = Layout::Columns;
        let height = reserved(&settings, Screen::Phone).at(360.0);
        assert!((height - (3.0 * ((360.0 - 16.0) / 3.0 + 36.0) + 16.0)).abs() < 1e-9);
    }
}
