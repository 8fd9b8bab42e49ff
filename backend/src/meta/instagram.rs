//! Instagram API with Instagram Login.
//!
//! Source: Meta, "Business Login for Instagram", and the references of
//! `oauth/access_token`, `access_token` and `refresh_access_token`.

use chrono::TimeDelta;
use domain::Moment;
use domain::id::{AppScopedId, InstagramId};
use domain::platform::Platform;
use domain::token::{Consent, Grant, Sight};
use futures::FutureExt as _;
use futures::future::BoxFuture;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

use super::answer::{self, Wrapped};
use super::call::Call;
use super::config::{AppConfig, GRAPH_VERSION, under};
use super::error::{MetaError, RedeemError, What};
use super::feed::{self, Feed};
use super::http::Http;
use super::provider::{AccountType, Granted, Issued, Profile, Provider, Seen, Whose};

/// The client of one Instagram app.
pub(super) struct Instagram {
    http: Http,
    app: AppConfig,
}

/// The short-lived token of the code exchange.
#[derive(Deserialize)]
struct Exchanged {
    #[serde(deserialize_with = "answer::token")]
    access_token: SecretString,
    #[serde(deserialize_with = "answer::id")]
    user_id: String,
    /// What was really granted; absent in some answers.
    #[serde(default, deserialize_with = "answer::scopes")]
    permissions: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct LongLived {
    #[serde(deserialize_with = "answer::token")]
    access_token: SecretString,
    #[serde(default, deserialize_with = "answer::seconds")]
    expires_in: Option<i64>,
}

#[derive(Deserialize)]
struct Me {
    #[serde(deserialize_with = "answer::id")]
    user_id: String,
    #[serde(deserialize_with = "answer::words")]
    username: String,
    name: Option<String>,
    account_type: Option<String>,
}

/// Both ids of an account: the app-scoped one, which is the person's, and the
/// professional account's own. And its names, which prove nothing.
/// Source: Meta, "Instagram API with Instagram Login", get started.
#[derive(Deserialize)]
struct Ids {
    #[serde(deserialize_with = "answer::id")]
    id: String,
    #[serde(default, deserialize_with = "answer::optional_id")]
    user_id: Option<String>,
    #[serde(default, deserialize_with = "answer::optional_text")]
    username: Option<String>,
    #[serde(default, deserialize_with = "answer::optional_text")]
    name: Option<String>,
}

impl Instagram {
    pub fn new(http: Http, app: AppConfig) -> Self {
        Self { http, app }
    }

    pub fn secret(&self) -> &SecretString {
        &self.app.client_secret
    }

    async fn redeem(&self, code: &str, now: Moment) -> Result<Granted, RedeemError> {
        let url = under(&self.app.endpoints.token_url, &["oauth", "access_token"]);
        let call = Call::post("instagram oauth/access_token", url)
            .with("client_id", &self.app.client_id)
            .secret("client_secret", self.secret().expose_secret())
            .with("grant_type", "authorization_code")
            .with("redirect_uri", self.app.redirect_uri.as_str())
            .secret("code", super::call::code(code));
        let short: Wrapped<Exchanged> = self.http.ask(&call).await.map_err(RedeemError::of_code)?;
        let short = short.into_inner();
        if let Some(granted) = &short.permissions {
            let missing = Platform::Instagram.missing_scopes(granted.iter().map(String::as_str));
            if !missing.is_empty() {
                return Err(RedeemError::MissingPermissions(missing));
            }
        }
        // The path is unversioned; with a version Meta answers "Unsupported request".
        let call = Call::get("instagram access_token", self.graph(&["access_token"]))
            .with("grant_type", "ig_exchange_token")
            .secret("client_secret", self.secret().expose_secret())
            .secret("access_token", short.access_token.expose_secret());
        let long: LongLived = self.http.insist(&call).await?;
        Ok(Granted { issued: long.issued(now), user_id: AppScopedId(short.user_id), name: None })
    }

    async fn profiles(&self, token: &SecretString) -> Result<Vec<Profile>, MetaError> {
        let call = self.me(token, "user_id,username,name,account_type");
        let me = self.http.ask::<Wrapped<Me>>(&call).await?.into_inner();
        let account_type = me.account_type.map_or(AccountType::Professional, |text| AccountType::read(&text));
        Ok(vec![Profile {
            instagram_id: InstagramId(me.user_id),
            username: me.username,
            name: me.name.unwrap_or_default(),
            account_type,
            page: None,
        }])
    }

