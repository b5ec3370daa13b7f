//! Who comes to the sample gates, when, which way, and how they hold their heads; and the truth that follows from it.
//! Arithmetic only; nothing here is drawn.

use contract::geometry::{Point, Segment};

use super::figures::{Figure, Pose};
use super::gate_head::{EYES_M, HeadPose};
use super::walks::Walk;
use super::{HEIGHT, Scene, WIDTH};
use crate::draw::noise::{smooth, unit};
use crate::draw::paint::Rgb;
use crate::draw::pinhole::{Pinhole, v3};
use crate::truth::{GateAnswer, GateFigure, Span};

/// Eyes this far apart on the picture, pixels, allow to know a face.
pub(crate) const NEAR_EYES_PX: f32 = 60.0;
/// Where people stand, metres before the lens.
const STAND_M: f32 = 0.92;
/// From here on they come slowly.
const SLOW_M: f32 = 2.3;
const SLOW_M_S: f32 = 0.75;
const WALK_M_S: f32 = 1.3;
/// The body turns round in this time, seconds.
const TURN_S: f32 = 0.7;
/// How the head is turned before and after the arrival: seconds, degrees to the picture's right. A look to both sides on the
/// way, straight while the face becomes large enough, a look to both sides while standing, then straight for over a
/// second.
const LOOKS: [(f32, f32); 13] = [
    (-3.9, 0.0),
    (-3.3, 23.0),
    (-3.0, 23.0),
    (-2.2, -23.0),
    (-1.9, -23.0),
    (-1.25, 0.0),
    (0.30, 0.0),
    (0.70, 23.0),
    (0.85, 23.0),
    (1.40, -23.0),
    (1.55, -23.0),
    (STRAIGHT_S, 0.0),
    (9.0, 0.0),
];
/// From then on after the arrival it is held straight.
const STRAIGHT_S: f32 = 1.95;
/// So long before its bearer turns round a print is lowered, and a drawn face appears behind it.
const LOWERED_S: f32 = 0.5;

/// What differs between the two forecourts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site {
    pub(crate) title: &'static str,
    pub(crate) seed: u32,
    /// Distance of the building.
    pub(crate) wall_y: f32,
    /// Left and right edge of the door.
    pub(crate) door: (f32, f32),
    /// The side of the picture where the door is: 1 right, -1 left.
    pub(crate) side: f32,
    pub(crate) plaster: Rgb,
    pub(crate) paving: (Rgb, Rgb),
}

impl Site {
    pub(crate) fn of(scene: Scene, seed: u32) -> Self {
        if scene == Scene::Gate {
            Self {
                title: "Cổng mẫu 1",
                seed,
                wall_y: 8.5,
                door: (0.55, 1.75),
                side: 1.0,
                plaster: [0.78, 0.71, 0.54],
                paving: ([0.52, 0.50, 0.47], [0.60, 0.53, 0.46]),
            }
        } else {
            Self {
                title: "Cổng mẫu 2",
                seed,
                wall_y: 8.8,
                door: (-1.80, -0.60),
                side: -1.0,
                plaster: [0.66, 0.70, 0.68],
                paving: ([0.50, 0.51, 0.52], [0.46, 0.43, 0.42]),
            }
        }
    }

    /// The line before the door, on the ground; who goes in crosses it from its left to its right.
    pub(crate) fn door_line(&self) -> ((f32, f32), (f32, f32)) {
        let y = self.wall_y - 0.6;
        ((self.door.1 + 0.25, y), (self.door.0 - 0.25, y))
    }
}

/// The camera of both gates: a little above people's eyes.
pub(crate) fn camera() -> Pinhole {
    Pinhole::new(v3(0.0, 0.0, 1.70), 0.0, 10.0, 1400.0, WIDTH, HEIGHT)
}

/// Where a face must be to count as come up, 0..1: people's faces get there within about two metres of the lens, and only
/// before it.
pub(crate) fn approach() -> Vec<Point> {
    [(0.34, 0.28), (0.66, 0.28), (0.72, 0.98), (0.28, 0.98)].map(|(x, y)| Point::new(x, y)).to_vec()
}

/// The line before the door on the picture.
pub(crate) fn door_segment(site: &Site, camera: &Pinhole) -> Segment {
    let at = |p: (f32, f32)| camera.point(v3(p.0, p.1, 0.0)).expect("it lies before the camera");
    let (a, b) = site.door_line();
    Segment { a: at(a), b: at(b) }
}

