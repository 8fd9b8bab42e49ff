//! Addresses, passwords, and the mails about them.

use backend::service::Error;
use backend::service::client::Network;
use backend::service::people::{self, address, password};
use chrono::TimeDelta;
use domain::language::Language;
use domain::mail::LinkProblem;
use secrecy::{ExposeSecret, SecretString};

use crate::on_both;
use crate::world::{World, client};

const ANN: &str = "ann@example.com";

/// Somebody whose address is known to be theirs.
async fn confirmed(w: &World, email: &str) -> people::Signed {
    let signed = w.sign_up(email).await;
    address::confirm(&w.s, &w.mail(email).await.link).await.unwrap();
    signed
}

async fn forget(w: &World, email: &str) {
    password::forgot(&w.s, email, &Network::unknown(), Language::Ko).await.unwrap();
}

async fn logs_in(w: &World, email: &str, password: &str) -> bool {
    people::log_in(&w.s, email, password, client()).await.is_ok()
}

fn problem<T: std::fmt::Debug>(result: Result<T, Error>) -> LinkProblem {
    match result {
        Err(Error::Link(problem)) => problem,
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn an_address_is_confirmed_by_the_link_that_went_there(w) {
        w.sign_up(ANN).await;
        let mail = w.mail(ANN).await;
        assert!(mail.letter.starts_with("Confirm"), "{}", mail.letter);
        assert_eq!(mail.language, "en");
        assert_eq!(address::behind(&w.s, &mail.link).await.unwrap(), ANN);
        address::confirm(&w.s, &mail.link).await.unwrap();
        assert_eq!(problem(address::confirm(&w.s, &mail.link).await), LinkProblem::Used);
        assert_eq!(problem(password::behind(&w.s, &mail.link).await), LinkProblem::Unknown);
        let cut: SecretString = mail.link.expose_secret()[1..].to_owned().into();
        assert_eq!(problem(address::confirm(&w.s, &cut).await), LinkProblem::Unknown);
        assert!(w.mails(ANN).await.is_empty(), "sent once");
    }

    async fn a_link_is_good_for_a_while(w) {
        w.sign_up(ANN).await;
        let link = w.mail(ANN).await.link;
        assert!(address::behind(&w.later(TimeDelta::days(6)), &link).await.is_ok());
        assert_eq!(problem(address::confirm(&w.later(TimeDelta::days(7)), &link).await), LinkProblem::Expired);
    }

    async fn whoever_forgot_the_password_gets_back_in(w) {
        let ann = w.sign_up(ANN).await;
        w.mails(ANN).await;
        forget(&w, " ANN@example.com").await;
        let mail = w.mail(ANN).await;
        assert!(mail.letter.starts_with("Reset"), "{}", mail.letter);
        assert_eq!(mail.language, "en", "in the person's language, not in that of whoever asks");
        assert!(logs_in(&w, ANN, "correct horse").await, "nothing has changed yet");
        let session = password::reset(&w.s, &mail.link, "battery staple", client()).await.unwrap();
        let again = w.signed(&session).await;
        assert_eq!(again.me.id, ann.me.id);
        assert!(!people::goes_on(&w.s, ann.session).await.unwrap(), "every other browser is signed out");
        assert!(!logs_in(&w, ANN, "correct horse").await && logs_in(&w, ANN, "battery staple").await);
        assert_eq!(problem(password::reset(&w.s, &mail.link, "battery staple", client()).await), LinkProblem::Used);
        assert_eq!(w.mail(ANN).await.letter, "PasswordChanged", "the address is confirmed by it");
    }

    async fn nobody_learns_from_a_forgotten_password_who_is_here(w) {
        forget(&w, "nobody@example.com").await;
        assert!(w.mails("nobody@example.com").await.is_empty());
        let too_short = password::reset(&w.s, &"x".to_owned().into(), "short", client()).await;
        assert!(matches!(too_short, Err(Error::BadPassword(_))));
        assert!(matches!(
            password::forgot(&w.s, "nobody", &Network::unknown(), Language::En).await,
            Err(Error::BadEmail(_))
        ));
    }

    async fn one_address_gets_so_many_mails_and_no_more(w) {
        confirmed(&w, ANN).await;
        for _ in 0..9 {
            forget(&w, ANN).await;
            w.work().await;
        }
        // The first was the one to confirm it.
        assert_eq!(w.mails(ANN).await.len(), 4);
    }

    async fn an_address_that_is_somebodys_is_told_by_mail_alone(w) {
        let ann = confirmed(&w, ANN).await;
        let theirs = crate::people::from("203.0.113.7");
        let eve = people::sign_up(&w.s, ANN, "another password", &theirs).await.unwrap();
        let eve = w.signed(&eve).await;
        assert_ne!(ann.me.id, eve.me.id);
        assert_eq!(w.mail(ANN).await.letter, "HereAlready");
        assert!(eve.me.name_is_private);
        // Both can log in with what they typed, so that neither learns of the other.
        assert!(logs_in(&w, ANN, "correct horse").await && logs_in(&w, ANN, "another password").await);
        assert!(!logs_in(&w, ANN, "wrong password").await);
        // Whoever reads the mails is whom it belongs to.
        forget(&w, ANN).await;
        let session = password::reset(&w.s, &w.mail(ANN).await.link, "battery staple", client()).await.unwrap();
        assert_eq!(w.signed(&session).await.me.id, ann.me.id);
    }

    async fn signing_up_twice_is_logging_in(w) {
        let ann = w.sign_up(ANN).await;
        assert_eq!(w.sign_up(ANN).await.me.id, ann.me.id);
        assert_eq!(w.mails(ANN).await.len(), 1);
        let third = people::sign_up(&w.s, ANN, "a third password", client()).await;
        assert!(matches!(third, Err(Error::TooMany { .. })), "{third:?}");
    }

    async fn whoever_reads_the_mails_takes_the_address_from_whoever_only_typed_it(w) {
        let squatter = w.sign_up(ANN).await;
        w.mails(ANN).await;
        let other = crate::people::from("203.0.113.7");
        let ann = people::sign_up(&w.s, ANN, "battery staple", &other).await.unwrap();
        let ann = w.signed(&ann).await;
        address::confirm(&w.s, &w.mail(ANN).await.link).await.unwrap();
        forget(&w, ANN).await;
        let session = password::reset(&w.s, &w.mail(ANN).await.link, "a new password", client()).await.unwrap();
        assert_eq!(w.signed(&session).await.me.id, ann.me.id);
        assert_ne!(squatter.me.id, ann.me.id);
    }

    async fn both_addresses_are_told_of_a_change(w) {
        let ann = confirmed(&w, ANN).await;
        let wrong = address::change(&w.s, &ann, "new@example.com", "wrong password", client()).await;
        assert!(matches!(wrong, Err(Error::WrongPassword)));
        address::change(&w.s, &ann, "new@example.com", "correct horse", client()).await.unwrap();
        assert!(logs_in(&w, ANN, "correct horse").await, "until the mail is opened");
        address::confirm(&w.s, &w.mail("new@example.com").await.link).await.unwrap();
        assert!(!logs_in(&w, ANN, "correct horse").await && logs_in(&w, "new@example.com", "correct horse").await);
        for address in [ANN, "new@example.com"] {
            assert!(w.mail(address).await.letter.starts_with("AddressChanged"), "{address}");
        }
        let settings = people::settings::view(&w.s, &ann).await.unwrap();
        let address = settings.address.unwrap();
        assert!(address.is_confirmed && address.email == "new@example.com" && address.wanted.is_none());
    }

    async fn a_new_password_takes_back_a_change_of_address(w) {
        let ann = confirmed(&w, ANN).await;
        address::change(&w.s, &ann, "eve@example.com", "correct horse", client()).await.unwrap();
        let taking = w.mail("eve@example.com").await.link;
        forget(&w, ANN).await;
        password::reset(&w.s, &w.mail(ANN).await.link, "battery staple", client()).await.unwrap();
        assert_eq!(problem(address::confirm(&w.s, &taking).await), LinkProblem::Used);
        assert!(logs_in(&w, ANN, "battery staple").await);
    }

    async fn an_address_of_somebody_else_is_not_given_away(w) {
        confirmed(&w, ANN).await;
        let eve = w.sign_up("eve@example.com").await;
        let asked = address::change(&w.s, &eve, ANN, "correct horse", client()).await;
        assert!(asked.is_ok(), "as for an address that nobody has");
        assert_eq!(w.mail(ANN).await.letter, "HereAlready");
    }

    async fn a_change_of_password_signs_the_others_out(w) {
        let ann = confirmed(&w, ANN).await;
        let phone = people::log_in(&w.s, ANN, "correct horse", client()).await.unwrap();
        let phone = w.signed(&phone).await;
        let wrong = password::change(&w.s, &ann, "wrong password", "battery staple", client()).await;
        assert!(matches!(wrong, Err(Error::WrongPassword)));
        password::change(&w.s, &ann, "correct horse", "battery staple", client()).await.unwrap();
        assert!(people::goes_on(&w.s, ann.session).await.unwrap());
        assert!(!people::goes_on(&w.s, phone.session).await.unwrap());
        assert_eq!(w.mail(ANN).await.letter, "PasswordChanged");
    }

    async fn a_mail_is_written_with_what_causes_it_and_sent_once(w) {
        w.sign_up(ANN).await;
        w.mails(ANN).await;
        w.test_db.execute("DELETE FROM job").await.unwrap();
        backend::job::begin(&w.s).await.unwrap();
        assert!(w.mails(ANN).await.is_empty(), "what was sent is not sent again by the sweep");
        w.test_db.execute("UPDATE mail SET sent_at = NULL").await.unwrap();
        w.test_db.execute("DELETE FROM job").await.unwrap();
        backend::job::begin(&w.s).await.unwrap();
        assert_eq!(w.mails(ANN).await.len(), 1, "what lost its job has it again");
    }
}
