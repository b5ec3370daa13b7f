//! Who crosses a line, and which way. One crossing for each real crossing: trembling on the line, turning back before it, or
//! walking around its end counts nothing; crossing and coming back counts both ways.
//!
//! A track has settled on a side once its foot point was farther from the line than a margin of its own size. A crossing
//! counts when the track settles on the other side and its way went through the segment, not around its end. Only what was
//! seen settles anything; a crossing supposed while hidden is firm once the track is seen beyond the line, and doubtful
//! when it never is.

use std::collections::HashMap;

use contract::bundle::{LineCounts, LineSpec};
use contract::clock::UtcMicros;
use contract::event::Direction;
use contract::geometry::{Point, Segment, Side};
use contract::ids::LineName;

use crate::tracking::{EndReason, PathPoint, Phase, Track, TrackGroup, TrackId};

/// One crossing of one line by one track.
#[derive(Debug, Clone, PartialEq)]
pub struct LineCrossing {
    /// Who.
    pub track: TrackId,
    /// Which line.
    pub line: LineName,
    /// Which way; `In` is from the left of the line to its right.
    pub direction: Direction,
    /// When, interpolated between two frames.
    pub at: UtcMicros,
    /// It was not seen beyond the line: counted apart, and no ground for a suspicion.
    pub doubtful: bool,
}

/// A foot must be this share of the track's height beyond the line …
const MARGIN_OF_HEIGHT: f32 = 0.12;
/// … at least this far …
const LEAST_MARGIN: f32 = 0.006;
/// … and need not be farther than this: a bus near the camera would never settle.
const MOST_MARGIN: f32 = 0.03;

/// What is known of one track at one line.
#[derive(Debug, Clone)]
struct Passing {
    /// Points up to here are done.
    done: UtcMicros,
    /// The last point looked at.
    last: Point,
    /// The side it settled on; where it began until then.
    settled: Side,
    /// The last step through the segment since it settled: to which side, when, and whether it was seen.
    through: Option<(Side, UtcMicros)>,
}

/// Watches one line.
#[derive(Debug, Clone)]
pub struct LineWatch {
    spec: LineSpec,
    passing: HashMap<TrackId, Passing>,
    /// What happened up to here is not looked at: the view was not the one the line was drawn on.
    blind_until: Option<UtcMicros>,
}

fn direction(to: Side) -> Direction {
    match to {
        Side::Right => Direction::In,
        Side::Left => Direction::Out,
    }
}

impl LineWatch {
    /// Watches this line; no track is known to it yet.
    #[must_use]
    pub fn new(spec: LineSpec) -> Self {
        Self { spec, passing: HashMap::new(), blind_until: None }
    }

    /// The line.
    #[must_use]
    pub fn spec(&self) -> &LineSpec {
        &self.spec
    }

    /// Does this line count this kind of thing?
    #[must_use]
    pub fn counts(&self, group: TrackGroup) -> bool {
        matches!(
            (self.spec.counts, group),
            (LineCounts::Persons, TrackGroup::Person) | (LineCounts::Vehicles, TrackGroup::Vehicle)
        )
    }

    /// Looks at the new part of a track's way. A tentative track is looked at once it is believed, from its beginning.
    pub fn look(&mut self, track: &Track) -> Vec<LineCrossing> {
        if !self.counts(track.group) || track.phase == Phase::Tentative {
            return Vec::new();
        }
        let margin = margin_of(track.rect.h);
        let known = self.passing.get(&track.id).map(|p| p.done).max(self.blind_until);
        // The way is in order of time: what is new stands at its end.
        let fresh = known.map_or(0, |done| track.path.partition_point(|p| p.at <= done));
        let mut crossings = Vec::new();
        for point in &track.path[fresh..] {
            if let Some((to, at)) = self.step(track.id, *point, margin) {
                crossings.push(self.crossing(track.id, to, at, false));
            }
        }
        crossings
    }

