//! Which lines of text may belong to one plate: geometry alone. A long line may be a one-line plate, two stacked lines a
//! two-line one, a nearly square region both lines at once. Reads nothing.

use crate::detection::text_regions::{Quad, TextRegion};

/// A line's length in its heights; text detection grows a line of five characters to about 2, of nine to about 5.
const ONE_LINE_ASPECT: std::ops::RangeInclusive<f32> = 2.2..=9.0;
/// A region that may hold both lines.
const BOTH_LINES_ASPECT: std::ops::RangeInclusive<f32> = 0.9..=2.6;
/// Both lines together.
const PAIR_ASPECT: std::ops::RangeInclusive<f32> = 0.8..=3.6;
/// Lines lower than this many pixels cannot be read.
const LEAST_HEIGHT: f32 = 7.0;
/// Most lines of one picture that are considered; the plate's are seldom among the smallest.
const MOST_LINES: usize = 40;

/// A place that may be a plate.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The lines, top first; indices into the regions.
    pub lines: Vec<usize>,
    /// A single region that holds two lines.
    pub both_in_one: bool,
    /// Around all of it, clockwise from the top left.
    pub corners: Quad,
}

/// Width and height of a quadrilateral, along its own sides.
#[must_use]
pub fn size(quad: &Quad) -> (f32, f32) {
    let side = |a: (f32, f32), b: (f32, f32)| (b.0 - a.0).hypot(b.1 - a.1);
    ((side(quad[0], quad[1]) + side(quad[3], quad[2])) / 2.0, (side(quad[0], quad[3]) + side(quad[1], quad[2])) / 2.0)
}

fn aspect(quad: &Quad) -> f32 {
    let (w, h) = size(quad);
    w / h.max(1e-3)
}

fn middle(quad: &Quad) -> (f32, f32) {
    let sum = quad.iter().fold((0.0, 0.0), |a, c| (a.0 + c.0, a.1 + c.1));
    (sum.0 / 4.0, sum.1 / 4.0)
}

/// Direction of the text in radians; 0 = to the right.
fn direction(quad: &Quad) -> f32 {
    let (dx, dy) = (quad[1].0 - quad[0].0 + quad[2].0 - quad[3].0, quad[1].1 - quad[0].1 + quad[2].1 - quad[3].1);
    dy.atan2(dx)
}

/// Every place that may be a plate. Regions are taken in the order given; the result is in a fixed order.
#[must_use]
pub fn layouts(regions: &[TextRegion]) -> Vec<Layout> {
    let mut usable: Vec<usize> = (0..regions.len()).filter(|i| size(&regions[*i].corners).1 >= LEAST_HEIGHT).collect();
    usable.sort_by(|a, b| size(&regions[*b].corners).1.total_cmp(&size(&regions[*a].corners).1));
    usable.truncate(MOST_LINES);
    usable.sort_unstable();
    let mut found = Vec::new();
    for &top in &usable {
        for &bottom in &usable {
            if top != bottom && stacked(&regions[top].corners, &regions[bottom].corners) {
                let corners = around(&regions[top].corners, &regions[bottom].corners);
                if PAIR_ASPECT.contains(&aspect(&corners)) {
                    found.push(Layout { lines: vec![top, bottom], both_in_one: false, corners });
                }
            }
        }
    }
    for &line in &usable {
        let corners = regions[line].corners;
        let aspect = aspect(&corners);
        if ONE_LINE_ASPECT.contains(&aspect) {
            found.push(Layout { lines: vec![line], both_in_one: false, corners });
        }
        if BOTH_LINES_ASPECT.contains(&aspect) {
            found.push(Layout { lines: vec![line], both_in_one: true, corners });
        }
    }
    found
}

/// Does `bottom` stand right under `top`, as the second line of the same plate would?
fn stacked(top: &Quad, bottom: &Quad) -> bool {
    let ((tw, th), (bw, bh)) = (size(top), size(bottom));
    if !(0.5..=2.0).contains(&(th / bh)) || !(0.3..=2.2).contains(&(tw / bw)) {
        return false;
    }
    let (a, b) = (direction(top), direction(bottom));
    if (a - b).abs() > 0.3 {
        return false;
    }
    // In the text's own directions: how far below, and how far to the side.
    let lean = if tw > bw { a } else { b };
    let ((tx, ty), (bx, by)) = (middle(top), middle(bottom));
    let (dx, dy) = (bx - tx, by - ty);
    let below = dy * lean.cos() - dx * lean.sin();
    let aside = dx * lean.cos() + dy * lean.sin();
    let height = (th + bh) / 2.0;
    (0.5 * height..=1.6 * height).contains(&below) && aside.abs() < 0.35 * tw.max(bw)
}

