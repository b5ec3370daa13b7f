//! One figure of visitors and how sure it is: what cameras counted, what a person typed in, how much of the time was watched,
//! what is missing. Pure sums: days one after the other, gates side by side. What nobody knows is none and never zero.

use std::collections::BTreeMap;

use contract::clock::{DAY_US, UtcMicros};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::civil::{CivilDay, Month};

/// How a figure came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Counted by cameras (*đếm tự động*).
    Automatic,
    /// Typed in by a person (*nhập tay*).
    ByHand,
    /// Some of it this way, some of it that way.
    Both,
}

/// What a camera's line counted on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MachineDay {
    /// Crossings inwards.
    pub entered: i64,
    /// Crossings outwards.
    pub left: i64,
    /// How much of it was watched.
    pub analysed_ms: i64,
}

/// What a person typed in, the newest word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typed {
    /// Its version.
    pub version: i64,
    /// Crossings inwards; none: taken back, what was counted stands.
    pub entered: Option<i64>,
    /// Crossings outwards, where they are known.
    pub left: Option<i64>,
}

/// A sum with everything that says how sure it is. Whole numbers only: it is hashed when a month is frozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// In; none when nobody knows any of it.
    #[serde(rename = "in")]
    pub entered: Option<i64>,
    /// Out.
    #[serde(rename = "out")]
    pub left: Option<i64>,
    /// Watched time of what was counted automatically.
    pub analysed_ms: i64,
    /// Time that should have been watched.
    pub due_ms: i64,
    /// Days that are over or have begun.
    pub days: i64,
    /// Of which a person typed the figure in.
    pub by_hand: i64,
    /// Of which nothing is known.
    pub missing: i64,
    /// What cameras counted of it, whatever stands in its place.
    pub machine_in: Option<i64>,
    /// The same, outwards.
    pub machine_out: Option<i64>,
}

impl Tally {
    /// How it came about; none when there is no figure.
    #[must_use]
    pub fn method(&self) -> Option<Method> {
        self.entered?;
        Some(match (self.by_hand > 0, self.days > self.by_hand + self.missing) {
            (true, true) => Method::Both,
            (true, false) => Method::ByHand,
            (false, _) => Method::Automatic,
        })
    }

    /// Watched time over the time that should have been watched, in ten-thousandths; none where no camera should have.
    #[must_use]
    pub fn coverage(&self) -> Option<i64> {
        (self.due_ms > 0).then(|| (self.analysed_ms.max(0).min(self.due_ms) * 10_000) / self.due_ms)
    }

    /// Is it less than it was: was something not watched, or a day not known?
    #[must_use]
    pub fn lacks(&self) -> bool {
        self.missing > 0 || self.coverage().is_some_and(|share| share < 9_950)
    }

    /// Days one after the other.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        Self {
            days: self.days + next.days,
            by_hand: self.by_hand + next.by_hand,
            missing: self.missing + next.missing,
            ..self.joined(next)
        }
    }

    /// Gates side by side: a day counts once, and lacks when it lacks at any gate.
    #[must_use]
    pub fn beside(self, other: Self) -> Self {
        Self {
            days: self.days.max(other.days),
            by_hand: self.by_hand.max(other.by_hand),
            missing: self.missing.max(other.missing),
            ..self.joined(other)
        }
    }

    fn joined(self, other: Self) -> Self {
        Self {
            entered: sum(self.entered, other.entered),
            left: sum(self.left, other.left),
            analysed_ms: self.analysed_ms + other.analysed_ms,
            due_ms: self.due_ms + other.due_ms,
            machine_in: sum(self.machine_in, other.machine_in),
            machine_out: sum(self.machine_out, other.machine_out),
            ..self
        }
    }

    /// What is more now than it was then; none when nothing is.
    #[must_use]
    pub fn more_than(&self, then: &Self) -> Option<(i64, i64)> {
        let more = |now: Option<i64>, then: Option<i64>| now.unwrap_or(0) - then.unwrap_or(0);
        let difference = (more(self.entered, then.entered), more(self.left, then.left));
        (difference != (0, 0) || self.entered.is_some() != then.entered.is_some()).then_some(difference)
    }
}

