//! Heads near the camera: a picture of a face on a relief of depths, seen from any side in front, and a round head of
//! hair behind it. Each pixel's ray is followed to the surface, so that the nose moves against the eyes when the head
//! turns and hides what lies behind it. It knows neither whose head it is nor why it turns.

use std::sync::Arc;

use crate::draw::layer::smooth_sample;
use crate::draw::noise::fractal;
use crate::draw::paint::{Rgb, Texture, mix, scaled};
use crate::draw::picture::Picture;
use crate::draw::pinhole::{Pinhole, V3, v3};

/// Between the eyes, metres: the unit of everything below. `x` to the picture's right, `y` down, `z` to the viewer,
/// from the middle between the eyes.
pub(crate) const EYES_M: f32 = 0.063;
/// The face's picture begins here.
pub(crate) const WEST: f32 = -2.1;
/// The face's picture begins here.
pub(crate) const NORTH: f32 = -2.3;
/// Its width.
pub(crate) const ACROSS: f32 = 4.2;
/// Its height.
pub(crate) const DOWN: f32 = 4.4;
/// Its pixels for each eye distance.
pub(crate) const PER_EYE: f32 = 96.0;
/// Depths kept for each eye distance.
const DEPTHS: f32 = 24.0;
/// Where a ray is looked at first and last.
const FRONT: f32 = 0.55;
const BACK: f32 = -1.7;
const STEPS: u8 = 18;
/// From where the light comes; the same light is painted into the faces already, so only its change is added.
const SUN: V3 = v3(-0.36, -0.60, 0.715);

/// A head's looks.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    /// The face and its hair, in the frame above, transparent around.
    pub(crate) texture: Arc<Texture>,
    /// The hair at the back.
    pub(crate) hair: Rgb,
    /// The cheek seen from the side.
    pub(crate) skin: Rgb,
    pub(crate) seed: u32,
}

/// Where a head is and where it looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeadPose {
    /// The middle between the eyes.
    pub(crate) eyes: V3,
    x: V3,
    y: V3,
    z: V3,
}

impl HeadPose {
    /// `neck` is the axis at the height of the eyes; `yaw` and `pitch` in degrees from looking into the lens at `lens`,
    /// to the picture's right and downwards; `roll` tips the head to the picture's right.
    pub(crate) fn new(neck: V3, lens: V3, yaw: f32, pitch: f32, roll: f32) -> Self {
        let to = lens - neck;
        let azimuth = to.y.atan2(to.x) + yaw.to_radians();
        let rise = to.z.atan2(to.x.hypot(to.y)) - pitch.to_radians();
        let z = v3(azimuth.cos() * rise.cos(), azimuth.sin() * rise.cos(), rise.sin());
        let level = v3(-azimuth.sin(), azimuth.cos(), 0.0);
        let low = level.cross(z);
        let (s, c) = roll.to_radians().sin_cos();
        let (x, y) = (level * c + low * s, low * c - level * s);
        Self { eyes: neck + z * (1.4 * EYES_M), x, y, z }
    }

    /// A place on the head in the world.
    pub(crate) fn place(&self, x: f32, y: f32, z: f32) -> V3 {
        self.eyes + (self.x * x + self.y * y + self.z * z) * EYES_M
    }

    /// A direction of the world in the head's axes.
    fn inward(&self, d: V3) -> V3 {
        v3(d.dot(self.x), d.dot(self.y), d.dot(self.z))
    }

    /// The box around the head on the picture, pixels.
    pub(crate) fn bounds(&self, camera: &Pinhole) -> Option<[f32; 4]> {
        let mut b = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        for corner in 0..8 {
            let pick = |bit: usize, low: f32, high: f32| if corner & bit == 0 { low } else { high };
            let (x, y, _) = camera.project(self.place(pick(1, -1.9, 1.9), pick(2, -2.1, 2.0), pick(4, -2.9, 0.6)))?;
            b = [b[0].min(x), b[1].min(y), b[2].max(x), b[3].max(y)];
        }
        Some(b)
    }
}

