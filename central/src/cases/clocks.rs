//! The three clocks of a case (Circular 73/2024 Art 24–26, Decree 168/2024 Art 4): ten days from the recording until the
//! notice is sent, twenty days from the notice until the warning, one year from the act until it is time-barred. Calendar
//! days; where the text leaves room the earlier moment is taken. Pure.

use contract::clock::{DAY_US, SECOND_US, UtcMicros, VIETNAM_OFFSET_US};
use serde::Serialize;
use time::{Date, Month, OffsetDateTime};
use utoipa::ToSchema;

/// Which clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// The notice of violation must have gone out.
    Notice,
    /// The owner did not come: the warning is due.
    Warning,
    /// The act is time-barred.
    Limitation,
}

/// How near a deadline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Time enough.
    Calm,
    /// Three days or less (thirty for the limitation).
    Soon,
    /// Past.
    Over,
}

/// One clock, read at some moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// Which clock.
    pub kind: DeadlineKind,
    /// When it runs out.
    pub due_at: UtcMicros,
    /// Whole days left, rounded down; negative once it is over.
    pub days_left: i64,
    /// How near.
    pub urgency: Urgency,
    /// In words: *Còn 3 ngày để gửi thông báo (hạn 10 ngày).*
    pub text: String,
}

/// The moments the clocks rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clocks {
    /// When the act happened.
    pub occurred_at: UtcMicros,
    /// When it was recorded: by its camera, and never later than the centre heard of it. Whether the ten days count from here
    /// or from the officer's check is not stated; this is the earlier of the two.
    pub recorded_at: UtcMicros,
    /// When the notice went out; none so far.
    pub notice_sent_at: Option<UtcMicros>,
}

impl Clocks {
    /// The notice is due.
    #[must_use]
    pub fn notice_due(&self) -> UtcMicros {
        self.recorded_at.plus_us(10 * DAY_US)
    }

    /// The warning is due; none while no notice was sent.
    #[must_use]
    pub fn warning_due(&self) -> Option<UtcMicros> {
        self.notice_sent_at.map(|sent| sent.plus_us(20 * DAY_US))
    }

    /// The act is time-barred: the same civil day one year later; of 29 February, 28 February. An act cannot have happened
    /// after it was recorded: a node's clock that was ahead makes no case live longer.
    #[must_use]
    pub fn limitation(&self) -> UtcMicros {
        let local = self.occurred_at.min(self.recorded_at).plus_us(VIETNAM_OFFSET_US);
        let within_day = local.0.rem_euclid(DAY_US);
        let a_year_later = OffsetDateTime::from_unix_timestamp(local.0.div_euclid(SECOND_US))
            .ok()
            .and_then(|t| next_year(t.date()))
            .map(|date| date.midnight().assume_utc().unix_timestamp() * SECOND_US + within_day);
        UtcMicros(a_year_later.unwrap_or(local.0.saturating_add(365 * DAY_US)) - VIETNAM_OFFSET_US)
    }

    /// All clocks that run, read at `now`.
    #[must_use]
    pub fn read(&self, now: UtcMicros) -> Vec<Deadline> {
        let mut running = Vec::new();
        match self.warning_due() {
            None => running.push(deadline(DeadlineKind::Notice, self.notice_due(), now)),
            Some(due) => running.push(deadline(DeadlineKind::Warning, due, now)),
        }
        running.push(deadline(DeadlineKind::Limitation, self.limitation(), now));
        running
    }

    /// Is the act time-barred?
    #[must_use]
    pub fn is_time_barred(&self, now: UtcMicros) -> bool {
        now >= self.limitation()
    }
}

fn next_year(date: Date) -> Option<Date> {
    let (year, month, day) = date.to_calendar_date();
    Date::from_calendar_date(year + 1, month, day)
        .or_else(|_| Date::from_calendar_date(year + 1, Month::February, 28))
        .ok()
}

