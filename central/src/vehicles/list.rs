//! Lists of plates: *wanted* (the officers of the body are told, quietly, when such a plate passes) and *allowed* (a permit, shown beside
//! a suspicion). An entry says which plate, at which places, until when, why and for whom; one officer proposes it, another decides it,
//! and it ends by itself. Pure. There are whole plates here and nothing wilder, and what looks at several places looks for a week at
//! most: a list is no way to a trail (invariant 4). An entry decides nothing.

use contract::clock::{DAY_US, UtcMicros};
use contract::ids::SiteName;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{PassQueryError, ReadPlate};

/// Entries of a body that are proposed or approved and not over.
pub const LISTED_MAX: i64 = 200;
/// Places of an entry.
pub const LISTED_PLACES_MAX: usize = 20;
/// Longest life of an entry.
pub const LISTED_MAX_DAYS: i64 = 184;
/// Longest life of a wanted entry with more than one place.
pub const WANTED_WIDE_MAX_DAYS: i64 = 7;
/// An alert is shown this long, and then deleted.
pub const ALERT_SHOWN_US: i64 = DAY_US;

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    /// Officers are told when it passes.
    Wanted,
    /// A permit.
    Allowed,
}

impl ListKind {
    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wanted => "wanted",
            Self::Allowed => "allowed",
        }
    }

    /// Back from what is stored.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "wanted" => Some(Self::Wanted),
            "allowed" => Some(Self::Allowed),
            _ => None,
        }
    }

    /// How long an entry for so many places lives at most, from its approval.
    #[must_use]
    pub const fn longest_us(self, places: usize) -> i64 {
        match self {
            Self::Wanted if places > 1 => WANTED_WIDE_MAX_DAYS * DAY_US,
            Self::Wanted | Self::Allowed => LISTED_MAX_DAYS * DAY_US,
        }
    }
}

/// Where an entry stands, with what is true only there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListState {
    /// Proposed, not decided.
    Proposed,
    /// Approved by a second officer.
    Approved {
        /// When: it holds from then on.
        at: UtcMicros,
    },
    /// Refused by a second officer.
    Refused,
    /// Taken back.
    Withdrawn,
}

/// An entry, as far as its steps are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListedPlate {
    /// Which list.
    pub kind: ListKind,
    /// At how many places.
    pub places: usize,
    /// Who proposed it.
    pub proposed_by: Uuid,
    /// When it ends.
    pub expires_at: UtcMicros,
    /// Where it stands.
    pub state: ListState,
}

/// Why an entry is not taken, or a step not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ListFault {
    /// Not a whole plate.
    #[error("reading the plate of an entry")]
    Plate(#[source] PassQueryError),
    /// No place, too many, or none of this body.
    #[error("an entry has 1 to {LISTED_PLACES_MAX} places of its body")]
    Places,
    /// No keeper.
    #[error("an entry has a keeper")]
    Keeper,
    /// No reason.
    #[error("an entry has a reason")]
    Reason,
    /// The end lies behind us.
    #[error("an entry ends in the future")]
    EndsBefore,
    /// Too far ahead.
    #[error("an entry lives {LISTED_MAX_DAYS} days at most")]
    EndsTooLate,
    /// No room.
    #[error("a body has {LISTED_MAX} entries at most")]
    Full,
    /// The same plate on the same list at the same place.
    #[error("the plate is listed there already")]
    AlreadyListed,
    /// Who proposes does not decide.
    #[error("an entry needs a second officer")]
    OwnEntry,
    /// Decided, withdrawn or over already.
    #[error("the entry does not wait")]
    NotProposed,
    /// It would live longer than an entry for so many places may.
    #[error("a wanted entry of several places lives {WANTED_WIDE_MAX_DAYS} days at most, any other {LISTED_MAX_DAYS}")]
    TooLong,
    /// Refused, withdrawn or over already.
    #[error("the entry has ended")]
    Ended,
}

/// What an officer proposes, read and checked as far as values can be.
#[derive(Clone, PartialEq, Eq)]
pub struct ListProposal {
    /// Which list.
    pub kind: ListKind,
    /// Canonical key.
    pub key: String,
    /// The places, in order, each once.
    pub sites: Vec<String>,
    /// The unit, and who there answers for it.
    pub keeper: String,
    /// Why.
    pub reason: String,
    /// When it ends.
    pub expires_at: UtcMicros,
}

impl std::fmt::Debug for ListProposal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ListProposal({}, {} places)", self.kind.as_str(), self.sites.len())
    }
}

