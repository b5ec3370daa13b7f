//! The one writer of events. It takes fresh events before old ones, as many as are there up to a batch, stores them in one
//! transaction and acknowledges after the commit. While the store is away it waits and tries again, acknowledging nothing;
//! one message the store will not take is isolated and quarantined, and its neighbours are stored.

use std::sync::Arc;
use std::time::Duration;

use contract::clock::{Clock, SECOND_US};
use contract::event::Envelope;
use contract::ids::IdSource;
use contract::topic::Topic;
use metrics::{counter, gauge, histogram};
use tokio::sync::{mpsc, watch};

use super::commit::{Outcome, Rejected, fresh, store_batch};
use super::intake::{Lane, Lanes, Work};
use super::quarantine::{Quarantined, Reason};
use super::session::Outbound;
use super::verify::Message;
use crate::store::Db;
use crate::telemetry;

/// Events in one transaction at most: large enough to share a commit, small enough that a fresh event never waits long for
/// a batch of old ones.
const BATCH: usize = 256;
/// And at least, however slow the store is.
const SMALLEST_BATCH: usize = 32;
/// Old events that may ride along with fresh ones.
const ALONG_WITH_FRESH: usize = 64;
/// A batch should take about this long: a fresh event waits for the one before it and for its own.
const BATCH_US: i64 = SECOND_US / 5;
/// A store that is away this long is an outage: nodes are told to keep their events.
const OUTAGE_US: i64 = 2 * SECOND_US;

/// A new event that is stored.
#[derive(Debug, Clone, Copy)]
pub struct Committed<'a> {
    /// The event.
    pub envelope: &'a Envelope,
    /// When it came, by our monotonic clock.
    pub received_us: i64,
    /// A wanted plate passed.
    pub alerted: bool,
}

