//! Rows to begin with.

use chrono::{TimeDelta, TimeZone, Utc};
use domain::Moment;
use domain::id::{AccountId, AppScopedId, InstagramId, PersonId, TokenId};
use domain::member::Role;
use domain::platform::Platform;
use domain::token::{Facts, Life};

use crate::random;
use crate::store::account::{self, Connected};
use crate::store::membership;
use crate::store::token::{self, TokenRow};
use crate::store::{Db, person};

/// Noon of some day.
pub fn noon() -> Moment {
    Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap()
}

/// A person without e-mail address.
pub async fn person(db: &Db, name: &str) -> PersonId {
    let id = PersonId(random::new_id());
    let txn = db.begin_write().await.unwrap();
    person::insert(&txn, id, name, noon()).await.unwrap();
    txn.commit().await.unwrap();
    id
}

/// A token just granted, not in the database yet.
pub fn granted(platform: Platform, user: &str) -> TokenRow {
    let life = Life { issued_at: noon(), expires_at: Some(noon() + TimeDelta::days(60)), data_access_expires_at: None };
    TokenRow {
        id: TokenId(random::new_id()),
        user_id: AppScopedId(user.into()),
        sealed: vec![0, 1, 255, 39],
        facts: Facts::granted(platform, life, noon()),
        noted_expiry: None,
        next_step_at: Some(noon() + TimeDelta::days(1)),
    }
}

/// A token in the database.
pub async fn token(db: &Db, user: &str) -> TokenRow {
    let row = granted(Platform::Instagram, user);
    let txn = db.begin_write().await.unwrap();
    token::insert(&txn, &row, noon()).await.unwrap();
    txn.commit().await.unwrap();
    row
}

/// An account by this token, looked after by these people.
pub async fn account(db: &Db, username: &str, token: TokenId, people: &[PersonId]) -> AccountId {
    let txn = db.begin_write().await.unwrap();
    let connected = Connected {
        instagram_id: &InstagramId(format!("1784-{username}")),
        username,
        name: "",
        account_type: "BUSINESS",
        page: None,
        token,
        unshared: None,
    };
    let id = account::claim(&txn, AccountId(random::new_id()), &connected, noon()).await.unwrap().id;
    account::describe(&txn, id, &connected).await.unwrap();
    for person in people {
        membership::add(&txn, *person, id, Role::Owner, noon()).await.unwrap();
    }
    txn.commit().await.unwrap();
    id
}
