//! The sandbox's two routers, and serving them.

use crate::{Error, Sandbox, control, meta};
use axum::Router;
use tokio::{net::TcpListener, sync::watch};

impl Sandbox {
    /// Meta's hosts, all in one router. See the crate's documentation for telling the hosts apart.
    pub fn meta_router(&self) -> Router {
        meta::router(self.clone())
    }

    /// The page for people at `/sandbox` and the JSON API under `/control`.
    pub fn control_router(&self) -> Router {
        control::router(self.clone())
    }
}

/// Serves Meta on one listener and the control API on another until `shutdown` is done.
pub async fn serve(
    sandbox: Sandbox,
    meta: TcpListener,
    control: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        shutdown.await;
        stop.send_replace(true);
        // Kept until both servers have seen it.
        stop.closed().await;
    });
    let wait = |mut stopped: watch::Receiver<bool>| async move {
        // An error means that the sender is gone, which is a reason to stop as well.
        stopped.wait_for(|stop| *stop).await.ok();
    };
    let meta = axum::serve(meta, sandbox.meta_router()).with_graceful_shutdown(wait(stopped.clone()));
    let control = axum::serve(control, sandbox.control_router()).with_graceful_shutdown(wait(stopped));
    tokio::try_join!(async { meta.await }, async { control.await })?;
    Ok(())
}
