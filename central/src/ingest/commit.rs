//! One batch, one transaction: ledger, events, projections, quarantine. Either all of it is there afterwards or nothing.

use std::collections::{BTreeMap, HashMap};

use contract::clock::{Clock, UtcMicros};
use contract::downlink::{Ack, AckRange, Verdict};
use contract::ids::{EventId, IdSource, LogId, NodeAddress};

use super::intake::Work;
use super::ledger::Insert;
use super::verify::VerifiedEvent;
use super::writer::Committed;
use crate::correlation::{fold, project};
use crate::store::events::{self, KeptApart, NewEvent};
use crate::store::{Db, StoreError, forward, projections};

/// What a committed batch came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Places in the batch of events that were new.
    pub fresh: Vec<usize>,
    /// The new ones whose pass met a wanted plate.
    pub alerted: Vec<EventId>,
    /// How many were there already.
    pub duplicates: u64,
    /// Messages for quarantine whose sender has too many there already.
    pub quarantine_full: u64,
    /// What to tell whom.
    pub acks: Vec<(NodeAddress, Ack)>,
}

/// Why a batch was not committed.
#[derive(Debug, thiserror::Error)]
pub enum Rejected {
    /// An event's id, or its place in the ledger, was used for another event.
    #[error("an event's id or place in the ledger was used before")]
    Reused,
    /// The node has begun more ledgers than a node can have.
    #[error("the node has more than {} ledgers", events::LEDGERS_OF_A_NODE)]
    TooManyLedgers,
    /// The store failed.
    #[error("storing a batch of events")]
    Store(#[from] StoreError),
}

/// Stores a batch.
pub async fn store_batch(db: &Db, batch: &[Work], clock: &dyn Clock, ids: &dyn IdSource) -> Result<Outcome, Rejected> {
    let now = clock.now();
    let mut tx = db.write().await?;
    let mut outcome = Outcome::default();
    // By whom to tell: a node, or whoever forwards for it.
    let mut verdicts: BTreeMap<(NodeAddress, LogId), BTreeMap<u64, Verdict>> = BTreeMap::new();

    // In a fixed order, so that two replicas never wait for each other in a ring.
    for ((node, log_id), members) in by_ledger(batch) {
        let answer_to = members.first().map_or_else(|| node.clone(), |(_, event)| event.answer_to().clone());
        let told = verdicts.entry((answer_to, log_id)).or_default();
        let highest = members.iter().map(|(_, e)| e.envelope.seq).max().unwrap_or(0);
        if !events::ledger_fits(&mut tx, &node, log_id).await? {
            return Err(Rejected::TooManyLedgers);
        }
        let before = events::lock_ledger(&mut tx, &node, log_id, highest, now).await?;
        let mut after = before.clone();
        let mut in_batch: HashMap<u64, EventId> = HashMap::new();
        let mut duplicates = 0;
        for (index, event) in members {
            let (seq, id) = (event.envelope.seq, event.envelope.event_id);
            match after.insert(seq) {
                Insert::Fresh => {
                    outcome.fresh.push(index);
                    in_batch.insert(seq, id);
                    told.insert(seq, Verdict::Stored);
                }
                Insert::Duplicate => {
                    let there = match in_batch.get(&seq) {
                        Some(id) => Some(id.0),
                        None => events::event_at(&mut tx, &node, log_id, seq).await?,
                    };
                    // The ledger outlives the events: a row that is gone by its retention was stored all the same.
                    if there.is_some_and(|there| there != id.0) {
                        return Err(Rejected::Reused);
                    }
                    duplicates += 1;
                    told.entry(seq).or_insert(Verdict::Duplicate);
                }
            }
        }
        outcome.duplicates += duplicates;
        events::write_ledger(&mut tx, &node, log_id, &after.changes_since(&before), duplicates).await?;
    }

    let fresh: Vec<&VerifiedEvent> = outcome.fresh.iter().filter_map(|i| batch[*i].what.as_ref().ok()).collect();
    outcome.alerted = store_fresh(&mut tx, &fresh, now, ids).await?;

    for apart in batch.iter().filter_map(|w| w.what.as_ref().err()) {
        if events::insert_quarantined(&mut tx, apart, now).await? == KeptApart::Full {
            outcome.quarantine_full += 1;
        }
        if let Some(place) = &apart.place {
            // An honest event may stand at the same place: what is said of that one goes first.
            verdicts
                .entry((apart.answer_to.clone().unwrap_or_else(|| place.node.clone()), place.log_id))
                .or_default()
                .entry(place.seq)
                .or_insert_with(|| Verdict::Quarantined(apart.reason.as_str().to_owned()));
        }
    }
    tx.commit().await?;
    outcome.acks = verdicts
        .into_iter()
        .filter(|(_, seqs)| !seqs.is_empty())
        .map(|((node, log_id), seqs)| (node, Ack { log_id, ranges: merge(seqs) }))
        .collect();
    Ok(outcome)
}

type Members<'a> = Vec<(usize, &'a VerifiedEvent)>;

fn by_ledger(batch: &[Work]) -> BTreeMap<(NodeAddress, LogId), Members<'_>> {
    let mut ledgers: BTreeMap<_, Members<'_>> = BTreeMap::new();
    for (index, work) in batch.iter().enumerate() {
        if let Ok(event) = &work.what {
            let e = &event.envelope;
            ledgers.entry((e.node.clone(), e.log_id)).or_default().push((index, event));
        }
    }
    ledgers
}

async fn store_fresh(
    tx: &mut sqlx::AnyConnection,
    fresh: &[&VerifiedEvent],
    now: UtcMicros,
    ids: &dyn IdSource,
) -> Result<Vec<EventId>, Rejected> {
    let rows: Vec<NewEvent<'_>> = fresh
        .iter()
        .map(|event| NewEvent {
            envelope: &event.envelope,
            bytes: &event.bytes,
            signature: &event.signature,
            received_at: now,
        })
        .collect();
    if events::insert_events(tx, &rows).await? != rows.len() as u64 {
        return Err(Rejected::Reused);
    }
    // A site's centre owes them to its province.
    forward::enqueue(tx, &fresh.iter().map(|event| event.envelope.event_id).collect::<Vec<_>>()).await?;
    let changes = fold(fresh.iter().flat_map(|event| project(&event.envelope)));
    let alerted = projections::apply(tx, &changes, now, &|| ids.next(now)).await?;
    Ok(alerted.into_iter().map(EventId).collect())
}

/// Neighbours with the same verdict become one range.
fn merge(seqs: BTreeMap<u64, Verdict>) -> Vec<AckRange> {
    let mut ranges: Vec<AckRange> = Vec::new();
    for (seq, verdict) in seqs {
        match ranges.last_mut() {
            Some(last) if last.to + 1 == seq && last.verdict == verdict => last.to = seq,
            _ => ranges.push(AckRange { from: seq, to: seq, verdict }),
        }
    }
    ranges
}

/// The envelopes of a batch that were new, for whoever is told after the commit.
pub(super) fn fresh<'a>(batch: &'a [Work], outcome: &Outcome) -> Vec<Committed<'a>> {
    let works = outcome.fresh.iter().map(|i| &batch[*i]);
    works
        .filter_map(|work| {
            let event = work.what.as_ref().ok()?;
            let alerted = outcome.alerted.contains(&event.envelope.event_id);
            Some(Committed { envelope: &event.envelope, received_us: work.received_us, alerted })
        })
        .collect()
}
