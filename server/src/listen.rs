//! Connections: accepting them, how slow they may be, and how they end.

use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::serve::{Listener, ListenerExt};
use http::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tower::ServiceExt;

/// So long a connection may take to say what it wants, and so long it may stay
/// when it wants nothing more. Longer than proxies keep theirs, usually 60 s:
/// one that is closed from here while it is used again costs them a request.
pub const PATIENCE: Duration = Duration::from_secs(75);

/// Serves until `stop` is ready, then finishes the requests that have begun.
pub async fn serve(listener: TcpListener, router: Router, patience: Duration, stop: impl Future<Output = ()>) {
    // Answers are written whole: nothing is gained by waiting for more.
    let mut listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "a connection waits for full packets");
        }
    });
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(patience);
    let open = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (connection, peer) = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let from = move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            request
        };
        let service = TowerToHyperService::new(router.clone().map_request(from));
        let served = open.watch(builder.serve_connection(TokioIo::new(connection), service).into_owned());
        tokio::spawn(async move {
            if let Err(error) = served.await {
                tracing::trace!(error = &*error, "a connection ended early");
            }
        });
    }
    drop(listener);
    open.shutdown().await;
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use axum::routing::get;
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn who_does_not_say_what_they_want_is_let_go_and_everybody_else_is_served() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let router = Router::new().route("/", get(|| async { "hello" }));
        let stopped = async { drop(stopped.await) };
        let server = tokio::spawn(serve(listener, router, Duration::from_millis(100), stopped));
        let say = move |text: &'static str| {
            tokio::task::spawn_blocking(move || {
                let mut connection = TcpStream::connect(address).unwrap();
                connection.write_all(text.as_bytes()).unwrap();
                // Until the server closes it: without a limit that would be never.
                let mut answer = Vec::new();
                let _closed = connection.read_to_end(&mut answer);
                String::from_utf8(answer).unwrap()
            })
        };
        for slow in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: shop.example\r\nX-Slow: "] {
            assert!(!say(slow).await.unwrap().contains("hello"), "{slow}");
        }
        let answer = say("GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n").await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("hello"), "{answer}");
        stop.send(()).unwrap();
        server.await.unwrap();
    }
}
