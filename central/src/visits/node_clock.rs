//! How late it is on a node, at least: so that an order to open dies there in time. Nodes tell their own monotonic clock with
//! every event. What was sent at reading *m* and came *d* µs ago cannot have been sent later than reading *m + d* of now, so
//! *m + d* is a lower bound of the node's clock, and an order that dies `OPEN_LIVES_US` after it dies too early rather than too
//! late. The best of all events of a run of the node's process is kept. Only the centre's monotonic clock goes in: a jump of a
//! wall clock, here or there, changes nothing. Pure.
//!
//! Two crystals differ: a node's clock may run slower than ours, and a bound from an hour ago would then lie ahead of it. Every
//! bound therefore ages: it grows by 999 parts of 1000 of the time that passes here. Linux corrects a clock's rate by at most
//! 500 ppm, so that two of them differ by at most 1000 ppm.

use std::collections::HashMap;

use contract::ids::{BootId, NodeAddress};

/// Parts of a thousand by which another machine's clock may be slower than ours.
const SLOWER_PER_MILLE: i64 = 1;
/// Runs remembered of one node: the one that lives, and those whose events are still on their way.
const RUNS_OF_A_NODE: usize = 4;

#[derive(Debug, Clone, Copy)]
struct Bound {
    node_us: i64,
    centre_us: i64,
}

impl Bound {
    /// The least the node's clock can show when ours shows this.
    fn at(self, centre_us: i64) -> i64 {
        let passed = centre_us.saturating_sub(self.centre_us).max(0);
        self.node_us.saturating_add(passed - passed / 1000 * SLOWER_PER_MILLE - SLOWER_PER_MILLE)
    }
}

/// What is known of nodes' clocks.
#[derive(Debug, Default)]
pub struct NodeClocks {
    bounds: HashMap<NodeAddress, Vec<(BootId, Bound)>>,
}

impl NodeClocks {
    /// An event of this run told reading `node_us` and came when our monotonic clock showed `centre_us`.
    pub fn observe(&mut self, node: &NodeAddress, boot: BootId, node_us: i64, centre_us: i64) {
        let runs = self.bounds.entry(node.clone()).or_default();
        let told = Bound { node_us, centre_us };
        if let Some((_, bound)) = runs.iter_mut().find(|(run, _)| *run == boot) {
            let now = bound.centre_us.max(centre_us);
            if told.at(now) > bound.at(now) {
                *bound = told;
            }
            return;
        }
        if runs.len() == RUNS_OF_A_NODE {
            runs.remove(0);
        }
        runs.push((boot, told));
    }

    /// The least the node's clock shows now, in this run; `None` when nothing was heard of it.
    #[must_use]
    pub fn at_least(&self, node: &NodeAddress, boot: BootId, centre_us: i64) -> Option<i64> {
        let (_, bound) = self.bounds.get(node)?.iter().find(|(run, _)| *run == boot)?;
        Some(bound.at(centre_us))
    }
}

#[cfg(test)]
mod tests {
    use contract::downlink::OPEN_LIVES_US;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const BOOT: BootId = BootId(Uuid::from_u128(1));

    fn node() -> NodeAddress {
        "hq/gate".parse().unwrap()
    }

    #[test]
    fn an_unknown_run_has_no_clock_and_old_runs_are_let_go() {
        let mut clocks = NodeClocks::default();
        assert_eq!(clocks.at_least(&node(), BOOT, 5), None);
        clocks.observe(&node(), BOOT, 100, 5);
        assert_eq!(clocks.at_least(&node(), BootId(Uuid::from_u128(2)), 5), None);
        assert!(clocks.at_least(&node(), BOOT, 5).is_some());
        for run in 2..6 {
            clocks.observe(&node(), BootId(Uuid::from_u128(run)), 100, 5);
        }
        assert_eq!(clocks.at_least(&node(), BOOT, 5), None);
    }

    #[test]
    fn a_late_event_makes_the_bound_no_worse_and_a_prompt_one_better() {
        let mut clocks = NodeClocks::default();
        clocks.observe(&node(), BOOT, 1_000_000, 10_000_000);
        let before = clocks.at_least(&node(), BOOT, 12_000_000).unwrap();
        clocks.observe(&node(), BOOT, 1_200_000, 12_000_000);
        assert_eq!(clocks.at_least(&node(), BOOT, 12_000_000).unwrap(), before, "it lay in an outbox for long");
        clocks.observe(&node(), BOOT, 3_400_000, 12_000_000);
        assert!(clocks.at_least(&node(), BOOT, 12_000_000).unwrap() > before);
    }

    proptest! {
        /// Whatever the two clocks' rates and starts, however late events come and in whatever order: an order never lives
        /// longer than three seconds on the node's own clock, and with a prompt event not much shorter.
        #[test]
        fn an_order_never_outlives_its_three_seconds(
            node_ppm in -500i64..=500,
            centre_ppm in -500i64..=500,
            node_start in 0i64..1_000_000_000_000,
            centre_start in 0i64..1_000_000_000_000,
            events in proptest::collection::vec((0i64..7_200_000_000, 0i64..60_000_000), 1..40),
            wait in 0i64..7_200_000_000,
        ) {
            // True time in µs; each machine's clock runs at its own rate.
            let node_clock = |t: i64| node_start + t + t / 1_000_000 * node_ppm;
            let centre_clock = |t: i64| centre_start + t + t / 1_000_000 * centre_ppm;
            let mut clocks = NodeClocks::default();
            let mut arrivals: Vec<(i64, i64)> = events.iter().map(|(sent, delay)| (sent + delay, *sent)).collect();
            arrivals.sort_unstable();
            for (arrives, sent) in &arrivals {
                clocks.observe(&node(), BOOT, node_clock(*sent), centre_clock(*arrives));
            }
            let now = arrivals.last().unwrap().0 + wait;
            let bound = clocks.at_least(&node(), BOOT, centre_clock(now)).unwrap();
            // This test's own clocks step by the second: a millisecond each.
            prop_assert!(bound + OPEN_LIVES_US <= node_clock(now) + OPEN_LIVES_US + 2_000);
            let best = arrivals.iter().map(|(arrives, sent)| arrives - sent).min().unwrap();
            let loss = node_clock(now) - bound;
            prop_assert!(loss <= best + (now / 1_000) * 2 + 1_000_000, "the bound is needlessly early: {loss}");
        }
    }
}
