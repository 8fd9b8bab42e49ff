//! Work that runs to its end, whatever becomes of whoever asked for it.
//!
//! A browser may leave at any moment, and its request is then dropped where it
//! stands. What holds a lock, or a string that Meta has just handed out, must
//! not be dropped with it.

use std::panic::resume_unwind;

use tokio_util::task::TaskTracker;
use tracing::Instrument;

/// The work of this process that outlives its requests. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Detached(TaskTracker);

impl Detached {
    /// Runs work in a task of its own and waits for its result. Whoever stops
    /// waiting does not stop the work. A panic of the work is the caller's too.
    pub(crate) async fn run<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> T {
        match self.0.spawn(work.in_current_span()).await {
            Ok(result) => result,
            Err(error) => match error.try_into_panic() {
                Ok(panic) => resume_unwind(panic),
                // Nobody aborts it: only the end of the runtime does, and of the caller with it.
                Err(_) => std::future::pending().await,
            },
        }
    }

    /// Begins work that nobody waits for. Outside a runtime, nothing happens.
    pub(crate) fn begin(&self, work: impl Future<Output = ()> + Send + 'static) {
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            self.0.spawn_on(work.in_current_span(), &runtime);
        }
    }

    /// Waits until none of it runs any more: at the end of the process.
    pub async fn settled(&self) {
        self.0.close();
        self.0.wait().await;
        self.0.reopen();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use futures::FutureExt;

    use super::*;

    #[tokio::test]
    async fn work_goes_on_when_nobody_waits_for_it_any_more() {
        let (detached, done) = (Detached::default(), Arc::new(AtomicBool::new(false)));
        let work = {
            let done = Arc::clone(&done);
            async move {
                tokio::task::yield_now().await;
                done.store(true, Ordering::SeqCst);
            }
        };
        assert!(detached.run(work).now_or_never().is_none(), "it was waited for");
        assert!(!done.load(Ordering::SeqCst));
        detached.settled().await;
        assert!(done.load(Ordering::SeqCst));
    }

    #[tokio::test]
    async fn a_panic_reaches_whoever_waits() {
        let detached = Detached::default();
        let waiting = std::panic::AssertUnwindSafe(detached.run(async { panic!("on purpose") })).catch_unwind();
        assert!(waiting.await.is_err());
    }
}
