//! `/widgets`: what one's websites show.

use domain::Moment;
use domain::view::{AccountView, WidgetSummary};

use super::PageTitle;
use super::problem::ProblemPanel;
use crate::api::account::ListAccounts;
use crate::api::widget::ListWidgets;
use crate::data::data;
use crate::erased::waited;
use crate::prelude::*;
use crate::ui::{ConnectChoice, Empty, Icon, Shape, Skeleton, StatusBadge, When, queue_state};
use crate::words;

/// "Widgets".
#[component]
pub fn Widgets() -> impl IntoView {
    let widgets = data(|| (Some(ListWidgets {}), 0));
    let accounts = data(|| (Some(ListAccounts {}), 0));
    view! {
        <PageTitle text=text!(widgets.heading) />
        <Transition fallback=|| view! { <Skeleton cards=3 /> }>
            {waited(move || async move {
                match (widgets.get().await, accounts.get().await) {
                    (Ok(widgets), Ok(accounts)) => told(widgets, &accounts),
                    (Err(error), _) | (_, Err(error)) => view! { <ProblemPanel error /> },
                }
            })}
        </Transition>
    }
}

fn told(widgets: Vec<WidgetSummary>, accounts: &[AccountView]) -> AnyView {
    let empty = widgets.is_empty();
    let body = match accounts.first() {
        None => view! {
            <Empty title=text!(widgets.no_account_title) text=text!(widgets.no_account)>
                <ConnectChoice />
            </Empty>
        },
        Some(_) if empty => view! {
            <Empty title=text!(widgets.empty_title) text=text!(widgets.empty)>
                {create_link("button button--primary")}
            </Empty>
        },
        Some(account) => {
            // The moment of the page.
            let now = account.token.life_line.now;
            let items: Vec<_> = widgets.into_iter().map(|widget| card(widget, now)).collect();
            view! {
                <section aria-labelledby="list-heading">
                    <h2 id="list-heading" class="visually-hidden">
                        {text!(widgets.list)}
                    </h2>
                    <ul class="widgets">{items}</ul>
                </section>
            }
        }
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

fn create_link(class: &'static str) -> AnyView {
    view! {
        <a class=class href="/widgets/new">
            <Icon shape=Shape::Plus />
            {text!(widgets.create)}
        </a>
    }
}

fn card(widget: WidgetSummary, now: Moment) -> AnyView {
    let name = words::widget_name(&widget);
    let account = format!("/accounts/{}", widget.account.id);
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
                <a href=format!("/widgets/{}", widget.id)>{name}</a>
            </h3>
            <p class="widget__sub">"@" {username.clone()} " · " {words::layout(widget.layout)}</p>
            {repair}
            <dl class="facts facts--row">{facts}</dl>
        </li>
    }
}
