//! One reading out of many: the vote over the frames of a passage. Agreement between frames outranks any single read,
//! however sure of itself, and a late guess never overrules reads that agree. The vote only chooses among readings; it
//! never invents a text.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use contract::event::PlateReading;
use contract::plate::{CountryClass, PlateClass};

/// A corrected read, or one that fits no grammar, says less than a clean one.
const CORRECTED_WEIGHT: f32 = 0.5;
const UNRECOGNISED_WEIGHT: f32 = 0.3;
/// A read whose every character is this sure needs no second one.
const SURE_CHARACTER: f32 = 0.9;
/// How many other keys are reported.
const MOST_ALTERNATIVES: usize = 2;

/// The reads of one passage.
#[derive(Debug, Clone, Default)]
pub struct PlateVote {
    reads: Vec<PlateReading>,
    attempts: u32,
}

#[derive(Debug, Default)]
struct Group {
    weight: f32,
    members: Vec<usize>,
}

impl PlateVote {
    /// An attempt was made; `reading` is what it gave, if anything.
    pub fn add(&mut self, reading: Option<PlateReading>) {
        self.attempts = self.attempts.saturating_add(1);
        self.reads.extend(reading.filter(|r| !r.key.is_empty()));
    }

    /// Attempts so far, fruitless ones included.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Enough frames agree: further reading would not change the outcome.
    #[must_use]
    pub fn settled(&self) -> bool {
        self.outcome().is_some_and(|o| {
            !o.corrected
                && o.class != PlateClass::Unrecognised
                && o.agreeing_reads >= 3
                && o.agreeing_reads * 3 >= o.reads * 2
        })
    }

    /// Would another reader's word be worth its time? Not where two clean reads agree and outnumber the rest, nor over a single
    /// one that is sure of every character.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        self.outcome().is_none_or(|o| {
            let breaks = o.class == PlateClass::Unrecognised && o.country_class != CountryClass::ForeignSuspect;
            let agreed = o.agreeing_reads >= 2 && o.agreeing_reads * 2 > o.reads;
            let sure = o.reads == 1 && o.char_confidence.iter().all(|c| *c >= SURE_CHARACTER);
            breaks || o.corrected || !(agreed || sure)
        })
    }

    /// The reading as of now: `None` while nothing was read, and while the only text is a single one that fits nothing.
    #[must_use]
    pub fn outcome(&self) -> Option<PlateReading> {
        let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
        for (index, read) in self.reads.iter().enumerate() {
            let group = groups.entry(&read.key).or_default();
            group.weight += weight(read);
            group.members.push(index);
        }
        let total: f32 = groups.values().map(|g| g.weight).sum();
        let mut ranked: Vec<(&str, Group)> = groups.into_iter().collect();
        ranked.sort_by(|(_, a), (_, b)| {
            let agree = |g: &Group| g.members.len() >= 2;
            agree(b).cmp(&agree(a)).then(b.weight.total_cmp(&a.weight))
        });
        let (_, best) = ranked.first()?;
        let share = |g: &Group| if total > 0.0 { g.weight / total } else { 0.0 };

        let members: Vec<&PlateReading> = best.members.iter().map(|i| &self.reads[*i]).collect();
        // The key is one; its class may have been read differently (a line break was missed): the weightier class wins.
        let speaks = |class| members.iter().filter(|r| r.class == class).map(|r| weight(r)).sum::<f32>();
        let rank = |r: &PlateReading| (speaks(r.class), r.confidence);
        let mut chosen =
            (*members.iter().max_by(|a, b| rank(a).partial_cmp(&rank(b)).unwrap_or(Ordering::Equal))?).clone();
        if chosen.class == PlateClass::Unrecognised
            && members.len() < 2
            && chosen.country_class != CountryClass::ForeignSuspect
        {
            return None;
        }
        chosen.char_confidence = mean_per_character(&members);
        let mean = chosen.char_confidence.iter().sum::<f32>() / chosen.char_confidence.len().max(1) as f32;
        chosen.confidence = (share(best) * mean).clamp(0.0, 1.0);
        chosen.agreeing_reads = u32::try_from(members.len()).unwrap_or(u32::MAX);
        chosen.reads = u32::try_from(self.reads.len()).unwrap_or(u32::MAX);
        chosen.corrected = members.iter().all(|r| r.corrected);
        // One frame in which text and picture settle the class is enough: the others saw less of the plate.
        chosen.to_verify = members.iter().filter(|r| r.class == chosen.class).all(|r| r.to_verify);
        chosen.second_opinion = self.reads.iter().any(|r| r.second_opinion);
        chosen.quality = members.iter().filter_map(|r| r.quality).reduce(f32::max);
        chosen.alternatives =
            ranked[1..].iter().take(MOST_ALTERNATIVES).map(|(key, g)| ((*key).to_owned(), share(g))).collect();
        Some(chosen)
    }
}

