//! Counts by minute, hour and Vietnamese civil day, with coverage; the database adds the minutes up. Pure. A minute nobody reported is
//! missing, never zero; a figure always carries how much of its time was really watched. Nothing here knows a person.

/// Days, months, periods.
pub mod civil;
/// One figure and how sure it is.
pub mod figures;
/// A month as it is filed.
pub mod report;
/// That month as a workbook.
pub mod workbook;

use std::collections::BTreeMap;

use contract::clock::{DAY_US, HOUR_US, MINUTE_US, UtcMicros, VIETNAM_OFFSET_US, vietnam_day_start};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How long a bucket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// One minute, as nodes report.
    Minute,
    /// One hour.
    Hour,
    /// One day of Asia/Ho_Chi_Minh.
    Day,
}

impl Step {
    /// Length of a bucket. Viet Nam has no daylight saving: a day is always 24 hours.
    #[must_use]
    pub const fn length_us(self) -> i64 {
        match self {
            Self::Minute => MINUTE_US,
            Self::Hour => HOUR_US,
            Self::Day => DAY_US,
        }
    }

    /// The start of the bucket that holds `moment`. UTC+7 is a whole number of hours, so only days care.
    #[must_use]
    pub fn start_of(self, moment: UtcMicros) -> UtcMicros {
        match self {
            Self::Minute | Self::Hour => moment.floor_to(self.length_us()),
            Self::Day => vietnam_day_start(moment),
        }
    }

    /// What is added to a moment so that buckets begin at multiples of their length.
    #[must_use]
    pub const fn offset_us(self) -> i64 {
        match self {
            Self::Minute | Self::Hour => 0,
            Self::Day => VIETNAM_OFFSET_US,
        }
    }

    /// The longest window one question may cover.
    #[must_use]
    pub const fn window_max_us(self) -> i64 {
        match self {
            Self::Minute => DAY_US,
            Self::Hour => 31 * DAY_US,
            Self::Day => 366 * DAY_US,
        }
    }
}

/// What one line reported of one bucket: of each minute what all its runs and configurations counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reported {
    /// The bucket's start.
    pub start: UtcMicros,
    /// What was counted.
    pub counted: Counted,
    /// How much of it was analysed.
    pub analysed_ms: i64,
    /// Minutes of it that were reported.
    pub minutes: i64,
}

/// What was counted in a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Crossings from left to right.
    pub entered: i64,
    /// Crossings from right to left.
    pub left: i64,
    /// In neither.
    pub doubtful: i64,
}

/// One bucket of the answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bucket {
    /// Its start.
    pub start: UtcMicros,
    /// The figures; none when no minute of it was reported (*thiếu dữ liệu*).
    pub counted: Option<Counted>,
    /// Analysed time over wall time, 0..1; wall time ends now for a bucket still running.
    pub coverage: f64,
    /// Minutes reported, of how many that have begun.
    pub minutes_reported: i64,
    /// Minutes of the bucket that are over or running.
    pub minutes_due: i64,
}

/// Lays what **one line** reported into the buckets that cover `from..to`. Buckets that begin after `now` are left out: the
/// future is not missing.
#[must_use]
pub fn lay_out(reported: &[Reported], step: Step, from: UtcMicros, to: UtcMicros, now: UtcMicros) -> Vec<Bucket> {
    let by_start: BTreeMap<UtcMicros, &Reported> = reported.iter().map(|r| (r.start, r)).collect();
    let mut buckets = Vec::new();
    let mut start = step.start_of(from);
    while start < to && start < now {
        let end = start.plus_us(step.length_us());
        let there = by_start.get(&start);
        let wall_us = end.min(now).since_us(start);
        buckets.push(Bucket {
            start,
            counted: there.map(|r| r.counted),
            coverage: there.map_or(0.0, |r| share(r.analysed_ms.max(0) * 1000, wall_us)),
            minutes_reported: there.map_or(0, |r| r.minutes),
            minutes_due: (wall_us + MINUTE_US - 1).div_euclid(MINUTE_US),
        });
        start = end;
    }
    buckets
}

fn share(part_us: i64, whole_us: i64) -> f64 {
    if whole_us <= 0 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "a bucket is at most a day: far below 2^52 microseconds")]
    let ratio = part_us as f64 / whole_us as f64;
    ratio.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> UtcMicros {
        UtcMicros::from_rfc3339(text).unwrap()
    }

    fn reported(start: &str, entered: i64, analysed_ms: i64, minutes: i64) -> Reported {
        let counted = Counted { entered, left: 1, doubtful: 0 };
        Reported { start: at(start), counted, analysed_ms, minutes }
    }

    fn check(
        reported: &[Reported],
        step: Step,
        from: &str,
        to: &str,
        now: &str,
    ) -> Vec<(String, Option<i64>, f64, i64, i64)> {
        lay_out(reported, step, at(from), at(to), at(now))
            .into_iter()
            .map(|b| {
                (b.start.to_rfc3339(), b.counted.map(|c| c.entered), b.coverage, b.minutes_reported, b.minutes_due)
            })
            .collect()
    }

    #[test]
    fn a_minute_nobody_reported_is_missing_not_zero() {
        let reported = [reported("2026-11-23T01:00:00Z", 3, 60_000, 1), reported("2026-11-23T01:02:00Z", 0, 30_000, 1)];
        let buckets =
            check(&reported, Step::Minute, "2026-11-23T01:00:00Z", "2026-11-23T01:03:00Z", "2026-11-23T02:00:00Z");
        assert_eq!(
            buckets,
            [
                ("2026-11-23T01:00:00Z".into(), Some(3), 1.0, 1, 1),
                ("2026-11-23T01:01:00Z".into(), None, 0.0, 0, 1),
                ("2026-11-23T01:02:00Z".into(), Some(0), 0.5, 1, 1),
            ]
        );
    }

    #[test]
    fn the_running_day_is_measured_until_now() {
        let reported = [reported("2026-11-22T17:00:00Z", 5, 60_000, 1), reported("2026-11-23T17:00:00Z", 7, 60_000, 1)];
        let buckets =
            check(&reported, Step::Day, "2026-11-22T17:00:00Z", "2026-11-25T17:00:00Z", "2026-11-23T17:02:00Z");
        assert_eq!(
            buckets,
            [
                ("2026-11-22T17:00:00Z".into(), Some(5), 1.0 / 1440.0, 1, 1440),
                ("2026-11-23T17:00:00Z".into(), Some(7), 0.5, 1, 2),
            ]
        );
    }

    #[test]
    fn nothing_is_said_about_the_future() {
        let now = "2026-11-23T01:00:00Z";
        let buckets = check(&[], Step::Hour, now, "2026-11-23T05:00:00Z", now);
        assert!(buckets.is_empty());
    }
}
