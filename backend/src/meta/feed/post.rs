//! One post of Meta's list. Fields that do not apply are absent from it, and
//! everything in it was written by strangers.

use chrono::{DateTime, SubsecRound as _};
use domain::Moment;
use domain::feed::{ItemFacts, MediaKind, Permalink, PostFacts};
use domain::id::MediaId;
use secrecy::SecretString;
use serde_json::Value;

use crate::meta::answer;

/// Twice what Instagram allows, in characters.
const LONGEST_CAPTION: usize = 2 * 2_200;
/// What Instagram allows, in characters.
const LONGEST_ALT: usize = 1_000;
/// Meta's are 17 digits.
const LONGEST_ID: usize = 64;
/// What Instagram allows in an album.
const MOST_ITEMS: usize = 20;

/// A post, and where its pictures can be copied from. `Debug` shows no address.
#[derive(Debug, Clone)]
pub struct Media {
    /// What is kept of it.
    pub facts: PostFacts,
    /// One for each item, in order: the signed address of its picture, which
    /// expires after some days. `None` where Meta gives none: it flagged the
    /// post, or has no still of a film.
    pub sources: Vec<Option<SecretString>>,
}

/// A picture or film, and where it can be copied from.
type Item = (ItemFacts, Option<SecretString>);

/// `None` without the three things no post is shown without: an id, a kind
/// that we know, and a time.
pub(super) fn read(row: &Value) -> Option<Media> {
    let (id, kind) = (id(row)?, kind(row)?);
    let items = match kind {
        MediaKind::Album => album(row, &id),
        MediaKind::Image | MediaKind::Video => vec![item(row, id.clone(), kind)],
    };
    let (items, sources) = items.into_iter().unzip();
    let facts = PostFacts {
        id,
        kind,
        caption: words(row, "caption", LONGEST_CAPTION),
        alt: words(row, "alt_text", LONGEST_ALT),
        permalink: text(row, "permalink").and_then(Permalink::parse),
        at: moment(text(row, "timestamp")?)?,
        likes: count(row, "like_count"),
        comments: count(row, "comments_count"),
        items,
    };
    Some(Media { facts, sources })
}

/// The items of an album; where Meta tells of none, the album's own picture.
fn album(row: &Value, id: &MediaId) -> Vec<Item> {
    let children = row.get("children").and_then(|children| children.get("data")).and_then(Value::as_array);
    let mut items: Vec<Item> = Vec::new();
    for child in children.into_iter().flatten() {
        let Some(item) = album_item(child) else { continue };
        let is_known = items.iter().any(|(known, _)| known.id == item.0.id);
        if !is_known && items.len() < MOST_ITEMS {
            items.push(item);
        }
    }
    if items.is_empty() {
        let cover = address(row, "thumbnail_url").or_else(|| address(row, "media_url"));
        items.push((ItemFacts { id: id.clone(), kind: MediaKind::Image }, cover));
    }
    items
}

fn album_item(child: &Value) -> Option<Item> {
    let kind = kind(child).filter(|kind| *kind != MediaKind::Album)?;
    Some(item(child, id(child)?, kind))
}

/// Of a film, `media_url` is the film itself.
fn item(row: &Value, id: MediaId, kind: MediaKind) -> Item {
    let picture = if kind == MediaKind::Video { "thumbnail_url" } else { "media_url" };
    (ItemFacts { id, kind }, address(row, picture))
}

/// An id is a key of ours and part of the names of form fields.
fn id(row: &Value) -> Option<MediaId> {
    let id = answer::id(row.get("id")?).ok()?;
    let is_plain = id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    (is_plain && id.len() <= LONGEST_ID).then_some(MediaId(id))
}

fn kind(row: &Value) -> Option<MediaKind> {
    match text(row, "media_type")? {
        "IMAGE" => Some(MediaKind::Image),
        "VIDEO" => Some(MediaKind::Video),
        "CAROUSEL_ALBUM" => Some(MediaKind::Album),
        _ => None,
    }
}

/// Meta writes `+0000` without a colon, which is not RFC 3339.
fn moment(text: &str) -> Option<Moment> {
    let read = DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%z").or_else(|_| DateTime::parse_from_rfc3339(text));
    // What is stored must equal what comes again, whatever a database rounds.
    read.ok().map(|at| at.to_utc().trunc_subsecs(0))
}

/// A text of somebody's. PostgreSQL stores no NUL.
fn words(row: &Value, field: &str, most: usize) -> Option<String> {
    text(row, field).map(|text| text.chars().filter(|c| *c != '\0').take(most).collect())
}

fn address(row: &Value, field: &str) -> Option<SecretString> {
    text(row, field).filter(|address| !address.is_empty()).map(SecretString::from)
}

fn count(row: &Value, field: &str) -> Option<u64> {
    answer::integer(row.get(field)).and_then(|count| count.try_into().ok())
}

fn text<'a>(row: &'a Value, field: &str) -> Option<&'a str> {
    row.get(field).and_then(Value::as_str)
}
