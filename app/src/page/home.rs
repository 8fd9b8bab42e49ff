//! `/`: what this is, the way in, and the manual check.

mod preview;

use chrono::{DateTime, TimeDelta};
use domain::Moment;
use domain::token::life_line::{LifeLine, Mark, MarkKind};
use domain::view::{self, Me};

use self::preview::Preview;
use crate::erased::waited;
use crate::part::PageTitle;
use crate::prelude::*;
use crate::ui::{Flame, LifeLineView, StatusBadge};
use crate::user::CurrentUser;

/// The front page.
#[component]
pub fn Home() -> impl IntoView {
    let user = expect_context::<CurrentUser>();
    view! {
        <PageTitle text=text!(home.title) />
        <section class="hero">
            <div class="hero__words">
                <h1>{text!(home.heading)}</h1>
                <p class="lead">{text!(home.lead)}</p>
                <Suspense fallback=|| ()>
                    {waited(move || async move {
                        match user.me().await {
                            Some(me) => welcome(me).into_any(),
                            None => way_in().into_any(),
                        }
                    })}
                </Suspense>
            </div>
        </section>
        <Preview />
        <section class="block" aria-labelledby="how-heading">
            <h2 id="how-heading">{text!(home.how)}</h2>
            <Example />
            <ul class="trio">
                <li>
                    <h3>{text!(home.see_title)}</h3>
                    <p>{text!(home.see_text)}</p>
                </li>
                <li>
                    <h3>{text!(home.keep_title)}</h3>
                    <p>{text!(home.keep_text)}</p>
                </li>
                <li>
                    <h3>{text!(home.repair_title)}</h3>
                    <p>{text!(home.repair_text)}</p>
                </li>
            </ul>
        </section>
        <section class="block" aria-labelledby="why-heading">
            <h2 id="why-heading">{text!(home.why)}</h2>
            <ul class="reasons">
                <li>{text!(home.why_expired)}</li>
                <li>{text!(home.why_password)}</li>
                <li>{text!(home.why_removed)}</li>
                <li>{text!(home.why_permission)}</li>
            </ul>
        </section>
    }
}

fn way_in() -> impl IntoView {
    view! {
        <div class="hero__ways">
            <a class="button button--primary" href=Route::LogIn.address()>
                {text!(home.log_in)}
            </a>
            <a class="button" href=Route::SignUp.address()>
                {text!(home.sign_up)}
            </a>
        </div>
        <p class="hint">
            <a href=Route::AccessToken.address()>{text!(home.public)}</a>
        </p>
    }
}

fn welcome(me: Me) -> impl IntoView {
    let label = match me.home() {
        view::Home::Dashboard => text!(home.to_dashboard),
        view::Home::AccessToken => text!(home.to_token),
    };
    let home = Route::from(me.home()).address();
    view! {
        <p class="hero__welcome">{text!(home.welcome, name = me.name)}</p>
        <div class="hero__ways">
            <a class="button" href=home>
                {label}
            </a>
            <a class="button" href=Route::Accounts.address()>
                {text!(home.to_accounts)}
            </a>
        </div>
    }
}

/// A token's life as the product shows it.
#[component]
fn Example() -> impl IntoView {
    view! {
        <figure class="example">
            <figcaption class="example__caption">{text!(home.example)}</figcaption>
            <div class="example__glow">
                <Flame lit=true />
            </div>
            <p class="example__account">{text!(home.example_account)} <StatusBadge active=true /></p>
            <LifeLineView line=example() compact=true />
            <p class="hint">{text!(home.example_note)}</p>
        </figure>
    }
}

/// Issued, extended on day 30, and on its way to the next extension.
fn example() -> LifeLine {
    let start = Moment::from(DateTime::UNIX_EPOCH) + TimeDelta::days(20_484);
    let day = |days| start + TimeDelta::days(days);
    let mark = |days, kind| Mark { at: day(days), kind, times: 1 };
    LifeLine {
        start,
        end: day(90),
        now: day(44),
        lit: true,
        marks: vec![
            mark(0, MarkKind::Issued),
            mark(30, MarkKind::Extended),
            mark(60, MarkKind::Planned),
            mark(63, MarkKind::Planned),
            mark(66, MarkKind::Planned),
            mark(69, MarkKind::Planned),
            mark(72, MarkKind::Planned),
            mark(75, MarkKind::Planned),
            mark(78, MarkKind::Planned),
            mark(80, MarkKind::Planned),
            mark(82, MarkKind::Planned),
            mark(84, MarkKind::Planned),
            mark(88, MarkKind::LastSafe),
            mark(90, MarkKind::Expiry),
        ],
    }
}
