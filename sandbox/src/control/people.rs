//! What can happen to a person.

use super::problem::{Problem, read};
use crate::{
    Sandbox,
    callback::{self, Notice},
    cast::{self, Account, CAST, Media, Person, Platform},
    state::{Checkpoint, End, State},
};
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State as Extract},
};
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

/// All happenings with what they do, for people.
pub(crate) const HAPPENINGS: &[(&str, &str)] = &[
    ("expire", "Living tokens expire now (463)"),
    ("password", "The person changes the password: all tokens die (460)"),
    ("remove", "The person removes the app: all tokens die (458), and Meta posts a signed deauthorize"),
    ("log-out", "The person logs out everywhere: all tokens die (467)"),
    ("checkpoint", "A security check suspends all tokens (459) until it is passed"),
    ("pass-checkpoint", "The person passes the check: the same tokens work again"),
    ("unconfirm", "The account has to be confirmed first (464)"),
    ("confirm", "The person confirms the account: the same tokens work again"),
    ("page-role", "Facebook only: the role on the Pages is lost (492)"),
    ("restore-page-role", "Facebook only: the role is back"),
    ("unshare", "Facebook only: the account is taken out of the grant (100/33); permissions and token stay"),
    ("share", "Facebook only: the account is shared again, as after a consent with auth_type=rerequest"),
    ("data-access", "The 90 days of data access are over: tokens stay valid but read nothing"),
    ("untick", "A permission is taken back (10, HTTP 403)"),
    ("grant", "A permission is given back; without a name all that were taken"),
    (
        "not-tester",
        "Leaves the app's testers: consent ends on \"Insufficient developer role\", or, with the switch app_access on \
         standard, nothing can be read after it",
    ),
    ("tester", "Joins the testers again"),
    ("publish", "Publishes a new post"),
    ("new-cover", "Gives the newest film, or the named post, another cover: its picture has another path"),
    ("rename", "Takes another username; the sandbox itself keeps to the old one"),
    ("heal", "Everything that suspends the person's tokens goes away; dead tokens stay dead"),
];

/// `POST /control/people/{username}/{happening}`.
pub(crate) async fn act_by_path(
    Extract(sandbox): Extract<Sandbox>,
    Path((username, happening)): Path<(String, String)>,
    body: Bytes,
) -> Result<Json<Value>, Problem> {
    act(&sandbox, &username, &happening, &read(&body)?)?;
    Ok(Json(super::world::person(&sandbox, find(&username)?)))
}

/// Finds a person, or says who there is.
pub(crate) fn find(username: &str) -> Result<&'static Person, Problem> {
    let names = || {
        CAST.iter().flat_map(|person| {
            std::iter::once(person.username).chain(person.accounts.iter().map(|account| account.username))
        })
    };
    cast::person(username.trim_start_matches('@')).ok_or_else(|| {
        let mut valid: Vec<&str> = names().collect();
        valid.dedup();
        Problem::unknown("person", username, valid)
    })
}

