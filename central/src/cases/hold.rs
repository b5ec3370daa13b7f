//! Who has a case: a lease, which an officer's session holds while the case is on the screen and which runs out by itself, and
//! an assignment, which a leader makes. Two officers never have one case, and whoever comes second is told who has it. Pure.

use contract::clock::{MINUTE_US, UtcMicros};
use uuid::Uuid;

/// A lease nobody renews is over after this long: an officer called away must not keep a deadline from others.
pub const LEASE_US: i64 = 3 * MINUTE_US;

/// An officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The account.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// A case on an officer's screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// Whose screen.
    pub holder: Named,
    /// Until when, unless it is renewed.
    pub until: UtcMicros,
}

/// A case a leader gave to an officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// To whom.
    pub officer: Named,
    /// The leader's name.
    pub by: String,
    /// When.
    pub at: UtcMicros,
}

/// Who has a case, as stored: a lease may be over already.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hold {
    /// The last lease of a session that has not ended.
    pub lease: Option<Lease>,
    /// The assignment.
    pub assignment: Option<Assignment>,
}

/// Another officer has the case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeldError {
    /// It is on another officer's screen.
    #[error("another officer has the case on the screen")]
    Leased(Lease),
    /// It was given to another officer.
    #[error("the case was given to another officer")]
    Assigned(Assignment),
}

impl Hold {
    /// The lease that runs at `now`.
    #[must_use]
    pub fn running(&self, now: UtcMicros) -> Option<&Lease> {
        self.lease.as_ref().filter(|lease| lease.until > now)
    }

    /// May this officer work on the case?
    pub fn open_to(&self, officer: Uuid, now: UtcMicros) -> Result<(), HeldError> {
        if let Some(lease) = self.running(now).filter(|lease| lease.holder.id != officer) {
            return Err(HeldError::Leased(lease.clone()));
        }
        match &self.assignment {
            Some(given) if given.officer.id != officer => Err(HeldError::Assigned(given.clone())),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(n: u128) -> Named {
        Named { id: Uuid::from_u128(n), name: format!("can-bo-{n}") }
    }

    #[test]
    fn a_case_is_open_to_its_holder_and_to_everybody_once_the_lease_is_over() {
        let lease = Lease { holder: named(1), until: UtcMicros(100) };
        let hold = Hold { lease: Some(lease.clone()), assignment: None };
        let open = |n: u128, at: i64| hold.open_to(Uuid::from_u128(n), UtcMicros(at));
        assert_eq!(open(1, 50), Ok(()));
        assert_eq!(open(2, 99), Err(HeldError::Leased(lease)));
        assert_eq!(open(2, 100), Ok(()));
        assert_eq!(Hold::default().open_to(Uuid::from_u128(2), UtcMicros(0)), Ok(()));
    }

    #[test]
    fn a_given_case_is_open_to_whom_it_was_given_alone() {
        let given = Assignment { officer: named(1), by: "doi-truong".into(), at: UtcMicros(1) };
        let hold = Hold { lease: None, assignment: Some(given.clone()) };
        assert_eq!(hold.open_to(Uuid::from_u128(1), UtcMicros(9)), Ok(()));
        assert_eq!(hold.open_to(Uuid::from_u128(2), UtcMicros(9)), Err(HeldError::Assigned(given)));
    }
}
