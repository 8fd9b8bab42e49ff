//! A sandbox of its own for each test, and what people do in it.

use backend::meta::{AppConfig, Endpoints, Meta, MetaError, Provider, Whose};
use chrono::{DateTime, Utc};
use domain::id::AppScopedId;
use domain::platform::Platform;
use domain::token::Consent;
use reqwest::redirect::Policy;
use sandbox::{AppCredentials, Sandbox, Settings};
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use url::Url;

/// Where the imitated product is; a stub where a test listens to Meta's callbacks.
const PRODUCT: &str = "http://127.0.0.1:9";

pub struct World {
    pub meta: Meta,
    pub sandbox: Sandbox,
    settings: Settings,
    control: String,
    browser: reqwest::Client,
}

impl World {
    pub async fn new() -> Self {
        Self::beside(PRODUCT).await
    }

    /// Hosts are told apart by the first part of the path, so a token sent to
    /// the wrong one of Meta's hosts is refused here as it is there.
    pub async fn beside(product: &str) -> Self {
        backend::tls::install();
        let meta = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let control = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let settings = Settings::new(format!("http://{}", meta.local_addr().unwrap()), product);
        let control_url = format!("http://{}/control", control.local_addr().unwrap());
        let sandbox = Sandbox::open(settings.clone()).unwrap();
        tokio::spawn(sandbox::serve(sandbox.clone(), meta, control, std::future::pending()));
        let browser = reqwest::Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        let meta = meta_of(&settings, &settings.instagram.client_secret, &settings.facebook.client_secret);
        Self { meta, sandbox, settings, control: control_url, browser }
    }

    /// The clients with secrets that are not the apps'.
    pub fn with_wrong_secrets(&self) -> Meta {
        meta_of(&self.settings, "wrong", "wrong")
    }

    pub fn provider(&self, platform: Platform) -> &dyn Provider {
        self.meta.of(platform).unwrap()
    }

    /// The daily check of somebody's token: Paul's, or with Facebook Fiona's.
    pub async fn check(&self, platform: Platform, token: &SecretString) -> Result<(), MetaError> {
        let user_id = match platform {
            Platform::Instagram => "27640875392278831",
            Platform::Facebook => "10229876543210987",
        };
        let whose = Whose { user_id: AppScopedId(user_id.to_owned()), accounts: Vec::new() };
        self.provider(platform).check(token, &whose).await.map(drop)
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.sandbox.now()
    }

    /// Calls the control API, which must agree.
    pub async fn control(&self, path: &str, body: Value) -> Value {
        let request = self.browser.post(format!("{}/{path}", self.control)).json(&body);
        let response = request.send().await.unwrap();
        let (status, text) = (response.status(), response.text().await.unwrap());
        assert!(status.is_success(), "{path}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    pub async fn happens(&self, username: &str, happening: &str) {
        self.control(&format!("people/{username}/{happening}"), json!({"notify": false})).await;
    }

    pub async fn switch(&self, name: &str, position: Value) {
        self.control("switches", json!({ name: position })).await;
    }

    pub async fn hours_pass(&self, hours: i64) {
        self.control("clock", json!({"advance_seconds": hours * 3600})).await;
    }

    /// A long-lived token with all permissions.
    pub async fn token(&self, username: &str) -> SecretString {
        let made = self.control("tokens", json!({"username": username})).await;
        made["access_token"].as_str().unwrap().into()
    }

    /// Goes through the consent page and comes back with the code.
    pub async fn consent(&self, platform: Platform, username: &str, scopes: &[&str]) -> String {
        let url = self.provider(platform).authorize_url("the-state", Consent::Plain);
        let mut form: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        form.push(("as".to_owned(), username.to_owned()));
        form.push(("decision".to_owned(), "allow".to_owned()));
        form.extend(scopes.iter().map(|scope| ("permission".to_owned(), (*scope).to_owned())));
        let mut page = url;
        page.set_query(None);
        page.path_segments_mut().unwrap().push("decide");
        let response = self.browser.post(page).form(&form).send().await.unwrap();
        let back = response.headers().get("location").map(|location| location.to_str().unwrap().to_owned());
        let Some(back) = back else { panic!("no way back: {}", response.text().await.unwrap()) };
        let back: Url = back.parse().unwrap();
        let param = |name: &str| back.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
        assert_eq!(param("state"), "the-state");
        param("code")
    }
}

fn meta_of(settings: &Settings, instagram_secret: &str, facebook_secret: &str) -> Meta {
    let at = |path: &str| -> Url { format!("{}/{path}", settings.meta_url).parse().unwrap() };
    let app = |platform: &str, app: &AppCredentials, secret: &str, endpoints| AppConfig {
        client_id: app.client_id.clone(),
        client_secret: secret.into(),
        redirect_uri: format!("{}/auth/{platform}/callback", settings.product_url).parse().unwrap(),
        endpoints,
    };
    let instagram = Endpoints {
        authorize_url: at("www.instagram.com/oauth/authorize"),
        token_url: at("api.instagram.com"),
        graph_url: at("graph.instagram.com/"),
    };
    let facebook = Endpoints {
        authorize_url: at("www.facebook.com"),
        token_url: at("graph.facebook.com"),
        graph_url: at("graph.facebook.com/"),
    };
    Meta::new(
        Some(app("instagram", &settings.instagram, instagram_secret, instagram)),
        Some(app("facebook", &settings.facebook, facebook_secret, facebook)),
    )
    .unwrap()
}