fn weight(read: &PlateReading) -> f32 {
    let kind = if read.class == PlateClass::Unrecognised {
        UNRECOGNISED_WEIGHT
    } else if read.corrected {
        CORRECTED_WEIGHT
    } else {
        1.0
    };
    kind * read.confidence.max(0.01)
}

/// Character by character, over reads of the same key; reads without one value per character are left out.
fn mean_per_character(members: &[&PlateReading]) -> Vec<f32> {
    let length = members.first().map_or(0, |r| r.key.chars().count());
    let usable: Vec<&&PlateReading> = members.iter().filter(|r| r.char_confidence.len() == length).collect();
    if usable.is_empty() {
        let mean = members.iter().map(|r| r.confidence).sum::<f32>() / members.len().max(1) as f32;
        return vec![mean; length];
    }
    (0..length).map(|i| usable.iter().map(|r| r.char_confidence[i]).sum::<f32>() / usable.len() as f32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::event::PlateColour;
    use contract::plate::{Hints, classify, display};
    use proptest::prelude::*;

    fn read(key: &str, confidence: f32) -> PlateReading {
        let c = classify(key, Hints { lines: Some(1), ..Hints::default() });
        PlateReading {
            raw_text: key.to_owned(),
            key: key.to_owned(),
            display_text: display(key, c.class),
            class: c.class,
            candidates: c.candidates,
            country_class: c.country_class,
            colour: PlateColour::White,
            lines: 1,
            confidence,
            char_confidence: vec![confidence; key.chars().count()],
            agreeing_reads: 1,
            reads: 1,
            corrected: false,
            to_verify: c.to_verify,
            second_opinion: false,
            quality: None,
            alternatives: vec![],
            corners: vec![],
        }
    }

    fn vote(reads: &[(&str, f32)]) -> Option<PlateReading> {
        let mut vote = PlateVote::default();
        for (key, confidence) in reads {
            vote.add(Some(read(key, *confidence)));
        }
        vote.outcome()
    }

    #[test]
    fn two_that_agree_outrank_one_that_is_surer() {
        let out = vote(&[("12A12345", 0.7), ("12A12346", 0.99), ("12A12345", 0.6)]).unwrap();
        assert_eq!((out.key.as_str(), out.agreeing_reads, out.reads), ("12A12345", 2, 3));
        assert_eq!(out.alternatives[0].0, "12A12346");
        assert!(out.confidence < 0.7);
    }

    #[test]
    fn a_late_guess_does_not_overrule() {
        let out = vote(&[("12A12345", 0.8), ("12A12345", 0.8), ("12A12345", 0.8), ("30F99999", 1.0)]).unwrap();
        assert_eq!(out.key, "12A12345");
    }

    #[test]
    fn a_single_text_that_fits_nothing_is_no_reading() {
        assert_eq!(vote(&[("TAXI", 0.99)]), None);
        assert_eq!(vote(&[]), None);
        assert_eq!(vote(&[("F12345", 0.9)]).unwrap().country_class, CountryClass::ForeignSuspect);
    }

    #[test]
    fn the_class_most_reads_gave_is_shown() {
        let as_class = |class, confidence| {
            let read = read("30A55678", confidence);
            PlateReading { class, display_text: display("30A55678", class), ..read }
        };
        let mut v = PlateVote::default();
        v.add(Some(as_class(PlateClass::MotoL14, 0.99)));
        v.add(Some(as_class(PlateClass::Car5, 0.9)));
        v.add(Some(as_class(PlateClass::Car5, 0.8)));
        assert_eq!(v.outcome().unwrap().display_text, "30A-556.78");
    }

    #[test]
    fn it_is_settled_only_by_agreement() {
        let mut v = PlateVote::default();
        v.add(Some(read("12A12345", 0.99)));
        v.add(None);
        v.add(Some(read("12A12345", 0.99)));
        assert!(!v.settled());
        v.add(Some(read("12A12345", 0.5)));
        assert!(v.settled());
        assert_eq!(v.attempts(), 4);
    }

    #[test]
    fn a_vote_is_weak_until_two_clean_reads_agree_or_one_is_sure() {
        let weak = |reads: &[(&str, f32)]| {
            let mut vote = PlateVote::default();
            reads.iter().for_each(|(key, confidence)| vote.add(Some(read(key, *confidence))));
            vote.is_weak()
        };
        assert!(weak(&[]));
        assert!(weak(&[("12A12345", 0.8)]));
        assert!(!weak(&[("12A12345", 0.95)]));
        assert!(!weak(&[("12A12345", 0.7), ("12A12345", 0.7)]));
        assert!(weak(&[("12A12345", 0.7), ("12A12345", 0.7), ("12A12346", 0.9), ("12A12347", 0.9)]));
        assert!(weak(&[("TAXI", 0.99), ("TAXI", 0.99)]));
    }

    #[test]
    fn corrected_stays_flagged_until_one_clean_read_agrees() {
        let corrected = PlateReading { corrected: true, ..read("12A12345", 0.9) };
        let mut v = PlateVote::default();
        v.add(Some(corrected.clone()));
        v.add(Some(corrected));
        assert!(v.outcome().unwrap().corrected);
        v.add(Some(read("12A12345", 0.6)));
        assert!(!v.outcome().unwrap().corrected);
    }

    #[test]
    fn the_best_view_and_a_second_opinion_are_told() {
        let seen = |quality, second_opinion| PlateReading { quality, second_opinion, ..read("12A12345", 0.6) };
        let mut v = PlateVote::default();
        v.add(Some(seen(Some(0.4), false)));
        v.add(Some(PlateReading { quality: Some(0.9), ..read("12A12346", 0.3) }));
        assert_eq!(v.outcome().map(|o| (o.quality, o.second_opinion)), Some((Some(0.4), false)));
        v.add(Some(seen(Some(0.5), true)));
        assert_eq!(v.outcome().map(|o| (o.quality, o.second_opinion)), Some((Some(0.5), true)));
    }

    proptest! {
        #[test]
        fn the_outcome_is_one_of_the_reads_and_its_figures_add_up(
            reads in prop::collection::vec((prop::sample::select(vec!["12A12345", "12A12346", "29B11234", "TAXI", "F12345"]), 0.0f32..1.0), 0..12)
        ) {
            if let Some(out) = vote(&reads) {
                prop_assert!(reads.iter().any(|(k, _)| *k == out.key));
                prop_assert_eq!(out.agreeing_reads as usize, reads.iter().filter(|(k, _)| *k == out.key).count());
                prop_assert_eq!(out.reads as usize, reads.len());
                prop_assert_eq!(out.char_confidence.len(), out.key.len());
                prop_assert!((0.0..=1.0).contains(&out.confidence));
                prop_assert!(out.alternatives.len() <= 2);
            }
        }
    }
}
