//! Watches the ledgers: gaps that stay are counted, shown and asked for again; two ledgers of one node that speak at the
//! same time raise an alarm, since one of them must be a copy. Also announces new bundles and keeps the ring of keys fresh,
//! because the command line changes both from another process.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use contract::bundle::BundleKind;
use contract::clock::{Clock, MINUTE_US, UtcMicros};
use contract::downlink::{BundleNotice, Command};
use contract::ids::{LogId, NodeAddress};
use contract::topic::Topic;
use metrics::gauge;
use tokio::sync::{mpsc, watch};

use super::session::{Outbound, command};
use crate::fleet::KeyRing;
use crate::store::events::LedgerRow;
use crate::store::{Db, StoreError, events, fleet};
use crate::telemetry;

const TICK: Duration = Duration::from_secs(1);
/// Ledgers are looked at every so many ticks.
const LEDGER_TICKS: u64 = 5;
/// A gap that stays this long is asked for, and again each time this long later.
const PATIENCE_US: i64 = MINUTE_US;
/// Ranges asked for at once.
const ASK_AT_ONCE: usize = 16;
/// Two ledgers of one node may overlap this long: what an old one had on its way.
const OVERLAP_US: i64 = MINUTE_US;
/// How long an alarm is shown after both last spoke.
const ALARM_US: i64 = 60 * MINUTE_US;

/// Remembers how long each gap has been there.
#[derive(Debug, Default)]
pub struct GapWatch {
    since: HashMap<(NodeAddress, LogId, u64, u64), i64>,
}

impl GapWatch {
    /// Looks at the ledgers at a moment of the monotonic clock; gives back what to ask for.
    pub fn observe(&mut self, monotonic_us: i64, ledgers: &[LedgerRow]) -> Vec<(NodeAddress, Command)> {
        let mut still = HashMap::new();
        let mut ask = Vec::new();
        for ledger in ledgers {
            for (from, to) in ledger.gaps().into_iter().take(ASK_AT_ONCE) {
                let key = (ledger.node.clone(), ledger.log_id, from, to);
                let mut since = self.since.get(&key).copied().unwrap_or(monotonic_us);
                if monotonic_us.saturating_sub(since) >= PATIENCE_US {
                    ask.push((ledger.node.clone(), Command::Resend { log_id: ledger.log_id, from, to }));
                    since = monotonic_us;
                }
                still.insert(key, since);
            }
        }
        self.since = still;
        ask
    }
}

/// Nodes of which two ledgers spoke at the same time lately.
#[must_use]
pub(super) fn two_live(ledgers: &[LedgerRow], now: UtcMicros) -> Vec<NodeAddress> {
    let mut alarmed = Vec::new();
    for (i, a) in ledgers.iter().enumerate() {
        for b in &ledgers[i + 1..] {
            if a.node != b.node || alarmed.contains(&a.node) {
                continue;
            }
            let overlap_from = a.first_heard_at.max(b.first_heard_at);
            let overlap_to = a.last_heard_at.min(b.last_heard_at);
            if overlap_to.since_us(overlap_from) > OVERLAP_US && now.since_us(overlap_to) < ALARM_US {
                alarmed.push(a.node.clone());
            }
        }
    }
    alarmed
}

/// Runs until `stop`.
pub async fn run_watch(
    db: Db,
    ring: KeyRing,
    clock: Arc<dyn Clock>,
    out: mpsc::Sender<Outbound>,
    mut stop: watch::Receiver<bool>,
) {
    let mut watcher = Watcher { db, ring, clock, out, gaps: GapWatch::default(), announced: HashMap::new() };
    let mut ticks: u64 = 0;
    loop {
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(TICK) => {}
        }
        if let Err(error) = watcher.tick(ticks.is_multiple_of(LEDGER_TICKS)).await {
            tracing::warn!(error = telemetry::chain(&error), "watching the ledgers");
        }
        ticks += 1;
    }
}

struct Watcher {
    db: Db,
    ring: KeyRing,
    clock: Arc<dyn Clock>,
    out: mpsc::Sender<Outbound>,
    gaps: GapWatch,
    announced: HashMap<(NodeAddress, BundleKind), u64>,
}

impl Watcher {
    async fn tick(&mut self, look_at_ledgers: bool) -> Result<(), StoreError> {
        self.ring.refresh(&self.db).await?;
        self.announce().await?;
        if look_at_ledgers {
            self.ledgers().await?;
        }
        Ok(())
    }

