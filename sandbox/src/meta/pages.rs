//! Facebook: Pages, through which a person reaches the Instagram accounts.

use super::{
    auth::{self, Caller},
    call::Call,
    error::GraphError,
    fields::{self, Field},
    reply,
};
use crate::{
    Sandbox,
    cast::{Account, Page, Platform},
    state::{State, TokenKind},
};
use axum::{http::StatusCode, response::Response};
use chrono::Duration;
use serde_json::{Value, json};

const FACEBOOK: Platform = Platform::Facebook;

/// `GET /me/accounts`.
pub(crate) fn list(sandbox: &Sandbox, call: &Call) -> Result<Response, GraphError> {
    let wanted = match call.get("fields") {
        None => fields::parse(Some("access_token,name,id,tasks")),
        given => fields::parse(given),
    };
    sandbox.change(|state| {
        let caller = auth::caller(sandbox, state, call)?;
        let id = call.path.first().map_or("", String::as_str);
        if caller.token.kind == TokenKind::Page || !(id == "me" || id == caller.person.id) {
            return Err(GraphError::no_object(FACEBOOK, id));
        }
        if state.switches.facebook_as_page {
            let message = "(#100) Tried accessing nonexisting field (accounts) on node type (Page)";
            return Err(GraphError::parameter(FACEBOOK, message));
        }
        let mut rows = Vec::new();
        for (account, page) in visible(state, call, &caller) {
            let mut row = self::page(state, &caller, account, page, &wanted)?;
            if wanted.iter().any(|field| field.name == "access_token") {
                row["access_token"] = json!(state.page_token(&caller.token, page.id, call.now));
            }
            rows.push(row);
        }
        let cursors = json!({ "cursors": { "before": "QVFIUjB", "after": "QVFIUjA" } });
        let value = match rows.is_empty() {
            true => json!({ "data": [] }),
            false => json!({ "data": rows, "paging": cursors }),
        };
        Ok(reply::json(&state.switches, StatusCode::OK, &value))
    })
}

/// Meta: the list is empty without `pages_show_list`, and may be so for some seconds after consent.
fn visible(state: &State, call: &Call, caller: &Caller) -> Vec<(&'static Account, &'static Page)> {
    let standing = state.standing(caller.person.username);
    let delay = Duration::seconds(i64::from(state.switches.pages_delay_seconds));
    let settled = standing.connected_at.is_none_or(|at| call.now >= at + delay);
    let listed = state.switches.pages_listed;
    if !listed || !standing.granted.contains("pages_show_list") || standing.page_role_lost || !settled {
        return Vec::new();
    }
    caller.person.accounts.iter().filter_map(|account| Some((account, account.page.as_ref()?))).collect()
}

/// A Page's fields. Meta: `instagram_business_account` is absent where the permission is missing.
/// The token itself is filled in by the callers, who may change the state.
pub(crate) fn page(
    state: &State,
    caller: &Caller,
    account: &Account,
    page: &Page,
    wanted: &[Field],
) -> Result<Value, GraphError> {
    let standing = state.standing(caller.person.username);
    // Meta: a page token without this permission gets code 190, although the token is not at fault.
    if caller.token.kind == TokenKind::Page && !standing.granted.contains("pages_read_engagement") {
        let message = "Any of the pages_read_engagement, pages_manage_metadata, pages_read_user_content, \
                       pages_manage_ads, pages_show_list or pages_messaging permission(s) must be granted before \
                       impersonating a user's page.";
        return Err(GraphError::new(FACEBOOK, 190, message));
    }
    fields::pick(wanted, FACEBOOK, "Page", |field| {
        Some(match field.name.as_str() {
            "id" => json!(page.id),
            "name" => json!(page.name),
            "access_token" => Value::Null,
            "tasks" => json!(["ANALYZE", "ADVERTISE", "MODERATE", "CREATE_CONTENT", "MANAGE"]),
            "category" => json!("Garden Center"),
            "instagram_business_account" if standing.granted.contains(FACEBOOK.basic_scope()) => {
                let wanted = if field.inner.is_empty() { fields::parse(None) } else { field.inner.clone() };
                return linked(account, standing.username(account), &wanted);
            }
            "instagram_business_account" => Value::Null,
            _ => return None,
        })
    })
}

/// What a Page tells about its Instagram account.
fn linked(account: &Account, username: &str, wanted: &[Field]) -> Option<Value> {
    fields::pick(wanted, FACEBOOK, "IGUser", |field| match field.name.as_str() {
        "id" => Some(json!(account.id)),
        "username" => Some(json!(username)),
        "name" => Some(json!(account.name)),
        "followers_count" => Some(json!(account.followers)),
        _ => None,
    })
    .ok()
}
