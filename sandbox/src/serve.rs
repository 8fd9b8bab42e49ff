//! Serving both routers.

use crate::{Error, Sandbox};
use tokio::{net::TcpListener, sync::watch};

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
