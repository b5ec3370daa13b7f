//! People in a blob of moving pixels: how large somebody is where they stand, and how many stand there together. The height
//! is learned from those who walk alone; a blob too large for one is explained by as many people of that height as its
//! pixels support (in the way of Zhao and Nevatia, CVPR 2003, with boxes for bodies).

use super::blobs::{around, overlap, shrunk};
use crate::activity::background::Part;
use crate::picture::GreyPicture;

/// A body's width beside its height: most of its pixels lie within.
const BODY: f64 = 0.34;
/// Arms and a step included: what one person explains.
const REACH: f64 = 0.42;
/// Wider than this beside the usual height, a blob may hold more than one.
const ALONE_WIDE: f64 = 0.52;
/// Higher than this beside the usual height, too.
const ALONE_HIGH: f64 = 1.25;
/// … but what is higher than this is no group of people: a car on a square, a camera that looks from too near.
const GROUP_HIGH: f64 = 2.2;
/// A body counts when this share of it moves, whoever that is, …
const LEAST_FILLED: f64 = 0.5;
/// … and nobody else explains this share of it: somebody behind another shows head and shoulders.
const LEAST_NEW: f64 = 0.2;
/// Where nothing moves speaks against a body by this much.
const EMPTY: f64 = 0.5;
/// Somebody was seen there a moment ago: that much less must be new.
const SEEN_BEFORE: f64 = 0.06;
/// People looked for in one blob.
const MOST_PEOPLE: usize = 6;

/// How high a person is by where the feet are: on level ground a straight line. Learned, forgetting slowly.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Perspective {
    n: f64,
    y: f64,
    h: f64,
    yy: f64,
    yh: f64,
}

impl Perspective {
    const KEEPS: f64 = 0.998;

    pub(super) fn learn(&mut self, foot: f64, height: f64) {
        for sum in [&mut self.n, &mut self.y, &mut self.h, &mut self.yy, &mut self.yh] {
            *sum *= Self::KEEPS;
        }
        self.n += 1.0;
        self.y += foot;
        self.h += height;
        self.yy += foot * foot;
        self.yh += foot * height;
    }

    /// The usual height at this place; none while too little was seen.
    pub(super) fn usual(&self, foot: f64) -> Option<f64> {
        if self.n < 25.0 {
            return None;
        }
        let (y, h) = (self.y / self.n, self.h / self.n);
        let (spread, both) = (self.yy / self.n - y * y, self.yh / self.n - y * h);
        // Feet all on one row give no slope.
        let slope = if spread > 25.0 { (both / spread).max(0.0) } else { 0.0 };
        Some((h + slope * (foot - y)).max(8.0))
    }
}

/// Per column of a blob: the highest moving pixel, counted from the blob's top; its height where none moves.
fn tops(blob: Part, moving: &GreyPicture) -> Vec<i32> {
    let mut tops = vec![blob.h; blob.w as usize];
    for dy in 0..blob.h {
        let row = ((blob.y + dy) as u32 * moving.width + blob.x as u32) as usize;
        for (dx, pixel) in moving.data[row..row + blob.w as usize].iter().enumerate() {
            if *pixel > 0 {
                tops[dx] = tops[dx].min(dy);
            }
        }
    }
    tops
}

/// Without the flat parts at its sides: shadows that were not recognised lie at a person's feet.
pub(super) fn trimmed(blob: Part, moving: &GreyPicture) -> Part {
    let tops = tops(blob, moving);
    let upright = |x: &usize| tops[*x] < blob.h * 55 / 100;
    let (Some(first), Some(last)) = ((0..tops.len()).find(upright), (0..tops.len()).rev().find(upright)) else {
        return blob;
    };
    // A step sets a foot a little outside the body.
    let step = (blob.h / 12) as usize;
    let (from, to) = (first.saturating_sub(step), (last + 1 + step).min(tops.len()));
    if to - from < 4 { blob } else { shrunk(blob, from as i32, to as i32, moving).unwrap_or(blob) }
}

/// Head, body and legs stand over each other.
pub(super) fn one_person(a: Part, b: Part) -> bool {
    let across = overlap(a.x, a.w, b.x, b.w);
    let down = overlap(a.y, a.h, b.y, b.h);
    let together = around(a, b);
    across * 10 >= 6 * a.w.min(b.w) && -down <= a.h.max(b.h) * 35 / 100 && together.h * 10 <= 45 * together.w
}

