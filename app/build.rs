//! Turns `locales/*.json` into the module `i18n`; a missing key does not compile.

use std::error::Error;
use std::path::PathBuf;

use leptos_i18n_build::options::CodegenOptions;
use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};

fn main() -> Result<(), Box<dyn Error>> {
    let translations =
        TranslationsInfos::parse(Config::new("en")?.parse_options(ParseOptions::new().interpolate_display(true)))?;
    translations.emit_diagnostics();
    translations.rerun_if_locales_changed();

    let attributes = r#"#![expect(dead_code, unused_imports, clippy::expect_used, reason = "generated")]"#;
    let options = CodegenOptions::new().top_level_attributes(Some(attributes.parse()?)).gen_docs(false);
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?).join("i18n");
    translations.generate_i18n_module_with_options(folder, options)?;
    Ok(())
}
