//! Wrong way across a directed line: the first violation rule. It ends in a suspicion, never in more: an officer decides.
//! Errs on the side of silence: a doubtful crossing, a short way or a flicker is no ground.

use std::collections::HashSet;

use contract::bundle::WrongWayRule;
use contract::clock::UtcMicros;
use contract::event::Direction;
use contract::geometry::Point;
use contract::ids::{LineName, RuleName};

use super::lines::LineCrossing;
use crate::tracking::{Phase, Track, TrackGroup, TrackId};

/// A vehicle that crossed a line the forbidden way.
#[derive(Debug, Clone, PartialEq)]
pub struct WrongWay {
    /// Who.
    pub track: TrackId,
    /// The rule.
    pub rule: RuleName,
    /// Its version.
    pub version: u32,
    /// The line.
    pub line: LineName,
    /// The way that was taken.
    pub direction: Direction,
    /// When the line was crossed.
    pub at: UtcMicros,
    /// The way of its foot point, oldest first, for the officer to see.
    pub path: Vec<(UtcMicros, Point)>,
}

/// It must have been seen in so many frames …
const LEAST_SIGHTINGS: u32 = 4;
/// … over this time …
const LEAST_US: i64 = 600_000;
/// … and have gone this far from where it began, in its own sizes and
const LEAST_TRAVELLED: f32 = 0.8;
/// … in picture units.
const LEAST_WAY: f32 = 0.06;

/// Watches one rule.
#[derive(Debug, Clone)]
pub struct WrongWayWatch {
    rule: WrongWayRule,
    reported: HashSet<TrackId>,
}

impl WrongWayWatch {
    /// Watches this rule; nobody is suspected yet.
    #[must_use]
    pub fn new(rule: WrongWayRule) -> Self {
        Self { rule, reported: HashSet::new() }
    }

    /// The rule.
    #[must_use]
    pub fn rule(&self) -> &WrongWayRule {
        &self.rule
    }

    /// Judges one crossing by a track; at most one suspicion a passage, however often it crosses.
    pub fn judge(&mut self, crossing: &LineCrossing, track: &Track) -> Option<WrongWay> {
        let rule = &self.rule;
        let valid =
            rule.valid_from.is_none_or(|from| crossing.at >= from) && rule.valid_to.is_none_or(|to| crossing.at < to);
        let forbidden = crossing.line == rule.line && crossing.direction == rule.forbidden && !crossing.doubtful;
        if !valid || !forbidden || crossing.track != track.id || !is_certain(track) || self.reported.contains(&track.id)
        {
            return None;
        }
        self.reported.insert(track.id);
        Some(WrongWay {
            track: track.id,
            rule: rule.name.clone(),
            version: rule.version,
            line: rule.line.clone(),
            direction: crossing.direction,
            at: crossing.at,
            path: track.path.iter().filter(|p| p.seen).map(|p| (p.at, p.foot)).collect(),
        })
    }

    /// The passage is over.
    pub fn end(&mut self, track: TrackId) {
        self.reported.remove(&track);
    }
}

/// Is this surely a vehicle that drives, and the one that was seen all the time?
fn is_certain(track: &Track) -> bool {
    let Some((first, last)) = track.path.first().zip(track.path.last()) else { return false };
    let way = (last.foot.x - first.foot.x).hypot(last.foot.y - first.foot.y);
    // After two vehicles have met, path and plate may be the other one's: nobody is suspected on such ground.
    track.group == TrackGroup::Vehicle
        && !track.doubtful_identity
        && track.phase != Phase::Tentative
        && track.sightings >= LEAST_SIGHTINGS
        && track.last_seen.since_us(track.first_seen) >= LEAST_US
        && track.travelled >= LEAST_TRAVELLED
        && way >= LEAST_WAY
}

#[cfg(test)]
mod tests {
    use super::super::lines::LineWatch;
    use super::super::lines::tests::{middle, track_of};
    use super::*;
    use crate::detection::ObjectClass;
    use contract::bundle::LineCounts;

