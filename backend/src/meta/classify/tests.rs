use domain::token::Death::*;
use domain::token::SuspensionKind::*;
use domain::token::Verdict::*;

use super::*;

const HTTP_400: u16 = 400;

fn graph(code: i64, subcode: i64, message: &str) -> Refusal {
    let subcode = Some(subcode).filter(|subcode| *subcode != 0);
    Refusal { code: Some(code), subcode, message: message.to_owned(), ..Refusal::default() }
}

fn flat(message: &str) -> Refusal {
    Refusal { code: Some(400), message: message.to_owned(), is_flat: true, ..Refusal::default() }
}

#[test]
fn refusals_of_a_token() {
    let table = [
        (graph(190, 458, "x"), Dead(AppRemoved)),
        (graph(190, 459, "x"), Suspended(Checkpoint)),
        (graph(190, 460, "x"), Dead(PasswordChanged)),
        (graph(190, 463, "x"), Dead(Expired)),
        (graph(190, 464, "x"), Suspended(Unconfirmed)),
        (graph(190, 466, "x"), Dead(Invalidated)),
        (graph(190, 467, "x"), Dead(LoggedOut)),
        (graph(190, 490, "x"), Suspended(Checkpoint)),
        (graph(190, 492, "x"), Dead(PageRoleLost)),
        (graph(102, 463, "x"), Dead(Expired)),
        (graph(102, 0, "x"), Doubtful(Unnamed)),
        (graph(190, 0, ""), Doubtful(Unnamed)),
        (graph(190, 452, "Session does not match current stored session"), Doubtful(Unnamed)),
        (graph(190, 999, "Invalid JSON for postcard"), Doubtful(Unreadable)),
        // The subcode wins over the message.
        (graph(190, 460, "Session has expired on Tuesday"), Dead(PasswordChanged)),
        // An unknown subcode leaves the word to the message.
        (graph(190, 999, "Session has expired on Tuesday"), Dead(Expired)),
    ];
    for (refusal, expected) in table {
        assert_eq!(verdict(&refusal, HTTP_400), expected, "{refusal:?}");
    }
}

#[test]
fn without_subcodes_the_message_decides() {
    let table = [
        (
            "Error validating access token: Session has expired on Tuesday, 28-Sep-21 03:00:00 PDT. The current time is Tuesday, 28-Sep-21 03:50:52 PDT.",
            Dead(Expired),
        ),
        ("Error validating access token: The user has not authorized application 123.", Dead(AppRemoved)),
        (
            "Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.",
            Dead(PasswordChanged),
        ),
        (
            "Error validating access token: You cannot access the app till you log in to www.instagram.com and follow the instructions given.",
            Suspended(Checkpoint),
        ),
        (
            "Error validating access token: The user is enrolled in a blocking, logged-in checkpoint",
            Suspended(Checkpoint),
        ),
        (
            "Error validating access token: Sessions for the user are not allowed because the user is not a confirmed user.",
            Suspended(Unconfirmed),
        ),
        ("Error validating access token: The session was invalidated explicitly using an API call.", Dead(Invalidated)),
        ("Error validating access token: The session is invalid because the user logged out.", Dead(LoggedOut)),
        (
            "The user must be an administrator, editor, or moderator of the page in order to impersonate it.",
            Dead(PageRoleLost),
        ),
        (
            "Error validating access token: Session key 18.0,abc is malformed because of invalid user id.",
            Suspended(Checkpoint),
        ),
        ("Error validating access token: Session key is malformed.", Dead(Unreadable)),
        ("The access token could not be decrypted", Dead(Unreadable)),
        ("Invalid OAuth access token - Cannot parse access token", Dead(Unreadable)),
        (
            "The access token is invalid since the user hasn't engaged the app in longer than 90 days.",
            Dead(DataAccessExpired),
        ),
        (
            "Any of the pages_read_engagement, pages_manage_metadata permission(s) must be granted before impersonating a user's page.",
            PermissionMissing,
        ),
        ("Error validating application. Application has been deleted.", APP_FAULT),
        ("Invalid JSON for postcard", Doubtful(Unreadable)),
        ("Malformed access token AAAA", Doubtful(Unreadable)),
        ("Invalid OAuth access token.", Doubtful(Unreadable)),
        ("Invalid OAuth access token signature.", Doubtful(Unreadable)),
        ("Error validating access token: Session does not match current stored session.", Doubtful(Unnamed)),
        ("Something Meta has never said before", Doubtful(Unnamed)),
    ];
    for (message, expected) in table {
        assert_eq!(verdict(&graph(190, 0, message), HTTP_400), expected, "{message}");
        assert_eq!(verdict(&graph(190, 0, &message.to_uppercase()), 401), expected, "{message}");
    }
}

