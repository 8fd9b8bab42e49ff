//! Posts: `/me/media`, `/{id}/media`, and one post.

use super::{
    access::{may_read, own_account},
    auth,
    call::Call,
    cdn,
    error::GraphError,
    fields::{self, Field},
    reply,
};
use crate::{
    Sandbox,
    cast::{Account, Media, NEWEST, Platform, Post},
};
use axum::{http::StatusCode, response::Response};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::DateTime;
use serde_json::{Value, json};
use url::form_urlencoded;

/// Meta: 25 posts unless told, 100 at most.
const USUAL: usize = 25;
const MOST: usize = 100;

/// `GET /me/media` and `GET /{id}/media`.
pub(crate) fn list(sandbox: &Sandbox, call: &Call) -> Result<Response, GraphError> {
    let id = call.path.first().map_or("", String::as_str);
    let state = sandbox.state();
    let caller = auth::caller(sandbox, &state, call)?;
    let platform = caller.person.platform;
    let account = own_account(&caller, id)?;
    may_read(&state, &caller, account, id)?;
    // Meta: an account that is not professional has a profile, and nothing else.
    if account.account_type == "PERSONAL" {
        return Err(GraphError::unsupported(platform, "get"));
    }
    let wanted = fields::parse(call.get("fields"));
    let standing = state.standing(caller.person.username);
    let mut all: Vec<Post> = standing.posts(account).into_iter().filter(|post| in_time(call, post)).collect();
    if state.switches.same_second {
        all.iter_mut().for_each(|post| post.at = DateTime::from_timestamp(NEWEST, 0).unwrap_or_default());
    }
    let page = cut(call, platform, &all)?;
    let rows = page.posts.iter().map(|post| describe(sandbox, call, platform, account, post, &wanted));
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    let mut value = json!({ "data": rows });
    if let (Some(first), Some(last)) = (page.posts.first(), page.posts.last()) {
        let mut paging = json!({ "cursors": { "before": cursor(first), "after": cursor(last) } });
        if page.more_after {
            paging["next"] = json!(link(sandbox, call, "after", &cursor(last)));
        }
        if page.more_before {
            paging["previous"] = json!(link(sandbox, call, "before", &cursor(first)));
        }
        value["paging"] = paging;
    }
    Ok(reply::json(&state.switches, StatusCode::OK, &value))
}

struct Cut<'a> {
    posts: &'a [Post],
    more_before: bool,
    more_after: bool,
}

/// The page a call asks for.
fn cut<'a>(call: &Call, platform: Platform, all: &'a [Post]) -> Result<Cut<'a>, GraphError> {
    let limit = match call.get("limit").map(str::parse::<usize>) {
        None => USUAL,
        Some(Ok(limit)) if limit > 0 => limit.min(MOST),
        Some(_) => return Err(GraphError::parameter(platform, "(#100) Param limit must be a positive integer")),
    };
    let place = |name: &str| -> Result<Option<usize>, GraphError> {
        let Some(given) = call.get(name).filter(|given| !given.is_empty()) else { return Ok(None) };
        let found = all.iter().position(|post| cursor(post) == given);
        found.map(Some).ok_or_else(|| GraphError::parameter(platform, "(#100) Invalid cursors values"))
    };
    let (start, end) = match (place("after")?, place("before")?) {
        (Some(after), _) => (after + 1, (after + 1 + limit).min(all.len())),
        (None, Some(before)) => (before.saturating_sub(limit), before),
        (None, None) => (0, limit.min(all.len())),
    };
    Ok(Cut { posts: &all[start..end], more_before: start > 0, more_after: end < all.len() })
}

/// `since` and `until`, in unix seconds.
fn in_time(call: &Call, post: &Post) -> bool {
    let time = |name| call.get(name).and_then(|text| text.parse().ok()).and_then(|at| DateTime::from_timestamp(at, 0));
    time("since").is_none_or(|since| post.at >= since) && time("until").is_none_or(|until| post.at <= until)
}

