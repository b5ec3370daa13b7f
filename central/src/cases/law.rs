//! The law of the day: what a behaviour's rule said when the act happened, and what has to be asked before the act is called
//! a violation. Rules, fines and lists are dated data (invariant 8): they come out of `central/data/*.csv` into the store and are
//! looked up by the date of the act. Where the data do not give the words of an instrument, none are made up. Pure.

use contract::clock::{DAY_US, UtcMicros, VIETNAM_OFFSET_US};
use serde::{Deserialize, Serialize};
use time::{Date, Month};

const RULES: &str = include_str!("../../data/rules.csv");
const CHECKLIST: &str = include_str!("../../data/checklist.csv");

/// What stands for every behaviour in a checklist.
pub const ANY: &str = "*";
/// So many answers fit into six keys: one opens the list, one sends it.
pub const ITEMS_MAX: usize = 4;

/// A rule as it was from one day to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Code of the behaviour.
    pub code: String,
    /// First moment.
    pub valid_from: UtcMicros,
    /// Moment after the last; none while it is in force.
    pub valid_to: Option<UtcMicros>,
    /// `car`, `moto`, `foreign`.
    pub vehicle: String,
    /// The behaviour in short, Vietnamese: our own summary.
    pub behaviour_vi: String,
    /// And English.
    pub behaviour_en: String,
    /// Instrument, article, clause, point.
    pub legal_ref: String,
    /// The words of the instrument; empty where the data do not give them.
    pub statute_vi: String,
    /// Least fine of a person, VND.
    pub fine_min: i64,
    /// Highest.
    pub fine_max: i64,
    /// Points off the licence; none where another sanction takes their place.
    pub points: Option<i64>,
    /// What else the data say of it.
    pub note_vi: String,
}

/// Something to be asked before a violation is confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name.
    pub item: String,
    /// The behaviour it is asked of, or [`ANY`].
    pub code: String,
    /// First moment.
    pub valid_from: UtcMicros,
    /// Moment after the last.
    pub valid_to: Option<UtcMicros>,
    /// Its place in the list.
    pub place: i64,
    /// The statement an officer makes by ticking it.
    pub text_vi: String,
    /// In English.
    pub text_en: String,
    /// Where it comes from.
    pub source: String,
}

/// What was asked and answered before a violation was confirmed, as it is stored with the decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    /// The rule in force on the day of the act: its code, its reference, since when. None where the data have none.
    pub rule: Option<RuleUsed>,
    /// The answers.
    pub answers: Vec<Answer>,
}

/// The rule a checklist went by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleUsed {
    /// Code of the behaviour.
    pub code: String,
    /// Instrument, article, clause, point.
    pub legal_ref: String,
    /// Since when it is in force.
    pub valid_from: UtcMicros,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Which item.
    pub item: String,
    /// The statement as it stood on the screen.
    pub statement: String,
    /// `yes`: the officer says that it is so. There is no other answer with which a violation is confirmed.
    pub answer: String,
}

/// An answer is missing, or one was given that nobody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the checklist of the day is not answered as it stands")]
pub struct Unanswered;

impl Checklist {
    /// The answers to `items`, given by the names in `ticked`: each once, and nothing else.
    pub fn answer(rule: Option<&Rule>, items: &[Item], ticked: &[String]) -> Result<Self, Unanswered> {
        let all = items.iter().all(|item| ticked.contains(&item.item));
        let known = ticked.iter().all(|name| items.iter().any(|item| item.item == *name));
        // Where nothing is known to ask, nothing can be confirmed.
        if items.is_empty() || !all || !known || ticked.len() != items.len() {
            return Err(Unanswered);
        }
        Ok(Self {
            rule: rule.map(|r| RuleUsed {
                code: r.code.clone(),
                legal_ref: r.legal_ref.clone(),
                valid_from: r.valid_from,
            }),
            answers: items
                .iter()
                .map(|i| Answer { item: i.item.clone(), statement: i.text_vi.clone(), answer: "yes".to_owned() })
                .collect(),
        })
    }

    /// As it is stored.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a checklist has string keys only and no failing serialiser")
    }
}

