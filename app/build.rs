//! Turns `locales/*.json` into `texts.rs`: a module for each key, so that a missing key or value does not compile,
//! and for the server the texts themselves. A browser loads them as a file: an array, in the order of the keys.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

type Result<T> = std::result::Result<T, Box<dyn Error>>;
/// By key, such as `nav.log_out` or `loading`. The place of a key in this order is its id.
type Texts = BTreeMap<String, String>;

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=locales");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    let english = read(Path::new("locales/en.json"))?;
    let mut code = modules(&english)?;
    for entry in fs::read_dir("locales")? {
        let path = entry?.path();
        let language = path.file_stem().and_then(|name| name.to_str()).ok_or("a locale has a name")?;
        let texts = read(&path)?;
        let texts = in_order(&english, &texts).map_err(|error| format!("{language}: {error}"))?;
        let json = serde_json::to_string(&texts)?;
        code.push_str(&table(language, &texts, &json));
        fs::write(out.join(format!("{language}.json")), json)?;
    }
    fs::write(out.join("texts.rs"), code)?;
    Ok(())
}

fn read(path: &Path) -> Result<Texts> {
    let groups: BTreeMap<String, Value> = serde_json::from_str(&fs::read_to_string(path)?)?;
    let mut texts = Texts::new();
    for (group, value) in groups {
        match value {
            Value::String(text) => {
                texts.insert(group, text);
            }
            Value::Object(keys) => {
                for (key, value) in keys {
                    let text = value.as_str().ok_or_else(|| format!("{group}.{key} is no text"))?;
                    texts.insert(format!("{group}.{key}"), text.to_owned());
                }
            }
            _ => return Err(format!("{group} is neither a text nor a group of texts").into()),
        }
    }
    Ok(texts)
}

/// The module `group::key` for each key, with a function that finds the text.
fn modules(english: &Texts) -> Result<String> {
    let mut code = String::new();
    let mut groups: BTreeMap<&str, String> = BTreeMap::new();
    for (id, (key, text)) in english.iter().enumerate() {
        match key.split_once('.') {
            Some((group, key)) => groups.entry(name(group)?).or_default().push_str(&module(id, key, text)?),
            None => code.push_str(&module(id, key, text)?),
        }
    }
    for (group, keys) in groups {
        code.push_str(&format!("pub mod {group} {{\n{keys}}}\n"));
    }
    code.push_str(&format!("pub const COUNT: usize = {};\n", english.len()));
    Ok(code)
}

fn module(id: usize, key: &str, text: &str) -> Result<String> {
    let key = name(key)?;
    let places = places(text)?;
    let body = if places.is_empty() {
        format!("pub fn text() -> &'static str {{ crate::language::find({id}) }}")
    } else {
        let fields: String = places.iter().map(|place| format!("pub {place}: String, ")).collect();
        let values: String = places.iter().map(|place| format!("({place:?}, self.{place}.as_str()), ")).collect();
        let fill = format!("pub fn text(self) -> String {{ crate::language::fill({id}, &[{values}]) }}");
        format!("pub struct Values {{ {fields}}} impl Values {{ {fill} }}")
    };
    Ok(format!("pub mod {key} {{ {body} }}\n"))
}

/// The names in `{{ … }}`.
fn places(text: &str) -> Result<BTreeSet<&str>> {
    let place = |part| -> Result<&str> {
        let (place, _) = str::split_once(part, "}}").ok_or_else(|| format!("“{text}” misses a }}}}"))?;
        name(place.trim())
    };
    text.split("{{").skip(1).map(place).collect()
}

fn name(name: &str) -> Result<&str> {
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    if name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(fits) {
        Ok(name)
    } else {
        Err(format!("{name:?} is no name in snake_case").into())
    }
}

fn in_order<'a>(english: &Texts, texts: &'a Texts) -> Result<Vec<&'a str>> {
    let text = |key: &String| texts.get(key).map(String::as_str).ok_or_else(|| format!("{key} is missing").into());
    english.keys().map(text).collect()
}

/// What the server keeps of a language.
fn table(language: &str, texts: &[&str], json: &str) -> String {
    let constant = language.to_uppercase();
    let hash = hash(json.as_bytes());
    format!(
        "#[cfg(feature = \"ssr\")]
pub static {constant}: crate::language::Texts = crate::language::Texts {{
    path: \"/texts/{language}.{hash:016x}.json\",
    json: include_str!(concat!(env!(\"OUT_DIR\"), \"/{language}.json\")),
    list: &{texts:?},
}};
"
    )
}

/// FNV-1a: it only tells one file from the next.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
