//! How answers travel: as JSON text.

use bytes::Bytes;
use leptos::server_fn::Http;
use leptos::server_fn::codec::{Post, PostUrl};
use leptos::server_fn::{ContentType, Decodes, Encodes, Format, FormatType};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Arguments as a form sends them, answers as JSON text.
pub type Wire = Http<PostUrl, Post<TextJson>>;

/// JSON that is read from text and not from bytes, as pages read what came with
/// them: so the browser gets the code that reads a type once and not twice.
#[derive(Debug)]
pub struct TextJson;

impl ContentType for TextJson {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for TextJson {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for TextJson {
    type Error = serde_json::Error;

    fn encode(output: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(output).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for TextJson {
    type Error = &'static str;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        std::str::from_utf8(&bytes).ok().and_then(super::read).ok_or("not the JSON that was expected")
    }
}
