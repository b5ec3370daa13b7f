//! Looking for vehicles that passed: one place, at most 24 hours, an exact key or the last five characters, nothing wilder.
//! Pure: what a question may be. There is no type here for a question over several places but a grant's (`grant.rs`), which two
//! officers made for one case's plate. Lists (`list.rs`) ask nothing: they are told of what passes.

mod grant;
mod list;

use contract::clock::{DAY_US, UtcMicros};
use contract::ids::SiteName;
use contract::plate::normalise;

pub use grant::{GRANT_MAX_DAYS, GrantFault, GrantState, PlateGrant, check_window};
pub use list::{
    ALERT_SHOWN_US, LISTED_MAX, LISTED_MAX_DAYS, LISTED_PLACES_MAX, ListFault, ListKind, ListProposal, ListState,
    ListedPlate, WANTED_WIDE_MAX_DAYS, list_reason,
};

/// Longest window of one question.
pub const WINDOW_MAX_US: i64 = DAY_US;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    /// Every vehicle.
    Anything,
    /// Exactly this canonical key.
    Key(String),
    /// Keys that end in these five characters.
    Last5(String),
}

/// One place and at most one day: as far as any question may reach whose answer holds plates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceAndDay {
    /// The place.
    pub site: SiteName,
    /// First moment.
    pub from: UtcMicros,
    /// Moment after the last.
    pub to: UtcMicros,
}

/// A question about vehicles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassQuery {
    /// Where and when.
    pub within: PlaceAndDay,
    /// What is looked for.
    pub sought: Sought,
}

/// Why a question is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PassQueryError {
    /// Not one place.
    #[error("name exactly one site")]
    NotOneSite,
    /// Not a moment.
    #[error("`from` and `to` must be moments by RFC 3339")]
    NotAMoment,
    /// Upside down or empty.
    #[error("`to` must be later than `from`")]
    EmptyWindow,
    /// Longer than a day.
    #[error("a search covers at most 24 hours; a longer one needs a grant")]
    WindowTooLong,
    /// `*`, `?`, `%`, `_` and the like.
    #[error("wildcards are not taken: give a whole plate or its last five characters")]
    Wildcard,
    /// Not a whole plate.
    #[error("that is not a whole plate: 4 to 12 letters and digits are expected")]
    NotAPlate,
    /// Not five characters.
    #[error("exactly five letters or digits are expected in `last5`")]
    NotFive,
    /// Key and last five together.
    #[error("give either `key` or `last5`, not both")]
    BothGiven,
}

impl PlaceAndDay {
    /// Reads a place and a window as they came in.
    pub fn read(site: &str, from: &str, to: &str) -> Result<Self, PassQueryError> {
        use PassQueryError as E;
        let site = site.parse().map_err(|_| E::NotOneSite)?;
        let from = UtcMicros::from_rfc3339(from).ok_or(E::NotAMoment)?;
        let to = UtcMicros::from_rfc3339(to).ok_or(E::NotAMoment)?;
        if to <= from {
            return Err(E::EmptyWindow);
        }
        if to.since_us(from) > WINDOW_MAX_US {
            return Err(E::WindowTooLong);
        }
        Ok(Self { site, from, to })
    }
}

impl PassQuery {
    /// Reads a question as it came in.
    pub fn read(
        site: &str,
        from: &str,
        to: &str,
        key: Option<&str>,
        last5: Option<&str>,
    ) -> Result<Self, PassQueryError> {
        use PassQueryError as E;
        let within = PlaceAndDay::read(site, from, to)?;
        let sought = match (key, last5) {
            (None, None) => Sought::Anything,
            (Some(_), Some(_)) => return Err(E::BothGiven),
            (Some(key), None) => Sought::Key(whole_key(key)?),
            (None, Some(tail)) => Sought::Last5(five(tail)?),
        };
        Ok(Self { within, sought })
    }

    /// The text that was looked for, for the audit record; nothing when everything was asked for.
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        match &self.sought {
            Sought::Anything => None,
            Sought::Key(text) | Sought::Last5(text) => Some(text),
        }
    }
}

/// A whole plate as a person read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadPlate {
    /// Canonical key.
    pub key: String,
    /// As it was written, in capitals and without what surrounds it.
    pub text: String,
}

