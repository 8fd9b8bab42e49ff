//! Signing up, logging in and out.

use backend::service::{Error, people};

use crate::on_both;

on_both! {
    async fn sign_up_log_in_log_out(w) {
        let ann = w.sign_up("Ann@Example.com ").await;
        assert_eq!(ann.me.name, "ann@example.com");
        let again = people::sign_up(&w.s, "ann@example.com", "another password", "test").await;
        assert!(matches!(again, Err(Error::EmailTaken)));
        let session = people::log_in(&w.s, "ann@example.com", "correct horse", "phone").await.unwrap();
        let phone = w.signed(&session).await;
        assert_eq!(people::sessions(&w.s, &phone).await.unwrap().len(), 2);
        people::log_out(&w.s, &phone).await.unwrap();
        assert!(people::current(&w.s, &session.secret).await.unwrap().is_none());
        assert_eq!(people::sessions(&w.s, &ann).await.unwrap().len(), 1);
    }

    async fn nobody_learns_which_addresses_exist(w) {
        w.sign_up("ann@example.com").await;
        for (email, password) in [("ann@example.com", "wrong password"), ("bob@example.com", "correct horse")] {
            let refused = people::log_in(&w.s, email, password, "test").await;
            assert!(matches!(refused, Err(Error::WrongCredentials)));
        }
    }

    async fn guessing_is_slowed_down_and_the_pause_is_told(w) {
        for _ in 0..10 {
            let refused = people::log_in(&w.s, "ann@example.com", "wrong password", "test").await;
            assert!(matches!(refused, Err(Error::WrongCredentials)));
        }
        let refused = people::log_in(&w.s, "ann@example.com", "wrong password", "test").await;
        assert!(matches!(refused, Err(Error::TooMany { seconds: 1..=60 })), "{refused:?}");
    }

    async fn somebody_elses_session_cannot_be_ended(w) {
        let ann = w.sign_up("ann@example.com").await;
        let eve = w.sign_up("eve@example.com").await;
        assert!(matches!(people::revoke(&w.s, &eve, ann.session).await, Err(Error::NotFound)));
        assert_eq!(people::sessions(&w.s, &ann).await.unwrap().len(), 1);
    }
}
