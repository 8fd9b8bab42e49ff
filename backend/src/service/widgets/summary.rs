//! Widgets as pages show them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use domain::Moment;
use domain::id::{AccountId, WidgetId};
use domain::token::{account_status, needs_somebody};
use domain::view::{Day, PostRef, SiteViews, WidgetSummary, WidgetView};
use domain::widget::Site;

use crate::service::tokens::view;
use crate::service::views::{day_of, thirty_days};
use crate::service::{feeds, queue};
use crate::store::widget::Widget;
use crate::{Error, Services, store};

/// The first glance of each of these widgets.
pub(super) async fn all(s: &Services, widgets: &[Widget]) -> Result<Vec<WidgetSummary>, Error> {
    let db = s.db.reader();
    let now = s.clock.now();
    let accounts: BTreeSet<AccountId> = widgets.iter().map(|widget| widget.account).collect();
    let accounts = store::account::with_their_tokens(db, &accounts).await?;
    let ids: Vec<WidgetId> = widgets.iter().map(|widget| widget.id).collect();
    let views = store::view_day::totals(db, &ids, thirty_days(now)).await?;
    let standings = queue::standings(s, widgets.iter().map(|widget| widget.account)).await?;
    let summary = |widget: &Widget| {
        let (account, token) = accounts.get(&widget.account)?;
        let token_active = account_status(&token.facts, account.unshared.as_ref(), now).is_active();
        Some(WidgetSummary {
            id: widget.id,
            title: widget.settings.title.as_str().to_owned(),
            account: view::reference(account),
            layout: widget.settings.layout,
            token_active,
            token_needs: !token_active || needs_somebody(&token.facts, now),
            rebuilt_at: widget.rebuilt_at,
            queue: queue::state(widget, standings.get(&widget.account)),
            next_rebuild: Some(widget.next_rebuild_at),
            sites: widget.settings.sites.iter().map(Site::as_str).map(str::to_owned).collect(),
            views: views.get(&widget.id).copied().unwrap_or_default(),
        })
    };
    Ok(widgets.iter().filter_map(summary).collect())
}

/// Everything about one.
pub(super) async fn one(s: &Services, widget: Widget) -> Result<WidgetView, Error> {
    let db = s.db.reader();
    let now = s.clock.now();
    let summary = all(s, std::slice::from_ref(&widget)).await?.into_iter().next().ok_or(Error::NotFound)?;
    let (account, token) = store::account::with_its_token(db, widget.account).await?.ok_or(Error::NotFound)?;
    let history = store::history::newest(db, token.id, view::LOOKED_BACK).await?;
    let posts = feeds::kept(s, widget.account).await?;
    let views = store::view_day::since(db, &[widget.id], thirty_days(now)).await?;
    let rebuilds = store::rebuild_day::since(db, widget.id, thirty_days(now)).await?;
    Ok(WidgetView {
        summary,
        posts: posts
            .iter()
            .map(|post| PostRef {
                id: post.facts.id.clone(),
                words: post.alt().unwrap_or_default(),
                at: post.facts.at,
                picture: post.cover().cloned(),
            })
            .collect(),
        token: view::summary(&token, account.unshared.as_ref(), &history, now),
        days: days(&views, &rebuilds, now),
        seen_on: seen_on(views, &widget.settings.sites),
        origin: s.origin.to_string(),
        settings: widget.settings,
        now,
    })
}

/// One entry for each of the last 30 days, whether or not anything happened.
fn days(views: &[(Moment, SiteViews)], rebuilds: &[(Moment, u32, u32)], now: Moment) -> Vec<Day> {
    let first = thirty_days(now);
    let mut days: BTreeMap<Moment, Day> = (0..30)
        .map(|number| first + TimeDelta::days(number))
        .map(|day| (day, Day { day, views: 0, rebuilt: 0, failed: 0 }))
        .collect();
    for (day, seen) in views {
        if let Some(day) = days.get_mut(&day_of(*day)) {
            day.views += seen.views;
        }
    }
    for (day, rebuilt, failed) in rebuilds {
        if let Some(day) = days.get_mut(&day_of(*day)) {
            day.rebuilt += rebuilt;
            day.failed += failed;
        }
    }
    days.into_values().collect()
}

/// The websites by their views, the most first; those that the settings name in the letters of the settings.
fn seen_on(views: Vec<(Moment, SiteViews)>, named: &[Site]) -> Vec<SiteViews> {
    let mut sites: BTreeMap<String, u64> = BTreeMap::new();
    for (_, seen) in views {
        let typed = named.iter().find_map(|site| site.as_typed(&seen.site));
        *sites.entry(typed.unwrap_or(seen.site)).or_default() += seen.views;
    }
    let mut sites: Vec<SiteViews> = sites.into_iter().map(|(site, views)| SiteViews { site, views }).collect();
    sites.sort_by(|a, b| b.views.cmp(&a.views).then_with(|| a.site.cmp(&b.site)));
    sites
}
