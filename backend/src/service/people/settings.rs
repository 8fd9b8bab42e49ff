//! What people can see and set about themselves.

use std::collections::BTreeSet;

use chrono_tz::{TZ_VARIANTS, Tz};
use domain::form::{Draft, FieldProblem, Problem};
use domain::language::Language;
use domain::person::{Name, Profile, Theme};
use domain::platform::Platform;
use domain::view::{Address, Alone, Login, SettingsView};
use serde_json::{Value, json};
use strum::VariantArray as _;

use super::{Signed, sessions};
use crate::store::person::Person;
use crate::{Error, Services, store};

/// So many names that one sees what it is about.
const NAMED: usize = 5;
/// What one of the archive's parts has at most.
const MOST_TOLD: u64 = 10_000;

/// What somebody has set, and what they could.
///
/// # Errors
/// Only when the database fails.
pub async fn view(s: &Services, signed: &Signed) -> Result<SettingsView, Error> {
    let db = s.db.reader();
    let person = store::person::by_id(db, signed.me.id).await?.ok_or(Error::NotFound)?;
    let identities = store::identity::of_person(db, person.id).await?;
    let ways = identities.len() + usize::from(person.logs_in_by_email());
    let logins: Vec<_> =
        identities.into_iter().map(|(platform, since)| Login { platform, since, can_go: ways > 1 }).collect();
    let here = |platform: &Platform| s.meta.of(*platform).is_ok();
    let missing = |platform: &Platform| !logins.iter().any(|login| login.platform == *platform);
    let can_add = Platform::ALL.into_iter().filter(here).filter(missing).collect();
    Ok(SettingsView {
        usual_name: person.usual_name.clone(),
        is_staff: person.is_staff,
        zones: TZ_VARIANTS.iter().map(|zone| zone.name().to_owned()).collect(),
        address: address(&person),
        can_add,
        logins,
        leaving_at: person.leaving_at,
        alone: alone(s, &person).await?,
        profile: person.profile,
    })
}

fn address(person: &Person) -> Option<Address> {
    person.password_hash.as_ref()?;
    let email = person.address()?.to_owned();
    let wanted = person.wanted_email.clone().filter(|wanted| *wanted != email);
    Some(Address { email, is_confirmed: person.email_is_confirmed, wanted })
}

async fn alone(s: &Services, person: &Person) -> Result<Alone, Error> {
    let ids = store::membership::only_of(s.db.reader(), person.id).await?;
    let count = ids.len() as u64;
    let some: BTreeSet<_> = ids.into_iter().take(NAMED).collect();
    let accounts = store::account::with_their_tokens(s.db.reader(), &some).await?;
    let mut names: Vec<_> = accounts.into_values().map(|(account, _)| account.username).collect();
    names.sort();
    Ok(Alone { count, names })
}

/// Keeps what somebody has chosen for themselves.
///
/// # Errors
/// [`Error::Settings`] with everything that is wrong.
pub async fn save(s: &Services, signed: &Signed, draft: &Draft) -> Result<Profile, Error> {
    let profile = read(draft).map_err(Error::Settings)?;
    keep(s, signed, &profile).await?;
    Ok(profile)
}

fn read(draft: &Draft) -> Result<Profile, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let text = |field: &str| Some(draft.get(field).trim()).filter(|text| !text.is_empty());
    let name = text("name").and_then(|name| {
        Name::parse(name).map_err(|error| problems.push(FieldProblem::of("name", Problem::Name(error)))).ok()
    });
    let mut unknown = |field: &str, choices: Vec<String>| {
        problems.push(FieldProblem::of(field, Problem::UnknownChoice { choices }));
    };
    let language = text("language").and_then(|word| {
        let choices = || Language::VARIANTS.iter().map(|language| language.tag().to_lowercase()).collect();
        word.parse::<Language>().map_err(|_| unknown("language", choices())).ok()
    });
    let theme = text("theme").and_then(|word| word.parse::<Theme>().map_err(|_| unknown("theme", Vec::new())).ok());
    let time_zone = text("time_zone").and_then(|zone| {
        zone.parse::<Tz>().map(|zone| zone.name().to_owned()).map_err(|_| unknown("time_zone", Vec::new())).ok()
    });
    if problems.is_empty() { Ok(Profile { name, language, time_zone, theme }) } else { Err(problems) }
}

