//! The desk's side of a gate: sends a guard's orders down, and hears what comes back for whoever waits. An order to open
//! carries the moment it dies on the node's own clock; where that moment cannot be reckoned, none is sent. Keeps nothing that
//! outlives a request, but for what is known of nodes' clocks.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use contract::clock::Clock;
use contract::downlink::{Command, OPEN_LIVES_US};
use contract::event::{Body, Envelope};
use contract::ids::{AskId, BootId, DecisionId, EnrolmentId, GateName, LookId, NodeAddress, PassageId, RequestId};
use tokio::sync::oneshot;

use super::looks::{Look, Looks};
use super::node_clock::NodeClocks;

/// How long the desk waits for a node.
const PATIENCE: Duration = Duration::from_secs(3);

/// Where commands go.
pub trait Commands: Send + Sync {
    /// Sends a command; one that lives for a time only is dropped when it could not go out in that time. False when it cannot
    /// even be queued.
    fn send(&self, node: &NodeAddress, command: &Command, lives_us: Option<i64>) -> bool;
}

/// What became of an order to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// It is on its way; what the door did comes with the arrival's next revision.
    Sent,
    /// Nothing was heard of this run of the node's process: when the order would die cannot be reckoned.
    NoClock,
    /// It could not be sent.
    NotSent,
}

/// A node's answer to a question: the request to be quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The passage it made.
    pub passage: PassageId,
    /// The request.
    pub request: RequestId,
    /// The run of its process.
    pub boot: BootId,
}

/// The desk.
pub struct Desk {
    clocks: Mutex<NodeClocks>,
    asks: Mutex<HashMap<AskId, (NodeAddress, oneshot::Sender<Asked>)>>,
    looks: Looks,
    commands: Arc<dyn Commands>,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Desk")
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// A desk that sends through `commands`.
    #[must_use]
    pub fn new(commands: Arc<dyn Commands>, clock: Arc<dyn Clock>) -> Self {
        Self { clocks: Mutex::default(), asks: Mutex::default(), looks: Looks::default(), commands, clock }
    }

    /// Where nodes bring pictures.
    #[must_use]
    pub fn looks(&self) -> &Looks {
        &self.looks
    }

    /// Hears a committed event that came at this reading of our monotonic clock.
    pub fn hear(&self, envelope: &Envelope, received_us: i64) {
        if envelope.replayed {
            return;
        }
        let mut told = envelope.captured.monotonic_us;
        if let Body::Access(access) = &envelope.body
            && let Some(request) = &access.request
        {
            told = told.max(request.asked_monotonic_us);
            let waiting = request.ask.and_then(|ask| {
                let mut asks = lock(&self.asks);
                let ours = asks.get(&ask).is_some_and(|(node, _)| *node == envelope.node);
                ours.then(|| asks.remove(&ask)).flatten()
            });
            if let Some((_, tell)) = waiting {
                // The clock first: whoever waits sends an order at once.
                lock(&self.clocks).observe(&envelope.node, envelope.boot_id, told, received_us);
                let asked = Asked { passage: envelope.passage_id, request: request.id, boot: envelope.boot_id };
                // Whoever asked may have left.
                let _ = tell.send(asked);
                return;
            }
        }
        lock(&self.clocks).observe(&envelope.node, envelope.boot_id, told, received_us);
    }

    /// Orders a door to open, on a decision that is stored.
    pub fn open(
        &self,
        node: &NodeAddress,
        gate: &GateName,
        (request, boot_id): (RequestId, BootId),
        decision: DecisionId,
    ) -> Opening {
        let now_us = self.clock.monotonic_us();
        let Some(there) = lock(&self.clocks).at_least(node, boot_id, now_us) else { return Opening::NoClock };
        let command = Command::Open {
            gate: gate.clone(),
            request,
            decision,
            boot_id,
            not_after_monotonic_us: there.saturating_add(OPEN_LIVES_US),
        };
        if self.commands.send(node, &command, Some(OPEN_LIVES_US)) { Opening::Sent } else { Opening::NotSent }
    }

    /// Tells the node that its request is answered with no.
    pub fn withdraw(&self, node: &NodeAddress, gate: &GateName, request: RequestId, decision: DecisionId) -> bool {
        self.commands.send(node, &Command::Withdraw { gate: gate.clone(), request, decision }, None)
    }

    /// Tells the node that a likeness is wrong.
    pub fn not_this_person(
        &self,
        node: &NodeAddress,
        passage: PassageId,
        enrolment: EnrolmentId,
        decision: DecisionId,
    ) -> bool {
        self.commands.send(node, &Command::NotThisPerson { passage, enrolment, decision }, None)
    }

    /// Asks a node for a request to quote, for a door nobody stands at; waits three seconds.
    pub async fn ask(&self, node: &NodeAddress, gate: &GateName, ask: AskId) -> Option<Asked> {
        let (tell, told) = oneshot::channel();
        lock(&self.asks).insert(ask, (node.clone(), tell));
        let command = Command::Ask { gate: gate.clone(), ask };
        let answer = if self.commands.send(node, &command, Some(OPEN_LIVES_US)) {
            tokio::time::timeout(PATIENCE, told).await.ok().and_then(Result::ok)
        } else {
            None
        };
        lock(&self.asks).remove(&ask);
        answer
    }

    /// Asks a node for the picture it holds in memory; waits three seconds. Nothing of it stays here.
    pub async fn look(&self, node: &NodeAddress, passage: PassageId, look: LookId) -> Look {
        let Some(mut expected) = self.looks.expect(look, node.clone()) else { return Look::Silent };
        if !self.commands.send(node, &Command::Look { passage, look }, Some(OPEN_LIVES_US)) {
            return Look::Silent;
        }
        tokio::time::timeout(PATIENCE, expected.answer()).await.unwrap_or(Look::Silent)
    }
}
