//! `GET /settings/data.json`: everything that is kept about whoever is signed in.

use app::Route;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Json};
use backend::Services;
use backend::service::people::{Signed, settings};
use http::header::CONTENT_DISPOSITION;

use super::page;

/// A file to keep. Whoever is signed out logs in first.
pub async fn download(State(services): State<Services>, Extension(signed): Extension<Option<Signed>>) -> Response {
    let Some(signed) = signed else {
        return Redirect::to(&Route::LogIn.address()).into_response();
    };
    match settings::archive(&services, &signed).await {
        Ok(archive) => {
            let attachment = [(CONTENT_DISPOSITION, "attachment; filename=\"pilotlight.json\"")];
            (attachment, Json(archive)).into_response()
        }
        Err(error) => page::internal(&error),
    }
}
