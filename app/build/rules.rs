//! What ICU4X knows of a language (Unicode's CLDR), worked out once, when the product is built: so the browser
//! loads the results and not the library.

use icu_datetime::DateTimeFormatter;
use icu_datetime::fieldsets::YMD;
use icu_datetime::input::Date;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

use crate::Result;

/// The group of the texts that [`dates`] makes.
pub const DATES: &str = "date";
/// Numbers that people are told stay below it, or read like others above.
const LOOKED_AT: u64 = 10_000;

/// The numbers that take the singular. Every other one takes the plural.
pub fn singular(icu: &str) -> Result<Vec<u64>> {
    let locale: Locale = icu.parse()?;
    let rules = PluralRules::try_new_cardinal(locale.into())?;
    let mut one = Vec::new();
    for number in 0..LOOKED_AT {
        match rules.category_for(number) {
            PluralCategory::One => one.push(number),
            PluralCategory::Other => {}
            more => return Err(format!("{icu} has the form {more:?} for {number}, and we have only two").into()),
        }
    }
    Ok(one)
}

/// What stands between the thousands, and before the tenths.
pub fn marks(icu: &str) -> Result<[char; 2]> {
    let locale: Locale = icu.parse()?;
    let formatter = DecimalFormatter::try_new(locale.into(), Default::default())?;
    let mut number = Decimal::from(12_345);
    number.multiply_pow10(-1);
    let formatted = formatter.format(&number).to_string();
    match formatted.chars().collect::<Vec<_>>()[..] {
        ['1', separator, '2', '3', '4', point, '5'] => Ok([separator, point]),
        _ => Err(format!("{icu} writes 1234.5 as {formatted}").into()),
    }
}

/// How a date of each month is written in full: `m01` to `m12`, with places for day and year.
pub fn dates(icu: &str) -> Result<Vec<(String, String)>> {
    let locale: Locale = icu.parse()?;
    let formatter = DateTimeFormatter::try_new(locale.into(), YMD::long())?;
    let pattern = |month: u8| -> Result<(String, String)> {
        let date = formatter.format(&Date::try_new_iso(3333, month, 22)?).to_string();
        let pattern = date.replacen("3333", "{{ year }}", 1).replacen("22", "{{ day }}", 1);
        Ok((format!("m{month:02}"), pattern))
    };
    (1..=12).map(pattern).collect()
}
