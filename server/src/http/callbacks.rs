//! Signed requests from Meta. Nobody is signed in here; the signature decides.

use axum::Json;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Response};
use backend::Services;
use backend::service::{Error, callbacks};
use domain::platform::Platform;
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::State as AppState;

/// The one field Meta sends.
#[derive(Deserialize)]
pub struct Signed {
    signed_request: String,
}

type SignedForm = Result<Form<Signed>, FormRejection>;

/// `POST /meta/{platform}/deauthorize`: somebody removed the app.
pub async fn deauthorize(State(services): State<Services>, Path(platform): Path<String>, form: SignedForm) -> Response {
    match parse(&platform, form) {
        Ok((platform, text)) => match callbacks::deauthorize(&services, platform, &text).await {
            Ok(()) => Json(json!({ "success": true })).into_response(),
            Err(error) => refuse(&error),
        },
        Err(response) => *response,
    }
}

/// `POST /meta/{platform}/data-deletion`: somebody wants their data deleted.
/// The answer's form is Meta's ("Data deletion callback").
pub async fn delete_data(State(state): State<AppState>, Path(platform): Path<String>, form: SignedForm) -> Response {
    let (platform, text) = match parse(&platform, form) {
        Ok(parsed) => parsed,
        Err(response) => return *response,
    };
    match callbacks::delete_data(&state.services, platform, &text).await {
        Ok(code) => {
            let url = format!("{}meta/deletion/{code}", state.base_url);
            Json(json!({ "url": url, "confirmation_code": code })).into_response()
        }
        Err(error) => refuse(&error),
    }
}

fn parse(platform: &str, form: SignedForm) -> Result<(Platform, String), Box<Response>> {
    let Ok(platform) = platform.parse::<Platform>() else {
        return Err(Box::new(answer(StatusCode::NOT_FOUND, "there is no such platform")));
    };
    match form {
        Ok(Form(Signed { signed_request })) => Ok((platform, signed_request)),
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            Err(Box::new(answer(StatusCode::PAYLOAD_TOO_LARGE, "this is larger than any signed request of Meta")))
        }
        Err(_) => Err(Box::new(answer(StatusCode::BAD_REQUEST, "send one form field named signed_request"))),
    }
}

fn refuse(error: &Error) -> Response {
    match error {
        Error::Forged(why) => answer(StatusCode::BAD_REQUEST, &why.to_string()),
        _ => {
            tracing::error!(error = error as &dyn std::error::Error, "a callback from Meta could not be served");
            answer(StatusCode::INTERNAL_SERVER_ERROR, "this failed here; please send it again later")
        }
    }
}

fn answer(status: StatusCode, text: &str) -> Response {
    (status, Json(json!({ "error": text }))).into_response()
}
