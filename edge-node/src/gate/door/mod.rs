//! Doors: one order, one answer, and nothing left over.
//!
//! ```text
//!   gate ── OpenOrder ──▶ Door ── LiveOrder ──▶ Actuator: HTTP relay · MQTT relay · ONVIF · simulator
//!        ◀─ DoorFeedback │ DoorError ──┘          one protocol each
//! ```
//! [`Door`] holds what is true of every door: a second order while one is on its way is *busy* and never queued; an order
//! whose deadline passed before its bytes left is *too late* and they stay here; the whole of it takes `timeout_ms` at most;
//! nothing is sent twice. An [`Actuator`] only speaks its protocol.
//!
//! **Fail-secure** (the rule): nothing is sent when the node ends or fails; the lock stays shut. **Fail-safe** (per door):
//! `keeper` renews an order to stay shut that runs out in the device, so a dead node lets go. An HTTP or MQTT
//! relay with a timer of its own can do that; ONVIF cannot. Neither replaces the fire alarm's own wire to the lock.
//!
//! Nothing here decides who may pass; who makes an order answers for it.

mod actuator;
mod build;
mod error;
mod faults;
mod http;
mod http_relay;
mod keeper;
mod mqtt_relay;
mod mqtt_session;
mod onvif;
mod onvif_answer;
mod onvif_message;
mod order;
mod reach;
mod settings;
mod simulator;
mod template;
mod watched;

use std::sync::Arc;
use std::time::Duration;

use contract::clock::Clock;
use contract::ids::DoorName;
use futures_util::future::BoxFuture;
use tokio::sync::Mutex;

use crate::telemetry;

pub use actuator::{Actuator, DenialFeedback, DoorFeedback};
pub use build::{DoorSetupError, Doors, Secrets};
pub use error::{Asked, DoorError, Trouble};
pub use faults::faults;
pub use order::{DenyOrder, LiveOrder, OpenOrder, ReleaseOrder};
pub use settings::{DoorKind, DoorSettings, Fails, SimulatedBehaviour, SimulatorSettings};
pub use simulator::{SimulatedAct, SimulatedWhat, Simulator};

use keeper::Holding;

/// An account on a device, from `user:password`. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
struct Credential {
    user: String,
    password: String,
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credential(hidden)")
    }
}

