//! The Instagram accounts behind a person's Facebook Pages.
//!
//! `/me/accounts` does not list every Page that was shared: one that belongs to
//! a business portfolio may be missing. What was shared stands in the grant as
//! well, and is asked for by its id. An account may be shared without its Page.
//!
//! Sources: Meta, "Instagram API with Facebook Login", get started;
//! "Debugging access tokens" (`granular_scopes`).

use std::time::Duration;

use domain::id::InstagramId;
use domain::token::{Sight, Verdict};
use secrecy::SecretString;
use serde::Deserialize;

use super::Facebook;
use crate::meta::answer;
use crate::meta::call::Call;
use crate::meta::{AccountType, GRAPH_VERSION, MetaError, Page, Profile, Seen, What};

/// The list of Pages may be empty for some seconds right after consent.
const PAUSES_WHILE_EMPTY: [Duration; 2] = [Duration::from_millis(800), Duration::from_millis(1600)];
const PAGES_PER_CALL: &str = "100";
/// Nobody manages more than ten thousand Pages; a list that never ends does.
const MOST_CALLS: usize = 100;
/// How many Pages, and how many accounts, are asked for by their ids.
const MOST_NAMED: usize = 200;
/// The permission to read an account.
const READING: &str = "instagram_basic";
const PAGE_FIELDS: &str = "id,name,instagram_business_account";

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
    #[serde(default, deserialize_with = "answer::optional_id")]
    id: Option<String>,
    #[serde(deserialize_with = "answer::words")]
    username: String,
    name: Option<String>,
}

#[derive(Deserialize)]
struct AccountNames {
    #[serde(deserialize_with = "answer::id")]
    id: String,
    #[serde(default, deserialize_with = "answer::optional_text")]
    username: Option<String>,
    #[serde(default, deserialize_with = "answer::optional_text")]
    name: Option<String>,
}

#[derive(Deserialize)]
struct DebugToken {
    data: Grant,
}

#[derive(Default, Deserialize)]
struct Grant {
    #[serde(default)]
    granular_scopes: Vec<GranularScope>,
}

/// A permission and what it was given for; without `target_ids`, for everything.
#[derive(Deserialize)]
struct GranularScope {
    scope: String,
    target_ids: Option<Vec<Target>>,
}

#[derive(Deserialize)]
struct Target(#[serde(deserialize_with = "answer::id")] String);

/// What the grant names by id.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pages: Vec<String>,
    accounts: Vec<String>,
    /// The accounts that may be read; `None` where the grant does not say so, or
    /// is for all there are.
    readable: Option<Vec<String>>,
}

impl Shared {
    /// Whether the grant is for other accounts than this one. What it does not
    /// speak of was not refused, and an empty list speaks of nothing.
    pub(super) fn leaves_out(&self, account: &InstagramId) -> bool {
        self.readable.as_ref().is_some_and(|ids| !ids.is_empty() && !ids.contains(&account.0))
    }
}

impl From<Grant> for Shared {
    fn from(grant: Grant) -> Self {
        let targets = |prefix: &str| {
            let mut ids: Vec<String> = Vec::new();
            for entry in grant.granular_scopes.iter().filter(|entry| entry.scope.starts_with(prefix)) {
                for Target(id) in entry.target_ids.iter().flatten() {
                    if ids.len() < MOST_NAMED && !ids.contains(id) {
                        ids.push(id.clone());
                    }
                }
            }
            ids
        };
        let reading = grant.granular_scopes.iter().filter(|entry| entry.scope == READING);
        let readable = reading
            .map(|entry| Some(entry.target_ids.as_ref()?.iter().map(|Target(id)| id.clone()).collect::<Vec<_>>()))
            .reduce(|all, more| Some([all?, more?].concat()))
            .flatten();
        Self { pages: targets("pages_"), accounts: targets("instagram_"), readable }
    }
}

impl Facebook {
    pub(super) async fn profiles(&self, token: &SecretString) -> Result<Vec<Profile>, MetaError> {
        let (pages, named) = self.pages(token).await?;
        let mut profiles: Vec<Profile> = Vec::new();
        let mut unclear = None;
        let linked = pages.iter().filter_map(|page| Some((&page.instagram_business_account.as_ref()?.id, Some(page))));
        let shared = named.accounts.iter().map(|id| (id, None));
        let mut asked: Vec<&String> = Vec::new();
        for (id, page) in linked.chain(shared) {
            if asked.contains(&id) {
                continue;
            }
            asked.push(id);
            match self.account(id, token).await {
                Ok(account) => profiles.push(Profile {
                    instagram_id: InstagramId(id.clone()),
                    username: account.username,
                    name: account.name.unwrap_or_default(),
                    account_type: AccountType::Professional,
                    page: page.map(|page| Page { id: page.id.clone(), name: page.name.clone().unwrap_or_default() }),
                }),
                // One account that Meta does not show must not hide the others.
                Err(error) if is_hidden(&error) => {
                    tracing::warn!(%error, "an Instagram account behind a grant cannot be read");
                    unclear = Some(error);
                }
                Err(error) => return Err(error),
            }
        }
        if profiles.is_empty() {
            tracing::warn!(
                pages = pages.len(),
                named_pages = named.pages.len(),
                named_accounts = named.accounts.len(),
                "somebody signed in at Facebook and no Instagram account can be read; Pages of a business portfolio need a \
                 role on the Page itself or the permission business_management"
            );
        }
        match unclear {
            Some(error) if profiles.is_empty() => Err(error),
            _ => Ok(profiles),
        }
    }

