//! How the consent pages look: neutral, and clearly labelled as an imitation.

use super::{
    ask::{Ask, Refusal},
    obstacle::Obstacle,
};
use crate::{
    cast::{CAST, Person, Platform},
    html::{escape, hidden, page},
    state::Standing,
};
use axum::{http::StatusCode, response::Response};
use std::fmt::Write as _;

/// Which of the people of the test world is signing in?
pub(crate) fn chooser(ask: &Ask) -> Response {
    let mut people = String::new();
    for person in CAST.iter().filter(|person| person.platform == ask.platform) {
        // Writing to a string cannot fail.
        write!(
            people,
            r#"<li><button class="person" name="as" value="{}" aria-label="Continue as {label}"><span>Continue as {label}</span><small>{}</small></button></li>"#,
            escape(person.username),
            escape(&about(person)),
            label = escape(&person.label()),
        )
        .ok();
    }
    let note = if ask.force_reauth { "<p class=\"note\">The app asks you to sign in anew.</p>" } else { "" };
    let main = format!(
        r#"<h1>Who is signing in?</h1><p>In the sandbox you can be anybody; there are no passwords.</p>{note}
        <form method="get" action="{}">{}<ul class="people">{people}</ul></form>{}"#,
        escape(&entrance(ask)),
        carried(ask),
        cancel_form(ask),
    );
    framed(ask.platform, StatusCode::OK, "Who is signing in?", &main)
}

/// May the app have these permissions?
pub(crate) fn consent(ask: &Ask, person: &Person, standing: &Standing) -> Response {
    let mut boxes = String::new();
    for scope in &ask.scopes {
        let hidden_now = ask.platform == Platform::Facebook && !ask.again && standing.declined.contains(scope);
        let always = scope == "public_profile";
        let (attributes, note) = match (always, hidden_now) {
            (true, _) => ("checked disabled", "always shared"),
            (_, true) => ("disabled", "declined before; asked again only with auth_type=rerequest"),
            _ => ("checked", meaning(scope)),
        };
        write!(
            boxes,
            r#"<li><label><input type="checkbox" name="permission" value="{scope}" {attributes}> <span><code>{scope}</code><small>{note}</small></span></label></li>"#
        )
        .ok();
    }
    let main = format!(
        r#"<h1>Allow Pilotlight to use {who}?</h1>
        <p>Untick what you do not want to share: a real person may do that, too.</p>
        <form method="post" action="{action}">{carried}{as_field}
        <fieldset><legend>Permissions</legend><ul class="boxes">{boxes}</ul></fieldset>
        <p class="buttons"><button class="primary" name="decision" value="allow">Allow</button>
        <button name="decision" value="cancel">Cancel</button></p></form>
        <p><a href="{back}">Somebody else</a></p>"#,
        who = escape(&person.label()),
        action = escape(&decision(ask)),
        carried = carried(ask),
        as_field = hidden("as", person.username),
        back = escape(&chooser_link(ask)),
    );
    framed(ask.platform, StatusCode::OK, "Allow Pilotlight?", &main)
}

/// Something the person has to do first.
pub(crate) fn obstacle(ask: &Ask, person: &Person, obstacle: &Obstacle) -> Response {
    let (title, text, value, button) = match obstacle {
        Obstacle::Unconfirmed => (
            "Confirm your account",
            "The e-mail address of this account has not been confirmed. Until it is, no app can use the account.",
            "confirm",
            "Confirm the account",
        ),
        _ => (
            "We noticed unusual activity",
            "A security check stands before this account. Once it is passed, the app's old token works again as well.",
            "pass-checkpoint",
            "Pass the checkpoint",
        ),
    };
    let main = format!(
        r#"<h1>{title}</h1><p>You are {who}.</p><p>{text}</p>
        <form method="post" action="{action}">{carried}{as_field}
        <p class="buttons"><button class="primary" name="decision" value="{value}">{button}</button>
        <button name="decision" value="cancel">Cancel</button></p></form>"#,
        who = escape(&person.label()),
        action = escape(&decision(ask)),
        carried = carried(ask),
        as_field = hidden("as", person.username),
    );
    framed(ask.platform, StatusCode::OK, title, &main)
}

/// The page without a way back.
pub(crate) fn refusal(platform: Platform, refusal: &Refusal) -> Response {
    let main = format!(
        "<h1>{}</h1><p role=\"alert\">{}</p><p class=\"note\">Meta leaves people on such a page: the app is never \
         told. Close it, or go back by hand.</p>",
        escape(refusal.title),
        escape(&refusal.text)
    );
    framed(platform, refusal.status, refusal.title, &main)
}

fn framed(platform: Platform, status: StatusCode, title: &str, main: &str) -> Response {
    let label = platform.label();
    let body = format!(
        r#"<p class="banner">Sandbox imitation of {label}. Nothing here is real.</p><main class="card">{main}</main>"#
    );
    page(status, &format!("{title} · Sandbox imitation of {label}"), "consent", &body)
}

fn cancel_form(ask: &Ask) -> String {
    format!(
        r#"<form method="post" action="{}">{}<p class="buttons"><button name="decision" value="cancel">Cancel</button></p></form>"#,
        escape(&decision(ask)),
        carried(ask)
    )
}

fn carried(ask: &Ask) -> String {
    ask.carried().map(|(name, value)| hidden(name, value)).collect()
}

/// The address of the page itself, with the host prefix and version it came with.
fn entrance(ask: &Ask) -> String {
    ask.call.raw_path.trim_end_matches("/decide").to_owned()
}

fn decision(ask: &Ask) -> String {
    format!("{}/decide", entrance(ask))
}

fn chooser_link(ask: &Ask) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(ask.carried()).finish();
    format!("{}?{query}", entrance(ask))
}

fn about(person: &Person) -> String {
    match (person.platform, person.accounts) {
        (Platform::Instagram, [account, ..]) => format!("{} · {} posts", account.account_type, account.posts),
        (_, []) => "no Pages, no Instagram account".to_owned(),
        (_, accounts) => {
            let names: Vec<String> = accounts.iter().map(|account| format!("@{}", account.username)).collect();
            format!("{} Pages: {}", accounts.len(), names.join(", "))
        }
    }
}

fn meaning(scope: &str) -> &'static str {
    match scope {
        "instagram_business_basic" | "instagram_basic" => "profile and posts; nothing works without it",
        "instagram_business_content_publish" | "instagram_content_publish" => "publish posts",
        "instagram_business_manage_comments" | "instagram_manage_comments" => "read and answer comments",
        "instagram_business_manage_messages" | "instagram_manage_messages" => "read and answer messages",
        "instagram_business_manage_insights" | "instagram_manage_insights" => "see numbers",
        "pages_show_list" => "the list of your Pages; empty without it",
        "pages_read_engagement" => "read the content of your Pages",
        "business_management" => "Pages inside a business portfolio",
        "email" => "your e-mail address",
        _ => "",
    }
}