/// The people in a blob: one, or as many as explain it. `before` are the places where they are expected.
pub(super) fn apart(blob: Part, moving: &GreyPicture, perspective: &Perspective, before: &[Part]) -> Vec<Part> {
    let alone = trimmed(blob, moving);
    let Some(usual) = perspective.usual(f64::from(blob.y + blob.h)) else { return vec![alone] };
    if f64::from(alone.w) < ALONE_WIDE * usual && f64::from(alone.h) < ALONE_HIGH * usual {
        return vec![alone];
    }
    if f64::from(alone.h) > GROUP_HIGH * usual {
        return vec![alone];
    }
    let mut unexplained: Vec<bool> = Vec::with_capacity((blob.w * blob.h) as usize);
    for y in blob.y..blob.y + blob.h {
        let row = (y as u32 * moving.width + blob.x as u32) as usize;
        unexplained.extend(moving.data[row..row + blob.w as usize].iter().map(|p| *p > 0));
    }
    let moves = Sums::of(blob, &unexplained);
    let mut people = Vec::new();
    while people.len() < MOST_PEOPLE {
        let open = Sums::of(blob, &unexplained);
        let Some(body) = best_body(blob, &moves, &open, moving.height, perspective, before) else { break };
        people.push(Part { area: moves.count(body), ..cut(body, blob) });
        let height = f64::from(body.h);
        let reach = Part { x: body.x + body.w / 2 - (REACH * height / 2.0) as i32, w: (REACH * height) as i32, ..body };
        let taken = cut(reach, blob);
        for y in taken.y..taken.y + taken.h {
            let row = ((y - blob.y) * blob.w + taken.x - blob.x) as usize;
            unexplained[row..row + taken.w as usize].fill(false);
        }
    }
    if people.len() < 2 { vec![alone] } else { people }
}

/// The body that explains most of what is still open; none where nothing looks like one.
fn best_body(
    blob: Part,
    moves: &Sums,
    open: &Sums,
    picture_height: u32,
    perspective: &Perspective,
    before: &[Part],
) -> Option<Part> {
    let mut best: Option<(f64, Part)> = None;
    let bottom = blob.y + blob.h;
    // Whoever is cut by the lower edge stands below the picture.
    let below = if bottom + 1 >= picture_height as i32 { (bottom - blob.y) / 2 } else { 2 };
    let step = (blob.h / 40).max(1) as usize;
    for foot in (blob.y + blob.h / 4..=bottom + below).step_by(step) {
        let Some(height) = perspective.usual(f64::from(foot)) else { continue };
        let (w, h) = ((BODY * height) as i32, height as i32);
        for x in (blob.x - w / 4..=blob.x + blob.w - w * 3 / 4).step_by((w / 8).max(1) as usize) {
            let body = Part { x, y: foot - h, w, h, area: 0 };
            // What lies outside of the picture is neither for nor against it.
            let inside = w * (body.y + h).min(picture_height as i32).saturating_sub(body.y.max(0));
            if inside * 3 < w * h {
                continue;
            }
            let (new, all) = (f64::from(open.count(body)), f64::from(moves.count(body)));
            let area = f64::from(inside);
            let known = before.iter().any(|b| {
                let (dx, dy) = (b.x * 2 + b.w - x * 2 - w, b.y + b.h - foot);
                f64::from(dx.abs()) < 0.3 * height && f64::from(dy.abs()) < 0.12 * height
            });
            let least = if known { LEAST_NEW - SEEN_BEFORE } else { LEAST_NEW };
            let score = new - EMPTY * (area - all) + if known { SEEN_BEFORE * area } else { 0.0 };
            let may_be = all >= LEAST_FILLED * area && new >= least * area;
            if may_be && best.as_ref().is_none_or(|(s, _)| score > *s) {
                best = Some((score, body));
            }
        }
    }
    best.map(|(_, body)| body)
}

/// What of a box lies in the blob's box.
fn cut(body: Part, blob: Part) -> Part {
    let (x, y) = (body.x.max(blob.x), body.y.max(blob.y));
    let (right, bottom) = ((body.x + body.w).min(blob.x + blob.w), (body.y + body.h).min(blob.y + blob.h));
    Part { x, y, w: (right - x).max(1), h: (bottom - y).max(1), area: body.area }
}

