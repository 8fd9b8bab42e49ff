//! The forms of the page: each does what its JSON sibling does and leads back to the page.

use super::{api, clock, faults as fault_api, people as people_api, problem::Problem};
use crate::{Sandbox, html};
use axum::{
    extract::{Form, State},
    response::{IntoResponse as _, Redirect, Response},
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

type Fields = Form<BTreeMap<String, String>>;

/// Something happens to a person.
pub(crate) async fn people(State(sandbox): State<Sandbox>, Form(fields): Fields) -> Response {
    let username = text(&fields, "username");
    let mut body = Map::new();
    for name in ["permission", "caption"] {
        if !text(&fields, name).is_empty() {
            body.insert(name.to_owned(), json!(text(&fields, name)));
        }
    }
    let result = people_api::act(&sandbox, username, text(&fields, "happening"), &Value::Object(body));
    back(result, &format!("#{}", username.trim_start_matches('@')))
}

/// The clock moves.
pub(crate) async fn clock(State(sandbox): State<Sandbox>, Form(fields): Fields) -> Response {
    let wish = match text(&fields, "advance_seconds").parse::<i64>() {
        Ok(seconds) => json!({ "advance_seconds": seconds }),
        Err(_) => json!({ "reset": true }),
    };
    back(clock::turn(&sandbox, wish), "#clock")
}

/// A fault is put on, or all are taken off.
pub(crate) async fn faults(State(sandbox): State<Sandbox>, Form(fields): Fields) -> Response {
    if text(&fields, "clear") == "all" {
        sandbox.change(|state| state.faults.clear());
        return back(Ok(()), "#faults");
    }
    let mut wish = json!({ "kind": text(&fields, "kind") });
    if let Ok(times) = text(&fields, "times").parse::<u32>() {
        wish["times"] = json!(times);
    }
    if let Ok(status) = text(&fields, "status").parse::<u16>() {
        wish["status"] = json!(status);
    }
    if !text(&fields, "endpoint").is_empty() {
        wish["endpoints"] = json!([text(&fields, "endpoint")]);
    }
    if !text(&fields, "username").is_empty() {
        wish["username"] = json!(text(&fields, "username"));
    }
    if !text(&fields, "body").is_empty() {
        wish["body"] = json!(text(&fields, "body"));
    }
    back(fault_api::put(&sandbox, wish), "#faults")
}

/// Switches are set; positions are JSON.
pub(crate) async fn switches(State(sandbox): State<Sandbox>, Form(fields): Fields) -> Response {
    let position =
        |(name, text): (&String, &String)| (name.clone(), serde_json::from_str(text).unwrap_or_else(|_| json!(text)));
    let wish: Map<String, Value> = fields.iter().map(position).collect();
    back(api::turn(&sandbox, &Value::Object(wish)), "#switches")
}

/// Everything starts over.
pub(crate) async fn reset(State(sandbox): State<Sandbox>) -> Response {
    api::start_over(&sandbox);
    back(Ok(()), "")
}

fn text<'a>(fields: &'a BTreeMap<String, String>, name: &str) -> &'a str {
    fields.get(name).map_or("", |value| value.trim())
}

fn back(result: Result<(), Problem>, place: &str) -> Response {
    match result {
        Ok(()) => Redirect::to(&format!("/sandbox{place}")).into_response(),
        Err(problem) => {
            let main = format!(
                "<main class=\"card\"><h1>That did not work</h1><p role=\"alert\">{}</p><p>{}</p>\
                 <p><a href=\"/sandbox\">Back to the sandbox</a></p></main>",
                html::escape(&problem.error),
                html::escape(&problem.valid.join(", "))
            );
            html::page(problem.status, "That did not work", "consent", &main)
        }
    }
}
