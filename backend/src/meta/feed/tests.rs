use domain::feed::MediaKind;
use secrecy::ExposeSecret as _;
use serde_json::json;

use super::*;

fn read(mut row: Value, changed: Value) -> Option<Media> {
    row.as_object_mut().unwrap().extend(changed.as_object().unwrap().clone());
    post::read(&row)
}

fn image(changed: Value) -> Option<Media> {
    let row = json!({"id": "1790", "media_type": "IMAGE", "media_url": "https://cdn.example/a?oh=1", "timestamp":
        "2026-10-30T09:24:11+0000"});
    read(row, changed)
}

fn album(children: Value) -> Media {
    image(json!({"media_type": "CAROUSEL_ALBUM", "children": children})).unwrap()
}

fn sources(media: &Media) -> Vec<Option<&str>> {
    media.sources.iter().map(|source| source.as_ref().map(|source| source.expose_secret())).collect()
}

#[test]
fn what_is_absent_is_none() {
    let media = image(json!({})).unwrap();
    let facts = &media.facts;
    assert_eq!((facts.caption.as_ref(), facts.alt.as_ref(), facts.permalink.as_ref()), (None, None, None));
    assert_eq!((facts.likes, facts.comments), (None, None));
    assert_eq!((facts.items.len(), &facts.items[0].id), (1, &facts.id));
    assert_eq!(sources(&media), [Some("https://cdn.example/a?oh=1")]);
}

#[test]
fn what_cannot_be_read_of_a_post_costs_no_more_than_itself() {
    let odd = json!({
        "caption": 7, "alt_text": ["x"], "permalink": {}, "like_count": -3, "comments_count": "many", "media_url": 1
    });
    let media = image(odd).unwrap();
    assert_eq!((media.facts.caption, media.facts.likes, media.facts.comments), (None, None, None));
    assert!(media.sources[0].is_none());
}

#[test]
fn no_post_is_shown_without_id_kind_and_time() {
    let long = "1".repeat(65);
    for missing in [
        json!({"id": null}),
        json!({"id": ""}),
        json!({"id": "a b"}),
        json!({"id": "1\u{0}"}),
        json!({"id": long}),
        json!({"media_type": "HOLOGRAM"}),
        json!({"media_type": null}),
        json!({"timestamp": "yesterday"}),
        json!({"timestamp": 1_793_352_251}),
    ] {
        assert!(image(missing.clone()).is_none(), "{missing}");
    }
    for strange in [json!(null), json!([]), json!("x"), json!({})] {
        assert!(post::read(&strange).is_none(), "{strange}");
    }
}

#[test]
fn times_are_read_in_metas_spelling_and_in_rfc_3339() {
    let at = |text: &str| image(json!({"timestamp": text})).unwrap().facts.at.to_rfc3339();
    for text in ["2026-10-30T09:24:11+0000", "2026-10-30T09:24:11Z", "2026-10-30T11:24:11.999999999+02:00"] {
        assert_eq!(at(text), "2026-10-30T09:24:11+00:00", "{text}");
    }
}

#[test]
fn texts_are_bounded_and_free_of_nul() {
    let media = image(json!({"caption": format!("a\u{0}b{}", "é".repeat(9_000)), "alt_text": "ü".repeat(9_000)}));
    let facts = media.unwrap().facts;
    let caption = facts.caption.unwrap();
    assert!(caption.starts_with("abé"));
    assert_eq!((caption.chars().count(), facts.alt.unwrap().chars().count()), (4_400, 1_000));
}

#[test]
fn only_addresses_of_instagram_become_links() {
    let link = |text: &str| image(json!({"permalink": text})).unwrap().facts.permalink;
    assert_eq!(link("https://www.instagram.com/p/Cabc/").unwrap().as_str(), "https://www.instagram.com/p/Cabc/");
    for hostile in ["javascript:alert(1)", "https://www.instagram.com.evil.example/p/", "https://www.instagram.com/\"x"]
    {
        assert_eq!(link(hostile), None, "{hostile}");
    }
}

#[test]
fn the_picture_of_a_film_is_its_still() {
    let film = |changed: Value| read(json!({"media_type": "VIDEO"}), changed);
    let with =
        json!({"id": 17, "timestamp": "2026-10-30T09:24:11+0000", "media_url": "film", "thumbnail_url": "still"});
    let media = film(with.clone()).unwrap();
    assert_eq!((media.facts.id.0.as_str(), sources(&media)), ("17", vec![Some("still")]));
    let mut without = with;
    without["thumbnail_url"] = json!(null);
    assert_eq!(sources(&film(without).unwrap()), [None]);
}

#[test]
fn an_album_is_its_children_in_order() {
    let media = album(json!({"data": [
        {"id": "3", "media_type": "IMAGE", "media_url": "c"},
        {"id": 1, "media_type": "VIDEO", "media_url": "film", "thumbnail_url": "a"},
        {"id": "3", "media_type": "IMAGE", "media_url": "again"},
        {"id": "4", "media_type": "CAROUSEL_ALBUM", "media_url": "nested"},
        {"media_type": "IMAGE", "media_url": "nameless"},
        {"id": "2", "media_type": "IMAGE"},
    ]}));
    let items: Vec<_> = media.facts.items.iter().map(|item| (item.id.0.as_str(), item.kind)).collect();
    assert_eq!(items, [("3", MediaKind::Image), ("1", MediaKind::Video), ("2", MediaKind::Image)]);
    assert_eq!(sources(&media), [Some("c"), Some("a"), None]);
}

#[test]
fn an_album_without_children_is_its_cover() {
    for children in [json!(null), json!({}), json!({"data": []}), json!({"data": [7]}), json!("x")] {
        let media = album(children);
        assert_eq!((media.facts.items.len(), &media.facts.items[0].id), (1, &media.facts.id));
        assert_eq!((media.facts.kind, media.facts.items[0].kind), (MediaKind::Album, MediaKind::Image));
        assert_eq!(sources(&media), [Some("https://cdn.example/a?oh=1")]);
    }
}
