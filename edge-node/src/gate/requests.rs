//! Requests for a decision, and the permits that come of them. A door opens on a permit and on nothing else; a permit is
//! made in two ways only: of the machine's *admit* with its fresh frame, or of an outstanding request that a person's
//! decision quotes in time. It can be neither copied nor stored, and it dies on this node's monotonic clock.

use std::collections::BTreeMap;

use contract::downlink::OPEN_LIVES_US;
use contract::event::DoorCause;
use contract::ids::{BootId, DecisionId, PassageId, RequestId};

use super::fresh::FreshFrame;

/// Leave to open one door once.
#[derive(Debug)]
pub struct OpenPermit {
    passage: PassageId,
    cause: DoorCause,
    deadline_us: i64,
}

impl OpenPermit {
    /// Of an *admit*: the frame it rests on is used up. `None` when that frame is fresh no more.
    pub(super) fn on_admit(passage: PassageId, frame: &FreshFrame, now_us: i64) -> Option<Self> {
        let permit = Self { passage, cause: DoorCause::Admit, deadline_us: frame.fresh_until_us() };
        frame.is_fresh(now_us).then_some(permit)
    }

    /// For whom.
    #[must_use]
    pub fn passage(&self) -> PassageId {
        self.passage
    }

    /// On whose word.
    #[must_use]
    pub fn cause(&self) -> DoorCause {
        self.cause
    }

    /// Nothing may leave for the door after this reading of the monotonic clock, µs.
    #[must_use]
    pub fn deadline_us(&self) -> i64 {
        self.deadline_us
    }
}

/// What an order from above quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenQuote {
    /// The request.
    pub request: RequestId,
    /// The decision.
    pub decision: DecisionId,
    /// The run of the process it was made for.
    pub boot_id: BootId,
    /// Its last moment on that run's monotonic clock, µs.
    pub not_after_us: i64,
}

/// Why an order opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotOpened {
    /// Not asked for here, used already, withdrawn, or over.
    #[error("the order quotes a request that is not outstanding")]
    NotOutstanding,
    /// Made for another run of this process.
    #[error("the order was made for another run of this node")]
    OtherRun,
    /// Its time has run out.
    #[error("the order came too late")]
    TooLate,
    /// It claims to live longer than any order may.
    #[error("the order claims a longer life than an order has")]
    TooLong,
}

#[derive(Debug)]
struct Outstanding {
    passage: PassageId,
    until_us: i64,
}

/// The requests of one gate that are outstanding.
#[derive(Debug)]
pub struct Requests {
    boot_id: BootId,
    outstanding: BTreeMap<RequestId, Outstanding>,
}

impl Requests {
    /// None yet. They live in memory only: after a restart nothing is outstanding.
    #[must_use]
    pub fn new(boot_id: BootId) -> Self {
        Self { boot_id, outstanding: BTreeMap::new() }
    }

    /// A request for a passage; the one before, if any, is outstanding no more.
    pub fn issue(&mut self, id: RequestId, passage: PassageId, until_us: i64) {
        self.withdraw(passage);
        self.outstanding.insert(id, Outstanding { passage, until_us });
    }

    /// No decision is wanted for this passage any more.
    pub fn withdraw(&mut self, passage: PassageId) {
        self.outstanding.retain(|_, o| o.passage != passage);
    }

    /// Which passage a request belongs to, while it is outstanding.
    #[must_use]
    pub fn passage_of(&self, id: RequestId, now_us: i64) -> Option<PassageId> {
        self.outstanding.get(&id).filter(|o| now_us <= o.until_us).map(|o| o.passage)
    }

    /// Is one outstanding for this passage?
    #[must_use]
    pub fn outstanding_for(&self, passage: PassageId, now_us: i64) -> bool {
        self.outstanding.values().any(|o| o.passage == passage && now_us <= o.until_us)
    }

