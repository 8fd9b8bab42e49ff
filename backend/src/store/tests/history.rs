//! What happened is told once, and newest first.

use chrono::TimeDelta;
use domain::token::{Death, Event, EventKind, Failure, MetaAnswer, SuspensionKind, Trigger};

use super::support::{noon, token};
use crate::on_both;
use crate::store::history::{append, before, count, move_to, newest};
use crate::store::{Error, token as tokens};

fn event(minutes: i64, kind: EventKind) -> Event {
    Event { at: noon() + TimeDelta::minutes(minutes), kind, said: None }
}

fn expired(minutes: i64) -> Event {
    event(minutes, EventKind::Ended { death: Death::Expired })
}

on_both! {
    async fn every_kind_of_event_comes_back_newest_first(test: TestDb) {
        let token = token(&test.db, "1").await;
        let at = Some(noon());
        let mut events: Vec<Event> = [
            EventKind::Connected { expires_at: at },
            EventKind::Extended { expires_at: None },
            EventKind::Reauthorised { expires_at: at, healed: true },
            EventKind::Ended { death: Death::PasswordChanged },
            EventKind::Suspended { suspension: SuspensionKind::Checkpoint },
            EventKind::Recovered,
            EventKind::PermissionMissing { scopes: vec!["a".into()] },
            EventKind::ExtensionFailed { failure: Failure::Limited },
        ]
        .into_iter()
        // All at the same moment: then the order of writing decides.
        .map(|kind| event(0, kind))
        .collect();
        events[3].said = Some(MetaAnswer { code: Some(190), subcode: None, message: "Error validating".into() });
        let txn = test.db.begin_write().await.unwrap();
        append(&txn, token.id, &events, Trigger::PublicPage, Some("Ann"), noon()).await.unwrap();
        append(&txn, token.id, &[expired(-1)], Trigger::Schedule, None, noon()).await.unwrap();
        txn.commit().await.unwrap();

        let entries = newest(test.db.reader(), token.id, 100).await.unwrap();
        assert_eq!(entries.last().unwrap().event, expired(-1), "by when it happened, not by when it was written");
        assert_eq!((entries[8].trigger, entries[8].by.as_deref()), (Trigger::Schedule, None));
        assert_eq!((entries[0].trigger, entries[0].by.as_deref()), (Trigger::PublicPage, Some("Ann")));
        events.reverse();
        assert_eq!(entries.into_iter().take(8).map(|entry| entry.event).collect::<Vec<_>>(), events);
        assert_eq!(newest(test.db.reader(), token.id, 2).await.unwrap().len(), 2);
    }

    async fn pages_pass_every_entry_once_also_those_of_one_moment(test: TestDb) {
        let (one, two) = (token(&test.db, "1").await, token(&test.db, "2").await);
        let txn = test.db.begin_write().await.unwrap();
        let (extended, connected) = (EventKind::Extended { expires_at: None }, EventKind::Connected { expires_at: None });
        for kind in [EventKind::Recovered, extended, connected] {
            for minutes in [0, 1, -1] {
                for token in [one.id, two.id] {
                    append(&txn, token, &[event(minutes, kind.clone())], Trigger::Schedule, None, noon()).await.unwrap();
                }
            }
        }
        txn.commit().await.unwrap();
        let db = test.db.reader();
        let all = newest(db, one.id, 100).await.unwrap();
        let mut read = newest(db, one.id, 2).await.unwrap();
        loop {
            let page = before(db, one.id, read.last().unwrap().id, 2).await.unwrap();
            if page.is_empty() {
                break;
            }
            read.extend(page);
        }
        assert_eq!((read.len(), &read), (9, &all));
        assert_eq!(count(db, one.id).await.unwrap(), 9);
        assert_eq!(before(db, two.id, all[0].id, 2).await.unwrap(), [], "an entry of another token begins nothing");
    }

    async fn equal_failures_in_a_row_are_one_entry_with_a_count(test: TestDb) {
        let token = token(&test.db, "1").await;
        let failed = |minutes, failure| event(minutes, EventKind::ExtensionFailed { failure });
        let said = |code| Some(MetaAnswer { code: Some(code), subcode: None, message: format!("no, by {code}") });
        let txn = test.db.begin_write().await.unwrap();
        let add = async |event: Event, by: Option<&str>| {
            let trigger = if by.is_some() { Trigger::Button } else { Trigger::Schedule };
            append(&txn, token.id, &[event], trigger, by, noon()).await.unwrap();
        };
        for minutes in 0..48 {
            add(failed(minutes, Failure::NotExtended), None).await;
            if minutes % 10 == 0 {
                add(failed(minutes, Failure::NotExtended), Some("Ann")).await;
            }
        }
        for (minutes, code) in [(50, 1), (51, 100), (52, 100)] {
            add(Event { said: said(code), ..failed(minutes, Failure::Unclear) }, None).await;
        }
        add(event(60, EventKind::Recovered), None).await;
        for minutes in [61, 62] {
            add(failed(minutes, Failure::NotExtended), None).await;
            add(event(minutes, EventKind::Suspended { suspension: SuspensionKind::Checkpoint }), None).await;
        }
        txn.commit().await.unwrap();
        let entries = newest(test.db.reader(), token.id, 100).await.unwrap();
        let failures: Vec<_> = entries.iter().filter(|entry| entry.event.kind.is_folded()).collect();
        let counted: Vec<_> = failures.iter().map(|entry| entry.repeated.map(|repeated| repeated.times)).collect();
        // What lies between two failures ends the row: newest first.
        assert_eq!(counted, [None, None, Some(2), None, Some(4), Some(48)], "{failures:?}");
        let scheduled = failures[5];
        assert_eq!(scheduled.event.at, noon());
        assert_eq!(scheduled.repeated.unwrap().last_at, noon() + TimeDelta::minutes(47));
        assert_eq!(failures[2].event.said, said(100));
    }

    async fn an_expiry_is_told_once(test: TestDb) {
        let (one, two) = (token(&test.db, "1").await, token(&test.db, "2").await);
        let txn = test.db.begin_write().await.unwrap();
        append(&txn, one.id, &[expired(0)], Trigger::Schedule, None, noon()).await.unwrap();
        append(&txn, one.id, &[expired(0), expired(1)], Trigger::Button, Some("Ann"), noon()).await.unwrap();
        append(&txn, one.id, &[event(0, EventKind::Recovered)], Trigger::Schedule, None, noon()).await.unwrap();
        append(&txn, two.id, &[expired(0)], Trigger::Schedule, None, noon()).await.unwrap();
        append(&txn, two.id, &[], Trigger::Schedule, None, noon()).await.unwrap();
        txn.commit().await.unwrap();
        let entries = newest(test.db.reader(), one.id, 10).await.unwrap();
        assert_eq!(entries.len(), 3, "{entries:?}");
        assert!(entries.iter().filter(|entry| entry.event == expired(0)).all(|entry| entry.by.is_none()), "the first stays");
        assert_eq!(newest(test.db.reader(), two.id, 10).await.unwrap().len(), 1);
    }

    async fn an_heir_tells_what_its_token_told_in_the_same_order(test: TestDb) {
        let (old, heir) = (token(&test.db, "1").await, token(&test.db, "2").await);
        let own = [expired(0), event(5, EventKind::Recovered)];
        let txn = test.db.begin_write().await.unwrap();
        let told = [event(0, EventKind::Recovered), expired(0), event(0, EventKind::Connected { expires_at: None })];
        append(&txn, old.id, &told, Trigger::Login, Some("Ann"), noon()).await.unwrap();
        append(&txn, heir.id, &own, Trigger::Schedule, None, noon()).await.unwrap();
        move_to(&txn, old.id, heir.id).await.unwrap();
        txn.commit().await.unwrap();
        let events: Vec<_> =
            newest(test.db.reader(), heir.id, 10).await.unwrap().into_iter().map(|entry| entry.event).collect();
        assert_eq!(events, [own[1].clone(), told[2].clone(), told[0].clone(), own[0].clone()]);
    }

    async fn history_goes_with_its_token(test: TestDb) {
        let token = token(&test.db, "1").await;
        let txn = test.db.begin_write().await.unwrap();
        append(&txn, token.id, &[expired(0)], Trigger::Schedule, None, noon()).await.unwrap();
        tokens::delete(&txn, token.id).await.unwrap();
        txn.commit().await.unwrap();
        assert_eq!(newest(test.db.reader(), token.id, 10).await.unwrap(), []);
        let txn = test.db.begin_write().await.unwrap();
        let late = append(&txn, token.id, &[expired(0)], Trigger::Schedule, None, noon()).await;
        assert!(matches!(late, Err(Error::Gone)), "{late:?}");
    }
}
