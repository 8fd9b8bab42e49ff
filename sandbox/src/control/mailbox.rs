//! The mails that the product lays into a folder while it has no mail server:
//! everybody's mailbox in this world.

use std::fs;
use std::path::Path as FilePath;

use crate::{
    Sandbox,
    html::{escape, page},
};
use axum::{
    Json,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use mail_parser::MessageParser;
use serde::Serialize;

/// So many mails are shown.
const SHOWN: usize = 100;

/// A mail as somebody reads it.
#[derive(Serialize)]
pub(crate) struct Mail {
    id: String,
    from: String,
    to: String,
    subject: String,
    text: String,
    html: String,
    /// The header of the same name.
    message_id: String,
}

/// `GET /control/mails`: the newest first.
pub(crate) async fn list(State(sandbox): State<Sandbox>) -> Json<Vec<Mail>> {
    Json(mails(&sandbox))
}

/// `GET /sandbox/mail`.
pub(crate) async fn show(State(sandbox): State<Sandbox>) -> Response {
    let mails: String = mails(&sandbox).iter().map(card).collect();
    let mails = if mails.is_empty() { "<p>Nobody has got a mail yet.</p>".to_owned() } else { mails };
    let main = format!(
        r#"<header class="top"><h1>Mail</h1><p>Every mail that the product has sent while it has no mail server.
        Nothing here leaves this machine. Load the page again to see newer ones.</p>
        <nav aria-label="Sections"><a href="/sandbox">Sandbox</a></nav></header><main>{mails}</main>"#
    );
    page(StatusCode::OK, "Mail", "control", &main)
}

/// `GET /sandbox/mail/{id}`: a mail as programs for mail show it.
pub(crate) async fn open(State(sandbox): State<Sandbox>, Path(id): Path<String>) -> Response {
    let Some(mail) = mails(&sandbox).into_iter().find(|mail| mail.id == id) else {
        return page(StatusCode::NOT_FOUND, "Mail", "control", "<main><h1>There is no such mail</h1></main>");
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox \
             allow-top-navigation-by-user-activation",
        ),
    ];
    (headers, mail.html).into_response()
}

fn card(mail: &Mail) -> String {
    format!(
        r#"<article class="card"><h2>{}</h2><p><small>to {} · from {}</small></p><p class="letter">{}</p>
        <p><a href="/sandbox/mail/{}">As HTML</a></p></article>"#,
        escape(&mail.subject),
        escape(&mail.to),
        escape(&mail.from),
        linked(&mail.text),
        escape(&mail.id),
    )
}

/// Lines as lines, addresses as links.
fn linked(text: &str) -> String {
    let line = |line: &str| {
        let safe = escape(line);
        if line.starts_with("http://") || line.starts_with("https://") {
            format!(r#"<a href="{safe}">{safe}</a>"#)
        } else {
            safe
        }
    };
    text.trim_end().lines().map(line).collect::<Vec<_>>().join("<br>")
}

fn mails(sandbox: &Sandbox) -> Vec<Mail> {
    let Some(folder) = &sandbox.settings().mail_folder else { return Vec::new() };
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "eml"));
    // Names begin with the time.
    paths.sort();
    paths.iter().rev().take(SHOWN).filter_map(|path| read(path)).collect()
}

fn read(path: &FilePath) -> Option<Mail> {
    let bytes = fs::read(path).ok()?;
    let message = MessageParser::default().parse(&bytes)?;
    let address = |list: Option<&mail_parser::Address<'_>>| {
        list.and_then(|list| list.first()?.address()).unwrap_or_default().to_owned()
    };
    Some(Mail {
        id: path.file_stem()?.to_str()?.to_owned(),
        from: address(message.from()),
        to: address(message.to()),
        subject: message.subject().unwrap_or_default().to_owned(),
        text: message.body_text(0).unwrap_or_default().into_owned(),
        html: message.body_html(0).unwrap_or_default().into_owned(),
        message_id: message.message_id().unwrap_or_default().to_owned(),
    })
}
