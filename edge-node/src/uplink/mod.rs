//! To the centre and back: the MQTT session, delivery of events in two lanes, pictures over HTTPS, bundles and commands
//! down. Nothing here decides what an event is or what a bundle means; it knows the outbox, the pictures' folder and a
//! target to speak to, and could serve any service that has these.
//!
//! The outbox is the only memory: the MQTT client is made anew for every connection, so that none of its own queues or
//! packet ids outlive a broken one, and what it had is sent again because the centre has not acknowledged it.

mod bundles;
mod commands;
mod looks;
mod pictures;
mod run;
mod wishes;

use std::collections::BTreeMap;
use std::sync::Arc;

use contract::bundle::BundleKind;
use contract::clock::{Clock, ClockSource};
use contract::downlink::MachineReport;
use contract::event::ModelRef;
use contract::ids::{BootId, CameraName};
use courier::Target;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::evidence::EvidenceStore;
use crate::gate::Switchboard;
use crate::outbox::Outbox;
use crate::telemetry::chain;
use crate::viewing::Viewfinder;

pub use bundles::{BundleKeeper, BundleKeeperError, BundleSet, ContentCheck};

/// `[centre]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct UplinkSettings {
    /// Events sent and not acknowledged at any time, 1..200. Default 200.
    #[schemars(range(min = 1, max = 200))]
    pub window: u32,
    /// Seconds until an event without an acknowledgement is sent again, 1..600. Default 15.
    #[schemars(range(min = 1, max = 600))]
    pub resend_after_s: u32,
    /// Seconds between two looks for new bundles, 10..86400. Default 300.
    #[schemars(range(min = 10, max = 86400))]
    pub bundles_every_s: u32,
}

impl Default for UplinkSettings {
    fn default() -> Self {
        Self { window: 200, resend_after_s: 15, bundles_every_s: 300 }
    }
}

/// What a birth tells besides the ledger. When it changes, the birth is said again.
#[derive(Debug, Clone, PartialEq)]
pub struct BirthFacts {
    /// Version of the program.
    pub software: String,
    /// This run of the process.
    pub boot_id: BootId,
    /// The models in use, by role.
    pub models: BTreeMap<String, ModelRef>,
    /// Bundle revisions in force.
    pub bundle_revisions: BTreeMap<BundleKind, u64>,
    /// Where frame times come from, by camera.
    pub clock_sources: BTreeMap<CameraName, ClockSource>,
    /// How the machine is; none before the first look.
    pub machine: Option<MachineReport>,
}

/// How the way to the centre is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UplinkState {
    /// The broker is connected.
    pub connected: bool,
    /// The centre takes events.
    pub centre_online: bool,
    /// Events sent and not acknowledged.
    pub in_flight: usize,
}

/// Everything the uplink works with.
pub struct UplinkParts {
    /// How.
    pub settings: UplinkSettings,
    /// Hours an uploaded picture stays.
    pub keep_uploaded_hours: u32,
    /// Whom to speak to; renewal sends a new one.
    pub target: watch::Receiver<Arc<Target>>,
    /// What the birth tells; the pipeline sends a new one when something changes.
    pub birth: watch::Receiver<BirthFacts>,
    /// The queue.
    pub outbox: Arc<Outbox>,
    /// The pictures.
    pub pictures: EvidenceStore,
    /// The bundles in force; its own watch channel tells of new ones.
    pub bundles: Arc<BundleKeeper>,
    /// The gates of the node, for orders and looks.
    pub gates: Arc<Switchboard>,
    /// The cameras of the node, for stills and for lines to be tried.
    pub viewfinder: Arc<Viewfinder>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Ends it: what can be said is said, then the broker is told that the node goes.
    pub stop: CancellationToken,
}

/// The running uplink.
#[derive(Debug)]
pub struct Uplink {
    state: watch::Receiver<UplinkState>,
    tasks: Vec<JoinHandle<()>>,
}

/// Calls by which the uplink's tasks wake each other.
#[derive(Debug, Default)]
struct Bells {
    pictures: Notify,
    bundles: Notify,
}

impl Uplink {
    /// Starts the session, the uploads and the look for bundles, each as a task of its own.
    #[must_use]
    pub fn start(parts: UplinkParts) -> Self {
        let (tell, state) = watch::channel(UplinkState::default());
        let parts = Arc::new(parts);
        let bells = Arc::new(Bells::default());
        let tasks = vec![
            tokio::spawn(run::run(parts.clone(), bells.clone(), tell)),
            tokio::spawn(pictures::run(parts.clone(), bells.clone())),
            tokio::spawn(bundles::run(parts, bells)),
        ];
        Self { state, tasks }
    }

    /// How the way to the centre is, and every change of it.
    #[must_use]
    pub fn state(&self) -> watch::Receiver<UplinkState> {
        self.state.clone()
    }

    /// Waits until one of the tasks ends. Before `stop` was cancelled, only a fault of ours ends one.
    pub async fn one_failed(&mut self) {
        let (ended, place, _) = futures_util::future::select_all(self.tasks.iter_mut()).await;
        drop(self.tasks.swap_remove(place));
        match ended {
            Ok(()) => tracing::error!("a task of the uplink has ended"),
            Err(error) => tracing::error!(error = %chain(&error), "a task of the uplink has failed"),
        }
    }

    /// Waits for the end of all tasks, after `stop` was cancelled.
    pub async fn ended(self) {
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!(error = %chain(&error), "a task of the uplink has failed");
            }
        }
    }
}

#[cfg(test)]
mod tests;