/// Depths of a head's front on a grid.
#[derive(Debug)]
pub(crate) struct Relief {
    columns: usize,
    depths: Vec<f32>,
}

/// A soft hill of height 1.
fn hill(x: f32, y: f32, cx: f32, cy: f32, sx: f32, sy: f32) -> f32 {
    let (u, v) = ((x - cx) / sx, (y - cy) / sy);
    (-0.5 * (u * u + v * v)).exp()
}

/// A step from 0 at `a` to 1 at `b`.
fn ease(a: f32, b: f32, v: f32) -> f32 {
    let t = ((v - a) / (b - a)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// The front of a head, 0 between the eyes: round from side to side, flat from brow to chin, with sockets, nose, lips
/// and chin on it. The nose's tip stands 0.56 before the eyes, as on people (35 mm of 63).
fn depth(x: f32, y: f32) -> f32 {
    let breadth = 1.75 - 0.70 * ease(0.6, 1.8, y);
    let side = -1.5 * (x.abs() / breadth).powf(2.2);
    let crown = if y < 0.0 { -1.3 * (-y / 1.98).powf(2.6) } else { -0.22 * (y / 1.8).powi(4) };
    let ridge = 0.07 + 0.33 * ease(-0.05, 0.56, y).powf(1.2);
    let nose = ridge * ease(-0.35, 0.05, y) * (1.0 - ease(0.55, 0.72, y));
    let wide = 0.11 + 0.07 * ease(0.1, 0.5, y);
    let nose = nose * (-0.5 * (x / wide) * (x / wide)).exp();
    let wings = 0.10 * (hill(x, y, -0.22, 0.58, 0.09, 0.10) + hill(x, y, 0.22, 0.58, 0.09, 0.10));
    let sockets = -0.07 * (hill(x, y, -0.5, 0.0, 0.24, 0.15) + hill(x, y, 0.5, 0.0, 0.24, 0.15));
    let cheeks = 0.05 * (hill(x, y, -0.62, 0.55, 0.26, 0.26) + hill(x, y, 0.62, 0.55, 0.26, 0.26));
    let lips = 0.10 * hill(x, y, 0.0, 0.95, 0.34, 0.17);
    let chin = 0.10 * hill(x, y, 0.0, 1.55, 0.28, 0.20);
    let brow = 0.03 * hill(x, y, 0.0, -0.35, 0.7, 0.16);
    side + crown + nose + wings + sockets + cheeks + lips + chin + brow
}

impl Relief {
    /// The same for every head.
    pub(crate) fn new() -> Self {
        let (columns, rows) = ((ACROSS * DEPTHS) as usize + 2, (DOWN * DEPTHS) as usize + 2);
        let depths = (0..columns * rows)
            .map(|i| depth(WEST + (i % columns) as f32 / DEPTHS, NORTH + (i / columns) as f32 / DEPTHS))
            .collect();
        Self { columns, depths }
    }

    fn at(&self, x: f32, y: f32) -> f32 {
        let (u, v) = ((x - WEST) * DEPTHS, (y - NORTH) * DEPTHS);
        if u < 0.0 || v < 0.0 || u >= ACROSS * DEPTHS || v >= DOWN * DEPTHS {
            return BACK - 1.0;
        }
        let (fx, fy) = (u.fract(), v.fract());
        let i = v as usize * self.columns + u as usize;
        let row = |i: usize| self.depths[i] * (1.0 - fx) + self.depths[i + 1] * fx;
        row(i) * (1.0 - fy) + row(i + self.columns) * fy
    }

    /// How the surface is turned, of length one.
    fn normal(&self, x: f32, y: f32) -> V3 {
        const STEP: f32 = 0.05;
        let dx = (self.at(x + STEP, y) - self.at(x - STEP, y)) / (2.0 * STEP);
        let dy = (self.at(x, y + STEP) - self.at(x, y - STEP)) / (2.0 * STEP);
        let n = v3(-dx, -dy, 1.0);
        n * (1.0 / n.dot(n).sqrt())
    }

    /// Where a ray first dives below the surface.
    fn meet(&self, from: V3, ray: V3) -> Option<V3> {
        if ray.z >= -1e-3 {
            return None;
        }
        let (first, last) = ((FRONT - from.z) / ray.z, (BACK - from.z) / ray.z);
        let at = |k: f32| from + ray * k;
        let above = |p: V3| p.z - self.at(p.x, p.y);
        let mut outside = first;
        for step in 1..=STEPS {
            let k = first + (last - first) * f32::from(step) / f32::from(STEPS);
            if above(at(k)) < 0.0 {
                let (mut high, mut low) = (outside, k);
                for _ in 0..6 {
                    let middle = (high + low) / 2.0;
                    if above(at(middle)) < 0.0 { low = middle } else { high = middle }
                }
                return Some(at(low));
            }
            outside = k;
        }
        None
    }
}

/// The head of hair behind the face.
const ROUND_AT: V3 = v3(0.02, -0.42, -1.45);
const ROUND: V3 = v3(1.52, 1.46, 1.30);

/// Where a ray meets the round head.
fn meet_round(from: V3, ray: V3) -> Option<V3> {
    let squash = |v: V3| v3(v.x / ROUND.x, v.y / ROUND.y, v.z / ROUND.z);
    let (o, d) = (squash(from - ROUND_AT), squash(ray));
    let (a, b, c) = (d.dot(d), o.dot(d), o.dot(o) - 1.0);
    let root = b * b - a * c;
    (root > 0.0).then(|| from + ray * ((-b - root.sqrt()) / a))
}

impl Head {
    /// Draws the head; only pixels within `clip` (x0, y0, x1, y1) are touched.
    pub(crate) fn draw(
        &self,
        picture: &mut Picture,
        camera: &Pinhole,
        relief: &Relief,
        pose: &HeadPose,
        clip: [f32; 4],
    ) {
        let Some(b) = pose.bounds(camera) else { return };
        let clamp = |v: f32, top: usize| (v.max(0.0) as usize).min(top);
        let (x0, x1) = (clamp(b[0].max(clip[0]), picture.width), clamp(b[2].min(clip[2]) + 1.0, picture.width));
        let (y0, y1) = (clamp(b[1].max(clip[1]), picture.height), clamp(b[3].min(clip[3]) + 1.0, picture.height));
        let from = pose.inward(camera.at - pose.eyes) * (1.0 / EYES_M);
        let facing = from.z / from.dot(from).sqrt();
        let shown = ease(0.30, 0.62, facing);
        let near = camera.project(pose.eyes).map_or(1.0, |(_, _, depth)| camera.focal * EYES_M / depth);
        let deepest = self.texture.levels.len() - 1;
        let level = (PER_EYE / near / 1.2).log2().round().clamp(0.0, deepest as f32) as usize;
        for y in y0..y1 {
            for x in x0..x1 {
                let mut sum = [0.0f32; 4];
                for (ox, oy) in [(0.25, 0.4), (0.75, 0.1), (0.4, 0.75), (0.9, 0.6)] {
                    let ray = pose.inward(camera.ray(x as f32 + ox, y as f32 + oy)) * (1.0 / EYES_M);
                    let c = self.seen(relief, pose, (from, ray), level, shown);
                    for (sum, v) in sum.iter_mut().zip(c) {
                        *sum += v / 4.0;
                    }
                }
                if sum[3] > 0.0 {
                    let at = (y * picture.width + x) * 3;
                    for (out, v) in picture.rgb[at..at + 3].iter_mut().zip(sum) {
                        *out = (f32::from(*out) * (1.0 - sum[3]) + v * 255.0 + 0.5).clamp(0.0, 255.0) as u8;
                    }
                }
            }
        }
    }

    /// Colour along one ray, premultiplied.
    fn seen(&self, relief: &Relief, pose: &HeadPose, (from, ray): (V3, V3), level: usize, shown: f32) -> [f32; 4] {
        let face = (shown > 0.0).then(|| relief.meet(from, ray)).flatten();
        let mut out = face.map_or([0.0; 4], |p| self.face(relief, pose, p, level).map(|v| v * shown));
        // Where the face covers, what is behind it need not be known.
        if out[3] < 0.999
            && let Some(p) = meet_round(from, ray)
        {
            let rest = 1.0 - out[3];
            for (out, v) in out.iter_mut().zip(self.behind(pose, p)) {
                *out += v * rest;
            }
        }
        out
    }

    /// The face where a ray meets it, premultiplied; its light changes as it turns.
    fn face(&self, relief: &Relief, pose: &HeadPose, p: V3, level: usize) -> [f32; 4] {
        let level = &self.texture.levels[level];
        let (u, v) = ((p.x - WEST) / ACROSS * level.width as f32, (p.y - NORTH) / DOWN * level.height as f32);
        let c = smooth_sample(level.width, level.height, &level.px, u, v).map(|v| f32::from(v) / 255.0);
        if c[3] <= 0.0 {
            return [0.0; 4];
        }
        let n = relief.normal(p.x, p.y);
        let turned = pose.x * n.x + pose.y * n.y + pose.z * n.z;
        let light = 1.0 + 0.30 * (turned.dot(SUN) - v3(n.x, -n.z, -n.y).dot(SUN));
        [c[0] * light, c[1] * light, c[2] * light, c[3]]
    }

    /// Hair at the back, and the cheek below it.
    fn behind(&self, pose: &HeadPose, p: V3) -> [f32; 4] {
        let n = p - ROUND_AT;
        let n = v3(n.x / ROUND.x, n.y / ROUND.y, n.z / ROUND.z);
        let n = pose.x * n.x + pose.y * n.y + pose.z * n.z;
        let strand = fractal(p.x * 7.0 + p.z * 7.0, p.y * 1.6, 3, self.seed) - 0.5;
        let cheek = ease(-1.25, -0.95, p.z) * ease(-0.45, -0.25, p.y);
        let hair = scaled(self.hair, 0.78 + 0.30 * n.dot(SUN) + 0.7 * strand);
        let c = mix(hair, scaled(self.skin, 0.80 + 0.15 * n.dot(SUN)), cheek);
        [c[0], c[1], c[2], 1.0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera() -> Pinhole {
        Pinhole::new(v3(0.0, 0.0, 1.7), 0.0, 10.0, 1400.0, 1280, 720)
    }

    /// The nose's tip between the eyes, in eye distances as the camera sees them, from the eyes' middle to the right.
    fn nose(yaw: f32) -> f32 {
        let (camera, neck) = (camera(), v3(0.0, 1.0, 1.54));
        let pose = HeadPose::new(neck, camera.at, yaw, 0.0, 0.0);
        let at = |x: f32, y: f32| camera.project(pose.place(x, y, depth(x, y))).unwrap();
        let (left, right, tip) = (at(-0.5, 0.0), at(0.5, 0.0), at(0.0, 0.55));
        (tip.0 - (left.0 + right.0) / 2.0) / (right.0 - left.0)
    }

    #[test]
    fn the_nose_moves_against_the_eyes_when_the_head_turns() {
        assert!(nose(0.0).abs() < 0.02, "{}", nose(0.0));
        let (left, right) = (nose(-20.0), nose(20.0));
        assert!(right - left > 0.3, "{left} … {right}");
        assert!((right + left).abs() < 0.05, "{left} … {right}");
    }

    #[test]
    fn a_ray_ends_on_the_surface_and_the_nose_hides_the_cheek() {
        let relief = Relief::new();
        let straight = relief.meet(v3(0.5, 0.0, 9.0), v3(0.0, 0.0, -1.0)).unwrap();
        assert!((straight.z - depth(0.5, 0.0)).abs() < 0.02);
        // From far to the right, a ray towards the cheek left of the nose ends on the nose.
        let (from, cheek) = (v3(9.0, 0.55, 5.0), v3(-0.25, 0.55, depth(-0.25, 0.55)));
        let met = relief.meet(from, cheek - from).unwrap();
        assert!(met.x > -0.15, "{met:?}");
    }
}
