//! One post: picture, corner icons, caption, and what a click on it does.

use app::EmbedWords;
use domain::feed::{MediaKind, Picture, Post, shorten};
use domain::widget::{Click, Layout, Screen, Settings, Shown};
use maud::{Markup, PreEscaped, html};
use strum::VariantArray as _;

use super::text::{alternative, caption, plain};

pub const BACK: &str = "M15 5l-7 7 7 7";
pub const ON: &str = "M9 5l7 7-7 7";
pub const CROSS: &str = "M6 6l12 12M18 6L6 18";
const PLAY: &str = "M8 5v14l11-7z";
const STACK: &str = "M8 8h12v12H8zM4 16V4h12";
const HEART: &str = "M12 20S4 15 4 9a4 4 0 0 1 8-1 4 4 0 0 1 8 1c0 6-8 11-8 11z";
const BUBBLE: &str = "M4 5h16v11h-9l-5 4v-4H4z";
const CAMERA: &str = "M4 7h4l2-2h4l2 2h4v12H4zM12 16a3 3 0 1 0 0-6 3 3 0 0 0 0 6z";

/// In a box without a picture.
const PLACEHOLDER_CHARS: usize = 120;
/// Without a narrower picture, this is the one for browsers that cannot choose.
const PLAIN_WIDTH: u32 = 320;

/// What is the same for all posts of a page.
pub struct Scene<'a> {
    pub shown: &'a Shown,
    pub words: EmbedWords,
    /// The first so many pictures are loaded at once.
    pub eager: usize,
}

/// An icon in strokes, for eyes only.
pub fn icon(path: &str) -> Markup {
    html! { svg viewBox="0 0 24 24" aria-hidden="true" { path d=(path) {} } }
}

/// A post with all that belongs to it.
pub fn figure(scene: &Scene<'_>, index: usize, post: &Post) -> Markup {
    let settings = &scene.shown.settings;
    html! {
        figure {
            (clickable(settings, post, &html! {
                @match post.cover() {
                    Some(picture) => (image(scene, index, post, picture)),
                    None => (placeholder(scene, post)),
                }
                (kind(scene.words, post.facts.kind))
                @if Screen::VARIANTS.iter().any(|screen| settings.look(*screen).counts) { (counts(scene.words, post)) }
            }))
            @if let Some(most) = caption_room(settings) {
                @let words = words(settings, post);
                @if settings.layout == Layout::List {
                    div.side {
                        time datetime=(post.facts.at.to_rfc3339()) { (scene.words.date(post.facts.at)) }
                        figcaption.c dir="auto" lang="" { (shorten(&words, most)) }
                    }
                } @else {
                    figcaption.c dir="auto" lang="" { (shorten(&words, most)) }
                }
            }
        }
    }
}

fn clickable(settings: &Settings, post: &Post, inner: &Markup) -> Markup {
    let link = post.facts.permalink.as_ref().map(|link| link.as_str());
    let large = match settings.click {
        Click::Lightbox => large(post),
        _ => None,
    };
    match (settings.click, link) {
        (Click::Instagram | Click::Lightbox, Some(link)) => html! {
            a.p href=(link) target="_blank" rel="noopener nofollow" data-m=[large] { (inner) }
        },
        (Click::Lightbox, None) if large.is_some() => html! { button.p type="button" data-m=[large] { (inner) } },
        _ => html! { div.p { (inner) } },
    }
}

/// The names of a post's large pictures, for the lightbox.
fn large(post: &Post) -> Option<String> {
    let name = |picture: &Picture| picture.widths.last().map(|width| format!("{}-{width}", picture.hash));
    let names: Vec<String> = post.pictures.iter().flatten().filter_map(name).collect();
    (!names.is_empty()).then(|| names.join(" "))
}

fn image(scene: &Scene<'_>, index: usize, post: &Post, picture: &Picture) -> Markup {
    let source = |width: &u32| format!("/media/{}-{width}.webp", picture.hash);
    let sources: Vec<String> = picture.widths.iter().map(|width| format!("{} {width}w", source(width))).collect();
    let widths = &picture.widths;
    let one = widths.iter().find(|width| **width >= PLAIN_WIDTH).or(widths.last()).map(source).unwrap_or_default();
    let eager = index < scene.eager;
    html! {
        img srcset=(sources.join(", ")) sizes=(sizes(&scene.shown.settings, picture)) src=(one)
            width=(picture.width) height=(picture.height) alt=(alternative(post, &scene.shown.username, scene.words))
            loading=(if eager { "eager" } else { "lazy" }) decoding="async"
            fetchpriority=[(index == 0).then_some("high")];
    }
}

