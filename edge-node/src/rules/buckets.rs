//! One-minute buckets of a counting line. Each holds totals, so that a later revision replaces an earlier one; a minute
//! without a crossing is reported as well, because a missing bucket means missing data. How much of the minute was really
//! watched stands beside the counts.

use std::collections::BTreeMap;

use contract::clock::{MINUTE_US, UtcMicros};
use contract::event::Direction;
use contract::ids::LineName;

use super::lines::LineCrossing;

/// A bucket is first reported so long after its minute: crossings are settled a moment after they happen.
const CLOSE_AFTER_US: i64 = 8_000_000;
/// Late crossings still change a bucket for so long; later ones are refused.
const KEEP_US: i64 = 15 * MINUTE_US;
/// Frames farther apart than this leave a gap that was not watched.
const LONGEST_STEP_US: i64 = 1_500_000;

/// Totals of one minute of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BucketReport {
    /// The line.
    pub line: LineName,
    /// Start of the minute.
    pub start: UtcMicros,
    /// Crossings from left to right.
    pub entered: u32,
    /// Crossings from right to left.
    pub left: u32,
    /// Crossings in doubt, contained in neither.
    pub doubtful: u32,
    /// How much of the minute was watched.
    pub analysed_ms: u32,
    /// How much of it was not.
    pub lost_ms: u32,
    /// 0 for the first report of this minute, one more for each later one.
    pub revision: u32,
}

#[derive(Debug, Clone, Default)]
struct Bucket {
    entered: u32,
    left: u32,
    doubtful: u32,
    analysed_us: i64,
    lost_us: i64,
    /// Reported so many times, and unchanged since the last.
    reports: u32,
    changed: bool,
}

/// The minutes of one line.
#[derive(Debug, Clone)]
pub struct LineBuckets {
    line: LineName,
    buckets: BTreeMap<UtcMicros, Bucket>,
    /// Time is accounted up to here.
    accounted: Option<UtcMicros>,
    /// Minutes before this one are closed for good.
    forgotten_before: Option<UtcMicros>,
}

impl LineBuckets {
    /// No minute yet.
    #[must_use]
    pub fn new(line: LineName) -> Self {
        Self { line, buckets: BTreeMap::new(), accounted: None, forgotten_before: None }
    }

    /// A crossing of this line. Answers whether it was counted: one that comes too late is not, and the caller says so.
    pub fn cross(&mut self, crossing: &LineCrossing) -> bool {
        let start = crossing.at.floor_to(MINUTE_US);
        if self.forgotten_before.is_some_and(|limit| start < limit) {
            return false;
        }
        let bucket = self.buckets.entry(start).or_default();
        bucket.changed = true;
        match (crossing.doubtful, crossing.direction) {
            (true, _) => bucket.doubtful += 1,
            (false, Direction::In) => bucket.entered += 1,
            (false, Direction::Out) => bucket.left += 1,
        }
        true
    }

    /// The clock was set back to this moment: time is accounted from here on, and minutes that come again are counted again
    /// as far as they are still kept.
    pub fn set_back(&mut self, at: UtcMicros) {
        self.accounted = Some(at);
        self.forgotten_before = self.forgotten_before.min(Some(at.floor_to(MINUTE_US)));
    }

    /// A frame was analysed. `counts` is false while the view is dark, frozen or moved: such time is lost.
    pub fn frame(&mut self, at: UtcMicros, counts: bool) {
        let Some(from) = self.accounted else {
            // The beginning of the first minute was not watched.
            let start = at.floor_to(MINUTE_US);
            self.accounted = Some(start);
            return self.account(start, at, false);
        };
        if at > from {
            self.account(from, at, counts && at.since_us(from) <= LONGEST_STEP_US);
        }
    }

    /// No frame came up to this moment; what lies back farther than a usual step is lost.
    pub fn no_frame(&mut self, now: UtcMicros) {
        match self.accounted {
            Some(from) if now.since_us(from) > LONGEST_STEP_US => self.account(from, now, false),
            Some(_) => {}
            None => self.frame(now, false),
        }
    }

    /// Spreads an interval over its minutes.
    fn account(&mut self, from: UtcMicros, to: UtcMicros, analysed: bool) {
        // A clock that jumped by hours must not make a bucket for every minute between.
        let from =
            if to.since_us(from) > KEEP_US { UtcMicros(to.0 - KEEP_US).floor_to(MINUTE_US).max(from) } else { from };
        let mut at = from;
        while at < to {
            let start = at.floor_to(MINUTE_US);
            let end = start.plus_us(MINUTE_US).min(to);
            let bucket = self.buckets.entry(start).or_default();
            let length = end.since_us(at);
            if analysed {
                bucket.analysed_us += length;
            } else {
                bucket.lost_us += length;
            }
            bucket.changed = true;
            at = end;
        }
        self.accounted = Some(to);
    }

    /// Minutes to report now: closed for the first time, or changed since they were reported.
    pub fn due(&mut self, now: UtcMicros) -> Vec<BucketReport> {
        self.report(|start| now.since_us(start) >= MINUTE_US + CLOSE_AFTER_US, Some(now))
    }

    /// Everything that is not reported yet; the camera stops, or the file is at its end.
    pub fn finish(&mut self) -> Vec<BucketReport> {
        self.report(|_| true, None)
    }

