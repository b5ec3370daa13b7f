//! Today's ways of one camera, so that lines drawn anew can be counted against them before they hold: foot points only, of
//! nobody, without a time of their own. In memory, bounded, the oldest go first; gone at midnight and when the process ends.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use contract::bundle::{LineCounts, LineSpec};
use contract::clock::{DAY_US, MINUTE_US, UtcMicros, VIETNAM_OFFSET_US};
use contract::event::Direction;
use contract::geometry::Point;
use contract::wish::{LineTrial, TrialCount, TrialLine};

use crate::rules::LineWatch;
use crate::tracking::{EndReason, PathPoint, Track, TrackGroup, TrackId};

/// Points remembered of one camera: some 2.4 MB.
const MOST_POINTS: usize = 200_000;
/// Points of one way; a longer one goes on as another from its last point, so that whoever walks about for an hour is counted
/// too. A crossing that is under way at that point is in doubt.
const POINTS_OF_A_WAY: usize = 150;
/// Whoever stands still within so much of the picture adds nothing.
const STANDS_WITHIN: f32 = 0.02;

/// A point of a way.
#[derive(Debug, Clone, Copy, PartialEq)]
struct WayPoint {
    foot: Point,
    /// Height of whoever walked there, as a share of the picture; negative where the point was only supposed.
    height: f32,
}

/// A way that is over.
#[derive(Debug, Clone, PartialEq)]
struct Way {
    points: Vec<WayPoint>,
    /// It left the picture at its edge, in sight; none where the view was suspended while it was walked.
    left_in_sight: Option<bool>,
    /// The minute it ended in.
    minute: UtcMicros,
}

/// The ways of one camera that ended today.
#[derive(Debug, Default)]
pub struct WaysOfToday(Mutex<Held>);

#[derive(Debug, Default)]
struct Held {
    day: i64,
    ways: VecDeque<Way>,
    points: usize,
}

fn day_of(at: UtcMicros) -> i64 {
    (at.0 + VIETNAM_OFFSET_US).div_euclid(DAY_US)
}

impl Held {
    /// At midnight everything is forgotten.
    fn roll(&mut self, now: UtcMicros) {
        let day = day_of(now);
        if self.day != day {
            *self = Self { day, ..Self::default() };
        }
    }
}

impl WaysOfToday {
    fn remember(&self, way: Way, most_points: usize) {
        let mut held = self.lock();
        held.roll(way.minute);
        held.points += way.points.len();
        held.ways.push_back(way);
        while held.points > most_points
            && let Some(oldest) = held.ways.pop_front()
        {
            held.points -= oldest.points.len();
        }
    }

    /// Forgets what is not of today; to be called every minute or so.
    pub fn roll(&self, now: UtcMicros) {
        self.lock().roll(now);
    }

