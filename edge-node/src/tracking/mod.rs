//! Detections → tracks: association and lifecycle. Pure and deterministic: the same detections give the same tracks.
//!
//! Association in the order of ByteTrack (Zhang et al., ECCV 2022): believed tracks with strong detections, then with weak
//! ones, then tentative tracks; cost from overlap and distance, since at 5 frames a second a vehicle may move by its own
//! length between two frames. A track whose place lies inside another's box is hidden there and rides along; when they
//! part again both are doubtful. A stationary track is kept long, so that a parked vehicle stays one track.

mod assignment;
pub mod faces;
mod motion_model;
mod track;

use contract::clock::UtcMicros;
use contract::geometry::Rect;

pub use track::{EndReason, PathPoint, Phase, Track, TrackGroup, TrackId};

use crate::detection::Detection;
use assignment::assign;
use motion_model::size;

/// Detections from this score on begin tracks; weaker ones only continue them.
const STRONG: f32 = 0.5;
/// Weaker ones are noise.
const WEAK: f32 = 0.15;
/// Sightings that make a track believed.
const CONFIRM_SIGHTINGS: u32 = 3;
/// … over at least this time.
const CONFIRM_US: i64 = 250_000;
/// From so many sightings on the direction of a track is known.
const SURE_SPEED: u32 = 4;
/// A tentative track is dropped after this time unseen.
const TENTATIVE_US: i64 = 450_000;
/// A moving track ends after this time unseen …
const MOVING_US: i64 = 2_500_000;
/// … one that was leaving the picture after this …
const LEAVING_US: i64 = 700_000;
/// … one hidden in another's box after this …
const HIDDEN_US: i64 = 8_000_000;
/// … and one that stands after this: background subtraction does not see what stands.
const STANDING_PERSON_US: i64 = 60_000_000;
/// The same for vehicles: traffic lights and deliveries take longer.
const STANDING_VEHICLE_US: i64 = 240_000_000;
/// A longer gap between two frames breaks every movement.
const LONGEST_STEP_S: f64 = 2.0;

/// A track that ended, for good.
#[derive(Debug, Clone)]
pub struct Ended {
    /// The track as it was.
    pub track: Track,
    /// Why.
    pub reason: EndReason,
}

/// Follows the things on one camera.
#[derive(Debug, Default)]
pub struct Tracker {
    tracks: Vec<Track>,
    last_id: u64,
    last: Option<UtcMicros>,
}

impl Tracker {
    /// No tracks yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives its tracks other numbers than the other tracker has given: what is still said of those means none of these.
    pub fn numbers_on_from(&mut self, other: &Self) {
        self.last_id = self.last_id.max(other.last_id);
    }

    /// All live tracks, oldest first, tentative ones included.
    pub fn tracks(&self) -> impl Iterator<Item = &Track> {
        self.tracks.iter()
    }

    /// Live tracks that are believed, in sight or lost.
    pub fn believed(&self) -> impl Iterator<Item = &Track> {
        self.tracks.iter().filter(|t| t.phase != Phase::Tentative)
    }

    /// A live track.
    #[must_use]
    pub fn get(&self, id: TrackId) -> Option<&Track> {
        self.tracks.iter().find(|t| t.id == id)
    }

    /// Takes the detections of one frame; returns the believed tracks that ended. Frames must come in order of time; one
    /// that does not is ignored.
    pub fn update(&mut self, detections: &[Detection], at: UtcMicros) -> Vec<Ended> {
        if self.last.is_some_and(|last| at <= last) {
            return Vec::new();
        }
        let dt = self.last.map_or(0.0, |last| (at.since_us(last) as f64 / 1e6).min(LONGEST_STEP_S));
        self.last = Some(at);
        for track in &mut self.tracks {
            if track.phase == Phase::Lost {
                track.model.hold_size();
                if track.is_stationary() {
                    track.model.stop();
                }
            }
            track.model.predict(dt);
        }
        for group in [TrackGroup::Person, TrackGroup::Vehicle] {
            self.associate(group, detections, at, dt);
        }
        self.end_the_unseen(at)
    }

