//! Who walks where on the squares: ways through points at a steady pace, with pauses, laid out so that a given point is
//! passed at a given second. Pure arithmetic; nothing here is drawn.

use crate::draw::noise::unit;

/// One way, as moments and places.
#[derive(Debug, Clone)]
pub(crate) struct Walk {
    /// Second, x, y; rising in time.
    points: Vec<(f32, f32, f32)>,
}

impl Walk {
    /// Goes through `way` at `speed`, waits at (index, seconds), and passes `way[anchor]` first at `at_s`.
    pub(crate) fn new(way: &[(f32, f32)], speed: f32, waits: &[(usize, f32)], anchor: usize, at_s: f32) -> Self {
        let mut points = Vec::new();
        let (mut t, mut anchored) = (0.0, 0.0);
        for (i, &(x, y)) in way.iter().enumerate() {
            if i > 0 {
                let (px, py) = way[i - 1];
                t += (x - px).hypot(y - py) / speed;
            }
            if i == anchor {
                anchored = t;
            }
            points.push((t, x, y));
            if let Some(&(_, wait)) = waits.iter().find(|w| w.0 == i) {
                t += wait;
                points.push((t, x, y));
            }
        }
        for p in &mut points {
            p.0 += at_s - anchored;
        }
        Self { points }
    }

    /// Through places at given seconds, rising in time.
    pub(crate) fn timed(points: Vec<(f32, f32, f32)>) -> Self {
        Self { points }
    }

    fn raw(&self, t: f32) -> (f32, f32) {
        let first = self.points[0];
        if t <= first.0 {
            return (first.1, first.2);
        }
        for pair in self.points.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            if t < b.0 {
                let k = (t - a.0) / (b.0 - a.0).max(1e-6);
                return (a.1 + (b.1 - a.1) * k, a.2 + (b.2 - a.2) * k);
            }
        }
        let last = self.points[self.points.len() - 1];
        (last.1, last.2)
    }

    /// Where it is; corners are rounded, as people do.
    pub(crate) fn at(&self, t: f32) -> (f32, f32) {
        let mut sum = (0.0, 0.0);
        for k in -3i8..=3 {
            let p = self.raw(t + f32::from(k) * 0.13);
            sum = (sum.0 + p.0 / 7.0, sum.1 + p.1 / 7.0);
        }
        sum
    }

    /// Metres gone since the start.
    pub(crate) fn gone(&self, t: f32) -> f32 {
        let mut sum = 0.0;
        for pair in self.points.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let share = ((t - a.0) / (b.0 - a.0).max(1e-6)).clamp(0.0, 1.0);
            sum += (b.1 - a.1).hypot(b.2 - a.2) * share;
        }
        sum
    }

    /// First and last second of the way.
    pub(crate) fn span(&self) -> (f32, f32) {
        (self.points[0].0, self.points[self.points.len() - 1].0)
    }
}

/// What somebody does at the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Habit {
    /// Goes over it.
    Walks,
    /// Stands before it for a while, then goes over it.
    Waits,
    /// Turns round before it.
    TurnsRound,
    /// Goes over it, and back again.
    ComesBack,
}

/// One person's part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    /// When the line (or the turning point) is reached.
    pub(crate) at_s: f32,
    /// Which way over the line.
    pub(crate) inward: bool,
    /// Where on the line, 0..1.
    pub(crate) place: f32,
    pub(crate) habit: Habit,
    /// Goes in step with the one before.
    pub(crate) paired: bool,
}

const fn part(at_s: f32, inward: bool, place: f32) -> Part {
    Part { at_s, inward, place, habit: Habit::Walks, paired: false }
}

/// The parts of the first square: fourteen go in, nine out.
pub(crate) fn first_square() -> Vec<Part> {
    let (i, o) = (true, false);
    let pair = |p: Part| Part { paired: true, ..p };
    let habit = |p: Part, habit: Habit| Part { habit, ..p };
    vec![
        part(3.2, i, 0.30),
        part(6.0, o, 0.72),
        part(8.6, i, 0.52),
        pair(part(8.7, i, 0.60)),
        part(11.8, o, 0.25),
        part(14.0, i, 0.80),
        habit(part(16.0, o, 0.48), Habit::TurnsRound),
        part(18.6, i, 0.33),
        part(20.2, o, 0.66),
        pair(part(20.4, o, 0.745)),
        part(23.4, i, 0.50),
        habit(part(26.0, i, 0.20), Habit::Waits),
        part(28.2, o, 0.78),
        part(30.4, i, 0.60),
        habit(part(33.0, i, 0.38), Habit::ComesBack),
        part(36.6, o, 0.68),
        part(38.4, i, 0.22),
        pair(part(38.6, i, 0.30)),
        part(41.6, o, 0.55),
        part(44.2, i, 0.76),
        part(46.8, o, 0.30),
        part(49.4, i, 0.48),
        part(52.0, i, 0.70),
        part(54.4, o, 0.35),
        part(56.6, i, 0.55),
    ]
}

/// The parts of the second square: eight go in, six out.
pub(crate) fn second_square() -> Vec<Part> {
    let (i, o) = (true, false);
    let habit = |p: Part, habit: Habit| Part { habit, ..p };
    vec![
        part(5.0, i, 0.30),
        part(9.2, o, 0.55),
        part(13.4, i, 0.42),
        Part { paired: true, ..part(13.6, i, 0.50) },
        part(18.0, o, 0.25),
        habit(part(22.0, i, 0.62), Habit::TurnsRound),
        part(25.2, i, 0.36),
        part(29.6, o, 0.66),
        part(33.4, i, 0.24),
        habit(part(37.2, i, 0.50), Habit::Waits),
        part(41.0, o, 0.40),
        part(45.4, i, 0.58),
        habit(part(49.0, o, 0.30), Habit::Walks),
        part(52.6, i, 0.46),
        part(56.0, o, 0.62),
    ]
}

