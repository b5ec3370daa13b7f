//! Which of the decoded frames are analysed, and when each was captured. Pure: timestamps in, decisions out.
//! Never starves: whatever jump a camera's clock makes, the next frame after it is taken.

use contract::clock::{ClockSource, UtcMicros};

/// Thins a stream to a number of frames a second by the frames' own timestamps.
#[derive(Debug, Clone)]
pub struct Pace {
    interval_ns: i64,
    due_ns: Option<i64>,
    last_ns: i64,
}

/// Timestamps are rarely exact: a frame this much early still counts as due.
const EARLY_NS: i64 = 2_000_000;

impl Pace {
    /// At most `fps` frames a second (at least one).
    #[must_use]
    pub fn new(fps: u32) -> Self {
        Self { interval_ns: 1_000_000_000 / i64::from(fps.max(1)), due_ns: None, last_ns: i64::MIN }
    }

    /// Is the frame with this timestamp to be analysed?
    pub fn takes(&mut self, pts_ns: i64) -> bool {
        let due = match self.due_ns {
            // The first frame, or time went back: a new beginning.
            None => pts_ns,
            Some(_) if pts_ns < self.last_ns => pts_ns,
            Some(due) => due,
        };
        self.last_ns = pts_ns;
        if pts_ns < due - EARLY_NS {
            self.due_ns = Some(due);
            return false;
        }
        // Stay on the grid, so that 12 frames a second give 5 on average; after a gap begin a new one.
        let next = due + self.interval_ns;
        self.due_ns = Some(if pts_ns >= next { pts_ns + self.interval_ns } else { next });
        true
    }
}

/// Seconds from 1900 (NTP, RFC 5905) to 1970.
const NTP_TO_UNIX_S: i64 = 2_208_988_800;

/// A camera's clock further off than this is not believed.
pub const CLOCK_BELIEVED_US: i64 = 2_000_000;

/// A moment with its half-width and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// Best estimate.
    pub at: UtcMicros,
    /// Half-width, milliseconds.
    pub error_ms: u32,
    /// Where it comes from.
    pub source: ClockSource,
    /// How far the camera's clock is off, when it is too far to be believed.
    pub clock_off_ms: Option<i64>,
}

/// Dates a live frame.
///
/// `arrived` is when its packets came in by the node's clock; `ntp_ns` the camera's own time from its sender reports,
/// nanoseconds since 1900. `latency_ms` is the configured jitter buffer: packets may have waited that long on the way.
#[must_use]
pub fn date_live(arrived: UtcMicros, ntp_ns: Option<u64>, latency_ms: u32) -> Dated {
    // Exposure, encoding and the network come before arrival and cannot be seen from here: 0..500 ms is usual.
    const BEFORE_ARRIVAL_MS: u32 = 250;
    let by_arrival = |clock_off_ms| Dated {
        at: arrived,
        error_ms: BEFORE_ARRIVAL_MS.saturating_add(latency_ms),
        source: ClockSource::Arrival,
        clock_off_ms,
    };
    let Some(ntp_ns) = ntp_ns else { return by_arrival(None) };
    let at = UtcMicros((ntp_ns / 1000) as i64 - NTP_TO_UNIX_S * 1_000_000);
    let off_us = at.since_us(arrived);
    if off_us.abs() > CLOCK_BELIEVED_US {
        return by_arrival(Some(off_us / 1000));
    }
    // Two clocks saw the same frame: the truth lies near both.
    let error_ms = u32::try_from(off_us.abs() / 1000).unwrap_or(u32::MAX).max(50);
    Dated { at, error_ms, source: ClockSource::RtcpSenderReport, clock_off_ms: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn taken(fps: u32, pts_ms: impl IntoIterator<Item = i64>) -> Vec<i64> {
        let mut pace = Pace::new(fps);
        pts_ms.into_iter().filter(|ms| pace.takes(ms * 1_000_000)).collect()
    }

    #[test]
    fn twenty_five_frames_become_five() {
        assert_eq!(taken(5, (0..25).map(|i| i * 40)), [0, 200, 400, 600, 800]);
    }

    #[test]
    fn an_odd_rate_keeps_the_average() {
        let n = taken(5, (0..120).map(|i| i * 1000 / 12)).len();
        assert!((49..=51).contains(&n), "{n} of 10 s at 12 fps");
        assert_eq!(taken(25, (0..10).map(|i| i * 100)).len(), 10, "a slower stream loses nothing");
    }

    #[test]
    fn no_jump_starves_it() {
        // Forward by an hour, back to zero: the frame after the jump is taken each time.
        assert_eq!(taken(5, [0, 40, 200, 3_600_000, 3_600_040, 0, 40, 200]), [0, 200, 3_600_000, 0, 200]);
    }

    proptest! {
        #[test]
        fn never_two_seconds_without_one_when_frames_come(steps in prop::collection::vec(-5000i64..5000, 1..200)) {
            // Any order of timestamps: of frames 40 ms apart at most 6 in a row are passed over at 5 a second.
            let mut pace = Pace::new(5);
            let mut at = 0;
            for jump in steps {
                at += jump;
                let mut passed_over = 0;
                for i in 0..12 {
                    passed_over = if pace.takes((at + i * 40) * 1_000_000) { 0 } else { passed_over + 1 };
                    prop_assert!(passed_over <= 6);
                }
                at += 11 * 40;
            }
        }
    }

    const NOW: UtcMicros = UtcMicros(1_800_000_000_000_000);

    fn ntp(at: UtcMicros) -> Option<u64> {
        Some((at.0 as u64 + NTP_TO_UNIX_S as u64 * 1_000_000) * 1000)
    }

    #[test]
    fn a_sender_report_near_our_clock_is_believed() {
        let dated = date_live(NOW, ntp(NOW.plus_us(-120_000)), 200);
        assert_eq!(
            dated,
            Dated {
                at: NOW.plus_us(-120_000),
                error_ms: 120,
                source: ClockSource::RtcpSenderReport,
                clock_off_ms: None
            }
        );
    }

    #[test]
    fn a_camera_in_another_time_zone_is_reported_and_not_believed() {
        let dated = date_live(NOW, ntp(NOW.plus_us(7 * 3_600_000_000)), 200);
        assert_eq!((dated.at, dated.source), (NOW, ClockSource::Arrival));
        assert_eq!(dated.clock_off_ms, Some(7 * 3_600_000));
    }

    #[test]
    fn without_a_report_arrival_counts_with_its_uncertainty() {
        let dated = date_live(NOW, None, 200);
        assert_eq!((dated.at, dated.error_ms, dated.source), (NOW, 450, ClockSource::Arrival));
    }
}