/// The quadrilateral around two stacked lines, leaning as they lean.
fn around(top: &Quad, bottom: &Quad) -> Quad {
    let lean = if size(top).0 > size(bottom).0 { direction(top) } else { direction(bottom) };
    let (sin, cos) = lean.sin_cos();
    let turned = |(x, y): (f32, f32)| (x * cos + y * sin, y * cos - x * sin);
    let points: Vec<(f32, f32)> = top.iter().chain(bottom).map(|p| turned(*p)).collect();
    let bound =
        |pick: fn(f32, f32) -> f32, of: fn(&(f32, f32)) -> f32, start: f32| points.iter().map(of).fold(start, pick);
    let (left, right) = (bound(f32::min, |p| p.0, f32::INFINITY), bound(f32::max, |p| p.0, f32::NEG_INFINITY));
    let (up, down) = (bound(f32::min, |p| p.1, f32::INFINITY), bound(f32::max, |p| p.1, f32::NEG_INFINITY));
    [(left, up), (right, up), (right, down), (left, down)].map(|(x, y)| (x * cos - y * sin, y * cos + x * sin))
}

/// The quadrilateral between two heights of another one: 0 = its upper edge, 1 = its lower.
#[must_use]
pub fn band(quad: &Quad, from: f32, to: f32) -> Quad {
    let between = |a: (f32, f32), b: (f32, f32), t: f32| (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
    [
        between(quad[0], quad[3], from),
        between(quad[1], quad[2], from),
        between(quad[1], quad[2], to),
        between(quad[0], quad[3], to),
    ]
}

/// The quadrilateral grown (or, below 0, shrunk) by shares of its own width and height on every side.
#[must_use]
pub fn grown(quad: &Quad, across: f32, down: f32) -> Quad {
    let stretched = band(quad, -down, 1.0 + down);
    let wide = |a: (f32, f32), b: (f32, f32)| {
        let (dx, dy) = ((b.0 - a.0) * across, (b.1 - a.1) * across);
        ((a.0 - dx, a.1 - dy), (b.0 + dx, b.1 + dy))
    };
    let (top_left, top_right) = wide(stretched[0], stretched[1]);
    let (bottom_left, bottom_right) = wide(stretched[3], stretched[2]);
    [top_left, top_right, bottom_right, bottom_left]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(x: f32, y: f32, w: f32, h: f32) -> TextRegion {
        TextRegion { corners: [(x, y), (x + w, y), (x + w, y + h), (x, y + h)], score: 0.9 }
    }

    fn lines(regions: &[TextRegion]) -> Vec<Vec<usize>> {
        layouts(regions).into_iter().filter(|l| !l.both_in_one).map(|l| l.lines).collect()
    }

    #[test]
    fn two_stacked_lines_are_one_plate() {
        let found = layouts(&[region(20.0, 10.0, 60.0, 30.0), region(15.0, 42.0, 75.0, 30.0)]);
        assert_eq!(found[0].lines, [0, 1]);
        assert_eq!(found[0].corners[0], (15.0, 10.0));
        assert_eq!(found[0].corners[2], (90.0, 72.0));
    }

    #[test]
    fn lines_side_by_side_far_apart_or_of_other_sizes_are_not() {
        let alone = |other: TextRegion| lines(&[region(20.0, 10.0, 60.0, 24.0), other]).iter().all(|l| l.len() == 1);
        assert!(alone(region(90.0, 10.0, 60.0, 24.0)));
        assert!(alone(region(20.0, 80.0, 60.0, 24.0)));
        assert!(alone(region(20.0, 36.0, 30.0, 9.0)));
        assert!(alone(region(70.0, 36.0, 60.0, 24.0)));
    }

    #[test]
    fn a_leaning_pair_is_found_as_well() {
        let lean = |(x, y): (f32, f32)| (x * 0.97 - y * 0.25, y * 0.97 + x * 0.25);
        let turned = |r: TextRegion| TextRegion { corners: r.corners.map(lean), ..r };
        let found = lines(&[turned(region(20.0, 10.0, 60.0, 30.0)), turned(region(15.0, 42.0, 75.0, 30.0))]);
        assert!(found.contains(&vec![0, 1]), "{found:?}");
    }

    #[test]
    fn a_long_line_may_be_a_plate_and_a_speck_is_none() {
        assert_eq!(lines(&[region(0.0, 0.0, 100.0, 20.0), region(0.0, 50.0, 20.0, 5.0)]), [vec![0]]);
    }

    #[test]
    fn bands_and_growth_follow_the_sides() {
        let quad = region(0.0, 0.0, 10.0, 20.0).corners;
        assert_eq!(band(&quad, 0.5, 1.0), [(0.0, 10.0), (10.0, 10.0), (10.0, 20.0), (0.0, 20.0)]);
        assert_eq!(grown(&quad, 0.1, 0.1), [(-1.0, -2.0), (11.0, -2.0), (11.0, 22.0), (-1.0, 22.0)]);
    }
}
