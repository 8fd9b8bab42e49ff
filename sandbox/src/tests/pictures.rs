//! Pictures and their signed addresses.

use super::*;

async fn picture(sandbox: &Sandbox) -> String {
    let long = token(sandbox, "paul", "long").await;
    let posts = get(sandbox, &format!("/me/media?fields=media_url&access_token={long}")).await.json();
    let url = Url::parse(posts["data"][0]["media_url"].as_str().unwrap()).unwrap();
    format!("{}?{}", url.path(), url.query().unwrap())
}

#[tokio::test]
async fn a_picture_is_there_until_its_signature_expires() {
    let sandbox = sandbox();
    let path = picture(&sandbox).await;
    let request = || Request::get(&path).body(Body::empty()).unwrap();
    let response = sandbox.meta_router().oneshot(request()).await.unwrap();
    assert_eq!(response.headers()["content-type"], "image/jpeg");
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(image::guess_format(&bytes).unwrap(), image::ImageFormat::Jpeg);
    let forged = get(&sandbox, &path.replace("oe=", "oe=F")).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    advance(&sandbox, 5 * 86_400).await;
    let late = get(&sandbox, &path).await;
    assert_eq!((late.status, late.text.as_str()), (StatusCode::FORBIDDEN, "URL signature expired"));
    assert_eq!(late.headers["content-type"], "text/plain");
}

#[test]
fn the_same_seed_draws_the_same_picture() {
    let draw = |seed| crate::picture::draw(seed, 60, 40).unwrap();
    assert_eq!(draw("a"), draw("a"));
    assert_ne!(draw("a"), draw("b"));
}

async fn posts(sandbox: &Sandbox, token: &str) -> Vec<Value> {
    let fields = "id,media_type,media_url,thumbnail_url,timestamp,like_count,username";
    let answer = get(sandbox, &format!("/me/media?fields={fields}&access_token={token}")).await.json();
    answer["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_new_cover_has_another_path_and_shows_something_else() {
    let sandbox = sandbox();
    let long = token(&sandbox, "paul", "long").await;
    let path = |post: &Value| Url::parse(post["thumbnail_url"].as_str().unwrap()).unwrap().path().to_owned();
    let film = |posts: Vec<Value>| posts.into_iter().find(|post| post["media_type"] == "VIDEO").unwrap();
    let before = film(posts(&sandbox, &long).await);
    order(&sandbox, "/control/people/paul/new-cover", Value::Null).await;
    let after = film(posts(&sandbox, &long).await);
    assert_eq!(before["id"], after["id"]);
    assert_ne!(path(&before), path(&after));
    let address = Url::parse(after["thumbnail_url"].as_str().unwrap()).unwrap();
    let cover = get(&sandbox, &format!("{}?{}", address.path(), address.query().unwrap())).await;
    assert_eq!(cover.status, StatusCode::OK);
}

#[tokio::test]
async fn the_cdn_can_say_nothing_at_all() {
    let sandbox = sandbox();
    let path = picture(&sandbox).await;
    for (status, said) in [(None, 200), (Some(202), 202), (Some(204), 204)] {
        let fault = json!({ "kind": "nothing", "endpoints": ["picture"], "times": 1, "status": status });
        order(&sandbox, "/control/faults", fault).await;
        let answer = get(&sandbox, &path).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (said, ""));
    }
    assert_eq!(get(&sandbox, &path).await.status, StatusCode::OK);
}

#[tokio::test]
async fn likes_grow_names_change_and_posts_may_share_a_second() {
    let sandbox = sandbox();
    let long = token(&sandbox, "paul", "long").await;
    let before = posts(&sandbox, &long).await;
    advance(&sandbox, 2 * 3_600).await;
    order(&sandbox, "/control/people/paul/rename", json!({ "to": "paul.and.sons" })).await;
    order(&sandbox, "/control/switches", json!({ "same_second": true })).await;
    let after = posts(&sandbox, &long).await;
    assert_eq!(after[0]["like_count"].as_i64().unwrap(), before[0]["like_count"].as_i64().unwrap() + 2);
    assert!(after.iter().all(|post| post["username"] == "paul.and.sons" && post["timestamp"] == after[0]["timestamp"]));
    assert!(after.iter().zip(&before).all(|(after, before)| after["id"] == before["id"]), "Meta's order stays");
    let me = get(&sandbox, &format!("/me?fields=username&access_token={long}")).await.json();
    assert_eq!(me["username"], "paul.and.sons");
}