    async fn extend(&self, token: &SecretString, now: Moment) -> Result<Issued, MetaError> {
        let call = Call::get("instagram refresh_access_token", self.graph(&["refresh_access_token"]))
            .with("grant_type", "ig_refresh_token")
            .secret("access_token", token.expose_secret());
        let long: LongLived = self.http.ask(&call).await?;
        Ok(long.issued(now))
    }

    /// `/me` needs the one permission we ask for, so it shows life and permission.
    async fn check(&self, token: &SecretString, whose: &Whose) -> Result<Vec<Seen>, MetaError> {
        let call = self.me(token, "id,user_id,username,name");
        let Ids { id, user_id, username, name } = self.http.ask::<Wrapped<Ids>>(&call).await?.into_inner();
        if !whose.has(&id) && !user_id.as_ref().is_some_and(|id| whose.has(id)) {
            return Err(MetaError::unclear(call.name, What::SomebodyElse));
        }
        let seen = user_id.map(|id| Seen { instagram_id: InstagramId(id), sight: Sight::Shown, username, name });
        Ok(seen.into_iter().collect())
    }

    /// A token of Instagram Login reads one account, its own.
    async fn feed(&self, token: &SecretString, most: usize) -> Result<Feed, MetaError> {
        let url = self.graph(&[GRAPH_VERSION, "me", "media"]);
        let call = || Call::get("instagram me/media", url.clone()).secret("access_token", token.expose_secret());
        feed::fetch(&self.http, most, call).await
    }

    fn me<'a>(&self, token: &'a SecretString, fields: &'a str) -> Call<'a> {
        Call::get("instagram me", self.graph(&[GRAPH_VERSION, "me"]))
            .with("fields", fields)
            .secret("access_token", token.expose_secret())
    }

    fn graph(&self, path: &[&str]) -> Url {
        under(&self.app.endpoints.graph_url, path)
    }
}

impl LongLived {
    /// The life is what Meta says, but never more than any token of Instagram's
    /// lives; that also where Meta says nothing, or no span.
    fn issued(self, now: Moment) -> Issued {
        let said = self.expires_in.and_then(TimeDelta::try_seconds);
        let longest = Platform::Instagram.longest_life();
        let life = [said, longest].into_iter().flatten().min();
        let expires_at = life.and_then(|life| now.checked_add_signed(life));
        Issued { token: self.access_token, grant: Grant { expires_at, data_access_expires_at: None } }
    }
}

impl Provider for Instagram {
    /// Instagram shows its consent page anew each time, whatever is missing.
    fn authorize_url(&self, state: &str, consent: Consent) -> Url {
        let mut url = self.app.endpoints.authorize_url.clone();
        url.query_pairs_mut()
            .append_pair("client_id", &self.app.client_id)
            .append_pair("redirect_uri", self.app.redirect_uri.as_str())
            .append_pair("response_type", "code")
            .append_pair("scope", &Platform::Instagram.scopes().join(","))
            .append_pair("state", state);
        if consent == Consent::AskAgain {
            // Asks for credentials even where somebody is signed in: perhaps the wrong one.
            url.query_pairs_mut().append_pair("force_reauth", "true");
        }
        url
    }

    fn redeem<'a>(&'a self, code: &'a str, now: Moment) -> BoxFuture<'a, Result<Granted, RedeemError>> {
        self.redeem(code, now).boxed()
    }

    fn profiles<'a>(&'a self, token: &'a SecretString) -> BoxFuture<'a, Result<Vec<Profile>, MetaError>> {
        self.profiles(token).boxed()
    }

    fn extend<'a>(&'a self, token: &'a SecretString, now: Moment) -> BoxFuture<'a, Result<Issued, MetaError>> {
        self.extend(token, now).boxed()
    }

    /// The exchange says everything there is.
    fn complete<'a>(&'a self, issued: &'a Issued) -> BoxFuture<'a, Grant> {
        std::future::ready(issued.grant).boxed()
    }

    fn check<'a>(&'a self, token: &'a SecretString, whose: &'a Whose) -> BoxFuture<'a, Result<Vec<Seen>, MetaError>> {
        self.check(token, whose).boxed()
    }

    fn feed<'a>(
        &'a self,
        token: &'a SecretString,
        _account: &'a InstagramId,
        most: usize,
    ) -> BoxFuture<'a, Result<Feed, MetaError>> {
        self.feed(token, most).boxed()
    }
}
