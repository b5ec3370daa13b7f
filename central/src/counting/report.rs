//! A month of visitors as a tourism office files it: every place, every gate, every day, with what was typed in and what is
//! missing. It is what a signer has before him and what is frozen, letter by letter: what comes afterwards is a supplement
//! beside it and never inside it. Pure.

use std::collections::{BTreeMap, BTreeSet};

use contract::clock::UtcMicros;
use contract::signature::Sha256;
use serde::{Deserialize, Serialize};

use super::civil::{CivilDay, Month, Period, Step};
use super::figures::{GateBook, Tally};

/// Schema of a report.
pub const SCHEMA: &str = "chilang.visitors/1";

/// A month of a controller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: String,
    /// Whose.
    pub controller: String,
    /// What the controller is called.
    pub title: String,
    /// The month.
    pub month: Month,
    /// Every place, by name.
    pub places: Vec<PlaceReport>,
}

/// A place in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceReport {
    /// The place.
    pub site: String,
    /// What people call it.
    pub title: String,
    /// Its capacity on the last day of the month.
    pub capacity: Option<i64>,
    /// The sum of the gates that make it; none when nobody has said which do.
    pub total: Option<Tally>,
    /// The same since January (*luỹ kế*).
    pub so_far: Option<Tally>,
    /// The same month a year before (*cùng kỳ năm trước*).
    pub year_before: Option<Tally>,
    /// Its gates.
    pub gates: Vec<GateReport>,
}

/// A gate in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateReport {
    /// `node/camera/line`, or the name of a gate without a camera.
    pub gate: String,
    /// What people call it.
    pub title: String,
    /// Does it make the sum of the place?
    pub adds_up: bool,
    /// The month.
    pub sum: Tally,
    /// Its days.
    pub days: Vec<Tally>,
}

impl Report {
    /// The text that is hashed, signed for and stored.
    #[must_use]
    pub fn canonical(&self) -> String {
        serde_json::to_string(self).expect("a report has string keys only and no failing serialiser")
    }

    /// The hash of that text.
    #[must_use]
    pub fn digest(&self) -> Sha256 {
        Sha256::of(self.canonical().as_bytes())
    }

    fn gate(&self, site: &str, gate: &str) -> Option<&GateReport> {
        self.places.iter().find(|p| p.site == site)?.gates.iter().find(|g| g.gate == gate)
    }
}

/// A gate as the office knows it today.
#[derive(Debug, Clone, Default)]
pub struct Gate {
    /// What people call it.
    pub title: String,
    /// Does it make the sum of the place? None: nobody has said.
    pub adds_up: Option<bool>,
    /// What is known of it.
    pub book: GateBook,
}

/// A place as the office knows it today.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// What people call it.
    pub title: String,
    /// Its capacities, by the day they begin at.
    pub capacities: BTreeMap<CivilDay, i64>,
    /// Its gates.
    pub gates: BTreeMap<String, Gate>,
}

impl Place {
    /// Its capacity on a day.
    #[must_use]
    pub fn capacity(&self, day: CivilDay) -> Option<i64> {
        self.capacities.range(..=day).next_back().map(|(_, capacity)| *capacity)
    }

    /// Does this gate make the sum of the place? A gate without a camera was added for that; a line does when somebody said
    /// so, or when it is the only one: which of several lines lead inside, no camera can tell, and a sum over inner lines
    /// would count everybody twice.
    #[must_use]
    pub fn adds_up(&self, gate: &str) -> bool {
        let Some(asked) = self.gates.get(gate) else { return false };
        asked.adds_up.unwrap_or_else(|| !asked.book.by_camera || (self.lines() == 1 && !self.model_is_set()))
    }

    /// Is there a sum at all?
    #[must_use]
    pub fn has_sum(&self) -> bool {
        self.lines() <= 1 || self.model_is_set()
    }

    fn lines(&self) -> usize {
        self.gates.values().filter(|g| g.book.by_camera).count()
    }

    fn model_is_set(&self) -> bool {
        self.gates.values().any(|g| g.book.by_camera && g.adds_up.is_some())
    }
}

/// A figure to be shown: what stands, and what came after a freeze.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shown {
    /// What stands: the frozen figure of a frozen month, else what is known now.
    pub tally: Tally,
    /// In and out that came after the freeze (*bổ sung sau chốt*); none when nothing did.
    pub supplement: Option<(i64, i64)>,
}