impl ReadPlate {
    /// Reads what a person typed.
    pub fn read(typed: &str) -> Result<Self, PassQueryError> {
        let key = whole_key(typed)?;
        let text = typed.trim().to_uppercase();
        // A key of twelve with a sign between each two is the longest that makes sense.
        if text.chars().count() > 24 {
            return Err(PassQueryError::NotAPlate);
        }
        Ok(Self { key, text })
    }

    /// The last five characters of its key.
    #[must_use]
    pub fn last5(&self) -> &str {
        let from = self.key.char_indices().rev().nth(4).map_or(0, |(at, _)| at);
        &self.key[from..]
    }
}

/// Only what stands between the characters of a written plate may be dropped in silence.
fn plain(text: &str) -> Result<String, PassQueryError> {
    let separators = |c: char| c.is_whitespace() || matches!(c, '-' | '.' | '·');
    if text.chars().any(|c| !(c.is_alphanumeric() || separators(c))) {
        return Err(PassQueryError::Wildcard);
    }
    Ok(normalise(text))
}

fn whole_key(text: &str) -> Result<String, PassQueryError> {
    let key = plain(text)?;
    if (4..=12).contains(&key.chars().count()) { Ok(key) } else { Err(PassQueryError::NotAPlate) }
}

fn five(text: &str) -> Result<String, PassQueryError> {
    let tail = plain(text)?;
    if tail.chars().count() == 5 { Ok(tail) } else { Err(PassQueryError::NotFive) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FROM: &str = "2026-11-23T00:00:00Z";

    fn check(site: &str, to: &str, key: Option<&str>, last5: Option<&str>) -> Result<Sought, PassQueryError> {
        PassQuery::read(site, FROM, to, key, last5).map(|q| q.sought)
    }

    #[test]
    fn a_question_has_one_place_and_a_day_at_most() {
        use PassQueryError as E;
        let day = "2026-11-24T00:00:00Z";
        assert_eq!(check("road-1", day, None, None), Ok(Sought::Anything));
        for sites in ["road-1,road-2", "*", "", "road-1 road-2"] {
            assert_eq!(check(sites, day, None, None), Err(E::NotOneSite), "{sites}");
        }
        assert_eq!(check("road-1", "2026-11-24T00:00:00.000001Z", None, None), Err(E::WindowTooLong));
        assert_eq!(check("road-1", FROM, None, None), Err(E::EmptyWindow));
        assert_eq!(check("road-1", "today", None, None), Err(E::NotAMoment));
    }

    #[test]
    fn a_plate_is_whole_or_five_characters_and_never_a_pattern() {
        use PassQueryError as E;
        let to = "2026-11-23T01:00:00Z";
        let key = |text| check("a", to, Some(text), None);
        let tail = |text| check("a", to, None, Some(text));
        assert_eq!(key("12a-123.45"), Ok(Sought::Key("12A12345".into())));
        assert_eq!(tail("123.45"), Ok(Sought::Last5("12345".into())));
        for wild in ["12A*", "12A-%", "12A_2345", "12A?2345", "12A[1]", "12A12345;"] {
            assert_eq!(key(wild), Err(E::Wildcard), "{wild}");
            assert_eq!(tail(wild), Err(E::Wildcard), "{wild}");
        }
        assert_eq!(key("12A"), Err(E::NotAPlate));
        assert_eq!(tail("2345"), Err(E::NotFive));
        assert_eq!(check("a", to, Some("12A12345"), Some("12345")), Err(E::BothGiven));
        let read = ReadPlate::read(" 12a-123.46 ").unwrap();
        assert_eq!((read.key.as_str(), read.text.as_str(), read.last5()), ("12A12346", "12A-123.46", "12346"));
        assert_eq!(ReadPlate::read("桂f12345").unwrap().last5(), "12345");
        assert_eq!(ReadPlate::read("12A1").unwrap().last5(), "12A1");
        assert_eq!(ReadPlate::read("12A%"), Err(E::Wildcard));
        assert_eq!(ReadPlate::read(&format!("12A1{}", " ".repeat(30) + "2")), Err(E::NotAPlate));
    }
}
