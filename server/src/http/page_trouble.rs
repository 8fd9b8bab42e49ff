//! `POST /page-trouble`: a page could not come alive (`app/src/shell/alive.js`).
//! It says why in one word and nothing about the person.

use std::sync::Mutex;
use std::time::Duration;

use axum::body::Bytes;
use http::StatusCode;

/// One line in the log for all that is told meanwhile.
const TOGETHER: Duration = Duration::from_secs(60);

/// The words, in the order in which they are counted.
const KINDS: [&str; 4] = ["changed", "panic", "file", "old"];

/// What was told since the last line, and whether the next line is awaited.
static TOLD: Mutex<([u64; 4], bool)> = Mutex::new(([0; 4], false));

/// Counts it. The first of a minute is logged at once, the others together.
pub async fn told(body: Bytes) -> StatusCode {
    let Some(kind) = KINDS.iter().position(|kind| kind.as_bytes() == body.as_ref()) else {
        return StatusCode::BAD_REQUEST;
    };
    if let Ok(mut told) = TOLD.lock() {
        told.0[kind] += 1;
        if !std::mem::replace(&mut told.1, true) {
            log(std::mem::take(&mut told.0));
            tokio::spawn(log_what_follows());
        }
    }
    StatusCode::NO_CONTENT
}

async fn log_what_follows() {
    loop {
        tokio::time::sleep(TOGETHER).await;
        let Ok(mut told) = TOLD.lock() else { return };
        if told.0 == [0; 4] {
            told.1 = false;
            return;
        }
        log(std::mem::take(&mut told.0));
    }
}

fn log([changed, panic, file, old]: [u64; 4]) {
    tracing::warn!(changed, panic, file, old, "pages did not come alive and stay plain HTML");
}
