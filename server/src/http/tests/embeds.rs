//! What websites load, as the real router answers it: whatever the page around
//! a widget is and forbids.

use axum::body::Body;
use domain::form::Draft;
use domain::widget::Settings;
use http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, ETAG, IF_NONE_MATCH, ORIGIN,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderMap, Request, StatusCode};
use sea_orm::{ConnectionTrait, Database};

use super::Site as Installation;

const WIDGET: &str = "0190f0c0-1111-7222-8333-444455556666";
const GONE: &str = "0190f0c0-1111-7222-8333-000000000000";

impl Installation {
    /// With one widget that these websites may show, as its owner typed them.
    async fn with_widget(sites: &str) -> Self {
        let site = Self::open().await;
        let mut draft = Draft::from(&Settings::default());
        draft.0.insert("sites".to_owned(), sites.to_owned());
        let settings = serde_json::to_string(&draft.parse().unwrap()).unwrap();
        let at = "2026-11-20T09:00:00+00:00";
        let (id, widget) = ("x'00000000000000000000000000000001'", format!("x'{}'", WIDGET.replace('-', "")));
        let file = site.data.path().join("pilotlight.db");
        let db = Database::connect(format!("sqlite://{}", file.display())).await.unwrap();
        for row in [
            format!(
                "token (id, platform, meta_user_id, sealed, issued_at, missing_scopes, created_at, updated_at) \
                 VALUES ({id}, 'instagram', '1', x'00', '{at}', '[]', '{at}', '{at}')"
            ),
            format!(
                "account (id, instagram_id, username, name, account_type, token_id, created_at) \
                 VALUES ({id}, '17', 'paul', 'Paul', 'BUSINESS', {id}, '{at}')"
            ),
            format!(
                "widget (id, account_id, settings, failures, next_rebuild_at, created_at) \
                 VALUES ({widget}, {id}, '{settings}', 0, '{at}', '{at}')"
            ),
        ] {
            db.execute_unprepared(&format!("INSERT INTO {row}")).await.unwrap();
        }
        site
    }

    async fn asked(&self, path: &str, header: http::HeaderName, value: &str) -> (StatusCode, HeaderMap, String) {
        let request = Request::get(path).header(header, value).body(Body::empty()).unwrap();
        let (status, response, body) = self.send(request).await;
        (status, response.headers().clone(), body)
    }

    async fn policy(&self) -> String {
        let (status, response, _) = self.get(&format!("/embed/{WIDGET}")).await;
        assert_eq!(status, StatusCode::OK);
        response.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned()
    }

    /// Whether scripts of this website may read the feed, by the `Origin` it sends.
    async fn reads(&self, origin: &str) -> bool {
        let (_, headers, _) = self.asked(&format!("/api/v1/widgets/{WIDGET}/feed"), ORIGIN, origin).await;
        headers.get(ACCESS_CONTROL_ALLOW_ORIGIN).is_some_and(|allowed| allowed == "*" || allowed == origin)
    }
}

/// From a disk, a `data:` address or a sandbox: none has an origin that a policy could name.
#[tokio::test]
async fn without_named_websites_nothing_is_said_about_who_may_frame_a_widget() {
    let site = Installation::with_widget("").await;
    for path in
        [format!("/embed/{WIDGET}"), format!("/embed/{WIDGET}.html"), format!("/embed/{GONE}"), "/embed/x".into()]
    {
        let (_, response, _) = site.get(&path).await;
        let policy = response.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("frame-ancestors"), "{path}: {policy}");
        assert!(!response.headers().contains_key(X_FRAME_OPTIONS), "{path}");
    }
    assert!(site.reads("https://any.example").await && site.reads("null").await);
    // In a sandbox, no origin is this page's own.
    assert!(site.policy().await.contains("img-src 'self' http://127.0.0.1:3000;"));
}

#[tokio::test]
async fn named_websites_are_named_to_browsers_as_browsers_know_them() {
    let site = Installation::with_widget("müller-bäckerei.de\nhttps://한국.kr/블로그\n*.shop.example\nlocalhost").await;
    let named = "; frame-ancestors https://xn--mller-bckerei-hfb76a.de https://www.xn--mller-bckerei-hfb76a.de \
                 https://xn--3e0b707e.kr https://*.shop.example http://localhost:* https://localhost:* http://127.0.0.1:3000";
    let policy = site.policy().await;
    assert!(policy.ends_with(named), "{policy}");
    for origin in ["https://xn--mller-bckerei-hfb76a.de", "https://a.shop.example", "http://localhost:5173"] {
        assert!(site.reads(origin).await, "{origin}");
    }
    for origin in ["https://shop.example", "https://evil.example", "null"] {
        assert!(!site.reads(origin).await, "{origin}");
    }
}