/// Told after each commit, with the new events.
pub type OnCommitted = Arc<dyn Fn(&[Committed<'_>]) + Send + Sync>;

/// Does the store take what it is given?
pub type WriterHealth = watch::Receiver<bool>;

/// The writer.
pub struct Writer {
    db: Db,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    out: mpsc::Sender<Outbound>,
    on_committed: OnCommitted,
    healthy: watch::Sender<bool>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Writer")
    }
}

impl Writer {
    /// A writer into `db` that acknowledges through `out`.
    pub fn new(
        db: Db,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        out: mpsc::Sender<Outbound>,
        on_committed: OnCommitted,
    ) -> (Self, WriterHealth) {
        let (healthy, health) = watch::channel(true);
        (Self { db, clock, ids, out, on_committed, healthy }, health)
    }

    /// Writes until both lanes are closed and empty.
    pub async fn run(self, mut lanes: Lanes) {
        let mut most = BATCH;
        while let Some(batch) = gather(&mut lanes, most).await {
            for (lane, queue) in [(Lane::Live, &lanes.live), (Lane::Backlog, &lanes.backlog)] {
                #[expect(clippy::cast_precision_loss, reason = "a lane holds some thousand messages")]
                gauge!(telemetry::INGEST_WAITING, "lane" => lane.as_str()).set(queue.len() as f64);
            }
            let began_us = self.clock.monotonic_us();
            self.write(batch).await;
            most = next_size(most, self.clock.monotonic_us().saturating_sub(began_us));
        }
    }

    async fn write(&self, batch: Vec<Work>) {
        match self.store(&batch).await {
            Ok(outcome) => self.told(&batch, &outcome),
            Err(refused) if batch.len() > 1 => {
                tracing::warn!(
                    error = telemetry::chain(&refused),
                    "a batch of {} is refused, storing its events one by one",
                    batch.len()
                );
                for work in batch {
                    Box::pin(self.write(vec![work])).await;
                }
            }
            Err(refused) => self.keep_apart(batch, &refused).await,
        }
    }

    /// Stores a batch, waiting for the store as long as it takes. `Err` means that the fault lies in the batch. Whatever else
    /// the store says (it is away, its tables are another version's, a right is missing) is no fault of an event: an event
    /// put into quarantine for it would be acknowledged, and its node would forget it.
    async fn store(&self, batch: &[Work]) -> Result<Outcome, Rejected> {
        let began_us = self.clock.monotonic_us();
        let mut pause = Duration::from_millis(50);
        let mut said: Option<String> = None;
        loop {
            match store_batch(&self.db, batch, self.clock.as_ref(), self.ids.as_ref()).await {
                Err(Rejected::Store(error)) if !error.is_of_the_data() => {
                    counter!(telemetry::INGEST_STORE_WAITS).increment(1);
                    // A store that is away for an hour says so once, not 1800 times.
                    let text = telemetry::chain(&error);
                    if said.as_ref() != Some(&text) {
                        if error.worth_retrying() {
                            tracing::warn!(error = text, "the store does not take events, trying again");
                        } else {
                            tracing::error!(
                                error = text,
                                "the store refuses all events; they wait at their nodes until it is mended \
                                 (is it this program's version? `central doctor` says more)"
                            );
                        }
                        said = Some(text);
                    }
                    // The nodes are told to hold on only if it is more than a hiccup.
                    if self.clock.monotonic_us().saturating_sub(began_us) >= OUTAGE_US {
                        self.healthy.send_if_modified(|healthy| std::mem::replace(healthy, false));
                    }
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(Duration::from_secs(2));
                }
                result => {
                    self.healthy.send_if_modified(|healthy| !std::mem::replace(healthy, true));
                    return result;
                }
            }
        }
    }

    /// A single message the store will not take.
    async fn keep_apart(&self, batch: Vec<Work>, refused: &Rejected) {
        for mut work in batch {
            let reason = match refused {
                Rejected::Reused => Reason::Reused,
                Rejected::TooManyLedgers => Reason::TooManyLedgers,
                Rejected::Store(_) => Reason::StoreRefused,
            };
            let detail = telemetry::chain(refused);
            let apart = match work.what {
                Ok(event) => {
                    let topic = event.topic();
                    let message =
                        Message { topic: topic.to_string(), payload: event.bytes, signature: Some(event.signature) };
                    // The database's own words may quote a value.
                    let words =
                        if reason == Reason::StoreRefused { "the store refuses the event" } else { detail.as_str() };
                    Quarantined::of(&message, reason, words.to_owned())
                }
                Err(apart) => {
                    tracing::error!(
                        error = detail,
                        "a message with reason {} could not even be quarantined; it will come again",
                        apart.reason.as_str()
                    );
                    continue;
                }
            };
            tracing::error!(error = detail, "an event is refused by the store and quarantined");
            work.what = Err(Box::new(apart));
            let batch = vec![work];
            match self.store(&batch).await {
                Ok(outcome) => self.told(&batch, &outcome),
                Err(error) => tracing::error!(
                    error = telemetry::chain(&error),
                    "a refused event could not be quarantined; it will come again"
                ),
            }
        }
    }

    /// After the commit: count, acknowledge, tell whoever listens.
    fn told(&self, batch: &[Work], outcome: &Outcome) {
        telemetry::batch_committed(batch.len());
        counter!(telemetry::INGEST_DUPLICATE).increment(outcome.duplicates);
        if outcome.quarantine_full > 0 {
            counter!(telemetry::QUARANTINE_FULL).increment(outcome.quarantine_full);
        }
        let (mono, now) = (self.clock.monotonic_us(), self.clock.now());
        for index in &outcome.fresh {
            let work = &batch[*index];
            counter!(telemetry::INGEST_STORED, "lane" => work.lane.as_str()).increment(1);
            histogram!(telemetry::INGEST_SECONDS, "lane" => work.lane.as_str())
                .record(seconds(mono.saturating_sub(work.received_us)));
            if let (Lane::Live, Ok(event)) = (work.lane, &work.what) {
                histogram!(telemetry::INGEST_LAG_SECONDS)
                    .record(seconds(now.since_us(event.envelope.captured.captured_at)));
            }
        }
        for apart in batch.iter().filter_map(|w| w.what.as_ref().err()) {
            telemetry::quarantined(apart.reason.as_str());
            tracing::warn!(
                reason = apart.reason.as_str(),
                hash = %apart.sha256,
                "a message is quarantined: {}",
                apart.detail
            );
        }
        for (node, ack) in &outcome.acks {
            let outbound = Outbound::json(Topic::Ack(node.clone()), ack);
            if self.out.try_send(outbound).is_err() {
                counter!(telemetry::INGEST_ACKS_DROPPED).increment(1);
            }
        }
        let fresh = fresh(batch, outcome);
        if !fresh.is_empty() {
            (self.on_committed)(&fresh);
        }
    }
}

fn seconds(us: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a duration for a histogram")]
    let s = us.max(0) as f64 / 1_000_000.0;
    s
}

/// How large the next batch may be, after one of at most `most` took `us`.
fn next_size(most: usize, us: i64) -> usize {
    if us > BATCH_US {
        (most / 2).max(SMALLEST_BATCH)
    } else if us < BATCH_US / 2 {
        (most * 2).min(BATCH)
    } else {
        most
    }
}

/// The next batch: waits for one message, then takes what is there, fresh ones first. `None` when both lanes have ended.
async fn gather(lanes: &mut Lanes, most: usize) -> Option<Vec<Work>> {
    let first = tokio::select! {
        biased;
        Some(work) = lanes.live.recv() => work,
        Some(work) = lanes.backlog.recv() => work,
        else => return None,
    };
    let mut batch = vec![first];
    while batch.len() < most
        && let Ok(work) = lanes.live.try_recv()
    {
        batch.push(work);
    }
    let fresh = batch.iter().filter(|work| work.lane == Lane::Live).count();
    let full = if fresh > 0 { most.min(fresh + ALONG_WITH_FRESH) } else { most };
    while batch.len() < full
        && let Ok(work) = lanes.backlog.try_recv()
    {
        batch.push(work);
    }
    Some(batch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_shrink_while_the_store_is_slow_and_grow_again() {
        assert_eq!(next_size(256, BATCH_US + 1), 128);
        assert_eq!(next_size(32, 10 * BATCH_US), SMALLEST_BATCH);
        assert_eq!(next_size(64, BATCH_US / 4), 128);
        assert_eq!(next_size(256, 0), BATCH);
        assert_eq!(next_size(64, BATCH_US * 3 / 4), 64);
    }
}