/// One person's visit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    pub(crate) who: GateFigure,
    /// Arrival before the lens; for passers-by the first second of their way.
    at_s: f32,
    stay_s: f32,
    /// Comes from the left (-1) or right (1).
    from: f32,
    through_door: bool,
    pub(crate) expected: Option<GateAnswer>,
    pub(crate) note: &'static str,
    looks: u32,
}

const fn visit(who: GateFigure, at_s: f32, stay_s: f32, from: f32, answer: GateAnswer, note: &'static str) -> Part {
    Part { who, at_s, stay_s, from, through_door: false, expected: Some(answer), note, looks: 0 }
}

const fn passing(at_s: f32, from: f32, note: &'static str) -> Part {
    Part { who: GateFigure::PasserBy, at_s, stay_s: 0.0, from, through_door: false, expected: None, note, looks: 0 }
}

/// The script of a gate and its length in seconds.
pub(crate) fn script(scene: Scene) -> (Vec<Part>, u32) {
    use GateAnswer::{Admit, Verify};
    use GateFigure::{Enrolled, Print, Stranger};
    let (mut parts, length) = if scene == Scene::Gate {
        let first = Part { through_door: true, ..visit(Enrolled, 10.0, 3.4, -1.0, Admit, "comes up, goes in") };
        (
            vec![
                passing(0.3, -1.0, "passes at the side, does not stop"),
                first,
                visit(Stranger, 23.0, 3.4, -1.0, Verify, "a drawn head that nobody enrolled"),
                visit(Print, 33.5, 3.8, 1.0, Verify, "the enrolled face on paper, held up"),
                passing(40.5, 1.0, "crosses the forecourt far away"),
                visit(Enrolled, 56.0, 3.4, -1.0, Verify, "comes again after the withdrawal"),
            ],
            66,
        )
    } else {
        (
            vec![
                visit(Stranger, 10.0, 3.4, 1.0, Verify, "a drawn head that nobody enrolled"),
                passing(14.5, -1.0, "passes at the side, does not stop"),
                visit(Enrolled, 28.0, 3.4, 1.0, Verify, "enrolled, but for the other gate"),
            ],
            40,
        )
    };
    for (i, part) in parts.iter_mut().enumerate() {
        part.looks = i as u32;
    }
    (parts, length)
}

/// One person with its way.
#[derive(Debug)]
pub(crate) struct Visitor {
    pub(crate) part: Part,
    pub(crate) figure: Figure,
    walk: Walk,
    seed: u32,
}

impl Visitor {
    pub(crate) fn new(part: Part, site: &Site) -> Self {
        let seed = site.seed.wrapping_mul(17).wrapping_add(7919 * (part.looks + 2));
        let r = |k: i32| unit(k, 71, seed);
        let figure = match part.who {
            // The suit of the portrait, and its skin.
            GateFigure::Enrolled => Figure::new(4).dressed([0.72, 0.28, 0.14], [0.90, 0.70, 0.60], 1.66),
            GateFigure::Print => Figure::new(seed).without_arms(),
            _ => Figure::new(seed),
        };
        let stand = ((r(1) - 0.5) * 0.10, STAND_M + 0.04 * (r(2) - 0.5));
        let walk = if part.who == GateFigure::PasserBy {
            passers_way(&part, r(3))
        } else {
            visitors_way(&part, site, stand, r(4))
        };
        Self { part, figure: figure.without_head(), walk, seed }
    }

    /// First and last second of its way.
    pub(crate) fn span(&self) -> (f32, f32) {
        self.walk.span()
    }

    /// Where the body is and how it goes.
    pub(crate) fn pose(&self, t: f32) -> Pose {
        let (x, y) = self.walk.at(t);
        let heading = |t: f32| {
            let ((ax, ay), (bx, by)) = (self.walk.at(t - 0.12), self.walk.at(t + 0.12));
            (bx - ax, by - ay)
        };
        let (dx, dy) = heading(t);
        let length = dx.hypot(dy);
        let angle = match self.leaving(t) {
            Some(turned) => {
                let (ax, ay) = heading(t.max(self.part.at_s + self.part.stay_s + TURN_S));
                let (to, from) = (ay.atan2(ax), -std::f32::consts::FRAC_PI_2);
                // Round by the side it came from.
                let way = (to - from).rem_euclid(std::f32::consts::TAU);
                let way =
                    if self.part.through_door == (self.part.from < 0.0) { way } else { way - std::f32::consts::TAU };
                from + way * turned
            }
            None if length > 0.01 && self.part.who == GateFigure::PasserBy => dy.atan2(dx),
            None if y > SLOW_M + 0.4 && length > 0.01 => dy.atan2(dx),
            None => -std::f32::consts::FRAC_PI_2,
        };
        Pose { x, y, facing: (angle.cos(), angle.sin()), speed: length / 0.24, gone: self.walk.gone(t), t }
    }