    async fn announce(&mut self) -> Result<(), StoreError> {
        for (node, kind, revision) in fleet::bundle_revisions(&mut *self.db.read().await?).await? {
            let last = self.announced.entry((node.clone(), kind)).or_insert(0);
            if *last < revision {
                let notice = Outbound::json(Topic::Bundle(node.clone()), &BundleNotice { kind, revision });
                if self.out.try_send(notice).is_ok() {
                    *last = revision;
                }
            }
        }
        Ok(())
    }

    async fn ledgers(&mut self) -> Result<(), StoreError> {
        let (ledgers, nodes) = {
            let mut conn = self.db.read().await?;
            (events::ledgers(&mut conn).await?, fleet::nodes(&mut conn).await?)
        };
        let mut missing: HashMap<&NodeAddress, u64> = HashMap::new();
        for ledger in &ledgers {
            let gaps = ledger.gaps().iter().map(|(from, to)| to - from + 1).sum::<u64>();
            *missing.entry(&ledger.node).or_default() += gaps;
        }
        for (node, events) in missing {
            #[expect(clippy::cast_precision_loss, reason = "a gauge")]
            gauge!(telemetry::LEDGER_MISSING, "node" => node.to_string()).set(events as f64);
        }
        for (node, ask) in self.gaps.observe(self.clock.monotonic_us(), &ledgers) {
            // A node that is away is asked when it is back.
            if let Some(known) = nodes.iter().find(|n| n.address == node && n.online) {
                tracing::warn!(node = %node, "node {node} is asked for events that are missing");
                // Whoever forwards for it has them, and hears for it.
                let _ = self.out.try_send(command(known.via.as_ref().unwrap_or(&node), &ask));
            }
        }
        let now = self.clock.now();
        let alarmed = two_live(&ledgers, now);
        for node in &nodes {
            let alarm = alarmed.contains(&node.address);
            gauge!(telemetry::LEDGER_ALARM, "node" => node.address.to_string()).set(if alarm { 1.0 } else { 0.0 });
            let said = node.log_alarm_at.is_some_and(|at| now.since_us(at) < ALARM_US);
            if alarm && !said {
                tracing::error!(
                    node = %node.address,
                    "two ledgers of node {} speak at the same time: one machine runs on a copy of another's data",
                    node.address
                );
                let mut tx = self.db.write().await?;
                fleet::set_log_alarm(&mut tx, &node.address, now).await?;
                tx.commit().await?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::RangeSet;
    use uuid::Uuid;

    fn ledger(log: u128, heard: (i64, i64), arrived: &[(u64, u64)], last_seq: u64) -> LedgerRow {
        LedgerRow {
            node: "square/node-1".parse().unwrap(),
            log_id: LogId(Uuid::from_u128(log)),
            first_heard_at: UtcMicros(heard.0),
            last_heard_at: UtcMicros(heard.1),
            last_seq,
            duplicates: 0,
            arrived: RangeSet::from_ranges(arrived.iter().copied()),
            quarantined: RangeSet::from_ranges([(4, 4)]),
        }
    }

    #[test]
    fn a_gap_is_asked_for_only_when_it_stays_and_then_once_a_minute() {
        let mut watch = GapWatch::default();
        let gap = [ledger(1, (0, 0), &[(1, 2), (6, 9)], 12)];
        assert_eq!(gap[0].gaps(), [(3, 3), (5, 5), (10, 12)], "what is in quarantine is not missing");
        assert_eq!(watch.observe(0, &gap), []);
        assert_eq!(watch.observe(PATIENCE_US - 1, &gap), []);
        assert_eq!(watch.observe(PATIENCE_US, &gap).len(), 3);
        assert_eq!(watch.observe(PATIENCE_US + 1, &gap), []);
        // A gap that shrinks is being filled.
        let shrinking = [ledger(1, (0, 0), &[(1, 11)], 12)];
        assert_eq!(watch.observe(2 * PATIENCE_US, &shrinking), []);
    }

    #[test]
    fn two_ledgers_at_once_raise_the_alarm_and_a_replaced_one_does_not() {
        let old = ledger(1, (0, 10 * MINUTE_US), &[], 0);
        let new = ledger(2, (10 * MINUTE_US, 20 * MINUTE_US), &[], 0);
        let copy = ledger(3, (5 * MINUTE_US, 20 * MINUTE_US), &[], 0);
        let now = UtcMicros(20 * MINUTE_US);
        assert_eq!(two_live(&[old.clone(), new.clone()], now), []);
        assert_eq!(two_live(&[old, new, copy], now).len(), 1);
    }
}