    /// What these lines would have counted.
    #[must_use]
    pub fn try_lines(&self, lines: &[TrialLine], now: UtcMicros) -> LineTrial {
        let mut held = self.lock();
        held.roll(now);
        let count = |line: &TrialLine| {
            let mut watch = watch_of(line);
            let mut counted = TrialCount { line: line.line.clone(), entered: 0, left: 0, doubtful: 0 };
            for way in &held.ways {
                for (direction, doubtful) in walked(&mut watch, way) {
                    match (doubtful, direction) {
                        (true, _) => counted.doubtful += 1,
                        (false, Direction::In) => counted.entered += 1,
                        (false, Direction::Out) => counted.left += 1,
                    }
                }
            }
            counted
        };
        LineTrial {
            since: held.ways.front().map(|way| way.minute),
            until: now,
            tracks: u32::try_from(held.ways.len()).unwrap_or(u32::MAX),
            lines: lines.iter().map(count).collect(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn watch_of(line: &TrialLine) -> LineWatch {
    LineWatch::new(LineSpec {
        name: line.line.clone(),
        // Neither is looked at: a way has no camera of its own, and only what a camera counts is remembered.
        camera: "trial".parse().expect("a word of letters is a name"),
        counts: LineCounts::Persons,
        title: String::new(),
        segment: line.segment,
    })
}

fn walked(watch: &mut LineWatch, way: &Way) -> Vec<(Direction, bool)> {
    // The order of the points is all that counting needs of their time.
    let steps = way
        .points
        .iter()
        .zip(0..)
        .map(|(p, n)| (PathPoint { at: UtcMicros(n), foot: p.foot, seen: p.height >= 0.0 }, p.height.abs()));
    watch.walked(steps, way.left_in_sight).into_iter().map(|crossing| (crossing.direction, crossing.doubtful)).collect()
}

fn moves(points: &[WayPoint]) -> bool {
    let spread = |of: fn(&WayPoint) -> f32| {
        let (least, most) = points.iter().map(of).fold((f32::MAX, f32::MIN), |(a, b), v| (a.min(v), b.max(v)));
        most - least
    };
    spread(|p| p.foot.x).max(spread(|p| p.foot.y)) >= STANDS_WITHIN
}

/// The ways that are under way on one camera, taken down as the lines look at them, so that both count the same.
#[derive(Debug)]
pub struct Walks {
    group: TrackGroup,
    walking: BTreeMap<TrackId, Walk>,
    /// What happened up to here is not looked at: the view was not the one that was set up.
    blind_until: Option<UtcMicros>,
}

#[derive(Debug)]
struct Walk {
    done: UtcMicros,
    points: Vec<WayPoint>,
}

impl Walks {
    /// Of this kind of thing only.
    #[must_use]
    pub fn of(group: TrackGroup) -> Self {
        Self { group, walking: BTreeMap::new(), blind_until: None }
    }

    /// Takes down the new part of a believed track's way.
    pub fn look(&mut self, track: &Track, ways: &WaysOfToday) {
        if track.group != self.group {
            return;
        }
        let known = self.walking.get(&track.id).map(|walk| walk.done).max(self.blind_until);
        let fresh = known.map_or(0, |done| track.path.partition_point(|p| p.at <= done));
        let Some(last) = track.path.get(fresh..).and_then(<[PathPoint]>::last) else { return };
        let walk = self.walking.entry(track.id).or_insert_with(|| Walk { done: last.at, points: Vec::new() });
        walk.done = last.at;
        walk.points.extend(track.path[fresh..].iter().map(|p| WayPoint {
            foot: p.foot,
            // A height of nothing could not be told from its own negative.
            height: track.rect.h.max(f32::MIN_POSITIVE) * if p.seen { 1.0 } else { -1.0 },
        }));
        if walk.points.len() >= POINTS_OF_A_WAY {
            let goes_on = walk.points.last().copied();
            let points = std::mem::replace(&mut walk.points, goes_on.into_iter().collect());
            if moves(&points) {
                ways.remember(
                    Way { points, left_in_sight: Some(false), minute: last.at.floor_to(MINUTE_US) },
                    MOST_POINTS,
                );
            }
        }
    }

    /// A track has ended: its way is remembered.
    pub fn end(&mut self, track: &Track, reason: EndReason, ways: &WaysOfToday) {
        self.look(track, ways);
        let Some(walk) = self.walking.remove(&track.id).filter(|walk| walk.points.len() > 1) else { return };
        let left_in_sight = Some(reason == EndReason::Left && track.path.last().is_some_and(|p| p.seen));
        ways.remember(Way { points: walk.points, left_in_sight, minute: walk.done.floor_to(MINUTE_US) }, MOST_POINTS);
    }

    /// The view is not the one that was set up: what was walked before stays, whatever is done up to now is not remembered later.
    pub fn suspend(&mut self, at: UtcMicros, ways: Option<&WaysOfToday>) {
        for walk in std::mem::take(&mut self.walking).into_values().filter(|walk| walk.points.len() > 1) {
            if let Some(ways) = ways {
                let minute = walk.done.floor_to(MINUTE_US);
                ways.remember(Way { points: walk.points, left_in_sight: None, minute }, MOST_POINTS);
            }
        }
        self.blind_until = self.blind_until.max(Some(at));
    }

    /// Time begins anew: the clock was set back, or the stream is gone. All tracks have ended before.
    pub fn restart(&mut self) {
        self.walking.clear();
        self.blind_until = None;
    }
}

#[cfg(test)]
#[path = "ways_tests.rs"]
mod tests;
