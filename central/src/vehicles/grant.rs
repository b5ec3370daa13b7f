//! A grant to look for one vehicle over more than a day and at more than one place: of a case, asked for by one officer, approved by
//! another, with an end. Pure. What a grant gives is its case's plate, at its places, in its week, to its two officers, until
//! it is over; there is no way to ask it for anything else.

use contract::clock::{DAY_US, UtcMicros};
use uuid::Uuid;

/// Longest window of a grant, and longest life.
pub const GRANT_MAX_DAYS: i64 = 7;

/// Where a grant stands, with what is true only there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantState {
    /// Asked for, not decided.
    Asked,
    /// Approved by a second officer.
    Granted {
        /// By whom.
        by: Uuid,
        /// Until when.
        expires_at: UtcMicros,
    },
    /// Refused by a second officer.
    Refused,
    /// Taken back.
    Withdrawn,
}

/// A grant, as far as its steps are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlateGrant {
    /// Who asked.
    pub asked_by: Uuid,
    /// Where it stands.
    pub state: GrantState,
    /// The case is open or confirmed, has a plate, and its node has said nothing else since it was asked for.
    pub case_holds: bool,
}

/// Why a step is not taken, or nothing is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GrantFault {
    /// More than a week.
    #[error("a grant covers at most {GRANT_MAX_DAYS} days")]
    WindowTooLong,
    /// Upside down or empty.
    #[error("the window is empty")]
    EmptyWindow,
    /// Less than a day or more than a week.
    #[error("a grant lives one to {GRANT_MAX_DAYS} days")]
    LivesTooLong,
    /// Who asks does not approve.
    #[error("a grant needs a second officer")]
    SamePerson,
    /// Decided already.
    #[error("the grant is not waiting")]
    NotAsked,
    /// Refused or withdrawn already.
    #[error("the grant has ended")]
    Ended,
    /// The case is another one than when it was asked for.
    #[error("the case is not what it was")]
    CaseChanged,
    /// There is nothing to look for.
    #[error("the case has no plate, or has ended")]
    CaseWithoutPlate,
    /// Neither of its two officers.
    #[error("the grant is another officer's")]
    NotYours,
    /// Not granted, expired, withdrawn, or its case ended.
    #[error("the grant gives nothing")]
    Over,
    /// A plate was given with it.
    #[error("a grant has its own plate")]
    HasItsPlate,
    /// Another place or time.
    #[error("outside of the grant")]
    Outside,
}

/// Checks the window somebody asks for.
pub fn check_window(from: UtcMicros, to: UtcMicros) -> Result<(), GrantFault> {
    if to <= from {
        return Err(GrantFault::EmptyWindow);
    }
    if to.since_us(from) > GRANT_MAX_DAYS * DAY_US { Err(GrantFault::WindowTooLong) } else { Ok(()) }
}

impl PlateGrant {
    /// A second officer approves, for so many days.
    pub fn approve(self, by: Uuid, days: i64, now: UtcMicros) -> Result<Self, GrantFault> {
        self.second(by)?;
        if !(1..=GRANT_MAX_DAYS).contains(&days) {
            return Err(GrantFault::LivesTooLong);
        }
        if !self.case_holds {
            return Err(GrantFault::CaseChanged);
        }
        Ok(Self { state: GrantState::Granted { by, expires_at: now.plus_us(days * DAY_US) }, ..self })
    }

    /// A second officer refuses.
    pub fn refuse(self, by: Uuid) -> Result<Self, GrantFault> {
        self.second(by)?;
        Ok(Self { state: GrantState::Refused, ..self })
    }

    /// An officer takes it back: what was asked for or granted gives nothing from then on.
    pub fn withdraw(self) -> Result<Self, GrantFault> {
        match self.state {
            GrantState::Asked | GrantState::Granted { .. } => Ok(Self { state: GrantState::Withdrawn, ..self }),
            GrantState::Refused | GrantState::Withdrawn => Err(GrantFault::Ended),
        }
    }