impl Shown {
    fn with(self, next: Self, add: fn(Tally, Tally) -> Tally) -> Self {
        let supplement = match (self.supplement, next.supplement) {
            (None, None) => None,
            (a, b) => {
                let ((a_in, a_out), (b_in, b_out)) = (a.unwrap_or_default(), b.unwrap_or_default());
                Some((a_in + b_in, a_out + b_out))
            }
        };
        Self { tally: add(self.tally, next.tally), supplement }
    }
}

/// Everything the office knows now, and the months it has frozen.
#[derive(Debug, Clone, Default)]
pub struct Books {
    /// Whose.
    pub controller: String,
    /// What the controller is called.
    pub title: String,
    /// The places.
    pub places: BTreeMap<String, Place>,
    /// Frozen months.
    pub frozen: BTreeMap<Month, Report>,
}

impl Books {
    /// One gate over one step.
    #[must_use]
    pub fn gate_step(&self, site: &str, gate: &str, step: Step, now: UtcMicros) -> Shown {
        let empty = GateBook::default();
        let book = self.places.get(site).and_then(|p| p.gates.get(gate)).map_or(&empty, |g| &g.book);
        let live = match step {
            Step::Day(day) => book.day(day, now),
            Step::Month(month) => book.month(month, now),
        };
        let Some(report) = self.frozen.get(&step.month()) else { return Shown { tally: live, supplement: None } };
        let tally = report.gate(site, gate).map_or_else(Tally::default, |then| match step {
            Step::Day(day) => usize::try_from(day.0 - step.month().first().0)
                .ok()
                .and_then(|n| then.days.get(n))
                .copied()
                .unwrap_or_default(),
            Step::Month(_) => then.sum,
        });
        Shown { tally, supplement: live.more_than(&tally) }
    }

    /// Every gate of a place: those there are, and those that are in a frozen month only.
    #[must_use]
    pub fn gates(&self, site: &str) -> BTreeSet<&str> {
        let now = self.places.get(site).into_iter().flat_map(|p| p.gates.keys().map(String::as_str));
        let then = self.frozen.values().flat_map(|r| &r.places).filter(|p| p.site == site);
        now.chain(then.flat_map(|p| p.gates.iter().map(|g| g.gate.as_str()))).collect()
    }

    /// Did the gate make the sum of its place then?
    fn adds_up(&self, site: &str, gate: &str, month: Month) -> bool {
        let then = self.frozen.get(&month).and_then(|r| r.gate(site, gate)).map(|g| g.adds_up);
        then.unwrap_or_else(|| self.places.get(site).is_some_and(|p| p.adds_up(gate)))
    }

    /// The place over one step: its gates side by side; none when nobody has said which make the sum.
    #[must_use]
    pub fn place_step(&self, site: &str, step: Step, now: UtcMicros) -> Option<Shown> {
        let frozen = self.frozen.get(&step.month()).and_then(|r| r.places.iter().find(|p| p.site == site));
        let has_sum =
            frozen.map_or_else(|| self.places.get(site).is_some_and(Place::has_sum), |place| place.total.is_some());
        has_sum.then(|| {
            self.gates(site)
                .into_iter()
                .filter(|gate| self.adds_up(site, gate, step.month()))
                .map(|gate| self.gate_step(site, gate, step, now))
                .fold(Shown::default(), |sum, next| sum.with(next, Tally::beside))
        })
    }

