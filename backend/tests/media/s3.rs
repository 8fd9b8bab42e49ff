//! A server that plays an S3-compatible store: objects in a map.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, ETAG};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;

pub const BUCKET: &str = "pictures";

#[derive(Default)]
struct World {
    objects: BTreeMap<String, Bytes>,
    signatures: Vec<String>,
    locked: bool,
}

type Shared = Arc<Mutex<World>>;

pub struct S3 {
    pub address: SocketAddr,
    world: Shared,
}

impl S3 {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let world = Shared::default();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&world));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, world }
    }

    /// Of all objects.
    pub fn paths(&self) -> Vec<String> {
        self.world.lock().unwrap().objects.keys().cloned().collect()
    }

    /// How the requests were signed.
    pub fn signatures(&self) -> Vec<String> {
        self.world.lock().unwrap().signatures.clone()
    }

    /// From now on nobody is let in.
    pub fn lock_out(&self) {
        self.world.lock().unwrap().locked = true;
    }
}

async fn answer(State(world): State<Shared>, request: Request) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let signature = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let body = to_bytes(request.into_body(), usize::MAX).await.unwrap();
    let mut world = world.lock().unwrap();
    let Some(signature) = signature.filter(|_| !world.locked && path.starts_with(&format!("/{BUCKET}/"))) else {
        return (StatusCode::FORBIDDEN, "<Error><Code>AccessDenied</Code></Error>").into_response();
    };
    world.signatures.push(signature);
    let etag = [(ETAG, "\"1\"")];
    match method {
        Method::PUT => {
            world.objects.insert(path, body);
            (etag, ()).into_response()
        }
        Method::DELETE => {
            world.objects.remove(&path);
            StatusCode::NO_CONTENT.into_response()
        }
        Method::GET | Method::HEAD => match world.objects.get(&path) {
            Some(object) => (etag, object.clone()).into_response(),
            None => (StatusCode::NOT_FOUND, "<Error><Code>NoSuchKey</Code></Error>").into_response(),
        },
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}