    /// How far it has turned round to leave, 0..1.
    fn leaving(&self, t: f32) -> Option<f32> {
        let since = t - self.part.at_s - self.part.stay_s;
        (self.part.who != GateFigure::PasserBy && since > 0.0).then(|| {
            let k = (since / TURN_S).min(1.0);
            k * k * (3.0 - 2.0 * k)
        })
    }

    /// Where the head is and where it looks.
    pub(crate) fn head(&self, t: f32, camera: &Pinhole) -> HeadPose {
        let pose = self.pose(t);
        let lift = self.figure.bob(&pose);
        let neck = v3(pose.x, pose.y, self.figure.height - 0.125 + lift);
        let idle = |k: f32, size: f32| (smooth(t * 0.7, k, self.seed) - 0.5) * size;
        let to_lens = (camera.at.y - pose.y).atan2(camera.at.x - pose.x);
        let body = pose.facing.1.atan2(pose.facing.0);
        let away = (body - to_lens + std::f32::consts::PI).rem_euclid(std::f32::consts::TAU) - std::f32::consts::PI;
        let yaw = match (self.part.who, self.leaving(t)) {
            (GateFigure::PasserBy, _) | (_, Some(_)) => away.to_degrees(),
            (GateFigure::Print, None) => 0.0,
            (GateFigure::Stranger, None) => -0.9 * look(t - self.part.at_s),
            (GateFigure::Enrolled, None) => look(t - self.part.at_s),
        };
        HeadPose::new(neck, camera.at, yaw + idle(1.0, 3.0), idle(2.0, 4.0), idle(3.0, 4.0))
    }

    /// How far apart the eyes would be if the head looked straight, pixels, and the face's middle, 0..1.
    pub(crate) fn face(&self, t: f32, camera: &Pinhole) -> Option<(f32, Point)> {
        let head = self.head(t, camera);
        let (_, _, depth) = camera.project(head.eyes)?;
        Some((camera.focal * EYES_M / depth, camera.point(head.place(0.0, 0.5, 0.0))?))
    }

    /// Is the face near enough and in the zone? Nobody is while leaving.
    pub(crate) fn is_near(&self, t: f32, camera: &Pinhole) -> bool {
        let (start, end) = self.span();
        let there = (start..end).contains(&t) && self.leaving(t).is_none_or(|turned| turned < 0.3);
        let zone = approach();
        there && self.face(t, camera).is_some_and(|(eyes, at)| eyes >= NEAR_EYES_PX && contains(&zone, at))
    }

    /// While it stands: from when on the head (or the print) is held straight, until it leaves (or the print is lowered).
    pub(crate) fn straight(&self) -> Span {
        let held = self.part.who == GateFigure::Print;
        let (from, to) = if held { (0.0, self.part.stay_s - LOWERED_S) } else { (STRAIGHT_S, self.part.stay_s) };
        let whole_ms = |s: f32| (f64::from(s) * 1000.0).round() / 1000.0;
        Span { from_s: whole_ms(self.part.at_s + from), to_s: whole_ms(self.part.at_s + to) }
    }

    /// The tilt of a held sheet: yaw, pitch, roll in degrees.
    pub(crate) fn sheet_tilt(&self, t: f32) -> (f32, f32, f32) {
        let wave = |k: f32, size: f32| (smooth(t * 0.9, k, self.seed) - 0.5) * 2.0 * size;
        (wave(5.0, 9.0), wave(6.0, 6.0), wave(7.0, 6.0))
    }

    /// How far the sheet is raised, 0 at the belt, 1 before the face.
    pub(crate) fn sheet_raised(&self, t: f32) -> f32 {
        let arrival = t - self.part.at_s;
        let up = ((arrival + 4.2) / 0.9).clamp(0.0, 1.0);
        let down = ((arrival - self.part.stay_s + LOWERED_S) / 0.6).clamp(0.0, 1.0);
        let k = up * (1.0 - down);
        k * k * (3.0 - 2.0 * k)
    }
}

