//! Civil days, months and periods of Asia/Ho_Chi_Minh, as a tourism office files by them. Pure; the calendar's rules come from
//! the `time` crate, and no clock is read.

use std::fmt;
use std::str::FromStr;

use contract::clock::{DAY_US, UtcMicros, VIETNAM_OFFSET_US};
use serde::{Deserialize, Serialize};
use time::{Date, Month as MonthName};

/// 1970-01-01 as a Julian day.
const EPOCH: i64 = 2_440_588;
/// First and last day a figure may be of.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2199;

/// A civil day: days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDay(pub i64);

/// A text was no day, month or period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a day (yyyy-mm-dd) or month (yyyy-mm) between 1990 and 2199")]
pub struct NoSuchTime;

impl CivilDay {
    /// The day of a moment.
    #[must_use]
    pub fn of(moment: UtcMicros) -> Self {
        Self((moment.0 + VIETNAM_OFFSET_US).div_euclid(DAY_US))
    }

    /// Its first moment.
    #[must_use]
    pub fn start(self) -> UtcMicros {
        UtcMicros(self.0.saturating_mul(DAY_US) - VIETNAM_OFFSET_US)
    }

    /// So many days later.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        Self(self.0 + days)
    }

    /// Its month.
    #[must_use]
    pub fn month(self) -> Month {
        let date = self.date();
        Month { year: date.year(), number: date.month().into() }
    }

    /// Monday of its week.
    #[must_use]
    pub fn monday(self) -> Self {
        self.plus(-i64::from(self.date().weekday().number_days_from_monday()))
    }

    /// `dd/mm/yyyy`.
    #[must_use]
    pub fn to_vietnamese(self) -> String {
        let date = self.date();
        format!("{:02}/{:02}/{:04}", date.day(), u8::from(date.month()), date.year())
    }

    fn date(self) -> Date {
        i32::try_from(self.0 + EPOCH).ok().and_then(|day| Date::from_julian_day(day).ok()).unwrap_or(Date::MIN)
    }

    fn from_date(date: Date) -> Self {
        Self(i64::from(date.to_julian_day()) - EPOCH)
    }
}

impl fmt::Display for CivilDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date();
        write!(f, "{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
    }
}

impl FromStr for CivilDay {
    type Err = NoSuchTime;
    fn from_str(text: &str) -> Result<Self, NoSuchTime> {
        let [year, month, day] = numbers::<3>(text, &[4, 2, 2])?;
        if !i32::try_from(year).is_ok_and(|year| YEARS.contains(&year)) {
            return Err(NoSuchTime);
        }
        let month = u8::try_from(month).ok().and_then(|m| MonthName::try_from(m).ok()).ok_or(NoSuchTime)?;
        let (year, day) = (i32::try_from(year).map_err(|_| NoSuchTime)?, u8::try_from(day).map_err(|_| NoSuchTime)?);
        Date::from_calendar_date(year, month, day).map(Self::from_date).map_err(|_| NoSuchTime)
    }
}

impl Serialize for CivilDay {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CivilDay {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Its year.
    pub year: i32,
    /// 1 to 12.
    pub number: u8,
}

impl Month {
    /// Its first day.
    #[must_use]
    pub fn first(self) -> CivilDay {
        let name = MonthName::try_from(self.number).unwrap_or(MonthName::January);
        CivilDay::from_date(Date::from_calendar_date(self.year, name, 1).unwrap_or(Date::MIN))
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> CivilDay {
        self.next().first().plus(-1)
    }

    /// The month after it.
    #[must_use]
    pub fn next(self) -> Self {
        if self.number >= 12 {
            Self { year: self.year + 1, number: 1 }
        } else {
            Self { number: self.number + 1, ..self }
        }
    }

    /// The same month a year before.
    #[must_use]
    pub fn year_before(self) -> Self {
        Self { year: self.year - 1, ..self }
    }

    /// The months of a year up to and with this one.
    #[must_use]
    pub fn of_the_year_so_far(self) -> Vec<Self> {
        (1..=self.number).map(|number| Self { number, ..self }).collect()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.number)
    }
}

impl FromStr for Month {
    type Err = NoSuchTime;
    fn from_str(text: &str) -> Result<Self, NoSuchTime> {
        numbers::<2>(text, &[4, 2])?;
        format!("{text}-01").parse::<CivilDay>().map(CivilDay::month)
    }
}

impl Serialize for Month {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What a page of figures covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// One day.
    Day(CivilDay),
    /// Monday to Sunday.
    Week(CivilDay),
    /// A month.
    Month(Month),
    /// A year, by its months.
    Year(i32),
    /// A holiday: these days and those between.
    Holiday(CivilDay, CivilDay),
}

impl Period {
    /// First day.
    #[must_use]
    pub fn first(self) -> CivilDay {
        match self {
            Self::Day(day) | Self::Holiday(day, _) => day,
            Self::Week(day) => day.monday(),
            Self::Month(month) => month.first(),
            Self::Year(year) => Month { year, number: 1 }.first(),
        }
    }