    /// Ends everything: the stream is gone, or the node stops. Returns the believed ones.
    pub fn end_all(&mut self, reason: EndReason) -> Vec<Ended> {
        self.last = None;
        let ended = std::mem::take(&mut self.tracks);
        ended.into_iter().filter(|t| t.phase != Phase::Tentative).map(|track| Ended { track, reason }).collect()
    }

    fn associate(&mut self, group: TrackGroup, detections: &[Detection], at: UtcMicros, dt: f64) {
        let of_group: Vec<&Detection> =
            detections.iter().filter(|d| TrackGroup::of(d.class) == Some(group) && d.score >= WEAK).collect();
        let mut taken = vec![false; of_group.len()];
        let mut seen = vec![false; self.tracks.len()];
        for round in 0..3 {
            let strong = round != 1;
            let which = |t: &Track| match round {
                0 => t.phase != Phase::Tentative,
                1 => t.phase == Phase::Confirmed,
                _ => t.phase == Phase::Tentative,
            };
            let rows: Vec<usize> = (0..self.tracks.len())
                .filter(|i| !seen[*i] && self.tracks[*i].group == group && which(&self.tracks[*i]))
                .collect();
            let columns: Vec<usize> =
                (0..of_group.len()).filter(|i| !taken[*i] && (of_group[*i].score >= STRONG) == strong).collect();
            let costs: Vec<Vec<Option<f64>>> = rows
                .iter()
                .map(|r| columns.iter().map(|c| cost(&self.tracks[*r], of_group[*c].rect, at)).collect())
                .collect();
            for (row, column) in assign(&costs, columns.len()) {
                let (row, column) = (rows[row], columns[column]);
                self.meet(row, of_group[column], at);
                (seen[row], taken[column]) = (true, true);
            }
        }
        self.hide_the_covered(group, &seen, at, dt);
        for (detection, _) in of_group.iter().zip(&taken).filter(|(d, taken)| !**taken && d.score >= STRONG) {
            let part = of_group.iter().any(|whole| is_part(detection.rect, whole.rect));
            if !part {
                self.begin(group, detection, at);
            }
        }
    }

    /// A track and a detection are the same thing.
    fn meet(&mut self, index: usize, detection: &Detection, at: UtcMicros) {
        let host = self.tracks[index].hidden_in;
        let track = &mut self.tracks[index];
        track.see(detection, at);
        track.covered_s = 0.0;
        if let Some(host) = host {
            // They were one and are two again: which is which is a guess.
            track.doubtful_identity = true;
            if let Some(host) = self.tracks.iter_mut().find(|t| t.id == host) {
                host.doubtful_identity = true;
            }
        }
        let track = &mut self.tracks[index];
        match track.phase {
            Phase::Tentative if track.sightings >= CONFIRM_SIGHTINGS && at.since_us(track.first_seen) >= CONFIRM_US => {
                track.phase = Phase::Confirmed;
                let parent = track.began_inside;
                if let Some(parent) = parent.and_then(|id| self.tracks.iter_mut().find(|t| t.id == id)) {
                    parent.doubtful_identity = true;
                    self.tracks[index].doubtful_identity = true;
                }
            }
            Phase::Tentative => {}
            Phase::Confirmed | Phase::Lost => track.phase = Phase::Confirmed,
        }
    }

    /// Believed tracks without a detection: hidden in another's box, or lost.
    fn hide_the_covered(&mut self, group: TrackGroup, seen: &[bool], at: UtcMicros, dt: f64) {
        for index in 0..seen.len() {
            let track = &self.tracks[index];
            if seen[index] || track.group != group || track.phase == Phase::Tentative {
                continue;
            }
            let place = track.model.rect();
            let host = (0..seen.len()).find(|other| {
                let host = &self.tracks[*other];
                *other != index
                    && seen[*other]
                    && host.group == group
                    && place.intersection(host.seen_rect).area() > 0.6 * place.area()
                    // What is much larger is a thing in front, what is smaller cannot hide it.
                    && host.seen_rect.area() > 0.8 * place.area()
            });
            let ride = host.map(|h| (self.tracks[h].id, self.tracks[h].model.velocity()));
            let track = &mut self.tracks[index];
            track.phase = Phase::Lost;
            track.hidden_in = ride.map(|(id, _)| id);
            track.covered_s = if ride.is_some() { track.covered_s + dt } else { 0.0 };
            if let Some((_, (vx, vy))) = ride {
                // Half by its own movement, half by its host's: they usually walk together, or pass each other soon.
                let (ox, oy) = track.model.velocity();
                track.model.shift(((vx - ox) * dt / 2.0, (vy - oy) * dt / 2.0));
                track.rect = track.model.rect();
                track.step(at, false);
            } else {
                track.rect = track.model.rect();
            }
        }
    }

