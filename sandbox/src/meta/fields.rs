//! The `fields` parameter: `id,caption,children{id,media_url}`.

use super::error::GraphError;
use crate::cast::Platform;
use serde_json::{Map, Value};

/// A wanted field and, in braces, what is wanted of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    pub name: String,
    pub inner: Vec<Field>,
}

/// Reads the parameter; nothing means the id only.
pub(crate) fn parse(text: Option<&str>) -> Vec<Field> {
    let text = text.filter(|text| !text.trim().is_empty()).unwrap_or("id");
    let mut rest = text;
    list(&mut rest)
}

/// Reads up to the closing brace or the end.
fn list(rest: &mut &str) -> Vec<Field> {
    let mut fields = Vec::new();
    while !rest.is_empty() {
        let end = rest.find([',', '{', '}']).unwrap_or(rest.len());
        let (head, tail) = rest.split_at(end);
        // `children.limit(3)` asks for the same field.
        let name = head.split('.').next().unwrap_or_default().trim().to_owned();
        let mark = tail.chars().next();
        *rest = tail.get(1..).unwrap_or_default();
        let inner = if mark == Some('{') { list(rest) } else { Vec::new() };
        if !name.is_empty() {
            fields.push(Field { name, inner });
        }
        if mark == Some('}') {
            break;
        }
    }
    fields
}

/// Picks the wanted fields. `value` answers `None` for an unknown field, and null for one that is absent here.
/// Meta: the id is always part of the answer, and an unknown field is an error.
pub(crate) fn pick(
    wanted: &[Field],
    platform: Platform,
    node: &str,
    value: impl Fn(&Field) -> Option<Value>,
) -> Result<Value, GraphError> {
    let mut picked = Map::new();
    for field in wanted {
        let Some(found) = value(field) else {
            let message = format!("(#100) Tried accessing nonexisting field ({}) on node type ({node})", field.name);
            return Err(GraphError::parameter(platform, message));
        };
        if !found.is_null() {
            picked.insert(field.name.clone(), found);
        }
    }
    if let Some(id) = value(&Field { name: "id".to_owned(), inner: Vec::new() }) {
        picked.insert("id".to_owned(), id);
    }
    Ok(Value::Object(picked))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn reads_nested_fields() {
        let fields = parse(Some("id,children{id,media_url},caption"));
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["id", "children", "caption"]);
        assert_eq!(fields[1].inner.len(), 2);
        assert_eq!(parse(None)[0].name, "id");
    }
}
