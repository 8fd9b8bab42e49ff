//! The Instagram accounts behind a person's Facebook Pages.
//!
//! Source: Meta, "Instagram API with Facebook Login", get started.

use std::time::Duration;

use domain::id::InstagramId;
use secrecy::SecretString;
use serde::Deserialize;

use super::Facebook;
use crate::meta::answer;
use crate::meta::{AccountType, GRAPH_VERSION, MetaError, Page, Profile};

/// The list of Pages may be empty for some seconds right after consent.
const PAUSES_WHILE_EMPTY: [Duration; 2] = [Duration::from_millis(800), Duration::from_millis(1600)];
const PAGES_PER_CALL: &str = "100";
/// Nobody manages more than ten thousand Pages; a list that never ends does.
const MOST_CALLS: usize = 100;

#[derive(Deserialize)]
struct Listing {
    data: Vec<PageEntry>,
    paging: Option<Paging>,
}

#[derive(Deserialize)]
struct PageEntry {
    #[serde(deserialize_with = "answer::id")]
    id: String,
    name: Option<String>,
    /// Absent when the Page is not linked to a professional account.
    instagram_business_account: Option<Linked>,
}

#[derive(Deserialize)]
struct Linked {
    #[serde(deserialize_with = "answer::id")]
    id: String,
}

/// `next` is an address that holds the token: it is neither read nor kept.
#[derive(Deserialize)]
struct Paging {
    next: Option<serde::de::IgnoredAny>,
    cursors: Option<Cursors>,
}

#[derive(Deserialize)]
struct Cursors {
    after: Option<String>,
}

#[derive(Deserialize)]
struct Account {
    username: String,
    name: Option<String>,
}

impl Facebook {
    pub(super) async fn profiles(&self, token: &SecretString) -> Result<Vec<Profile>, MetaError> {
        let mut profiles = Vec::new();
        let mut unclear = None;
        for page in self.pages(token).await? {
            let Some(linked) = page.instagram_business_account else { continue };
            match self.account(&linked.id, token).await {
                Ok(account) => profiles.push(Profile {
                    instagram_id: InstagramId(linked.id),
                    username: account.username,
                    name: account.name.unwrap_or_default(),
                    account_type: AccountType::Professional,
                    page: Some(Page { id: page.id, name: page.name.unwrap_or_default() }),
                }),
                // One account that Meta does not show must not hide the others.
                Err(error) if answer::is_unclear(&error) => {
                    tracing::warn!(%error, "a Page's Instagram account cannot be read");
                    unclear = Some(error);
                }
                Err(error) => return Err(error),
            }
        }
        match unclear {
            Some(error) if profiles.is_empty() => Err(error),
            _ => Ok(profiles),
        }
    }

    async fn pages(&self, token: &SecretString) -> Result<Vec<PageEntry>, MetaError> {
        for pause in PAUSES_WHILE_EMPTY {
            let pages = self.pages_now(token).await?;
            if !pages.is_empty() {
                return Ok(pages);
            }
            tokio::time::sleep(pause).await;
        }
        self.pages_now(token).await
    }

    async fn pages_now(&self, token: &SecretString) -> Result<Vec<PageEntry>, MetaError> {
        let mut pages = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..MOST_CALLS {
            let mut call = self
                .with_token("facebook me/accounts", &[GRAPH_VERSION, "me", "accounts"], token)
                .with("fields", "id,name,instagram_business_account")
                .with("limit", PAGES_PER_CALL);
            if let Some(after) = &after {
                call = call.with("after", after);
            }
            let listing: Listing = self.http.insist(&call).await?;
            pages.extend(listing.data);
            let next = listing.paging.filter(|paging| paging.next.is_some());
            let cursor = next.and_then(|paging| paging.cursors).and_then(|cursors| cursors.after);
            if cursor.is_none() || cursor == after {
                break;
            }
            after = cursor;
        }
        Ok(pages)
    }

    async fn account(&self, id: &str, token: &SecretString) -> Result<Account, MetaError> {
        let call = self
            .with_token("facebook instagram account", &[GRAPH_VERSION, id], token)
            .with("fields", "id,username,name");
        self.http.insist(&call).await
    }
}
