use secrecy::ExposeSecret;
use serde_json::json;

use super::*;

#[derive(Debug, Deserialize, PartialEq, Eq)]
struct Sample {
    #[serde(deserialize_with = "id")]
    user_id: String,
    #[serde(default, deserialize_with = "scopes")]
    permissions: Option<Vec<String>>,
    #[serde(default, deserialize_with = "seconds")]
    expires_in: Option<i64>,
}

fn sample(json: Value) -> Result<Sample, MetaError> {
    ask(200, &json.to_string()).map(Wrapped::into_inner)
}

fn ask<T: DeserializeOwned>(status: u16, body: &str) -> Result<T, MetaError> {
    let call = Call::get("test", "https://a.example".parse().unwrap()).secret("access_token", "s3cret");
    read(&call, &Answer { status, retry_after: Some(chrono::TimeDelta::seconds(7)), pause: None, body: body.into() })
}

fn failure(status: u16, body: &str) -> MetaError {
    ask::<Sample>(status, body).unwrap_err()
}

#[test]
fn both_shapes_of_the_code_exchange_are_read() {
    let expected = Sample {
        user_id: "27640875392278831".to_owned(),
        permissions: Some(vec!["a".to_owned(), "b".to_owned()]),
        expires_in: None,
    };
    let documented = json!({"data": [{"user_id": "27640875392278831", "permissions": "a, b"}]});
    let seen = json!({"user_id": 27_640_875_392_278_831_u64, "permissions": ["a", "b"], "further": {}});
    assert_eq!(sample(documented).unwrap(), expected);
    assert_eq!(sample(seen).unwrap(), expected);
    assert_eq!(sample(json!({"data": {"user_id": u64::MAX}})).unwrap().user_id, u64::MAX.to_string());
}

#[test]
fn absent_permissions_and_none_granted_are_two_things() {
    assert_eq!(sample(json!({"user_id": 1})).unwrap().permissions, None);
    assert_eq!(sample(json!({"user_id": 1, "permissions": null})).unwrap().permissions, None);
    assert_eq!(sample(json!({"user_id": 1, "permissions": ""})).unwrap().permissions, Some(vec![]));
    assert_eq!(sample(json!({"user_id": 1, "permissions": []})).unwrap().permissions, Some(vec![]));
}

#[test]
fn spans_are_numbers_or_strings_and_zero_is_none() {
    let expires_in = |value: Value| sample(json!({"user_id": 1, "expires_in": value})).unwrap().expires_in;
    assert_eq!(expires_in(json!(5_183_944)), Some(5_183_944));
    assert_eq!(expires_in(json!("5183944")), Some(5_183_944));
    assert_eq!(expires_in(json!(1e3)), Some(1000));
    for nothing in [json!(0), json!(-5), json!(null), json!("soon"), json!(i64::MAX), json!(1e300), json!({})] {
        assert_eq!(expires_in(nothing), None);
    }
}

