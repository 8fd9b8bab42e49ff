//! Tells the worker of this process that there may be work.

use std::sync::Arc;

use tokio::sync::Notify;

/// Saves the worker of this process the wait for its next poll. Other
/// processes find the work by polling. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Wake(Arc<Notify>);

impl Wake {
    /// Call it after the commit. Not lost while the worker is busy claiming.
    pub fn all(&self) {
        self.0.notify_one();
    }

    pub(super) async fn woken(&self) {
        self.0.notified().await;
    }
}
