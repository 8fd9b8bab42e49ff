//! What a page must be, whatever is in it.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::feed::Post;
use domain::language::Language;
use domain::widget::{Click, Font, Layout, Ratio, Screen, Settings, Shown, Site, Title, Within};
use sha2::{Digest, Sha256};
use strum::VariantArray as _;

use super::super::samples;
use super::*;

const ORIGIN: &str = "https://widgets.example";

fn rendered(shown: &Shown) -> Rendered {
    render(shown, &Frame::Website { widget: samples::widget(), origin: ORIGIN }, Language::En)
}

/// What stands between two tags that occur once.
fn inside<'a>(html: &'a str, open: &str, close: &str) -> &'a str {
    assert_eq!(html.matches(open).count(), 1, "{open} occurs once");
    html.split_once(open).unwrap().1.split_once(close).unwrap().0
}

fn every_kind_of_page() -> Vec<Shown> {
    let mut pages = Vec::new();
    for layout in Layout::VARIANTS {
        for click in Click::VARIANTS {
            let mut shown = samples::shown(30);
            shown.settings.layout = *layout;
            shown.settings.click = *click;
            for look in [&mut shown.settings.phone, &mut shown.settings.tablet, &mut shown.settings.desktop] {
                look.counts = true;
                look.caption_lines = Within::clamped(2);
            }
            pages.push(shown);
        }
    }
    pages
}

#[test]
fn the_policy_names_exactly_the_style_and_the_script_of_the_page() {
    for shown in every_kind_of_page() {
        let Rendered { html, policy } = rendered(&shown);
        for (kind, open, close) in [("style-src", "<style>", "</style>"), ("script-src", "<script>", "</script>")] {
            let hash = STANDARD.encode(Sha256::digest(inside(&html, open, close)));
            assert!(policy.contains(&format!("; {kind} 'sha256-{hash}';")), "{policy}");
        }
        assert!(
            policy.starts_with("default-src 'none'; img-src 'self' https://widgets.example; ")
                && !policy.contains("unsafe"),
            "{policy}"
        );
    }
}

#[test]
fn a_page_asks_nobody_else_and_keeps_nothing() {
    for shown in every_kind_of_page() {
        let html = rendered(&shown).html;
        let addresses = html.replace("href=\"https://www.instagram.com/p/", "");
        for forbidden in ["https://", "http://", " style=", "cookie", "localStorage", "<link", "@import", "url(", " on"]
        {
            let hidden = if forbidden == " on" { html.contains(" onclick=") } else { addresses.contains(forbidden) };
            assert!(!hidden, "{forbidden} in {:?}", shown.settings.layout);
        }
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\" "));
        assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"));
        assert!(html.contains("<title>Instagram posts by @corner.bakery</title>"));
        assert!(html.contains("<section aria-label=\"Instagram posts by @corner.bakery\"><h1 class=\"h\">"), "{html}");
        assert!(html.matches("<img ").count() >= 3 && html.matches("<img ").count() == html.matches(" alt=\"").count());
    }
}

#[test]
fn hostile_text_is_text() {
    let texts = [
        "</style></script><script>alert(1)</script>".to_owned(),
        "\"><img src=x onerror=alert(1)>".to_owned(),
        "' onmouseover='alert(1)".to_owned(),
        "<!-- ]]> <svg onload=alert(1)>".to_owned(),
        "\u{202E}gnp.exe\u{2066} &lt;b&gt; \u{0}\u{7}".to_owned(),
        "👩‍👩‍👧‍👦🔥".repeat(1_100),
    ];
    for text in &texts {
        for mut shown in every_kind_of_page() {
            let harmless = rendered(&shown).html;
            shown.username.clone_from(text);
            shown.settings.title = Title::parse(&text.chars().take(80).collect::<String>()).unwrap();
            for (index, Post { facts, pictures }) in shown.posts.iter_mut().enumerate() {
                facts.caption = Some(text.clone());
                facts.alt = (index % 2 == 0).then(|| text.clone());
                if index % 3 == 0 {
                    pictures.iter_mut().for_each(|picture| *picture = None);
                }
            }
            let html = rendered(&shown).html;
            for tag in ["<script", "<style", "</script", "</style", "<svg onload", "<img src=x", "<!--"] {
                assert_eq!(html.matches(tag).count(), harmless.matches(tag).count(), "{tag} of {text}");
            }
            assert!(!html.contains("\" onerror") && !html.contains("\"><img src=x") && !html.contains('\u{202E}'));
            let script = |html: &str| inside(html, "<script>", "</script>").to_owned();
            assert_eq!(script(&html), script(&harmless));
            let style = inside(&html, "<style>", "</style>");
            assert!(!style.contains("alert") && !style.contains('<') && !style.contains('👩'));
            assert!(html.len() < 400_000);
        }
    }
}

