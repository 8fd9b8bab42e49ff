//! `/sessions`: where somebody is signed in.

use domain::id::SessionId;
use domain::view::SessionView;

use crate::action::{FormAction, ServerForm};
use crate::api::session::{ListSessions, Revoke, RevokeOthers};
use crate::data::renewed;
use crate::erased::{changing, waited};
use crate::part::{PageTitle, ProblemPanel};
use crate::prelude::*;
use crate::ui::{Alert, Skeleton, When};
use crate::words;

/// "Where you are signed in".
#[component]
pub fn Sessions() -> impl IntoView {
    let revoke = FormAction::<Revoke>::renewing();
    let others = FormAction::<RevokeOthers>::renewing();
    let sessions = renewed(move || revoke.round() + others.round(), move || Some(ListSessions {}));
    let problem = changing(move || {
        let problem = revoke.problem().or_else(|| others.problem());
        problem.map(|error| view! { <Alert text=words::problem(&error) /> })
    });
    view! {
        <PageTitle text=text!(sessions.heading) />
        <header class="head">
            <div>
                <h1>{text!(sessions.heading)}</h1>
                <p class="lead">{text!(sessions.lead)}</p>
            </div>
        </header>
        {problem}
        <Transition fallback=|| view! { <Skeleton /> }>
            {waited(move || async move {
                match sessions.get().await {
                    Err(error) => view! { <ProblemPanel error /> },
                    Ok(sessions) => list(sessions, revoke, others).into_any(),
                }
            })}
        </Transition>
    }
}

/// This browser first, then the others as they come: the last seen first.
fn list(sessions: Vec<SessionView>, revoke: FormAction<Revoke>, others: FormAction<RevokeOthers>) -> impl IntoView {
    let alone = sessions.len() == 1;
    let (this, elsewhere): (Vec<_>, Vec<_>) = sessions.into_iter().partition(|session| session.current);
    let end_all = (elsewhere.len() > 1).then(|| view! { <RevokeOthersForm others /> });
    let items: Vec<_> = this.into_iter().chain(elsewhere).map(|session| view! { <Item session revoke /> }).collect();
    view! {
        <ul class="sessions">{items}</ul>
        {end_all}
        {alone.then(|| view! { <p class="hint">{text!(sessions.alone)}</p> })}
    }
}

#[component]
fn Item(session: SessionView, revoke: FormAction<Revoke>) -> impl IntoView {
    let device = words::device(&session.device);
    let action = if session.current {
        view! { <span class="badge badge--plain">{text!(sessions.this)}</span> }
    } else {
        view! { <RevokeForm id=session.id device=device.clone() revoke /> }
    };
    view! {
        <li class="session">
            <h2 class="session__device">{device}</h2>
            <dl class="facts facts--row">
                <div class="facts__item">
                    <dt>{text!(sessions.signed_in)}</dt>
                    <dd>
                        <When at=session.signed_in_at />
                    </dd>
                </div>
                <div class="facts__item">
                    <dt>{text!(sessions.seen)}</dt>
                    <dd>
                        <When at=session.seen_at />
                    </dd>
                </div>
            </dl>
            <div class="session__action">{action}</div>
        </li>
    }
}

#[component]
fn RevokeForm(id: SessionId, device: String, revoke: FormAction<Revoke>) -> impl IntoView {
    let pending = revoke.pending();
    let label = text!(sessions.revoke_label, device = device);
    view! {
        <ServerForm action=revoke>
            <input type="hidden" name="session" value=id.to_string() />
            <button class="button" type="submit" disabled=pending aria-label=label>
                {changing(move || if pending.get() { text!(sessions.busy) } else { text!(sessions.revoke) })}
            </button>
        </ServerForm>
    }
}

#[component]
fn RevokeOthersForm(others: FormAction<RevokeOthers>) -> impl IntoView {
    let pending = others.pending();
    view! {
        <ServerForm action=others>
            <button class="button" type="submit" disabled=pending>
                {changing(move || if pending.get() { text!(sessions.busy) } else { text!(sessions.revoke_others) })}
            </button>
        </ServerForm>
    }
}
