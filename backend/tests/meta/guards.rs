//! What must never happen, whatever Meta answers.

use backend::meta::{MetaError, What};
use domain::platform::Platform;
use domain::token::{Failure, Verdict};
use secrecy::ExposeSecret;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use url::Url;

use crate::stub::{self, Reply, Stub, TOKEN, meta_at, now, refusal};

const UNAVAILABLE: Verdict = Verdict::Unknown(Failure::Unavailable);

async fn extend(meta: &backend::meta::Meta) -> MetaError {
    let error = meta.of(Platform::Instagram).unwrap().extend(&TOKEN.into(), now()).await.unwrap_err();
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(!text.contains(TOKEN) && !text.contains("http://"), "{text}");
    }
    error
}

async fn extend_with(reply: Reply) -> MetaError {
    extend(&Stub::start(vec![("/refresh_access_token", vec![reply])]).await.meta()).await
}

/// Reads a request and then writes what it is told to, raw.
async fn raw_server(answer: Vec<u8>) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            let _request = socket.read(&mut [0; 4096]).await;
            let _closed = socket.write_all(&answer).await;
        }
    });
    base
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Stub::start(vec![]).await;
    let location = elsewhere.base.join("stolen").unwrap().to_string();
    let reply = Reply { status: 302, headers: vec![("location", location)], body: String::new() };
    let error = extend_with(reply).await;
    assert_eq!((error.verdict, *error.what), (UNAVAILABLE, What::Redirected(302)));
    assert_eq!(elsewhere.seen(), []);
}

#[tokio::test]
async fn an_answer_of_ten_megabytes_is_not_read() {
    let mut reply = stub::json(json!({"access_token": "new", "expires_in": 1}));
    reply.body.push_str(&" ".repeat(10_000_000));
    let error = extend_with(reply).await;
    assert_eq!((error.verdict, *error.what), (UNAVAILABLE, What::TooLarge));
}

#[tokio::test]
async fn a_broken_connection_kills_nothing() {
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"access_token\":\"ne".to_vec();
    for answer in [Vec::new(), cut, b"nonsense\r\n\r\n".to_vec()] {
        let error = extend(&meta_at(&raw_server(answer).await)).await;
        assert_eq!(error.verdict, UNAVAILABLE);
        assert!(matches!(*error.what, What::Broken(_)), "{error}");
    }
}

/// `{"access_token":"IGAAnew","expires_in":86400}`, as gzip.
const ZIPPED: &[u8] =
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\x4a\x4c\x4e\x4e\x2d\x2e\x8e\x2f\xc9\xcf\x4e\xcd\x53\
      \xb2\x52\xf2\x74\x77\x74\xcc\x4b\x2d\x57\xd2\x51\x4a\xad\x28\xc8\x2c\x4a\x2d\x8e\xcf\x04\x0a\x5b\x98\
      \x99\x18\x18\xd4\x02\x00\x6a\xd0\xe0\x0b\x2d\x00\x00\x00";

#[tokio::test]
async fn gzip_is_read_whether_or_not_a_header_names_it() {
    for header in ["content-encoding: gzip\r\n", ""] {
        let head = format!("HTTP/1.1 200 OK\r\n{header}content-length: {}\r\n\r\n", ZIPPED.len());
        let meta = meta_at(&raw_server([head.as_bytes(), ZIPPED].concat()).await);
        let issued = meta.of(Platform::Instagram).unwrap().extend(&TOKEN.into(), now()).await.unwrap();
        assert_eq!(issued.token.expose_secret(), "IGAAnew", "{header}");
    }
    let cut = &ZIPPED[..20];
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", cut.len());
    let error = extend(&meta_at(&raw_server([head.as_bytes(), cut].concat()).await)).await;
    assert_eq!((error.verdict, *error.what), (UNAVAILABLE, What::NotJson(200)));
}

#[tokio::test]
async fn nobody_there_kills_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base: Url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    drop(listener);
    let error = extend(&meta_at(&base)).await;
    assert_eq!(error.verdict, UNAVAILABLE);
    assert!(error.to_string().contains("could not be reached"), "{error}");
}

#[tokio::test]
async fn metas_words_are_kept_without_the_token() {
    let error = extend_with(refusal(400, 190, 460, &format!("Bad {TOKEN}, EAAsomebodyelse"))).await;
    let said = error.said.unwrap();
    assert_eq!((said.code, said.subcode, said.message.as_str()), (Some(190), Some(460), "Bad …, …"));
}

#[tokio::test]
async fn a_limit_says_when_to_come_back() {
    let usage = json!({"1784": [{"type": "instagram", "estimated_time_to_regain_access": 19}]}).to_string();
    let headers = vec![("x-business-use-case-usage", usage)];
    let reply = Reply { headers, ..refusal(403, 80_002, 0, "(#80002) too many calls") };
    let error = extend_with(reply).await;
    assert_eq!(error.verdict, Verdict::Unknown(Failure::Limited));
    assert_eq!(error.retry_after, Some(chrono::TimeDelta::minutes(19)));
}

#[tokio::test]
async fn an_empty_token_is_no_token() {
    let error = extend_with(stub::json(json!({"access_token": "", "expires_in": 5_184_000}))).await;
    assert_eq!(error.verdict, Verdict::Unknown(Failure::Unclear));
}
