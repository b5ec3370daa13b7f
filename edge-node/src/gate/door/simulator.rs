//! A door that does not exist, for demonstrations and tests. It keeps what happened in memory, can be slow, refuse or stay
//! silent, and opens nothing. Every title of it says that it is a simulator.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use contract::clock::Clock;
use futures_util::future::{BoxFuture, pending};

use super::actuator::{Actuator, DenialFeedback, DoorFeedback};
use super::error::Trouble;
use super::order::LiveOrder;
use super::settings::{SimulatedBehaviour, SimulatorSettings};

/// What is told of the past at most.
const REMEMBERED: usize = 1000;
/// The words a title must hold.
const SIMULATED: &str = "mô phỏng";

/// What a simulated door did, and when on the monotonic clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SimulatedAct {
    /// Microseconds on the node's monotonic clock.
    pub at_us: i64,
    /// What.
    pub what: SimulatedWhat,
}

/// What a simulated door did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SimulatedWhat {
    /// It opened for so many milliseconds.
    Opened {
        /// The pulse.
        pulse_ms: u32,
    },
    /// It was told that a person said no.
    Denied,
    /// It stays shut for so many seconds.
    Held {
        /// The timer.
        hold_s: u32,
    },
    /// It let go.
    Released,
}

/// A door that does not exist. Clones share one memory, so that a test or a demonstration can look and change its ways.
#[derive(Clone)]
pub struct Simulator {
    inner: Arc<Inner>,
}

struct Inner {
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

struct State {
    settings: SimulatorSettings,
    acts: VecDeque<SimulatedAct>,
}

impl std::fmt::Debug for Simulator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Simulator").field("settings", &self.state().settings).finish_non_exhaustive()
    }
}

impl Simulator {
    /// A simulator that behaves as its settings say.
    #[must_use]
    pub fn new(settings: SimulatorSettings, clock: Arc<dyn Clock>) -> Self {
        Self { inner: Arc::new(Inner { clock, state: Mutex::new(State { settings, acts: VecDeque::new() }) }) }
    }

    /// From now on it behaves like this.
    pub fn behave(&self, settings: SimulatorSettings) {
        self.state().settings = settings;
    }

    /// What happened, oldest first, at most the last 1000.
    #[must_use]
    pub fn acts(&self) -> Vec<SimulatedAct> {
        self.state().acts.iter().copied().collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The device's side: it hears an order, takes its time and acts or not.
    async fn act(&self, leave: Result<(), Trouble>, what: SimulatedWhat) -> Result<DoorFeedback, Trouble> {
        leave?;
        let SimulatorSettings { behaviour, delay_ms } = self.state().settings.clone();
        tokio::time::sleep(Duration::from_millis(u64::from(delay_ms))).await;
        match behaviour {
            SimulatedBehaviour::Silent => pending().await,
            SimulatedBehaviour::Refuses => Err(Trouble::Refused { words: format!("{SIMULATED}: từ chối") }),
            SimulatedBehaviour::Prompt | SimulatedBehaviour::WithoutFeedback => {
                let at_us = self.inner.clock.monotonic_us();
                let mut state = self.state();
                if state.acts.len() == REMEMBERED {
                    state.acts.pop_front();
                }
                state.acts.push_back(SimulatedAct { at_us, what });
                let confirms = behaviour == SimulatedBehaviour::Prompt;
                Ok(if confirms { DoorFeedback::Opened } else { DoorFeedback::Accepted })
            }
        }
    }
}

/// The title as screens show it.
pub(super) fn title(title: &str) -> String {
    if title.to_lowercase().contains(SIMULATED) { title.to_owned() } else { format!("{title} ({SIMULATED})") }
}

impl Actuator for Simulator {
    fn open<'a>(&'a self, order: &'a LiveOrder<'a>) -> BoxFuture<'a, Result<DoorFeedback, Trouble>> {
        Box::pin(async move { self.act(order.leave(), SimulatedWhat::Opened { pulse_ms: order.pulse_ms() }).await })
    }

    fn deny<'a>(&'a self, order: &'a LiveOrder<'a>) -> BoxFuture<'a, Result<DenialFeedback, Trouble>> {
        Box::pin(async move { self.act(order.leave(), SimulatedWhat::Denied).await.map(|_| DenialFeedback::Told) })
    }

    fn hold(&self, hold_s: u32) -> BoxFuture<'_, Result<(), Trouble>> {
        Box::pin(async move { self.act(Ok(()), SimulatedWhat::Held { hold_s }).await.map(drop) })
    }

    fn release<'a>(&'a self, order: &'a LiveOrder<'a>) -> BoxFuture<'a, Result<(), Trouble>> {
        Box::pin(async move { self.act(order.leave(), SimulatedWhat::Released).await.map(drop) })
    }
}
