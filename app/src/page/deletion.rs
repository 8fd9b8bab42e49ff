//! `/meta/deletion/{code}`: what became of a request to delete somebody's data.

use domain::view::DeletionView;
use leptos_router::hooks::use_params_map;

use crate::api::deletion::DeletionStatus;
use crate::data::data;
use crate::erased::waited;
use crate::part::{PageTitle, ProblemPanel, set_status};
use crate::prelude::*;
use crate::ui::{Skeleton, When};

/// The status page that Meta links to.
#[component]
pub fn Deletion() -> impl IntoView {
    let params = use_params_map();
    let code = move || params.with(|params| params.get("code").unwrap_or_default());
    let request = data(move || Some(DeletionStatus { code: code() }));
    view! {
        <PageTitle text=text!(deletion.title) />
        <div class="sheet">
            <h1>{text!(deletion.heading)}</h1>
            <Transition fallback=|| view! { <Skeleton cards=1 /> }>
                {waited(move || async move {
                    match request.get().await {
                        Err(error) => view! { <ProblemPanel error /> },
                        Ok(Some(request)) => told(request, untrack(code)).into_any(),
                        Ok(None) => {
                            set_status(404);
                            view! {
                                <h2>{text!(deletion.unknown)}</h2>
                                <p>{text!(deletion.unknown_text)}</p>
                            }
                        }
                    }
                })}
            </Transition>
        </div>
    }
}

fn told(request: DeletionView, code: String) -> impl IntoView {
    let (title, text) = match request.done_at {
        Some(_) => (text!(deletion.done), text!(deletion.done_text)),
        None => (text!(deletion.waiting), text!(deletion.waiting_text)),
    };
    view! {
        <h2>{title}</h2>
        <p>{text}</p>
        <dl class="facts">
            <div class="facts__item">
                <dt>{text!(deletion.requested)}</dt>
                <dd>
                    <When at=request.requested_at />
                </dd>
            </div>
            {request
                .done_at
                .map(|at| {
                    view! {
                        <div class="facts__item">
                            <dt>{text!(deletion.finished)}</dt>
                            <dd>
                                <When at=at />
                            </dd>
                        </div>
                    }
                })}
            <div class="facts__item">
                <dt>{text!(deletion.code)}</dt>
                <dd><code>{code}</code></dd>
            </div>
        </dl>
    }
}