    /// What Meta says of these accounts today, as far as it tells. Their token
    /// works, whatever is answered here.
    pub(super) async fn look_at(&self, accounts: &[InstagramId], token: &SecretString) -> Vec<Seen> {
        let mut seen = Vec::new();
        let mut hidden = Vec::new();
        for account in accounts {
            let call = self.account_call(&account.0, token);
            match self.http.ask::<AccountNames>(&call).await {
                Ok(AccountNames { id, username, name }) if id == account.0 => {
                    seen.push(Seen { instagram_id: account.clone(), sight: Sight::Shown, username, name });
                }
                Ok(_) => {}
                Err(error) if error.hides_what_was_asked_for() => hidden.push((account, error.said)),
                Err(error) if is_hidden(&error) => tracing::debug!(%error, "nothing is known of an account"),
                // Whatever that is, asking on makes it no better.
                Err(error) => {
                    tracing::debug!(%error, "nothing is known of accounts");
                    break;
                }
            }
        }
        if !hidden.is_empty() {
            let shared = self.shared(token).await;
            seen.extend(hidden.into_iter().map(|(account, said)| Seen {
                instagram_id: account.clone(),
                sight: Sight::Hidden { left_out: shared.leaves_out(account), said },
                username: None,
                name: None,
            }));
        }
        seen
    }

    /// What the grant names; nothing where Meta does not tell.
    pub(super) async fn shared(&self, token: &SecretString) -> Shared {
        match self.http.ask::<DebugToken>(&self.debug_token(token)).await {
            Ok(DebugToken { data }) => Shared::from(data),
            Err(error) => {
                tracing::warn!(%error, "what a grant names is not known");
                Shared::default()
            }
        }
    }

    /// The Pages, listed or named by the grant; and what the grant names.
    async fn pages(&self, token: &SecretString) -> Result<(Vec<PageEntry>, Shared), MetaError> {
        let mut pages = match self.pages_now(token).await {
            // Somebody who uses Facebook as a Page gives a token of that Page.
            Err(error) if is_of_a_page(&error) => vec![self.page("me", token).await?],
            pages => pages?,
        };
        let named = self.shared(token).await;
        for pause in PAUSES_WHILE_EMPTY {
            if !(pages.is_empty() && named.pages.is_empty() && named.accounts.is_empty()) {
                break;
            }
            tokio::time::sleep(pause).await;
            pages = self.pages_now(token).await?;
        }
        for id in &named.pages {
            if pages.iter().any(|page| page.id == *id) {
                continue;
            }
            match self.page(id, token).await {
                Ok(page) => pages.push(page),
                Err(error) if is_hidden(&error) => tracing::warn!(%error, "a Page that the grant names cannot be read"),
                Err(error) => return Err(error),
            }
        }
        Ok((pages, named))
    }

    async fn page(&self, id: &str, token: &SecretString) -> Result<PageEntry, MetaError> {
        let call = self.with_token("facebook page", &[GRAPH_VERSION, id], token).with("fields", PAGE_FIELDS);
        self.http.insist(&call).await
    }

    async fn pages_now(&self, token: &SecretString) -> Result<Vec<PageEntry>, MetaError> {
        let mut pages = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..MOST_CALLS {
            let mut call = self
                .with_token("facebook me/accounts", &[GRAPH_VERSION, "me", "accounts"], token)
                .with("fields", PAGE_FIELDS)
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

    fn account_call<'a>(&self, id: &str, token: &'a SecretString) -> Call<'a> {
        self.with_token("facebook instagram account", &[GRAPH_VERSION, id], token).with("fields", "id,username,name")
    }

    async fn account(&self, id: &str, token: &SecretString) -> Result<Account, MetaError> {
        let call = self.account_call(id, token);
        let account: Account = self.http.insist(&call).await?;
        let is_another = account.id.as_ref().is_some_and(|told| told != id);
        if is_another { Err(MetaError::unclear(call.name, What::SomebodyElse)) } else { Ok(account) }
    }
}

/// Meta shows this one thing not; that says nothing about the others.
fn is_hidden(error: &MetaError) -> bool {
    answer::is_unclear(error) || error.verdict == Verdict::PermissionMissing
}

/// "(#100) Tried accessing nonexisting field (accounts) on node type (Page)".
fn is_of_a_page(error: &MetaError) -> bool {
    let said = error.said.as_ref().map(|said| said.message.to_lowercase()).unwrap_or_default();
    said.contains("nonexisting field (accounts)")
}