impl ListProposal {
    /// Reads what was typed. How long a wanted entry of several places lives is counted from its approval, and judged there.
    pub fn read(
        kind: ListKind,
        plate: &str,
        sites: &[String],
        (keeper, reason): (&str, &str),
        expires_at: UtcMicros,
        now: UtcMicros,
    ) -> Result<Self, ListFault> {
        let key = ReadPlate::read(plate).map_err(ListFault::Plate)?.key;
        let mut places = Vec::with_capacity(sites.len().min(LISTED_PLACES_MAX));
        for site in sites {
            let site: SiteName = site.parse().map_err(|_| ListFault::Places)?;
            places.push(site.to_string());
        }
        places.sort();
        places.dedup();
        if places.is_empty() || places.len() > LISTED_PLACES_MAX {
            return Err(ListFault::Places);
        }
        let keeper = line(keeper, 2, 100).ok_or(ListFault::Keeper)?;
        let reason = list_reason(reason)?;
        if expires_at <= now {
            return Err(ListFault::EndsBefore);
        }
        if expires_at.since_us(now) > LISTED_MAX_DAYS * DAY_US {
            return Err(ListFault::EndsTooLate);
        }
        Ok(Self { kind, key, sites: places, keeper: keeper.to_owned(), reason: reason.to_owned(), expires_at })
    }
}

/// Why something is proposed, refused or taken back: 5 to 300 characters.
pub fn list_reason(text: &str) -> Result<&str, ListFault> {
    line(text, 5, 300).ok_or(ListFault::Reason)
}

/// One line of so many characters, without what surrounds it.
fn line(text: &str, least: usize, most: usize) -> Option<&str> {
    let text = text.trim();
    ((least..=most).contains(&text.chars().count()) && !text.chars().any(char::is_control)).then_some(text)
}

impl ListedPlate {
    /// A second officer approves: it holds from now until its end.
    pub fn approve(self, by: Uuid, now: UtcMicros) -> Result<Self, ListFault> {
        self.second(by, now)?;
        if self.expires_at.since_us(now) > self.kind.longest_us(self.places) {
            return Err(ListFault::TooLong);
        }
        Ok(Self { state: ListState::Approved { at: now }, ..self })
    }

    /// A second officer refuses.
    pub fn refuse(self, by: Uuid, now: UtcMicros) -> Result<Self, ListFault> {
        self.second(by, now)?;
        Ok(Self { state: ListState::Refused, ..self })
    }

    /// Any officer takes it back, proposed or approved.
    pub fn withdraw(self, now: UtcMicros) -> Result<Self, ListFault> {
        match self.state {
            ListState::Proposed | ListState::Approved { .. } if !self.is_over(now) => {
                Ok(Self { state: ListState::Withdrawn, ..self })
            }
            _ => Err(ListFault::Ended),
        }
    }

    /// Nobody ended it, but its time has.
    #[must_use]
    pub fn is_over(self, now: UtcMicros) -> bool {
        matches!(self.state, ListState::Proposed | ListState::Approved { .. }) && self.expires_at <= now
    }

    /// May this officer decide it?
    #[must_use]
    pub fn may_be_decided_by(self, officer: Uuid, now: UtcMicros) -> bool {
        self.second(officer, now).is_ok()
    }

