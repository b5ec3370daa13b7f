//! Moments and their uncertainty. All wall-clock moments are UTC microseconds; intervals are measured on the
//! monotonic clock. Nothing but [`SystemClock`] reads the machine's clock.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

/// A moment in UTC, microseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct UtcMicros(pub i64);

/// One second, in the unit of [`UtcMicros`].
pub const SECOND_US: i64 = 1_000_000;
/// One minute, in the unit of [`UtcMicros`].
pub const MINUTE_US: i64 = 60 * SECOND_US;
/// One hour, in the unit of [`UtcMicros`].
pub const HOUR_US: i64 = 60 * MINUTE_US;
/// One day of 24 hours, in the unit of [`UtcMicros`].
pub const DAY_US: i64 = 24 * HOUR_US;

impl UtcMicros {
    /// 01/01/2200 00:00:00 UTC.
    const YEAR_2200: Self = Self(7_258_118_400 * SECOND_US);

    /// Could a clock have said so? From 1970 to 2199.
    #[must_use]
    pub fn is_plausible(self) -> bool {
        (Self(0)..Self::YEAR_2200).contains(&self)
    }

    /// The start of the interval of `length_us` that holds this moment (minutes, hours: aligned to the epoch in UTC).
    #[must_use]
    pub fn floor_to(self, length_us: i64) -> Self {
        Self(self.0.div_euclid(length_us) * length_us)
    }

    /// This moment plus `us` microseconds, saturating.
    #[must_use]
    pub fn plus_us(self, us: i64) -> Self {
        Self(self.0.saturating_add(us))
    }

    /// Microseconds from `earlier` to this moment; negative when `earlier` is later.
    #[must_use]
    pub fn since_us(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// RFC 3339 text in UTC, or the bare number when the moment is outside the years RFC 3339 can write.
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1000)
            .ok()
            .and_then(|t| t.format(&Rfc3339).ok())
            .unwrap_or_else(|| self.0.to_string())
    }

    /// Reads RFC 3339 text; `None` when it is not RFC 3339.
    #[must_use]
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        let moment = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        i64::try_from(moment.unix_timestamp_nanos() / 1000).ok().map(Self)
    }

    /// `dd/mm/yyyy HH:MM:SS` in Asia/Ho_Chi_Minh (UTC+7, no daylight saving), as screens show it.
    #[must_use]
    pub fn to_vietnamese(self) -> String {
        let local = OffsetDateTime::from_unix_timestamp(self.0.div_euclid(SECOND_US))
            .ok()
            .zip(UtcOffset::from_hms(7, 0, 0).ok())
            // The last hours of the year 9999 have no local time: a message may say anything.
            .and_then(|(t, offset)| t.checked_to_offset(offset));
        match local {
            Some(t) => format!(
                "{:02}/{:02}/{:04} {:02}:{:02}:{:02}",
                t.day(),
                u8::from(t.month()),
                t.year(),
                t.hour(),
                t.minute(),
                t.second()
            ),
            None => self.0.to_string(),
        }
    }
}

/// Offset of Vietnamese civil time from UTC; no daylight saving since 1975.
pub const VIETNAM_OFFSET_US: i64 = 7 * HOUR_US;

/// The start, in UTC, of the Vietnamese civil day that holds `moment`.
#[must_use]
pub fn vietnam_day_start(moment: UtcMicros) -> UtcMicros {
    UtcMicros((moment.0 + VIETNAM_OFFSET_US).div_euclid(DAY_US) * DAY_US - VIETNAM_OFFSET_US)
}

/// Where a capture time comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClockSource {
    /// RTCP sender reports of the camera (RFC 3550 6.4.1): the camera's own clock.
    RtcpSenderReport,
    /// The node's clock when the frame arrived, less the configured buffering.
    Arrival,
    /// A file: start time given, then the file's own timestamps.
    File,
    /// The device's own event time (an event that was not made by this node).
    Device,
    /// The clock of the machine a person's act was recorded on.
    Recorder,
}

/// When a frame was captured and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CaptureTime {
    /// Best estimate of the moment of exposure.
    pub captured_at: UtcMicros,
    /// Half-width of the interval the true moment lies in, milliseconds.
    pub clock_error_ms: u32,
    /// Where the estimate comes from.
    pub clock_source: ClockSource,
    /// The node's monotonic clock when the frame was taken up, microseconds since the node's process started.
    pub monotonic_us: i64,
}

/// A source of time. Production has one, [`SystemClock`]; tests and replay bring their own.
pub trait Clock: Send + Sync {
    /// The present moment by the wall clock, which may jump.
    fn now(&self) -> UtcMicros;
    /// Microseconds on a clock that never goes back, from an arbitrary start.
    fn monotonic_us(&self) -> i64;
}

/// The machine's clock.
#[derive(Debug)]
pub struct SystemClock {
    started: Instant,
}

impl SystemClock {
    /// A clock whose monotonic reading starts now.
    #[must_use]
    pub fn new() -> Self {
        Self { started: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now(&self) -> UtcMicros {
        #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
        let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        match since_epoch {
            Ok(d) => UtcMicros(i64::try_from(d.as_micros()).unwrap_or(i64::MAX)),
            Err(before) => UtcMicros(-i64::try_from(before.duration().as_micros()).unwrap_or(i64::MAX)),
        }
    }

    fn monotonic_us(&self) -> i64 {
        i64::try_from(self.started.elapsed().as_micros()).unwrap_or(i64::MAX)
    }
}

/// A clock that stands still until it is moved: for tests and for replay.
#[derive(Debug)]
pub struct ManualClock {
    now_us: AtomicI64,
    monotonic_us: AtomicI64,
}

impl ManualClock {
    /// A clock standing at `now`, its monotonic reading at 0.
    #[must_use]
    pub fn at(now: UtcMicros) -> Self {
        Self { now_us: AtomicI64::new(now.0), monotonic_us: AtomicI64::new(0) }
    }

    /// Moves both clocks forward.
    pub fn advance_us(&self, us: i64) {
        self.now_us.fetch_add(us, Ordering::SeqCst);
        self.monotonic_us.fetch_add(us, Ordering::SeqCst);
    }

    /// Sets the wall clock (it may go back); the monotonic clock stays.
    pub fn set_wall(&self, now: UtcMicros) {
        self.now_us.store(now.0, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> UtcMicros {
        UtcMicros(self.now_us.load(Ordering::SeqCst))
    }

    fn monotonic_us(&self) -> i64 {
        self.monotonic_us.load(Ordering::SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_forms_agree() {
        let t = UtcMicros::from_rfc3339("2026-11-23T01:15:00.250Z").unwrap();
        assert_eq!(t.to_rfc3339(), "2026-11-23T01:15:00.25Z");
        assert_eq!(t.to_vietnamese(), "23/11/2026 08:15:00");
        assert_eq!(UtcMicros::from_rfc3339("yesterday"), None);
    }

    #[test]
    fn the_vietnamese_day_starts_at_seventeen_utc() {
        let t = UtcMicros::from_rfc3339("2026-11-22T17:00:00Z").unwrap();
        assert_eq!(vietnam_day_start(t), t);
        assert_eq!(vietnam_day_start(t.plus_us(-1)), t.plus_us(-DAY_US));
        assert_eq!(vietnam_day_start(t.plus_us(DAY_US - 1)), t);
    }

    #[test]
    fn minutes_before_the_epoch_floor_downwards() {
        assert_eq!(UtcMicros(-1).floor_to(MINUTE_US), UtcMicros(-MINUTE_US));
    }
}