/// How wide the picture is drawn at each width of the widget. One that is
/// wider than its box fills the box's height, and is drawn wider than it.
fn sizes(settings: &Settings, picture: &Picture) -> String {
    let size = |screen: &Screen| {
        let look = settings.look(*screen);
        let columns = f64::from(look.columns.get());
        let (height, width) = look.ratio.fraction();
        let box_shape = f64::from(width) / f64::from(height);
        let shape = f64::from(picture.width) / f64::from(picture.height.max(1));
        // In quarters, so that not every picture has sizes of its own.
        let wider = match settings.layout {
            Layout::Columns => 1.0,
            _ => ((shape / box_shape * 4.0 - 0.2).ceil() / 4.0).clamp(1.0, 4.0),
        };
        let (share, gaps) = match settings.layout {
            Layout::List => (0.3 * wider, 0.0),
            _ => (wider / columns, f64::from(look.gap.get()) * (columns - 1.0)),
        };
        let room = if gaps > 0.0 {
            format!("calc({:.2}vw - {:.1}px)", 100.0 * share, gaps * share)
        } else {
            format!("{:.2}vw", 100.0 * share)
        };
        match screen {
            Screen::Phone => room,
            wider => format!("(min-width:{}px) {room}", wider.from_width()),
        }
    };
    // The first condition that holds counts, so the widest comes first.
    Screen::VARIANTS.iter().rev().map(size).collect::<Vec<_>>().join(",")
}

/// A post whose picture is not here: its words, or a sign.
fn placeholder(scene: &Scene<'_>, post: &Post) -> Markup {
    let words = post.facts.caption.as_deref().map(plain).unwrap_or_default();
    html! {
        @if words.trim().is_empty() {
            span.e { (icon(CAMERA)) }
            span.h { (alternative(post, &scene.shown.username, scene.words)) }
        } @else {
            span.e { span dir="auto" lang="" { (shorten(&words, PLACEHOLDER_CHARS)) } }
        }
    }
}

fn kind(words: EmbedWords, kind: MediaKind) -> Markup {
    let (path, word, class) = match kind {
        MediaKind::Image => return Markup::default(),
        MediaKind::Video => (PLAY, words.video(), "k full"),
        MediaKind::Album => (STACK, words.album(), "k"),
    };
    html! { span class=(class) { (icon(path)) span.h { " " (word) } } }
}

/// Short for eyes, whole for those who listen.
fn counts(words: EmbedWords, post: &Post) -> Markup {
    let count = |path: &str, number: u64, said: String| {
        html! { span { (icon(path)) span aria-hidden="true" { (words.short(number)) } span.h { (said) } } }
    };
    html! {
        @if post.facts.likes.is_some() || post.facts.comments.is_some() {
            span.n {
                @if let Some(likes) = post.facts.likes { (count(HEART, likes, words.likes(likes))) (PreEscaped(" ")) }
                @if let Some(comments) = post.facts.comments { (count(BUBBLE, comments, words.comments(comments))) }
            }
        }
    }
}

/// A caption's text. Where there is room for a few lines only, none is left empty.
fn words(settings: &Settings, post: &Post) -> String {
    let words = post.facts.caption.as_deref().map(caption).unwrap_or_default();
    let roomy = settings.click == Click::Lightbox || settings.layout == Layout::List;
    if roomy { words } else { words.replace("\n\n", "\n") }
}

/// So many characters of a caption can be seen; `None` where no caption stands.
/// The lightbox shows it all, and takes it from here.
fn caption_room(settings: &Settings) -> Option<usize> {
    const WHOLE: usize = 2_200;
    /// The least a letter takes of its size, in hundredths.
    const NARROW: usize = 35;
    if settings.click == Click::Lightbox || settings.layout == Layout::List {
        return Some(WHOLE);
    }
    let room = |(screen, widest): (Screen, usize)| {
        let look = settings.look(screen);
        let letter = usize::from(look.caption_size.get()) * NARROW;
        usize::from(look.caption_lines.get()) * (widest * 100 / usize::from(look.columns.get()) / letter)
    };
    let most = [(Screen::Phone, 600), (Screen::Tablet, 960), (Screen::Desktop, 1_600)].into_iter().map(room).max();
    most.filter(|most| *most > 0).map(|most| most.min(WHOLE))
}
