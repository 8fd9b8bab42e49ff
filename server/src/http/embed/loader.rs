//! The script that websites put beside a widget. It holds this installation's
//! address, because where it lies says nothing: websites copy it, merge it into
//! one file with others, write it into their pages and import it.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::ACCESS_CONTROL_ALLOW_ORIGIN;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::encoded::Effort;
use super::{Encoded, Wanted, render};
use crate::middleware::cache::Keep;

const SOURCE: &str = include_str!("loader.js");
/// In the source, where the address belongs.
const PLACE: &str = "\"{{ origin }}\"";

/// The script of one installation, packed. Cheap to clone.
#[derive(Clone)]
pub struct Loader(Option<Arc<Encoded>>);

impl Loader {
    /// `origin` is where visitors reach this installation, without a closing slash.
    pub fn new(origin: &str) -> Self {
        // A text of JSON is one of JavaScript too.
        let script = render::small(SOURCE).replace(PLACE, &serde_json::Value::from(origin).to_string());
        let packed = Encoded::new("text/javascript; charset=utf-8", &script, "", Effort::Best);
        Self(packed.ok().map(Arc::new))
    }
}

/// `GET /embed.js`.
pub async fn file(State(Loader(loader)): State<Loader>, headers: HeaderMap) -> Response {
    let Some(loader) = loader else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let mut response = loader.answer(Wanted::of(&headers));
    // For those who load it as a module, or check it.
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    (Keep::AnHourOrOld, response).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "https://widgets.example";

    fn script() -> String {
        String::from_utf8(Loader::new(ORIGIN).0.unwrap().text().to_vec()).unwrap()
    }

    #[test]
    fn it_is_small_and_knows_its_address() {
        let loader = Loader::new(ORIGIN).0.unwrap();
        println!("loader: {} bytes, {} packed", loader.text().len(), loader.packed());
        assert!(loader.packed() <= 1_536, "{} bytes", loader.packed());
        assert_eq!(script().matches("let origin = \"https://widgets.example\";").count(), 1);
        assert!(!script().contains("{{"), "every place is filled");
        assert!(!script().replace(ORIGIN, "").contains("//"), "no comments, no address but its own");
    }

    /// One syntax error, and all that was merged into the same file is lost.
    #[test]
    fn the_tools_of_websites_may_do_to_it_what_they_do() {
        let script = script();
        assert!(script.starts_with(";(") && script.ends_with(";"), "merged with files that end or begin anyhow");
        assert!(script.is_ascii(), "served or written into a page in any charset");
        assert!(!script.contains("</script") && !script.contains("<!--"), "written into a page");
        for newer in
            ["?.", "??", "||=", "...{", "`", "catch {", "async ", "await ", "import", "export", "replaceChildren"]
        {
            assert!(!script.contains(newer), "{newer} is more than old tools read");
        }
    }
}