/// Something wrong in the committed files.
#[derive(Debug, thiserror::Error)]
pub enum LawFileError {
    /// It is no CSV of this shape.
    #[error("reading {0}")]
    Csv(&'static str, #[source] csv::Error),
    /// A day is none.
    #[error("{0}: {1} is no day")]
    Day(&'static str, String),
}

#[derive(Deserialize)]
struct RuleLine {
    code: String,
    vehicle: String,
    valid_from: String,
    valid_to: String,
    behaviour_vi: String,
    behaviour_en: String,
    legal_ref: String,
    statute_vi: String,
    fine_min: i64,
    fine_max: i64,
    points: Option<i64>,
    note_vi: String,
}

#[derive(Deserialize)]
struct ItemLine {
    item: String,
    codes: String,
    valid_from: String,
    valid_to: String,
    place: i64,
    text_vi: String,
    text_en: String,
    source: String,
}

/// The rules of the committed file.
pub fn committed_rules() -> Result<Vec<Rule>, LawFileError> {
    const FILE: &str = "data/rules.csv";
    csv::Reader::from_reader(RULES.as_bytes())
        .deserialize::<RuleLine>()
        .map(|line| {
            let l = line.map_err(|source| LawFileError::Csv(FILE, source))?;
            Ok(Rule {
                valid_from: day(FILE, &l.valid_from)?,
                valid_to: until(FILE, &l.valid_to)?,
                code: l.code,
                vehicle: l.vehicle,
                behaviour_vi: l.behaviour_vi,
                behaviour_en: l.behaviour_en,
                legal_ref: l.legal_ref,
                statute_vi: l.statute_vi,
                fine_min: l.fine_min,
                fine_max: l.fine_max,
                points: l.points,
                note_vi: l.note_vi,
            })
        })
        .collect()
}

/// The checklist of the committed file, a row for each behaviour.
pub fn committed_items() -> Result<Vec<Item>, LawFileError> {
    const FILE: &str = "data/checklist.csv";
    let mut items = Vec::new();
    for line in csv::Reader::from_reader(CHECKLIST.as_bytes()).deserialize::<ItemLine>() {
        let l = line.map_err(|source| LawFileError::Csv(FILE, source))?;
        for code in l.codes.split_whitespace() {
            items.push(Item {
                item: l.item.clone(),
                code: code.to_owned(),
                valid_from: day(FILE, &l.valid_from)?,
                valid_to: until(FILE, &l.valid_to)?,
                place: l.place,
                text_vi: l.text_vi.clone(),
                text_en: l.text_en.clone(),
                source: l.source.clone(),
            });
        }
    }
    Ok(items)
}

fn until(file: &'static str, text: &str) -> Result<Option<UtcMicros>, LawFileError> {
    if text.is_empty() { Ok(None) } else { day(file, text).map(Some) }
}

/// The first moment of a Vietnamese civil day, `yyyy-mm-dd`.
fn day(file: &'static str, text: &str) -> Result<UtcMicros, LawFileError> {
    let wrong = || LawFileError::Day(file, text.to_owned());
    let parts: Vec<u16> = text.split('-').map(str::parse).collect::<Result<_, _>>().map_err(|_| wrong())?;
    let [year, month, day] = parts[..] else { return Err(wrong()) };
    let month = u8::try_from(month).ok().and_then(|m| Month::try_from(m).ok()).ok_or_else(wrong)?;
    let day = u8::try_from(day).map_err(|_| wrong())?;
    let date = Date::from_calendar_date(i32::from(year), month, day).map_err(|_| wrong())?;
    let days = i64::from(date.to_julian_day()) - EPOCH;
    Ok(UtcMicros(days * DAY_US - VIETNAM_OFFSET_US))
}

/// The Julian day of 1 January 1970.
const EPOCH: i64 = 2_440_588;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn within(from: UtcMicros, to: Option<UtcMicros>, at: UtcMicros) -> bool {
        from <= at && to.is_none_or(|to| at < to)
    }

    #[test]
    fn the_committed_rules_have_one_version_on_each_day_and_none_is_lost_between_two() {
        let rules = committed_rules().unwrap();
        let codes: BTreeSet<&str> = rules.iter().map(|r| r.code.as_str()).collect();
        assert_eq!(codes.len(), 52);
        for at in ["2025-01-01T00:00:00Z", "2026-08-14T16:59:59Z", "2026-08-14T17:00:00Z", "2026-11-23T01:15:00Z"] {
            let at = UtcMicros::from_rfc3339(at).unwrap();
            for code in &codes {
                let valid = rules.iter().filter(|r| r.code == *code && within(r.valid_from, r.valid_to, at)).count();
                assert_eq!(valid, 1, "{code} at {at:?}");
            }
        }
        assert!(rules.iter().all(|r| r.fine_min < r.fine_max && !r.legal_ref.is_empty()));
    }

    #[test]
    fn an_amendment_holds_from_the_first_moment_of_its_vietnamese_day() {
        let rules = committed_rules().unwrap();
        let of = |at: &str| {
            let at = UtcMicros::from_rfc3339(at).unwrap();
            let rule = rules.iter().find(|r| r.code == "C-LANECHG" && within(r.valid_from, r.valid_to, at)).unwrap();
            rule.legal_ref.clone()
        };
        assert_eq!(of("2026-08-14T16:59:59Z"), "168/2024 Đ6 k2 a");
        assert_eq!(of("2026-08-14T17:00:00Z"), "168/2024 Đ6 k2 a (+238/2026 Đ19.2)");
    }

    #[test]
    fn no_behaviour_asks_for_more_than_six_keys() {
        let (rules, items) = (committed_rules().unwrap(), committed_items().unwrap());
        let codes: BTreeSet<&str> = rules.iter().map(|r| r.code.as_str()).collect();
        for code in &codes {
            let asked = items.iter().filter(|i| i.code == ANY || i.code == *code).count();
            assert!((1..=ITEMS_MAX).contains(&asked), "{code}: {asked}");
        }
        for item in items.iter().filter(|i| i.code != ANY) {
            assert!(codes.contains(item.code.as_str()), "{} is asked of {}, which is no rule", item.item, item.code);
        }
    }

    #[test]
    fn a_checklist_takes_each_answer_once_and_no_other() {
        let items: Vec<Item> = committed_items().unwrap().into_iter().filter(|i| i.code == "M-PAX2").collect();
        let names: Vec<String> = items.iter().map(|i| i.item.clone()).collect();
        let list = Checklist::answer(None, &items, &names).unwrap();
        assert_eq!(list.answers.len(), items.len());
        assert!(
            list.to_json()
                .contains(r#""answers":[{"item":"patient","statement":"Không chở người bệnh cấp cứu","answer":"yes"}"#)
        );
        assert_eq!(Checklist::answer(None, &items, &names[1..]), Err(Unanswered));
        let twice = vec![names[0].clone(); items.len()];
        assert_eq!(Checklist::answer(None, &items, &twice), Err(Unanswered));
        assert_eq!(Checklist::answer(None, &[], &[]), Err(Unanswered));
        let more = [names, vec!["luck".to_owned()]].concat();
        assert_eq!(Checklist::answer(None, &items, &more), Err(Unanswered));
    }
}