/// A page with `Cross-Origin-Embedder-Policy: require-corp` loads nothing else.
#[tokio::test]
async fn whatever_websites_load_says_that_they_may() {
    let site = Installation::with_widget("").await;
    let picture = format!("/media/{}-320.webp", "a".repeat(64));
    for path in [
        &format!("/embed/{WIDGET}"),
        &format!("/embed/{GONE}"),
        "/embed.js",
        &picture,
        &format!("/api/v1/widgets/{WIDGET}/feed"),
        &format!("/api/v1/widgets/{GONE}/feed"),
    ] {
        let (_, response, _) = site.get(path).await;
        let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(header("cross-origin-resource-policy").as_deref(), Some("cross-origin"), "{path}");
        assert_eq!(header("cross-origin-embedder-policy").as_deref(), Some("require-corp"), "{path}");
        assert_eq!(header("x-frame-options"), None, "{path}");
        assert_eq!(response.headers()[X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
    }
}

#[tokio::test]
async fn the_loader_knows_its_address_wherever_it_is_copied_to() {
    let site = Installation::open().await;
    let (_, _, script) = site.get("/embed.js").await;
    assert!(script.contains("let origin = \"http://127.0.0.1:3000\";"), "{script}");
}

#[tokio::test]
async fn how_long_an_answer_is_kept_depends_on_what_it_is_and_not_on_how_its_address_looks() {
    let site = Installation::with_widget("").await;
    let keeps = async |path: &str| {
        let (status, response, _) = site.get(path).await;
        (status.as_u16(), response.headers()[CACHE_CONTROL].to_str().unwrap().to_owned())
    };
    let asking = "public, max-age=0, s-maxage=60, stale-while-revalidate=600".to_owned();
    assert_eq!(keeps(&format!("/embed/{WIDGET}")).await, (200, asking.clone()));
    assert_eq!(keeps(&format!("/api/v1/widgets/{WIDGET}/feed")).await, (200, asking));
    assert_eq!(keeps("/embed.js").await, (200, "public, max-age=3600, stale-while-revalidate=86400".into()));
    assert_eq!(keeps("/api/v1/openapi.json").await, (200, "public, max-age=3600".into()));
    let never = |status| (status, "no-store".to_owned());
    for path in ["/", "/login", "/healthz"] {
        assert_eq!(keeps(path).await, never(200), "{path}");
    }
    for path in ["/help/v2.1", "/paul.smith", "/pkg/gone.0123.js", "/embed/x", "/media/x", "/texts/x"] {
        assert_eq!(keeps(path).await, never(404), "{path}");
    }
    // A page that is not one's own to see, a form that came from elsewhere, a method there is none for.
    for path in ["/dashboard", "/accounts/paul.smith"] {
        assert_eq!(keeps(path).await.1, "no-store", "{path}");
    }
    let foreign = Request::post("/page-trouble").header(ORIGIN, "https://evil.example").body(Body::empty()).unwrap();
    assert_eq!(site.send(foreign).await.1.headers()[CACHE_CONTROL], "no-store");
    let deleted = Request::delete("/embed.js").body(Body::empty()).unwrap();
    assert_eq!(site.send(deleted).await.1.headers()[CACHE_CONTROL], "no-store");
}

#[tokio::test]
async fn who_has_an_answer_gets_none_again_but_how_long_to_keep_it() {
    let site = Installation::with_widget("").await;
    for path in [format!("/embed/{WIDGET}"), format!("/api/v1/widgets/{WIDGET}/feed"), "/embed.js".to_owned()] {
        let (_, response, _) = site.get(&path).await;
        let (tag, keep) = (response.headers()[ETAG].to_str().unwrap(), &response.headers()[CACHE_CONTROL]);
        for known in [tag.to_owned(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
            let (status, headers, body) = site.asked(&path, IF_NONE_MATCH, &known).await;
            assert_eq!((status, body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{path} {known}");
            assert_eq!(&headers[CACHE_CONTROL], keep, "{path}");
        }
        assert_eq!(site.asked(&path, IF_NONE_MATCH, "\"x\"").await.0, StatusCode::OK, "{path}");
    }
}