    fn begin(&mut self, group: TrackGroup, detection: &Detection, at: UtcMicros) {
        // A fragment inside a thing that is seen whole is no second thing.
        let duplicate = self.tracks.iter().any(|t| {
            t.group == group
                && t.last_seen == at
                && t.sightings > 1
                && t.seen_rect.intersection(detection.rect).area() > 0.7 * detection.rect.area()
        });
        if duplicate {
            return;
        }
        self.last_id += 1;
        let mut track = Track::new(TrackId(self.last_id), group, detection, at);
        let foot = detection.rect.center();
        track.began_inside = self
            .tracks
            .iter()
            .find(|t| {
                t.group == group
                    && t.phase == Phase::Confirmed
                    && t.rect.contains(foot)
                    && detection.rect.area() > 0.3 * t.rect.area()
            })
            .map(|t| t.id);
        self.tracks.push(track);
    }

    fn end_the_unseen(&mut self, at: UtcMicros) -> Vec<Ended> {
        let mut ended = Vec::new();
        let mut kept = Vec::with_capacity(self.tracks.len());
        for track in std::mem::take(&mut self.tracks) {
            let unseen = at.since_us(track.last_seen);
            match track.phase {
                Phase::Tentative if unseen > TENTATIVE_US => {}
                Phase::Lost => {
                    let leaving = track.is_leaving();
                    let patience = match (leaving, track.hidden_in.is_some(), track.is_stationary(), track.group) {
                        (true, false, _, _) => LEAVING_US,
                        (_, true, _, _) => HIDDEN_US,
                        (_, _, true, TrackGroup::Person) => STANDING_PERSON_US,
                        (_, _, true, TrackGroup::Vehicle) => STANDING_VEHICLE_US,
                        // Hardly known, hardly waited for: it would take over whoever comes by.
                        (_, _, false, _) => MOVING_US.min(400_000 + i64::from(track.sightings) * 200_000),
                    };
                    if unseen > patience {
                        let reason = match track.hidden_in {
                            Some(host) => EndReason::MergedInto(host),
                            None if leaving => EndReason::Left,
                            None => EndReason::Timeout,
                        };
                        ended.push(Ended { track, reason });
                    } else {
                        kept.push(track);
                    }
                }
                Phase::Tentative | Phase::Confirmed => kept.push(track),
            }
        }
        self.tracks = kept;
        ended
    }
}

/// Is a box a fragment inside a larger one of the same frame?
fn is_part(small: Rect, whole: Rect) -> bool {
    whole.area() > 2.0 * small.area() && small.intersection(whole).area() > 0.8 * small.area()
}

/// What it costs to take a detection as a track's; `None` when it cannot be.
fn cost(track: &Track, seen: Rect, at: UtcMicros) -> Option<f64> {
    let expected = track.model.rect();
    let length = size(expected).max(size(seen));
    let ratio = (size(seen) / size(expected)).ln().abs();
    let (a, b) = (expected.center(), seen.center());
    let by_centre = f64::from(a.x - b.x).hypot(f64::from(a.y - b.y));
    let (a, b) = (expected.foot(), seen.foot());
    let by_foot = f64::from(a.x - b.x).hypot(f64::from(a.y - b.y));
    let distance = by_centre.min(by_foot) / length;
    let overlap = f64::from(expected.iou(seen));
    if turned_back(track, seen) {
        return None;
    }
    let standing_unseen =
        track.phase == Phase::Lost && track.is_stationary() && at.since_us(track.last_seen) > MOVING_US;
    if standing_unseen {
        // A parked vehicle must not take over whoever passes close by: it must be the same place and size.
        if overlap < 0.3 || ratio > 0.6 {
            return None;
        }
    } else {
        // Only where nothing is known of the speed may a thing be far from where it was.
        let farthest = if track.sightings == 1 { 3.0 } else { 1.8 };
        let reach = (0.7 + 3.0 * track.model.doubt() / length).min(farthest);
        if distance > reach || ratio > 1.1 {
            return None;
        }
        return Some(0.5 * (1.0 - overlap) + 0.5 * distance / reach + 0.2 * ratio);
    }
    Some(0.5 * (1.0 - overlap) + 0.5 * distance + 0.2 * ratio)
}