/// A cast drawn from a seed: somebody new every so many seconds (`gaps`: least and most), with the habits of the told
/// casts in the shares they have there.
pub(crate) fn drawn(seed: u32, gaps: (f32, f32)) -> Vec<Part> {
    const LAST_S: f32 = 57.0;
    let mut parts: Vec<Part> = Vec::new();
    let mut at_s = gaps.1;
    for i in 0.. {
        let r = |k: i32| unit(i, 40 + k, seed);
        if at_s > LAST_S {
            break;
        }
        let habit = match r(0) {
            r if r < 0.06 => Habit::TurnsRound,
            r if r < 0.12 => Habit::Waits,
            r if r < 0.17 => Habit::ComesBack,
            _ => Habit::Walks,
        };
        let first = Part { habit, ..part(at_s, r(1) < 0.58, 0.2 + 0.55 * r(2)) };
        parts.push(first);
        if habit == Habit::Walks && r(3) < 0.22 {
            let beside = first.place + 0.075 + 0.02 * r(4);
            parts.push(Part { paired: true, ..part(at_s + 0.1 + 0.1 * r(5), first.inward, beside) });
        }
        at_s += gaps.0 + (gaps.1 - gaps.0) * r(6);
    }
    parts
}

/// The way of a part that goes up or down the picture over a line from `a` to `b` (ground places).
pub(crate) fn up_or_down(part: &Part, a: (f32, f32), b: (f32, f32), seed: u32) -> (Walk, f32) {
    let r = |k: i32| unit(k, 21, seed);
    let (lx, ly) = (a.0 + (b.0 - a.0) * part.place, a.1 + (b.1 - a.1) * part.place);
    let side = if r(1) < 0.5 { -1.0 } else { 1.0 };
    let far = (side * (14.5 + 3.0 * r(2)), 18.5 + 4.0 * r(3));
    let bend = (lx + side * (1.0 + 2.0 * r(4)), ly + 3.4 + 1.2 * r(5));
    let near = (lx * 0.75 + (r(6) - 0.5) * 1.6, 3.4);
    let speed = 1.12 + 0.38 * r(7);
    let mut way = vec![far, bend, (lx, ly), near];
    if !part.inward {
        way.reverse();
    }
    finish(part, way, if part.inward { 2 } else { 1 }, (0.0, if part.inward { 1.0 } else { -1.0 }), speed)
}

/// The way of a part that goes from side to side over a line from `a` to `b`.
pub(crate) fn side_to_side(part: &Part, a: (f32, f32), b: (f32, f32), seed: u32) -> (Walk, f32) {
    let r = |k: i32| unit(k, 22, seed);
    let (lx, ly) = (a.0 + (b.0 - a.0) * part.place, a.1 + (b.1 - a.1) * part.place);
    let reach = ly * 0.66 + 1.5;
    let left = (-reach, ly + (r(1) - 0.5) * 1.6);
    let right = (reach + 1.0, ly + (r(2) - 0.5) * 1.6);
    let speed = 1.12 + 0.38 * r(7);
    let mut way = vec![left, (lx, ly), right];
    if !part.inward {
        way.reverse();
    }
    finish(part, way, 1, (if part.inward { -1.0 } else { 1.0 }, 0.0), speed)
}

/// Bends a plain way to the habit; `back` points from the line to where the part comes from.
fn finish(part: &Part, mut way: Vec<(f32, f32)>, line: usize, back: (f32, f32), speed: f32) -> (Walk, f32) {
    let (lx, ly) = way[line];
    let beside = |k: f32| (lx + back.0 * k, ly + back.1 * k);
    match part.habit {
        Habit::Walks => (Walk::new(&way, speed, &[], line, part.at_s), speed),
        Habit::Waits => {
            way.insert(line, beside(1.3));
            (Walk::new(&way, speed, &[(line, 5.0)], line, part.at_s), speed)
        }
        Habit::TurnsRound => {
            way.truncate(line);
            let start = way.clone();
            way.push(beside(1.9));
            way.extend(start.into_iter().rev().map(|(x, y)| (x + back.1 * 1.2, y + back.0 * 0.6)));
            (Walk::new(&way, speed, &[(line, 0.6)], line, part.at_s), speed)
        }
        Habit::ComesBack => {
            way.truncate(line + 1);
            let start = way.clone();
            way.push(beside(-2.4));
            way.extend(start.into_iter().rev().map(|(x, y)| (x + back.1 * 1.0, y + back.0 * 0.6)));
            (Walk::new(&way, speed, &[(line + 1, 0.8)], line, part.at_s), speed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_passes_its_anchor_in_time() {
        let walk = Walk::new(&[(0.0, 0.0), (10.0, 0.0), (20.0, 0.0)], 2.0, &[(0, 1.0)], 1, 30.0);
        let (x, _) = walk.at(30.0);
        assert!((x - 10.0).abs() < 0.01);
        assert_eq!(walk.span(), (24.0, 35.0));
        assert!((walk.gone(30.0) - 10.0).abs() < 0.01);
    }
}
