//! The code that people copy into their websites. It keeps the widget's place
//! free from the first moment on, so that nothing on the website jumps.

use std::fmt::Write;

use domain::id::WidgetId;
use domain::widget::{Height, Screen, Settings, reserved};
use strum::VariantArray as _;

/// A phone's usual width, in CSS pixels.
const PHONE: f64 = 375.0;

/// The two ways to embed a widget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippets {
    /// Our element and its loader.
    pub element: String,
    /// A frame, without any script.
    pub frame: String,
}

/// `origin` has no closing slash; `title` is what a screen reader calls the frame.
pub fn snippets(origin: &str, widget: WidgetId, settings: &Settings, title: &str) -> Snippets {
    let id = widget.to_string();
    // Its end: ids that are made one after the other begin alike.
    let class = format!("pl-{}", id.get(id.len().saturating_sub(8)..).unwrap_or_default());
    let style = style(&class, settings);
    let title = escape(title);
    // The size without any style sheet, where the website's policy forbids this one.
    let height = reserved(settings, Screen::Phone).at(PHONE).round();
    let frame = format!(
        "<iframe class=\"pilotlight-widget\" src=\"{origin}/embed/{id}\" title=\"{title}\" width=\"100%\" \
         height=\"{height}\" loading=\"lazy\"></iframe>"
    );
    Snippets {
        // Where scripts are off, the frame stands in for the element.
        element: format!(
            "<script async src=\"{origin}/embed.js\"></script>\n<style>{style}</style>\n<div class=\"{class}\">\
             <pilotlight-widget widget=\"{id}\" from=\"{origin}\"><noscript>{frame}</noscript></pilotlight-widget></div>"
        ),
        frame: format!("<style>{style}</style>\n<div class=\"{class}\">{frame}</div>"),
    }
}

/// The height at each of the three widths, in units of the place's own width.
fn style(class: &str, settings: &Settings) -> String {
    let mut style = format!(
        ".{class}{{container-type:inline-size}}.{class}>*{{display:block;width:100%;border:0}}\
         .{class} noscript>*{{display:block;width:100%;height:100%;border:0}}"
    );
    for screen in Screen::VARIANTS {
        let rule = format!(".{class}>*{{height:{}}}", calc(reserved(settings, *screen)));
        // Writing into a string cannot fail.
        let _ = match screen.from_width() {
            0 => write!(style, "{rule}"),
            from => write!(style, "@container (min-width:{from}px){{{rule}}}"),
        };
    }
    style
}

fn calc(height: Height) -> String {
    let sign = if height.fixed < 0.0 { '-' } else { '+' };
    format!("calc({}cqw {sign} {}px)", number(height.per_width * 100.0), number(height.fixed.abs()))
}

/// As many digits as make a difference.
fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Text as HTML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use domain::widget::Within;

    use super::*;

    fn made(settings: &Settings) -> Snippets {
        let widget = "0192f0c1-2345-7890-abcd-0123456789ab".parse().unwrap();
        snippets("https://pilotlight.example", widget, settings, "Posts of <\"paul\">")
    }

    #[test]
    fn the_place_is_kept_free_at_each_width() {
        let mut settings = Settings::default();
        settings.tablet.gap = Within::clamped(0);
        let element = made(&settings).element;
        // 3 × 3 squares with gaps of 8: the gaps take nothing from the height.
        assert!(element.contains(".pl-456789ab>*{height:calc(100cqw + 0px)}"), "{element}");
        // 4 × 2: half of the width.
        assert!(
            element.contains("@container (min-width:600px){.pl-456789ab>*{height:calc(50cqw + 0px)}}"),
            "{element}"
        );
        // 6 × 2: a third of the width, less what the gaps take, plus one gap.
        assert!(
            element.contains("@container (min-width:960px){.pl-456789ab>*{height:calc(33.333cqw - 5.333px)}}"),
            "{element}"
        );
        assert!(element.starts_with("<script async src=\"https://pilotlight.example/embed.js\"></script>"));
        assert!(element.contains(
            "<pilotlight-widget widget=\"0192f0c1-2345-7890-abcd-0123456789ab\" from=\"https://pilotlight.example\">"
        ));
    }

    #[test]
    fn without_scripts_a_frame_stands_in_for_the_element() {
        let Snippets { element, frame } = made(&Settings::default());
        let inside =
            element.split_once("<noscript>").unwrap().1.split_once("</noscript></pilotlight-widget>").unwrap().0;
        assert!(inside.starts_with("<iframe ") && frame.contains(inside), "{element}");
        assert!(
            element.contains(".pl-456789ab noscript>*{display:block;width:100%;height:100%;border:0}"),
            "{element}"
        );
    }

    #[test]
    fn a_frame_needs_no_script_and_its_title_is_text() {
        let frame = made(&Settings::default()).frame;
        assert!(!frame.contains("<script"));
        // And no style sheet, where the website's policy forbids it: 3 × 3 squares on a phone.
        assert!(frame.contains(" width=\"100%\" height=\"375\" "), "{frame}");
        assert!(frame.contains("src=\"https://pilotlight.example/embed/0192f0c1-2345-7890-abcd-0123456789ab\""));
        assert!(frame.contains("title=\"Posts of &lt;&quot;paul&quot;&gt;\""));
    }
}