    /// Uses a request up. A refusal uses nothing up, but an order that came too late ends its request: whoever pressed the
    /// button has seen that nothing happened and must look again.
    pub fn open(&mut self, quote: OpenQuote, now_us: i64) -> Result<OpenPermit, NotOpened> {
        if quote.boot_id != self.boot_id {
            return Err(NotOpened::OtherRun);
        }
        if self.passage_of(quote.request, now_us).is_none() {
            return Err(NotOpened::NotOutstanding);
        }
        if quote.not_after_us > now_us.saturating_add(OPEN_LIVES_US) {
            return Err(NotOpened::TooLong);
        }
        let outstanding = self.outstanding.remove(&quote.request).ok_or(NotOpened::NotOutstanding)?;
        if now_us > quote.not_after_us {
            return Err(NotOpened::TooLate);
        }
        Ok(OpenPermit {
            passage: outstanding.passage,
            cause: DoorCause::Decision(quote.decision),
            deadline_us: quote.not_after_us,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const BOOT: BootId = BootId(Uuid::from_u128(1));
    const REQUEST: RequestId = RequestId(Uuid::from_u128(2));
    const PASSAGE: PassageId = PassageId(Uuid::from_u128(3));

    fn quote() -> OpenQuote {
        OpenQuote {
            request: REQUEST,
            decision: DecisionId(Uuid::from_u128(4)),
            boot_id: BOOT,
            not_after_us: 12_000_000,
        }
    }

    fn asked() -> Requests {
        let mut requests = Requests::new(BOOT);
        requests.issue(REQUEST, PASSAGE, 60_000_000);
        requests
    }

    #[test]
    fn a_request_opens_once_in_its_time_and_run() {
        let now = 10_000_000;
        let mut requests = asked();
        let permit = requests.open(quote(), now).unwrap();
        assert_eq!((permit.passage(), permit.deadline_us()), (PASSAGE, 12_000_000));
        assert_eq!(requests.open(quote(), now).unwrap_err(), NotOpened::NotOutstanding, "a replayed order");

        let refused = |change: &dyn Fn(&mut OpenQuote), now: i64| {
            let mut q = quote();
            change(&mut q);
            asked().open(q, now).unwrap_err()
        };
        assert_eq!(refused(&|q| q.boot_id = BootId(Uuid::from_u128(9)), now), NotOpened::OtherRun);
        assert_eq!(refused(&|q| q.request = RequestId(Uuid::from_u128(9)), now), NotOpened::NotOutstanding);
        assert_eq!(refused(&|_| (), 12_000_001), NotOpened::TooLate);
        assert_eq!(refused(&|q| q.not_after_us = now + OPEN_LIVES_US + 1, now), NotOpened::TooLong);
        assert_eq!(refused(&|q| q.not_after_us = 61_000_000, 60_000_001), NotOpened::NotOutstanding, "it is over");
    }

    #[test]
    fn an_order_that_came_too_late_ends_its_request_and_a_withdrawn_one_opens_nothing() {
        let mut requests = asked();
        assert_eq!(requests.open(quote(), 13_000_000).unwrap_err(), NotOpened::TooLate);
        let again = OpenQuote { not_after_us: 14_000_000, ..quote() };
        assert_eq!(requests.open(again, 13_000_000).unwrap_err(), NotOpened::NotOutstanding);
        let mut requests = asked();
        requests.withdraw(PASSAGE);
        assert_eq!(requests.open(quote(), 10_000_000).unwrap_err(), NotOpened::NotOutstanding);
        let mut requests = asked();
        requests.issue(RequestId(Uuid::from_u128(8)), PASSAGE, 60_000_000);
        assert!(requests.open(quote(), 10_000_000).is_err(), "only the newest of a passage counts");
    }

    #[test]
    fn an_admit_needs_a_fresh_frame() {
        assert!(OpenPermit::on_admit(PASSAGE, &FreshFrame::taken_up_at(0), 1_500_000).is_some());
        assert!(OpenPermit::on_admit(PASSAGE, &FreshFrame::taken_up_at(0), 1_500_001).is_none());
    }
}