/// Makes something happen to a person.
pub(crate) fn act(sandbox: &Sandbox, username: &str, happening: &str, body: &Value) -> Result<(), Problem> {
    let person = find(username)?;
    if !HAPPENINGS.iter().any(|(name, _)| *name == happening) {
        return Err(Problem::unknown("happening", happening, HAPPENINGS.iter().map(|(name, _)| *name)));
    }
    let of_facebook = happening.contains("page-role") || happening.ends_with("share");
    if of_facebook && person.platform != Platform::Facebook {
        return Err(Problem::bad("only Facebook people have roles on Pages, and accounts to share"));
    }
    let permission = permission(person, body)?;
    if happening == "untick" && permission.is_none() {
        return Err(Problem::bad(r#"name the permission: {"permission":"…"}"#));
    }
    let now = sandbox.now();
    sandbox.change(|state| happen(state, person, username, happening, body, permission, now));
    if happening == "remove" && body.get("notify").and_then(Value::as_bool).unwrap_or(true) {
        callback::notify(sandbox, person, Notice::Deauthorize);
    }
    Ok(())
}

fn happen(
    state: &mut State,
    person: &Person,
    username: &str,
    happening: &str,
    body: &Value,
    permission: Option<String>,
    now: DateTime<Utc>,
) {
    let number = |name: &str| body.get(name).and_then(Value::as_i64);
    let key = person.username;
    match happening {
        "expire" => expire(state, key, now),
        "password" => state.end_all(key, End::Password),
        "remove" => state.disconnect(key, End::Removed),
        "log-out" => state.end_all(key, End::LoggedOut),
        "checkpoint" => {
            let recovers_at = number("recover_after_seconds").and_then(Duration::try_seconds).map(|wait| now + wait);
            state.standing_mut(key).checkpoint = Some(Checkpoint { recovers_at });
        }
        "pass-checkpoint" => state.standing_mut(key).checkpoint = None,
        "unconfirm" => state.standing_mut(key).unconfirmed = true,
        "confirm" => state.standing_mut(key).unconfirmed = false,
        "page-role" => state.standing_mut(key).page_role_lost = true,
        "restore-page-role" => state.standing_mut(key).page_role_lost = false,
        "unshare" | "share" => {
            if let Some(account) = account(person, username) {
                let unshared = &mut state.standing_mut(key).unshared;
                match happening {
                    "share" => unshared.remove(account.username),
                    _ => unshared.insert(account.username.to_owned()),
                };
            }
        }
        "data-access" => state.standing_mut(key).data_access_until = Some(now),
        "untick" => {
            let standing = state.standing_mut(key);
            if let Some(name) = permission {
                standing.granted.remove(&name);
                standing.declined.insert(name);
            }
        }
        "grant" => {
            let standing = state.standing_mut(key);
            let back = permission.map_or_else(|| standing.declined.iter().cloned().collect(), |name| vec![name]);
            for name in back {
                standing.declined.remove(&name);
                standing.granted.insert(name);
            }
        }
        "not-tester" => state.standing_mut(key).tester = false,
        "tester" => state.standing_mut(key).tester = true,
        "publish" => {
            let caption = body.get("caption").and_then(Value::as_str).unwrap_or("Fresh from the sandbox ✨");
            if let Some(account) = account(person, username) {
                let posts = state.standing_mut(key).published.entry(account.username.to_owned()).or_default();
                posts.push((now, Some(caption.to_owned())));
            }
        }
        "new-cover" => {
            if let Some(post) = covered(state, person, username, body) {
                *state.standing_mut(key).covers.entry(post).or_default() += 1;
            }
        }
        "rename" => {
            let name = body.get("to").and_then(Value::as_str).unwrap_or("somebody.else");
            if let Some(account) = account(person, username) {
                state.standing_mut(key).renamed.insert(account.username.to_owned(), name.to_owned());
            }
        }
        _ => heal(state, person, now),
    }
}

fn expire(state: &mut State, username: &str, now: DateTime<Utc>) {
    let living = |at: Option<DateTime<Utc>>| at.is_none_or(|at| at > now);
    let tokens = state.tokens.iter_mut();
    for token in tokens.filter(|token| token.username == username && token.end.is_none() && living(token.expires_at)) {
        token.expires_at = Some(now - Duration::seconds(1));
    }
}

fn heal(state: &mut State, person: &Person, now: DateTime<Utc>) {
    let facebook = person.platform == Platform::Facebook;
    let standing = state.standing_mut(person.username);
    standing.checkpoint = None;
    standing.unconfirmed = false;
    standing.page_role_lost = false;
    standing.unshared.clear();
    standing.tester = true;
    standing.data_access_until = (facebook && standing.connected).then(|| now + Duration::days(90));
    let declined = std::mem::take(&mut standing.declined);
    standing.granted.extend(declined);
}

/// The post that gets another cover.
fn covered(state: &State, person: &Person, username: &str, body: &Value) -> Option<String> {
    let named = body.get("post").and_then(Value::as_str);
    let posts = state.standing(person.username).posts(account(person, username)?);
    let mut meant = posts.into_iter().filter(|post| named.map_or(post.media == Media::Video, |id| post.id == id));
    meant.next().map(|post| post.id)
}

/// The account meant: of a Facebook person with several, the one named, otherwise the first.
fn account(person: &Person, username: &str) -> Option<&'static Account> {
    let mut accounts = person.accounts.iter();
    accounts.find(|account| account.username == username).or_else(|| person.accounts.first())
}

fn permission(person: &Person, body: &Value) -> Result<Option<String>, Problem> {
    let Some(name) = body.get("permission").and_then(Value::as_str).filter(|name| !name.is_empty()) else {
        return Ok(None);
    };
    if person.platform.scopes().contains(&name) {
        return Ok(Some(name.to_owned()));
    }
    Err(Problem::unknown("permission", name, person.platform.scopes().iter().copied()))
}

/// The answer of actions that have nothing to show.
pub(crate) fn done() -> Json<Value> {
    Json(json!({ "ok": true }))
}
