//! The signed callbacks, over a real connection.

use super::*;
use crate::serve;
use axum::{extract::Form, routing::post as posted};
use std::collections::BTreeMap;
use tokio::{net::TcpListener, sync::mpsc};

#[tokio::test]
async fn removing_the_app_posts_a_signed_request() {
    let (heard, mut hears) = mpsc::unbounded_channel();
    let product = Router::new().route(
        "/meta/{platform}/{kind}",
        posted(|uri: axum::http::Uri, Form(fields): Form<BTreeMap<String, String>>| async move {
            heard.send((uri.path().to_owned(), fields["signed_request"].clone())).ok();
            "heard"
        }),
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move { axum::serve(listener, product).await });

    let sandbox = Sandbox::open(Settings::new("http://127.0.0.1:4010", url)).unwrap();
    order(&sandbox, "/control/people/paul/remove", Value::Null).await;
    let (path, signed) = hears.recv().await.unwrap();
    assert_eq!(path, "/meta/instagram/deauthorize");
    assert_eq!(signed.split('.').count(), 2);
    let answer = order(&sandbox, "/control/send", json!({ "username": "fiona.field", "kind": "data-deletion" })).await;
    assert_eq!(answer, json!({ "status": 200, "body": "heard" }));
    assert_eq!(hears.recv().await.unwrap().0, "/meta/facebook/data-deletion");
    server.abort();
}

#[tokio::test]
async fn serves_both_routers_until_told_to_stop() {
    let (meta, page) =
        (TcpListener::bind("127.0.0.1:0").await.unwrap(), TcpListener::bind("127.0.0.1:0").await.unwrap());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(serve(sandbox(), meta, page, async move {
        stopped.await.ok();
    }));
    stop.send(()).unwrap();
    running.await.unwrap().unwrap();
}
