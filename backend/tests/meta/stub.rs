//! A server that gives the answers a test has written, and remembers the questions.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use backend::meta::{AppConfig, Endpoints, Meta, Whose};
use chrono::{DateTime, Utc};
use domain::id::{AppScopedId, InstagramId};
use serde_json::Value;
use tokio::net::TcpListener;
use url::{Url, form_urlencoded};

pub const TOKEN: &str = "IGAAoldtoken";
pub const SECRET: &str = "app-secret";

/// One answer.
#[derive(Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

pub fn json(value: Value) -> Reply {
    Reply { status: 200, headers: Vec::new(), body: value.to_string() }
}

pub fn refusal(status: u16, code: i64, subcode: i64, message: &str) -> Reply {
    let body = serde_json::json!({"error": {
        "message": message, "type": "OAuthException", "code": code, "error_subcode": subcode, "fbtrace_id": "Ax"
    }});
    Reply { status, ..json(body) }
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub method: String,
    pub path: String,
    pub params: HashMap<String, String>,
}

impl Seen {
    pub fn param(&self, name: &str) -> &str {
        self.params.get(name).map_or("", String::as_str)
    }
}

#[derive(Clone, Default)]
struct Script {
    answers: Arc<Mutex<HashMap<String, VecDeque<Reply>>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

pub struct Stub {
    pub base: Url,
    script: Script,
}

impl Stub {
    /// For each path its answers in turn; the last one stays.
    pub async fn start(answers: Vec<(&str, Vec<Reply>)>) -> Self {
        let script = Script::default();
        let answers = answers.into_iter().map(|(path, replies)| (path.to_owned(), replies.into())).collect();
        *script.answers.lock().unwrap() = answers;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let router = Router::new().fallback(answer).with_state(script.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { base, script }
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.script.seen.lock().unwrap().clone()
    }

    pub fn paths(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.path).collect()
    }

    /// Both clients, with this server as all of Meta.
    pub fn meta(&self) -> Meta {
        meta_at(&self.base)
    }
}

pub fn meta_at(base: &Url) -> Meta {
    let app = |platform: &str, authorize_url: Url| AppConfig {
        client_id: format!("{platform}-app"),
        client_secret: SECRET.into(),
        redirect_uri: format!("https://pilotlight.example/auth/{platform}/callback").parse().unwrap(),
        endpoints: Endpoints { authorize_url, token_url: base.clone(), graph_url: base.clone() },
    };
    let consent_page = base.join("oauth/authorize").unwrap();
    Meta::new(Some(app("instagram", consent_page)), Some(app("facebook", base.clone()))).unwrap()
}

/// The person `1020` with the account `17841400000000001`.
pub fn whose() -> Whose {
    Whose { user_id: AppScopedId("1020".to_owned()), accounts: vec![InstagramId("17841400000000001".to_owned())] }
}

/// What is no answer to any question, although it comes with HTTP 200.
pub const NO_ANSWERS: [&str; 18] = [
    "{}",
    "null",
    "false",
    "true",
    "1020",
    "[]",
    "\"ok\"",
    "[\"1020\"]",
    "{\"data\":[]}",
    "{\"data\":null}",
    "{\"status\":\"fail\",\"message\":\"checkpoint_required\"}",
    "{\"error\":1357004,\"errorSummary\":\"Sorry, something went wrong\"}",
    "{\"error\":\"invalid_token\"}",
    "{\"errors\":[{\"message\":\"x\"}]}",
    "{\"id\":\"1020\",\"error\":\"invalid_token\"}",
    "for (;;);{\"id\":\"1020\"}",
    "<html>Log in</html>",
    "",
];

/// An answer with HTTP 200, word for word.
pub fn text(body: &str) -> Reply {
    Reply { status: 200, headers: Vec::new(), body: body.to_owned() }
}

pub fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

async fn answer(State(script): State<Script>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let query = parts.uri.query().unwrap_or_default();
    let params =
        [query.as_bytes(), &body[..]].into_iter().flat_map(|text| form_urlencoded::parse(text).into_owned()).collect();
    let path = parts.uri.path().to_owned();
    let seen = Seen { method: parts.method.to_string(), path: path.clone(), params };
    script.seen.lock().unwrap().push(seen);
    let reply = {
        let mut answers = script.answers.lock().unwrap();
        let Some(replies) = answers.get_mut(&path) else {
            return (StatusCode::NOT_FOUND, "no answer is written for this path").into_response();
        };
        if replies.len() > 1 { replies.pop_front().unwrap() } else { replies[0].clone() }
    };
    let mut response = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(reply.body)).unwrap()
}