#[test]
fn what_says_nothing_against_a_token() {
    let table = [
        (graph(10, 0, "Application does not have permission for this action"), PermissionMissing),
        (graph(200, 0, "(#200) Requires instagram_basic permission"), PermissionMissing),
        (graph(299, 0, "x"), PermissionMissing),
        (graph(200, 0, "API access blocked."), APP_FAULT),
        (graph(200, 0, "API access deactivated. To reactivate, go to the app dashboard."), APP_FAULT),
        (graph(3, 0, "x"), APP_FAULT),
        (graph(101, 0, "Error validating application. Cannot get application info due to a system error."), APP_FAULT),
        (graph(1, 0, "Error validating client secret."), APP_FAULT),
        (graph(100, 0, "Error validating client secret."), APP_FAULT),
        (graph(100, 0, "Invalid appsecret_proof provided in the API argument"), APP_FAULT),
        (graph(4, 0, "(#4) Application request limit reached"), LIMITED),
        (graph(4, 1_349_210, "x"), LIMITED),
        (graph(17, 2_446_079, "(#17) User request limit reached"), LIMITED),
        (graph(32, 0, "x"), LIMITED),
        (graph(341, 0, "x"), LIMITED),
        (graph(613, 1996, "x"), LIMITED),
        (graph(80_002, 0, "(#80002) There have been too many calls to this Instagram account."), LIMITED),
        (graph(4, 2_207_051, "We restrict certain activity"), UNCLEAR),
        (graph(100, 33, "Object with ID 'X' does not exist"), UNCLEAR),
        (graph(100, 0, "Unsupported request - method type: get"), UNCLEAR),
        (graph(104, 0, "x"), UNCLEAR),
        (graph(9_999, 463, "Session has expired"), UNCLEAR),
        (graph(1, 0, "An unknown error occurred"), UNAVAILABLE),
        (graph(2, 0, "Service temporarily unavailable"), UNAVAILABLE),
        (Refusal { message: "Session has expired".to_owned(), ..Refusal::default() }, UNCLEAR),
    ];
    for (refusal, expected) in table {
        assert_eq!(verdict(&refusal, HTTP_400), expected, "{refusal:?}");
        assert_eq!(verdict(&refusal, 403), expected, "HTTP status is no classifier: {refusal:?}");
        assert_eq!(verdict(&refusal, 200), expected, "HTTP status is no classifier: {refusal:?}");
    }
}

#[test]
fn the_flat_shape_is_read_by_its_message() {
    assert_eq!(verdict(&flat("Invalid platform app"), HTTP_400), APP_FAULT);
    assert_eq!(verdict(&flat("Insufficient developer role"), HTTP_400), APP_FAULT);
    let redirect = "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request";
    assert_eq!(verdict(&flat(redirect), HTTP_400), APP_FAULT);
    assert!(!is_spent_code(redirect));
    assert_eq!(verdict(&flat("Matching code was not found or was already used"), HTTP_400), UNCLEAR);
    // Its code is an HTTP status, not one of Graph's.
    assert_eq!(verdict(&Refusal { code: Some(190), ..flat("x") }, HTTP_400), UNCLEAR);
    assert_eq!(verdict(&Refusal { code: Some(429), ..flat("x") }, 429), LIMITED);
    assert_eq!(verdict(&Refusal { code: Some(500), ..flat("x") }, HTTP_400), UNAVAILABLE);
}

#[test]
fn spent_codes_of_both_platforms_are_known() {
    for message in [
        "Matching code was not found or was already used",
        "This authorization code has been used",
        "This authorization code has been used.",
        "Invalid authorization code",
        "This authorization code has expired.",
        "Invalid verification code format.",
    ] {
        assert!(is_spent_code(message), "{message}");
    }
}

#[test]
fn what_is_transient_kills_nothing_whatever_its_code() {
    for code in [190, 102, 10, 200, 100, 3, 1, 2, 9_999] {
        for subcode in [0, 458, 460, 463] {
            let refusal = Refusal { is_transient: true, ..graph(code, subcode, "Session has expired") };
            assert_eq!(verdict(&refusal, HTTP_400), UNAVAILABLE, "{refusal:?}");
            let with_5xx = graph(code, subcode, "Session has expired");
            assert_eq!(verdict(&with_5xx, 500), UNAVAILABLE, "{with_5xx:?}");
        }
    }
    let limited = Refusal { is_transient: true, ..graph(4, 0, "(#4) Application request limit reached") };
    assert_eq!(verdict(&limited, HTTP_400), LIMITED);
}

#[test]
fn only_190_and_102_kill() {
    for code in -1..=90_000 {
        for message in ["Session has expired", "could not be decrypted", "has not authorized application"] {
            let dead = matches!(verdict(&graph(code, 463, message), HTTP_400), Dead(_) | Doubtful(_) | Suspended(_));
            assert_eq!(dead, code == 190 || code == 102, "{code}");
        }
    }
}
