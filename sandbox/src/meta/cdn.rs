//! Pictures with signed addresses that expire.

use super::{call::Call, reply};
use crate::{Sandbox, cast::Account, picture, signed};
use axum::{
    body::Bytes,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use chrono::{DateTime, Duration, DurationRound as _, Utc};

/// Meta: four to seven days were reported for pictures, 1.6 for a video.
const PICTURE_LIFE: Duration = Duration::days(4);
const VIDEO_LIFE: Duration = Duration::hours(38);
/// Pictures are drawn once; more than this many are not kept.
const KEPT: usize = 300;
/// The largest edge the sandbox draws.
const LARGEST: u32 = 640;

/// The address of a picture drawn from `seed`.
pub(crate) fn picture_url(sandbox: &Sandbox, now: DateTime<Utc>, seed: &str, size: (u32, u32)) -> String {
    signed_url(sandbox, &format!("/cdn/{seed}/{}x{}.jpg", size.0, size.1), now + PICTURE_LIFE)
}

/// The address of a film.
pub(crate) fn video(sandbox: &Sandbox, now: DateTime<Utc>, seed: &str) -> String {
    signed_url(sandbox, &format!("/cdn/{seed}/clip.mp4"), now + VIDEO_LIFE)
}

/// The address of an account's portrait.
pub(crate) fn profile_picture(sandbox: &Sandbox, now: DateTime<Utc>, account: &Account) -> String {
    picture_url(sandbox, now, account.username, (320, 320))
}

/// Meta: the signature is `oh`, the expiry `oe`, in hexadecimal unix seconds.
fn signed_url(sandbox: &Sandbox, path: &str, until: DateTime<Utc>) -> String {
    // On the hour, so that asking again within it gives the same address.
    let until = until.duration_trunc(Duration::hours(1)).unwrap_or(until);
    let expiry = format!("{:X}", until.timestamp());
    let hash = signature(sandbox, path, &expiry);
    format!("{}{path}?stp=dst-jpg&_nc_cat=104&oh={hash}&oe={expiry}", sandbox.settings().meta_url)
}

fn signature(sandbox: &Sandbox, path: &str, expiry: &str) -> String {
    let mut hash = signed::proof(&sandbox.settings().instagram.client_secret, &format!("{path}|{expiry}"));
    hash.truncate(36);
    format!("00_{hash}")
}

/// `GET /cdn/…`: the bytes until `oe`. Meta: then 403 in plain text, which says nothing about the token.
pub(crate) async fn picture(sandbox: &Sandbox, call: &Call) -> Response {
    let path = format!("/{}", call.path.join("/"));
    if !signed::same(call.text("oh"), &signature(sandbox, &path, call.text("oe"))) {
        return reply::plain(StatusCode::FORBIDDEN, "Bad URL hash");
    }
    let expired = i64::from_str_radix(call.text("oe"), 16).is_ok_and(|until| call.now.timestamp() >= until);
    if expired {
        return reply::plain(StatusCode::FORBIDDEN, "URL signature expired");
    }
    let (Some(seed), Some(name)) = (call.path.get(1), call.path.get(2)) else {
        return reply::plain(StatusCode::NOT_FOUND, "Not found");
    };
    if name == "clip.mp4" {
        return bytes("video/mp4", Bytes::from_static(picture::CLIP));
    }
    let size = name.strip_suffix(".jpg").and_then(|size| size.split_once('x'));
    let size = size.and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    let Some((width, height)) =
        size.filter(|(width, height)| (1..=LARGEST).contains(width) && (1..=LARGEST).contains(height))
    else {
        return reply::plain(StatusCode::NOT_FOUND, "Not found");
    };
    match drawing(sandbox, path, seed.clone(), width, height).await {
        Some(drawing) => bytes("image/jpeg", drawing),
        None => reply::plain(StatusCode::INTERNAL_SERVER_ERROR, "No picture"),
    }
}

async fn drawing(sandbox: &Sandbox, path: String, seed: String, width: u32, height: u32) -> Option<Bytes> {
    let known = sandbox.drawings().get(&path).cloned();
    if known.is_some() {
        return known;
    }
    let drawn = tokio::task::spawn_blocking(move || picture::draw(&seed, width, height)).await.ok()?;
    let drawn = Bytes::from(drawn.inspect_err(|error| tracing::error!(%error, "a picture cannot be drawn")).ok()?);
    let mut drawings = sandbox.drawings();
    if drawings.len() >= KEPT {
        drawings.clear();
    }
    drawings.insert(path, drawn.clone());
    Some(drawn)
}

fn bytes(kind: &'static str, body: Bytes) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "max-age=1209600, no-transform"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    (headers, body).into_response()
}
