//! What nodes say of themselves: connected or not, what runs there, where their ledger stands. Retained messages, bound to
//! their node by the broker's access list; they change nothing but the node's own row.

use std::sync::Arc;
use std::time::Duration;

use contract::clock::Clock;
use contract::downlink::{Birth, BundleNotice, Status};
use contract::ids::{NodeAddress, NodeName};
use contract::topic::Topic;
use tokio::sync::mpsc;

use super::session::Outbound;
use crate::store::{Db, StoreError, device_states, events, fleet};
use crate::telemetry;

const WAITING: usize = 1024;
/// A birth is a page of JSON, never more.
const MAX_BYTES: usize = 64 * 1024;

/// Of whom a message speaks, and who brought it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Speaker {
    node: NodeAddress,
    via: Option<NodeAddress>,
}

impl Speaker {
    /// A node speaks of itself.
    pub(super) fn of(node: NodeAddress) -> Self {
        Self { node, via: None }
    }

    /// A site tells what one of its nodes said of itself there.
    pub(super) fn behind(via: NodeAddress, node: NodeName) -> Self {
        Self { node: NodeAddress { site: via.site.clone(), node }, via: Some(via) }
    }
}

enum Said {
    Status(Status),
    Birth(Box<Birth>, String),
}

/// Where the session puts what nodes say of themselves.
#[derive(Debug, Clone)]
pub struct Presence {
    queue: mpsc::Sender<(Speaker, SaidBox)>,
}

struct SaidBox(Said);

impl std::fmt::Debug for SaidBox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Said")
    }
}

/// The other end, for [`run_presence`].
#[derive(Debug)]
pub struct PresenceTask {
    queue: mpsc::Receiver<(Speaker, SaidBox)>,
}

impl Presence {
    /// Both ends.
    #[must_use]
    pub fn new() -> (Self, PresenceTask) {
        let (queue, end) = mpsc::channel(WAITING);
        (Self { queue }, PresenceTask { queue: end })
    }

    pub(super) fn status(&self, speaker: Speaker, payload: &[u8]) {
        let node = speaker.node.clone();
        match serde_json::from_slice::<Status>(payload) {
            Ok(status) => self.put(speaker, Said::Status(status)),
            Err(_) => tracing::warn!(node = %node, "the status of node {node} cannot be read"),
        }
    }

    pub(super) fn birth(&self, speaker: Speaker, payload: &[u8]) {
        let node = speaker.node.clone();
        let read = (payload.len() <= MAX_BYTES && !payload.windows(6).any(|w| w == b"\\u0000"))
            .then(|| serde_json::from_slice::<Birth>(payload).ok())
            .flatten();
        match (read, std::str::from_utf8(payload)) {
            (Some(birth), Ok(text)) => self.put(speaker, Said::Birth(Box::new(birth), text.to_owned())),
            _ => tracing::warn!(node = %node, "the birth of node {node} cannot be read"),
        }
    }

    fn put(&self, speaker: Speaker, said: Said) {
        // Retained: at the next connection it comes again.
        if self.queue.try_send((speaker, SaidBox(said))).is_err() {
            tracing::warn!("too many births and statuses at once, one is left out");
        }
    }
}

/// Notes what nodes say until the session's end is dropped.
pub async fn run_presence(mut task: PresenceTask, db: Db, clock: Arc<dyn Clock>, out: mpsc::Sender<Outbound>) {
    while let Some((speaker, SaidBox(said))) = task.queue.recv().await {
        let node = &speaker.node;
        let mut pause = Duration::from_millis(100);
        loop {
            match note(&db, clock.as_ref(), &speaker, &said, &out).await {
                Ok(true) => break,
                Ok(false) => {
                    tracing::warn!(node = %node, "node {node} speaks but is not registered, or is revoked");
                    break;
                }
                Err(error) if error.worth_retrying() => {
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(Duration::from_secs(5));
                }
                Err(error) => {
                    tracing::error!(error = telemetry::chain(&error), node = %node, "noting what node {node} says of itself");
                    break;
                }
            }
        }
    }
}

async fn note(
    db: &Db,
    clock: &dyn Clock,
    speaker: &Speaker,
    said: &Said,
    out: &mpsc::Sender<Outbound>,
) -> Result<bool, StoreError> {
    let (now, node) = (clock.now(), &speaker.node);
    let mut tx = db.write().await?;
    // A node speaks for itself or through its site, as it is registered: never both.
    if fleet::node(&mut tx, node).await?.is_none_or(|known| known.via != speaker.via) {
        return Ok(false);
    }
    match said {
        Said::Status(status) => {
            // A last will has no moment: the node was heard of last at some, and the will says that nothing came since.
            let since = match status.since {
                Some(since) => since.min(now),
                None if status.online => now,
                None => device_states::heard_last(&mut tx, node).await?.map_or(now, |heard| heard.min(now)),
            };
            let known = fleet::set_status(&mut tx, node, status.online, status.since.unwrap_or(now)).await?;
            if known {
                device_states::put_node(&mut tx, node, status.online, since).await?;
            }
            tx.commit().await?;
            if known {
                let word = if status.online { "online" } else { "offline" };
                tracing::info!(node = %node, "node {node} is {word}");
            }
            Ok(known)
        }
        Said::Birth(birth, text) => {
            if !fleet::set_birth(&mut tx, node, text, now).await? {
                return Ok(false);
            }
            // A ledger that has made nothing yet is no ledger to watch.
            if (1..i64::MAX as u64).contains(&birth.last_seq)
                && events::ledger_fits(&mut tx, node, birth.log_id).await?
            {
                events::hear_ledger(&mut tx, node, birth.log_id, birth.last_seq, now).await?;
            }
            tx.commit().await?;
            if speaker.via.is_some() {
                // Its bundles are its site's.
                return Ok(true);
            }
            let mut conn = db.read().await?;
            for (address, kind, revision) in fleet::bundle_revisions(&mut conn).await? {
                if address == *node && birth.bundle_revisions.get(&kind).is_none_or(|there| *there < revision) {
                    let notice = Outbound::json(Topic::Bundle(node.clone()), &BundleNotice { kind, revision });
                    let _ = out.try_send(notice);
                }
            }
            Ok(true)
        }
    }
}
