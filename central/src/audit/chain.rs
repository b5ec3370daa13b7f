//! The hash chain of audit records and its check. Pure; finds a changed, moved, missing or added record.

use contract::signature::Sha256;

use super::record::{Record, SCHEMA};

/// One stored record with its hashes, as read from the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Place in the chain.
    pub seq: i64,
    /// The moment column.
    pub at: i64,
    /// The action column.
    pub action: String,
    /// The record's text.
    pub record: String,
    /// Hash of the record before.
    pub previous: Sha256,
    /// Hash of this one.
    pub hash: Sha256,
}

/// Something in the chain that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainFault {
    /// A number is missing or stands twice.
    #[error("record {expected} was expected, record {found} follows")]
    Gap {
        /// The number that should follow.
        expected: i64,
        /// The number that follows.
        found: i64,
    },
    /// It does not continue from the record before.
    #[error("record {0} does not continue from the one before")]
    Broken(i64),
    /// Its text is not the one that was hashed.
    #[error("record {0} was changed")]
    Changed(i64),
    /// Its text says another controller, day, number, moment or action than its columns.
    #[error("record {0} contradicts its columns")]
    Misfiled(i64),
    /// The head of the day stands elsewhere: records at the end are missing.
    #[error("the chain's head is not its last record")]
    Head,
}

/// Where a day's chain begins.
#[must_use]
pub fn genesis(controller: &str, day: &str, before: Option<&Sha256>) -> Sha256 {
    let mut bytes = format!("{SCHEMA}\n{controller}\n{day}\n").into_bytes();
    if let Some(hash) = before {
        bytes.extend_from_slice(&hash.0);
    }
    Sha256::of(&bytes)
}

/// The hash of a record that follows `previous`.
#[must_use]
pub fn next_hash(previous: &Sha256, record: &str) -> Sha256 {
    let mut bytes = previous.0.to_vec();
    bytes.extend_from_slice(record.as_bytes());
    Sha256::of(&bytes)
}

/// A day's chain being checked, record by record.
#[derive(Debug)]
pub struct ChainCheck<'a> {
    controller: &'a str,
    day: &'a str,
    expected: i64,
    previous: Sha256,
    taken: bool,
    faults: Vec<ChainFault>,
}

/// Faults told of one day at most: a chain that is broken everywhere is broken.
const FAULTS_TOLD: usize = 1_000;

impl<'a> ChainCheck<'a> {
    /// Nothing looked at yet; `start` is the day's genesis.
    #[must_use]
    pub fn new(controller: &'a str, day: &'a str, start: Sha256) -> Self {
        Self { controller, day, expected: 1, previous: start, taken: false, faults: Vec::new() }
    }

    /// The next record, in order.
    pub fn take(&mut self, link: &Link) {
        self.taken = true;
        if link.seq != self.expected {
            self.fault(ChainFault::Gap { expected: self.expected, found: link.seq });
        }
        if link.previous != self.previous {
            self.fault(ChainFault::Broken(link.seq));
        }
        if next_hash(&link.previous, &link.record) != link.hash {
            self.fault(ChainFault::Changed(link.seq));
        }
        let fits = serde_json::from_str::<Record>(&link.record).is_ok_and(|r| {
            r.controller.as_str() == self.controller
                && r.day == self.day
                && r.seq == link.seq
                && r.at.0 == link.at
                && r.entry.action == link.action
        });
        if !fits {
            self.fault(ChainFault::Misfiled(link.seq));
        }
        self.expected = link.seq + 1;
        self.previous = link.hash;
    }

    fn fault(&mut self, fault: ChainFault) {
        if self.faults.len() < FAULTS_TOLD {
            self.faults.push(fault);
        }
    }

    /// Was there no record at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.taken
    }

    /// What does not hold; `head` is the day's stored (number, hash).
    #[must_use]
    pub fn end(mut self, head: Option<&(i64, Sha256)>) -> Vec<ChainFault> {
        let last = (self.expected - 1, self.previous);
        let stands = match head {
            Some(head) => *head == last,
            None => !self.taken,
        };
        if !stands {
            self.faults.push(ChainFault::Head);
        }
        self.faults
    }
}

/// Checks a day at once: `start` is its genesis, `head` its stored (number, hash). Every fault is reported.
#[must_use]
pub fn verify_chain(
    controller: &str,
    day: &str,
    start: &Sha256,
    links: &[Link],
    head: Option<&(i64, Sha256)>,
) -> Vec<ChainFault> {
    let mut check = ChainCheck::new(controller, day, *start);
    links.iter().for_each(|link| check.take(link));
    check.end(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Entry;
    use crate::auth::Purpose;
    use contract::clock::UtcMicros;

    fn chain(n: i64) -> (Sha256, Vec<Link>) {
        let start = genesis("police", "2026-11-23", None);
        let mut previous = start;
        let links = (1..=n)
            .map(|seq| {
                let record = Record {
                    schema: SCHEMA.into(),
                    controller: "police".parse().unwrap(),
                    day: "2026-11-23".into(),
                    seq,
                    at: UtcMicros(seq),
                    entry: Entry::new(None, "passes.read", Purpose::VehicleSearch),
                }
                .canonical();
                let hash = next_hash(&previous, &record);
                let link = Link { seq, at: seq, action: "passes.read".into(), record, previous, hash };
                previous = hash;
                link
            })
            .collect();
        (start, links)
    }

    fn check(links: &[Link], head: (i64, Sha256)) -> Vec<ChainFault> {
        verify_chain("police", "2026-11-23", &chain(0).0, links, Some(&head))
    }

    #[test]
    fn an_untouched_chain_holds() {
        let (_, links) = chain(3);
        assert_eq!(check(&links, (3, links[2].hash)), []);
        assert_eq!(verify_chain("police", "2026-11-23", &chain(0).0, &[], None), []);
    }

    #[test]
    fn every_kind_of_tampering_is_found() {
        let (_, whole) = chain(3);
        let head = (3, whole[2].hash);

        let mut changed = whole.clone();
        changed[1].record = changed[1].record.replace("passes", "counts");
        assert_eq!(check(&changed, head), [ChainFault::Changed(2), ChainFault::Misfiled(2)]);

        let mut rehashed = changed.clone();
        rehashed[1].hash = next_hash(&rehashed[1].previous, &rehashed[1].record);
        rehashed[1].action = "counts.read".into();
        assert_eq!(check(&rehashed, head), [ChainFault::Broken(3)]);

        let without = [whole[0].clone(), whole[2].clone()];
        assert_eq!(check(&without, head), [ChainFault::Gap { expected: 2, found: 3 }, ChainFault::Broken(3)]);

        assert_eq!(check(&whole[..2], head), [ChainFault::Head]);

        let mut moved = whole.clone();
        moved[2].at = 99;
        assert_eq!(check(&moved, head), [ChainFault::Misfiled(3)]);
    }

    #[test]
    fn another_day_or_another_past_begins_elsewhere() {
        let a = genesis("police", "2026-11-23", None);
        assert_ne!(a, genesis("police", "2026-11-24", None));
        assert_ne!(a, genesis("tourism", "2026-11-23", None));
        assert_ne!(a, genesis("police", "2026-11-23", Some(&a)));
    }
}