/// Chooses a language, as the switch on every page does.
///
/// # Errors
/// Only when the database fails.
pub async fn speak(s: &Services, signed: &Signed, language: Language) -> Result<(), Error> {
    keep(s, signed, &Profile { language: Some(language), ..signed.profile.clone() }).await
}

/// Chooses how pages look, as the switch on every page does.
///
/// # Errors
/// Only when the database fails.
pub async fn paint(s: &Services, signed: &Signed, theme: Theme) -> Result<(), Error> {
    keep(s, signed, &Profile { theme: Some(theme), ..signed.profile.clone() }).await
}

async fn keep(s: &Services, signed: &Signed, profile: &Profile) -> Result<(), Error> {
    let txn = s.db.begin_write().await?;
    store::person::set_profile(&txn, signed.me.id, profile).await?;
    txn.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Everything that is kept about somebody, without secrets: no token, no password.
///
/// # Errors
/// Only when the database fails.
pub async fn archive(s: &Services, signed: &Signed) -> Result<Value, Error> {
    let db = s.db.reader();
    let person = store::person::by_id(db, signed.me.id).await?.ok_or(Error::NotFound)?;
    let logins = store::identity::of_person(db, person.id).await?;
    let mut accounts = Vec::new();
    for account in store::account::of_member(db, person.id).await? {
        let widgets = store::widget::of_account(db, account.id).await?;
        let history = store::history::newest(db, account.token, MOST_TOLD).await?;
        accounts.push(json!({
            "id": account.id,
            "username": account.username,
            "name": account.name,
            "role": store::membership::role(db, person.id, account.id).await?,
            "widgets": widgets.iter().map(|widget| json!({ "id": widget.id, "settings": widget.settings })).collect::<Vec<_>>(),
            "token_history": history,
        }));
    }
    Ok(json!({
        "id": person.id,
        "name": person.name,
        "profile": person.profile,
        "email": person.email,
        "email_is_confirmed": person.email_is_confirmed,
        "wanted_email": person.wanted_email,
        "is_staff": person.is_staff,
        "leaving_at": person.leaving_at,
        "logins": logins.iter().map(|(platform, since)| json!({ "platform": platform, "since": since })).collect::<Vec<_>>(),
        "sessions": sessions::sessions(s, signed).await?,
        "accounts": accounts,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(pairs: &[(&str, &str)]) -> Draft {
        Draft(pairs.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect())
    }

    #[test]
    fn what_is_left_open_is_as_usual() {
        assert_eq!(read(&draft(&[])), Ok(Profile::default()));
        assert_eq!(read(&draft(&[("name", "  "), ("language", ""), ("time_zone", " ")])), Ok(Profile::default()));
        let chosen =
            read(&draft(&[("name", "Ji-woo"), ("language", "ko"), ("time_zone", "asia/seoul"), ("theme", "dark")]));
        let name = Name::parse("Ji-woo").ok();
        let (language, theme) = (Some(Language::Ko), Some(Theme::Dark));
        assert_eq!(chosen.map_err(|_| ()), Err(()), "names of time zones are written as they are");
        let chosen =
            read(&draft(&[("name", "Ji-woo"), ("language", "ko"), ("time_zone", "Asia/Seoul"), ("theme", "dark")]));
        assert_eq!(chosen, Ok(Profile { name, language, time_zone: Some("Asia/Seoul".into()), theme }));
    }

    #[test]
    fn everything_that_is_wrong_is_named() {
        let wrong =
            read(&draft(&[("name", "\u{200b}"), ("language", "klingon"), ("time_zone", "Mars/Base"), ("theme", "x")]));
        let fields: Vec<_> = wrong.unwrap_err().into_iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["name", "language", "theme", "time_zone"]);
    }
}
