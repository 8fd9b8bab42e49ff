//! The one style sheet of a page: the layout's rules, and the settings as
//! custom properties per width. It holds numbers, colours and fixed words only.

use std::collections::BTreeSet;
use std::fmt::Write;

use domain::widget::shape::{self, CAPTION_SPACE, LINE, LIST_PICTURE, TITLE_HEIGHT};
use domain::widget::{Click, Font, Hover, Layout, Screen, Settings, Shown};
use strum::VariantArray as _;

use super::layout;

/// Puts a sheet together.
pub fn sheet(shown: &Shown) -> String {
    let settings = &shown.settings;
    let mut css = constants(settings);
    for screen in Screen::VARIANTS {
        let variables = variables(shown, *screen);
        let _infallible = match screen {
            Screen::Phone => write!(css, ":root{{{variables}}}"),
            wider => write!(css, "@media(min-width:{}px){{:root{{{variables}}}}}", wider.from_width()),
        };
    }
    css.push_str(&small(include_str!("style/base.css")));
    css.push_str(&small(match settings.layout {
        Layout::Grid => include_str!("style/grid.css"),
        Layout::Columns => include_str!("style/columns.css"),
        Layout::Slider => include_str!("style/slider.css"),
        Layout::List => include_str!("style/list.css"),
    }));
    let lightbox = settings.click == Click::Lightbox;
    if lightbox || settings.layout == Layout::Slider {
        css.push_str(&small(include_str!("style/button.css")));
    }
    if lightbox {
        css.push_str(&small(include_str!("style/lightbox.css")));
    }
    for screen in Screen::VARIANTS {
        css.push_str(&at(*screen, &rules(shown, *screen)));
    }
    if settings.layout == Layout::Columns {
        let shares: BTreeSet<u32> = shown.posts.iter().map(layout::grow).collect();
        css.extend(shares.into_iter().map(|share| format!(".m .f{share}{{flex-grow:{share}}}")));
    }
    css
}

/// What is the same at every width.
fn constants(settings: &Settings) -> String {
    let colours = &settings.colours;
    let ground = colours.background.as_ref().map_or("transparent", |colour| colour.as_str());
    let letters = match settings.font {
        Font::Inherit | Font::System => "system-ui,sans-serif",
        Font::Serif => "ui-serif,Georgia,\"Times New Roman\",serif",
        Font::Mono => "ui-monospace,Menlo,Consolas,monospace",
    };
    let width = match settings.layout {
        Layout::List => format!("{}vw", 100 * LIST_PICTURE.0 / LIST_PICTURE.1),
        _ => "calc((100vw - (var(--columns) - 1)*var(--gap))/var(--columns))".to_owned(),
    };
    format!(
        ":root{{--ground:{ground};--text:{};--accent:{};--letters:{letters};--title:{TITLE_HEIGHT}px;\
         --space:{CAPTION_SPACE}px;--line:{};--width:{width};--height:calc(var(--width)*var(--ratio))}}",
        colours.text.as_str(),
        colours.accent.as_str(),
        f64::from(LINE.0) / f64::from(LINE.1),
    )
}

/// What the settings say of one width.
fn variables(shown: &Shown, screen: Screen) -> String {
    let settings = &shown.settings;
    let look = settings.look(screen);
    let (height, width) = look.ratio.fraction();
    let lines = look.caption_lines.get();
    let (zoom, fade) = match look.hover {
        Hover::None => ("1", "1"),
        Hover::Zoom => ("1.05", "1"),
        Hover::Fade => ("1", ".75"),
    };
    // A list's captions stand beside the picture: there is room for them anyway.
    let (caption, clamp) = match (settings.layout, lines) {
        (Layout::List, 0) => ("-webkit-box", "none".to_owned()),
        (_, 0) => ("none", "none".to_owned()),
        (_, lines) => ("-webkit-box", lines.to_string()),
    };
    let below = match settings.layout {
        Layout::Columns => format!(";--below:{}px", shape::caption_height(look)),
        _ => String::new(),
    };
    format!(
        "--columns:{};--rows:{};--gap:{}px;--ratio:{};--radius:{}px;--caption:{caption};--lines:{lines};\
         --clamp:{clamp};--size:{}px;--counts:{};--zoom:{zoom};--fade:{fade}{below}",
        look.columns.get(),
        layout::rows(shown, screen),
        look.gap.get(),
        f64::from(height) / f64::from(width),
        look.radius.get(),
        look.caption_size.get(),
        if look.counts { "flex" } else { "none" },
    )
}

/// What is shown at one width and at no other.
fn rules(shown: &Shown, screen: Screen) -> String {
    match shown.settings.layout {
        Layout::Columns => {
            let list = layout::lists(shown).iter().position(|(_, screens)| screens.contains(&screen));
            list.map(|list| format!(".m{list}{{display:flex}}")).unwrap_or_default()
        }
        _ => {
            let capacity = shown.settings.capacity(screen);
            if shown.posts.len() <= capacity {
                return String::new();
            }
            format!(".posts>li:nth-child(n+{}){{display:none}}", capacity + 1)
        }
    }
}

/// Rules for exactly one width.
fn at(screen: Screen, rules: &str) -> String {
    // A frame's width is a whole number, but zoom makes fractions of it.
    let below = |screen: Screen| f64::from(screen.from_width()) - 0.02;
    let query = match screen {
        _ if rules.is_empty() => return String::new(),
        Screen::Phone => format!("(max-width:{}px)", below(Screen::Tablet)),
        Screen::Tablet => format!("(min-width:{}px) and (max-width:{}px)", screen.from_width(), below(Screen::Desktop)),
        Screen::Desktop => format!("(min-width:{}px)", screen.from_width()),
    };
    format!("@media {query}{{{rules}}}")
}

/// Without comments and indentation, both of which stand on lines of their own.
pub fn small(source: &str) -> String {
    let lines = source.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.filter(|line| !line.starts_with("//") && !line.starts_with("/*")).collect::<Vec<_>>().join("\n")
}
