//! The Rust code of the texts.

use std::collections::BTreeMap;

use crate::locale::{Key, Locale, Text};
use crate::rules::DATES;
use crate::{Language, Result, rules};

/// The module `group::key` for each key, with a function that finds the text.
pub fn modules(english: &Locale) -> Result<String> {
    let mut code = String::new();
    let mut groups: BTreeMap<(bool, &str), String> = BTreeMap::new();
    let mut id = 0;
    for (Key { of_server, name: key }, text) in &english.0 {
        match key.split_once('.') {
            // Found by number: twelve in a row.
            Some((DATES, "m01")) => code.push_str(&format!("pub const MONTHS: usize = {id};\n")),
            Some((DATES, _)) => {}
            Some((group, key)) => {
                groups.entry((*of_server, name(group)?)).or_default().push_str(&module(id, key, text)?);
            }
            None => code.push_str(&module(id, key, text)?),
        }
        id += text.forms().len();
    }
    for ((of_server, group), keys) in groups {
        let condition = if of_server { "#[cfg(feature = \"ssr\")]\n" } else { "" };
        code.push_str(&format!("{condition}pub mod {group} {{\n{keys}}}\n"));
    }
    code.push_str(&format!("pub const COUNT: usize = {};\n", english.of_browser().len()));
    Ok(code)
}

fn module(id: usize, key: &str, text: &Text) -> Result<String> {
    let key = name(key)?;
    let places = text.places()?;
    let body = if places.is_empty() {
        format!("pub fn text() -> &'static str {{ crate::language::find({id}) }}")
    } else {
        let mut fields = String::new();
        let mut values = String::new();
        for place in places {
            fields.push_str(&format!("pub {}: crate::language::Value, ", name(place)?));
            values.push_str(&format!("({place:?}, self.{place}), "));
        }
        let find = if text.is_counted() { format!("{id} + self.count.form()") } else { id.to_string() };
        let fill = format!("pub fn text(self) -> String {{ crate::language::fill({find}, &[{values}]) }}");
        format!("pub struct Values {{ {fields}}} impl Values {{ {fill} }}")
    };
    Ok(format!("pub mod {key} {{ {body} }}\n"))
}

fn name(name: &str) -> Result<&str> {
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    if name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(fits) {
        Ok(name)
    } else {
        Err(format!("{name:?} is no name in snake_case").into())
    }
}

/// What the server keeps of a language.
pub fn table(Language { file, variant, .. }: &Language, texts: &[&str], json: &str) -> String {
    let constant = variant.to_uppercase();
    let hash = hash(json.as_bytes());
    format!(
        "#[cfg(feature = \"ssr\")]
pub static {constant}: crate::language::Texts = crate::language::Texts {{
    path: \"/texts/{file}.{hash:016x}.json\",
    json: include_str!(concat!(env!(\"OUT_DIR\"), \"/{file}.json\")),
    list: &{texts:?},
}};
"
    )
}

/// What is to be found by language.
pub fn lookup(languages: &[Language]) -> Result<String> {
    let (mut texts, mut rules) = (String::new(), String::new());
    for Language { variant, icu, units, .. } in languages {
        let (one, [separator, point]) = (rules::singular(icu)?, rules::marks(icu)?);
        texts.push_str(&format!("Language::{variant} => &{}, ", variant.to_uppercase()));
        rules.push_str(&format!(
            "Language::{variant} => crate::language::Rules {{ one: &{one:?}, separator: {separator:?}, \
             point: {point:?}, units: {units:?} }}, "
        ));
    }
    Ok(format!(
        "use domain::language::Language;
#[cfg(feature = \"ssr\")]
pub fn of(language: Language) -> &'static crate::language::Texts {{ match language {{ {texts}}} }}
pub const fn rules(language: Language) -> crate::language::Rules {{ match language {{ {rules}}} }}
"
    ))
}

/// FNV-1a, 64 bits: a file's name must change with its contents, and with nothing else.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