/// Would a track have to come back from where it was going? Nothing that moves turns round within the
/// second or two it is waited for; what comes from there is somebody else, such as the next vehicle in the other lane.
fn turned_back(track: &Track, seen: Rect) -> bool {
    if track.phase == Phase::Tentative || track.hidden_in.is_some() || track.sightings < SURE_SPEED {
        return false;
    }
    let leaving = track.is_leaving();
    let allowed = match track.phase {
        // Whoever goes out of the picture is farther on when seen again.
        Phase::Lost if leaving => -0.05,
        Phase::Lost => 0.15,
        // A box in sight trembles, and jumps where things part.
        _ => 0.5,
    };
    let (vx, vy) = track.course;
    let speed = vx.hypot(vy);
    let length = size(track.seen_rect);
    // What leaves is slow where the edge cuts it.
    if speed < if leaving { 0.1 } else { 0.8 } * length {
        return false;
    }
    // The nearest it can have gone: an edge of the picture cuts a box on one side, so that the middle alone would mislead.
    let ways = [(track.seen_rect.center(), seen.center()), (track.seen_rect.foot(), seen.foot())];
    ways.iter().all(|(from, to)| {
        let along = (f64::from(to.x - from.x) * vx + f64::from(to.y - from.y) * vy) / speed;
        along < -allowed * length
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detection::ObjectClass;
    use proptest::prelude::*;

    fn seen(class: ObjectClass, x: f32, y: f32, w: f32, h: f32) -> Detection {
        Detection { class, score: 0.8, rect: Rect::new(x, y, w, h), keypoints: Vec::new() }
    }

    fn person(x: f32, y: f32) -> Detection {
        seen(ObjectClass::Person, x, y, 0.04, 0.15)
    }

    fn car(x: f32, y: f32) -> Detection {
        seen(ObjectClass::Car, x, y, 0.15, 0.12)
    }

    fn at(frame: i32) -> UtcMicros {
        UtcMicros(1_000_000_000 + i64::from(frame) * 200_000)
    }

    /// Runs frames of detections; the ends with their frame.
    fn run(tracker: &mut Tracker, frames: std::ops::Range<i32>, things: impl Fn(i32) -> Vec<Detection>) -> Vec<Ended> {
        frames.flat_map(|f| tracker.update(&things(f), at(f))).collect()
    }

    fn ids(tracker: &Tracker) -> Vec<u64> {
        tracker.believed().map(|t| t.id.0).collect()
    }

    #[test]
    fn one_walk_is_one_track_that_left() {
        let mut tracker = Tracker::new();
        let walk = |f: i32| if f < 45 { vec![person(0.02 + 0.02 * f as f32, 0.4)] } else { vec![] };
        let ended = run(&mut tracker, 0..60, walk);
        assert_eq!(ended.len(), 1);
        assert_eq!((ended[0].reason, ended[0].track.sightings), (EndReason::Left, 45));
        assert!(ended[0].track.has_travelled() && !ended[0].track.doubtful_identity);
        assert_eq!(ended[0].track.class().0, ObjectClass::Person);
    }

    #[test]
    fn two_sightings_are_not_believed() {
        let mut tracker = Tracker::new();
        let ended = run(&mut tracker, 0..20, |f| if f < 2 { vec![person(0.5, 0.4)] } else { vec![] });
        assert!(ended.is_empty() && tracker.tracks().count() == 0);
    }

    #[test]
    fn a_gap_of_a_second_does_not_end_a_walk() {
        let mut tracker = Tracker::new();
        let walk = |f: i32| if (10..15).contains(&f) { vec![] } else { vec![person(0.1 + 0.015 * f as f32, 0.4)] };
        assert!(run(&mut tracker, 0..30, walk).is_empty());
        assert_eq!(ids(&tracker), [1]);
    }

    #[test]
    fn a_fast_car_is_one_track_although_its_boxes_do_not_touch() {
        let mut tracker = Tracker::new();
        run(&mut tracker, 0..5, |f| vec![seen(ObjectClass::Car, 0.18 * f as f32, 0.5, 0.12, 0.1)]);
        assert_eq!(ids(&tracker), [1]);
    }

    #[test]
    fn two_people_who_pass_each_other_keep_their_numbers() {
        let mut tracker = Tracker::new();
        let pass = |f: i32| vec![person(0.2 + 0.015 * f as f32, 0.40), person(0.8 - 0.015 * f as f32, 0.52)];
        run(&mut tracker, 0..38, pass);
        let ends: Vec<_> = tracker.believed().map(|t| (t.id.0, t.foot().x > 0.5)).collect();
        assert_eq!(ends, [(1, true), (2, false)]);
    }

    #[test]
    fn people_who_merge_and_part_are_doubtful_and_still_two() {
        let mut tracker = Tracker::new();
        let meet = |f: i32| {
            let (a, b) = (0.2 + 0.015 * f as f32, 0.6 - 0.015 * f as f32);
            // While they overlap only one box is seen around both.
            if (b - a).abs() < 0.05 {
                vec![seen(ObjectClass::Person, a.min(b), 0.4, (a - b).abs() + 0.04, 0.15)]
            } else {
                vec![person(a, 0.4), person(b, 0.4)]
            }
        };
        let ended = run(&mut tracker, 0..25, meet);
        assert!(ended.is_empty(), "{ended:?}");
        let two: Vec<_> = tracker.believed().map(|t| t.doubtful_identity).collect();
        assert_eq!(two, [true, true]);
    }

    #[test]
    fn a_car_that_stops_and_goes_on_is_one_track() {
        let mut tracker = Tracker::new();
        // Seen for 3 s, then it stands and background subtraction loses it for 40 s, then it drives on.
        let drive = |f: i32| match f {
            0..15 => vec![car(0.05 + 0.02 * f as f32, 0.5)],
            15..30 => vec![car(0.35, 0.5)],
            30..230 => vec![],
            _ => vec![car(0.35 + 0.02 * (f - 230) as f32, 0.5)],
        };
        let ended = run(&mut tracker, 0..250, drive);
        assert!(ended.is_empty(), "{:?}", ended.iter().map(|e| e.reason).collect::<Vec<_>>());
        assert_eq!(ids(&tracker), [1]);
    }

    #[test]
    fn a_parked_car_does_not_take_over_a_passing_one() {
        let mut tracker = Tracker::new();
        run(&mut tracker, 0..20, |_| vec![car(0.4, 0.45)]);
        run(&mut tracker, 20..60, |_| vec![]);
        run(&mut tracker, 60..75, |f| vec![car(0.1 + 0.04 * (f - 60) as f32, 0.52)]);
        let parked = tracker.get(TrackId(1)).unwrap();
        assert!(parked.phase == Phase::Lost && !parked.has_travelled());
        assert_eq!(ids(&tracker), [1, 2]);
    }

    #[test]
    fn a_car_that_left_does_not_become_the_motorcycle_that_comes() {
        let mut tracker = Tracker::new();
        // The car drives down and out of the picture; half a second later a motorcycle comes up from there.
        let road = |f: i32| match f {
            0..12 => {
                let top = 0.1 + 0.06 * f as f32;
                vec![seen(ObjectClass::Car, 0.3, top, 0.25, (1.0 - top).min(0.35))]
            }
            12..15 => vec![],
            _ => {
                let top = 0.75 - 0.05 * (f - 15) as f32;
                vec![seen(ObjectClass::Motorcycle, 0.42, top, 0.12, (1.0 - top).min(0.3))]
            }
        };
        let ended = run(&mut tracker, 0..26, road);
        assert_eq!(ended.iter().map(|e| (e.track.id.0, e.reason)).collect::<Vec<_>>(), [(1, EndReason::Left)]);
        assert_eq!(ids(&tracker), [2]);
        assert_eq!(tracker.get(TrackId(2)).map(|t| t.class().0), Some(ObjectClass::Motorcycle));
    }

    #[test]
    fn a_parked_car_that_flickers_never_travels() {
        let mut tracker = Tracker::new();
        let mut travelled = 0.0f32;
        for f in 0..300 {
            let tremble = 0.01 * ((f * 7) % 5 - 2) as f32 / 2.0;
            let found = if f % 3 == 0 { vec![] } else { vec![car(0.4 + tremble, 0.45)] };
            tracker.update(&found, at(f));
            travelled = tracker.tracks().map(|t| t.travelled).fold(travelled, f32::max);
        }
        assert_eq!(ids(&tracker), [1]);
        assert!(travelled < 0.3, "{travelled}");
    }

    #[test]
    fn a_fragment_inside_a_seen_car_is_no_second_car() {
        let mut tracker = Tracker::new();
        run(&mut tracker, 0..20, |f| {
            let x = 0.1 + 0.02 * f as f32;
            vec![car(x, 0.5), seen(ObjectClass::Vehicle, x + 0.02, 0.52, 0.05, 0.05)]
        });
        assert_eq!(ids(&tracker), [1]);
    }

    #[test]
    fn weak_detections_continue_and_do_not_begin() {
        let weak = |d: Detection| Detection { score: 0.3, ..d };
        let mut tracker = Tracker::new();
        run(&mut tracker, 0..10, |f| vec![weak(person(0.1 + 0.01 * f as f32, 0.4))]);
        assert_eq!(tracker.tracks().count(), 0);
        run(&mut tracker, 10..20, |f| vec![person(0.1 + 0.01 * f as f32, 0.4)]);
        run(&mut tracker, 20..60, |f| vec![weak(person(0.1 + 0.01 * f as f32, 0.4))]);
        assert_eq!(tracker.get(TrackId(1)).map(|t| t.sightings), Some(50));
    }

    #[test]
    fn the_end_of_the_stream_ends_what_was_believed() {
        let mut tracker = Tracker::new();
        run(&mut tracker, 0..10, |_| vec![person(0.5, 0.4)]);
        run(&mut tracker, 10..11, |_| vec![person(0.5, 0.4), person(0.1, 0.1)]);
        let ended = tracker.end_all(EndReason::StreamLost);
        assert_eq!(ended.len(), 1);
        assert_eq!(ended[0].reason, EndReason::StreamLost);
    }

    #[test]
    fn a_path_stays_bounded_and_in_order() {
        let mut tracker = Tracker::new();
        run(&mut tracker, 0..3000, |f| vec![person(0.5 + 0.2 * (f as f32 / 40.0).sin(), 0.4)]);
        let track = tracker.get(TrackId(1)).unwrap();
        assert!(track.path.len() <= 256 && track.path.windows(2).all(|w| w[0].at < w[1].at));
        assert_eq!(track.path[0].at, at(0), "where it began is never forgotten");
    }

    proptest! {
        #[test]
        fn every_track_begins_and_ends_once_and_runs_repeat(
            frames in prop::collection::vec(prop::collection::vec((0.0f32..0.9, 0.0f32..0.8, 0.02f32..0.3, 0.02f32..0.3, 0.0f32..1.0), 0..6), 1..60)
        ) {
            let play = || {
                let mut tracker = Tracker::new();
                let mut ended = Vec::new();
                for (f, boxes) in frames.iter().enumerate() {
                    let found: Vec<_> = boxes
                        .iter()
                        .map(|(x, y, w, h, s)| Detection { score: *s, ..seen(ObjectClass::Car, *x, *y, *w, *h) })
                        .collect();
                    ended.extend(tracker.update(&found, at(f as i32)));
                    let mut live: Vec<_> = tracker.tracks().map(|t| t.id).collect();
                    live.dedup();
                    prop_assert_eq!(live.len(), tracker.tracks().count());
                    // No detection belongs to two tracks.
                    prop_assert!(tracker.tracks().filter(|t| t.last_seen == at(f as i32)).count() <= found.len());
                }
                ended.extend(tracker.end_all(EndReason::StreamLost));
                let mut all: Vec<_> = ended.iter().map(|e| (e.track.id, e.track.sightings, e.reason)).collect();
                all.sort_by_key(|(id, ..)| *id);
                prop_assert!(all.windows(2).all(|w| w[0].0 != w[1].0));
                Ok(all)
            };
            prop_assert_eq!(play()?, play()?);
        }
    }
}
