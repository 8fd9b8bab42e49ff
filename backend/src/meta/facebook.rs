//! Instagram API with Facebook Login.
//!
//! Source: Meta, "Manually build a login flow", "Get long-lived access
//! tokens", "Debugging access tokens", "Securing Graph API requests".

mod accounts;

use chrono::{DateTime, TimeDelta};
use domain::Moment;
use domain::id::{AppScopedId, InstagramId};
use domain::platform::Platform;
use domain::token::{Consent, Grant};
use futures::FutureExt as _;
use futures::future::BoxFuture;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::Sha256;
use url::Url;

use super::answer;
use super::call::Call;
use super::config::{AppConfig, GRAPH_VERSION, under};
use super::error::{MetaError, RedeemError, What};
use super::feed::{self, Feed};
use super::http::Http;
use super::provider::{Granted, Issued, Profile, Provider, Seen, Whose};

/// The client of one Meta app.
pub(super) struct Facebook {
    http: Http,
    app: AppConfig,
}

#[derive(Deserialize)]
struct UserToken {
    #[serde(deserialize_with = "answer::token")]
    access_token: SecretString,
    /// Absent in some answers.
    #[serde(default, deserialize_with = "answer::seconds")]
    expires_in: Option<i64>,
}

#[derive(Deserialize)]
struct Me {
    #[serde(deserialize_with = "answer::id")]
    id: String,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Permissions {
    data: Vec<Permission>,
}

#[derive(Deserialize)]
struct Permission {
    permission: String,
    status: String,
}

/// What the list of permissions says of those we need. What it does not speak
/// of was not refused: Meta has answered with an empty list for living tokens.
#[derive(Debug, Default, PartialEq, Eq)]
struct Standing {
    refused: Vec<String>,
    not_listed: Vec<String>,
}

impl From<Permissions> for Standing {
    /// Source: Meta, "Requesting and revoking permissions": a status is
    /// `granted`, `declined` or `expired`.
    fn from(list: Permissions) -> Self {
        let mut standing = Self::default();
        for scope in Platform::Facebook.scopes() {
            let entries = list.data.iter().filter(|entry| entry.permission.trim() == *scope);
            let of = |status: &str| entries.clone().any(|entry| entry.status.trim().eq_ignore_ascii_case(status));
            if of("granted") {
                continue;
            }
            let refused = of("declined") || of("expired");
            let place = if refused { &mut standing.refused } else { &mut standing.not_listed };
            place.push((*scope).to_owned());
        }
        standing
    }
}

#[derive(Deserialize)]
struct DebugToken {
    data: Deadlines,
}

/// Unix times; `None` for 0, which means never.
#[derive(Default, Deserialize)]
struct Deadlines {
    #[serde(default, deserialize_with = "answer::seconds")]
    expires_at: Option<i64>,
    #[serde(default, deserialize_with = "answer::seconds")]
    data_access_expires_at: Option<i64>,
}

impl UserToken {
    fn issued(self, now: Moment) -> Issued {
        let expires_at = self.expires_in.and_then(TimeDelta::try_seconds).and_then(|life| now.checked_add_signed(life));
        Issued { token: self.access_token, grant: Grant { expires_at, data_access_expires_at: None } }
    }
}

impl Facebook {
    pub fn new(http: Http, app: AppConfig) -> Self {
        Self { http, app }
    }

    pub fn secret(&self) -> &SecretString {
        &self.app.client_secret
    }

    async fn redeem(&self, code: &str, now: Moment) -> Result<Granted, RedeemError> {
        let call = self
            .token_call("facebook oauth/access_token")
            .with("redirect_uri", self.app.redirect_uri.as_str())
            .secret("code", super::call::code(code));
        let short: UserToken = self.http.ask(&call).await.map_err(RedeemError::of_code)?;

        let Standing { refused, not_listed } = self.standing(&short.access_token).await?;
        if !refused.is_empty() {
            return Err(RedeemError::MissingPermissions(refused));
        }
        if !not_listed.is_empty() {
            tracing::warn!(?not_listed, "Facebook does not list permissions that were asked for; what works will show");
        }
        let long: UserToken = self.http.insist(&self.exchange(&short.access_token)).await?;
        let me = self.with_token("facebook me", &[GRAPH_VERSION, "me"], &long.access_token).with("fields", "id,name");
        let me: Me = self.http.insist(&me).await?;
        let mut issued = long.issued(now);
        issued.grant = self.complete(&issued).await;
        Ok(Granted { issued, user_id: AppScopedId(me.id), name: me.name })
    }

    async fn extend(&self, token: &SecretString, now: Moment) -> Result<Issued, MetaError> {
        let long: UserToken = self.http.ask(&self.exchange(token)).await?;
        Ok(long.issued(now))
    }

    /// `/me` works without any permission and says whose the token is; the list
    /// of permissions shows what was taken away. Neither says whether an account is
    /// still shared, so each is looked at.
    async fn check(&self, token: &SecretString, whose: &Whose) -> Result<Vec<Seen>, MetaError> {
        let Standing { refused, not_listed } = self.standing(token).await?;
        if !refused.is_empty() {
            return Err(MetaError::not_granted("facebook me/permissions", refused));
        }
        if !not_listed.is_empty() {
            return Err(MetaError::unclear("facebook me/permissions", What::NotListed(not_listed)));
        }
        let me = self.with_token("facebook me", &[GRAPH_VERSION, "me"], token).with("fields", "id");
        let Me { id, .. } = self.http.insist(&me).await?;
        if !whose.has(&id) {
            return Err(MetaError::unclear("facebook me", What::SomebodyElse));
        }
        Ok(self.look_at(&whose.accounts, token).await)
    }

