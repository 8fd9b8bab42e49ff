//! The refresh plan: the next try, the tries after it, the last safe moment.

use domain::view::TokenView;

use super::When;
use crate::prelude::*;

/// How many tries are told one by one.
const TOLD: usize = 4;

/// The section.
#[component]
pub fn RefreshPlan(
    /// The token.
    token: TokenView,
) -> impl IntoView {
    let now = token.now;
    let active = token.summary.status.is_active();
    let mut tries = token.plan.into_iter();
    let body = match tries.next() {
        None => {
            let text = if active { text!(refresh.empty_active) } else { text!(refresh.empty_dead) };
            view! { <p class="plan__empty">{text}</p> }
        }
        Some(next) => {
            let then: Vec<_> = tries.by_ref().take(TOLD).map(|at| view! { <li><When at=at now=now /></li> }).collect();
            let more = tries.count();
            view! {
                <dl class="facts">
                    <div class="facts__item">
                        <dt>{text!(refresh.next)}</dt>
                        <dd><When at=next now=now /></dd>
                    </div>
                    {(!then.is_empty())
                        .then(|| {
                            view! {
                                <div class="facts__item">
                                    <dt>{text!(refresh.then)}</dt>
                                    <dd>
                                        <ol class="plan__tries">
                                            {then} {(more > 0).then(|| view! { <li class="plan__more">{text!(refresh.then_more, count = more)}</li> })}
                                        </ol>
                                    </dd>
                                </div>
                            }
                        })}
                    {token
                        .last_safe_moment
                        .map(|at| {
                            view! {
                                <div class="facts__item">
                                    <dt>{text!(refresh.last_safe)}</dt>
                                    <dd>
                                        <When at=at now=now />
                                        <span class="facts__note">{text!(refresh.last_safe_note)}</span>
                                    </dd>
                                </div>
                            }
                        })}
                </dl>
            }
        }
    };
    view! {
        <section class="plan" aria-labelledby="plan-heading">
            <h2 id="plan-heading">{text!(refresh.heading)}</h2>
            {body}
        </section>
    }
}
