//! A form that stays on its page changes what the page shows. Its answer brings
//! that along, so that the page need not ask again: one way to the server, not two.
//!
//! The request names what the page shows, the answer has a line for each
//! (`server::middleware::brought`). Where a line is missing, the page asks.

/// The header with the questions of a page, as paths with a query, a space between two.
pub const SHOWS: &str = "x-shows";

#[cfg(feature = "hydrate")]
pub use browser::{bring, follow, forget, shows, take};

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::RefCell;

    /// What a page asks, and what was brought before it asked again.
    struct Shown {
        path: &'static str,
        fields: String,
        brought: Option<String>,
    }

    thread_local! {
        static SHOWN: RefCell<Vec<Shown>> = const { RefCell::new(Vec::new()) };
    }

    /// A page asks this from now on.
    pub fn follow(path: &'static str, fields: &str) {
        SHOWN.with_borrow_mut(|shown| match shown.iter_mut().find(|shown| shown.path == path) {
            Some(same) if same.fields == fields => {}
            Some(other) => *other = Shown { path, fields: fields.to_owned(), brought: None },
            None => shown.push(Shown { path, fields: fields.to_owned(), brought: None }),
        });
    }

    /// The page that asked this is gone.
    pub fn forget(path: &'static str) {
        SHOWN.with_borrow_mut(|shown| shown.retain(|shown| shown.path != path));
    }

    /// The value of the header.
    pub fn shows() -> String {
        let question = |Shown { path, fields, .. }: &Shown| format!("{path}?{fields}");
        SHOWN.with_borrow(|shown| shown.iter().map(question).collect::<Vec<_>>().join(" "))
    }

    /// Keeps the lines that came for these questions.
    pub fn bring<'a>(shows: &str, lines: impl Iterator<Item = &'a str>) {
        SHOWN.with_borrow_mut(|shown| {
            for (question, line) in shows.split(' ').zip(lines) {
                let asked =
                    |shown: &&mut Shown| question.strip_prefix(shown.path) == Some(&format!("?{}", shown.fields));
                if let Some(shown) = shown.iter_mut().find(asked) {
                    shown.brought = (!line.is_empty()).then(|| line.to_owned());
                }
            }
        });
    }

    /// What was brought for this question, once.
    pub fn take(path: &str, fields: &str) -> Option<String> {
        SHOWN.with_borrow_mut(|shown| {
            let asked = |shown: &&mut Shown| shown.path == path && shown.fields == fields;
            shown.iter_mut().find(asked)?.brought.take()
        })
    }
}