/// Counts of marked pixels of a blob, for any box at once.
struct Sums {
    blob: Part,
    sums: Vec<i32>,
}

impl Sums {
    fn of(blob: Part, marked: &[bool]) -> Self {
        let (w, h) = (blob.w as usize, blob.h as usize);
        let mut sums = vec![0; (w + 1) * (h + 1)];
        for y in 0..h {
            let mut row = 0;
            for x in 0..w {
                row += i32::from(marked[y * w + x]);
                sums[(y + 1) * (w + 1) + x + 1] = sums[y * (w + 1) + x + 1] + row;
            }
        }
        Self { blob, sums }
    }

    fn count(&self, part: Part) -> i32 {
        let column = |x: i32| (x - self.blob.x).clamp(0, self.blob.w) as usize;
        let row = |y: i32| (y - self.blob.y).clamp(0, self.blob.h) as usize;
        let at = |x: usize, y: usize| self.sums[y * (self.blob.w as usize + 1) + x];
        let (x0, x1, y0, y1) = (column(part.x), column(part.x + part.w), row(part.y), row(part.y + part.h));
        at(x1, y1) + at(x0, y0) - at(x0, y1) - at(x1, y0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const W: u32 = 640;
    const H: u32 = 360;

    /// Everybody is 80 pixels high, wherever they stand.
    fn level() -> Perspective {
        let mut perspective = Perspective::default();
        for foot in (0..40).map(|i| f64::from(120 + i * 5)) {
            perspective.learn(foot, 80.0);
        }
        perspective
    }

    /// Somebody with head, body and legs, from the left side and the foot.
    fn stands(picture: &mut GreyPicture, x: i32, foot: i32) {
        for (dx, from, w, h) in [(9, 80, 10, 14), (2, 66, 24, 34), (4, 32, 8, 32), (15, 32, 8, 32)] {
            for y in foot - from..foot - from + h {
                let row = (y * W as i32 + x + dx) as usize;
                picture.data[row..row + w as usize].fill(255);
            }
        }
    }

    fn found(people: &[(i32, i32)], blob: (i32, i32, i32, i32)) -> Vec<(i32, i32)> {
        let mut picture = GreyPicture::new(W, H, vec![0; (W * H) as usize]).unwrap();
        people.iter().for_each(|(x, foot)| stands(&mut picture, *x, *foot));
        let (x, y, w, h) = blob;
        let mut places: Vec<(i32, i32)> = apart(Part { x, y, w, h, area: w * h / 2 }, &picture, &level(), &[])
            .iter()
            .map(|p| (p.x + p.w / 2, p.y + p.h))
            .collect();
        places.sort_unstable();
        places
    }

    fn near(found: &[(i32, i32)], expected: &[(i32, i32)]) {
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (a, b) in found.iter().zip(expected) {
            assert!((a.0 - b.0).abs() <= 5 && (a.1 - b.1).abs() <= 5, "{found:?}");
        }
    }

    #[test]
    fn one_stays_one_and_a_pair_side_by_side_is_two() {
        near(&found(&[(100, 200)], (102, 120, 24, 80)), &[(114, 200)]);
        near(&found(&[(100, 200), (128, 200)], (102, 120, 52, 80)), &[(114, 200), (142, 200)]);
    }

    #[test]
    fn one_behind_the_other_and_three_together_are_counted() {
        // Of somebody behind another only the head is sure; where the feet are follows from the usual height, roughly.
        let behind = found(&[(100, 200), (112, 168)], (102, 88, 36, 112));
        assert!(behind.len() == 2 && (behind[1].1 - 168).abs() <= 16, "{behind:?}");
        let three = [(100, 200), (128, 204), (156, 198)];
        near(&found(&three, (102, 118, 80, 86)), &[(114, 200), (142, 204), (170, 198)]);
    }

    #[test]
    fn nothing_is_taken_apart_before_the_height_is_known() {
        let picture = GreyPicture::new(W, H, vec![255; (W * H) as usize]).unwrap();
        let blob = Part { x: 100, y: 100, w: 120, h: 80, area: 9600 };
        assert_eq!(apart(blob, &picture, &Perspective::default(), &[]).len(), 1);
    }
}
