//! At which score two faces count as one person's, as it was measured: on how many impostors, of what kind, by whom, how
//! surely. Values and words only; the measuring is `measure calibrate`'s, the consequence the gate's.

use serde::Deserialize;

/// How sure a score is, in words. Only [`Sureness::Sure`] is enough for a machine to admit anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// Below the threshold even where that was measured too high.
    No,
    /// Where the threshold may lie: the measurement does not say on which side the score is.
    Doubtful,
    /// Above the threshold even where that was measured too low.
    Sure,
}

/// A measured threshold. Holds for one embedder behind one detector, aligned by one method.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// The face detector it was measured with, by its name in the manifest.
    pub detector: String,
    /// How faces were aligned and embedded, see `recognition::face::METHOD`.
    pub method: String,
    /// The similarity (higher = more alike) from which two faces count as one person's.
    pub threshold: f32,
    /// The share of impostor pairs that may reach the threshold: the false accept rate it was set for, 0..1.
    pub far: f64,
    /// 95 % interval of the threshold, lower and upper end; people drawn anew.
    pub interval: [f32; 2],
    /// How many impostor pairs it was set on.
    pub impostors: u64,
    /// How many people those were.
    pub identities: u64,
    /// Of what kind they were: `asian`, `general`.
    pub kind: String,
    /// When, as `YYYY-MM-DD`.
    pub date: String,
    /// By whom, and with what.
    pub by: String,
}

impl Calibration {
    /// How sure a similarity is. A number that is none is no match.
    #[must_use]
    pub fn sureness(&self, similarity: f32) -> Sureness {
        let [low, high] = self.interval;
        if similarity >= self.threshold.max(high) {
            Sureness::Sure
        } else if similarity >= self.threshold.min(low) {
            Sureness::Doubtful
        } else {
            Sureness::No
        }
    }

    /// What is wrong with it, in words; empty when it says all it must.
    #[must_use]
    pub fn faults(&self) -> Vec<&'static str> {
        let [low, high] = self.interval;
        let said = |text: &str| !text.trim().is_empty();
        let digits =
            |part: Option<&str>, n| part.is_some_and(|p| p.len() == n && p.bytes().all(|b| b.is_ascii_digit()));
        let mut date = self.date.split('-');
        let dated = digits(date.next(), 4) && digits(date.next(), 2) && digits(date.next(), 2) && date.next().is_none();
        let holds = [
            (self.far > 0.0 && self.far < 1.0, "the false accept rate is no share"),
            (low <= self.threshold && self.threshold <= high, "the threshold lies outside its interval"),
            (self.impostors as f64 * self.far >= 10.0, "fewer than ten impostors stand behind the threshold"),
            (self.identities >= 2, "the number of people is missing"),
            (said(&self.kind), "it does not say of what kind the impostors were"),
            (said(&self.by), "it does not say by whom it was made"),
            (dated, "the date is not YYYY-MM-DD"),
        ];
        holds.into_iter().filter(|(holds, _)| !holds).map(|(_, fault)| fault).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calibration() -> Calibration {
        Calibration {
            detector: "yunet_s".into(),
            method: "one".into(),
            threshold: 0.5,
            far: 0.001,
            interval: [0.4, 0.6],
            impostors: 13_000,
            identities: 80,
            kind: "asian".into(),
            date: "2026-11-25".into(),
            by: "somebody".into(),
        }
    }

    #[test]
    fn between_the_ends_of_the_interval_everything_is_a_doubt() {
        let check = |score, expected| assert_eq!(calibration().sureness(score), expected, "{score}");
        check(0.61, Sureness::Sure);
        check(0.6, Sureness::Sure);
        check(0.59, Sureness::Doubtful);
        check(0.5, Sureness::Doubtful);
        check(0.4, Sureness::Doubtful);
        check(0.39, Sureness::No);
        check(f32::NAN, Sureness::No);
    }

    #[test]
    fn a_calibration_that_hides_something_has_faults() {
        assert!(calibration().faults().is_empty());
        let check = |changed: Calibration| assert_eq!(changed.faults().len(), 1, "{changed:?}");
        check(Calibration { impostors: 9_000, ..calibration() });
        check(Calibration { interval: [0.55, 0.6], ..calibration() });
        check(Calibration { kind: " ".into(), ..calibration() });
        check(Calibration { date: "25/11/2026".into(), ..calibration() });
        check(Calibration { far: 0.0, impostors: u64::MAX, ..calibration() }.with_far(1.0));
    }

    impl Calibration {
        fn with_far(mut self, far: f64) -> Self {
            self.far = far;
            self
        }
    }
}
