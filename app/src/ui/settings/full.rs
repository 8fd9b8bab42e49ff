//! The whole form: look, posts, the three widths, websites.

use domain::feed::Picture;
use domain::form::Draft;
use domain::view::PostRef;
use domain::widget::{Screen, Settings, Title};
use strum::VariantArray as _;

use super::field::{Control, Form, choice, field, id, name, number};
use crate::draft::at;
use crate::prelude::*;
use crate::{time, words};

/// All fields, in groups.
#[component]
pub fn FullSettings(
    /// What it shows.
    form: Form,
    /// The account's posts, to hide some.
    #[prop(optional)]
    posts: Vec<PostRef>,
    /// Whether posts can be hidden here.
    #[prop(optional)]
    hide: bool,
) -> impl IntoView {
    let form = &form;
    let screens: Vec<_> = Screen::VARIANTS.iter().map(|screen| look(form, *screen)).collect();
    let sites = field(form, "sites", Control::Lines, Some(text!(settings.sites_hint)));
    view! {
        {group(
            text!(settings.look),
            None,
            vec![
                field(form, "title", Control::Text(Title::MOST_CHARS), None),
                field(form, "layout", choice(words::layout), None),
                field(form, "language", choice(words::voice), None),
                colours_and_letters(form),
            ],
        )}
        <div class="settings__screens">{screens}</div>
        {group(text!(settings.posts), None, vec![kinds(form), hide.then(|| hidden(form, posts)).into_any()])}
        {group(text!(settings.websites), None, vec![sites])}
    }
}

fn group(legend: &'static str, hint: Option<&'static str>, fields: Vec<AnyView>) -> AnyView {
    view! {
        <fieldset class="settings__group">
            <legend>{legend}</legend>
            {hint.map(|hint| view! { <p class="field__hint">{hint}</p> })}
            <div class="settings__fields">{fields}</div>
        </fieldset>
    }
}

/// The look at one width.
fn look(form: &Form, screen: Screen) -> AnyView {
    let usual = Settings::default().phone;
    let controls = [
        ("columns", number(usual.columns)),
        ("rows", number(usual.rows)),
        ("gap", number(usual.gap)),
        ("radius", number(usual.radius)),
        ("ratio", choice(words::ratio)),
        ("hover", choice(words::hover)),
        ("caption_lines", number(usual.caption_lines)),
        ("caption_size", number(usual.caption_size)),
        ("counts", Control::Tick),
    ];
    let fields = controls.into_iter().map(|(name, control)| field(form, &at(screen, name), control, None)).collect();
    let (legend, hint) = words::screen(screen);
    group(legend, Some(hint), fields)
}

/// What is the same at every width.
pub fn colours_and_letters(form: &Form) -> AnyView {
    let controls = [
        ("click", choice(words::click)),
        ("font", choice(words::font)),
        ("text", Control::Colour),
        ("accent", Control::Colour),
        ("background", Control::Colour),
        ("transparent", Control::Tick),
    ];
    controls.into_iter().map(|(path, control)| field(form, path, control, None)).collect::<Vec<_>>().into_any()
}

/// Which kinds of post are shown.
pub fn kinds(form: &Form) -> AnyView {
    let boxes: Vec<_> =
        ["images", "videos", "albums"].into_iter().map(|path| field(form, path, Control::Tick, None)).collect();
    view! {
        <fieldset class="settings__kinds">
            <legend>{text!(settings.kinds)}</legend>
            {boxes}
        </fieldset>
    }
}

/// The posts, each with a box that hides it.
fn hidden(form: &Form, posts: Vec<PostRef>) -> AnyView {
    let items: Vec<_> = posts
        .into_iter()
        .map(|post| {
            let path = Draft::hidden_field(&post.id);
            let said = if post.words.is_empty() { text!(settings.hide_unnamed).to_owned() } else { post.words };
            view! {
                <li>
                    <label class="hide">
                        {post.picture.map(thumbnail)}
                        <span class="hide__words">{said} <span class="ago">{time::date(post.at)}</span></span>
                        <span class="hide__tick">
                            <input type="checkbox" name=name(&path) checked=form.draft.is_on(&path) />
                            {text!(settings.hide_one)}
                        </span>
                    </label>
                </li>
            }
        })
        .collect();
    let body = if items.is_empty() {
        view! { <p class="field__hint">{text!(settings.hide_none)}</p> }
    } else {
        view! { <ul class="hides">{items}</ul> }
    };
    view! {
        <details class="settings__more" id=id("hidden")>
            <summary>{text!(settings.hide)}</summary>
            {body}
        </details>
    }
}

fn thumbnail(picture: Picture) -> AnyView {
    let width = picture.widths.first().copied().unwrap_or(picture.width);
    view! {
        <img
            class="hide__picture"
            src=format!("/media/{}-{width}.webp", picture.hash)
            width="56"
            height="56"
            alt=""
            loading="lazy"
        />
    }
}