    /// A sum over steps, one after the other.
    #[must_use]
    pub fn over<'a>(steps: impl IntoIterator<Item = &'a Shown>) -> Shown {
        steps.into_iter().fold(Shown::default(), |sum, next| sum.with(*next, Tally::then))
    }

    /// The place over a period. A month is one step of its own: a figure for all of it is no sum of days.
    #[must_use]
    pub fn place_over(&self, site: &str, period: Period, now: UtcMicros) -> Option<Shown> {
        let steps = match period {
            Period::Month(month) => vec![Step::Month(month)],
            _ => period.steps(),
        };
        let shown: Vec<Shown> =
            steps.into_iter().map(|step| self.place_step(site, step, now)).collect::<Option<_>>()?;
        Some(Self::over(&shown))
    }

    /// The gate over a period.
    #[must_use]
    pub fn gate_over(&self, site: &str, gate: &str, period: Period, now: UtcMicros) -> Shown {
        match period {
            Period::Month(month) => self.gate_step(site, gate, Step::Month(month), now),
            _ => {
                let shown: Vec<Shown> =
                    period.steps().into_iter().map(|step| self.gate_step(site, gate, step, now)).collect();
                Self::over(&shown)
            }
        }
    }

    /// The report of a month as things stand now, whether it was frozen or not.
    #[must_use]
    pub fn report(&self, month: Month, now: UtcMicros) -> Report {
        // As things stand now: this month is read afresh, the others as they were frozen.
        let mut open = self.clone();
        open.frozen.remove(&month);
        let places = open
            .places
            .iter()
            .map(|(site, place)| {
                let so_far: Option<Vec<Shown>> = month
                    .of_the_year_so_far()
                    .into_iter()
                    .map(|each| open.place_step(site, Step::Month(each), now))
                    .collect();
                PlaceReport {
                    site: site.clone(),
                    title: place.title.clone(),
                    capacity: place.capacity(month.last()),
                    total: open.place_step(site, Step::Month(month), now).map(|s| s.tally),
                    so_far: so_far.map(|steps| Self::over(&steps).tally),
                    year_before: open.place_step(site, Step::Month(month.year_before()), now).map(|s| s.tally),
                    gates: place
                        .gates
                        .iter()
                        .map(|(name, gate)| GateReport {
                            gate: name.clone(),
                            title: gate.title.clone(),
                            adds_up: place.adds_up(name),
                            sum: gate.book.month(month, now),
                            days: (month.first().0..=month.last().0).map(|d| gate.book.day(CivilDay(d), now)).collect(),
                        })
                        .collect(),
                }
            })
            .collect();
        Report {
            schema: SCHEMA.to_owned(),
            controller: self.controller.clone(),
            title: self.title.clone(),
            month,
            places,
        }
    }
}

/// What came after the freeze, gate by gate and day by day; a difference of a whole month that no day explains has no day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supplement {
    /// The place.
    pub site: String,
    /// What people call it.
    pub place: String,
    /// The gate.
    pub gate: String,
    /// What people call it.
    pub title: String,
    /// The day; none for a figure of the whole month.
    pub day: Option<CivilDay>,
    /// More in, or fewer.
    pub entered: i64,
    /// More out, or fewer.
    pub left: i64,
}

