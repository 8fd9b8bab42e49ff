//! Keeps other sites out: a page anywhere in the browser could otherwise move the sandbox's clock.

use crate::Sandbox;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

/// Refuses foreign `Host`s (DNS rebinding) and requests that another site's page causes.
pub(crate) async fn guard(State(sandbox): State<Sandbox>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let Some(host) = text(headers, header::HOST.as_str()) else { return refused("the Host header is missing") };
    if !known_host(&sandbox, host) {
        return refused("the Host is neither a loopback address nor one of the sandbox's settings");
    }
    // A link from the product to the page is welcome; everything else has to come from the page itself.
    let page = request.method() == Method::GET && request.uri().path().starts_with("/sandbox");
    if !page && !same_origin(headers, host) {
        return refused("the request comes from another site");
    }
    next.run(request).await
}

fn known_host(sandbox: &Sandbox, host: &str) -> bool {
    // `[::1]:4011`, `127.0.0.1:4011`, `localhost`.
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None => host.split(':').next().unwrap_or_default(),
    };
    let loopback = name == "localhost"
        || name.ends_with(".localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    loopback || sandbox.settings().control_hosts.iter().any(|known| known == name)
}

/// Browsers say where a request comes from; other programs say nothing.
fn same_origin(headers: &HeaderMap, host: &str) -> bool {
    let site = text(headers, "sec-fetch-site").is_none_or(|site| site == "same-origin" || site == "none");
    let origin = text(headers, "origin")
        .is_none_or(|origin| origin.split_once("://").is_some_and(|(_, authority)| authority == host));
    site && origin
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    // A header that is not text counts as present and wrong.
    headers.get(name).map(|value| value.to_str().unwrap_or("?"))
}

fn refused(why: &'static str) -> Response {
    (StatusCode::FORBIDDEN, why).into_response()
}
