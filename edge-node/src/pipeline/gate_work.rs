//! What the gates of a camera want done, done: words go into the outbox first, and only what was recorded there is acted on.
//! Doors are opened on the runtime, so that a silent relay never holds up the camera; their answers come back as messages.

use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use contract::event::{BundleRevisions, DoorCause, DoorOutcome};
use contract::ids::PassageId;
use tokio::runtime::Handle;

use super::gates::{CameraGates, GateEffect};
use crate::events::{CameraContext, EventDraft, access_draft};
use crate::evidence::DiskLevel;
use crate::gate::door::{DoorError, DoorFeedback, DoorKind, Doors, OpenOrder, Trouble};
use crate::gate::{Effect, OpenPermit, Order, Switchboard};
use crate::outbox::{Outbox, OutboxError};
use crate::telemetry::chain;

/// What comes back to the camera's thread.
#[derive(Debug)]
pub enum GateMessage {
    /// An order from above for the gate at this place.
    Order(usize, Order),
    /// A door has answered.
    Acted {
        /// Whose.
        gate: usize,
        /// On which passage.
        passage: PassageId,
        /// On whose word.
        cause: DoorCause,
        /// What became of it.
        outcome: DoorOutcome,
        /// It is a simulator.
        simulated: bool,
    },
}

/// What the gates of a camera act with.
pub struct GateWork {
    /// The gates.
    pub gates: CameraGates,
    /// The doors of the node.
    pub doors: Arc<Doors>,
    /// Where doors are opened.
    pub runtime: Handle,
    /// The node's gates and pictures.
    pub board: Arc<Switchboard>,
    /// What stands in the events.
    pub context: CameraContext,
    /// Where they go.
    pub outbox: Arc<Outbox>,
}

impl GateWork {
    /// Orders from above find their way to this camera's thread.
    pub fn connect<M: From<GateMessage> + Send + 'static>(&self, messages: &SyncSender<M>) {
        for (place, name) in self.gates.names().enumerate() {
            let messages = messages.clone();
            let post = move |order| messages.try_send(GateMessage::Order(place, order).into()).is_ok();
            self.board.connect(name.clone(), Box::new(post));
        }
    }

    /// The gates begin anew, with nobody before them.
    #[must_use]
    pub fn begun_anew(self) -> Self {
        Self { gates: self.gates.begun_anew(), ..self }
    }

    /// They find it no more.
    pub fn disconnect(&self) {
        self.gates.names().for_each(|name| self.board.disconnect(name));
    }

    /// Can an event be made now?
    #[must_use]
    pub fn recordable(&self) -> bool {
        self.outbox.guard().level() != DiskLevel::NoEvents
    }

    /// Other bundle revisions are in force.
    pub fn goes_on_under(&mut self, revisions: BundleRevisions) {
        self.context.bundle_revisions = revisions;
    }

    /// Does what came to this camera's thread.
    pub fn hear<M: From<GateMessage> + Send + 'static>(&mut self, message: GateMessage, messages: &SyncSender<M>) {
        let effects = match message {
            GateMessage::Order(gate, order) => match self.gates.obey(gate, order) {
                Ok(effects) => effects,
                Err(error) => {
                    let name = &self.gates.spec(gate).name;
                    tracing::warn!(gate.id = %name, error = %error, "an order opens nothing at gate {name}");
                    Vec::new()
                }
            },
            GateMessage::Acted { gate, passage, cause, outcome, simulated } => {
                self.gates.acted(gate, passage, cause, outcome, simulated)
            }
        };
        self.act(effects, messages);
    }

    /// Does everything in its order. What follows a word that could not be recorded is not done.
    pub fn act<M: From<GateMessage> + Send + 'static>(&mut self, effects: Vec<GateEffect>, messages: &SyncSender<M>) {
        let mut unrecorded = Vec::new();
        for (gate, effect) in effects {
            match effect {
                Effect::Say(said) => {
                    let passage = said.passage;
                    if let Err(error) = self.record(access_draft(&self.context, *said)) {
                        tracing::error!(passage.id = %passage, error = %chain(&error), "what a gate said was not recorded");
                        self.gates.not_recorded(gate, passage);
                        unrecorded.push(passage);
                    }
                }
                Effect::Open(permit) if unrecorded.contains(&permit.passage()) => {}
                Effect::Open(permit) => self.open(gate, permit, messages),
                Effect::Departed(passage) => {
                    let now = self.gates.captured_now();
                    self.board.looks.departed(passage, now.monotonic_us);
                }
                Effect::ForgetLook(passage) => self.board.looks.forget(passage),
            }
        }
    }

    fn record(&self, draft: EventDraft) -> Result<(), OutboxError> {
        self.outbox.append_blocking(vec![draft]).map(drop)
    }

    fn open<M: From<GateMessage> + Send + 'static>(&self, gate: usize, permit: OpenPermit, messages: &SyncSender<M>) {
        let (passage, cause) = (permit.passage(), permit.cause());
        let spec = self.gates.spec(gate);
        let door = spec.door.as_ref().and_then(|name| self.doors.get(name)).cloned();
        let messages = messages.clone();
        self.runtime.spawn(async move {
            let (outcome, simulated) = match door {
                None => (DoorOutcome::NoDoor, false),
                Some(door) => {
                    let opened = door.open(OpenOrder::from(permit)).await;
                    (outcome_of(&opened), door.kind() == DoorKind::Simulator)
                }
            };
            let acted = GateMessage::Acted { gate, passage, cause, outcome, simulated };
            // The answer of a door is never dropped; the camera's thread takes it when it comes to it.
            let told = tokio::task::spawn_blocking(move || messages.send(acted.into()).is_ok()).await;
            if !told.unwrap_or(false) {
                tracing::warn!(passage.id = %passage, "a door answered when its camera was gone");
            }
        });
    }
}

fn outcome_of(opened: &Result<DoorFeedback, DoorError>) -> DoorOutcome {
    match opened {
        Ok(DoorFeedback::Opened) => DoorOutcome::Opened,
        Ok(DoorFeedback::Accepted) => DoorOutcome::Accepted,
        Err(error) => {
            tracing::warn!(error = %chain(error), "a door did not open");
            match &error.trouble {
                Trouble::TooLate => DoorOutcome::TooLate,
                Trouble::Busy => DoorOutcome::Busy,
                Trouble::TimedOut { .. } => DoorOutcome::TimedOut,
                Trouble::Unreachable { .. } | Trouble::ForbiddenAddress { .. } => DoorOutcome::Unreachable,
                // It took the order; that it acted is not known.
                Trouble::Unconfirmed { .. } => DoorOutcome::Accepted,
                Trouble::Refused { .. } | Trouble::Unreadable { .. } | Trouble::Unsupported => DoorOutcome::Refused,
            }
        }
    }
}