fn sum(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    match (a, b) {
        (None, None) => None,
        (a, b) => Some(a.unwrap_or(0) + b.unwrap_or(0)),
    }
}

/// Everything known of one gate.
#[derive(Debug, Clone, Default)]
pub struct GateBook {
    /// Is it a camera's line?
    pub by_camera: bool,
    /// What was counted.
    pub machine: BTreeMap<CivilDay, MachineDay>,
    /// What was typed in for a day.
    pub days: BTreeMap<CivilDay, Typed>,
    /// What was typed in for a whole month.
    pub months: BTreeMap<Month, Typed>,
}

impl GateBook {
    /// One day, as far as it has begun.
    #[must_use]
    pub fn day(&self, day: CivilDay, now: UtcMicros) -> Tally {
        let wall_us = now.since_us(day.start()).min(DAY_US);
        if wall_us <= 0 {
            return Tally::default();
        }
        let counted = self.machine.get(&day);
        if let Some(Typed { entered: Some(entered), left, .. }) = self.days.get(&day).copied() {
            return Tally {
                entered: Some(entered),
                left,
                days: 1,
                by_hand: 1,
                machine_in: counted.map(|m| m.entered),
                machine_out: counted.map(|m| m.left),
                ..Tally::default()
            };
        }
        let due_ms = if self.by_camera { wall_us / 1000 } else { 0 };
        Tally {
            entered: counted.map(|m| m.entered),
            left: counted.map(|m| m.left),
            // A day can't be watched for longer than itself, whatever its minutes claim together.
            analysed_ms: counted.map_or(0, |m| m.analysed_ms.clamp(0, due_ms)),
            due_ms,
            days: 1,
            by_hand: 0,
            missing: i64::from(counted.is_none()),
            machine_in: counted.map(|m| m.entered),
            machine_out: counted.map(|m| m.left),
        }
    }

    /// One month. A figure for the whole of it stands in place of its days.
    #[must_use]
    pub fn month(&self, month: Month, now: UtcMicros) -> Tally {
        let days = (month.first().0..=month.last().0).map(|day| self.day(CivilDay(day), now));
        let by_days = days.fold(Tally::default(), Tally::then);
        match self.months.get(&month).copied() {
            Some(Typed { entered: Some(entered), left, .. }) => Tally {
                entered: Some(entered),
                left,
                days: by_days.days,
                by_hand: by_days.days,
                machine_in: by_days.machine_in,
                machine_out: by_days.machine_out,
                ..Tally::default()
            },
            _ => by_days,
        }
    }
}

/// How full a place is against its capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fullness {
    /// Below 70 %.
    Free,
    /// From 70 % on.
    Filling,
    /// From 90 % on.
    NearlyFull,
    /// From 100 % on (*quá tải*).
    Full,
}

/// Steps of a warning, in per cent of the capacity (domain 5.2).
const FULLNESS: [(i64, Fullness); 3] = [(100, Fullness::Full), (90, Fullness::NearlyFull), (70, Fullness::Filling)];

