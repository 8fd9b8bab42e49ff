//! People, identities and sessions.

use chrono::TimeDelta;
use domain::id::{AppScopedId, PersonId, SessionId};
use domain::language::Language;
use domain::person::Email;
use domain::platform::Platform;

use super::support::{noon, person};
use crate::store::{Error, identity, person as people, session};
use crate::{on_both, random};

on_both! {
    async fn a_person_is_found_by_the_e_mail_address_which_is_unique(test: TestDb) {
        let ann = PersonId(random::new_id());
        let email = Email::parse("Ann@example.com").unwrap();
        let txn = test.db.begin_write().await.unwrap();
        people::sign_up(&txn, ann, (&email, true), "hash", Language::En, noon()).await.unwrap();
        txn.commit().await.unwrap();
        let found = people::by_email(test.db.reader(), &email).await.unwrap().unwrap();
        assert_eq!((found.id, found.password_hash.as_deref()), (ann, Some("hash")));

        let txn = test.db.begin_write().await.unwrap();
        let again = people::sign_up(&txn, PersonId(random::new_id()), (&email, true), "x", Language::En, noon()).await;
        assert!(matches!(again, Err(Error::Duplicate)), "{again:?}");
        drop(txn);

        // Any number of people may have none.
        person(&test.db, "Ben").await;
        person(&test.db, "Cid").await;
        assert!(people::by_email(test.db.reader(), &Email::parse("ben@example.com").unwrap()).await.unwrap().is_none());
    }

    async fn an_identity_belongs_to_one_person(test: TestDb) {
        let ann = person(&test.db, "Ann").await;
        let ben = person(&test.db, "Ben").await;
        let user = AppScopedId("9007199254740993".into());
        let txn = test.db.begin_write().await.unwrap();
        identity::link(&txn, Platform::Instagram, &user, ann, noon()).await.unwrap();
        identity::link(&txn, Platform::Facebook, &user, ben, noon()).await.unwrap();
        txn.commit().await.unwrap();
        let who = async |platform| identity::person(test.db.reader(), platform, &user).await.unwrap();
        assert_eq!(who(Platform::Instagram).await, Some(ann));
        assert_eq!(who(Platform::Facebook).await, Some(ben));
        let txn = test.db.begin_write().await.unwrap();
        let stolen = identity::link(&txn, Platform::Instagram, &user, ben, noon()).await;
        assert!(matches!(stolen, Err(Error::Duplicate)));
    }

    async fn a_session_is_found_by_its_secret_with_whose_it_is(test: TestDb) {
        let ann = PersonId(random::new_id());
        let email = Email::parse("ann@example.com").unwrap();
        let ben = person(&test.db, "@ben").await;
        let ids = [SessionId(random::new_id()), SessionId(random::new_id())];
        let txn = test.db.begin_write().await.unwrap();
        people::sign_up(&txn, ann, (&email, true), "hash", Language::En, noon()).await.unwrap();
        // One person, with a password and a login at Meta.
        identity::link(&txn, Platform::Instagram, &AppScopedId("1".into()), ann, noon()).await.unwrap();
        identity::link(&txn, Platform::Facebook, &AppScopedId("2".into()), ben, noon()).await.unwrap();
        session::insert(&txn, ids[0], "a", ann, "Firefox", noon()).await.unwrap();
        session::insert(&txn, ids[1], "b", ben, "Chromium", noon()).await.unwrap();
        txn.commit().await.unwrap();

        let by = async |secret| session::by_secret(test.db.reader(), secret).await.unwrap();
        let found = by("a").await.unwrap();
        assert_eq!((found.session.id, found.session.person, found.person.id), (ids[0], ann, ann));
        assert_eq!(found.platforms, [Platform::Instagram]);
        assert!(found.person.password_hash.is_some() && found.person.name_is_private());
        let found = by("b").await.unwrap();
        assert_eq!((found.person.name.as_str(), &found.platforms[..]), ("@ben", &[Platform::Facebook][..]));
        assert!(by("c").await.is_none() && !found.person.name_is_private());

        let mut txn = test.db.begin_write().await.unwrap();
        assert!(!session::delete_of_person(&txn, ann, ids[1]).await.unwrap(), "not somebody else's");
        assert!(session::delete_of_person(&txn, ben, ids[1]).await.unwrap());
        txn.commit().await.unwrap();
        assert!(by("b").await.is_none());
        txn = test.db.begin_write().await.unwrap();
        let twice = session::insert(&txn, ids[1], "a", ben, "", noon()).await;
        assert!(matches!(twice, Err(Error::Duplicate)));
    }

    async fn the_last_use_moves_once_an_hour_and_old_sessions_go(test: TestDb) {
        let ann = person(&test.db, "Ann").await;
        let txn = test.db.begin_write().await.unwrap();
        for (secret, days) in [("old", 0), ("idle", 50), ("fresh", 90)] {
            let at = noon() + TimeDelta::days(days);
            session::insert(&txn, SessionId(random::new_id()), secret, ann, secret, at).await.unwrap();
        }
        txn.commit().await.unwrap();
        let of_ann = async || session::of_person(test.db.reader(), ann).await.unwrap();
        let devices = async || of_ann().await.into_iter().map(|row| row.device).collect::<Vec<_>>();
        assert_eq!(devices().await, ["fresh", "idle", "old"]);

        let old = of_ann().await.remove(2);
        session::touch(&test.db, &old, old.seen_at + TimeDelta::minutes(59)).await.unwrap();
        assert_eq!(of_ann().await.remove(2), old);
        let now = noon() + TimeDelta::days(91);
        session::touch(&test.db, &old, now).await.unwrap();
        assert_eq!(of_ann().await.remove(0).seen_at, now);

        assert_eq!(session::delete_unused(&test.db, now - TimeDelta::days(30), noon()).await.unwrap(), 1);
        assert_eq!(devices().await, ["old", "fresh"]);
        assert_eq!(session::delete_unused(&test.db, noon(), now - TimeDelta::days(90)).await.unwrap(), 1);
        assert_eq!(devices().await, ["fresh"]);
    }
}
