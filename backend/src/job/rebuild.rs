//! Rebuilds one widget with the latest pictures, and plans the next time.

use domain::Moment;
use domain::id::WidgetId;
use serde::{Deserialize, Serialize};

use crate::Services;
use crate::queue::{Job, JobError};
use crate::service::rebuild;

/// The job of one widget. Every widget has one.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Rebuild {
    /// Which.
    pub widget: WidgetId,
    /// A fetch of its account's posts since this moment is good enough.
    pub asked_at: Moment,
}

impl Job for Rebuild {
    type Context = Services;
    const KIND: &'static str = "rebuild";
    /// Meta's refusals are no failures of the job; what fails is our own.
    const MAX_ATTEMPTS: u32 = 20;
    /// A token's life comes first.
    const PRIORITY: i32 = 0;

    fn dedupe_key(&self) -> String {
        self.widget.to_string()
    }

    async fn run(&self, services: &Services) -> Result<(), JobError> {
        rebuild::rebuild(services, self.widget, self.asked_at).await.map_err(JobError::retry)
    }
}
