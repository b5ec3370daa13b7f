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

/// A camera's clock further off than this is not believed …
pub const CLOCK_BELIEVED_US: i64 = 2_000_000;
/// … and is believed again only when it is nearer than this: the network's jitter alone must not change the answer.
const CLOCK_BELIEVED_AGAIN_US: i64 = 1_500_000;
/// When the source of time changes, moments may step back by so much; they are slowed down instead until the step is made.
const LONGEST_SLEW_US: i64 = CLOCK_BELIEVED_US + 500_000;

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

/// Dates the frames of one live stream, one after the other.
#[derive(Debug, Clone, Default)]
pub struct LiveDating {
    /// The camera's clock was too far off.
    distrusted: bool,
    /// The frame before: its moment, and the node's monotonic time then.
    last: Option<(UtcMicros, i64)>,
    /// A step back is being made up for.
    slowed: bool,
}

impl LiveDating {
    /// Dates the next frame. `arrived` is when its packets came in by the node's clock, `monotonic_us` the same moment of
    /// the clock that never jumps; `ntp_ns` and `latency_ms` as in [`date_live`].
    ///
    /// The first sender report of a stream, or a clock that is believed no more, moves the moments of the frames by up to two
    /// seconds at once. Backwards, that would look like a clock set back and end every track; so they go on at half their speed
    /// until the difference is made up, and say how uncertain they are meanwhile.
    pub fn date(&mut self, arrived: UtcMicros, monotonic_us: i64, ntp_ns: Option<u64>, latency_ms: u32) -> Dated {
        let limit_us = if self.distrusted { CLOCK_BELIEVED_AGAIN_US } else { CLOCK_BELIEVED_US };
        let mut dated = date_live(arrived, ntp_ns, latency_ms, limit_us);
        if ntp_ns.is_some() {
            self.distrusted = dated.clock_off_ms.is_some();
        }
        if let Some((before, monotonic_before)) = self.last {
            let slowed = before.plus_us((monotonic_us - monotonic_before).clamp(0, 1_000_000) / 2);
            let ahead_us = slowed.since_us(dated.at);
            let steps_back = dated.at < before;
            self.slowed = (steps_back || self.slowed) && (1..=LONGEST_SLEW_US).contains(&ahead_us);
            if self.slowed {
                dated.at = slowed;
                dated.error_ms = dated.error_ms.saturating_add(u32::try_from(ahead_us / 1000).unwrap_or(u32::MAX));
            }
        }
        self.last = Some((dated.at, monotonic_us));
        dated
    }
}

/// Dates a live frame by itself.
///
/// `limit_us` is how far the camera's clock may be off. `arrived` is when its packets came in by the node's clock; `ntp_ns` the camera's own time from its sender reports,
/// nanoseconds since 1900. `latency_ms` is the configured jitter buffer: packets may have waited that long on the way.
fn date_live(arrived: UtcMicros, ntp_ns: Option<u64>, latency_ms: u32, limit_us: i64) -> Dated {
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
    if off_us.abs() > limit_us {
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
        let dated = date_live(NOW, ntp(NOW.plus_us(-120_000)), 200, CLOCK_BELIEVED_US);
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
        let dated = date_live(NOW, ntp(NOW.plus_us(7 * 3_600_000_000)), 200, CLOCK_BELIEVED_US);
        assert_eq!((dated.at, dated.source), (NOW, ClockSource::Arrival));
        assert_eq!(dated.clock_off_ms, Some(7 * 3_600_000));
    }

    #[test]
    fn without_a_report_arrival_counts_with_its_uncertainty() {
        let dated = date_live(NOW, None, 200, CLOCK_BELIEVED_US);
        assert_eq!((dated.at, dated.error_ms, dated.source), (NOW, 450, ClockSource::Arrival));
    }

    /// Frames every 200 ms, each with the camera's clock off by so many milliseconds (none: no report yet).
    fn dated(offs_ms: impl IntoIterator<Item = Option<i64>>) -> Vec<Dated> {
        let mut dating = LiveDating::default();
        let date = |(i, off): (usize, Option<i64>)| {
            let us = i as i64 * 200_000;
            let arrived = NOW.plus_us(us);
            dating.date(arrived, us, off.and_then(|ms| ntp(arrived.plus_us(ms * 1000))), 200)
        };
        offs_ms.into_iter().enumerate().map(date).collect()
    }

    #[test]
    fn the_first_report_of_a_camera_that_is_behind_does_not_turn_time_back() {
        let found = dated([None; 3].into_iter().chain([Some(-1_800); 30]));
        assert!(found.windows(2).all(|w| w[1].at > w[0].at));
        assert!(found[4].error_ms > 1_500, "the uncertainty is told meanwhile: {}", found[4].error_ms);
        let last = found[32];
        assert_eq!(last.at, NOW.plus_us(32 * 200_000 - 1_800_000), "in the end the camera's clock holds");
        assert_eq!((last.error_ms, last.source), (1_800, ClockSource::RtcpSenderReport));
    }

    #[test]
    fn a_clock_about_at_the_limit_does_not_flicker() {
        let jitter = [1_900, 2_050, 1_950, 1_700, 2_100, 1_800, 1_600].map(Some);
        let sources: Vec<ClockSource> = dated(jitter).iter().map(|d| d.source).collect();
        assert_eq!(sources[0], ClockSource::RtcpSenderReport);
        assert!(sources[1..].iter().all(|s| *s == ClockSource::Arrival), "{sources:?}");
        assert_eq!(dated([2_500, 1_400].map(Some))[1].source, ClockSource::RtcpSenderReport, "believed again");
    }

    #[test]
    fn a_node_clock_that_is_set_back_by_more_is_told_as_it_is() {
        let mut dating = LiveDating::default();
        dating.date(NOW, 0, None, 200);
        let back = NOW.plus_us(-3_600_000_000);
        assert_eq!(dating.date(back, 200_000, None, 200).at, back);
    }
}