    /// A track has ended; what is still open is decided now.
    pub fn end(&mut self, track: &Track, reason: EndReason) -> Vec<LineCrossing> {
        let mut crossings = self.look(track);
        // It was seen to leave: a line close to the edge must count too.
        let seen_last = track.path.last().is_some_and(|p| p.seen);
        crossings.extend(self.close(track.id, seen_last && reason == EndReason::Left));
        crossings
    }

    /// Counts a way that is over, from its first point to its last, as it would have been counted while it was walked; each
    /// point with the height of whoever walked there. `left_in_sight`: none where it was only looked at no more.
    pub fn walked(
        &mut self,
        way: impl IntoIterator<Item = (PathPoint, f32)>,
        left_in_sight: Option<bool>,
    ) -> Vec<LineCrossing> {
        const NOBODY: TrackId = TrackId(0);
        self.restart();
        let mut crossings = Vec::new();
        for (point, height) in way {
            if let Some((to, at)) = self.step(NOBODY, point, margin_of(height)) {
                crossings.push(self.crossing(NOBODY, to, at, false));
            }
        }
        crossings.extend(left_in_sight.and_then(|certain| self.close(NOBODY, certain)));
        crossings
    }

    /// A way is over that crossed and went out of the picture before it settled; certain when it was seen to leave.
    fn close(&mut self, track: TrackId, certain: bool) -> Option<LineCrossing> {
        let passing = self.passing.remove(&track)?;
        let (to, at) = passing.through?;
        let beyond = to != passing.settled && self.spec.segment.side(passing.last) == to;
        beyond.then(|| self.crossing(track, to, at, !certain))
    }

    /// The line is suspended at this moment: all tracks are forgotten, and whatever they did up to now is not counted later
    /// either, not even when they end.
    pub fn suspend(&mut self, at: UtcMicros) {
        self.passing.clear();
        self.blind_until = self.blind_until.max(Some(at));
    }

    /// Time begins anew: the clock was set back, or the stream is gone. All tracks have ended before.
    pub fn restart(&mut self) {
        self.passing.clear();
        self.blind_until = None;
    }

    fn crossing(&self, track: TrackId, to: Side, at: UtcMicros, doubtful: bool) -> LineCrossing {
        LineCrossing { track, line: self.spec.name.clone(), direction: direction(to), at, doubtful }
    }

    /// One step of one track; the crossing that became certain by it.
    fn step(&mut self, track: TrackId, point: PathPoint, margin: f32) -> Option<(Side, UtcMicros)> {
        let segment = self.spec.segment;
        let side = segment.side(point.foot);
        let Some(passing) = self.passing.get_mut(&track) else {
            self.passing.insert(track, Passing { done: point.at, last: point.foot, settled: side, through: None });
            return None;
        };
        if let Some(to) = segment.crossed_to(passing.last, point.foot) {
            let share = share_until(segment, passing.last, point.foot);
            let step_us = point.at.since_us(passing.done) as f64;
            passing.through = Some((to, passing.done.plus_us((step_us * share) as i64)));
        } else if segment.side(passing.last) != side {
            // Around the end of the line: what it did at the line before does not count.
            passing.through = None;
        }
        (passing.last, passing.done) = (point.foot, point.at);
        if !point.seen || segment.distance(point.foot) < margin {
            return None;
        }
        let through = passing.through.take();
        let came_from = std::mem::replace(&mut passing.settled, side);
        through.filter(|(to, _)| *to == side && came_from != side)
    }
}

/// How far beyond a line the foot of something of this height must be to have settled there.
fn margin_of(height: f32) -> f32 {
    (height * MARGIN_OF_HEIGHT).clamp(LEAST_MARGIN, MOST_MARGIN)
}

