//! What a refusal of Meta says about the token that was used: by code, then by
//! subcode where there is one, then by message. graph.instagram.com sends no
//! subcodes, so the messages matter.
//!
//! Only an explicit 190 or 102 (or a missing permission) says something about
//! a token; one that names no reason we know is [`Verdict::Doubtful`] and kills
//! nothing by itself. Whatever else happens is [`Verdict::Unknown`].
//!
//! Sources: Meta, "Handling errors" (Graph API codes and subcodes),
//! "Instagram Platform error codes", "Rate limits"; messages as recorded in
//! public issue threads.

use domain::token::{Death, Failure, SuspensionKind, Verdict};

const UNAVAILABLE: Verdict = Verdict::Unknown(Failure::Unavailable);
const LIMITED: Verdict = Verdict::Unknown(Failure::Limited);
const APP_FAULT: Verdict = Verdict::Unknown(Failure::AppFault);
const UNCLEAR: Verdict = Verdict::Unknown(Failure::Unclear);

/// Publishing was blocked as spam, under the code of the app's call limit.
/// Source: Meta, "Instagram Platform error codes", 4/2207051.
const SPAM_BLOCK: i64 = 2_207_051;

/// The app itself is refused, under whatever code: 1, 10, 100, 101, 190, 200,
/// or none in the flat shape.
const APP_MESSAGES: &[&str] = &[
    "api access blocked",
    "api access deactivated",
    "error validating application",
    "application has been deleted",
    "error validating client secret",
    "invalid client secret",
    "invalid client_id",
    "invalid platform app",
    "insufficient developer role",
    "appsecret_proof",
    // The redirect address differs, or (on Instagram) the secret is wrong.
    "make sure your redirect_uri is identical",
    "invalid redirect_uri",
];

const TOKEN_SUBCODES: &[(i64, Verdict)] = &[
    (458, Verdict::Dead(Death::AppRemoved)),
    (459, Verdict::Suspended(SuspensionKind::Checkpoint)),
    (460, Verdict::Dead(Death::PasswordChanged)),
    (463, Verdict::Dead(Death::Expired)),
    (464, Verdict::Suspended(SuspensionKind::Unconfirmed)),
    (466, Verdict::Dead(Death::Invalidated)),
    (467, Verdict::Dead(Death::LoggedOut)),
    (490, Verdict::Suspended(SuspensionKind::Checkpoint)),
    (492, Verdict::Dead(Death::PageRoleLost)),
];

/// In lower case; the first that is found counts, so the narrower come first.
const TOKEN_MESSAGES: &[(&str, Verdict)] = &[
    ("must be granted before impersonating", Verdict::PermissionMissing),
    ("engaged the app in longer than 90 days", Verdict::Dead(Death::DataAccessExpired)),
    ("has not authorized application", Verdict::Dead(Death::AppRemoved)),
    ("changed their password", Verdict::Dead(Death::PasswordChanged)),
    ("changed the session for security", Verdict::Dead(Death::PasswordChanged)),
    ("cannot access the app till you log in", Verdict::Suspended(SuspensionKind::Checkpoint)),
    ("logged-in checkpoint", Verdict::Suspended(SuspensionKind::Checkpoint)),
    ("not a confirmed user", Verdict::Suspended(SuspensionKind::Unconfirmed)),
    ("invalidated explicitly using an api call", Verdict::Dead(Death::Invalidated)),
    ("logged out", Verdict::Dead(Death::LoggedOut)),
    ("in order to impersonate it", Verdict::Dead(Death::PageRoleLost)),
    ("session has expired", Verdict::Dead(Death::Expired)),
    // Of a long-lived token this is said while a security check waits.
    ("malformed because of invalid user id", Verdict::Suspended(SuspensionKind::Checkpoint)),
    ("session key is malformed", Verdict::Dead(Death::Unreadable)),
    ("could not be decrypted", Verdict::Dead(Death::Unreadable)),
    ("cannot parse access token", Verdict::Dead(Death::Unreadable)),
];