    async fn feed(&self, token: &SecretString, account: &InstagramId, most: usize) -> Result<Feed, MetaError> {
        let path = [GRAPH_VERSION, &account.0, "media"];
        match feed::fetch(&self.http, most, || self.with_token("facebook media", &path, token)).await {
            Err(error) if error.hides_what_was_asked_for() => {
                let left_out = self.shared(token).await.leaves_out(account);
                Err(MetaError { what: Box::new(What::Hidden { left_out }), ..error })
            }
            answer => answer,
        }
    }

    async fn standing(&self, token: &SecretString) -> Result<Standing, MetaError> {
        let call = self.with_token("facebook me/permissions", &[GRAPH_VERSION, "me", "permissions"], token);
        self.http.insist::<Permissions>(&call).await.map(Standing::from)
    }

    /// What is known of the life stays known, whatever becomes of the question for the rest.
    async fn complete(&self, issued: &Issued) -> Grant {
        let deadlines = self.deadlines(&issued.token).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "a new token's deadlines are not known; the next extension asks again");
            Deadlines::default()
        });
        Grant {
            expires_at: issued.grant.expires_at.or_else(|| moment(deadlines.expires_at)),
            data_access_expires_at: moment(deadlines.data_access_expires_at),
        }
    }

    /// Asked with the app's own token, so a refusal says nothing about the person's.
    async fn deadlines(&self, token: &SecretString) -> Result<Deadlines, MetaError> {
        self.http.insist::<DebugToken>(&self.debug_token(token)).await.map(|answer| answer.data)
    }

    fn debug_token<'a>(&self, token: &'a SecretString) -> Call<'a> {
        let app_token = format!("{}|{}", self.app.client_id, self.secret().expose_secret());
        Call::get("facebook debug_token", self.graph(&[GRAPH_VERSION, "debug_token"]))
            .secret("input_token", token.expose_secret())
            .secret("access_token", app_token)
    }

    /// Both the first exchange and every extension.
    fn exchange<'a>(&'a self, token: &'a SecretString) -> Call<'a> {
        self.token_call("facebook fb_exchange_token")
            .with("grant_type", "fb_exchange_token")
            .secret("fb_exchange_token", token.expose_secret())
    }

    fn token_call(&self, name: &'static str) -> Call<'_> {
        let url = under(&self.app.endpoints.token_url, &[GRAPH_VERSION, "oauth", "access_token"]);
        Call::get(name, url)
            .with("client_id", &self.app.client_id)
            .secret("client_secret", self.secret().expose_secret())
    }

    fn with_token<'a>(&self, name: &'static str, path: &[&str], token: &'a SecretString) -> Call<'a> {
        Call::get(name, self.graph(path))
            .secret("access_token", token.expose_secret())
            .secret("appsecret_proof", proof(self.secret(), token))
    }

    fn graph(&self, path: &[&str]) -> Url {
        under(&self.app.endpoints.graph_url, path)
    }
}

/// Shows that the call comes from whoever knows the app's secret.
/// Source: Meta, "Securing Graph API requests".
fn proof(secret: &SecretString, token: &SecretString) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else {
        return String::new();
    };
    mac.update(token.expose_secret().as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

fn moment(unix: Option<i64>) -> Option<Moment> {
    DateTime::from_timestamp(unix?, 0)
}

impl Provider for Facebook {
    fn authorize_url(&self, state: &str, consent: Consent) -> Url {
        let mut url = under(&self.app.endpoints.authorize_url, &[GRAPH_VERSION, "dialog", "oauth"]);
        let auth_type = match consent {
            Consent::Plain => None,
            Consent::AskAgain => Some("rerequest"),
            Consent::RenewDataAccess => Some("reauthorize"),
        };
        url.query_pairs_mut()
            .append_pair("client_id", &self.app.client_id)
            .append_pair("redirect_uri", self.app.redirect_uri.as_str())
            .append_pair("response_type", "code")
            .append_pair("scope", &Platform::Facebook.scopes().join(","))
            .append_pair("state", state)
            .extend_pairs(auth_type.map(|auth_type| ("auth_type", auth_type)));
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

    fn complete<'a>(&'a self, issued: &'a Issued) -> BoxFuture<'a, Grant> {
        self.complete(issued).boxed()
    }

    fn check<'a>(&'a self, token: &'a SecretString, whose: &'a Whose) -> BoxFuture<'a, Result<Vec<Seen>, MetaError>> {
        self.check(token, whose).boxed()
    }

    fn feed<'a>(
        &'a self,
        token: &'a SecretString,
        account: &'a InstagramId,
        most: usize,
    ) -> BoxFuture<'a, Result<Feed, MetaError>> {
        self.feed(token, account, most).boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_proof_is_the_hex_hmac_of_the_token() {
        // RFC 4231, test case 2.
        let proof = proof(&"Jefe".into(), &"what do ya want for nothing?".into());
        assert_eq!(proof, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
