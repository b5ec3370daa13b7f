//! Where an enrolment or a watch entry stands: an enum that holds only what is true then. Pure: no store, no clock. The
//! database's triggers refuse the same steps.

use contract::clock::UtcMicros;
use uuid::Uuid;

/// Who takes a step: an account, and its session where there is one (the command line has none, and is on record with the
/// operating system's user).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct By {
    /// The account.
    pub user: Uuid,
    /// The interactive session.
    pub session: Option<Uuid>,
}

/// Why a step is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StateFault {
    /// Who proposed may not approve.
    #[error("who proposed it may not approve it")]
    SamePerson,
    /// It is no proposal any more.
    #[error("it is no proposal any more")]
    NotProposed,
    /// Nobody has approved it yet.
    #[error("nobody has approved it yet")]
    NotApproved,
    /// It has ended already.
    #[error("it has ended already")]
    Ended,
    /// Its time is over.
    #[error("its time is over")]
    Over,
}

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnrolmentState {
    /// One person has entered it.
    Proposed {
        /// Who.
        by: Uuid,
    },
    /// A second person has approved it: it is in force from its first day to its last.
    Approved {
        /// Who proposed.
        proposed_by: Uuid,
        /// Who approved.
        by: Uuid,
    },
    /// The second person refused it.
    Rejected,
    /// The person, or the office, took it back.
    Withdrawn,
    /// Its last day is over.
    Expired,
}

impl EnrolmentState {
    /// From the store: state, proposer, approver.
    #[must_use]
    pub fn from_stored(state: &str, proposed_by: Uuid, approved_by: Option<Uuid>) -> Option<Self> {
        Some(match (state, approved_by) {
            ("proposed", None) => Self::Proposed { by: proposed_by },
            ("approved", Some(by)) => Self::Approved { proposed_by, by },
            ("rejected", _) => Self::Rejected,
            ("withdrawn", _) => Self::Withdrawn,
            ("expired", _) => Self::Expired,
            _ => return None,
        })
    }

    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Proposed { .. } => "proposed",
            Self::Approved { .. } => "approved",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }

    /// As screens show it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Proposed { .. } => "Chờ phê duyệt",
            Self::Approved { .. } => "Đã phê duyệt",
            Self::Rejected => "Không phê duyệt",
            Self::Withdrawn => "Đã rút",
            Self::Expired => "Hết hiệu lực",
        }
    }

    /// A second person says yes.
    pub fn approve(self, by: Uuid, valid_to: UtcMicros, now: UtcMicros) -> Result<Self, StateFault> {
        match self {
            Self::Proposed { by: proposed_by } if proposed_by == by => Err(StateFault::SamePerson),
            Self::Proposed { .. } if now >= valid_to => Err(StateFault::Over),
            Self::Proposed { by: proposed_by } => Ok(Self::Approved { proposed_by, by }),
            _ => Err(StateFault::NotProposed),
        }
    }

    /// A second person says no; who proposed withdraws instead.
    pub fn reject(self, by: Uuid) -> Result<Self, StateFault> {
        match self {
            Self::Proposed { by: proposed_by } if proposed_by == by => Err(StateFault::SamePerson),
            Self::Proposed { .. } => Ok(Self::Rejected),
            _ => Err(StateFault::NotProposed),
        }
    }

    /// It is taken back; anybody in the office may, at once: a person's wish waits for no second one.
    pub fn withdraw(self) -> Result<Self, StateFault> {
        match self {
            Self::Proposed { .. } | Self::Approved { .. } => Ok(Self::Withdrawn),
            _ => Err(StateFault::Ended),
        }
    }

    /// Only who is approved gets a pass.
    pub fn holds_a_pass(self) -> Result<(), StateFault> {
        match self {
            Self::Approved { .. } => Ok(()),
            Self::Proposed { .. } => Err(StateFault::NotApproved),
            Self::Rejected | Self::Withdrawn | Self::Expired => Err(StateFault::Ended),
        }
    }

    /// Its last day is over.
    pub fn expire(self) -> Result<Self, StateFault> {
        match self {
            Self::Proposed { .. } | Self::Approved { .. } => Ok(Self::Expired),
            _ => Err(StateFault::Ended),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Uuid = Uuid::from_u128(1);
    const B: Uuid = Uuid::from_u128(2);
    const END: UtcMicros = UtcMicros(100);

    #[test]
    fn two_persons_are_needed_and_what_ended_stays_ended() {
        let proposed = EnrolmentState::Proposed { by: A };
        assert_eq!(proposed.approve(A, END, UtcMicros(1)), Err(StateFault::SamePerson));
        assert_eq!(proposed.approve(B, END, END), Err(StateFault::Over));
        assert_eq!(proposed.reject(A), Err(StateFault::SamePerson));
        let approved = proposed.approve(B, END, UtcMicros(1)).unwrap();
        assert_eq!(approved, EnrolmentState::Approved { proposed_by: A, by: B });
        assert_eq!(approved.approve(B, END, UtcMicros(1)), Err(StateFault::NotProposed));
        assert_eq!(approved.reject(B), Err(StateFault::NotProposed));
        for ended in [approved.withdraw(), approved.expire(), proposed.reject(B), proposed.withdraw()] {
            let ended = ended.unwrap();
            assert_eq!(ended.withdraw(), Err(StateFault::Ended));
            assert_eq!(ended.expire(), Err(StateFault::Ended));
            assert_eq!(ended.approve(B, END, UtcMicros(1)), Err(StateFault::NotProposed));
        }
    }

    #[test]
    fn states_read_back() {
        for (state, approver) in [("proposed", None), ("approved", Some(B)), ("rejected", None), ("withdrawn", Some(B))]
        {
            assert_eq!(EnrolmentState::from_stored(state, A, approver).unwrap().as_str(), state);
        }
        assert!(EnrolmentState::from_stored("approved", A, None).is_none(), "nobody approved it");
    }
}
