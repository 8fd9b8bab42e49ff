//! Between columns and the words of `domain`.

use domain::platform::Platform;
use sea_orm::DbBackend;
use sea_orm::prelude::Json;
use sea_orm::sea_query::LikeExpr;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Error, Result};

/// A value as the content of a JSON column.
pub(super) fn to_json<T: Serialize>(table: &'static str, value: &T) -> Result<Json> {
    serde_json::to_value(value).map_err(|error| Error::Unreadable { table, what: error.to_string() })
}

/// A value from a JSON column. The error names the reason, not the content.
pub(super) fn from_json<T: DeserializeOwned>(table: &'static str, column: &'static str, json: Json) -> Result<T> {
    serde_json::from_value(json)
        .map_err(|error| Error::Unreadable { table, what: format!("column `{column}`, {:?} error", error.classify()) })
}

/// A word that serde gives a value without fields, for a text column.
pub(super) fn to_word<T: Serialize>(table: &'static str, value: &T) -> Result<String> {
    match to_json(table, value)? {
        Json::String(word) => Ok(word),
        _ => Err(Error::Unreadable { table, what: "not a single word".into() }),
    }
}

/// The value that a word stands for.
pub(super) fn from_word<T: DeserializeOwned>(table: &'static str, column: &'static str, word: String) -> Result<T> {
    from_json(table, column, Json::String(word))
}

/// A platform's column.
pub(super) fn platform(table: &'static str, word: &str) -> Result<Platform> {
    word.parse().map_err(|_| Error::Unreadable { table, what: "column `platform`".into() })
}

/// A text column in the order of its bytes, which is the same everywhere: databases
/// do not agree on how to compare texts.
pub(super) fn bytewise(backend: DbBackend, column: &str) -> String {
    if backend == DbBackend::Sqlite { column.to_owned() } else { format!("{column} COLLATE \"C\"") }
}

/// A text inside a JSON column.
pub(super) fn text_in(backend: DbBackend, column: &str, field: &str) -> String {
    if backend == DbBackend::Sqlite {
        format!("json_extract({column}, '$.{field}')")
    } else {
        format!("({column} ->> '{field}')")
    }
}

/// What `LIKE` finds wherever these words stand, whatever they are.
pub(super) fn anywhere(words: &str) -> LikeExpr {
    let plain = words.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    LikeExpr::new(format!("%{plain}%")).escape('\\')
}

/// An id column as `Display` writes ids. SQLite keeps them as 16 bytes.
pub(super) fn id_as_text(backend: DbBackend, column: &str) -> String {
    if backend != DbBackend::Sqlite {
        return format!("CAST({column} AS text)");
    }
    let part = |from: u8, length: &str| format!("substr(hex({column}), {from}{length})");
    let parts = [part(1, ", 8"), part(9, ", 4"), part(13, ", 4"), part(17, ", 4"), part(21, "")];
    format!("lower({})", parts.join(" || '-' || "))
}
