//! Lists a page at a time: the same order on both databases.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::form::Draft;
use domain::id::{AccountId, PersonId, TokenId, WidgetId};
use domain::member::Role;
use domain::page::{AccountOrder, Search, WidgetOrder};
use domain::token::{Death, Ending, Unshared};
use domain::widget::Settings;

use super::support::{account, granted, noon, person, token};
use crate::store::account_list::{self, Counts, Wanted};
use crate::store::testing::TestDb;
use crate::store::{account as accounts, membership, token as tokens, view_day, widget, widget_list};
use crate::{on_both, random};

/// An account by a token of its own, which dies at once or after so many days.
async fn living(test: &TestDb, person: PersonId, username: &str, dead: bool, days: i64) -> AccountId {
    let mut row = granted(domain::platform::Platform::Instagram, username);
    row.facts.life.expires_at = Some(noon() + TimeDelta::days(days));
    row.facts.ending = dead.then(|| Ending { death: Death::AppRemoved, at: noon(), said: None });
    let txn = test.db.begin_write().await.unwrap();
    tokens::insert(&txn, &row, noon()).await.unwrap();
    txn.commit().await.unwrap();
    account(&test.db, username, row.id, &[person]).await
}

fn wanted(limit: u64) -> Wanted<'static> {
    Wanted { since: noon() - TimeDelta::days(30), limit, ..Wanted::default() }
}

/// Everything, read a page of `limit` at a time.
async fn walked(test: &TestDb, person: PersonId, wanted: &Wanted<'_>) -> Vec<String> {
    let mut wanted = wanted.clone();
    let mut names = Vec::new();
    loop {
        let page = account_list::page(test.db.reader(), person, &wanted, noon()).await.unwrap();
        let Some((last, _)) = page.last() else { return names };
        wanted.after = Some(last.id);
        names.extend(page.into_iter().map(|(account, _)| account.username));
    }
}

async fn made(test: &TestDb, account: AccountId, title: &str, minutes: i64) -> WidgetId {
    let id = WidgetId(random::new_id());
    let mut draft = Draft::from(&Settings::default());
    draft.0.insert("title".to_owned(), title.to_owned());
    let at = noon() + TimeDelta::minutes(minutes);
    let txn = test.db.begin_write().await.unwrap();
    widget::insert(&txn, id, account, &draft.parse().unwrap(), at).await.unwrap();
    txn.commit().await.unwrap();
    id
}

async fn seen(test: &TestDb, widget: WidgetId, views: u64) {
    let txn = test.db.begin_write().await.unwrap();
    view_day::add(&txn, noon() - TimeDelta::days(1), vec![(widget, "example.com".to_owned(), views)]).await.unwrap();
    txn.commit().await.unwrap();
}

