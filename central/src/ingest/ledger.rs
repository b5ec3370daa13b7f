//! The range ledger of one node's outbox: which sequence numbers have arrived. It is both the test for duplicates and the
//! finder of gaps. Pure: the store keeps its ranges, nothing here reads or writes.

/// Was a number new?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Insert {
    /// It was not there.
    Fresh,
    /// It was there.
    Duplicate,
}

/// A set of numbers as ascending ranges that neither touch nor overlap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RangeSet {
    ranges: Vec<(u64, u64)>,
}

impl RangeSet {
    /// From ranges in any order; those that touch or overlap are merged, empty ones ignored.
    #[must_use]
    pub fn from_ranges(ranges: impl IntoIterator<Item = (u64, u64)>) -> Self {
        let mut sorted: Vec<_> = ranges.into_iter().filter(|(from, to)| from <= to).collect();
        sorted.sort_unstable();
        let mut merged: Vec<(u64, u64)> = Vec::with_capacity(sorted.len());
        for (from, to) in sorted {
            match merged.last_mut() {
                Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        Self { ranges: merged }
    }

    /// Adds one number.
    pub fn insert(&mut self, n: u64) -> Insert {
        // The first range that begins after n.
        let after = self.ranges.partition_point(|(from, _)| *from <= n);
        let touches_before = match after.checked_sub(1).map(|i| self.ranges[i]) {
            Some((_, to)) if n <= to => return Insert::Duplicate,
            Some((_, to)) => to + 1 == n,
            None => false,
        };
        let touches_after = self.ranges.get(after).is_some_and(|(from, _)| n + 1 == *from);
        match (touches_before, touches_after) {
            (true, true) => {
                self.ranges[after - 1].1 = self.ranges[after].1;
                self.ranges.remove(after);
            }
            (true, false) => self.ranges[after - 1].1 = n,
            (false, true) => self.ranges[after].0 = n,
            (false, false) => self.ranges.insert(after, (n, n)),
        }
        Insert::Fresh
    }

    /// The ranges, ascending.
    #[must_use]
    pub fn ranges(&self) -> &[(u64, u64)] {
        &self.ranges
    }

    /// How many numbers are in it.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.ranges.iter().map(|(from, to)| to - from + 1).sum()
    }

    /// Is it empty?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// What is missing from 1 to `last`, ascending.
    #[must_use]
    pub fn gaps(&self, last: u64) -> Vec<(u64, u64)> {
        let mut gaps = Vec::new();
        let mut next = 1;
        for (from, to) in &self.ranges {
            if next > last {
                break;
            }
            if next < *from {
                gaps.push((next, (from - 1).min(last)));
            }
            next = to + 1;
        }
        if next <= last {
            gaps.push((next, last));
        }
        gaps
    }

    /// What must be removed from and added to a stored copy of `earlier` to make it this: ranges are known by their start.
    #[must_use]
    pub fn changes_since(&self, earlier: &Self) -> Changes {
        let gone = earlier
            .ranges
            .iter()
            .map(|(from, _)| *from)
            .filter(|from| self.ranges.binary_search_by_key(from, |r| r.0).is_err())
            .collect();
        let put = self.ranges.iter().copied().filter(|range| earlier.ranges.binary_search(range).is_err()).collect();
        Changes { gone, put }
    }
}

/// The difference between two states of a ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Starts of ranges that are no more.
    pub gone: Vec<u64>,
    /// Ranges that are new or end elsewhere now.
    pub put: Vec<(u64, u64)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    proptest! {
        #[test]
        fn it_agrees_with_a_plain_set(numbers in prop::collection::vec(1u64..60, 0..120)) {
            let mut plain = BTreeSet::new();
            let mut ledger = RangeSet::default();
            for n in numbers {
                let expected = if plain.insert(n) { Insert::Fresh } else { Insert::Duplicate };
                prop_assert_eq!(ledger.insert(n), expected);
            }
            prop_assert_eq!(ledger.len(), plain.len() as u64);
            let listed: Vec<u64> = ledger.ranges().iter().flat_map(|(a, b)| *a..=*b).collect();
            prop_assert_eq!(&listed, &plain.iter().copied().collect::<Vec<_>>());
            prop_assert!(ledger.ranges().windows(2).all(|w| w[0].1 + 1 < w[1].0), "ranges touch");
            let missing: Vec<u64> = ledger.gaps(59).iter().flat_map(|(a, b)| *a..=*b).collect();
            prop_assert_eq!(missing, (1..=59).filter(|n| !plain.contains(n)).collect::<Vec<_>>());
            prop_assert_eq!(RangeSet::from_ranges(ledger.ranges().iter().rev().copied()), ledger);
        }

        #[test]
        fn applying_the_changes_to_a_stored_copy_gives_the_new_state(
            before in prop::collection::vec(1u64..60, 0..60),
            more in prop::collection::vec(1u64..60, 0..60),
        ) {
            let mut ledger = RangeSet::default();
            before.into_iter().for_each(|n| { ledger.insert(n); });
            let earlier = ledger.clone();
            let mut stored: BTreeMap<u64, u64> = earlier.ranges().iter().copied().collect();
            more.into_iter().for_each(|n| { ledger.insert(n); });
            let changes = ledger.changes_since(&earlier);
            changes.gone.iter().for_each(|from| { stored.remove(from); });
            stored.extend(changes.put);
            prop_assert_eq!(stored.into_iter().collect::<Vec<_>>(), ledger.ranges().to_vec());
        }
    }

    #[test]
    fn the_last_possible_number_does_no_harm() {
        let mut ledger = RangeSet::from_ranges([(5, 4), (3, 3)]);
        assert_eq!(ledger.ranges(), [(3, 3)]);
        assert_eq!(ledger.gaps(0), []);
        assert_eq!(ledger.insert(1), Insert::Fresh);
        assert_eq!(ledger.gaps(2), [(2, 2)]);
    }
}
