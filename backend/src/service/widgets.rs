//! The widgets of a person's accounts, and what a widget shows to everybody.

mod summary;

use domain::feed::{KEPT, Post};
use domain::id::{AccountId, WidgetId};
use domain::view::{Me, WidgetSummary, WidgetView};
use domain::widget::{Draft, Settings, Shown};
use sea_orm::ConnectionTrait;

use super::{Error, limits, rebuild};
use crate::pulse::Change;
use crate::store::widget::Widget;
use crate::{Services, random, store};

/// Every widget of this person's accounts, oldest first.
///
/// # Errors
/// Only when the database fails.
pub async fn list(s: &Services, me: &Me) -> Result<Vec<WidgetSummary>, Error> {
    let widgets = store::widget::list_of_member(s.db.reader(), me.id).await?;
    summary::all(s, me, &widgets).await
}

/// Everything about one widget.
///
/// # Errors
/// [`Error::NotFound`] for a widget of somebody else's account.
pub async fn get(s: &Services, me: &Me, id: WidgetId) -> Result<WidgetView, Error> {
    let widget = mine(s.db.reader(), me, id).await?;
    summary::one(s, me, widget).await
}

/// Makes a widget and queues it.
///
/// # Errors
/// [`Error::Settings`] with every wrong field; [`Error::NotFound`] for
/// somebody else's account; [`Error::TooMany`].
pub async fn create(s: &Services, me: &Me, account: AccountId, draft: &Draft) -> Result<WidgetId, Error> {
    let settings = draft.parse().map_err(Error::Settings)?;
    limits::of_person(s, limits::CREATE, me.id).await?;
    let id = WidgetId(random::new_id());
    let now = s.clock.now();
    let txn = s.db.begin_write().await?;
    store::account::of_member(&txn, me.id, account).await?.ok_or(Error::NotFound)?;
    store::widget::insert(&txn, id, account, &settings, now).await?;
    store::item::ask_again(&txn, account).await?;
    let mut changes = rebuild::queue_account(s, &txn, account).await?;
    changes.push(Change::Shown(id));
    let written = s.pulse.write(&txn, changes, s.wall.now()).await?;
    txn.commit().await.map_err(store::Error::from)?;
    s.pulse.tell(written);
    s.wake.all();
    Ok(id)
}

/// Changes how a widget looks, at once; it is queued as well, because a change
/// of settings is one of the moments at which the token is checked.
///
/// # Errors
/// [`Error::Settings`] with every wrong field; [`Error::NotFound`];
/// [`Error::TooMany`].
pub async fn save(s: &Services, me: &Me, id: WidgetId, draft: &Draft) -> Result<(), Error> {
    let settings = draft.parse().map_err(Error::Settings)?;
    change(s, me, id, Some(&settings)).await
}

/// Queues a widget now, and with it the others of its account.
///
/// # Errors
/// [`Error::NotFound`] for a widget of somebody else's account; [`Error::TooMany`].
pub async fn rebuild(s: &Services, me: &Me, id: WidgetId) -> Result<(), Error> {
    change(s, me, id, None).await
}

async fn change(s: &Services, me: &Me, id: WidgetId, settings: Option<&Settings>) -> Result<(), Error> {
    limits::of_person(s, limits::CHANGE, me.id).await?;
    let txn = s.db.begin_write().await?;
    let widget = mine(&txn, me, id).await?;
    store::item::ask_again(&txn, widget.account).await?;
    let mut changes = rebuild::queue_account(s, &txn, widget.account).await?;
    if let Some(settings) = settings {
        store::widget::save_settings(&txn, id, settings).await?;
        changes.push(Change::Shown(id));
    }
    let written = s.pulse.write(&txn, changes, s.wall.now()).await?;
    txn.commit().await.map_err(store::Error::from)?;
    s.pulse.tell(written);
    s.wake.all();
    Ok(())
}

/// Deletes a widget. Websites that still load it get an empty page.
///
/// # Errors
/// [`Error::NotFound`] for a widget of somebody else's account.
pub async fn delete(s: &Services, me: &Me, id: WidgetId) -> Result<(), Error> {
    let txn = s.db.begin_write().await?;
    mine(&txn, me, id).await?;
    store::widget::delete(&txn, id).await?;
    let written = s.pulse.write(&txn, vec![Change::Shown(id), Change::Queue(id)], s.wall.now()).await?;
    txn.commit().await.map_err(store::Error::from)?;
    s.pulse.tell(written);
    Ok(())
}

/// What visitors see of a widget; `None` for one that does not exist.
///
/// # Errors
/// Only when the database fails.
pub async fn shown(s: &Services, id: WidgetId) -> Result<Option<Shown>, Error> {
    let db = s.db.reader();
    let Some(widget) = store::widget::find(db, id).await? else {
        return Ok(None);
    };
    let Some((account, _)) = store::account::with_its_token(db, widget.account).await? else {
        return Ok(None);
    };
    let posts = posts(s, account.id).await?;
    Ok(Some(Shown::new(widget.settings, account.username, posts)))
}

/// The kept posts of an account, newest first.
pub(super) async fn posts(s: &Services, account: AccountId) -> Result<Vec<Post>, Error> {
    Ok(store::post::with_pictures(s.db.reader(), account, KEPT).await?)
}

/// The posts of an account changed, and so all its widgets.
pub(super) async fn shown_of(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Change>, Error> {
    let widgets = store::widget::of_account(db, account).await?;
    Ok(widgets.into_iter().map(|widget| Change::Shown(widget.id)).collect())
}

/// Whether a widget is one of this person's.
///
/// # Errors
/// Only when the database fails.
pub async fn is_mine(s: &Services, me: &Me, id: WidgetId) -> Result<bool, Error> {
    Ok(store::widget::of_member(s.db.reader(), me.id, id).await?.is_some())
}

async fn mine(db: &impl ConnectionTrait, me: &Me, id: WidgetId) -> Result<Widget, Error> {
    store::widget::of_member(db, me.id, id).await?.ok_or(Error::NotFound)
}