fn deadline(kind: DeadlineKind, due_at: UtcMicros, now: UtcMicros) -> Deadline {
    let left_us = due_at.since_us(now);
    let days_left = left_us.div_euclid(DAY_US);
    let soon_days = match kind {
        DeadlineKind::Notice | DeadlineKind::Warning => 3,
        DeadlineKind::Limitation => 30,
    };
    let urgency = match days_left {
        _ if left_us <= 0 => Urgency::Over,
        n if n <= soon_days => Urgency::Soon,
        _ => Urgency::Calm,
    };
    let text = match (kind, urgency) {
        (DeadlineKind::Notice, Urgency::Over) => "Quá hạn 10 ngày gửi thông báo.".to_owned(),
        (DeadlineKind::Notice, _) => {
            format!("Còn {days_left} ngày để gửi thông báo (hạn 10 ngày).")
        }
        (DeadlineKind::Warning, Urgency::Over) => "Quá 20 ngày chưa đến giải quyết.".to_owned(),
        (DeadlineKind::Warning, _) => {
            format!("Còn {days_left} ngày để đến giải quyết (hạn 20 ngày).")
        }
        (DeadlineKind::Limitation, Urgency::Over) => "Hết thời hiệu.".to_owned(),
        (DeadlineKind::Limitation, _) => format!("Còn {days_left} ngày hết thời hiệu."),
    };
    Deadline { kind, due_at, days_left, urgency, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> UtcMicros {
        UtcMicros::from_rfc3339(text).unwrap()
    }

    fn recorded(text: &str) -> Clocks {
        Clocks { occurred_at: at(text), recorded_at: at(text), notice_sent_at: None }
    }

    #[test]
    fn the_notice_is_due_ten_days_after_the_recording() {
        let clocks = recorded("2026-11-23T01:00:00Z");
        let read = |now: &str| {
            let d = clocks.read(at(now)).remove(0);
            (d.days_left, d.urgency, d.text)
        };
        assert_eq!(clocks.notice_due(), at("2026-12-03T01:00:00Z"));
        assert_eq!(read("2026-11-23T01:00:00Z").1, Urgency::Calm);
        assert_eq!(
            read("2026-11-29T02:00:00Z"),
            (3, Urgency::Soon, "Còn 3 ngày để gửi thông báo (hạn 10 ngày).".into())
        );
        assert_eq!(read("2026-12-03T01:00:00Z"), (0, Urgency::Over, "Quá hạn 10 ngày gửi thông báo.".into()));
    }

    #[test]
    fn the_warning_is_due_twenty_days_after_the_notice() {
        let mut clocks = recorded("2026-11-23T01:00:00Z");
        assert_eq!(clocks.warning_due(), None);
        clocks.notice_sent_at = Some(at("2026-11-25T01:00:00Z"));
        let read = clocks.read(at("2026-12-16T01:00:00Z"));
        assert_eq!(read[0].kind, DeadlineKind::Warning);
        assert_eq!(read[0].due_at, at("2026-12-15T01:00:00Z"));
        assert_eq!(read[0].text, "Quá 20 ngày chưa đến giải quyết.");
    }

    #[test]
    fn the_limitation_is_a_civil_year_and_leap_days_fall_back() {
        for (occurred, limit) in [
            ("2026-11-23T01:00:00Z", "2027-11-23T01:00:00Z"),
            // 29 February in Viet Nam is still 28 February in UTC here.
            ("2028-02-28T18:00:00Z", "2029-02-27T18:00:00Z"),
            ("2027-12-31T17:00:00Z", "2028-12-31T17:00:00Z"),
        ] {
            assert_eq!(recorded(occurred).limitation(), at(limit), "{occurred}");
        }
        let clocks = recorded("2026-11-23T01:00:00Z");
        assert!(!clocks.is_time_barred(at("2027-11-23T00:59:59Z")));
        assert!(clocks.is_time_barred(at("2027-11-23T01:00:00Z")));
        assert_eq!(clocks.read(at("2027-10-24T01:00:00Z"))[1].text, "Còn 30 ngày hết thời hiệu.");
    }
}