/// Within a polygon?
fn contains(zone: &[Point], p: Point) -> bool {
    let mut inside = false;
    for (i, b) in zone.iter().enumerate() {
        let a = zone[(i + zone.len() - 1) % zone.len()];
        if (a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x {
            inside = !inside;
        }
    }
    inside
}

/// Degrees at a moment before or after the arrival.
fn look(since: f32) -> f32 {
    let at = LOOKS.iter().position(|l| l.0 > since).unwrap_or(LOOKS.len() - 1).max(1);
    let ((t0, a), (t1, b)) = (LOOKS[at - 1], LOOKS[at]);
    let k = ((since - t0) / (t1 - t0)).clamp(0.0, 1.0);
    a + (b - a) * k * k * (3.0 - 2.0 * k)
}

/// At the side of the picture up to the lens and out, or across the forecourt far away.
fn passers_way(part: &Part, vary: f32) -> Walk {
    let s = part.from;
    let way: Vec<(f32, f32)> = if part.note.contains("far") {
        vec![(s * 3.6, 5.6 + 0.4 * vary), (0.0, 5.3), (-s * 3.4, 5.0)]
    } else {
        vec![(s * 2.35, 7.6), (s * 0.62, 2.1), (s * 1.6, 1.75)]
    };
    let mut points = vec![(part.at_s, way[0].0, way[0].1)];
    for pair in way.windows(2) {
        let t = points[points.len() - 1].0 + (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1) / WALK_M_S;
        points.push((t, pair[1].0, pair[1].1));
    }
    Walk::timed(points)
}

/// Up to the lens, a while there, and away.
fn visitors_way(part: &Part, site: &Site, stand: (f32, f32), vary: f32) -> Walk {
    let slow = (stand.0 * 1.2, SLOW_M);
    let far = (part.from * (2.2 + 0.3 * vary), 7.0);
    let mut points = vec![(part.at_s, stand.0, stand.1)];
    let mut t = part.at_s - (slow.1 - stand.1) / SLOW_M_S;
    points.insert(0, (t, slow.0, slow.1));
    t -= (far.0 - slow.0).hypot(far.1 - slow.1) / WALK_M_S;
    points.insert(0, (t, far.0, far.1));
    t -= 1.3 / WALK_M_S;
    points.insert(0, (t, far.0 + part.from * 1.3, far.1 + 0.1));
    let mut from = (part.at_s + part.stay_s, stand.0, stand.1);
    points.push(from);
    let door = (site.door.0 + site.door.1) / 2.0;
    let away: Vec<(f32, f32)> = if part.through_door {
        vec![(door * 0.35, 2.6), (door, site.wall_y - 1.0), (door, site.wall_y + 1.6)]
    } else {
        vec![(part.from * 0.5, 2.4), (part.from * 2.9, 6.2), (part.from * 4.4, 6.6)]
    };
    for (x, y) in away {
        from = (from.0 + (x - from.1).hypot(y - from.2) / WALK_M_S, x, y);
        points.push(from);
    }
    Walk::timed(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_looks_to_both_sides_and_then_straight() {
        let at = |s: f32| look(s);
        assert!(at(-3.1) > 20.0 && at(-2.0) < -20.0 && at(0.8) > 20.0 && at(1.5) < -20.0);
        for tenth in 0..12 {
            assert!(at(2.0 + f32::from(tenth as u8) * 0.1).abs() < 1.0);
        }
    }

    #[test]
    fn visitors_come_up_and_passers_by_do_not() {
        let camera = camera();
        for scene in [Scene::Gate, Scene::Gate2] {
            let site = Site::of(scene, scene.seed() as u32);
            for part in script(scene).0 {
                let visitor = Visitor::new(part, &site);
                let (start, end) = visitor.span();
                let near = (0..1000).map(|k| start + (end - start) * k as f32 / 1000.0);
                let near = near.filter(|&t| visitor.is_near(t, &camera)).count() as f32 / 1000.0 * (end - start);
                if part.who == GateFigure::PasserBy {
                    assert_eq!(near, 0.0, "{}", part.note);
                } else {
                    assert!((3.5..6.0).contains(&near), "{} {near}", part.note);
                    let (eyes, _) = visitor.face(part.at_s + 1.0, &camera).unwrap();
                    assert!((90.0..140.0).contains(&eyes), "{} {eyes}", part.note);
                }
            }
        }
    }
}
