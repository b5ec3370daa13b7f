//! Work that nobody asks for at the moment it is due: retention, day roots of the audit log, the centre's own certificates.
//! It runs beside ingest in `serve`, in small transactions, and takes its time from a clock that is given to it.

mod enrolment;
mod renewal;
mod retention;
mod roots;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use contract::clock::Clock;
use metrics::counter;
use tokio::sync::watch;

pub use enrolment::run_enrolment;
pub use renewal::{OnRenewed, run_renewal};
pub use retention::{JobError, apply_retention};
pub use roots::{AFTER_MIDNIGHT_US, RootsError, Sealed, seal_days};

use crate::evidence::EvidenceStore;
use crate::fleet::Authority;
use crate::store::Db;
use crate::telemetry;

const HOUR: Duration = Duration::from_secs(3600);

/// Does `job` at the start and then every hour, until `stop`.
async fn hourly<F: Future<Output = ()>>(mut stop: watch::Receiver<bool>, job: impl Fn() -> F) {
    loop {
        job().await;
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(HOUR) => {}
        }
    }
}

/// Retention until `stop`. Every hour: a day's worth of rows at once would keep fresh events waiting.
pub async fn run_retention(db: Db, evidence: EvidenceStore, clock: Arc<dyn Clock>, stop: watch::Receiver<bool>) {
    hourly(stop, || async {
        match apply_retention(&db, &evidence, clock.as_ref()).await {
            Ok(removed) => {
                for (what, rows) in &removed {
                    counter!(telemetry::RETENTION_REMOVED, "what" => *what).increment(*rows);
                    tracing::info!(rows, "past its retention: {rows} of {what}");
                }
            }
            Err(error) => {
                tracing::error!(error = telemetry::chain(&error), "retention did not finish; it goes on in an hour");
            }
        }
    })
    .await;
}

/// Day roots until `stop`.
pub async fn run_roots(
    db: Db,
    authority: Arc<Authority>,
    roots_dir: Option<PathBuf>,
    clock: Arc<dyn Clock>,
    stop: watch::Receiver<bool>,
) {
    hourly(stop, || async {
        match seal_days(&db, authority.bundle_key(), roots_dir.as_deref(), clock.as_ref()).await {
            Ok(sealed) if sealed.waiting > 0 => tracing::warn!(
                roots = sealed.waiting,
                "roots of the audit log lie on this machine only; set audit.roots_dir to a folder on another one"
            ),
            Ok(_) => {}
            Err(error) => {
                tracing::error!(error = telemetry::chain(&error), "days of the audit log are not sealed or shipped")
            }
        }
    })
    .await;
}
