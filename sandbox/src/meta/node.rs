//! `/me` and `/{id}`: people, accounts, Pages and posts.

use super::{
    access::{may_read, need_basic, need_role, own_account},
    auth::{self, Caller},
    call::Call,
    cdn,
    error::GraphError,
    fields::{self, Field},
    media, pages, reply,
};
use crate::{
    Sandbox,
    cast::{Account, Page, Platform},
    state::{ExchangeShape, State, TokenKind},
};
use axum::{http::StatusCode, response::Response};
use serde_json::{Value, json};

/// `GET /me`.
pub(crate) fn me(sandbox: &Sandbox, call: &Call) -> Result<Response, GraphError> {
    let state = sandbox.state();
    let caller = auth::caller(sandbox, &state, call)?;
    let wanted = fields::parse(call.get("fields"));
    let value = match caller.person.platform {
        Platform::Instagram => {
            let account = own_account(&caller, "me")?;
            need_basic(&state, &caller)?;
            profile(sandbox, &state, call, &caller, account, &wanted)?
        }
        Platform::Facebook => match page_of(&state, &caller) {
            Some((account, page)) => pages::page(&state, &caller, account, page, &wanted)?,
            None => fields::pick(&wanted, Platform::Facebook, "User", |field| match field.name.as_str() {
                "id" => Some(json!(caller.person.id)),
                "name" => Some(json!(caller.person.name)),
                _ => None,
            })?,
        },
    };
    let wrapped = caller.person.platform == Platform::Instagram && state.switches.profile_shape == ExchangeShape::Data;
    let value = if wrapped { json!({ "data": [value] }) } else { value };
    Ok(reply::json(&state.switches, StatusCode::OK, &value))
}

/// `GET /{id}`: the caller's account by either id, a Page, or a post.
pub(crate) fn object(sandbox: &Sandbox, call: &Call) -> Result<Response, GraphError> {
    let id = call.path.first().map_or("", String::as_str);
    let mut state = sandbox.state();
    let caller = auth::caller(sandbox, &state, call)?;
    let platform = caller.person.platform;
    let wanted = fields::parse(call.get("fields"));
    if id == caller.person.id {
        drop(state);
        return me(sandbox, call);
    }
    let page = caller.person.accounts.iter().find_map(|account| {
        let page = account.page.as_ref().filter(|page| page.id == id)?;
        Some((account, page))
    });
    if let Some((account, page)) = page {
        need_role(&state, &caller, id)?;
        let wants_token = wanted.iter().any(|field| field.name == "access_token");
        let mut value = pages::page(&state, &caller, account, page, &wanted)?;
        if wants_token {
            value["access_token"] = json!(state.page_token(&caller.token, page.id, call.now));
        }
        return Ok(reply::json(&state.switches, StatusCode::OK, &value));
    }
    for account in caller.person.accounts {
        if account.id == id {
            may_read(&state, &caller, account, id)?;
            let value = profile(sandbox, &state, call, &caller, account, &wanted)?;
            return Ok(reply::json(&state.switches, StatusCode::OK, &value));
        }
        let posts = state.standing(caller.person.username).posts(account);
        if let Some(post) = posts.into_iter().find(|post| post.id == id) {
            may_read(&state, &caller, account, id)?;
            let value = media::describe(sandbox, call, platform, account, &post, &wanted)?;
            return Ok(reply::json(&state.switches, StatusCode::OK, &value));
        }
    }
    Err(GraphError::no_object(platform, id))
}

fn page_of(state: &State, caller: &Caller) -> Option<(&'static Account, &'static Page)> {
    if state.switches.facebook_as_page && caller.token.kind != TokenKind::Page {
        return caller.person.accounts.iter().find_map(|account| Some((account, account.page.as_ref()?)));
    }
    let id = caller.token.page.as_deref().filter(|_| caller.token.kind == TokenKind::Page)?;
    let mut accounts = caller.person.accounts.iter();
    accounts.find_map(|account| Some((account, account.page.as_ref().filter(|page| page.id == id)?)))
}

/// The account as the family shows it. Meta: `id` is app-scoped on Instagram and `1784…` on Facebook, which knows
/// neither `user_id` nor `account_type`.
fn profile(
    sandbox: &Sandbox,
    state: &State,
    call: &Call,
    caller: &Caller,
    account: &Account,
    wanted: &[Field],
) -> Result<Value, GraphError> {
    let platform = caller.person.platform;
    let instagram = platform == Platform::Instagram;
    let standing = state.standing(caller.person.username);
    let added = standing.published.get(account.username).map_or(0, Vec::len);
    let text = |text: &str| if text.is_empty() { Value::Null } else { json!(text) };
    fields::pick(wanted, platform, "IGUser", |field| {
        Some(match field.name.as_str() {
            "id" if instagram => json!(caller.person.id),
            "id" => json!(account.id),
            "user_id" if instagram => json!(account.id),
            "account_type" if instagram => json!(account.account_type),
            "ig_id" if !instagram => json!(account.id.trim_start_matches("17841400000000").parse::<u64>().ok()),
            "username" => json!(standing.username(account)),
            "name" => text(account.name),
            "biography" => text(account.biography),
            "website" => json!(account.website),
            "followers_count" => json!(account.followers),
            "follows_count" => json!(account.follows),
            "media_count" => json!(account.posts + added),
            "has_profile_pic" => json!(account.posts > 0),
            "is_published" => json!(true),
            "profile_picture_url" if account.posts == 0 => Value::Null,
            "profile_picture_url" => json!(cdn::profile_picture(sandbox, call.now, account)),
            _ => return None,
        })
    })
}