    fn rule() -> WrongWayRule {
        WrongWayRule {
            name: "one-way".parse().unwrap(),
            version: 3,
            camera: "c1".parse().unwrap(),
            line: "gate".parse().unwrap(),
            forbidden: Direction::Out,
            violation_car: "C-WRONGWAY".to_owned(),
            violation_motorcycle: "M-WRONGWAY".to_owned(),
            valid_from: None,
            valid_to: None,
        }
    }

    /// A vehicle that drives along these places.
    fn driven(class: ObjectClass, xs: &[f32]) -> Track {
        let mut track = track_of(class, &xs.iter().map(|x| (*x, 0.5, true)).collect::<Vec<_>>());
        track.travelled = (xs[0] - xs[xs.len() - 1]).abs() / 0.06;
        track.sightings = xs.len() as u32;
        track.last_seen = track.path[xs.len() - 1].at;
        track
    }

    const AGAINST: [f32; 7] = [0.8, 0.7, 0.6, 0.55, 0.45, 0.35, 0.3];

    fn suspicions(rule: WrongWayRule, track: &Track) -> Vec<WrongWay> {
        let (mut line, mut watch) = (LineWatch::new(middle(LineCounts::Vehicles)), WrongWayWatch::new(rule));
        line.look(track).iter().filter_map(|c| watch.judge(c, track)).collect()
    }

    #[test]
    fn the_forbidden_way_is_suspected_once_and_the_allowed_way_never() {
        let against = driven(ObjectClass::Car, &AGAINST);
        let found = suspicions(rule(), &against);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].version, found[0].direction, found[0].path.len()), (3, Direction::Out, 7));
        let along: Vec<f32> = AGAINST.iter().rev().copied().collect();
        assert_eq!(suspicions(rule(), &driven(ObjectClass::Car, &along)), []);
        // Out, in again, out again: still one passage.
        let to_and_fro = driven(ObjectClass::Car, &[0.8, 0.6, 0.4, 0.6, 0.4, 0.3, 0.2]);
        assert_eq!(suspicions(rule(), &to_and_fro).len(), 1);
    }

    #[test]
    fn outside_its_time_the_rule_is_silent() {
        let against = driven(ObjectClass::Motorcycle, &AGAINST);
        assert_eq!(suspicions(WrongWayRule { valid_from: Some(UtcMicros(10_000_000)), ..rule() }, &against), []);
        assert_eq!(suspicions(WrongWayRule { valid_to: Some(UtcMicros(0)), ..rule() }, &against), []);
        assert_eq!(suspicions(WrongWayRule { valid_to: Some(UtcMicros(10_000_000)), ..rule() }, &against).len(), 1);
    }

    #[test]
    fn people_flickers_and_doubtful_crossings_are_no_ground() {
        let mut flicker = driven(ObjectClass::Car, &AGAINST);
        flicker.sightings = 3;
        assert_eq!(suspicions(rule(), &flicker), []);
        let mut parked = driven(ObjectClass::Car, &AGAINST);
        parked.travelled = 0.2;
        assert_eq!(suspicions(rule(), &parked), []);
        let mut mixed_up = driven(ObjectClass::Car, &AGAINST);
        mixed_up.doubtful_identity = true;
        assert_eq!(suspicions(rule(), &mixed_up), []);

        let car = driven(ObjectClass::Car, &AGAINST);
        let mut watch = WrongWayWatch::new(rule());
        let doubtful = LineCrossing {
            track: car.id,
            line: "gate".parse().unwrap(),
            direction: Direction::Out,
            at: UtcMicros(5),
            doubtful: true,
        };
        assert_eq!(watch.judge(&doubtful, &car), None);
        let firm = LineCrossing { doubtful: false, ..doubtful };
        let person = driven(ObjectClass::Person, &AGAINST);
        assert_eq!(watch.judge(&firm, &person), None);
        assert!(watch.judge(&firm, &car).is_some());
    }
}