#[test]
fn a_three_by_three_page_is_within_its_budget() {
    let mut shown = samples::shown(9);
    shown.settings.tablet = shown.settings.phone;
    shown.settings.desktop = shown.settings.phone;
    assert_eq!(shown.settings.most(), 9);
    let html = rendered(&shown).html;
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, 11, 22);
    writer.write_all(html.as_bytes()).unwrap();
    drop(writer);
    println!("3 × 3: {} bytes, {} packed", html.len(), packed.len());
    assert!(packed.len() <= 8_192, "{} bytes", packed.len());
}

#[test]
fn only_the_allowed_sites_may_frame_it() {
    let ancestors = |shown: &Shown, frame: &Frame<'_>| {
        render(shown, frame, Language::En).policy.split_once("; frame-ancestors ").map(|(_, named)| named.to_owned())
    };
    let mut shown = samples::shown(3);
    let website = Frame::Website { widget: samples::widget(), origin: ORIGIN };
    assert_eq!(ancestors(&shown, &website), None, "`*` would leave out whoever has no http origin");
    shown.settings.sites = vec![Site::parse("shop.example").unwrap(), Site::parse("http://localhost:81").unwrap()];
    let wanted = "https://shop.example https://www.shop.example http://localhost:81 https://widgets.example";
    assert_eq!(ancestors(&shown, &website).as_deref(), Some(wanted));
    assert_eq!(ancestors(&shown, &Frame::Preview).as_deref(), Some("'self'"));
}

#[test]
fn pictures_come_in_all_widths_and_only_the_first_row_at_once() {
    let html = rendered(&samples::shown(30)).html;
    let hash = samples::picture(0, 1, 1).hash;
    let first = html.split("<img ").nth(1).unwrap().split('>').next().unwrap();
    assert!(first.contains(&format!("/media/{hash}-160.webp 160w, /media/{hash}-320.webp 320w, ")), "{first}");
    let sizes = "sizes=\"(min-width:960px) calc(16.67vw - 6.7px),(min-width:600px) calc(25.00vw - 6.0px),calc(33.33vw - 5.3px)\"";
    assert!(first.contains(sizes), "{first}");
    assert!(first.contains("width=\"1080\" height=\"1350\"") && first.contains("fetchpriority=\"high\""), "{first}");
    assert_eq!(html.matches("fetchpriority").count(), 1);
    assert_eq!(html.matches("loading=\"eager\" decoding=\"async\"").count(), 6);
    assert_eq!(html.matches("loading=\"lazy\" decoding=\"async\"").count(), 6);
}

#[test]
fn heights_are_made_of_the_same_numbers_that_reserve_them() {
    let mut settings = Settings { title: Title::parse("Our kitchen").unwrap(), ..Settings::default() };
    settings.tablet.ratio = Ratio::Landscape;
    settings.tablet.caption_lines = Within::clamped(3);
    settings.tablet.caption_size = Within::clamped(12);
    settings.desktop.gap = Within::clamped(0);
    let shown = Shown::new(settings, "x".into(), samples::shown(30).posts);
    let html = rendered(&shown).html;
    let style = inside(&html, "<style>", "</style>");
    for part in [
        "--title:44px;--space:8px;--line:1.4;",
        ":root{--columns:3;--rows:3;--gap:8px;--ratio:1;",
        "@media(min-width:600px){:root{--columns:4;--rows:2;--gap:8px;--ratio:0.5625;",
        "--caption:-webkit-box;--lines:3;--clamp:3;--size:12px;",
        "@media(min-width:960px){:root{--columns:6;--rows:2;--gap:0px;--ratio:1;",
        "@media (max-width:599.98px){.posts>li:nth-child(n+10){display:none}}",
        "@media (min-width:600px) and (max-width:959.98px){.posts>li:nth-child(n+9){display:none}}",
    ] {
        assert!(style.contains(part), "{part}");
    }
    assert!(html.contains("<h1 class=\"t\" dir=\"auto\">Our kitchen</h1>"));
}

