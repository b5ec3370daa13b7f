//! Delivery against a model: a way that loses, doubles and reorders both ways, and a centre that stores.

use std::collections::{BTreeSet, VecDeque};

use contract::clock::SECOND_US;
use contract::downlink::Verdict;
use proptest::prelude::*;

use super::*;

const WINDOW: usize = 10;

fn stored(from: u64, to: u64) -> AckRange {
    AckRange { from, to, verdict: Verdict::Stored }
}

/// Unacknowledged events, as the outbox has them.
#[derive(Default)]
struct Queue {
    waiting: BTreeSet<u64>,
    last: u64,
}

impl Queue {
    fn make(&mut self, count: u64) {
        for _ in 0..count {
            self.last += 1;
            self.waiting.insert(self.last);
        }
    }

    fn take(&self, wish: Wish) -> Vec<u64> {
        self.waiting.iter().filter(|seq| **seq > wish.after && **seq <= wish.until).take(wish.limit).copied().collect()
    }
}

/// One turn as the uplink makes it; answers with what was sent, in order.
fn pump(delivery: &mut Delivery, queue: &Queue, now: i64) -> Vec<(u64, bool)> {
    let mut sent = Vec::new();
    for seq in delivery.overdue(now) {
        if queue.waiting.contains(&seq) {
            delivery.resent(seq, now);
            sent.push((seq, false));
        } else {
            delivery.forgotten(seq);
        }
    }
    for wish in [Delivery::live as fn(&Delivery) -> Option<Wish>, Delivery::backlog] {
        let Some(wish) = wish(delivery) else { continue };
        let found = queue.take(wish);
        if found.is_empty() {
            delivery.exhausted(wish);
        }
        for seq in found {
            delivery.sent(seq, wish.lane, now);
            sent.push((seq, wish.lane == Lane::Live));
        }
    }
    sent
}

#[test]
fn nothing_goes_while_the_gate_is_closed() {
    let mut delivery = Delivery::new(WINDOW, SECOND_US);
    let mut queue = Queue::default();
    queue.make(3);
    assert!(pump(&mut delivery, &queue, 0).is_empty());
    delivery.opened(queue.last);
    assert_eq!(pump(&mut delivery, &queue, 0).len(), 3);
    delivery.closed();
    assert!(pump(&mut delivery, &queue, 9 * SECOND_US).is_empty());
}

#[test]
fn live_goes_first_and_the_backlog_takes_half_of_the_window_at_most() {
    let mut delivery = Delivery::new(WINDOW, SECOND_US);
    let mut queue = Queue::default();
    queue.make(100);
    delivery.opened(queue.last);
    let first = pump(&mut delivery, &queue, 0);
    assert_eq!(first.iter().map(|s| s.0).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    queue.make(20);
    let second = pump(&mut delivery, &queue, 0);
    assert_eq!(second.iter().map(|s| s.0).collect::<Vec<_>>(), [101, 102, 103, 104, 105]);
    delivery.acknowledged(&[stored(1, 5)]);
    queue.waiting.retain(|seq| *seq > 5);
    let third = pump(&mut delivery, &queue, 0);
    assert_eq!(third.iter().map(|s| s.0).collect::<Vec<_>>(), [106, 107, 108, 109, 110]);
    assert_eq!(delivery.in_flight(), WINDOW);
}

#[test]
fn what_is_not_acknowledged_in_time_is_sent_again_once_per_period() {
    let mut delivery = Delivery::new(WINDOW, 15 * SECOND_US);
    let mut queue = Queue::default();
    delivery.opened(0);
    queue.make(2);
    pump(&mut delivery, &queue, 0);
    assert!(pump(&mut delivery, &queue, 14 * SECOND_US).is_empty());
    assert_eq!(pump(&mut delivery, &queue, 15 * SECOND_US).len(), 2);
    assert!(pump(&mut delivery, &queue, 16 * SECOND_US).is_empty());
    delivery.missing(2, 9);
    assert_eq!(pump(&mut delivery, &queue, 17 * SECOND_US), [(2, false)]);
}

#[test]
fn a_reconnect_sends_everything_unacknowledged_again() {
    let mut delivery = Delivery::new(WINDOW, 15 * SECOND_US);
    let mut queue = Queue::default();
    delivery.opened(0);
    queue.make(4);
    pump(&mut delivery, &queue, 0);
    delivery.closed();
    delivery.opened(queue.last);
    assert_eq!(pump(&mut delivery, &queue, 1).len(), 4);
}

#[derive(Debug, Clone)]
enum Step {
    Make(u64),
    Pump,
    Lose(usize),
    Double(usize),
    Swap(usize),
    Arrive(usize),
    Acknowledge(bool),
    Reconnect,
    Wait(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (1u64..6).prop_map(Step::Make),
        6 => Just(Step::Pump),
        1 => (0usize..20).prop_map(Step::Lose),
        1 => (0usize..20).prop_map(Step::Double),
        1 => (0usize..20).prop_map(Step::Swap),
        4 => (1usize..8).prop_map(Step::Arrive),
        3 => any::<bool>().prop_map(Step::Acknowledge),
        1 => Just(Step::Reconnect),
        1 => (0i64..20).prop_map(Step::Wait),
    ]
}

proptest! {
    #[test]
    fn everything_arrives_and_the_window_holds_whatever_the_way_does(
        steps in proptest::collection::vec(step(), 1..200)
    ) {
        let mut delivery = Delivery::new(WINDOW, 15 * SECOND_US);
        let mut queue = Queue::default();
        let mut way: VecDeque<u64> = VecDeque::new();
        let mut store: BTreeSet<u64> = BTreeSet::new();
        let mut to_acknowledge: Vec<u64> = Vec::new();
        let mut now = 0;
        delivery.opened(0);
        // After the wild part: nothing is lost any more, and time goes on until all is acknowledged.
        let calm = (0..400).flat_map(|_| [Step::Wait(16), Step::Pump, Step::Arrive(WINDOW), Step::Acknowledge(false)]);
        for step in steps.into_iter().chain(calm) {
            match step {
                Step::Make(count) => queue.make(count),
                Step::Pump => way.extend(pump(&mut delivery, &queue, now).iter().map(|s| s.0)),
                Step::Lose(i) if !way.is_empty() => { way.remove(i % way.len()); }
                Step::Double(i) if !way.is_empty() => { let seq = way[i % way.len()]; way.push_back(seq); }
                Step::Swap(i) if way.len() > 1 => { let j = i % (way.len() - 1); way.swap(j, j + 1); }
                Step::Arrive(count) => for _ in 0..count {
                    if let Some(seq) = way.pop_front() { store.insert(seq); to_acknowledge.push(seq); }
                },
                Step::Acknowledge(lost) => for seq in std::mem::take(&mut to_acknowledge) {
                    if !lost {
                        queue.waiting.remove(&seq);
                        delivery.acknowledged(&[stored(seq, seq)]);
                    }
                },
                Step::Reconnect => { way.clear(); delivery.closed(); delivery.opened(queue.last); }
                Step::Wait(seconds) => now += seconds * SECOND_US,
                _ => {}
            }
            prop_assert!(delivery.in_flight() <= WINDOW);
        }
        prop_assert_eq!(store.len() as u64, queue.last);
        prop_assert!(queue.waiting.is_empty(), "{:?}", queue.waiting);
        prop_assert_eq!(delivery.in_flight(), 0);
    }
}
