//! Keeps a fail-safe door shut: an order to hold that runs out in the device, renewed three times in its life. It stops
//! without a word when the node ends, pauses while the door was opened, and ends while the door is released.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use contract::clock::Clock;
use tokio::sync::{Mutex, MutexGuard, Notify};
use tokio_util::sync::CancellationToken;

use super::Door;
use super::error::{Asked, DoorError, Trouble};
use super::order::LiveOrder;
use crate::telemetry::{self, chain};

/// Whether a door is to be held, and who is speaking to it about that.
#[derive(Debug)]
pub(super) struct Holding {
    wanted: AtomicBool,
    /// Not held before the monotonic clock reads this: it was opened.
    not_before_us: AtomicI64,
    /// Taken while a hold, an order to open or a release is on its way: they must not overtake each other.
    sending: Mutex<()>,
    changed: Notify,
}

/// Sets the pause when the order is over, however it ended, if it may have opened the door.
pub(super) struct Pause<'a> {
    holding: &'a Holding,
    order: &'a LiveOrder<'a>,
    clock: &'a dyn Clock,
}

impl Drop for Pause<'_> {
    fn drop(&mut self) {
        if self.order.has_left() {
            let pulse_us = i64::from(self.order.pulse_ms()) * 1000;
            self.holding.not_before_us.store(self.clock.monotonic_us() + pulse_us, Ordering::SeqCst);
            self.holding.changed.notify_one();
        }
    }
}

impl Holding {
    pub(super) fn new() -> Self {
        Self {
            wanted: AtomicBool::new(true),
            not_before_us: AtomicI64::new(i64::MIN),
            sending: Mutex::new(()),
            changed: Notify::new(),
        }
    }

    pub(super) async fn sending(&self) -> MutexGuard<'_, ()> {
        self.sending.lock().await
    }

    pub(super) fn pause_after<'a>(&'a self, order: &'a LiveOrder<'a>, clock: &'a dyn Clock) -> Pause<'a> {
        Pause { holding: self, order, clock }
    }

    pub(super) fn let_go(&self) {
        self.wanted.store(false, Ordering::SeqCst);
        self.changed.notify_one();
    }

    pub(super) fn resume(&self) {
        self.wanted.store(true, Ordering::SeqCst);
        self.changed.notify_one();
    }

    /// How long the door must still be left alone.
    fn pause(&self, clock: &dyn Clock) -> Option<Duration> {
        let left = self.not_before_us.load(Ordering::SeqCst).saturating_sub(clock.monotonic_us());
        u64::try_from(left).ok().filter(|us| *us > 0).map(Duration::from_micros)
    }
}

/// Holds a door until `stop`.
pub(super) async fn keep(door: Arc<Door>, stop: CancellationToken) {
    let every = Duration::from_millis(u64::from(door.hold_s) * 1000 / 3);
    let mut well = None;
    let mut wait = Duration::ZERO;
    loop {
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = door.holding.changed.notified() => {}
            () = stop.cancelled() => return,
        }
        let held = tokio::select! {
            held = hold(&door) => held,
            () = stop.cancelled() => return,
        };
        wait = every;
        match held {
            Held::Sent(result) => tell(&door, result, &mut well),
            Held::Paused(left) => wait = left,
            Held::Released => {}
        }
    }
}

enum Held {
    Sent(Result<(), Trouble>),
    Paused(Duration),
    Released,
}

async fn hold(door: &Door) -> Held {
    let _sending = door.holding.sending().await;
    if !door.holding.wanted.load(Ordering::SeqCst) {
        return Held::Released;
    }
    if let Some(left) = door.holding.pause(door.clock.as_ref()) {
        return Held::Paused(left);
    }
    let within = Duration::from_millis(u64::from(door.timeout_ms));
    let held = tokio::time::timeout(within, door.actuator.hold(door.hold_s)).await;
    Held::Sent(held.unwrap_or(Err(Trouble::TimedOut { within_ms: door.timeout_ms })))
}

/// Each renewal is counted; a change from well to ill or back is told once.
fn tell(door: &Door, result: Result<(), Trouble>, well: &mut Option<bool>) {
    let name = result.as_ref().map_or_else(Trouble::code, |()| "held");
    let label = door.name.to_string();
    metrics::counter!(telemetry::GATE_DOOR_HOLDS_TOTAL, "door" => label, "result" => name).increment(1);
    let is_well = result.is_ok();
    if *well == Some(is_well) {
        return;
    }
    *well = Some(is_well);
    match result {
        Ok(()) => tracing::info!(door = %door.name, "door {} is held shut", door.name),
        Err(trouble) => {
            let error = DoorError { door: door.name.clone(), asked: Asked::Hold, may_have_acted: true, trouble };
            tracing::error!(door = %door.name, error = %chain(&error), "door {} opens by itself soon", door.name);
        }
    }
}
