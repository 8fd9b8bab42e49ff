//! Turns `locales/*.json` into `texts.rs`: a module for each key, so that a missing key or value does not compile,
//! and for the server the texts themselves. A browser loads those of its one language as a file: an array, in the
//! order of the keys.

#[path = "build/code.rs"]
mod code;
#[path = "build/locale.rs"]
mod locale;
#[path = "build/rules.rs"]
mod rules;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use locale::Locale;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A language: the name of its file, its name in `domain::language`, where ICU looks its rules up, and the numbers
/// that it counts large ones in.
struct Language {
    file: &'static str,
    variant: &'static str,
    icu: &'static str,
    units: [u64; 2],
}

const THOUSANDS: [u64; 2] = [1_000, 1_000_000];
const MYRIADS: [u64; 2] = [10_000, 100_000_000];

/// The first one has every key; the others are held against it.
const LANGUAGES: [Language; 3] = [
    // Dates as the world writes them in English: the day before the month.
    Language { file: "en", variant: "En", icu: "en-GB", units: THOUSANDS },
    Language { file: "ko", variant: "Ko", icu: "ko-KR", units: MYRIADS },
    Language { file: "pt-br", variant: "PtBr", icu: "pt-BR", units: THOUSANDS },
];

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=build");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    let mut locales = Vec::new();
    for language in &LANGUAGES {
        let mut locale = Locale::read(&Path::new("locales").join(format!("{}.json", language.file)))?;
        locale.add(rules::DATES, rules::dates(language.icu)?);
        locales.push((language, locale));
    }
    let [(_, english), others @ ..] = &locales[..] else { return Err("there is no language".into()) };
    for (language, locale) in others {
        locale.equals(english).map_err(|error| format!("locales/{}.json: {error}", language.file))?;
    }
    let mut code = code::modules(english)?;
    for (language, locale) in &locales {
        let json = serde_json::to_string(&locale.of_browser())?;
        code.push_str(&code::table(language, &locale.list(), &json));
        fs::write(out.join(format!("{}.json", language.file)), json)?;
    }
    code.push_str(&code::lookup(&LANGUAGES)?);
    fs::write(out.join("texts.rs"), code)?;
    Ok(())
}
