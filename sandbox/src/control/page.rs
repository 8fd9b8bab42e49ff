//! The page for people: everything the control API does, with words.

use super::{people::HAPPENINGS, world};
use crate::{
    Sandbox,
    cast::{CAST, Person, Platform},
    html::{escape, hidden, page},
    meta::{ENDPOINTS, Endpoint},
    state::{FaultKind, SWITCHES},
};
use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::{Value, json};

/// `GET /sandbox`.
pub(crate) async fn show(State(sandbox): State<Sandbox>) -> Response {
    let people: String = CAST.iter().map(|person| card(&sandbox, person)).collect();
    let main = format!(
        r##"<header class="top"><h1>Sandbox</h1><p>A local imitation of Instagram and Facebook. Nothing here reaches Meta.</p>
        <nav aria-label="Sections"><a href="#clock">Clock</a> <a href="#people">People</a> <a href="#faults">Faults</a>
        <a href="#switches">Switches</a> <a href="#calls">Calls</a> <a href="/sandbox/mail">Mail</a></nav></header>
        <main>{clock}<section id="people"><h2>People</h2><p>What people do at Meta. The product is told of nothing but a removed app.</p>{words}
        <div class="cards">{people}</div></section>{faults}{switches}{calls}{reset}</main>"##,
        clock = clock(&sandbox),
        words = explained(),
        faults = faults(&sandbox),
        switches = switches(&sandbox),
        calls = calls(&sandbox),
        reset = r#"<section id="reset"><h2>Start over</h2>
            <p>Forgets all tokens, faults and switches, and goes back to the real time.</p>
            <form method="post" action="/sandbox/reset"><button class="danger">Reset the test world</button></form></section>"#,
    );
    page(StatusCode::OK, "Sandbox", "control", &main)
}

