//! What is remembered of ways, and that lines tried on them count what lines in force have counted.

use contract::geometry::{Rect, Segment};
use proptest::prelude::*;

use super::*;
use crate::detection::{Detection, ObjectClass};
use crate::tracking::Tracker;

/// Noon in Viet Nam.
const NOON: UtcMicros = UtcMicros(1_795_410_000_000_000);

fn line(a: (f32, f32), b: (f32, f32)) -> TrialLine {
    let point = |(x, y)| Point::new(x, y);
    TrialLine { line: "gate".parse().unwrap(), segment: Segment { a: point(a), b: point(b) } }
}

/// From below to above in the middle: `in` is to the right.
fn middle() -> TrialLine {
    line((0.5, 0.9), (0.5, 0.1))
}

fn way(feet: &[(f32, f32)], minute: UtcMicros) -> Way {
    let points = feet.iter().map(|(x, y)| WayPoint { foot: Point::new(*x, *y), height: 0.1 }).collect();
    Way { points, left_in_sight: Some(true), minute: minute.floor_to(MINUTE_US) }
}

/// Ways and points.
fn held(ways: &WaysOfToday) -> (usize, usize) {
    let held = ways.lock();
    (held.ways.len(), held.points)
}

fn told(trial: &LineTrial) -> (u32, u32, u32, u32) {
    let line = &trial.lines[0];
    (trial.tracks, line.entered, line.left, line.doubtful)
}

#[test]
fn a_line_counts_the_ways_of_today_both_ways() {
    let ways = WaysOfToday::default();
    let trial = |now| ways.try_lines(&[middle()], now);
    assert_eq!((told(&trial(NOON)), trial(NOON).since), ((0, 0, 0, 0), None));
    ways.remember(way(&[(0.2, 0.5), (0.4, 0.5), (0.8, 0.5)], NOON), MOST_POINTS);
    ways.remember(way(&[(0.8, 0.5), (0.2, 0.5)], NOON.plus_us(MINUTE_US)), MOST_POINTS);
    ways.remember(way(&[(0.1, 0.5), (0.2, 0.5)], NOON.plus_us(MINUTE_US)), MOST_POINTS);
    let now = NOON.plus_us(5 * MINUTE_US);
    assert_eq!(
        (told(&trial(now)), trial(now).since, trial(now).until),
        ((3, 1, 1, 0), Some(NOON.floor_to(MINUTE_US)), now)
    );
    let elsewhere = ways.try_lines(&[line((0.15, 0.9), (0.15, 0.1))], now);
    assert_eq!(told(&elsewhere), (3, 1, 0, 0));
}

#[test]
fn at_midnight_everything_is_forgotten() {
    let ways = WaysOfToday::default();
    ways.remember(way(&[(0.2, 0.5), (0.8, 0.5)], NOON), MOST_POINTS);
    let midnight = UtcMicros((NOON.0 + VIETNAM_OFFSET_US) / DAY_US * DAY_US + DAY_US - VIETNAM_OFFSET_US);
    ways.roll(midnight.plus_us(-1));
    assert_eq!(ways.lock().ways.len(), 1);
    ways.roll(midnight);
    assert_eq!(held(&ways), (0, 0));
    ways.remember(way(&[(0.2, 0.5), (0.8, 0.5)], NOON), MOST_POINTS);
    assert_eq!(
        told(&ways.try_lines(&[middle()], midnight)),
        (0, 0, 0, 0),
        "not even before the first look at the clock"
    );
}

#[test]
fn memory_is_bounded_and_the_oldest_go_first() {
    let ways = WaysOfToday::default();
    for n in 0..50 {
        ways.remember(way(&[(0.2, 0.5); 10], NOON.plus_us(n * MINUTE_US)), 100);
    }
    assert_eq!(held(&ways), (10, 100));
    assert_eq!(ways.try_lines(&[], NOON.plus_us(HOUR)).since, Some(NOON.plus_us(40 * MINUTE_US).floor_to(MINUTE_US)));
}

const HOUR: i64 = 60 * MINUTE_US;

#[test]
fn what_is_remembered_of_a_way_has_no_time_no_number_and_no_looks() {
    // Whoever adds a field here has to say why it is nobody's.
    let WayPoint { foot: Point { x: _, y: _ }, height: _ } = WayPoint { foot: Point::new(0.0, 0.0), height: 0.0 };
    let Way { points: _, left_in_sight: _, minute } = way(&[(0.2, 0.5)], NOON.plus_us(1_234_567));
    assert_eq!(minute, NOON.floor_to(MINUTE_US), "the minute, not the moment");
}

/// A thing that walks as the tracker sees it, five times a second; a wish for a place a frame, none where it is hidden.
fn follow(tracker: &mut Tracker, foot: Option<(f32, f32)>, at: UtcMicros) -> Vec<crate::tracking::Ended> {
    let seen = foot.map(|(x, y)| Detection {
        class: ObjectClass::Person,
        score: 0.9,
        rect: Rect::new(x - 0.02, y - 0.1, 0.04, 0.1),
        keypoints: Vec::new(),
    });
    tracker.update(&seen.into_iter().collect::<Vec<_>>(), at)
}