    /// May this officer look for its plate now?
    pub fn gives(self, to: Uuid, now: UtcMicros) -> Result<(), GrantFault> {
        let GrantState::Granted { by, expires_at } = self.state else { return Err(GrantFault::Over) };
        if to != self.asked_by && to != by {
            return Err(GrantFault::NotYours);
        }
        if now < expires_at && self.case_holds { Ok(()) } else { Err(GrantFault::Over) }
    }

    fn second(self, by: Uuid) -> Result<(), GrantFault> {
        if self.state != GrantState::Asked {
            return Err(GrantFault::NotAsked);
        }
        if by == self.asked_by { Err(GrantFault::SamePerson) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use GrantFault as F;

    const ASKER: Uuid = Uuid::from_u128(1);
    const SECOND: Uuid = Uuid::from_u128(2);
    const THIRD: Uuid = Uuid::from_u128(3);
    const NOW: UtcMicros = UtcMicros(1_000);

    fn asked() -> PlateGrant {
        PlateGrant { asked_by: ASKER, state: GrantState::Asked, case_holds: true }
    }

    #[test]
    fn a_grant_has_two_officers_a_week_and_an_end() {
        assert_eq!(asked().approve(ASKER, 7, NOW), Err(F::SamePerson));
        assert_eq!(asked().refuse(ASKER), Err(F::SamePerson));
        for days in [0, -1, 8] {
            assert_eq!(asked().approve(SECOND, days, NOW), Err(F::LivesTooLong));
        }
        assert_eq!(PlateGrant { case_holds: false, ..asked() }.approve(SECOND, 7, NOW), Err(F::CaseChanged));
        assert_eq!(asked().gives(ASKER, NOW), Err(F::Over));
        let granted = asked().approve(SECOND, 2, NOW).unwrap();
        for officer in [ASKER, SECOND] {
            assert_eq!(granted.gives(officer, NOW.plus_us(2 * DAY_US - 1)), Ok(()));
            assert_eq!(granted.gives(officer, NOW.plus_us(2 * DAY_US)), Err(F::Over));
        }
        assert_eq!(granted.gives(THIRD, NOW), Err(F::NotYours));
        assert_eq!(PlateGrant { case_holds: false, ..granted }.gives(ASKER, NOW), Err(F::Over));
        assert_eq!(granted.approve(THIRD, 7, NOW), Err(F::NotAsked), "of two who approve one is told");
        let back = granted.withdraw().unwrap();
        assert_eq!((back.gives(ASKER, NOW), back.withdraw()), (Err(F::Over), Err(F::Ended)));
        let week = 7 * DAY_US;
        assert_eq!(check_window(NOW, NOW.plus_us(week)), Ok(()));
        assert_eq!(check_window(NOW, NOW.plus_us(week + 1)), Err(F::WindowTooLong));
        assert_eq!(check_window(NOW, NOW), Err(F::EmptyWindow));
    }

    proptest! {
        /// Whoever does what in whatever order: something is given only between an approval by somebody else than the asker and its
        /// end, to these two, and never after a withdrawal.
        #[test]
        fn no_history_gives_anything_without_two_officers(
            steps in proptest::collection::vec((0u8..4, 1u128..4, -1i64..10, 0i64..(3 * DAY_US)), 0..20),
        ) {
            let (mut grant, mut now) = (asked(), NOW);
            let mut approved: Option<(Uuid, UtcMicros)> = None;
            for (what, who, days, passes) in steps {
                now = now.plus_us(passes);
                let who = Uuid::from_u128(who);
                let after = match what {
                    0 => grant.approve(who, days, now),
                    1 => grant.refuse(who),
                    2 => grant.withdraw(),
                    _ => {
                        let may = approved
                            .is_some_and(|(by, until)| now < until && (who == ASKER || who == by));
                        prop_assert_eq!(grant.gives(who, now).is_ok(), may);
                        continue;
                    }
                };
                if let Ok(after) = after {
                    grant = after;
                    approved = match what {
                        0 => {
                            prop_assert!(who != ASKER && (1..=GRANT_MAX_DAYS).contains(&days));
                            Some((who, now.plus_us(days * DAY_US)))
                        }
                        _ => None,
                    };
                }
            }
        }
    }
}