fn clock(sandbox: &Sandbox) -> String {
    const STEPS: &[(&str, i64)] = &[
        ("+1 hour", 3_600),
        ("+1 day", 86_400),
        ("+10 days", 864_000),
        ("+30 days", 2_592_000),
        ("+59 days", 5_097_600),
        ("+61 days", 5_270_400),
    ];
    let button = |(words, seconds): &(&str, i64)| {
        format!(r#"<button name="advance_seconds" value="{seconds}">{words}</button>"#)
    };
    let steps: String = STEPS.iter().map(button).collect();
    let now = sandbox.now();
    let offset = sandbox.state().offset_seconds;
    let words = match offset {
        0 => "the real time".to_owned(),
        seconds => format!(
            "{} d {} h {} from the real time",
            seconds.abs() / 86_400,
            seconds.abs() % 86_400 / 3_600,
            if seconds > 0 { "ahead" } else { "behind" }
        ),
    };
    format!(
        r#"<section id="clock"><h2>Clock</h2><p class="now"><time datetime="{}">{} UTC</time> <small>{words}</small></p>
        <form method="post" action="/sandbox/clock" class="buttons">{steps}
        <button name="advance_seconds" value="reset">Reset the clock</button></form></section>"#,
        now.to_rfc3339(),
        now.format("%A, %-d %B %Y, %H:%M:%S"),
    )
}

fn card(sandbox: &Sandbox, person: &Person) -> String {
    let world = world::person(sandbox, person);
    let label = escape(&person.label());
    let connected = if world["connected"] == true { "has the app" } else { "does not have the app" };
    let troubles = [("checkpoint", "checkpoint"), ("unconfirmed", "unconfirmed"), ("page_role_lost", "Page role lost")];
    let troubles: String = troubles
        .iter()
        .filter(|(key, _)| world[*key] == true)
        .map(|(_, words)| format!(" <span class=\"mark bad\">{words}</span>"))
        .chain((world["tester"] == false).then(|| " <span class=\"mark bad\">not a tester</span>".to_owned()))
        .collect();
    format!(
        r#"<article class="card" id="{username}"><h3>{label}</h3>
        <p><span class="mark">{platform}</span> <span class="mark">{connected}</span>{troubles}</p>{accounts}{tokens}
        <form method="post" action="/sandbox/people" aria-label="What happens to {label}">{as_field}
        <div class="buttons">{buttons}</div></form>{permissions}</article>"#,
        username = escape(person.username),
        platform = person.platform.label(),
        accounts = accounts(person),
        tokens = tokens(&world),
        as_field = hidden("username", person.username),
        buttons = buttons(person, &world),
        permissions = permissions(person, &world),
    )
}

fn accounts(person: &Person) -> String {
    let names: Vec<String> = person
        .accounts
        .iter()
        .map(|account| format!("@{} ({})", escape(account.username), escape(account.account_type)))
        .collect();
    match (person.platform, names.is_empty()) {
        (_, true) => "<p>No Pages, no Instagram account.</p>".to_owned(),
        (Platform::Instagram, _) => format!("<p>{}</p>", names.join(", ")),
        (Platform::Facebook, _) => format!("<p>Pages with {}</p>", names.join(", ")),
    }
}

fn tokens(world: &Value) -> String {
    let tokens = world["tokens"].as_array().map_or(&[][..], Vec::as_slice);
    let text = |value: &Value| escape(value.as_str().unwrap_or("never"));
    let row = |token: &Value| {
        let class = if token["state"] == "living" { "good" } else { "bad" };
        format!(
            "<li><code>{}</code> {} <span class=\"mark {class}\">{}</span> <small>until {}</small></li>",
            text(&token["token"]),
            text(&token["kind"]),
            text(&token["state"]),
            text(&token["expires_at"]).get(..16).map_or("never".to_owned(), |at| at.replace('T', " ")),
        )
    };
    match tokens {
        [] => "<p><small>No tokens yet.</small></p>".to_owned(),
        _ => format!("<ul class=\"tokens\">{}</ul>", tokens.iter().rev().take(5).map(row).collect::<String>()),
    }
}

/// Only what can happen next: nobody passes a checkpoint they have not met.
fn buttons(person: &Person, world: &Value) -> String {
    let facebook = person.platform == Platform::Facebook;
    let possible = |name: &str| match name {
        "untick" | "grant" => false,
        "checkpoint" => world["checkpoint"] == false,
        "pass-checkpoint" => world["checkpoint"] == true,
        "unconfirm" => world["unconfirmed"] == false,
        "confirm" => world["unconfirmed"] == true,
        "page-role" => facebook && world["page_role_lost"] == false,
        "restore-page-role" => facebook && world["page_role_lost"] == true,
        "unshare" => facebook && !person.accounts.is_empty(),
        "share" => world["unshared"].as_array().is_some_and(|unshared| !unshared.is_empty()),
        "not-tester" => world["tester"] == true,
        "tester" => world["tester"] == false,
        "publish" | "new-cover" | "rename" => !person.accounts.is_empty(),
        _ => true,
    };
    let button = |(name, words): &(&str, &str)| {
        format!(r#"<button name="happening" value="{name}" title="{}">{}</button>"#, escape(words), words_of(name))
    };
    HAPPENINGS.iter().filter(|(name, _)| possible(name)).map(button).collect()
}

/// The buttons in words, for those who cannot hover.
fn explained() -> String {
    let row = |(name, words): &(&str, &str)| {
        let title = match *name {
            "untick" => "Untick",
            "grant" => "Give back",
            other => words_of(other),
        };
        format!("<dt>{title}</dt><dd>{}</dd>", escape(words))
    };
    let rows: String = HAPPENINGS.iter().map(row).collect();
    format!("<details class=\"words\"><summary>What the buttons do</summary><dl>{rows}</dl></details>")
}

fn words_of(happening: &str) -> &str {
    match happening {
        "expire" => "Expire the tokens",
        "password" => "Change the password",
        "remove" => "Remove the app",
        "log-out" => "Log out everywhere",
        "checkpoint" => "Meet a checkpoint",
        "pass-checkpoint" => "Pass the checkpoint",
        "unconfirm" => "Become unconfirmed",
        "confirm" => "Confirm the account",
        "page-role" => "Lose the Page role",
        "restore-page-role" => "Restore the Page role",
        "unshare" => "Stop sharing the account",
        "share" => "Share the account again",
        "data-access" => "End data access",
        "not-tester" => "Leave the testers",
        "tester" => "Join the testers",
        "publish" => "Publish a post",
        "new-cover" => "Give a film another cover",
        "rename" => "Take another username",
        "heal" => "Heal everything",
        other => other,
    }
}

fn permissions(person: &Person, world: &Value) -> String {
    let list = |key: &str| {
        world[key].as_array().map_or(&[][..], Vec::as_slice).iter().filter_map(Value::as_str).collect::<Vec<_>>()
    };
    let form = |happening: &str, verb: &str, names: Vec<&str>| -> String {
        let row = |name: &str| format!(r#"<button name="permission" value="{name}">{verb} {name}</button>"#);
        let buttons: String = names.into_iter().map(row).collect();
        format!(
            r#"<form method="post" action="/sandbox/people" class="buttons">{}{}{buttons}</form>"#,
            hidden("username", person.username),
            hidden("happening", happening),
        )
    };
    let (granted, declined) = (list("granted"), list("declined"));
    if granted.is_empty() && declined.is_empty() {
        return String::new();
    }
    format!(
        "<details><summary>Permissions: {} given, {} taken back</summary>{}{}</details>",
        granted.len(),
        declined.len(),
        form("untick", "Untick", granted),
        form("grant", "Give back", declined),
    )
}

fn faults(sandbox: &Sandbox) -> String {
    let faults = sandbox.state().faults.clone();
    let kinds: String = FaultKind::all()
        .map(|kind| format!(r#"<option value="{0}">{0}: {1}</option>"#, kind.name(), escape(kind.words())))
        .collect();
    let places: String =
        ENDPOINTS.iter().copied().map(Endpoint::name).map(|name| format!("<option>{name}</option>")).collect();
    let people: String = CAST.iter().map(|person| format!("<option>{}</option>", escape(person.username))).collect();
    let on: String = faults
        .iter()
        .map(|fault| {
            let left = fault.times.map_or("until taken off".to_owned(), |times| format!("{times} more"));
            let places: Vec<String> = fault.endpoints.iter().map(|place| place.name()).collect();
            format!(
                "<li><span class=\"mark bad\">{}</span> {} · {left} · {} {}</li>",
                fault.kind.name(),
                escape(fault.kind.words()),
                if places.is_empty() { "every API call".to_owned() } else { places.join(", ") },
                escape(fault.username.as_deref().unwrap_or_default()),
            )
        })
        .collect();
    let on = if on.is_empty() { "<p>None is on: Meta works.</p>".to_owned() } else { format!("<ul>{on}</ul>") };
    format!(
        r#"<section id="faults"><h2>Faults of the service</h2><p>Meta itself has trouble; nobody has done anything to a token.</p>{on}
        <form method="post" action="/sandbox/faults" class="fields">
        <label>Fault <select name="kind">{kinds}</select></label>
        <label>Where <select name="endpoint"><option value="">every API call</option>{places}</select></label>
        <label>Whose calls <select name="username"><option value="">everybody's</option>{people}</select></label>
        <label>How often <input name="times" inputmode="numeric" pattern="[0-9]*" placeholder="until taken off"></label>
        <label>HTTP status <input name="status" inputmode="numeric" pattern="[0-9]*" placeholder="the usual one"></label>
        <label>Answer of "say" <input name="body" autocomplete="off" placeholder="{{}}"></label>
        <p class="buttons"><button class="primary">Put the fault on</button>
        <button name="clear" value="all">Take all faults off</button></p></form></section>"#
    )
}

fn switches(sandbox: &Sandbox) -> String {
    let current = json!(sandbox.state().switches);
    let rows: String = SWITCHES
        .iter()
        .map(|switch| {
            let now = current[switch.name].to_string();
            let known = switch.positions.contains(&now.as_str());
            let extra = (!known).then_some(now.as_str());
            let options: String = switch
                .positions
                .iter()
                .copied()
                .chain(extra)
                .map(|position| {
                    let selected = if position == now { " selected" } else { "" };
                    let words = position.trim_matches('"');
                    format!(r#"<option value="{}"{selected}>{}</option>"#, escape(position), escape(words))
                })
                .collect();
            format!(r#"<label>{} <select name="{}">{options}</select></label>"#, escape(switch.decides), switch.name)
        })
        .collect();
    format!(
        r#"<section id="switches"><h2>Switches</h2><p>Where Meta's documents and recorded answers disagree.</p>
        <form method="post" action="/sandbox/switches" class="fields">{rows}
        <p class="buttons"><button class="primary">Set the switches</button></p></form></section>"#
    )
}

fn calls(sandbox: &Sandbox) -> String {
    let calls = sandbox.calls();
    let rows: String = calls
        .recent
        .iter()
        .rev()
        .take(30)
        .map(|call| {
            let status = call.status.map_or("–".to_owned(), |status| status.to_string());
            format!(
                "<tr><td>{}</td><td>{}</td><td>{} {}</td><td>{}</td><td>{status} {}</td></tr>",
                call.at.format("%d %b %H:%M:%S"),
                call.endpoint.name(),
                escape(&call.method),
                escape(&call.path),
                escape(call.username.as_deref().unwrap_or("–")),
                escape(call.fault.as_deref().unwrap_or_default()),
            )
        })
        .collect();
    let table = if rows.is_empty() {
        "<p>Nobody has called yet.</p>".to_owned()
    } else {
        format!(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Recent calls\"><table><thead><tr><th>When</th>\
             <th>Endpoint</th><th>Path</th><th>Who</th><th>Answer</th></tr></thead><tbody>{rows}</tbody></table></div>"
        )
    };
    format!("<section id=\"calls\"><h2>Recent calls</h2>{table}</section>")
}
