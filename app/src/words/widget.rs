//! Widgets: the choices of their settings, and what is wrong with a field.

use domain::language::Language;
use domain::view::WidgetSummary;
use domain::widget::{Click, Font, Hover, Layout, Ratio, Scenario, Screen, Voice};

/// What a widget is called: its title, otherwise whose posts it shows and how.
pub fn widget_name(widget: &WidgetSummary) -> String {
    match widget.title.as_str() {
        "" => text!(widget.unnamed, username = widget.account.username.clone(), layout = layout(widget.layout)),
        title => title.to_owned(),
    }
}

/// How posts are arranged.
pub fn layout(layout: Layout) -> &'static str {
    match layout {
        Layout::Grid => text!(choice.grid),
        Layout::Columns => text!(choice.columns),
        Layout::Slider => text!(choice.slider),
        Layout::List => text!(choice.list),
    }
}

/// What a click does.
pub fn click(click: Click) -> &'static str {
    match click {
        Click::Instagram => text!(choice.instagram),
        Click::Lightbox => text!(choice.lightbox),
        Click::Nothing => text!(choice.nothing),
    }
}

/// The letters.
pub fn font(font: Font) -> &'static str {
    match font {
        Font::Inherit => text!(choice.inherit),
        Font::System => text!(choice.system),
        Font::Serif => text!(choice.serif),
        Font::Mono => text!(choice.mono),
    }
}

/// The language of a widget's own words.
pub fn voice(voice: Voice) -> &'static str {
    match voice {
        Voice::Visitor => text!(choice.visitor),
        Voice::En => Language::En.own_name(),
        Voice::Ko => Language::Ko.own_name(),
        Voice::PtBr => Language::PtBr.own_name(),
    }
}

/// The shape of a picture.
pub fn ratio(ratio: Ratio) -> &'static str {
    match ratio {
        Ratio::Square => text!(choice.square),
        Ratio::Portrait => text!(choice.portrait),
        Ratio::Landscape => text!(choice.landscape),
    }
}

/// What happens under the pointer.
pub fn hover(hover: Hover) -> &'static str {
    match hover {
        Hover::None => text!(choice.hover_none),
        Hover::Zoom => text!(choice.zoom),
        Hover::Fade => text!(choice.fade),
    }
}

/// One of the three widths, and from where on it counts.
pub fn screen(screen: Screen) -> (&'static str, &'static str) {
    match screen {
        Screen::Phone => (text!(settings.screen_phone), text!(settings.screen_phone_hint)),
        Screen::Tablet => (text!(settings.screen_tablet), text!(settings.screen_tablet_hint)),
        Screen::Desktop => (text!(settings.screen_desktop), text!(settings.screen_desktop_hint)),
    }
}

/// A state of the world, and what a visitor sees in it.
pub fn scenario(scenario: Scenario) -> (&'static str, &'static str) {
    match scenario {
        Scenario::Healthy => (text!(scenario.healthy), text!(scenario.healthy_text)),
        Scenario::Expired => (text!(scenario.expired), text!(scenario.expired_text)),
        Scenario::Revoked => (text!(scenario.revoked), text!(scenario.revoked_text)),
        Scenario::Limited => (text!(scenario.limited), text!(scenario.limited_text)),
        Scenario::Down => (text!(scenario.down), text!(scenario.down_text)),
        Scenario::Empty => (text!(scenario.empty), text!(scenario.empty_text)),
    }
}

/// The label of a field of the settings form.
pub fn setting(field: &str) -> &'static str {
    match field {
        "title" => text!(settings.title),
        "layout" => text!(settings.layout),
        "click" => text!(settings.click),
        "font" => text!(settings.font),
        "language" => text!(settings.language),
        "text" => text!(settings.text),
        "accent" => text!(settings.accent),
        "background" => text!(settings.background),
        "transparent" => text!(settings.transparent),
        "images" => text!(settings.images),
        "videos" => text!(settings.videos),
        "albums" => text!(settings.albums),
        "sites" => text!(settings.sites),
        "columns" => text!(settings.columns),
        "rows" => text!(settings.rows),
        "gap" => text!(settings.gap),
        "ratio" => text!(settings.ratio),
        "caption_lines" => text!(settings.caption_lines),
        "caption_size" => text!(settings.caption_size),
        "hover" => text!(settings.hover),
        "counts" => text!(settings.counts),
        "radius" => text!(settings.radius),
        _ => text!(settings.hide),
    }
}

/// The same, with the width it belongs to.
pub fn setting_somewhere(path: &str) -> String {
    let found = path.split_once('.').and_then(|(word, field)| Some((word.parse::<Screen>().ok()?, field)));
    match found {
        Some((at, field)) => text!(settings.on_screen, field = setting(field), screen = screen(at).0),
        None => setting(path).to_owned(),
    }
}
