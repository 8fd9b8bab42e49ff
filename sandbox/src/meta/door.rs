//! The door: every request to Meta comes through here, is noted, meets the faults, and is shown to its room.

use super::{
    Endpoint, auth, call::Call, cdn, code_exchange, consent, debug_token, error::GraphError, facebook_token, fault,
    instagram_token, media, node, pages, permissions,
};
use crate::{
    Sandbox,
    cast::Platform,
    html,
    state::{AppAccess, CallRecord},
};
use axum::{
    Router,
    body::{Bytes, to_bytes},
    extract::{Request, State},
    http::Method,
    response::Response,
};

/// No call of Meta's needs more.
const BODY_LIMIT: usize = 1 << 20;

/// The router of all hosts.
pub(crate) fn router(sandbox: Sandbox) -> Router {
    Router::new().fallback(door).with_state(sandbox)
}

async fn door(State(sandbox): State<Sandbox>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, BODY_LIMIT).await.unwrap_or_else(|_| Bytes::new());
    let method = if parts.method == Method::HEAD { Method::GET } else { parts.method };
    let call = Call::read(method, &parts.uri, &parts.headers, &body, sandbox.now());
    let endpoint = Endpoint::of(&call);
    if endpoint == Endpoint::Style {
        return html::style();
    }
    let platform = (endpoint != Endpoint::Picture).then(|| auth::answering(&call));
    let username = owner(&sandbox, &call);
    let number = note(&sandbox, &call, endpoint, platform, username.clone());
    let Some(fault) = fault::take(&sandbox, endpoint, platform, username.as_deref()) else {
        let response = answer(&sandbox, &call, endpoint).await;
        sandbox.calls().finish(number, Some(response.status().as_u16()), None);
        return response;
    };
    let name = Some(fault.kind.name());
    sandbox.calls().finish(number, None, name.clone());
    let response = if fault.kind.strikes_after() {
        let sound = answer(&sandbox, &call, endpoint).await;
        fault::spoil(&fault, sound).await
    } else {
        fault::instead(&sandbox, &fault, platform.unwrap_or(Platform::Instagram), username.as_deref()).await
    };
    sandbox.calls().finish(number, Some(response.status().as_u16()), name);
    response
}

/// The room of each endpoint.
async fn answer(sandbox: &Sandbox, call: &Call, endpoint: Endpoint) -> Response {
    let platform = auth::answering(call);
    if is_unreadable(sandbox, call, endpoint) {
        return GraphError::unsupported(platform, call.method.as_str()).response(&sandbox.state().switches);
    }
    let result = match endpoint {
        Endpoint::Authorize => return consent::show(sandbox, call, Platform::Instagram),
        Endpoint::Dialog => return consent::show(sandbox, call, Platform::Facebook),
        Endpoint::Decide => return consent::decide(sandbox, call),
        Endpoint::CodeExchange => return code_exchange::exchange(sandbox, call),
        Endpoint::Picture => return cdn::picture(sandbox, call).await,
        Endpoint::Style => return html::style(),
        Endpoint::LongExchange => instagram_token::exchange(sandbox, call),
        Endpoint::Refresh => instagram_token::refresh(sandbox, call),
        Endpoint::FacebookCode => facebook_token::from_code(sandbox, call),
        Endpoint::FacebookExtend => facebook_token::extend(sandbox, call),
        Endpoint::AppToken => facebook_token::app_token(sandbox, call),
        Endpoint::DebugToken => debug_token::debug(sandbox, call),
        Endpoint::Pages => pages::list(sandbox, call),
        Endpoint::Permissions => permissions::serve(sandbox, call),
        Endpoint::Profile => node::me(sandbox, call),
        Endpoint::Object => node::object(sandbox, call),
        Endpoint::Media => media::list(sandbox, call),
        Endpoint::Unknown => Err(GraphError::unsupported(platform, call.method.as_str())),
    };
    result.unwrap_or_else(|error| error.response(&sandbox.state().switches))
}

/// Meta: with Standard Access the code of somebody without a role becomes a token, with which nothing can be done.
fn is_unreadable(sandbox: &Sandbox, call: &Call, endpoint: Endpoint) -> bool {
    let reads = matches!(
        endpoint,
        Endpoint::LongExchange
            | Endpoint::Refresh
            | Endpoint::FacebookExtend
            | Endpoint::Pages
            | Endpoint::Permissions
            | Endpoint::Profile
            | Endpoint::Object
            | Endpoint::Media
    );
    let standard = sandbox.state().switches.app_access == AppAccess::Standard;
    if !reads || !standard {
        return false;
    }
    let username = owner(sandbox, call);
    username.is_some_and(|username| !sandbox.state().standing(&username).tester)
}

/// Whose token or code a call carries.
fn owner(sandbox: &Sandbox, call: &Call) -> Option<String> {
    let state = sandbox.state();
    let token = ["access_token", "fb_exchange_token", "input_token"]
        .into_iter()
        .filter_map(|name| call.get(name))
        .chain(call.bearer.as_deref())
        .find_map(|value| state.token(value))
        .map(|token| token.username.clone());
    let code = || state.codes.iter().find(|code| Some(code.value.as_str()) == call.get("code"));
    token.or_else(|| code().map(|code| code.username.clone())).or_else(|| call.get("as").map(str::to_owned))
}

fn note(
    sandbox: &Sandbox,
    call: &Call,
    endpoint: Endpoint,
    platform: Option<Platform>,
    username: Option<String>,
) -> u64 {
    sandbox.calls().note(CallRecord {
        number: 0,
        at: call.now,
        endpoint,
        method: call.method.to_string(),
        path: call.raw_path.clone(),
        platform,
        username,
        status: None,
        fault: None,
    })
}
