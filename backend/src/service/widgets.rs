//! The widgets of a person's accounts, and what a widget shows to everybody.

mod summary;

use domain::form::Draft;
use domain::id::{AccountId, WidgetId};
use domain::member::Right;
use domain::page::{ONE_MORE, Page, Search, WidgetOrder};
use domain::token::Trigger;
use domain::view::{Me, WidgetSummary, WidgetView};
use domain::widget::{Settings, Shown};

use crate::event::{Event, Kind};
use crate::service::views::thirty_days;
use crate::service::{feeds, limits};
use crate::store::widget_list::Wanted;
use crate::work::{self, Actor};
use crate::{Error, Services, random, store};

/// Which page of the widgets of a person's accounts.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Whose title, account or websites have this in them.
    pub search: Search,
    /// In which order.
    pub order: WidgetOrder,
    /// After this one.
    pub after: Option<WidgetId>,
}

/// A page of the widgets of this person's accounts.
///
/// # Errors
/// Only when the database fails.
pub async fn page(s: &Services, me: &Me, asked: &Asked) -> Result<Page<WidgetSummary>, Error> {
    let now = s.clock.now();
    let db = s.db.reader();
    let search = Some(&asked.search);
    let since = thirty_days(now);
    let mut wanted = Wanted { search, order: asked.order, after: asked.after, since, limit: ONE_MORE };
    let mut found = store::widget_list::page(db, me.id, &wanted).await?;
    if found.is_empty() && wanted.after.take().is_some() {
        // What the page before ended with is gone.
        found = store::widget_list::page(db, me.id, &wanted).await?;
    }
    let total = store::widget_list::count(db, me.id, search).await?;
    let page = Page::cut(found, |widget| widget.id.to_string(), total, now);
    let summaries = summary::all(s, &page.items).await?;
    Ok(page.of(summaries))
}

/// Everything about one widget.
///
/// # Errors
/// [`Error::NotFound`] for a widget of somebody else's account.
pub async fn get(s: &Services, me: &Me, id: WidgetId) -> Result<WidgetView, Error> {
    let widget = work::widget(s.db.reader(), me.id, id, Right::See).await?;
    summary::one(s, widget.into_inner()).await
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
    let mut work = s.begin(&Actor::me(me, Trigger::Button)).await?;
    let account = work.account(account, Right::Arrange).await?.account.id;
    store::widget::insert(work.db(), id, account, &settings, work.now()).await?;
    store::item::ask_again(work.db(), account).await?;
    work.tell(Event::of_widget(Kind::WidgetMade, account, id));
    work.commit().await?;
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
    let mut work = s.begin(&Actor::me(me, Trigger::Button)).await?;
    let account = work.widget(id, Right::Arrange).await?.account;
    store::item::ask_again(work.db(), account).await?;
    if let Some(settings) = settings {
        store::widget::save_settings(work.db(), id, settings).await?;
        work.tell(Event::of_widget(Kind::WidgetChanged, account, id));
    } else {
        work.tell(Event::of_account(Kind::RebuildAsked, account));
    }
    work.commit().await
}

/// Deletes a widget. Websites that still load it get an empty page.
///
/// # Errors
/// [`Error::NotFound`] for a widget of somebody else's account.
pub async fn delete(s: &Services, me: &Me, id: WidgetId) -> Result<(), Error> {
    let mut work = s.begin(&Actor::me(me, Trigger::Button)).await?;
    let account = work.widget(id, Right::Arrange).await?.account;
    store::widget::delete(work.db(), id).await?;
    work.tell(Event::of_widget(Kind::WidgetDeleted, account, id));
    work.commit().await
}

/// What visitors see of a widget, and of which account; `None` for one that does not exist.
///
/// # Errors
/// Only when the database fails.
pub async fn shown(s: &Services, id: WidgetId) -> Result<Option<(AccountId, Shown)>, Error> {
    let db = s.db.reader();
    let Some(widget) = store::widget::find(db, id).await? else {
        return Ok(None);
    };
    let Some((account, _)) = store::account::with_its_token(db, widget.account).await? else {
        return Ok(None);
    };
    let posts = feeds::kept(s, account.id).await?;
    Ok(Some((account.id, Shown::new(widget.settings, account.username, posts))))
}
