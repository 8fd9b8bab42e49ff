//! What a page reads from the server. Every page reads through the same type,
//! which holds the answer as text, and reads the text where it shows it: so the
//! browser loads the code that waits for data once, and not once per page.

use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::str::FromStr;

use leptos::prelude::*;
use leptos::server::codee::string::FromToStringCodec;
use leptos::server_fn::ServerFn;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::api::{ApiError, read};

/// The answer of a server function that returns `T`.
pub struct Data<T> {
    text: Resource<Text, FromToStringCodec>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Data<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Data<T> {}

impl<T: DeserializeOwned> Data<T> {
    /// The answer, as soon as it is there.
    ///
    /// # Errors
    /// What the server function returned.
    pub async fn get(self) -> Result<T, ApiError> {
        let Text(text) = self.text.await;
        read(&text).unwrap_or(Err(ApiError::Malformed))
    }
}

/// Asks a server function, and again whenever what `ask` reads has changed.
/// `None` asks for something that cannot exist.
pub fn data<S>(ask: impl Fn() -> Option<S> + Send + Sync + 'static) -> Data<S::Output>
where
    S: ServerFn<Error = ApiError> + Serialize + Clone + Sync + 'static,
    S::Output: Serialize + 'static,
{
    let text = resource(Box::new(move || Question::new(ask(), 0)));
    Data { text, of: PhantomData }
}

/// The same, and again after each round of the page's forms, whose answers may
/// bring it along ([`crate::brought`]).
pub fn renewed<S>(
    round: impl Fn() -> usize + Send + Sync + 'static,
    ask: impl Fn() -> Option<S> + Send + Sync + 'static,
) -> Data<S::Output>
where
    S: ServerFn<Error = ApiError> + Serialize + Clone + Sync + 'static,
    S::Output: Serialize + 'static,
{
    let text = resource(Box::new(move || {
        let question = Question::new(ask(), round());
        #[cfg(feature = "hydrate")]
        if let Some(fields) = &question.fields {
            crate::brought::follow(S::PATH, fields);
        }
        question
    }));
    #[cfg(feature = "hydrate")]
    on_cleanup(|| crate::brought::forget(S::PATH));
    Data { text, of: PhantomData }
}

fn resource(ask: Box<dyn Fn() -> Question + Send + Sync>) -> Resource<Text, FromToStringCodec> {
    Resource::new_str_blocking(ask, Question::answer)
}

/// The JSON text of a `Result<T, ApiError>`.
#[derive(Clone)]
struct Text(String);

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Text {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

type Answer = Pin<Box<dyn Future<Output = Text> + Send>>;

const NOT_FOUND: &str = r#"{"Err":"NotFound"}"#;

/// Which server function is asked, with which fields.
#[derive(Clone)]
struct Question {
    path: &'static str,
    fields: Option<String>,
    round: usize,
    #[cfg(feature = "ssr")]
    run: std::sync::Arc<dyn Fn() -> Answer + Send + Sync>,
}

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        self.round == other.round && self.path == other.path && self.fields == other.fields
    }
}

impl Question {
    fn new<S>(asked: Option<S>, round: usize) -> Self
    where
        S: ServerFn<Error = ApiError> + Serialize + Clone + Sync + 'static,
        S::Output: Serialize + 'static,
    {
        Self {
            path: S::PATH,
            fields: asked.as_ref().and_then(|asked| serde_qs::to_string(asked).ok()),
            round,
            #[cfg(feature = "ssr")]
            run: std::sync::Arc::new(move || {
                let asked = asked.clone();
                Box::pin(async move {
                    let answer = match asked {
                        Some(asked) => asked.run_body().await,
                        None => Err(ApiError::NotFound),
                    };
                    Text(serde_json::to_string(&answer).unwrap_or_else(|_| NOT_FOUND.to_owned()))
                })
            }),
        }
    }

    /// On the server the function itself.
    #[cfg(feature = "ssr")]
    fn answer(self) -> Answer {
        (self.run)()
    }

    /// In the browser a request, written as the server writes what it asked itself.
    #[cfg(feature = "hydrate")]
    fn answer(self) -> Answer {
        Box::pin(send_wrapper::SendWrapper::new(async move {
            let Some(fields) = self.fields else { return Text(NOT_FOUND.to_owned()) };
            if let Some(brought) = crate::brought::take(self.path, &fields) {
                return Text(brought);
            }
            Text(match crate::api::ask(self.path, fields).await {
                Ok(text) => format!(r#"{{"Ok":{text}}}"#),
                Err(text) => format!(r#"{{"Err":{text}}}"#),
            })
        }))
    }

    /// Neither side of the wire.
    #[cfg(not(any(feature = "ssr", feature = "hydrate")))]
    fn answer(self) -> Answer {
        Box::pin(std::future::ready(Text(NOT_FOUND.to_owned())))
    }
}
