//! Tokens, accounts and memberships.

use std::collections::HashSet;

use chrono::TimeDelta;
use domain::id::{AccountId, AppScopedId, InstagramId};
use domain::member::{Right, Role};
use domain::platform::Platform;
use domain::token::{Death, Doubt, Ending, Failure, MetaAnswer, Question, Suspension, SuspensionKind, Try, Unshared};
use sea_orm::ConnectionTrait;

use super::support::{account, granted, noon, person, token};
use crate::store::account::{self as accounts, Connected};
use crate::store::membership;
use crate::store::{Error, token as tokens};
use crate::work;
use crate::{on_both, random};

on_both! {
    async fn a_token_comes_back_as_it_was_written(test: TestDb) {
        let mut row = granted(Platform::Facebook, "42");
        let txn = test.db.begin_write().await.unwrap();
        tokens::insert(&txn, &row, noon()).await.unwrap();
        txn.commit().await.unwrap();
        assert_eq!(tokens::find(test.db.reader(), row.id).await.unwrap().unwrap(), row);

        let said = Some(MetaAnswer { code: Some(190), subcode: Some(460), message: "\u{1F511} \"quoted\" 'é'".into() });
        let later = noon() + TimeDelta::microseconds(123_456);
        row.sealed = vec![7; 300];
        row.facts.life.data_access_expires_at = Some(later);
        row.facts.life.expires_at = None;
        row.facts.ending = Some(Ending { death: Death::PasswordChanged, at: later, said: said.clone() });
        row.facts.suspension = Some(Suspension { kind: SuspensionKind::Checkpoint, since: later, said: said.clone() });
        let question = Question::Extension;
        row.facts.doubt = Some(Doubt { death: Death::Unreadable, question, since: later, said: said.clone() });
        row.facts.missing_scopes = vec!["pages_show_list".into()];
        row.facts.last_success_at = None;
        let tries = Try {
            at: later,
            count: 3,
            not_before: Some(later),
            since: Some(noon()),
            failure: Some(Failure::NotExtended),
            moved_nothing: 2,
            said,
        };
        row.facts.failed_check = Some(Try { not_before: None, failure: None, ..tries.clone() });
        row.facts.failed_extension = Some(tries);
        row.noted_expiry = Some(later);
        row.next_step_at = None;
        let txn = test.db.begin_write().await.unwrap();
        tokens::update(&txn, &row, later).await.unwrap();
        txn.commit().await.unwrap();
        assert_eq!(tokens::find(test.db.reader(), row.id).await.unwrap().unwrap(), row);
        assert!(!format!("{row:?}").contains("sealed"));
    }

    async fn a_row_from_before_more_was_kept_is_read(test: TestDb) {
        let row = token(&test.db, "1").await;
        let txn = test.db.begin_write().await.unwrap();
        let cast = if txn.get_database_backend() == sea_orm::DbBackend::Postgres { "::jsonb" } else { "" };
        let old = r#"{"at":"2026-11-20T10:00:00Z","count":7,"not_before":null}"#;
        txn.execute_unprepared(&format!("UPDATE token SET failed_check = '{old}'{cast}")).await.unwrap();
        txn.commit().await.unwrap();
        let facts = tokens::find(test.db.reader(), row.id).await.unwrap().unwrap().facts;
        let tries = facts.failed_check.unwrap();
        assert_eq!((tries.count, tries.moved_nothing, tries.since, tries.failure, tries.said), (7, 0, None, None, None));
        assert_eq!(facts.doubt, None);
    }

    async fn one_record_for_one_person_on_one_platform(test: TestDb) {
        let first = token(&test.db, "1").await;
        let find = async |platform, user: &str| {
            let txn = test.db.begin_write().await.unwrap();
            tokens::find_by_identity(&txn, platform, &AppScopedId(user.into())).await.unwrap()
        };
        assert_eq!(find(Platform::Instagram, "1").await, Some(first));
        assert_eq!(find(Platform::Facebook, "1").await, None);
        let txn = test.db.begin_write().await.unwrap();
        let twice = tokens::insert(&txn, &granted(Platform::Instagram, "1"), noon()).await;
        assert!(matches!(twice, Err(Error::Duplicate)), "{twice:?}");
    }

    async fn batches_pass_every_record_once(test: TestDb) {
        for user in 0..7 {
            token(&test.db, &user.to_string()).await;
        }
        let mut seen = Vec::new();
        let mut cursor = None;
        loop {
            let batch = tokens::batch_after(test.db.reader(), cursor, 3).await.unwrap();
            let Some(last) = batch.last() else { break };
            cursor = Some(last.id);
            seen.extend(batch.iter().map(|row| row.user_id.clone()));
        }
        assert_eq!(seen.len(), 7);
        assert_eq!(seen.iter().collect::<HashSet<_>>().len(), 7);
    }

    async fn only_living_tokens_without_a_living_job_are_missing_one(test: TestDb) {
        let without = token(&test.db, "without").await;
        let waiting = token(&test.db, "waiting").await;
        let running = token(&test.db, "running").await;
        let finished = token(&test.db, "finished").await;
        let other_kind = token(&test.db, "other kind").await;
        let mut resting = granted(Platform::Instagram, "resting");
        resting.next_step_at = None;
        let txn = test.db.begin_write().await.unwrap();
        tokens::insert(&txn, &resting, noon()).await.unwrap();
        for (row, kind, state) in [
            (&waiting, "tend", "ready"),
            (&running, "tend", "running"),
            (&finished, "tend", "done"),
            (&other_kind, "other", "ready"),
        ] {
            let sql = format!(
                "INSERT INTO job (id, kind, payload, dedupe_key, state, run_at, attempts)
                 VALUES ($1, '{kind}', '{{}}', $2, '{state}', $3, 0)"
            );
            let values = [random::new_id().into(), row.id.to_string().into(), noon().into()];
            txn.execute_raw(sea_orm::Statement::from_sql_and_values(txn.get_database_backend(), sql, values))
                .await
                .unwrap();
        }
        txn.commit().await.unwrap();
        let missing = async |limit| {
            let by = noon() + TimeDelta::days(400);
            let rows = tokens::due_without_job(test.db.reader(), "tend", by, limit).await.unwrap();
            rows.into_iter().map(|row| row.user_id.0).collect::<HashSet<_>>()
        };
        let expected = [without, finished, other_kind].map(|row| row.user_id.0);
        assert_eq!(missing(10).await, HashSet::from(expected));
        assert_eq!(missing(2).await.len(), 2);
        let early = tokens::due_without_job(test.db.reader(), "tend", noon(), 10).await.unwrap();
        assert!(early.is_empty(), "what is not due is not looked at");
    }

    async fn a_stranger_finds_nothing(test: TestDb) {
        let (ann, ben, eve) =
            (person(&test.db, "Ann").await, person(&test.db, "Ben").await, person(&test.db, "Eve").await);
        let (one, two) = (token(&test.db, "1").await, token(&test.db, "2").await);
        let shared = account(&test.db, "shared", one.id, &[ann, ben]).await;
        let anns = account(&test.db, "anns", one.id, &[ann]).await;
        let eves = account(&test.db, "eves", two.id, &[eve]).await;

        let db = test.db.reader();
        let found = work::account(db, ben, shared, Right::See).await.unwrap();
        assert_eq!((found.account.id, found.account.token, &found.token), (shared, one.id, &one));
        for (who, what) in [(eve, shared), (ben, anns), (ann, eves), (ann, AccountId(random::new_id()))] {
            let refused = work::account(db, who, what, Right::See).await;
            assert!(matches!(refused, Err(crate::Error::NotFound)));
            assert_eq!(membership::role(db, who, what).await.unwrap(), None);
        }
        let list = async |who| {
            let list = accounts::of_member(db, who).await.unwrap();
            list.into_iter().map(|account| (account.username, account.token)).collect::<Vec<_>>()
        };
        assert_eq!(list(ann).await, [("anns".to_owned(), one.id), ("shared".to_owned(), one.id)]);
        assert_eq!(list(eve).await, [("eves".to_owned(), two.id)]);
        assert_eq!(accounts::of_token(db, one.id).await.unwrap().len(), 2);
        let bens = accounts::of_token_for_member(db, one.id, ben).await.unwrap();
        assert_eq!(bens.into_iter().map(|account| account.id).collect::<Vec<_>>(), [shared]);
        assert_eq!(accounts::of_token_for_member(db, one.id, eve).await.unwrap(), []);
        assert_eq!(membership::members_of(db, shared).await.unwrap(), [ann, ben]);
    }

    async fn a_known_account_keeps_its_id_and_takes_the_new_token(test: TestDb) {
        let (one, two) = (token(&test.db, "1").await, token(&test.db, "2").await);
        let ann = person(&test.db, "Ann").await;
        let id = account(&test.db, "before", one.id, &[ann]).await;
        let instagram_id = InstagramId("1784-before".into());
        let again = Connected {
            instagram_id: &instagram_id,
            username: "after",
            name: "Ann's",
            account_type: "MEDIA_CREATOR",
            page: Some(("7", "Page")),
            token: two.id,
            unshared: None,
        };
        let txn = test.db.begin_write().await.unwrap();
        let known = accounts::claim(&txn, AccountId(random::new_id()), &again, noon()).await.unwrap();
        assert_eq!((known.id, known.token, known.username.as_str()), (id, one.id, "before"), "as it was");
        accounts::describe(&txn, known.id, &again).await.unwrap();
        membership::add(&txn, ann, id, Role::Developer, noon()).await.unwrap();
        txn.commit().await.unwrap();
        let saved = accounts::by_instagram_id(test.db.reader(), &instagram_id).await.unwrap().unwrap();
        assert_eq!((saved.id, saved.token, saved.username.as_str(), saved.name.as_str()), (id, two.id, "after", "Ann's"));
        assert_eq!(accounts::of_token(test.db.reader(), one.id).await.unwrap(), []);
        assert_eq!(accounts::of_token(test.db.reader(), two.id).await.unwrap(), [saved]);
    }

    async fn what_speaks_against_an_account_is_kept_until_it_is_connected_again(test: TestDb) {
        let one = token(&test.db, "1").await;
        let (lost, other) = (account(&test.db, "lost", one.id, &[]).await, account(&test.db, "other", one.id, &[]).await);
        let said = Some(MetaAnswer { code: Some(100), subcode: Some(33), message: "Object with ID '1784'".into() });
        let since = noon() + TimeDelta::microseconds(123_456);
        let unshared = Unshared { since, confirmed: true, said };
        let txn = test.db.begin_write().await.unwrap();
        accounts::save_unshared(&txn, lost, Some(&unshared)).await.unwrap();
        txn.commit().await.unwrap();
        let kept = async |id| accounts::with_its_token(test.db.reader(), id).await.unwrap().unwrap().0.unshared;
        assert_eq!((kept(lost).await, kept(other).await), (Some(unshared.clone()), None));
        account(&test.db, "lost", one.id, &[]).await;
        assert_eq!(kept(lost).await, None);
        let txn = test.db.begin_write().await.unwrap();
        accounts::save_unshared(&txn, other, Some(&unshared)).await.unwrap();
        accounts::save_unshared(&txn, other, None).await.unwrap();
        txn.commit().await.unwrap();
        assert_eq!(kept(other).await, None);
    }

    async fn a_developer_who_is_the_owner_becomes_it_and_stays_it(test: TestDb) {
        let one = token(&test.db, "1").await;
        let (ann, ben) = (person(&test.db, "Ann").await, person(&test.db, "Ben").await);
        let id = account(&test.db, "anns", one.id, &[]).await;
        for (role, then) in [
            (Role::Developer, Role::Developer),
            (Role::Owner, Role::Owner),
            (Role::Developer, Role::Owner),
        ] {
            let txn = test.db.begin_write().await.unwrap();
            membership::add(&txn, ann, id, role, noon()).await.unwrap();
            membership::add(&txn, ben, id, Role::Developer, noon()).await.unwrap();
            txn.commit().await.unwrap();
            let db = test.db.reader();
            assert_eq!(membership::role(db, ann, id).await.unwrap(), Some(then));
            assert_eq!(membership::role(db, ben, id).await.unwrap(), Some(Role::Developer));
        }
    }

    async fn a_token_with_accounts_stays_until_they_are_gone(test: TestDb) {
        let one = token(&test.db, "1").await;
        let ann = person(&test.db, "Ann").await;
        let id = account(&test.db, "anns", one.id, &[ann]).await;
        let txn = test.db.begin_write().await.unwrap();
        assert!(tokens::delete(&txn, one.id).await.is_err());
        drop(txn);
        let txn = test.db.begin_write().await.unwrap();
        membership::remove(&txn, ann, id).await.unwrap();
        assert_eq!(membership::members_of(&txn, id).await.unwrap(), []);
        accounts::delete(&txn, id).await.unwrap();
        tokens::delete(&txn, one.id).await.unwrap();
        txn.commit().await.unwrap();
        assert!(tokens::find(test.db.reader(), one.id).await.unwrap().is_none());
    }
}
