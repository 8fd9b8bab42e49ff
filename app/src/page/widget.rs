//! `/widgets/{id}`: how one widget looks, where it stands, and how it is doing.

mod code;
mod delete;
mod rebuild;
mod save;
mod statistics;

use domain::id::WidgetId;
use domain::view::{QueueView, WidgetView};
use leptos_router::hooks::use_params_map;

use crate::action::FormAction;
use crate::api::queue::MyQueue;
use crate::api::token::Refresh;
use crate::api::widget::{GetWidget, RebuildWidget, SaveWidget};
use crate::data::renewed;
use crate::erased::waited;
use crate::layout::Announcer;
use crate::part::{PageTitle, ProblemPanel, RefreshProblem, RefreshQueue, TokenTrouble, refreshing};
use crate::prelude::*;
use crate::ui::{Icon, Shape, Skeleton};
use crate::words;

/// The actions of the page.
#[derive(Clone, Copy)]
struct Actions {
    refresh: FormAction<Refresh>,
    save: FormAction<SaveWidget>,
    rebuild: FormAction<RebuildWidget>,
}

/// The widget's page.
#[component]
pub fn Widget() -> impl IntoView {
    let actions = Actions { refresh: refreshing(), save: FormAction::renewing(), rebuild: FormAction::renewing() };
    let Actions { refresh, save, rebuild } = actions;
    save::announce(save, expect_context::<Announcer>());
    rebuild::announce(rebuild, expect_context::<Announcer>());
    let params = use_params_map();
    let id = move || params.with(|params| params.get_str("id").and_then(|id| id.parse::<WidgetId>().ok()));
    let round = move || refresh.round() + save.round() + rebuild.round();
    let widget = renewed(round, move || id().map(|widget| GetWidget { widget }));
    let queue = renewed(round, move || id().map(|widget| MyQueue { widget: Some(widget) }));
    view! {
        <Transition fallback=|| view! { <Skeleton cards=3 /> }>
            {waited(move || async move {
                match (widget.get().await, queue.get().await) {
                    (Ok(widget), Ok(queue)) => told(widget, queue, actions),
                    (Err(error), _) | (_, Err(error)) => view! { <ProblemPanel error /> },
                }
            })}
        </Transition>
    }
}

fn told(widget: WidgetView, queue: QueueView, actions: Actions) -> AnyView {
    let name = words::widget_name(&widget.summary);
    let account = widget.summary.account.clone();
    let id = widget.summary.id;
    let looking = save::looking(&widget, actions.save);
    view! {
        <PageTitle text=name.clone() />
        <a class="back" href=Route::Widgets.address()>
            <Icon shape=Shape::Back />
            {text!(widget.back)}
        </a>
        <header class="head">
            <div>
                <h1>{name.clone()}</h1>
                <p class="lead">
                    {text!(widget.of)} " " <a href=Route::Account(account.id).address()>"@" {account.username.clone()}</a>
                </p>
            </div>
            <a class="button" href=format!("#{}", code::CODE) rel="external">
                {text!(widget.to_code)}
            </a>
        </header>
        <RefreshProblem refresh=actions.refresh />
        <TokenTrouble
            account
            token=widget.token.clone()
            now=widget.now
            kept=widget.summary.rebuilt_at
            refresh=actions.refresh
        />
        {save::look(&widget, actions.save, looking)}
        {code::code(&widget)}
        <RefreshQueue queue widget=id rebuilt=looking.round>
            {rebuild::form(id, actions.rebuild)}
        </RefreshQueue>
        {statistics::statistics(widget)}
        {delete::form(id, name)}
    }
}
