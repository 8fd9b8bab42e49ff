//! `/auth/trouble/{kind}`: what went wrong on the way through Meta, and what to do next.

use domain::authorization::Trouble;
use domain::platform::Platform;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::part::{NotFound, PageTitle, set_status};
use crate::path;
use crate::prelude::*;
use crate::ui::Flame;
use crate::words::{self, TroubleWords};

/// The page for one kind of trouble.
#[component]
pub fn TroublePage() -> impl IntoView {
    let kind = use_params_map().with_untracked(|params| params.get_str("kind").and_then(|word| word.parse().ok()));
    match kind {
        Some(trouble) => view! { <Told trouble /> },
        None => view! { <NotFound /> },
    }
}

#[component]
fn Told(trouble: Trouble) -> impl IntoView {
    set_status(words::trouble_status(trouble));
    let query = use_query_map().get_untracked();
    let platform = query.get_str("platform").and_then(|word| word.parse().ok()).unwrap_or(Platform::Instagram);
    let (expected, found) = (usernames(query.get("expected")), usernames(query.get("found")));
    let TroubleWords { heading, text, next } = words::trouble(trouble, platform, found.as_deref());

    let names = match (trouble, expected, found) {
        (Trouble::WrongAccount, Some(expected), Some(found)) => {
            Some(text!(trouble.wrong_account_names, expected = expected, found = found))
        }
        (Trouble::PersonalAccount, _, Some(found)) => Some(text!(trouble.signed_in_as, found = found)),
        _ => None,
    };
    let names = names.map(|names| view! { <p class="message__names">{names}</p> });
    let missing: Vec<_> =
        permissions(query.get("missing")).into_iter().map(|name| view! { <li><code>{name}</code></li> }).collect();
    let missing = (trouble == Trouble::MissingPermission && !missing.is_empty()).then(|| {
        view! {
            <p>{text!(trouble.missing_permission_names)}</p>
            <ul class="inline-list">{missing}</ul>
        }
    });
    let (href, label) = match query.get_str("again").and_then(|word| word.parse().ok()) {
        Some(intent) if words::asks_again(trouble, platform) => {
            (format!("{}&ask_again=true", path::start(platform, intent)), text!(trouble.again))
        }
        Some(intent) => (path::start(platform, intent), text!(trouble.again)),
        None => (Route::LogIn.address(), text!(trouble.login)),
    };
    let shared = words::may_be_unshared(trouble, platform).then(|| {
        view! {
            <p>{text!(trouble.shared)}</p>
            <p>
                <a href=path::BUSINESS_INTEGRATIONS rel="external noreferrer">
                    {text!(trouble.shared_link)}
                </a>
            </p>
        }
    });
    view! {
        <PageTitle text=heading.clone() />
        <div class="message">
            <Flame lit=false />
            <h1>{heading}</h1>
            <p>{text}</p>
            {names}
            {missing}
            <h2 class="message__next">{text!(trouble.what_next)}</h2>
            <p>{next}</p>
            {shared}
            <a class="button button--primary" href=href rel="external">
                {label}
            </a>
            <p>
                <a href=Route::Home.address()>{text!(trouble.home)}</a>
            </p>
        </div>
    }
}

/// Usernames in a list with commas, as people write them: "@one, @two".
/// Anything else is dropped, so that an address cannot put words into our mouth.
fn usernames(text: Option<String>) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_';
    let names: Vec<String> = listed(&text?, 30, plain).map(|name| format!("@{name}")).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The names of permissions in a list with commas.
fn permissions(text: Option<String>) -> Vec<String> {
    let plain = |c: char| c.is_ascii_lowercase() || c == '_';
    listed(&text.unwrap_or_default(), 60, plain).map(ToOwned::to_owned).collect()
}

fn listed(text: &str, longest: usize, plain: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    let fine = move |name: &&str| !name.is_empty() && name.len() <= longest && name.chars().all(&plain);
    text.split(',').map(str::trim).filter(fine).take(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_the_address_are_names_and_nothing_else() {
        assert_eq!(usernames(Some("corner.bakery, shop_2".to_owned())).as_deref(), Some("@corner.bakery, @shop_2"));
        assert_eq!(usernames(Some("call us at 555, <b>".to_owned())), None);
        assert_eq!(permissions(Some("instagram_basic,Say This".to_owned())), ["instagram_basic"]);
    }
}