on_both! {
    async fn accounts_come_in_order_and_each_of_them_once(test: TestDb) {
        let (ann, ben) = (person(&test.db, "Ann").await, person(&test.db, "Ben").await);
        living(&test, ben, "bens", false, 60).await;
        // Upper case before lower case, and a point before a letter, on both databases.
        for (name, dead) in [("b", false), ("a", false), ("Z", true), ("y.x", true), ("yx", true), ("c", false)] {
            living(&test, ann, name, dead, 60).await;
        }
        let by_need = ["Z", "y.x", "yx", "a", "b", "c"];
        for limit in 1..=7 {
            assert_eq!(walked(&test, ann, &wanted(limit)).await, by_need, "{limit} at a time");
        }
        let counts = account_list::counts(test.db.reader(), ann, &wanted(1), noon()).await.unwrap();
        assert_eq!(counts, Counts { all: 6, dark: 3, needy: 3 });
        // Past the last safe moment the living need somebody, and past the end they are dark.
        let later = async |days| account_list::counts(test.db.reader(), ann, &wanted(1), noon() + TimeDelta::days(days)).await.unwrap();
        assert_eq!(later(59).await, Counts { all: 6, dark: 3, needy: 6 });
        assert_eq!(later(61).await, Counts { all: 6, dark: 6, needy: 6 });
    }

    async fn an_account_that_is_not_shared_stands_with_the_dead(test: TestDb) {
        let ann = person(&test.db, "Ann").await;
        let one = token(&test.db, "1").await;
        account(&test.db, "a", one.id, &[ann]).await;
        let lost = account(&test.db, "lost", one.id, &[ann]).await;
        for (confirmed, names, dark) in [(false, ["a", "lost"], 0), (true, ["lost", "a"], 1)] {
            let unshared = Unshared { since: noon(), confirmed, said: None };
            let txn = test.db.begin_write().await.unwrap();
            accounts::save_unshared(&txn, lost, Some(&unshared)).await.unwrap();
            txn.commit().await.unwrap();
            assert_eq!(walked(&test, ann, &wanted(1)).await, names);
            let counts = account_list::counts(test.db.reader(), ann, &wanted(1), noon()).await.unwrap();
            assert_eq!((counts.dark, counts.needy), (dark, dark));
        }
    }

    async fn accounts_are_found_by_what_they_are_called_and_by_role(test: TestDb) {
        let ann = person(&test.db, "Ann").await;
        for name in ["corner.bakery", "cornerXbakery", "100%_sure"] {
            living(&test, ann, name, false, 60).await;
        }
        let others = living(&test, ann, "others", false, 60).await;
        let txn = test.db.begin_write().await.unwrap();
        membership::remove(&txn, ann, others).await.unwrap();
        membership::add(&txn, ann, others, Role::Developer, noon()).await.unwrap();
        txn.commit().await.unwrap();
        for (typed, found) in [
            ("CORNER", vec!["corner.bakery", "cornerXbakery"]),
            ("corner.b", vec!["corner.bakery"]),
            ("%_s", vec!["100%_sure"]),
            ("_", vec!["100%_sure"]),
            ("\\", vec![]),
            ("'; --", vec![]),
        ] {
            let search = Search::new(typed);
            let asked = Wanted { search: Some(&search), ..wanted(9) };
            assert_eq!(walked(&test, ann, &asked).await, found, "{typed}");
            let counts = account_list::counts(test.db.reader(), ann, &asked, noon()).await.unwrap();
            assert_eq!(counts.all, found.len() as u64, "{typed}");
        }
        let developed = Wanted { role: Some(Role::Developer), ..wanted(9) };
        assert_eq!(walked(&test, ann, &developed).await, ["others"]);
        let names = account_list::names(test.db.reader(), ann, 2).await.unwrap();
        assert_eq!(names.into_iter().map(|name| name.username).collect::<Vec<_>>(), ["100%_sure", "corner.bakery"]);
    }

    async fn what_breaks_most_comes_first(test: TestDb) {
        let ann = person(&test.db, "Ann").await;
        let mut ids = BTreeMap::new();
        for name in ["few", "many", "none", "unseen"] {
            ids.insert(name, living(&test, ann, name, false, 60).await);
        }
        made(&test, ids["unseen"], "", 0).await;
        for (name, views) in [("few", 3), ("many", 5), ("many", 40)] {
            let widget = made(&test, ids[name], "", 0).await;
            seen(&test, widget, views).await;
        }
        for limit in 1..=5 {
            let asked = Wanted { order: AccountOrder::Impact, ..wanted(limit) };
            assert_eq!(walked(&test, ann, &asked).await, ["many", "few", "unseen", "none"]);
        }
    }

    async fn the_next_extensions_are_those_of_tokens_that_need_nobody(test: TestDb) {
        let ann = person(&test.db, "Ann").await;
        for (name, dead, days) in [("later", false, 60), ("soon", false, 40), ("dead", true, 20), ("last", false, 90)] {
            living(&test, ann, name, dead, days).await;
        }
        let next = account_list::next_extended(test.db.reader(), ann, 2, noon()).await.unwrap();
        assert_eq!(next.into_iter().map(|(account, _)| account.username).collect::<Vec<_>>(), ["soon", "later"]);
    }

    async fn widgets_come_in_order_and_are_found(test: TestDb) {
        let (ann, ben) = (person(&test.db, "Ann").await, person(&test.db, "Ben").await);
        let (shop, bens) = (living(&test, ann, "shop", false, 60).await, living(&test, ben, "bens", false, 60).await);
        made(&test, bens, "Ben's", 0).await;
        for (minutes, title) in [(3, "Third"), (1, "First"), (2, "100% Second")] {
            let id = made(&test, shop, title, minutes).await;
            seen(&test, id, u64::try_from(minutes).unwrap()).await;
        }
        let walked = async |typed: &str, order| {
            let search = Search::new(typed);
            let mut titles = Vec::new();
            let since = noon() - TimeDelta::days(30);
            let mut asked = widget_list::Wanted { search: Some(&search), order, since, limit: 2, after: None };
            loop {
                let page = widget_list::page(test.db.reader(), ann, &asked).await.unwrap();
                let Some(last) = page.last() else { return titles };
                asked.after = Some(last.id);
                titles.extend(page.into_iter().map(|widget| widget.settings.title.as_str().to_owned()));
            }
        };
        assert_eq!(walked("", WidgetOrder::Made).await, ["First", "100% Second", "Third"]);
        assert_eq!(walked("", WidgetOrder::Views).await, ["Third", "100% Second", "First"]);
        assert_eq!(walked("second", WidgetOrder::Made).await, ["100% Second"]);
        assert_eq!(walked("%", WidgetOrder::Made).await, ["100% Second"]);
        assert_eq!(walked("shop", WidgetOrder::Made).await.len(), 3);
        assert_eq!(walked("ben", WidgetOrder::Made).await, Vec::<String>::new());
        assert_eq!(widget_list::count(test.db.reader(), ann, None).await.unwrap(), 3);
    }

    async fn rows_from_before_are_known_to_have_no_turns(test: TestDb) {
        use sea_orm::ConnectionTrait;

        let old: TokenId = token(&test.db, "1").await.id;
        token(&test.db, "2").await;
        let txn = test.db.begin_write().await.unwrap();
        txn.execute_unprepared("UPDATE token SET needs_from = NULL WHERE meta_user_id = '1'").await.unwrap();
        txn.commit().await.unwrap();
        assert_eq!(tokens::unturned(test.db.reader(), 9).await.unwrap(), [old]);
    }
}
