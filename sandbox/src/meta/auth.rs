//! Who is calling: the token of a call, looked up and judged.

use super::{call::Call, error::GraphError};
use crate::{
    Sandbox,
    cast::{Person, Platform, person},
    signed,
    state::{State, Token, verdict},
};

/// A caller whose token works.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub token: Token,
    pub person: &'static Person,
}

/// The family a token's prefix names.
pub(crate) fn family(token: &str) -> Option<Platform> {
    if token.starts_with("IG") {
        Some(Platform::Instagram)
    } else if token.starts_with("EAA") || token.contains('|') {
        Some(Platform::Facebook)
    } else {
        None
    }
}

/// The family a call is answered for: its host, its endpoint, or its token, in this order.
pub(crate) fn answering(call: &Call) -> Platform {
    call.host
        .or_else(|| super::Endpoint::of(call).platform())
        .or_else(|| call.token().and_then(family))
        .unwrap_or(Platform::Instagram)
}

/// Looks up the call's token and judges it.
pub(crate) fn caller(sandbox: &Sandbox, state: &State, call: &Call) -> Result<Caller, GraphError> {
    let platform = answering(call);
    let value = call.token().ok_or_else(|| GraphError::token_required(platform))?;
    check_proof(sandbox, call, platform, value)?;
    living(sandbox, state, call, platform, value)
}

/// Judges any token string.
pub(crate) fn living(
    sandbox: &Sandbox,
    state: &State,
    call: &Call,
    platform: Platform,
    value: &str,
) -> Result<Caller, GraphError> {
    let (token, person) = known(state, platform, value)?;
    match verdict(state, token, call.now) {
        Some(verdict) => Err(GraphError::dead(verdict, platform, &sandbox.app(platform).client_id, call.now)),
        None => Ok(Caller { token: token.clone(), person }),
    }
}

/// Looks a token string up, dead or alive.
pub(crate) fn known<'a>(
    state: &'a State,
    platform: Platform,
    value: &str,
) -> Result<(&'a Token, &'static Person), GraphError> {
    // Meta: tokens do not cross hosts.
    if family(value) != Some(platform) {
        return Err(GraphError::cannot_parse(platform));
    }
    let token = state.token(value).ok_or_else(|| GraphError::undecipherable(platform))?;
    let person = person(&token.username).ok_or_else(|| GraphError::undecipherable(platform))?;
    Ok((token, person))
}

/// Meta: `appsecret_proof` is checked where present; timed ones, with `appsecret_time`, hold for five minutes.
/// On graph.instagram.com it is not known and ignored.
fn check_proof(sandbox: &Sandbox, call: &Call, platform: Platform, token: &str) -> Result<(), GraphError> {
    let (Platform::Facebook, Some(given)) = (platform, call.get("appsecret_proof")) else { return Ok(()) };
    let secret = &sandbox.app(platform).client_secret;
    let right = match call.get("appsecret_time") {
        None => signed::same(given, &signed::proof(secret, token)),
        Some(time) => {
            let fresh = time.parse().is_ok_and(|at: i64| (call.now.timestamp() - at).abs() <= 300);
            fresh && signed::same(given, &signed::proof(secret, &format!("{token}|{time}")))
        }
    };
    let refused = "Invalid appsecret_proof provided in the API argument";
    let error = GraphError { kind: "GraphMethodException", ..GraphError::new(platform, 100, refused) };
    if right { Ok(()) } else { Err(error) }
}