/// Which share of the step from `p` to `q` lies before the line.
fn share_until(segment: Segment, p: Point, q: Point) -> f64 {
    let (before, after) = (f64::from(segment.distance(p)), f64::from(segment.distance(q)));
    if before + after > 0.0 { (before / (before + after)).clamp(0.0, 1.0) } else { 0.0 }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::detection::{Detection, ObjectClass};
    use crate::tracking::Tracker;
    use contract::geometry::Rect;
    use proptest::prelude::*;

    /// A line down the middle, from below to above: left of it is the left half. `In` is to the right.
    pub(crate) fn middle(counts: LineCounts) -> LineSpec {
        let segment = Segment { a: Point::new(0.5, 0.9), b: Point::new(0.5, 0.1) };
        LineSpec {
            name: "gate".parse().unwrap(),
            camera: "c1".parse().unwrap(),
            title: "Cổng".to_owned(),
            counts,
            segment,
        }
    }

    /// A believed track with this way, one point each 200 ms; `None` is a point not seen.
    pub(crate) fn track_of(class: ObjectClass, feet: &[(f32, f32, bool)]) -> Track {
        let mut tracker = Tracker::new();
        let at = |i: usize| UtcMicros(i as i64 * 200_000);
        for i in 0..4 {
            let rect = Rect::new(feet[0].0 - 0.02, feet[0].1 - 0.1, 0.04, 0.1);
            tracker.update(&[Detection { class, score: 0.9, rect, keypoints: Vec::new() }], at(i));
        }
        let mut track = tracker.tracks().next().unwrap().clone();
        track.path = feet
            .iter()
            .enumerate()
            .map(|(i, (x, y, seen))| PathPoint { at: at(i), foot: Point::new(*x, *y), seen: *seen })
            .collect();
        track
    }

    fn person(feet: &[(f32, f32)]) -> Track {
        track_of(ObjectClass::Person, &feet.iter().map(|(x, y)| (*x, *y, true)).collect::<Vec<_>>())
    }

    fn crossed(feet: &[(f32, f32)]) -> Vec<Direction> {
        let mut watch = LineWatch::new(middle(LineCounts::Persons));
        let track = person(feet);
        let mut found = watch.look(&track);
        found.extend(watch.end(&track, EndReason::Timeout));
        found.iter().filter(|c| !c.doubtful).map(|c| c.direction).collect()
    }

    use Direction::{In, Out};

    #[test]
    fn both_ways_are_counted_and_told_apart() {
        assert_eq!(crossed(&[(0.3, 0.5), (0.45, 0.5), (0.6, 0.5)]), [In]);
        assert_eq!(crossed(&[(0.7, 0.5), (0.4, 0.5)]), [Out]);
        assert_eq!(crossed(&[(0.3, 0.5), (0.6, 0.5), (0.3, 0.5)]), [In, Out]);
    }

    #[test]
    fn trembling_turning_back_and_walking_around_count_nothing() {
        assert_eq!(crossed(&[(0.3, 0.5), (0.497, 0.5), (0.503, 0.5), (0.498, 0.5), (0.502, 0.5), (0.3, 0.5)]), []);
        assert_eq!(crossed(&[(0.3, 0.5), (0.49, 0.5), (0.3, 0.5)]), []);
        assert_eq!(crossed(&[(0.3, 0.5), (0.4, 0.95), (0.6, 0.95), (0.7, 0.5)]), []);
    }

    #[test]
    fn trembling_on_the_way_is_one_crossing() {
        assert_eq!(crossed(&[(0.3, 0.5), (0.505, 0.5), (0.495, 0.5), (0.504, 0.5), (0.496, 0.5), (0.7, 0.5)]), [In]);
    }

    #[test]
    fn a_line_that_does_not_count_the_kind_sees_nothing() {
        let mut watch = LineWatch::new(middle(LineCounts::Vehicles));
        assert_eq!(watch.look(&person(&[(0.3, 0.5), (0.7, 0.5)])), []);
    }

    #[test]
    fn the_moment_is_between_the_frames() {
        let mut watch = LineWatch::new(middle(LineCounts::Persons));
        let found = watch.look(&person(&[(0.35, 0.5), (0.55, 0.5)]));
        assert!((found[0].at.0 - 150_000).abs() < 100, "{:?}", found[0].at);
    }

    #[test]
    fn a_way_given_in_pieces_counts_the_same() {
        let mut watch = LineWatch::new(middle(LineCounts::Persons));
        let mut track = person(&[(0.3, 0.5), (0.45, 0.5), (0.6, 0.5), (0.3, 0.5)]);
        let whole = std::mem::take(&mut track.path);
        let mut found = Vec::new();
        for point in whole {
            track.path.push(point);
            found.extend(watch.look(&track).iter().map(|c| c.direction));
            assert_eq!(watch.look(&track), []);
        }
        assert_eq!(found, [In, Out]);
    }

    #[test]
    fn leaving_right_behind_the_line_counts_and_vanishing_there_is_doubtful() {
        let track = person(&[(0.3, 0.5), (0.48, 0.5), (0.503, 0.5)]);
        for (reason, doubtful) in [(EndReason::Left, false), (EndReason::Timeout, true)] {
            let mut watch = LineWatch::new(middle(LineCounts::Persons));
            assert_eq!(watch.look(&track), []);
            let found = watch.end(&track, reason);
            assert_eq!(found.iter().map(|c| (c.direction, c.doubtful)).collect::<Vec<_>>(), [(In, doubtful)]);
        }
    }

    #[test]
    fn a_crossing_while_hidden_is_firm_when_seen_again_and_doubtful_when_not() {
        let hidden = [(0.3, 0.5, true), (0.45, 0.5, false), (0.6, 0.5, false)];
        let mut watch = LineWatch::new(middle(LineCounts::Persons));
        let track = track_of(ObjectClass::Person, &hidden);
        assert_eq!(watch.look(&track), []);
        assert!(watch.end(&track, EndReason::MergedInto(TrackId(9))).iter().all(|c| c.doubtful && c.direction == In));

        let mut watch = LineWatch::new(middle(LineCounts::Persons));
        let again = [hidden.as_slice(), &[(0.65, 0.5, true)]].concat();
        let found = watch.look(&track_of(ObjectClass::Person, &again));
        assert_eq!(found.iter().map(|c| (c.direction, c.doubtful)).collect::<Vec<_>>(), [(In, false)]);
    }

    proptest! {
        #[test]
        fn crossings_alternate_and_balance_with_where_it_ended(xs in prop::collection::vec(0.0f32..1.0, 2..60)) {
            // On a line that nobody can walk around.
            let mut line = middle(LineCounts::Persons);
            line.segment = Segment { a: Point::new(0.5, 9.0), b: Point::new(0.5, -9.0) };
            let mut watch = LineWatch::new(line);
            let feet: Vec<_> = xs.iter().map(|x| (*x, 0.5)).collect();
            let track = person(&feet);
            let found = watch.look(&track);
            prop_assert!(found.windows(2).all(|w| w[0].direction != w[1].direction && w[0].at <= w[1].at));
            // The side it settled on last is the side it began on plus what was counted.
            let margin = track.rect.h * MARGIN_OF_HEIGHT;
            let far = |x: f32| (x - 0.5).abs() >= margin;
            let began_left = xs[0] < 0.5;
            if let Some(last) = xs.iter().rev().find(|x| far(**x)) {
                let ins = found.iter().filter(|c| c.direction == In).count() as i32;
                let outs = found.iter().filter(|c| c.direction == Out).count() as i32;
                prop_assert_eq!(i32::from(*last > 0.5) - i32::from(!began_left), ins - outs);
            }
        }

        #[test]
        fn nobody_who_stays_on_a_side_crosses(points in prop::collection::vec((0.0f32..0.5, 0.0f32..1.0), 2..60)) {
            prop_assert_eq!(crossed(&points), vec![]);
        }
    }
}