/// In lower case: words about the string itself, seen where neither a subcode
/// nor a message above tells more. Meta has said them of sound tokens too.
const STRING_MESSAGES: &[&str] = &[
    "invalid json for postcard",
    "malformed access token",
    "access token is malformed",
    "invalid oauth access token",
    "invalid access token",
    "bad signature",
];

/// Of a code from the consent page that cannot be used (again). The wrong
/// redirect address, "Error validating verification code", is not among them.
const SPENT_CODE_MESSAGES: &[&str] = &[
    "matching code was not found",
    "authorization code has been used",
    "authorization code has expired",
    "invalid authorization code",
    "invalid verification code format",
];

/// An error of Meta's, as it was sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Refusal {
    pub code: Option<i64>,
    /// Never 0: graph.instagram.com writes that for "none".
    pub subcode: Option<i64>,
    pub message: String,
    pub is_transient: bool,
    /// The shape of Instagram's code exchange, whose `code` is an HTTP status.
    pub is_flat: bool,
}

/// What a refusal says about the token.
pub(super) fn verdict(refusal: &Refusal, status: u16) -> Verdict {
    let verdict = by_code(refusal);
    let is_metas_own_trouble = refusal.is_transient || status >= 500;
    match verdict {
        // Waiting for as long as Meta says is right whoever is to blame.
        Verdict::Unknown(Failure::Limited) => verdict,
        _ if is_metas_own_trouble => UNAVAILABLE,
        _ => verdict,
    }
}

/// Whether Meta refused a code because it cannot be used (again).
pub(super) fn is_spent_code(message: &str) -> bool {
    let message = message.to_lowercase();
    SPENT_CODE_MESSAGES.iter().any(|pattern| message.contains(pattern))
}

fn by_code(refusal: &Refusal) -> Verdict {
    let message = refusal.message.to_lowercase();
    if APP_MESSAGES.iter().any(|pattern| message.contains(pattern)) {
        return APP_FAULT;
    }
    match (refusal.code, refusal.is_flat) {
        (Some(429), true) => LIMITED,
        (Some(500..), true) => UNAVAILABLE,
        (_, true) => UNCLEAR,
        (Some(code), false) => by_graph_code(code, refusal.subcode, &message),
        (None, false) => UNCLEAR,
    }
}

fn by_graph_code(code: i64, subcode: Option<i64>, message: &str) -> Verdict {
    match code {
        190 | 102 => by_subcode_or_message(subcode, message),
        1 | 2 => UNAVAILABLE,
        3 | 101 => APP_FAULT,
        4 if subcode == Some(SPAM_BLOCK) => UNCLEAR,
        // The app, the person, the Page, the app again, a custom limit, a
        // block for policy, and the business use cases (80002 is Instagram's).
        4 | 17 | 32 | 341 | 613 | 368 | 80_000..=80_014 => LIMITED,
        10 | 200..=299 => Verdict::PermissionMissing,
        _ => UNCLEAR,
    }
}

fn by_subcode_or_message(subcode: Option<i64>, message: &str) -> Verdict {
    let known = |(number, verdict): &(i64, Verdict)| (Some(*number) == subcode).then_some(*verdict);
    let found = |(pattern, verdict): &(&str, Verdict)| message.contains(pattern).then_some(*verdict);
    TOKEN_SUBCODES
        .iter()
        .find_map(known)
        .or_else(|| TOKEN_MESSAGES.iter().find_map(found))
        .unwrap_or_else(|| Verdict::Doubtful(unnamed(message)))
}

fn unnamed(message: &str) -> Death {
    let is_about_the_string = STRING_MESSAGES.iter().any(|pattern| message.contains(pattern));
    if is_about_the_string { Death::Unreadable } else { Death::Unnamed }
}

#[cfg(test)]
mod tests;
