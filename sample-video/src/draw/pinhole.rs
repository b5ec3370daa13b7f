//! The pinhole camera: world metres (x right, y along, z up) to pixels, and pixels back to the ground. It has no lens
//! distortion: the sample cameras stand for calibrated ones.

use std::ops::{Add, Mul, Sub};

use contract::geometry::{Point, Rect};

/// A point or direction in metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct V3 {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) z: f32,
}

/// Shorthand for a [`V3`].
pub(crate) const fn v3(x: f32, y: f32, z: f32) -> V3 {
    V3 { x, y, z }
}

impl Add for V3 {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        v3(self.x + o.x, self.y + o.y, self.z + o.z)
    }
}

impl Sub for V3 {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        v3(self.x - o.x, self.y - o.y, self.z - o.z)
    }
}

impl Mul<f32> for V3 {
    type Output = Self;
    fn mul(self, k: f32) -> Self {
        v3(self.x * k, self.y * k, self.z * k)
    }
}

impl V3 {
    /// Scalar product.
    pub(crate) fn dot(self, o: Self) -> f32 {
        self.x * o.x + self.y * o.y + self.z * o.z
    }

    /// Vector product.
    pub(crate) fn cross(self, o: Self) -> Self {
        v3(self.y * o.z - self.z * o.y, self.z * o.x - self.x * o.z, self.x * o.y - self.y * o.x)
    }
}

/// A camera on a pole.
#[derive(Debug, Clone)]
pub(crate) struct Pinhole {
    /// Where the lens is.
    pub(crate) at: V3,
    right: V3,
    down: V3,
    forward: V3,
    /// Focal length in pixels.
    pub(crate) focal: f32,
    /// Picture size in pixels.
    pub(crate) width: usize,
    /// Picture size in pixels.
    pub(crate) height: usize,
}

impl Pinhole {
    /// Yaw turns to the left, pitch downwards, both in degrees.
    pub(crate) fn new(at: V3, yaw_deg: f32, pitch_deg: f32, focal: f32, width: usize, height: usize) -> Self {
        let (sy, cy) = yaw_deg.to_radians().sin_cos();
        let (sp, cp) = pitch_deg.to_radians().sin_cos();
        let forward = v3(-sy * cp, cy * cp, -sp);
        let right = v3(cy, sy, 0.0);
        Self { at, right, down: forward.cross(right), forward, focal, width, height }
    }

    /// Into the camera's own axes: right, down, forward.
    pub(crate) fn turn(&self, p: V3) -> V3 {
        v3(p.dot(self.right), p.dot(self.down), p.dot(self.forward))
    }

    /// Pixel and depth; `None` behind or right at the lens.
    pub(crate) fn project(&self, p: V3) -> Option<(f32, f32, f32)> {
        let q = self.turn(p - self.at);
        (q.z > 0.3).then(|| {
            let k = self.focal / q.z;
            (self.width as f32 / 2.0 + q.x * k, self.height as f32 / 2.0 + q.y * k, q.z)
        })
    }

    /// The direction through a pixel, in world axes, not of length one.
    pub(crate) fn ray(&self, x: f32, y: f32) -> V3 {
        let (dx, dy) = ((x - self.width as f32 / 2.0) / self.focal, (y - self.height as f32 / 2.0) / self.focal);
        self.right * dx + self.down * dy + self.forward
    }

    /// Where the ray through a pixel meets the ground; `None` above the horizon.
    pub(crate) fn ground(&self, x: f32, y: f32) -> Option<V3> {
        let d = self.ray(x, y);
        (d.z < -1e-4).then(|| self.at + d * (-self.at.z / d.z))
    }

    /// A picture point, 0..1.
    pub(crate) fn point(&self, p: V3) -> Option<Point> {
        self.project(p).map(|(x, y, _)| Point::new(x / self.width as f32, y / self.height as f32))
    }

    /// The box, 0..1 and not cut at the edges, around points; `None` when one of them is behind the lens.
    pub(crate) fn rect(&self, points: &[V3]) -> Option<Rect> {
        let (mut x0, mut y0, mut x1, mut y1) = (f32::MAX, f32::MAX, f32::MIN, f32::MIN);
        for &p in points {
            let q = self.point(p)?;
            x0 = x0.min(q.x);
            y0 = y0.min(q.y);
            x1 = x1.max(q.x);
            y1 = y1.max(q.y);
        }
        Some(Rect::new(x0, y0, x1 - x0, y1 - y0))
    }
}

/// The part of a box inside the picture.
pub(crate) fn cut_to_picture(r: Rect) -> Rect {
    r.intersection(Rect::new(0.0, 0.0, 1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ground_and_projection_agree() {
        let camera = Pinhole::new(v3(1.0, 0.0, 6.0), 10.0, 18.0, 3000.0, 1280, 720);
        let p = camera.ground(300.0, 500.0).unwrap();
        let (x, y, _) = camera.project(p).unwrap();
        assert!((x - 300.0).abs() < 0.05 && (y - 500.0).abs() < 0.05, "{x} {y}");
        assert!(p.z.abs() < 1e-4);
    }

    #[test]
    fn right_is_right_and_up_is_up() {
        let camera = Pinhole::new(v3(0.0, 0.0, 5.0), 0.0, 10.0, 1000.0, 1280, 720);
        let (x, y, _) = camera.project(v3(1.0, 20.0, 2.0)).unwrap();
        let (x2, y2, _) = camera.project(v3(2.0, 20.0, 3.0)).unwrap();
        assert!(x2 > x && y2 < y);
    }
}