/// How full a place with `inside` people is.
#[must_use]
pub fn fullness(inside: i64, capacity: i64) -> Fullness {
    FULLNESS
        .into_iter()
        .find(|(per_cent, _)| inside.saturating_mul(100) >= capacity.saturating_mul(*per_cent))
        .map_or(Fullness::Free, |(_, fullness)| fullness)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CivilDay {
        text.parse().unwrap()
    }

    fn book() -> GateBook {
        let mut book = GateBook { by_camera: true, ..GateBook::default() };
        let whole = 86_400_000;
        for (text, entered, analysed_ms) in
            [("2026-10-01", 100, whole), ("2026-10-02", 50, whole / 2), ("2026-10-04", 10, 2 * whole)]
        {
            book.machine.insert(day(text), MachineDay { entered, left: entered / 2, analysed_ms });
        }
        book
    }

    const LATER: &str = "2026-11-23T01:00:00Z";

    fn now() -> UtcMicros {
        UtcMicros::from_rfc3339(LATER).unwrap()
    }

    #[test]
    fn a_day_carries_how_much_of_it_was_watched_and_one_nobody_reported_has_no_figure() {
        let book = book();
        let told = |text: &str| {
            let tally = book.day(day(text), now());
            (tally.entered, tally.coverage(), tally.missing, tally.method())
        };
        let automatic = Some(Method::Automatic);
        assert_eq!(told("2026-10-01"), (Some(100), Some(10_000), 0, automatic));
        assert_eq!(told("2026-10-02"), (Some(50), Some(5_000), 0, automatic));
        assert_eq!(told("2026-10-03"), (None, Some(0), 1, None));
        assert_eq!(told("2026-10-04"), (Some(10), Some(10_000), 0, automatic), "not watched twice over");
        assert_eq!(told("2026-11-24"), (None, None, 0, None), "the future is not missing");
    }

    #[test]
    fn a_persons_figure_stands_for_the_day_with_the_machines_beside_it_and_can_be_taken_back() {
        let mut book = book();
        book.days.insert(day("2026-10-02"), Typed { version: 1, entered: Some(120), left: Some(110) });
        let corrected = book.day(day("2026-10-02"), now());
        assert_eq!((corrected.entered, corrected.machine_in), (Some(120), Some(50)));
        assert_eq!((corrected.method(), corrected.coverage()), (Some(Method::ByHand), None));
        let both = book.day(day("2026-10-01"), now()).then(corrected);
        assert_eq!((both.entered, both.machine_in, both.method()), (Some(220), Some(150), Some(Method::Both)));
        assert_eq!((both.left, both.machine_out), (Some(160), Some(75)));
        book.days.insert(day("2026-10-02"), Typed { version: 2, entered: None, left: None });
        assert_eq!(book.day(day("2026-10-02"), now()).entered, Some(50));
    }

    #[test]
    fn a_figure_for_a_whole_month_stands_in_place_of_its_days() {
        let mut book = book();
        let october: Month = "2026-10".parse().unwrap();
        let counted = book.month(october, now());
        assert_eq!((counted.entered, counted.missing, counted.days, counted.lacks()), (Some(160), 28, 31, true));
        book.months.insert(october, Typed { version: 1, entered: Some(4_000), left: None });
        let typed = book.month(october, now());
        assert_eq!((typed.entered, typed.left, typed.machine_in), (Some(4_000), None, Some(160)));
        assert_eq!((typed.method(), typed.missing, typed.lacks()), (Some(Method::ByHand), 0, false));
        // A gate without a camera lacks nothing that a camera should have seen.
        let hand = GateBook { months: book.months.clone(), ..GateBook::default() };
        assert_eq!(hand.month(october, now()).entered, Some(4_000));
        assert_eq!(hand.day(day("2026-10-01"), now()).coverage(), None);
    }

    #[test]
    fn gates_side_by_side_count_a_day_once() {
        let book = book();
        let first = book.day(day("2026-10-01"), now());
        let both = first.beside(book.day(day("2026-10-03"), now()));
        assert_eq!((both.entered, both.days, both.missing), (Some(100), 1, 1));
        assert_eq!(both.coverage(), Some(5_000));
        assert_eq!(first.more_than(&first), None);
        assert_eq!(both.more_than(&Tally::default()), Some((100, 50)));
    }

    #[test]
    fn a_place_warns_at_seventy_ninety_and_a_hundred_per_cent() {
        let told = [0, 69, 70, 89, 90, 99, 100, 250].map(|inside| fullness(inside, 100));
        use Fullness as F;
        assert_eq!(told, [F::Free, F::Free, F::Filling, F::Filling, F::NearlyFull, F::NearlyFull, F::Full, F::Full]);
    }
}
