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
