//! Enrolment by the clock: ends what is over its time, notes which nodes have said that they know of a withdrawal, and keeps
//! every node's gallery as it should be. A gallery that is not renewed means *ask a person* at its gates, so that a fault here
//! opens nothing.

use std::time::Duration;

use tokio::sync::watch;

use crate::people::Office;
use crate::telemetry;

/// A withdrawal has to be confirmed within a minute of its node being reachable.
const EVERY: Duration = Duration::from_secs(10);
/// Whatever changes a gallery makes it anew at once; this looks for what changed besides (a node's nets, its time).
const GALLERIES_EVERY: u32 = 6;

/// Runs until `stop`.
pub async fn run_enrolment(office: Office, mut stop: watch::Receiver<bool>) {
    let mut rounds = 0_u32;
    loop {
        match office.by_the_clock().await {
            Ok(0) => {}
            Ok(ended) => tracing::info!(ended, "{ended} enrolments or watch entries ended by their time"),
            Err(error) => tracing::error!(error = telemetry::chain(&error), "enrolments are not ended in time"),
        }
        if rounds.is_multiple_of(GALLERIES_EVERY)
            && let Err(error) = office.galleries().await
        {
            tracing::error!(error = telemetry::chain(&error), "galleries are not kept up to date");
        }
        rounds = rounds.wrapping_add(1);
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}