/// What is in `now` and not in `then`.
#[must_use]
pub fn supplement(then: &Report, now: &Report) -> Vec<Supplement> {
    let mut found = Vec::new();
    let nothing = GateReport {
        gate: String::new(),
        title: String::new(),
        adds_up: false,
        sum: Tally::default(),
        days: Vec::new(),
    };
    for place in &now.places {
        for gate in &place.gates {
            let before = then.gate(&place.site, &gate.gate).unwrap_or(&nothing);
            let row = |day, (entered, left)| Supplement {
                site: place.site.clone(),
                place: place.title.clone(),
                gate: gate.gate.clone(),
                title: gate.title.clone(),
                day,
                entered,
                left,
            };
            let days: Vec<Supplement> = gate
                .days
                .iter()
                .enumerate()
                .filter_map(|(n, tally)| {
                    let day = now.month.first().plus(i64::try_from(n).unwrap_or(0));
                    let then = before.days.get(n).copied().unwrap_or_default();
                    tally.more_than(&then).map(|more| row(Some(day), more))
                })
                .collect();
            let by_days = days.iter().fold((0, 0), |sum, s| (sum.0 + s.entered, sum.1 + s.left));
            match gate.sum.more_than(&before.sum) {
                Some(more) if more == by_days => found.extend(days),
                Some(more) => found.push(row(None, more)),
                None => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::figures::{MachineDay, Typed};
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    fn day(text: &str) -> CivilDay {
        text.parse().unwrap()
    }

    fn now() -> UtcMicros {
        UtcMicros::from_rfc3339("2026-11-23T01:00:00Z").unwrap()
    }

    fn books() -> Books {
        let mut line = GateBook { by_camera: true, ..GateBook::default() };
        line.machine.insert(day("2026-10-01"), MachineDay { entered: 100, left: 90, analysed_ms: 86_400_000 });
        let gate = Gate { title: "Cổng chính".into(), adds_up: None, book: line };
        let place =
            Place { title: "Quảng trường".into(), gates: [("n/c/l".into(), gate)].into(), ..Place::default() };
        Books { controller: "tourism".into(), places: [("square".into(), place)].into(), ..Books::default() }
    }

    fn inside(books: &Books, text: &str) -> (Option<i64>, Option<(i64, i64)>) {
        let shown = books.place_over("square", Period::Month(month(text)), now()).unwrap();
        (shown.tally.entered, shown.supplement)
    }

    #[test]
    fn a_frozen_month_stays_as_it_was_and_what_comes_later_stands_beside_it() {
        let mut books = books();
        let october = month("2026-10");
        let frozen = books.report(october, now());
        assert_eq!(serde_json::from_str::<Report>(&frozen.canonical()).unwrap(), frozen);
        books.frozen.insert(october, frozen.clone());
        assert_eq!(inside(&books, "2026-10"), (Some(100), None));
        let place = books.places.get_mut("square").unwrap();
        let gate = place.gates.get_mut("n/c/l").unwrap();
        gate.book.machine.insert(day("2026-10-02"), MachineDay { entered: 7, left: 6, analysed_ms: 1 });
        gate.book.days.insert(day("2026-10-01"), Typed { version: 1, entered: Some(90), left: Some(90) });
        assert_eq!(inside(&books, "2026-10"), (Some(100), Some((-3, 6))));
        let year = books.place_over("square", Period::Year(2026), now()).unwrap();
        assert_eq!((year.tally.entered, year.supplement), (Some(100), Some((-3, 6))));
        let of_day = books.gate_step("square", "n/c/l", Step::Day(day("2026-10-02")), now());
        assert_eq!((of_day.tally.entered, of_day.supplement), (None, Some((7, 6))));
        let rows = supplement(&frozen, &books.report(october, now()));
        let told: Vec<_> = rows.iter().map(|s| (s.day.map(|d| d.to_string()), s.entered, s.left)).collect();
        assert_eq!(told, [(Some("2026-10-01".into()), -10, 0), (Some("2026-10-02".into()), 7, 6)]);
        // A figure for the whole month is no sum of its days.
        let place = books.places.get_mut("square").unwrap();
        let gate = place.gates.get_mut("n/c/l").unwrap();
        gate.book.months.insert(october, Typed { version: 1, entered: Some(500), left: None });
        let rows = supplement(&frozen, &books.report(october, now()));
        assert_eq!((rows.len(), rows[0].day, rows[0].entered), (1, None, 400));
    }

    #[test]
    fn several_lines_make_no_sum_until_somebody_says_which_lead_inside() {
        let mut books = books();
        let place = books.places.get_mut("square").unwrap();
        let inner = Gate { title: "Sân trong".into(), ..place.gates["n/c/l"].clone() };
        place.gates.insert("n/c/inner".into(), inner);
        assert_eq!(books.place_over("square", Period::Month(month("2026-10")), now()), None);
        let place = books.places.get_mut("square").unwrap();
        place.gates.get_mut("n/c/l").unwrap().adds_up = Some(true);
        assert_eq!(inside(&books, "2026-10").0, Some(100), "the inner line is not in it");
        // A gate without a camera is there to be added.
        let typed = [(month("2026-10"), Typed { version: 1, entered: Some(11), left: None })].into();
        let hand =
            Gate { title: "Cổng sau".into(), book: GateBook { months: typed, ..GateBook::default() }, adds_up: None };
        books.places.get_mut("square").unwrap().gates.insert("Cổng sau".into(), hand);
        assert_eq!(inside(&books, "2026-10").0, Some(111));
    }

    #[test]
    fn a_capacity_holds_from_its_day_on() {
        let capacities = [(day("2026-01-01"), 500), (day("2026-06-01"), 800)].into();
        let place = Place { capacities, ..Place::default() };
        let on = ["2025-12-31", "2026-05-31", "2026-06-01"].map(|text| place.capacity(day(text)));
        assert_eq!(on, [None, Some(500), Some(800)]);
    }
}