    fn report(&mut self, is_due: impl Fn(UtcMicros) -> bool, now: Option<UtcMicros>) -> Vec<BucketReport> {
        let line = &self.line;
        let due = self.buckets.iter_mut().filter(|(start, bucket)| bucket.changed && is_due(**start)).map(
            |(start, bucket)| {
                bucket.changed = false;
                bucket.reports += 1;
                let ms = |us: i64| u32::try_from((us / 1000).clamp(0, 60_000)).unwrap_or(60_000);
                BucketReport {
                    line: line.clone(),
                    start: *start,
                    entered: bucket.entered,
                    left: bucket.left,
                    doubtful: bucket.doubtful,
                    analysed_ms: ms(bucket.analysed_us),
                    lost_ms: ms(bucket.lost_us),
                    revision: bucket.reports - 1,
                }
            },
        );
        let reports = due.collect();
        if let Some(limit) = now.map(|now| UtcMicros(now.0 - KEEP_US).floor_to(MINUTE_US)) {
            self.buckets.retain(|start, bucket| *start >= limit || bucket.changed);
            self.forgotten_before = self.forgotten_before.max(Some(limit));
        }
        reports
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tracking::TrackId;
    use proptest::prelude::*;

    fn s(seconds: f64) -> UtcMicros {
        UtcMicros(600 * MINUTE_US + (seconds * 1e6) as i64)
    }

    fn crossing(at: UtcMicros, direction: Direction, doubtful: bool) -> LineCrossing {
        LineCrossing { track: TrackId(1), line: "gate".parse().unwrap(), direction, at, doubtful }
    }

    fn buckets() -> LineBuckets {
        LineBuckets::new("gate".parse().unwrap())
    }

    /// Frames at 5 a second.
    fn watch(buckets: &mut LineBuckets, from: f64, to: f64, counts: bool) {
        let n = ((to - from) * 5.0) as i32;
        (0..=n).for_each(|i| buckets.frame(s(from + f64::from(i) / 5.0), counts));
    }

    #[test]
    fn a_minute_is_reported_whole_a_moment_after_its_end() {
        let mut line = buckets();
        watch(&mut line, 0.0, 60.0, true);
        line.cross(&crossing(s(10.0), Direction::In, false));
        line.cross(&crossing(s(20.0), Direction::Out, false));
        line.cross(&crossing(s(21.0), Direction::In, true));
        assert_eq!(line.due(s(60.0)), []);
        let report = BucketReport {
            line: "gate".parse().unwrap(),
            start: s(0.0),
            entered: 1,
            left: 1,
            doubtful: 1,
            analysed_ms: 60_000,
            lost_ms: 0,
            revision: 0,
        };
        assert_eq!(line.due(s(68.0)), [report]);
        assert_eq!(line.due(s(69.0)), []);
    }

    #[test]
    fn an_empty_minute_is_reported_too_and_its_losses_are_told() {
        let mut line = buckets();
        watch(&mut line, 0.0, 20.0, true);
        watch(&mut line, 20.2, 30.0, false);
        line.no_frame(s(58.0));
        line.no_frame(s(130.0));
        let reports = line.due(s(130.0));
        let figures: Vec<_> = reports.iter().map(|r| (r.start, r.entered, r.analysed_ms, r.lost_ms)).collect();
        assert_eq!(figures, [(s(0.0), 0, 20_000, 40_000), (s(60.0), 0, 0, 60_000)]);
    }

    #[test]
    fn a_late_crossing_makes_a_later_revision_with_totals() {
        let mut line = buckets();
        watch(&mut line, 0.0, 70.0, true);
        line.cross(&crossing(s(5.0), Direction::In, false));
        assert_eq!(line.due(s(70.0)).len(), 1);
        line.cross(&crossing(s(59.9), Direction::In, false));
        let again = line.due(s(71.0));
        assert_eq!((again[0].entered, again[0].revision), (2, 1));
        // After a quarter of an hour the minute is history; the crossing is not lost in silence.
        line.no_frame(s(1200.0));
        line.due(s(1200.0));
        assert!(!line.cross(&crossing(s(30.0), Direction::In, false)));
    }

    #[test]
    fn the_first_minute_owns_up_to_what_it_did_not_see() {
        let mut line = buckets();
        watch(&mut line, 45.0, 60.0, true);
        let report = line.finish().remove(0);
        assert_eq!((report.analysed_ms, report.lost_ms), (15_000, 45_000));
    }

    #[test]
    fn a_clock_that_jumps_a_year_makes_no_year_of_buckets() {
        let mut line = buckets();
        watch(&mut line, 0.0, 10.0, true);
        line.frame(s(365.0 * 86_400.0), true);
        assert!(line.finish().len() < 20);
    }

    proptest! {
        #[test]
        fn totals_over_all_minutes_are_the_crossings(
            crossings in prop::collection::vec((0.0f64..600.0, any::<bool>(), any::<bool>()), 0..60),
            looks in prop::collection::vec(0.0f64..700.0, 0..20)
        ) {
            let mut line = buckets();
            watch(&mut line, 0.0, 600.0, true);
            let mut latest: BTreeMap<UtcMicros, BucketReport> = BTreeMap::new();
            for (i, (at, inward, doubtful)) in crossings.iter().enumerate() {
                line.cross(&crossing(s(*at), if *inward { Direction::In } else { Direction::Out }, *doubtful));
                if let Some(look) = looks.get(i) {
                    for report in line.due(s(*look)) {
                        // A later report of a minute is a later revision.
                        let before = latest.insert(report.start, report.clone());
                        prop_assert!(before.is_none_or(|b| b.revision < report.revision));
                    }
                }
            }
            for report in line.finish() {
                latest.insert(report.start, report);
            }
            let total: u32 = latest.values().map(|b| b.entered + b.left + b.doubtful).sum();
            prop_assert_eq!(total as usize, crossings.len());
            prop_assert!(latest.values().all(|b| b.analysed_ms + b.lost_ms <= 60_000));
        }
    }
}