    fn second(self, by: Uuid, now: UtcMicros) -> Result<(), ListFault> {
        if self.state != ListState::Proposed || self.is_over(now) {
            return Err(ListFault::NotProposed);
        }
        if by == self.proposed_by { Err(ListFault::OwnEntry) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use ListFault as F;

    const FIRST: Uuid = Uuid::from_u128(1);
    const SECOND: Uuid = Uuid::from_u128(2);
    const THIRD: Uuid = Uuid::from_u128(3);
    const NOW: UtcMicros = UtcMicros(1_000);

    fn proposed(kind: ListKind, places: usize, days: i64) -> ListedPlate {
        let expires_at = NOW.plus_us(days * DAY_US);
        ListedPlate { kind, places, proposed_by: FIRST, expires_at, state: ListState::Proposed }
    }

    fn read(change: impl Fn(&mut Typed)) -> Result<ListProposal, ListFault> {
        let mut typed = Typed {
            plate: " 12a-123.45 ".into(),
            sites: vec!["road-2".into(), "road-1".into(), "road-2".into()],
            keeper: " Đội 1 – Mẫu 01 ".into(),
            reason: "Xe gây tai nạn rồi bỏ chạy".into(),
            expires_at: NOW.plus_us(7 * DAY_US),
        };
        change(&mut typed);
        let words = (typed.keeper.as_str(), typed.reason.as_str());
        ListProposal::read(ListKind::Wanted, &typed.plate, &typed.sites, words, typed.expires_at, NOW)
    }

    struct Typed {
        plate: String,
        sites: Vec<String>,
        keeper: String,
        reason: String,
        expires_at: UtcMicros,
    }

    #[test]
    fn a_proposal_has_a_whole_plate_places_a_keeper_a_reason_and_an_end() {
        let good = read(|_| {}).unwrap();
        assert_eq!((good.key.as_str(), good.keeper.as_str()), ("12A12345", "Đội 1 – Mẫu 01"));
        assert_eq!(good.sites, ["road-1", "road-2"]);
        assert!(!format!("{good:?}").contains("12A"), "a plate has no readable Debug");
        let fault = |change: &dyn Fn(&mut Typed)| read(change).unwrap_err();
        for wild in ["12A*", "12A?2345", "12A%", "12A_2345"] {
            assert_eq!(fault(&|t| t.plate = wild.into()), F::Plate(PassQueryError::Wildcard), "{wild}");
        }
        for no_plate in ["12A", "", "12A1234567890"] {
            assert_eq!(fault(&|t| t.plate = no_plate.into()), F::Plate(PassQueryError::NotAPlate), "{no_plate}");
        }
        assert_eq!(fault(&|t| t.sites.clear()), F::Places);
        assert_eq!(fault(&|t| t.sites = vec!["*".into()]), F::Places);
        assert_eq!(fault(&|t| t.sites = (0..21).map(|n| format!("road-{n}")).collect()), F::Places);
        assert!(read(|t| t.sites = (0..20).map(|n| format!("road-{n}")).collect()).is_ok());
        for bad in ["", " x ", "Đội\n1", &"x".repeat(101)] {
            assert_eq!(fault(&|t| t.keeper = bad.into()), F::Keeper, "{bad}");
        }
        for bad in ["", " Xe  ", "Xe gây\u{7f}tai nạn", &"x".repeat(301)] {
            assert_eq!(fault(&|t| t.reason = bad.into()), F::Reason, "{bad}");
        }
        assert_eq!(fault(&|t| t.expires_at = NOW), F::EndsBefore);
        let far = NOW.plus_us(LISTED_MAX_DAYS * DAY_US);
        assert!(read(|t| t.expires_at = far).is_ok());
        assert_eq!(fault(&|t| t.expires_at = far.plus_us(1)), F::EndsTooLate);
    }

    #[test]
    fn an_entry_has_two_officers_and_an_end() {
        let entry = proposed(ListKind::Wanted, 1, 184);
        assert_eq!((entry.approve(FIRST, NOW), entry.refuse(FIRST, NOW)), (Err(F::OwnEntry), Err(F::OwnEntry)));
        assert!(entry.may_be_decided_by(SECOND, NOW) && !entry.may_be_decided_by(FIRST, NOW));
        let approved = entry.approve(SECOND, NOW).unwrap();
        assert_eq!(approved.state, ListState::Approved { at: NOW });
        assert_eq!(approved.approve(THIRD, NOW), Err(F::NotProposed), "of two who approve one is told");
        assert_eq!(approved.refuse(THIRD, NOW), Err(F::NotProposed));
        let back = approved.withdraw(NOW).unwrap();
        assert_eq!((back.withdraw(NOW), back.is_over(entry.expires_at)), (Err(F::Ended), false));
        assert_eq!(entry.refuse(SECOND, NOW).unwrap().withdraw(NOW), Err(F::Ended));
        // What is over is neither decided nor withdrawn.
        let end = entry.expires_at;
        assert!(entry.is_over(end) && approved.is_over(end) && !approved.is_over(end.plus_us(-1)));
        assert_eq!((entry.approve(SECOND, end), approved.withdraw(end)), (Err(F::NotProposed), Err(F::Ended)));
    }

    #[test]
    fn what_is_wanted_at_several_places_lives_a_week_from_its_approval() {
        use ListKind as K;
        for (kind, places, days, may) in [
            (K::Wanted, 1, 184, true),
            (K::Wanted, 1, 185, false),
            (K::Wanted, 2, 7, true),
            (K::Wanted, 2, 8, false),
            (K::Wanted, 20, 8, false),
            (K::Allowed, 20, 184, true),
            (K::Allowed, 1, 185, false),
        ] {
            let told = proposed(kind, places, days).approve(SECOND, NOW);
            assert_eq!(told.is_ok(), may, "{kind:?} {places} {days}");
            assert!(may || told == Err(F::TooLong));
        }
        assert!(proposed(K::Wanted, 2, 8).approve(SECOND, NOW.plus_us(DAY_US)).is_ok(), "a day later it is a week");
    }

    proptest! {
        /// Whoever does what in whatever order: an entry holds only after an approval by somebody else than the proposer, and never
        /// longer than its kind and places allow.
        #[test]
        fn no_history_makes_an_entry_hold_without_two_officers_or_too_long(
            places in 1usize..4,
            days in 1i64..30,
            steps in proptest::collection::vec((0u8..3, 1u128..4, 0i64..(3 * DAY_US)), 0..12),
        ) {
            let (mut entry, mut now, mut by) = (proposed(ListKind::Wanted, places, days), NOW, None);
            for (what, who, passes) in steps {
                now = now.plus_us(passes);
                let who = Uuid::from_u128(who);
                let after = match what {
                    0 => entry.approve(who, now),
                    1 => entry.refuse(who, now),
                    _ => entry.withdraw(now),
                };
                if let Ok(after) = after {
                    entry = after;
                    by = (what == 0).then_some(who);
                }
                if let ListState::Approved { at } = entry.state {
                    prop_assert!(by.is_some_and(|by| by != FIRST));
                    let lives = entry.expires_at.since_us(at);
                    prop_assert!(lives > 0 && lives <= entry.kind.longest_us(places));
                }
            }
        }
    }
}