#[test]
fn each_layout_has_its_own_shape() {
    let page = |layout: Layout, click: Click| {
        let mut shown = samples::shown(30);
        (shown.settings.layout, shown.settings.click) = (layout, click);
        rendered(&shown).html
    };
    assert!(
        page(Layout::Grid, Click::Instagram)
            .contains("<ul class=\"posts grid\" role=\"list\"><li><figure><a class=\"p\"")
    );
    let columns = page(Layout::Columns, Click::Instagram);
    assert!(columns.contains("<div class=\"m m2\"><ul role=\"list\"><li class=\"f"));
    let style = inside(&columns, "<style>", "</style>");
    assert!(style.contains("@media (min-width:960px){.m2{display:flex}}"));
    for class in columns.split("<li class=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(style.contains(&format!(".m .{class}{{flex-grow:")), "{class}");
    }
    let slider = page(Layout::Slider, Click::Nothing);
    assert!(
        slider.contains("tabindex=\"0\" aria-label=\"Posts\"") && slider.contains("aria-label=\"More posts\" hidden")
    );
    let list = page(Layout::List, Click::Instagram);
    assert!(list.contains("<time datetime=\"2026-11-03T09:30:00+00:00\">3 November 2026</time><figcaption"));
}

#[test]
fn columns_have_room_for_captions() {
    let mut shown = samples::shown(9);
    shown.settings.layout = Layout::Columns;
    let without = rendered(&shown).html;
    assert!(!without.contains("<figcaption") && without.contains("--below:0px"));
    shown.settings.phone.caption_lines = Within::clamped(2);
    shown.settings.phone.caption_size = Within::clamped(10);
    let html = rendered(&shown).html;
    assert!(html.contains("<figcaption"));
    let style = inside(&html, "<style>", "</style>");
    let (phone, wider) = style.split_once("@media(min-width:600px)").unwrap();
    assert!(phone.contains("--caption:-webkit-box;--lines:2;") && phone.contains("--below:36px"));
    assert!(wider.contains("--caption:none;") && wider.contains("--below:0px"));
}

#[test]
fn a_click_does_what_the_settings_say() {
    let page = |click: Click| {
        let mut shown = samples::shown(9);
        shown.settings.click = click;
        rendered(&shown).html
    };
    let instagram = page(Click::Instagram);
    assert!(instagram.contains("target=\"_blank\" rel=\"noopener nofollow\"><img"));
    assert!(!instagram.contains("<dialog") && !instagram.contains("showModal"));
    let lightbox = page(Click::Lightbox);
    assert!(lightbox.contains("data-m=\"") && lightbox.contains("<dialog aria-label=\"Post\">"));
    // The lightbox shows whole captions, also where the grid shows none.
    assert!(lightbox.contains("#levain (0)</figcaption>"));
    let nothing = page(Click::Nothing);
    assert!(!nothing.contains("<a ") && nothing.contains("<div class=\"p\"><img"));
}

#[test]
fn the_script_has_only_the_parts_that_are_needed() {
    let mut shown = samples::shown(9);
    let script = |shown: &Shown| inside(&rendered(shown).html, "<script>", "</script>").to_owned();
    let most = script(&shown);
    assert!(most.contains("postMessage") && most.contains("#font=") && !most.contains("//"));
    shown.settings.font = Font::System;
    assert!(!script(&shown).contains("#font="));
    shown.settings.layout = Layout::Slider;
    shown.settings.click = Click::Lightbox;
    assert!(script(&shown).contains("scrollBy") && script(&shown).contains("showModal"));
    assert!(script(&shown).len() < 5_000);
}

#[test]
fn what_is_missing_has_a_place() {
    let mut shown = samples::shown(3);
    shown.posts.iter_mut().for_each(|post| post.pictures = vec![None]);
    shown.posts[0].facts.caption = None;
    shown.posts[1].facts.permalink = None;
    let html = rendered(&shown).html;
    assert!(html.contains("<span class=\"h\">Post by @corner.bakery, 3 November 2026</span>"));
    assert!(html.contains("<div class=\"p\"><span class=\"e\"><span dir=\"auto\" lang=\"\">오늘의 메뉴"));
    let empty = rendered(&samples::shown(0)).html;
    assert!(empty.contains("<b>No posts yet.</b> What @corner.bakery shares"));
    assert!(!empty.contains("<ul"));
}

#[test]
fn a_feed_that_is_not_full_is_not_higher_than_its_posts() {
    let rows = |posts| layout::rows(&samples::shown(posts), Screen::Phone);
    assert_eq!((rows(1), rows(4), rows(9), rows(12)), (1, 2, 3, 3));
}