#[test]
fn an_empty_id_or_token_is_a_strange_answer() {
    #[derive(Deserialize)]
    struct Tokened {
        #[serde(deserialize_with = "token")]
        access_token: SecretString,
    }
    assert_eq!(sample(json!({"user_id": ""})).unwrap_err().what.as_ref(), &What::Strange(200));
    assert_eq!(sample(json!({"data": []})).unwrap_err().what.as_ref(), &What::Strange(200));
    assert_eq!(ask::<Tokened>(200, r#"{"access_token":" "}"#).err().unwrap().what.as_ref(), &What::Strange(200));
    let token = ask::<Tokened>(200, r#"{"access_token":"IGAA"}"#).ok().unwrap().access_token;
    assert_eq!(token.expose_secret(), "IGAA");
}

#[test]
fn the_three_shapes_of_errors_are_told_apart() {
    let envelope = failure(400, r#"{"error":{"message":"Session has expired s3cret","code":190,"error_subcode":0}}"#);
    assert_eq!(envelope.verdict, Verdict::Dead(domain::token::Death::Expired));
    let said = envelope.said.unwrap();
    assert_eq!((said.code, said.subcode, said.message.as_str()), (Some(190), None, "Session has expired …"));

    let flat = failure(400, r#"{"error_type":"OAuthException","code":400,"error_message":"Invalid platform app"}"#);
    assert_eq!(flat.verdict, Verdict::Unknown(Failure::AppFault));
    assert_eq!(flat.said.unwrap().message, "Invalid platform app");

    let page = failure(502, "<html>Bad gateway</html>");
    assert_eq!((page.verdict, page.said), (Verdict::Unknown(Failure::Unavailable), None));
    assert_eq!(page.what.as_ref(), &What::NotJson(502));
}

#[test]
fn an_error_counts_even_with_http_200() {
    let error = failure(200, r#"{"error":{"message":"x","type":"OAuthException","code":190,"error_subcode":460}}"#);
    assert_eq!(error.verdict, Verdict::Dead(domain::token::Death::PasswordChanged));
    assert_eq!(error.said.unwrap().subcode, Some(460));
}

#[test]
fn codes_may_be_written_as_strings() {
    let error = failure(400, r#"{"error":{"message":"x","code":"190","error_subcode":"463","is_transient":"true"}}"#);
    assert_eq!(error.verdict, Verdict::Unknown(Failure::Unavailable));
    assert_eq!(error.said.unwrap().subcode, Some(463));
}

#[test]
fn what_is_no_answer_kills_nothing() {
    let table = [
        (200, "", Failure::Unavailable),
        (200, "{\"user_id\":", Failure::Unavailable),
        (401, "<html>Unauthorized, error 190</html>", Failure::Unavailable),
        (403, "URL signature expired", Failure::Unavailable),
        (429, "slow down", Failure::Limited),
        (429, "{}", Failure::Limited),
        (500, "{}", Failure::Unavailable),
        (404, "{}", Failure::Unclear),
        (200, "{}", Failure::Unclear),
        (200, "null", Failure::Unclear),
        (200, "{\"error\":\"190\"}", Failure::Unclear),
        (200, "{\"error\":190,\"user_id\":\"1\"}", Failure::Unclear),
        (200, "{\"errors\":[{\"code\":190}],\"user_id\":\"1\"}", Failure::Unclear),
        (200, "{\"status\":\"fail\",\"user_id\":\"1\"}", Failure::Unclear),
        (200, "[\"1\",null,null]", Failure::Unclear),
        (200, "for (;;);{\"user_id\":\"1\"}", Failure::Unavailable),
        (400, "{\"error\":{}}", Failure::Unclear),
        (400, "{\"error\":{\"code\":[190],\"message\":7}}", Failure::Unclear),
    ];
    for (status, body, expected) in table {
        assert_eq!(failure(status, body).verdict, Verdict::Unknown(expected), "{status} {body}");
    }
    let deep = "[".repeat(100_000);
    assert_eq!(failure(200, &deep).verdict, Verdict::Unknown(Failure::Unavailable));
}

#[test]
fn errors_are_read_though_strict_json_refuses_their_text() {
    let error = failure(
        400,
        "\u{feff}{\"error\":{\"message\":\"Session \\ud83d\n has expired\",\"code\":190,\"error_subcode\":463}}",
    );
    assert_eq!(error.verdict, Verdict::Dead(domain::token::Death::Expired));
    assert_eq!(error.said.unwrap().message, "Session \u{fffd}  has expired");
}

#[test]
fn metas_come_back_in_is_kept_with_every_error() {
    assert_eq!(failure(400, r#"{"error":{"code":4}}"#).retry_after, Some(chrono::TimeDelta::seconds(7)));
    assert_eq!(failure(503, "").retry_after, Some(chrono::TimeDelta::seconds(7)));
}

#[test]
fn the_longest_regain_time_of_all_entries_counts() {
    let header = r#"{"1":[{"estimated_time_to_regain_access":3},{"type":"instagram"}],"2":[{"estimated_time_to_regain_access":19}]}"#;
    assert_eq!(minutes_to_regain_access(header), Some(19));
    for nothing in [r#"{"1":[{"estimated_time_to_regain_access":0}]}"#, "{}", "[]", "x", r#"{"1":{}}"#] {
        assert_eq!(minutes_to_regain_access(nothing), None, "{nothing}");
    }
}

#[test]
fn neither_display_nor_debug_repeats_a_secret() {
    let body = r#"{"error":{"message":"Bad token s3cret and IGAAabcdefgh","code":190}}"#;
    let error = failure(400, body);
    for text in [format!("{error}"), format!("{error:?}")] {
        assert!(!text.contains("s3cret") && !text.contains("IGAA"), "{text}");
    }
    assert_eq!(
        failure(200, r#"{"user_id":["s3cret"]}"#).to_string(),
        "test: Meta's answer has a shape we do not know (HTTP 200)"
    );
}
