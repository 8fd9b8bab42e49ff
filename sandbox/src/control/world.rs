//! The whole world as JSON.

use crate::{
    Sandbox,
    cast::{CAST, Person},
    state::verdict,
};
use axum::{Json, extract::State};
use serde_json::{Value, json};

/// `GET /control/world`.
pub(crate) async fn show(State(sandbox): State<Sandbox>) -> Json<Value> {
    let people: Vec<Value> = CAST.iter().map(|one| person(&sandbox, one)).collect();
    let clock = super::clock::shown(&sandbox);
    let counters = json!(sandbox.calls().counters);
    let state = sandbox.state();
    Json(json!({
        "clock": clock,
        "people": people,
        "switches": state.switches,
        "faults": state.faults,
        "counters": counters,
    }))
}

/// One person: accounts, standing, tokens (masked).
pub(crate) fn person(sandbox: &Sandbox, person: &Person) -> Value {
    let now = sandbox.now();
    let state = sandbox.state();
    let standing = state.standing(person.username);
    let tokens = state.tokens.iter().filter(|token| token.username == person.username);
    let tokens: Vec<Value> = tokens
        .map(|token| {
            let word = verdict(&state, token, now).map_or("living", |verdict| verdict.word());
            json!({
                "token": token.masked(),
                "kind": token.kind,
                "page": token.page,
                "state": word,
                "issued_at": token.issued_at,
                "renewed_at": token.renewed_at,
                "expires_at": token.expires_at,
            })
        })
        .collect();
    let accounts: Vec<Value> = person
        .accounts
        .iter()
        .map(|account| {
            let added = standing.published.get(account.username).map_or(0, Vec::len);
            json!({
                "username": account.username,
                "name": account.name,
                "id": account.id,
                "account_type": account.account_type,
                "posts": account.posts + added,
                "page": account.page.as_ref().map(|page| json!({ "id": page.id, "name": page.name })),
            })
        })
        .collect();
    json!({
        "username": person.username,
        "platform": person.platform,
        "name": person.name,
        "id": person.id,
        "accounts": accounts,
        "connected": standing.connected,
        "connected_at": standing.connected_at,
        "granted": standing.granted,
        "declined": standing.declined,
        "checkpoint": standing.checkpointed(now),
        "unconfirmed": standing.unconfirmed,
        "page_role_lost": standing.page_role_lost,
        "unshared": standing.unshared,
        "tester": standing.tester,
        "data_access_until": standing.data_access_until,
        "tokens": tokens,
    })
}
