//! Signing up, logging in and out.

use std::net::IpAddr;

use argon2::Argon2;
use argon2::password_hash::PasswordHasher;
use backend::service::client::{Client, Network};
use backend::service::{Error, people};
use domain::language::Language;
use sea_orm::{ConnectionTrait, Database, Statement};

use crate::on_both;
use crate::world::World;
use crate::world::client;

/// `비밀번호를지켜라2026` and `josé@example.org`, composed and decomposed.
const COMPOSED: [&str; 2] =
    ["\u{be44}\u{bc00}\u{bc88}\u{d638}\u{b97c}\u{c9c0}\u{cf1c}\u{b77c}2026", "jos\u{e9}@example.org"];
const DECOMPOSED: [&str; 2] = [
    "\u{1107}\u{1175}\u{1106}\u{1175}\u{11af}\u{1107}\u{1165}\u{11ab}\u{1112}\u{1169}\u{1105}\u{1173}\u{11af}\u{110c}\u{1175}\u{110f}\u{1167}\u{1105}\u{1161}2026",
    "jose\u{301}@example.org",
];

pub fn from(network: &str) -> Client {
    Client::new("test", network.parse::<IpAddr>().unwrap().into(), None, Language::En)
}

/// All but one were taken, and for a long time none comes back.
async fn one_is_left(w: &World, bucket: &str) {
    let sql = "UPDATE bucket SET tokens = 1, updated_at = '2100-01-01 00:00:00.000000 +00:00' WHERE name = ";
    w.test_db.execute(&format!("{sql}'{bucket}'")).await.unwrap();
}

/// Somebody whose row was written before anything was normalised.
async fn from_before(w: &World, [password, email]: [&str; 2]) {
    w.sign_up("old@example.com").await;
    let hash = Argon2::default().hash_password(password.as_bytes()).unwrap().to_string();
    let db = Database::connect(w.test_db.url.as_str()).await.unwrap();
    let sql = "UPDATE person SET email = $1, password_hash = $2 WHERE email = 'old@example.com'";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [email.into(), hash.into()]);
    assert_eq!(db.execute_raw(statement).await.unwrap().rows_affected(), 1);
    db.close().await.unwrap();
}

