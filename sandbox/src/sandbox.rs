//! The sandbox itself: its settings, its state behind a lock, its clock.

use crate::{
    Error, Settings,
    cast::{self, Platform},
    clock,
    state::{Calls, State, TokenKind},
};
use axum::body::Bytes;
use chrono::{DateTime, Duration, Utc};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A local imitation of Meta. Clones share one state.
#[derive(Clone)]
pub struct Sandbox {
    inner: Arc<Inner>,
}

struct Inner {
    settings: Settings,
    state: Mutex<State>,
    calls: Mutex<Calls>,
    drawings: Mutex<HashMap<String, Bytes>>,
}

impl Sandbox {
    /// Loads the state file, or starts with the fresh test world where there is none.
    pub fn open(settings: Settings) -> Result<Self, Error> {
        let state = match &settings.state_file {
            Some(path) => State::load(path)?,
            None => State::fresh(),
        };
        let inner = Inner { settings, state: Mutex::new(state), calls: Mutex::default(), drawings: Mutex::default() };
        let sandbox = Self { inner: Arc::new(inner) };
        // A folder that cannot be written is found now and not at the first login.
        sandbox.save(&sandbox.state())?;
        Ok(sandbox)
    }

    /// The sandbox's time: the real time plus the offset set by hand.
    pub fn now(&self) -> DateTime<Utc> {
        clock::real_now() + Duration::seconds(self.state().offset_seconds)
    }

    /// A long-lived token with the usual permissions, as Meta's dashboard makes them. `None` for somebody unknown.
    pub fn dashboard_token(&self, username: &str) -> Option<String> {
        let person = cast::person(username)?;
        let scopes = person.platform.usual_scopes();
        let now = self.now();
        Some(self.change(|state| {
            state.allow(person, &scopes, &scopes.iter().cloned().collect(), now);
            state.issue(person, TokenKind::Long, now).value
        }))
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// The app of a family.
    pub(crate) fn app(&self, platform: Platform) -> &crate::AppCredentials {
        match platform {
            Platform::Instagram => &self.inner.settings.instagram,
            Platform::Facebook => &self.inner.settings.facebook,
        }
    }

    /// The state, to read. Not to be held while calling anything else of the sandbox.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state and saves it.
    pub(crate) fn change<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        let mut state = self.state();
        let result = change(&mut state);
        if let Err(error) = self.save(&state) {
            tracing::error!(error = &error as &dyn std::error::Error, "the sandbox state is not saved");
        }
        result
    }

    pub(crate) fn calls(&self) -> MutexGuard<'_, Calls> {
        self.inner.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn drawings(&self) -> MutexGuard<'_, HashMap<String, Bytes>> {
        self.inner.drawings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn save(&self, state: &State) -> Result<(), Error> {
        self.inner.settings.state_file.as_ref().map_or(Ok(()), |path| state.save(path))
    }
}