    /// Last day.
    #[must_use]
    pub fn last(self) -> CivilDay {
        match self {
            Self::Day(day) | Self::Holiday(_, day) => day,
            Self::Week(day) => day.monday().plus(6),
            Self::Month(month) => month.last(),
            Self::Year(year) => Month { year, number: 12 }.last(),
        }
    }

    /// What it is held against: a day the same weekday before, a week the one 52 weeks before, months and years the ones a year
    /// before. A holiday moves with the moon: the office says which one it was before, so none here.
    #[must_use]
    pub fn before(self) -> Option<Self> {
        match self {
            Self::Day(day) => Some(Self::Day(day.plus(-7))),
            Self::Week(day) => Some(Self::Week(day.plus(-364))),
            Self::Month(month) => Some(Self::Month(month.year_before())),
            Self::Year(year) => Some(Self::Year(year - 1)),
            Self::Holiday(..) => None,
        }
    }

    /// Its steps: months of a year, days of anything else.
    #[must_use]
    pub fn steps(self) -> Vec<Step> {
        match self {
            Self::Year(year) => Month { year, number: 12 }.of_the_year_so_far().into_iter().map(Step::Month).collect(),
            _ => (self.first().0..=self.last().0).map(|day| Step::Day(CivilDay(day))).collect(),
        }
    }
}

/// One step of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A day.
    Day(CivilDay),
    /// A month.
    Month(Month),
}

impl Step {
    /// The month it belongs to.
    #[must_use]
    pub fn month(self) -> Month {
        match self {
            Self::Day(day) => day.month(),
            Self::Month(month) => month,
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Month(month) => month.fmt(f),
        }
    }
}

/// Digits parted by hyphens, each part of its length and nothing else.
fn numbers<const N: usize>(text: &str, lengths: &[usize; N]) -> Result<[u32; N], NoSuchTime> {
    let mut found = [0; N];
    let parts: Vec<&str> = text.split('-').collect();
    if parts.len() != N {
        return Err(NoSuchTime);
    }
    for ((part, length), number) in parts.iter().zip(lengths).zip(&mut found) {
        if part.len() != *length || !part.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NoSuchTime);
        }
        *number = part.parse().map_err(|_| NoSuchTime)?;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CivilDay {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_vietnamese_and_read_back() {
        assert_eq!(CivilDay::of(UtcMicros::from_rfc3339("2026-11-22T16:59:59Z").unwrap()), day("2026-11-22"));
        assert_eq!(CivilDay::of(UtcMicros::from_rfc3339("2026-11-22T17:00:00Z").unwrap()), day("2026-11-23"));
        assert_eq!(day("2026-11-23").start().to_rfc3339(), "2026-11-22T17:00:00Z");
        assert_eq!(day("2024-02-29").to_vietnamese(), "29/02/2024");
        assert_eq!(day("2024-02-29").plus(1).to_string(), "2024-03-01");
        for wrong in ["2026-02-29", "2026-2-1", "2026-13-01", "1989-12-31", "2026-11", "x", "2026-11-23T", "+026-11-23"]
        {
            assert_eq!(wrong.parse::<CivilDay>(), Err(NoSuchTime), "{wrong}");
        }
    }

    #[test]
    fn periods_have_their_days_and_what_they_are_held_against() {
        let spans = |period: Period| (period.first().to_string(), period.last().to_string(), period.steps().len());
        let month: Month = "2026-02".parse().unwrap();
        assert_eq!(spans(Period::Month(month)), ("2026-02-01".into(), "2026-02-28".into(), 28));
        assert_eq!(spans(Period::Week(day("2026-11-29"))), ("2026-11-23".into(), "2026-11-29".into(), 7));
        assert_eq!(spans(Period::Year(2026)), ("2026-01-01".into(), "2026-12-31".into(), 12));
        assert_eq!(spans(Period::Day(day("2026-11-23"))), ("2026-11-23".into(), "2026-11-23".into(), 1));
        let before = |period: Period| period.before().map(|p| p.first().to_string());
        assert_eq!(before(Period::Month("2026-12".parse().unwrap())), Some("2025-12-01".into()));
        assert_eq!(before(Period::Week(day("2026-11-23"))), Some("2025-11-24".into()), "a Monday again");
        assert_eq!(before(Period::Day(day("2026-03-01"))), Some("2026-02-22".into()));
        assert_eq!("2026-12".parse::<Month>().unwrap().next().to_string(), "2027-01");
        assert_eq!("2026-1".parse::<Month>(), Err(NoSuchTime));
    }
}