/// Opaque to clients.
fn cursor(post: &Post) -> String {
    URL_SAFE_NO_PAD.encode(format!("cursor:{}", post.id))
}

/// Meta: the links to other pages hold the access token.
fn link(sandbox: &Sandbox, call: &Call, direction: &str, cursor: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in call.fields.iter().filter(|(name, _)| !matches!(name.as_str(), "after" | "before")) {
        query.append_pair(name, value);
    }
    if let (None, Some(token)) = (call.get("access_token"), &call.bearer) {
        query.append_pair("access_token", token);
    }
    query.append_pair(direction, cursor);
    format!("{}{}?{}", sandbox.settings().meta_url, call.raw_path, query.finish())
}

/// One post. Meta: what does not apply is absent, not null.
pub(crate) fn describe(
    sandbox: &Sandbox,
    call: &Call,
    platform: Platform,
    account: &Account,
    post: &Post,
    wanted: &[Field],
) -> Result<Value, GraphError> {
    let video = post.media == Media::Video;
    fields::pick(wanted, platform, "InstagramMedia", |field| {
        Some(match field.name.as_str() {
            "id" => json!(post.id),
            "caption" => json!(post.caption),
            "alt_text" => json!(post.alt_text),
            "media_type" => json!(match post.media {
                Media::Image => "IMAGE",
                Media::Video => "VIDEO",
                Media::Carousel(_) => "CAROUSEL_ALBUM",
            }),
            "media_product_type" => json!(if video { "REELS" } else { "FEED" }),
            "media_url" if post.flagged => Value::Null,
            "media_url" if video => json!(cdn::video(sandbox, call.now, &post.id)),
            "media_url" => json!(cdn::picture_url(sandbox, call.now, &post.picture_seed(), post.size)),
            "thumbnail_url" if video => json!(cdn::picture_url(sandbox, call.now, &post.picture_seed(), post.size)),
            "thumbnail_url" => Value::Null,
            "permalink" => json!(permalink(post)),
            "shortcode" => json!(post.shortcode),
            "timestamp" => json!(timestamp(post)),
            "username" => json!(post.username),
            "owner" => json!({ "id": account.id }),
            "like_count" => json!(post.likes_at(call.now)),
            "comments_count" => json!(post.comments_at(call.now)),
            "is_comment_enabled" => json!(true),
            "is_shared_to_feed" if video => json!(true),
            "is_shared_to_feed" => Value::Null,
            "children" => match post.media {
                Media::Carousel(count) => return children(sandbox, call, platform, account, post, count, field),
                _ => Value::Null,
            },
            _ => return None,
        })
    })
}

fn children(
    sandbox: &Sandbox,
    call: &Call,
    platform: Platform,
    account: &Account,
    album: &Post,
    count: usize,
    field: &Field,
) -> Option<Value> {
    let wanted = if field.inner.is_empty() { fields::parse(None) } else { field.inner.clone() };
    let child = |index: usize| Post {
        id: format!("{}{index:02}", &album.id[..15]),
        // The second of a long album is a video.
        media: if count > 3 && index == 1 { Media::Video } else { Media::Image },
        caption: None,
        ..album.clone()
    };
    let mut rows = Vec::new();
    for index in 0..count {
        let mut row = describe(sandbox, call, platform, account, &child(index), &wanted).ok()?;
        // Meta: the pictures of an album have no permalink of their own.
        if let Some(object) = row.as_object_mut() {
            object.remove("permalink");
        }
        rows.push(row);
    }
    Some(json!({ "data": rows }))
}

fn permalink(post: &Post) -> String {
    let kind = if post.media == Media::Video { "reel" } else { "p" };
    format!("https://www.instagram.com/{kind}/{}/", post.shortcode)
}

/// Meta: `+0000` without a colon, which is not RFC 3339.
fn timestamp(post: &Post) -> String {
    post.at.format("%Y-%m-%dT%H:%M:%S+0000").to_string()
}
