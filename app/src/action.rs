//! Forms that post to a server function. Without JavaScript the browser posts
//! them; a live page sends the same fields itself and stays. One type of action
//! and one form serve all server functions, so that the browser loads them once.

use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;

use leptos::ev::SubmitEvent;
use leptos::server_fn::ServerFn;
use serde::de::DeserializeOwned;

use crate::api::{ApiError, read};
#[cfg(feature = "hydrate")]
use crate::brought;
use crate::prelude::*;
use crate::refusal::Refused;

/// What a form of the server function `S` does, and what came of it.
pub struct FormAction<S> {
    sender: Sender,
    of: PhantomData<fn() -> S>,
}

impl<S> Clone for FormAction<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for FormAction<S> {}

impl<S> Deref for FormAction<S> {
    type Target = Sender;

    fn deref(&self) -> &Sender {
        &self.sender
    }
}

impl<S> From<FormAction<S>> for Sender {
    fn from(action: FormAction<S>) -> Self {
        action.sender
    }
}

impl<S> FormAction<S>
where
    S: ServerFn<Error = ApiError>,
    S::Output: DeserializeOwned,
{
    /// Nothing was sent yet; or it was, as a plain form, and the page came with what was wrong.
    pub fn new() -> Self {
        Self { sender: Sender::new(S::PATH, send), of: PhantomData }
    }

    /// The same, where an answer changes what the page shows.
    pub fn renewing() -> Self {
        Self { sender: Sender::new(S::PATH, send_and_renew), of: PhantomData }
    }

    /// What the last answer was. Follows what it will be.
    pub fn answer(self) -> Option<Result<S::Output, ApiError>> {
        self.sender.action.value().with(|answer| match answer.as_ref()? {
            Ok(text) => Some(read(text).ok_or(ApiError::Malformed)),
            Err(error) => Some(Err(error.clone())),
        })
    }
}

/// The part of a [`FormAction`] that is the same for all of them.
#[derive(Clone, Copy)]
pub struct Sender {
    path: &'static str,
    action: Action<String, Result<String, ApiError>>,
}

impl Sender {
    fn new(path: &'static str, send: fn(&'static str, String) -> Sent) -> Self {
        // A plain form that was refused comes back to its page.
        let refused = use_context::<Refused>().and_then(|refused| refused.take(path)).map(Err);
        Self { path, action: Action::new_with_value(refused, move |fields: &String| send(path, fields.clone())) }
    }

    /// What went wrong with the last try.
    pub fn problem(self) -> Option<ApiError> {
        self.action.value().with(|answer| answer.as_ref()?.as_ref().err().cloned())
    }

    /// Whether an answer is awaited.
    pub fn pending(self) -> Memo<bool> {
        self.action.pending()
    }

    /// Grows with each answer.
    pub fn round(self) -> usize {
        self.action.version().get()
    }

    /// Whether what was sent last had this field with this plain value, such as an id.
    pub fn sent(self, name: &str, value: &str) -> bool {
        let pair = format!("{name}={value}");
        self.action.input().with(|sent| sent.as_ref().is_some_and(|sent| sent.split('&').any(|sent| sent == pair)))
    }
}

type Sent = Pin<Box<dyn Future<Output = Result<String, ApiError>> + Send>>;

#[cfg(feature = "hydrate")]
fn send(path: &'static str, fields: String) -> Sent {
    Box::pin(send_wrapper::SendWrapper::new(crate::api::send(path, fields, String::new())))
}

#[cfg(feature = "hydrate")]
fn send_and_renew(path: &'static str, fields: String) -> Sent {
    Box::pin(send_wrapper::SendWrapper::new(crate::api::send(path, fields, brought::shows())))
}

/// The server has nobody to ask.
#[cfg(not(feature = "hydrate"))]
fn send(_path: &'static str, _fields: String) -> Sent {
    Box::pin(std::future::ready(Err(ApiError::Internal)))
}

#[cfg(not(feature = "hydrate"))]
use send as send_and_renew;

/// The form of an action.
#[component]
pub fn ServerForm(
    /// Where it posts to.
    #[prop(into)]
    action: Sender,
    /// Its classes.
    #[prop(optional)]
    class: Option<&'static str>,
    /// Its id.
    #[prop(optional)]
    id: Option<&'static str>,
    /// Whether the server alone judges what was typed.
    #[prop(optional)]
    novalidate: bool,
    /// Its fields and buttons.
    children: Children,
) -> AnyView {
    let submit = move |event: SubmitEvent| {
        if event.default_prevented() || leads_elsewhere(&event) {
            return;
        }
        // Where the fields cannot be read, the browser posts the form.
        if let Some(fields) = fields(&event) {
            event.prevent_default();
            action.action.dispatch(fields);
        }
    };
    view! {
        <form method="post" action=action.path class=class id=id novalidate=novalidate on:submit=submit>
            {children()}
        </form>
    }
}

/// What stands in the form, with the button that was pressed, if it has a name.
#[cfg(feature = "hydrate")]
fn fields(event: &SubmitEvent) -> Option<String> {
    use leptos::wasm_bindgen::JsCast;
    use leptos::web_sys::{FormData, UrlSearchParams};

    let data = FormData::new_with_form(event.target()?.unchecked_ref()).ok()?;
    if let Some(button) = event.submitter()
        && let Some(name) = button.get_attribute("name")
    {
        data.append_with_str(&name, &button.get_attribute("value").unwrap_or_default()).ok()?;
    }
    UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?.to_string().as_string()
}

#[cfg(not(feature = "hydrate"))]
fn fields(_event: &SubmitEvent) -> Option<String> {
    None
}

/// Whether the button that was pressed sends the form to an address of its own.
#[cfg(feature = "hydrate")]
fn leads_elsewhere(event: &SubmitEvent) -> bool {
    event.submitter().is_some_and(|button| button.has_attribute("formaction"))
}

#[cfg(not(feature = "hydrate"))]
fn leads_elsewhere(_event: &SubmitEvent) -> bool {
    false
}
