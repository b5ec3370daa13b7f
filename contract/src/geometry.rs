//! Picture coordinates: x to the right, y down, both 0..1 of the picture, so that a line drawn on one stream fits
//! every other resolution of it. Crossing tests are exact in sign, never fuzzy: a point on a line counts as its right side.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A point, 0..1 from the top left.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Point {
    /// 0 = left edge, 1 = right edge.
    pub x: f32,
    /// 0 = top edge, 1 = bottom edge.
    pub y: f32,
}

impl Point {
    /// A point from its coordinates.
    #[must_use]
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// Is it inside the picture?
    #[must_use]
    pub fn in_picture(self) -> bool {
        (0.0..=1.0).contains(&self.x) && (0.0..=1.0).contains(&self.y)
    }
}

/// An axis-parallel box, 0..1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width, not negative.
    pub w: f32,
    /// Height, not negative.
    pub h: f32,
}

impl Rect {
    /// A box from its top left corner and size.
    #[must_use]
    pub const fn new(x: f32, y: f32, w: f32, h: f32) -> Self {
        Self { x, y, w, h }
    }

    /// The middle.
    #[must_use]
    pub fn center(self) -> Point {
        Point::new(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// Where the thing stands on the ground: the middle of the lower edge.
    #[must_use]
    pub fn foot(self) -> Point {
        Point::new(self.x + self.w / 2.0, self.y + self.h)
    }

    /// Area as a share of the picture.
    #[must_use]
    pub fn area(self) -> f32 {
        self.w.max(0.0) * self.h.max(0.0)
    }

    /// The part both boxes cover; zero size when they do not touch.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        let x = self.x.max(other.x);
        let y = self.y.max(other.y);
        let w = ((self.x + self.w).min(other.x + other.w) - x).max(0.0);
        let h = ((self.y + self.h).min(other.y + other.h) - y).max(0.0);
        Self { x, y, w, h }
    }

    /// The smallest box around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let x = self.x.min(other.x);
        let y = self.y.min(other.y);
        let w = (self.x + self.w).max(other.x + other.w) - x;
        let h = (self.y + self.h).max(other.y + other.h) - y;
        Self { x, y, w, h }
    }

    /// Intersection over union, 0..1.
    #[must_use]
    pub fn iou(self, other: Self) -> f32 {
        let inter = self.intersection(other).area();
        let union = self.area() + other.area() - inter;
        if union > 0.0 { inter / union } else { 0.0 }
    }

    /// Grown on every side by a share of its own size, cut at the picture's edges.
    #[must_use]
    pub fn grown(self, share: f32) -> Self {
        let (dx, dy) = (self.w * share, self.h * share);
        let x = (self.x - dx).max(0.0);
        let y = (self.y - dy).max(0.0);
        Self { x, y, w: (self.x + self.w + dx).min(1.0) - x, h: (self.y + self.h + dy).min(1.0) - y }
    }

    /// Does the point lie in the box?
    #[must_use]
    pub fn contains(self, p: Point) -> bool {
        p.x >= self.x && p.x <= self.x + self.w && p.y >= self.y && p.y <= self.y + self.h
    }
}

/// A directed line from `a` to `b`. Walking from `a` to `b`, *left* is one side and *right* the other, as seen on the picture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Segment {
    /// Start.
    pub a: Point,
    /// End.
    pub b: Point,
}

/// A side of a [`Segment`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// To the left of somebody walking from `a` to `b` on the picture.
    Left,
    /// To the right, or on the line.
    Right,
}

impl Segment {
    /// Twice the signed area of (a, b, p); negative on the left as the picture is seen (y grows downwards).
    fn signed(self, p: Point) -> f64 {
        let (ax, ay) = (f64::from(self.a.x), f64::from(self.a.y));
        let (bx, by) = (f64::from(self.b.x), f64::from(self.b.y));
        (bx - ax) * (f64::from(p.y) - ay) - (by - ay) * (f64::from(p.x) - ax)
    }

    /// Which side of the (endless) line the point lies on.
    #[must_use]
    pub fn side(self, p: Point) -> Side {
        if self.signed(p) < 0.0 { Side::Left } else { Side::Right }
    }

    /// Distance of the point from the endless line, in picture units (x and y weigh the same).
    #[must_use]
    pub fn distance(self, p: Point) -> f32 {
        let length = f64::from(self.b.x - self.a.x).hypot(f64::from(self.b.y - self.a.y));
        if length > 0.0 { (self.signed(p).abs() / length) as f32 } else { f32::INFINITY }
    }

    /// The side reached when the step from `p` to `q` crosses this segment between its ends; `None` when it does not.
    #[must_use]
    pub fn crossed_to(self, p: Point, q: Point) -> Option<Side> {
        let (from, to) = (self.side(p), self.side(q));
        if from == to {
            return None;
        }
        let step = Segment { a: p, b: q };
        (step.side(self.a) != step.side(self.b)).then_some(to)
    }

    /// Length in picture units.
    #[must_use]
    pub fn length(self) -> f32 {
        (self.b.x - self.a.x).hypot(self.b.y - self.a.y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UPWARDS: Segment = Segment { a: Point::new(0.5, 0.8), b: Point::new(0.5, 0.2) };

    #[test]
    fn left_is_left_on_the_picture() {
        assert_eq!(UPWARDS.side(Point::new(0.2, 0.5)), Side::Left);
        assert_eq!(UPWARDS.side(Point::new(0.8, 0.5)), Side::Right);
    }

    #[test]
    fn a_step_past_the_end_does_not_cross() {
        let p = |x, y| Point::new(x, y);
        assert_eq!(UPWARDS.crossed_to(p(0.4, 0.5), p(0.6, 0.5)), Some(Side::Right));
        assert_eq!(UPWARDS.crossed_to(p(0.6, 0.5), p(0.4, 0.5)), Some(Side::Left));
        assert_eq!(UPWARDS.crossed_to(p(0.4, 0.9), p(0.6, 0.9)), None);
        assert_eq!(UPWARDS.crossed_to(p(0.4, 0.5), p(0.45, 0.5)), None);
    }

    #[test]
    fn boxes_overlap_as_expected() {
        let a = Rect::new(0.0, 0.0, 0.2, 0.2);
        assert!((a.iou(Rect::new(0.1, 0.0, 0.2, 0.2)) - 1.0 / 3.0).abs() < 1e-6);
        assert_eq!(a.iou(Rect::new(0.5, 0.5, 0.1, 0.1)), 0.0);
    }
}
