//! What every page needs of leptos, with the `view!` of [`crate::erased`].

pub use leptos::prelude::*;

pub(crate) use crate::erased::view;
pub use crate::route::Route;
