//! Which events to send now: the window, the two lanes, and what is sent again. Pure: it is told of sends,
//! acknowledgements and the time, and says which numbers to take from the outbox.
//!
//! Everything made before the gate opened is backlog, everything after it is live. Live goes first and may fill the
//! window; backlog takes what is left of it, at most half. An event leaves the window on the centre's acknowledgement
//! only. When the gate opens again (a reconnect, a centre that came back), all that was in flight is backlog anew.

use std::collections::BTreeMap;

use contract::downlink::AckRange;

/// Which lane an event is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Made since the gate opened.
    Live,
    /// Made before.
    Backlog,
}

impl Lane {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Backlog => "backlog",
        }
    }
}

/// Take unacknowledged events with `after < seq <= until` from the outbox, at most `limit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    pub lane: Lane,
    pub after: u64,
    pub until: u64,
    pub limit: usize,
}

#[derive(Debug, Clone, Copy)]
struct InFlight {
    lane: Lane,
    sent_at_us: i64,
}

/// The scheduling of delivery.
#[derive(Debug)]
pub struct Delivery {
    window: usize,
    resend_after_us: i64,
    open: bool,
    in_flight: BTreeMap<u64, InFlight>,
    /// Last event made before the gate opened.
    boundary: u64,
    /// Last backlog event sent since the gate opened.
    backlog_cursor: u64,
    /// Last live event sent.
    live_cursor: u64,
}

impl Delivery {
    /// With the gate closed.
    pub fn new(window: usize, resend_after_us: i64) -> Self {
        Self {
            window: window.max(1),
            resend_after_us,
            open: false,
            in_flight: BTreeMap::new(),
            boundary: 0,
            backlog_cursor: 0,
            live_cursor: 0,
        }
    }

    /// The centre takes events: all that is unacknowledged up to `last_seq` is to be sent (again).
    pub fn opened(&mut self, last_seq: u64) {
        self.open = true;
        self.in_flight.clear();
        self.boundary = last_seq;
        self.backlog_cursor = 0;
        self.live_cursor = last_seq;
    }

    /// The connection is gone, or the centre takes nothing.
    pub fn closed(&mut self) {
        self.open = false;
        self.in_flight.clear();
    }

    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Events sent and not acknowledged.
    pub fn in_flight(&self) -> usize {
        self.in_flight.len()
    }

    /// What to send next in the live lane. Ask for the backlog after these were sent.
    pub fn live(&self) -> Option<Wish> {
        let free = self.window - self.in_flight.len().min(self.window);
        (self.open && free > 0).then_some(Wish {
            lane: Lane::Live,
            after: self.live_cursor,
            until: u64::MAX,
            limit: free,
        })
    }

    /// What to send next of the backlog.
    pub fn backlog(&self) -> Option<Wish> {
        let free = self.window - self.in_flight.len().min(self.window);
        let taken = self.in_flight.values().filter(|f| f.lane == Lane::Backlog).count();
        let share = (self.window / 2).max(1);
        let limit = free.min(share.saturating_sub(taken));
        (self.open && limit > 0 && self.backlog_cursor < self.boundary).then_some(Wish {
            lane: Lane::Backlog,
            after: self.backlog_cursor,
            until: self.boundary,
            limit,
        })
    }

    /// The outbox had nothing (more) for that wish.
    pub fn exhausted(&mut self, wish: Wish) {
        if wish.lane == Lane::Backlog {
            self.backlog_cursor = self.boundary;
        }
    }

    /// An event was handed to the session.
    pub fn sent(&mut self, seq: u64, lane: Lane, now_us: i64) {
        self.in_flight.insert(seq, InFlight { lane, sent_at_us: now_us });
        match lane {
            Lane::Live => self.live_cursor = self.live_cursor.max(seq),
            Lane::Backlog => self.backlog_cursor = self.backlog_cursor.max(seq),
        }
    }

    /// What has waited too long for its acknowledgement, oldest first.
    pub fn overdue(&self, now_us: i64) -> Vec<u64> {
        self.in_flight
            .iter()
            .filter(|(_, f)| now_us.saturating_sub(f.sent_at_us) >= self.resend_after_us)
            .map(|(seq, _)| *seq)
            .collect()
    }

    /// An overdue event was handed to the session again.
    pub fn resent(&mut self, seq: u64, now_us: i64) {
        if let Some(in_flight) = self.in_flight.get_mut(&seq) {
            in_flight.sent_at_us = now_us;
        }
    }

    /// An event is not in the outbox any more.
    pub fn forgotten(&mut self, seq: u64) {
        self.in_flight.remove(&seq);
    }

    /// The centre has spoken of these.
    pub fn acknowledged(&mut self, ranges: &[AckRange]) {
        for range in ranges {
            if range.from <= range.to {
                let gone: Vec<u64> = self.in_flight.range(range.from..=range.to).map(|(seq, _)| *seq).collect();
                for seq in gone {
                    self.in_flight.remove(&seq);
                }
            }
        }
    }

    /// The centre misses these: those in flight are due at once. (What is not in flight is still to be sent anyway, or
    /// was acknowledged.)
    pub fn missing(&mut self, from: u64, to: u64) {
        if from <= to {
            for (_, in_flight) in self.in_flight.range_mut(from..=to) {
                in_flight.sent_at_us = i64::MIN;
            }
        }
    }
}

#[cfg(test)]
#[path = "delivery_tests.rs"]
mod tests;
