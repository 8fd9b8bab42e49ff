//! What stands around a list that is read a page at a time: search and order
//! above it, the way on below it.

use domain::page::Page;

use crate::path::escape;
use crate::prelude::*;

/// A list so short needs no search.
const SEARCHED: u64 = 10;

/// Which part of a list an address asks for.
#[derive(Clone)]
pub struct Place {
    /// The page with the list, from its `/` on.
    pub page: String,
    /// The list on it, by its id, where it does not stand at the top.
    pub part: &'static str,
    /// What is searched for.
    pub search: String,
    /// The word of the order, empty for the usual one.
    pub order: &'static str,
}

impl Place {
    fn address(&self, order: &str, after: Option<&str>) -> String {
        let fields = [("q", self.search.as_str()), ("sort", order), ("after", after.unwrap_or_default())];
        let told = fields.iter().filter(|(_, value)| !value.is_empty());
        let told: Vec<_> = told.map(|(name, value)| format!("{name}={}", escape(value))).collect();
        let query = if told.is_empty() { String::new() } else { format!("?{}", told.join("&")) };
        format!("{}{query}{}", self.page, self.part)
    }
}

/// Above a list: its orders, and a search where there is enough to search.
pub fn list_tools(place: &Place, total: u64, orders: [(&'static str, &'static str); 2]) -> AnyView {
    let links = orders.map(|(order, label)| {
        let current = (order == place.order).then_some("true");
        view! {
            <a class="pick" href=place.address(order, None) aria-current=current>
                {label}
            </a>
        }
    });
    let search = (total > SEARCHED || !place.search.is_empty()).then(|| {
        view! {
            <form class="search" role="search" method="get" action=place.page.clone()>
                <input
                    class="field__input"
                    type="search"
                    name="q"
                    maxlength="100"
                    aria-label=text!(list.search)
                    placeholder=text!(list.search)
                    value=place.search.clone()
                />
                <input type="hidden" name="sort" value=place.order />
                <button class="button" type="submit">
                    {text!(list.find)}
                </button>
            </form>
        }
    });
    view! {
        <div class="list-tools">
            <nav class="sort" aria-label=text!(list.sort)>
                {Vec::from(links)}
            </nav>
            {search}
        </div>
    }
}

/// Below a list: how much of it this is, and the way on.
pub fn pager<T>(place: &Place, page: &Page<T>, begun: bool) -> AnyView {
    if page.next.is_none() && !begun {
        return ().into_any();
    }
    turn(place, page.items.len(), page.total, page.next.as_deref(), begun)
}

fn turn(place: &Place, shown: usize, total: u64, next: Option<&str>, begun: bool) -> AnyView {
    let first = begun.then(|| {
        view! {
            <a class="button" href=place.address(place.order, None)>
                {text!(list.first)}
            </a>
        }
    });
    let next = next.map(|next| {
        view! {
            <a class="button" href=place.address(place.order, Some(next))>
                {text!(list.next)}
            </a>
        }
    });
    view! {
        <nav class="pager" aria-label=text!(list.pages)>
            <p class="hint">{text!(list.part, shown = shown, total = total)}</p>
            {first}
            {next}
        </nav>
    }
}

/// Nothing has what is searched for in it.
pub fn nothing_found(place: &Place) -> AnyView {
    view! {
        <div class="empty">
            <p>{text!(list.nothing, search = place.search.clone())}</p>
            <a class="button" href=place.page.clone()>
                {text!(list.all)}
            </a>
        </div>
    }
}
