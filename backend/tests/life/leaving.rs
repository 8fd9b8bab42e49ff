//! Deleting oneself, other ways to log in, and what one has set.

use backend::service::Error;
use backend::service::flow::{Outcome, Place, Trouble};
use backend::service::people::{self, address, leaving, logins, settings, staff};
use chrono::TimeDelta;
use domain::authorization::Intent;
use domain::form::Draft;
use domain::language::Language;
use domain::platform::Platform;

use crate::on_both;
use crate::world::{Trip, World, client, trouble};

const ANN: &str = "ann@example.com";

async fn swept(w: &World, days: i64) {
    let later = w.later(TimeDelta::days(days));
    w.test_db.execute("DELETE FROM job").await.unwrap();
    backend::job::begin(&later).await.unwrap();
    backend::job::worker(later, 1).drain().await.unwrap();
}

on_both! {
    async fn somebody_leaves_after_seven_days_with_what_nobody_else_looks_after(w) {
        let ann = w.sign_up(ANN).await;
        address::confirm(&w.s, &w.mail(ANN).await.link).await.unwrap();
        let connect = |who| Trip { who, intent: Intent::Connect, signed: Some(&ann), ..Trip::default() };
        w.trip(connect("paul")).await;
        w.trip(connect("seoul.bakery")).await;
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let lost = settings::view(&w.s, &ann).await.unwrap().alone;
        assert_eq!((lost.count, lost.names), (1, vec!["seoul.bakery".to_owned()]));

        let wrong = leaving::plan(&w.s, &ann, "wrong password", client()).await;
        assert!(matches!(wrong, Err(Error::WrongPassword)));
        leaving::plan(&w.s, &ann, "correct horse", client()).await.unwrap();
        assert!(w.mail(ANN).await.letter.starts_with("Leaving"));
        swept(&w, 6).await;
        assert_eq!(w.accounts(&ann).await.len(), 2, "everything works until then");
        swept(&w, 8).await;
        assert!(people::log_in(&w.s, ANN, "correct horse", client()).await.is_err());
        assert_eq!(w.mail(ANN).await.letter, "Gone");
        assert_eq!(w.accounts(&paul).await.len(), 1, "what others look after stays");
        let rest = w.test_db.count("account").await.unwrap();
        assert_eq!(rest, 1);
    }

    async fn somebody_changes_their_mind(w) {
        let ann = w.sign_up(ANN).await;
        leaving::plan(&w.s, &ann, "correct horse", client()).await.unwrap();
        assert!(settings::view(&w.s, &ann).await.unwrap().leaving_at.is_some());
        leaving::stay(&w.s, &ann).await.unwrap();
        swept(&w, 8).await;
        assert!(people::log_in(&w.s, ANN, "correct horse", client()).await.is_ok());
    }

    async fn one_way_in_always_stays(w) {
        let ann = w.sign_up(ANN).await;
        assert!(matches!(logins::forget_email(&w.s, &ann).await, Err(Error::LastLogin)));
        let added = w.trip(Trip { intent: Intent::Link, signed: Some(&ann), ..Trip::default() }).await;
        assert!(matches!(added.outcome, Outcome::Arrived { place: Place::Settings, .. }), "{:?}", added.outcome);
        assert!(added.session.is_none());
        // The same person from now on, whichever way they come.
        let again = w.sign_in(Platform::Instagram, "paul").await;
        assert_eq!((again.me.id, again.me.name.as_str()), (ann.me.id, ANN));
        assert_eq!(w.accounts(&ann).await.len(), 1);
        logins::forget_email(&w.s, &ann).await.unwrap();
        assert!(people::log_in(&w.s, ANN, "correct horse", client()).await.is_err());
        assert_eq!(w.sign_in(Platform::Instagram, "paul").await.me.name, "@paul");
        assert!(matches!(logins::unlink(&w.s, &ann, Platform::Instagram).await, Err(Error::LastLogin)));
        assert!(matches!(logins::unlink(&w.s, &ann, Platform::Facebook).await, Err(Error::NotFound)));
    }

    async fn a_first_address_is_added_with_a_password(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        address::change(&w.s, &paul, ANN, "correct horse", client()).await.unwrap();
        address::confirm(&w.s, &w.mail(ANN).await.link).await.unwrap();
        let session = people::log_in(&w.s, ANN, "correct horse", client()).await.unwrap();
        assert_eq!(w.signed(&session).await.me.id, paul.me.id);
        logins::unlink(&w.s, &paul, Platform::Instagram).await.unwrap();
        assert_eq!(w.accounts(&paul).await.len(), 1, "the account stays connected");
    }

    async fn nobody_takes_a_login_from_somebody_else(w) {
        w.sign_in(Platform::Instagram, "paul").await;
        let ann = w.sign_up(ANN).await;
        let refused = w.trip(Trip { intent: Intent::Link, signed: Some(&ann), ..Trip::default() }).await;
        assert_eq!(*trouble(&refused), Trouble::LoginTaken);
        assert!(w.accounts(&ann).await.is_empty(), "nothing was written");
    }

    async fn what_somebody_chose_stays_whatever_meta_calls_them(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let chosen = [("name", "Paul P."), ("language", "ko"), ("time_zone", "Asia/Seoul")];
        let draft = Draft(chosen.map(|(field, text)| (field.to_owned(), text.to_owned())).into());
        settings::save(&w.s, &paul, &draft).await.unwrap();
        let again = w.sign_in(Platform::Instagram, "paul").await;
        assert_eq!(again.me.name, "Paul P.");
        assert_eq!(again.profile.language, Some(Language::Ko));
        settings::speak(&w.s, &again, Language::PtBr).await.unwrap();
        let view = settings::view(&w.s, &again).await.unwrap();
        assert_eq!(view.profile.language, Some(Language::PtBr));
        assert_eq!(view.profile.time_zone.as_deref(), Some("Asia/Seoul"));
        assert_eq!(view.usual_name, "@paul");
    }

    async fn the_archive_holds_everything_but_secrets(w) {
        let paul = w.sign_in(Platform::Instagram, "paul").await;
        let archive = settings::archive(&w.s, &paul).await.unwrap();
        assert_eq!(archive["accounts"][0]["username"], "paul");
        assert_eq!(archive["logins"][0]["platform"], "instagram");
        assert!(!archive["accounts"][0]["token_history"].as_array().unwrap().is_empty());
        let text = archive.to_string();
        assert!(!text.contains("IGAA") && !text.contains("sealed") && !text.contains("hash"), "{text}");
    }

    async fn staff_is_whose_address_is_confirmed(w) {
        w.sign_up(ANN).await;
        assert!(matches!(staff::set(&w.s, ANN, true).await, Err(Error::NotFound)));
        address::confirm(&w.s, &w.mail(ANN).await.link).await.unwrap();
        staff::set(&w.s, "Ann@example.com", true).await.unwrap();
        let session = people::log_in(&w.s, ANN, "correct horse", client()).await.unwrap();
        let ann = w.signed(&session).await;
        assert!(settings::view(&w.s, &ann).await.unwrap().is_staff);
        staff::set(&w.s, ANN, false).await.unwrap();
        assert!(!settings::view(&w.s, &ann).await.unwrap().is_staff);
        assert!(matches!(staff::set(&w.s, "nobody@example.com", true).await, Err(Error::NotFound)));
    }
}