on_both! {
    async fn sign_up_log_in_log_out(w) {
        let ann = w.sign_up("Ann@Example.com ").await;
        assert_eq!(ann.me.name, "ann@example.com");
        let session = people::log_in(&w.s, "ann@example.com", "correct horse", client()).await.unwrap();
        let phone = w.signed(&session).await;
        assert_eq!(people::sessions(&w.s, &phone).await.unwrap().len(), 2);
        people::log_out(&w.s, &phone).await.unwrap();
        assert!(people::current(&w.s, &session.secret).await.unwrap().is_none());
        assert_eq!(people::sessions(&w.s, &ann).await.unwrap().len(), 1);
    }

    async fn nobody_learns_which_addresses_exist(w) {
        w.sign_up("ann@example.com").await;
        for (email, password) in [("ann@example.com", "wrong password"), ("bob@example.com", "correct horse")] {
            let refused = people::log_in(&w.s, email, password, client()).await;
            assert!(matches!(refused, Err(Error::WrongCredentials)));
        }
    }

    async fn another_keyboard_is_the_same_person(w) {
        for ([password, email], network) in [(COMPOSED, "203.0.113.7"), (DECOMPOSED, "198.51.100.1")] {
            let made = people::sign_up(&w.s, email, password, &from(network)).await.unwrap();
            let me = w.signed(&made).await.me.id;
            for [password, email] in [COMPOSED, DECOMPOSED, [COMPOSED[0], DECOMPOSED[1]], [DECOMPOSED[0], COMPOSED[1]]] {
                for session in [
                    people::log_in(&w.s, email, password, client()).await.unwrap(),
                    people::sign_up(&w.s, email, password, client()).await.unwrap(),
                ] {
                    assert_eq!(w.signed(&session).await.me.id, me);
                }
            }
            let db = Database::connect(w.test_db.url.as_str()).await.unwrap();
            db.execute_unprepared("DELETE FROM person").await.unwrap();
            db.close().await.unwrap();
        }
        // Five syllables are five characters however they are typed.
        for short in ["\u{ac00}\u{b098}\u{b2e4}\u{b77c}\u{b9c8}", "\u{1100}\u{1161}\u{1102}\u{1161}\u{1103}\u{1161}\u{1105}\u{1161}\u{1106}\u{1161}"] {
            let refused = people::sign_up(&w.s, "short@example.org", short, client()).await;
            assert!(matches!(refused, Err(Error::BadPassword(_))), "{refused:?}");
        }
    }

    async fn whoever_signed_up_before_texts_were_normalised_still_can_log_in(w) {
        from_before(&w, DECOMPOSED).await;
        // The old hash fits as it was typed then; from that login on it fits however it is typed.
        let log_in = |[password, email]: [&'static str; 2]| people::log_in(&w.s, email, password, client());
        assert!(matches!(log_in([COMPOSED[0], DECOMPOSED[1]]).await, Err(Error::WrongCredentials)));
        log_in([DECOMPOSED[0], COMPOSED[1]]).await.unwrap();
        log_in(COMPOSED).await.unwrap();
        log_in(DECOMPOSED).await.unwrap();
        assert!(matches!(log_in(["wrong pa\u{300}ssword", COMPOSED[1]]).await, Err(Error::WrongCredentials)));
    }

    async fn one_network_may_not_try_everybody(w) {
        let (theirs, mine) = (from("203.0.113.7"), from("198.51.100.1"));
        w.sign_up("ann@example.com").await;
        let guess = async |n: u32| people::log_in(&w.s, &format!("{n}@example.com"), "wrong password", &theirs).await;
        assert!(matches!(guess(1).await, Err(Error::WrongCredentials)));
        one_is_left(&w, "login-from:203.0.113.7").await;
        assert!(matches!(guess(2).await, Err(Error::WrongCredentials)));
        assert!(matches!(guess(3).await, Err(Error::TooMany { seconds: 5 })));
        let refused = people::log_in(&w.s, "ann@example.com", "correct horse", &theirs).await;
        assert!(matches!(refused, Err(Error::TooMany { .. })), "{refused:?}");
        people::log_in(&w.s, "ann@example.com", "correct horse", &mine).await.unwrap();
    }

    async fn nobody_keeps_somebody_else_out_by_failing_in_their_name(w) {
        w.sign_up("ann@example.com").await;
        for _ in 0..15 {
            let _refused = people::log_in(&w.s, "ann@example.com", "wrong password", &from("203.0.113.7")).await;
        }
        people::log_in(&w.s, "ann@example.com", "correct horse", &from("198.51.100.1")).await.unwrap();
    }

    async fn a_right_password_counts_as_no_try(w) {
        w.sign_up("ann@example.com").await;
        for _ in 0..12 {
            people::log_in(&w.s, "ann@example.com", "correct horse", client()).await.unwrap();
        }
    }

    async fn new_people_from_one_network_are_limited(w) {
        let sign_up = async |n: u32, network| {
            people::sign_up(&w.s, &format!("{n}@example.com"), "correct horse", &from(network)).await
        };
        sign_up(1, "203.0.113.7").await.unwrap();
        one_is_left(&w, "sign-up-from:203.0.113.7").await;
        sign_up(2, "203.0.113.7").await.unwrap();
        assert!(matches!(sign_up(3, "203.0.113.7").await, Err(Error::TooMany { seconds: 60 })));
        sign_up(3, "198.51.100.1").await.unwrap();
    }

    async fn a_browser_has_one_session(w) {
        let first = w.sign_up("ann@example.com").await;
        let same = Client::new("test", Network::unknown(), Some(first.session), Language::En);
        let session = people::log_in(&w.s, "ann@example.com", "correct horse", &same).await.unwrap();
        let second = w.signed(&session).await;
        let sessions = people::sessions(&w.s, &second).await.unwrap();
        assert_eq!(sessions.iter().map(|session| session.id).collect::<Vec<_>>(), [second.session]);
        assert!(!people::goes_on(&w.s, first.session).await.unwrap());
    }

    async fn guessing_is_slowed_down_and_the_pause_is_told(w) {
        for _ in 0..10 {
            let refused = people::log_in(&w.s, "ann@example.com", "wrong password", client()).await;
            assert!(matches!(refused, Err(Error::WrongCredentials)));
        }
        let refused = people::log_in(&w.s, "ann@example.com", "wrong password", client()).await;
        assert!(matches!(refused, Err(Error::TooMany { seconds: 1..=60 })), "{refused:?}");
    }

    async fn somebody_elses_session_cannot_be_ended(w) {
        let ann = w.sign_up("ann@example.com").await;
        let eve = w.sign_up("eve@example.com").await;
        assert!(matches!(people::revoke(&w.s, &eve, ann.session).await, Err(Error::NotFound)));
        assert_eq!(people::sessions(&w.s, &ann).await.unwrap().len(), 1);
    }
}
