//! Renews the centre's own certificates while it runs: looked at every hour, renewed when their end is near. Who uses them
//! is told by the caller's function; the broker is a process of its own and takes its new one on SIGHUP.

use std::sync::Arc;

use contract::clock::Clock;
use tokio::sync::watch;

use super::hourly;
use crate::fleet::Authority;
use crate::telemetry;

/// Called after a renewal: puts the new certificates in use.
pub type OnRenewed = Arc<dyn Fn() -> anyhow::Result<()> + Send + Sync>;

/// Runs until `stop`.
pub async fn run_renewal(
    authority: Arc<Authority>,
    (server_names, broker_names): (Vec<String>, Vec<String>),
    clock: Arc<dyn Clock>,
    on_renewed: OnRenewed,
    stop: watch::Receiver<bool>,
) {
    hourly(stop, || async {
        match authority.renew_own(&server_names, &broker_names, clock.now()) {
            Ok(false) => {}
            Ok(true) => match on_renewed() {
                Ok(()) => tracing::warn!(
                    "own certificates were renewed; send the broker SIGHUP, so that it takes its new one"
                ),
                Err(error) => tracing::error!(error = format!("{error:#}"), "the renewed certificates are not in use"),
            },
            Err(error) => tracing::error!(error = telemetry::chain(&error), "own certificates could not be renewed"),
        }
    })
    .await;
}
