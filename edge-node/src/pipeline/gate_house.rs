//! What the gates of a node share: its doors, the pictures in memory, the gallery in force. It makes the gates of each
//! camera and keeps nothing of what they see.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use contract::bundle::{CameraSpec, GateSpec, Purpose};
use contract::clock::Clock;
use contract::ids::IdSource;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::effort::Effort;
use super::gate_work::GateWork;
use super::gates::{CameraGates, GateNets, GateParts};
use crate::config::Config;
use crate::events::CameraContext;
use crate::gallery::in_force::GalleryInForce;
use crate::gate::Switchboard;
use crate::gate::door::Doors;
use crate::inference::ModelStore;
use crate::outbox::Outbox;

/// Pictures whose time is over are forgotten so often.
const SWEEP_EVERY: Duration = Duration::from_secs(1);

/// What the gates of a node share.
pub struct GateHouse {
    doors: Arc<Doors>,
    board: Arc<Switchboard>,
    gallery: watch::Sender<Option<GalleryInForce>>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

/// What a camera's gates need from its node besides.
pub struct GatePlace<'a> {
    /// The camera.
    pub camera: &'a CameraSpec,
    /// All gates of the node.
    pub gates: &'a [GateSpec],
    /// What stands in its events.
    pub context: &'a CameraContext,
    /// Where they go.
    pub outbox: &'a Arc<Outbox>,
    /// The nets.
    pub store: &'a ModelStore,
    /// CPU time by stage.
    pub effort: &'a Arc<Effort>,
}

impl GateHouse {
    /// Starts the doors of the settings. Needs a tokio runtime; all of it ends with `stop`.
    pub fn open(
        config: &Config,
        clock: &Arc<dyn Clock>,
        ids: &Arc<dyn IdSource>,
        stop: &CancellationToken,
    ) -> Result<Self> {
        let secret = |name: &str| config.secret(name);
        let doors = Doors::start(&config.doors, &secret, clock, stop).context("making the doors")?;
        let board = Arc::new(Switchboard::default());
        tokio::spawn(sweep(Arc::clone(&board), Arc::clone(clock), stop.clone()));
        Ok(Self {
            doors: Arc::new(doors),
            board,
            gallery: watch::Sender::new(None),
            clock: Arc::clone(clock),
            ids: Arc::clone(ids),
        })
    }

    /// Where orders find the gates, and the pictures are.
    #[must_use]
    pub fn board(&self) -> &Arc<Switchboard> {
        &self.board
    }

    /// Another gallery is in force.
    pub fn take_gallery(&self, gallery: Option<GalleryInForce>) {
        self.gallery.send_if_modified(|held| {
            let other = *held != gallery;
            *held = gallery;
            other
        });
    }

    /// The gates of one camera; `None` when it has none.
    pub fn gates_of(&self, place: &GatePlace<'_>) -> Result<Option<GateWork>> {
        let has_gates = place.gates.iter().any(|g| g.camera == place.camera.name);
        if place.camera.purpose != Purpose::FaceAccess || !has_gates {
            return Ok(None);
        }
        let doors = Arc::clone(&self.doors);
        let parts = GateParts {
            camera: place.camera.clone(),
            gates: place.gates.to_vec(),
            has_door: Box::new(move |gate| gate.door.as_ref().is_some_and(|name| doors.get(name).is_some())),
            boot_id: place.context.boot_id,
            ids: Arc::clone(&self.ids),
            gallery: self.gallery.subscribe(),
            board: Arc::clone(&self.board),
            clock: Arc::clone(&self.clock),
            effort: Arc::clone(place.effort),
            nets: GateNets::open(place.store)?,
        };
        Ok(CameraGates::new(parts).map(|gates| GateWork {
            gates,
            doors: Arc::clone(&self.doors),
            runtime: Handle::current(),
            board: Arc::clone(&self.board),
            context: place.context.clone(),
            outbox: Arc::clone(place.outbox),
        }))
    }
}

async fn sweep(board: Arc<Switchboard>, clock: Arc<dyn Clock>, stop: CancellationToken) {
    let mut often = tokio::time::interval(SWEEP_EVERY);
    loop {
        tokio::select! {
            _ = often.tick() => board.looks.sweep(clock.monotonic_us()),
            () = stop.cancelled() => return,
        }
    }
}
