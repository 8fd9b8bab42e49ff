//! `/widgets`: what one's websites show.

use domain::Moment;
use domain::page::{Page, Search, WidgetOrder};
use domain::view::{AccountRef, WidgetSummary};
use leptos_router::hooks::use_query_map;

use crate::api::account::ChoiceOfAccounts;
use crate::api::widget::ListWidgets;
use crate::data::data;
use crate::erased::waited;
use crate::part::{PageTitle, ProblemPanel};
use crate::prelude::*;
use crate::ui::{
    ConnectChoice, Empty, Icon, Place, Shape, Skeleton, StatusBadge, When, list_tools, nothing_found, pager,
    queue_state,
};
use crate::words;

/// The word of the order by views.
const VIEWS: &str = "views";

/// "Widgets".
#[component]
pub fn Widgets() -> impl IntoView {
    let query = use_query_map();
    let asked = move || {
        query.with(|query| ListWidgets {
            search: Search::new(&query.get("q").unwrap_or_default()),
            order: if query.get_str("sort") == Some(VIEWS) { WidgetOrder::Views } else { WidgetOrder::Made },
            after: query.get_str("after").and_then(|id| id.parse().ok()),
        })
    };
    let widgets = data(move || Some(asked()));
    let accounts = data(|| Some(ChoiceOfAccounts { account: None }));
    view! {
        <PageTitle text=text!(widgets.heading) />
        <Transition fallback=|| view! { <Skeleton cards=3 /> }>
            {waited(move || {
                let asked = asked();
                async move {
                    match (widgets.get().await, accounts.get().await) {
                        (Ok(widgets), Ok(accounts)) => told(widgets, &accounts, asked),
                        (Err(error), _) | (_, Err(error)) => view! { <ProblemPanel error /> },
                    }
                }
            })}
        </Transition>
    }
}

fn told(widgets: Page<WidgetSummary>, accounts: &[AccountRef], asked: ListWidgets) -> AnyView {
    let empty = widgets.total == 0 && asked.search.is_empty();
    let body = match (accounts.is_empty(), empty) {
        (true, _) => view! {
            <Empty title=text!(widgets.no_account_title) text=text!(widgets.no_account)>
                <ConnectChoice />
            </Empty>
        },
        (false, true) => view! {
            <Empty title=text!(widgets.empty_title) text=text!(widgets.empty)>
                {create_link("button button--primary")}
            </Empty>
        },
        (false, false) => list(widgets, asked),
    };
    view! {
        <header class="head">
            <div>
                <h1>{text!(widgets.heading)}</h1>
                <p class="lead">{text!(widgets.lead)}</p>
            </div>
            {(!empty).then(|| create_link("button button--primary"))}
        </header>
        {body}
    }
}

fn list(widgets: Page<WidgetSummary>, asked: ListWidgets) -> AnyView {
    let order = if asked.order == WidgetOrder::Views { VIEWS } else { "" };
    let place = Place { page: Route::Widgets.address(), part: "", search: asked.search.into(), order };
    let orders = [("", text!(widgets.sort_made)), (VIEWS, text!(widgets.sort_views))];
    let turn = pager(&place, &widgets, asked.after.is_some());
    let now = widgets.now;
    let items: Vec<_> = widgets.items.into_iter().map(|widget| card(widget, now)).collect();
    let found = if items.is_empty() {
        nothing_found(&place)
    } else {
        view! { <ul class="widgets">{items}</ul> }
    };
    view! {
        <section aria-labelledby="list-heading">
            <h2 id="list-heading" class="visually-hidden">
                {text!(widgets.list)}
            </h2>
            {list_tools(&place, widgets.total, orders)}
            {found}
            {turn}
        </section>
    }
}

fn create_link(class: &'static str) -> AnyView {
    view! {
        <a class=class href=Route::NewWidget.address()>
            <Icon shape=Shape::Plus />
            {text!(widgets.create)}
        </a>
    }
}

fn card(widget: WidgetSummary, now: Moment) -> AnyView {
    let name = words::widget_name(&widget);
    let account = Route::Account(widget.account.id).address();
    let username = widget.account.username;
    let repair = widget.token_needs.then(|| {
        view! {
            <p class="widget__repair">
                <StatusBadge active=widget.token_active needs=true />
                <a href=account.clone()>{text!(widgets.refresh, username = username.clone())}</a>
            </p>
        }
    });
    let rebuilt = match widget.rebuilt_at {
        Some(at) => view! { <When at=at now=now /> },
        None => text!(widgets.never).into_any(),
    };
    let sites = if widget.sites.is_empty() { text!(widgets.any_site).to_owned() } else { widget.sites.join(", ") };
    let state = queue_state(widget.queue, now);
    let facts = [
        (text!(widgets.rebuilt), rebuilt),
        (text!(widgets.queue), state),
        (text!(widgets.sites), sites.into_any()),
        (text!(widgets.views), widget.views.into_any()),
    ];
    let facts: Vec<_> = facts
        .into_iter()
        .map(|(label, value)| {
            view! {
                <div class="facts__item">
                    <dt>{label}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
        .collect();
    view! {
        <li class=if widget.token_needs { "widget widget--needs" } else { "widget" }>
            <h3 class="widget__name">
                <a href=Route::Widget(widget.id).address()>{name}</a>
            </h3>
            <p class="widget__sub">"@" {username.clone()} " · " {words::layout(widget.layout)}</p>
            {repair}
            <dl class="facts facts--row">{facts}</dl>
        </li>
    }
}