/// One door and the rules that hold for every door.
pub struct Door {
    name: DoorName,
    title: String,
    kind: DoorKind,
    fails: Fails,
    timeout_ms: u32,
    pulse_ms: u32,
    hold_s: u32,
    actuator: Box<dyn Actuator>,
    clock: Arc<dyn Clock>,
    /// Taken while an order is on its way.
    busy: Mutex<()>,
    holding: Holding,
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Door").field("name", &self.name).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Door {
    /// A door on an actuator of one's own: for tests of what stands above. [`Doors::start`] makes those of the settings.
    #[must_use]
    pub fn new(settings: &DoorSettings, actuator: Box<dyn Actuator>, clock: Arc<dyn Clock>) -> Self {
        Self {
            name: settings.name.clone(),
            title: match settings.kind {
                DoorKind::Simulator => simulator::title(&settings.title),
                _ => settings.title.clone(),
            },
            kind: settings.kind,
            fails: settings.fails,
            timeout_ms: settings.timeout_ms,
            pulse_ms: settings.pulse_ms,
            hold_s: settings.hold_s,
            actuator,
            clock,
            busy: Mutex::new(()),
            holding: Holding::new(),
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &DoorName {
        &self.name
    }

    /// As screens show it; a simulator's says that it is one.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Which device opens it.
    #[must_use]
    pub fn kind(&self) -> DoorKind {
        self.kind
    }

    /// What its lock does when the node is dead.
    #[must_use]
    pub fn fails(&self) -> Fails {
        self.fails
    }

    /// Opens once. A future that is dropped sends nothing any more.
    #[tracing::instrument(name = "door.open", skip_all, fields(door = %self.name))]
    pub async fn open(&self, order: OpenOrder) -> Result<DoorFeedback, DoorError> {
        let order = LiveOrder::open(order, self.pulse_ms, self.clock.as_ref());
        let opened = self.at_once(&order, Box::pin(self.open_and_pause(&order))).await;
        self.told(Asked::Open, &order, opened, DoorFeedback::as_str)
    }

    /// Tells a device that asked that a person said no.
    #[tracing::instrument(name = "door.deny", skip_all, fields(door = %self.name))]
    pub async fn deny(&self, order: DenyOrder) -> Result<DenialFeedback, DoorError> {
        let order = LiveOrder::deny(order, self.clock.as_ref());
        let denied = self.at_once(&order, self.actuator.deny(&order)).await;
        self.told(Asked::Deny, &order, denied, |_| "told")
    }

    /// Lets go of a fail-safe door until [`Door::hold_again`]. From the call on nothing holds it: also when the device does not
    /// hear of it, its timer runs out.
    #[tracing::instrument(name = "door.release", skip_all, fields(door = %self.name))]
    pub async fn release(&self, order: ReleaseOrder) -> Result<(), DoorError> {
        let order = LiveOrder::release(order, self.clock.as_ref());
        let released = match (self.fails, order.remaining()) {
            (Fails::Secure, _) => Err(Trouble::Unsupported),
            (Fails::Safe, None) => Err(Trouble::TooLate),
            (Fails::Safe, Some(_)) => {
                self.holding.let_go();
                let release = async {
                    let _sending = self.holding.sending().await;
                    self.actuator.release(&order).await
                };
                self.within(&order, Box::pin(release)).await
            }
        };
        self.told(Asked::Release, &order, released, |()| "released")
    }

    /// Holds a released fail-safe door again; the keeper sends it at once.
    pub fn hold_again(&self) {
        self.holding.resume();
    }

    /// Opens; a fail-safe door is not held again before its pulse is over, which would shut it.
    async fn open_and_pause(&self, order: &LiveOrder<'_>) -> Result<DoorFeedback, Trouble> {
        if self.fails == Fails::Secure {
            return self.actuator.open(order).await;
        }
        let _sending = self.holding.sending().await;
        let _pause = self.holding.pause_after(order, self.clock.as_ref());
        self.actuator.open(order).await
    }

    /// Alone on this door, or *busy*.
    async fn at_once<'a, T>(
        &'a self,
        order: &'a LiveOrder<'a>,
        acting: BoxFuture<'a, Result<T, Trouble>>,
    ) -> Result<T, Trouble> {
        let Ok(_alone) = self.busy.try_lock() else {
            return Err(Trouble::Busy);
        };
        self.within(order, acting).await
    }

    /// In the time of the door, and not at all when the deadline passes before anything left.
    async fn within<'a, T>(
        &'a self,
        order: &'a LiveOrder<'a>,
        mut acting: BoxFuture<'a, Result<T, Trouble>>,
    ) -> Result<T, Trouble> {
        let left = order.remaining().ok_or(Trouble::TooLate)?;
        let mut whole = std::pin::pin!(tokio::time::sleep(Duration::from_millis(u64::from(self.timeout_ms))));
        let mut deadline = std::pin::pin!(tokio::time::sleep(left));
        let mut may_still_leave = true;
        loop {
            tokio::select! {
                biased;
                done = &mut acting => return done,
                () = &mut whole => {
                    return Err(match self.actuator.last_state() {
                        Some(said) if order.has_left() => Trouble::Unconfirmed { said },
                        _ => Trouble::TimedOut { within_ms: self.timeout_ms },
                    });
                }
                () = &mut deadline, if may_still_leave => {
                    if !order.has_left() {
                        return Err(Trouble::TooLate);
                    }
                    may_still_leave = false;
                }
            }
        }
    }

    fn told<T: Copy>(
        &self,
        asked: Asked,
        order: &LiveOrder<'_>,
        result: Result<T, Trouble>,
        as_str: impl FnOnce(T) -> &'static str,
    ) -> Result<T, DoorError> {
        let name = match &result {
            Ok(told) => as_str(*told),
            Err(trouble) => trouble.code(),
        };
        let door = self.name.to_string();
        metrics::counter!(telemetry::GATE_DOOR_ORDERS_TOTAL, "door" => door, "asked" => asked.as_str(), "result" => name)
            .increment(1);
        result.map_err(|trouble| DoorError {
            door: self.name.clone(),
            asked,
            may_have_acted: order.has_left() && !trouble.is_certain_no(),
            trouble,
        })
    }
}

#[cfg(test)]
mod tests;