#[test]
fn of_other_kinds_and_of_a_view_that_moved_nothing_is_remembered() {
    let ways = WaysOfToday::default();
    let mut tracker = Tracker::new();
    let (mut persons, mut vehicles) = (Walks::of(TrackGroup::Person), Walks::of(TrackGroup::Vehicle));
    for n in 0..20u8 {
        let at = NOON.plus_us(i64::from(n) * 200_000);
        follow(&mut tracker, Some((0.2 + f32::from(n) * 0.03, 0.5)), at);
        for track in tracker.believed() {
            persons.look(track, &ways);
            vehicles.look(track, &ways);
        }
        if n == 19 {
            persons.suspend(at, None);
        }
    }
    for ended in tracker.end_all(EndReason::StreamLost) {
        persons.end(&ended.track, ended.reason, &ways);
        vehicles.end(&ended.track, ended.reason, &ways);
    }
    assert_eq!(ways.lock().ways.len(), 0);
}

#[test]
fn whoever_walks_to_and_fro_is_counted_while_walking_and_whoever_stands_fills_no_memory() {
    let (ways, mut tracker, mut walks) = (WaysOfToday::default(), Tracker::new(), Walks::of(TrackGroup::Person));
    let mut walk = |n: i64, x: f32| {
        follow(&mut tracker, Some((x, 0.5)), NOON.plus_us(n * 200_000));
        tracker.believed().for_each(|track| walks.look(track, &ways));
    };
    // Over the middle every six seconds, for two minutes.
    for n in 0..600 {
        let there = (n % 60 - 30i64).unsigned_abs();
        walk(n, 0.3 + 0.4 * there as f32 / 30.0);
    }
    let (tracks, entered, left, doubtful) = told(&ways.try_lines(&[middle()], NOON));
    assert!(tracks >= 3, "{tracks} pieces of a way that goes on");
    assert!(entered >= 7 && left >= 7 && doubtful <= 3, "{entered} in, {left} out, {doubtful} in doubt");
    for n in 600..1_200 {
        walk(n, 0.7);
    }
    assert!(ways.lock().ways.len() <= tracks as usize + 1, "standing is no way");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    /// Whatever is walked, with gaps and a view that is lost for a while: lines tried afterwards count what lines in force
    /// counted meanwhile.
    #[test]
    fn a_trial_counts_what_would_have_been_counted(
        steps in prop::collection::vec((-0.06f32..0.07, -0.05f32..0.05, prop::bool::weighted(0.85)), 8..120),
        begin in (0.1f32..0.9, 0.2f32..0.9),
        ends in prop::array::uniform4(0.05f32..0.95),
        blind in prop::option::of((0usize..100, 1usize..10)),
    ) {
        let drawn = line((ends[0], ends[1]), (ends[2], ends[3]));
        prop_assume!(drawn.segment.length() > 0.05);
        let ways = WaysOfToday::default();
        let (mut tracker, mut walks, mut watch) = (Tracker::new(), Walks::of(TrackGroup::Person), watch_of(&drawn));
        let mut live = Vec::new();
        let (mut x, mut y) = begin;
        let over = |ended: crate::tracking::Ended, watch: &mut LineWatch, walks: &mut Walks, live: &mut Vec<_>| {
            live.extend(watch.end(&ended.track, ended.reason));
            walks.end(&ended.track, ended.reason, &ways);
        };
        for (n, (dx, dy, seen)) in steps.iter().enumerate() {
            let at = NOON.plus_us(n as i64 * 200_000);
            (x, y) = ((x + dx).clamp(0.0, 1.0), (y + dy).clamp(0.1, 1.0));
            let counts = !blind.is_some_and(|(from, length)| (from..from + length).contains(&n));
            if !counts {
                watch.suspend(at);
                walks.suspend(at, Some(&ways));
            }
            let ended = follow(&mut tracker, seen.then_some((x, y)), at);
            if counts {
                for track in tracker.believed() {
                    live.extend(watch.look(track));
                    walks.look(track, &ways);
                }
            }
            for ended in ended {
                over(ended, &mut watch, &mut walks, &mut live);
            }
        }
        for ended in tracker.end_all(EndReason::StreamLost) {
            over(ended, &mut watch, &mut walks, &mut live);
        }
        let count = |direction, doubtful| {
            live.iter().filter(|c| c.doubtful == doubtful && (doubtful || c.direction == direction)).count() as u32
        };
        let trial = ways.try_lines(&[drawn], NOON);
        let lines = &trial.lines[0];
        let counted = (lines.entered, lines.left, lines.doubtful);
        prop_assert_eq!(counted, (count(Direction::In, false), count(Direction::Out, false), count(Direction::In, true)));
    }
}
