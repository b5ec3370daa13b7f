//! The rasteriser: textured plane faces by their exact homography, and limbs as shaded tapered capsules, drawn as
//! several samples a pixel that differ in place and time, so that edges and motion blur come out of one sum. It keeps
//! no depth buffer: who calls it draws far things first.

use std::sync::Arc;

use super::paint::{Rgb, Texture};
use super::picture::Picture;
use super::pinhole::{Pinhole, V3};

/// A piece of a plane with a texture.
#[derive(Debug, Clone)]
pub(crate) struct Face {
    /// Texture corner (0, 0).
    pub(crate) origin: V3,
    /// From there along the texture's width.
    pub(crate) along: V3,
    /// From there along the texture's height.
    pub(crate) down: V3,
    /// The convex part that is drawn, in texture coordinates 0..1.
    pub(crate) part: Vec<(f32, f32)>,
    /// What is on it.
    pub(crate) texture: Arc<Texture>,
    /// How much light falls on it.
    pub(crate) light: f32,
    /// Smooth sampling, for plates and lettering.
    pub(crate) fine: bool,
}

/// What a limb is covered with.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cloth {
    /// One colour.
    Plain,
    /// Rings across the limb, metres a ring.
    Rings(Rgb, f32),
    /// Small squares.
    Checks(Rgb, f32),
}

/// A tapered capsule.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limb {
    pub(crate) a: V3,
    pub(crate) b: V3,
    /// Radius at `a` and `b`, metres.
    pub(crate) ra: f32,
    pub(crate) rb: f32,
    pub(crate) colour: Rgb,
    pub(crate) cloth: Cloth,
}

/// Sample places within a pixel: six points, no two in one row or column.
pub(crate) const SAMPLES: [(f32, f32); 6] =
    [(-0.42, 0.08), (-0.25, -0.25), (-0.08, 0.42), (0.08, -0.42), (0.25, 0.25), (0.42, -0.08)];

/// A part of the picture under work.
#[derive(Debug, Default)]
pub(crate) struct Layer {
    x0: i32,
    y0: i32,
    width: usize,
    height: usize,
    sample: Vec<[u8; 4]>,
    sum: Vec<[u16; 4]>,
    samples: u16,
}

impl Layer {
    /// Starts over on a pixel rectangle (x0, y0, x1, y1), cut to the picture. False when nothing is left of it.
    pub(crate) fn begin(&mut self, bounds: [f32; 4], width: usize, height: usize) -> bool {
        let clamp = |v: f32, top: usize| (v.max(0.0) as usize).min(top);
        let (x0, y0) = (clamp(bounds[0].floor() - 2.0, width), clamp(bounds[1].floor() - 2.0, height));
        let (x1, y1) = (clamp(bounds[2].ceil() + 2.0, width), clamp(bounds[3].ceil() + 2.0, height));
        if x1 <= x0 || y1 <= y0 {
            return false;
        }
        (self.x0, self.y0, self.width, self.height, self.samples) = (x0 as i32, y0 as i32, x1 - x0, y1 - y0, 0);
        self.sample.clear();
        self.sample.resize(self.width * self.height, [0; 4]);
        self.sum.clear();
        self.sum.resize(self.width * self.height, [0; 4]);
        true
    }

    /// Ends one sample and makes room for the next.
    pub(crate) fn commit(&mut self) {
        for (sum, sample) in self.sum.iter_mut().zip(&mut self.sample) {
            for k in 0..4 {
                sum[k] += u16::from(sample[k]);
            }
            *sample = [0; 4];
        }
        self.samples += 1;
    }

    /// Lays the finished sum over the picture.
    pub(crate) fn composite(&self, picture: &mut Picture) {
        if self.samples == 0 {
            return;
        }
        let full = u32::from(self.samples) * 255;
        for y in 0..self.height {
            let row = ((self.y0 as usize + y) * picture.width + self.x0 as usize) * 3;
            let out = &mut picture.rgb[row..row + self.width * 3];
            for (px, sum) in out.chunks_exact_mut(3).zip(&self.sum[y * self.width..(y + 1) * self.width]) {
                if sum[3] == 0 {
                    continue;
                }
                let rest = full - u32::from(sum[3]);
                for k in 0..3 {
                    px[k] = ((u32::from(px[k]) * rest + u32::from(sum[k]) * 255 + full / 2) / full).min(255) as u8;
                }
            }
        }
    }

    /// Draws one face moved by `shift`, sampled at an offset within the pixel. Faces that look away are left out.
    pub(crate) fn face(&mut self, camera: &Pinhole, face: &Face, shift: V3, offset: (f32, f32)) {
        let corners: Option<Vec<(f32, f32)>> = face
            .part
            .iter()
            .map(|&(u, v)| camera.project(face.origin + shift + face.along * u + face.down * v).map(|(x, y, _)| (x, y)))
            .collect();
        let Some(corners) = corners else { return };
        let turned = |p: &[(f32, f32)]| -> f32 {
            (0..p.len())
                .map(|i| {
                    let (a, b) = (p[i], p[(i + 1) % p.len()]);
                    a.0 * b.1 - b.0 * a.1
                })
                .sum::<f32>()
                / 2.0
        };
        let area = turned(&corners);
        if area <= 0.5 {
            return;
        }
        let base = &face.texture.levels[0];
        let texels = turned(&face.part).abs() * (base.width * base.height) as f32;
        let deepest = face.texture.levels.len() - 1;
        let level = (0.5 * (texels / area).log2() - 0.5).round().clamp(0.0, deepest as f32) as usize;
        let level = &face.texture.levels[level];
        let (e, f, o) = (camera.turn(face.along), camera.turn(face.down), camera.turn(face.origin + shift - camera.at));
        let (nu, nv, nw) = (f.cross(o), o.cross(e), e.cross(f));
        let (cx, cy, inv) = (camera.width as f32 / 2.0, camera.height as f32 / 2.0, 1.0 / camera.focal);
        let light = (face.light * 256.0) as u32;
        let (w, h) = (level.width as f32, level.height as f32);
        let (top, bottom) = corners.iter().fold((f32::MAX, f32::MIN), |(t, b), c| (t.min(c.1), b.max(c.1)));
        let first = ((top.floor() as i32) - self.y0).max(0);
        let last = ((bottom.ceil() as i32) - self.y0 + 1).min(self.height as i32);
        for y in first..last {
            let py = (y + self.y0) as f32 + 0.5 + offset.1;
            let Some((left, right)) = span(&corners, py) else { continue };
            let x_first = ((left - 0.5 - offset.0).ceil() as i32 - self.x0).max(0);
            let x_last = ((right - 0.5 - offset.0).ceil() as i32 - self.x0).min(self.width as i32);
            let dy = (py - cy) * inv;
            for x in x_first..x_last {
                let dx = ((x + self.x0) as f32 + 0.5 + offset.0 - cx) * inv;
                let s = 1.0 / (nw.x * dx + nw.y * dy + nw.z);
                let u = (nu.x * dx + nu.y * dy + nu.z) * s;
                let v = (nv.x * dx + nv.y * dy + nv.z) * s;
                let c = if face.fine {
                    smooth_sample(level.width, level.height, &level.px, u * w, v * h)
                } else {
                    let tx = ((u * w) as i32).clamp(0, level.width as i32 - 1) as usize;
                    let ty = ((v * h) as i32).clamp(0, level.height as i32 - 1) as usize;
                    level.px[ty * level.width + tx]
                };
                put(&mut self.sample[y as usize * self.width + x as usize], c, light);
            }
        }
    }

    /// Draws a limb; light comes from the picture's upper left (or right, when `sun` is positive).
    pub(crate) fn limb(&mut self, camera: &Pinhole, limb: &Limb, offset: (f32, f32), sun: f32) {
        let (Some((ax, ay, az)), Some((bx, by, bz))) = (camera.project(limb.a), camera.project(limb.b)) else { return };
        let (ra, rb) = (limb.ra * camera.focal / az, limb.rb * camera.focal / bz);
        let length = {
            let d = limb.b - limb.a;
            d.dot(d).sqrt()
        };
        let clamp = |v: f32, top: usize| (v.max(0.0) as usize).min(top);
        let (ox, oy) = (self.x0 as f32, self.y0 as f32);
        let (x0, x1) = (
            clamp((ax - ra).min(bx - rb) - ox - 1.0, self.width),
            clamp((ax + ra).max(bx + rb) - ox + 2.0, self.width),
        );
        let (y0, y1) = (
            clamp((ay - ra).min(by - rb) - oy - 1.0, self.height),
            clamp((ay + ra).max(by + rb) - oy + 2.0, self.height),
        );
        let (dx, dy) = (bx - ax, by - ay);
        let inv = 1.0 / (dx * dx + dy * dy).max(1e-4);
        for y in y0..y1 {
            let py = y as f32 + oy + 0.5 + offset.1 - ay;
            for x in x0..x1 {
                let px = x as f32 + ox + 0.5 + offset.0 - ax;
                let t = ((px * dx + py * dy) * inv).clamp(0.0, 1.0);
                let (ex, ey) = (px - dx * t, py - dy * t);
                let r = ra + (rb - ra) * t;
                let d2 = ex * ex + ey * ey;
                if d2 > r * r {
                    continue;
                }
                let (nx, ny) = (ex / r, ey / r);
                let rim = d2 / (r * r);
                let light = 0.92 + 0.20 * (nx * sun - 0.55 * ny) - 0.22 * rim;
                let colour = match limb.cloth {
                    Cloth::Plain => limb.colour,
                    Cloth::Rings(other, step) => {
                        if ((t * length / step) as i32) & 1 == 0 {
                            limb.colour
                        } else {
                            other
                        }
                    }
                    Cloth::Checks(other, step) => {
                        let around = (nx * 0.5 + 0.5) * limb.ra * 2.0 / step;
                        if ((t * length / step) as i32 + around as i32) & 1 == 0 { limb.colour } else { other }
                    }
                };
                let q = |v: f32| (v * light * 255.0).clamp(0.0, 255.0) as u8;
                self.sample[y * self.width + x] = [q(colour[0]), q(colour[1]), q(colour[2]), 255];
            }
        }
    }
}

/// Where a row meets a convex polygon.
fn span(corners: &[(f32, f32)], y: f32) -> Option<(f32, f32)> {
    let (mut left, mut right) = (f32::MAX, f32::MIN);
    for (i, &b) in corners.iter().enumerate() {
        let a = corners[(i + corners.len() - 1) % corners.len()];
        if (a.1 <= y) != (b.1 <= y) {
            let x = a.0 + (b.0 - a.0) * (y - a.1) / (b.1 - a.1);
            left = left.min(x);
            right = right.max(x);
        }
    }
    (left < right).then_some((left, right))
}

/// Between four texels.
pub(crate) fn smooth_sample(width: usize, height: usize, px: &[[u8; 4]], x: f32, y: f32) -> [u8; 4] {
    let (x, y) = ((x - 0.5).clamp(0.0, width as f32 - 1.001), (y - 0.5).clamp(0.0, height as f32 - 1.001));
    let (ix, iy) = (x as usize, y as usize);
    let (fx, fy) = (((x - ix as f32) * 256.0) as u32, ((y - iy as f32) * 256.0) as u32);
    let (ix1, iy1) = ((ix + 1).min(width - 1), (iy + 1).min(height - 1));
    let (a, b, c, d) = (px[iy * width + ix], px[iy * width + ix1], px[iy1 * width + ix], px[iy1 * width + ix1]);
    let mut out = [0; 4];
    for k in 0..4 {
        let top = u32::from(a[k]) * (256 - fx) + u32::from(b[k]) * fx;
        let bottom = u32::from(c[k]) * (256 - fx) + u32::from(d[k]) * fx;
        out[k] = ((top * (256 - fy) + bottom * fy) >> 16) as u8;
    }
    out
}

/// A lit, premultiplied colour over what is there.
fn put(px: &mut [u8; 4], c: [u8; 4], light: u32) {
    let rest = 255 - u32::from(c[3]);
    for k in 0..3 {
        px[k] = (((u32::from(c[k]) * light) >> 8).min(u32::from(c[3])) + u32::from(px[k]) * rest / 255).min(255) as u8;
    }
    px[3] = (u32::from(c[3]) + u32::from(px[3]) * rest / 255).min(255) as u8;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::paint::plain;
    use crate::draw::pinhole::v3;

    #[test]
    fn a_face_covers_what_its_corners_enclose() {
        let camera = Pinhole::new(v3(0.0, 0.0, 1.0), 0.0, 0.0, 100.0, 100, 100);
        let face = Face {
            origin: v3(-1.0, 10.0, 2.0),
            along: v3(2.0, 0.0, 0.0),
            down: v3(0.0, 0.0, -2.0),
            part: vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)],
            texture: plain([1.0, 1.0, 1.0]),
            light: 1.0,
            fine: false,
        };
        let mut layer = Layer::default();
        assert!(layer.begin([0.0, 0.0, 100.0, 100.0], 100, 100));
        for offset in SAMPLES {
            layer.face(&camera, &face, v3(0.0, 0.0, 0.0), offset);
            layer.commit();
        }
        let mut picture = Picture::new(100, 100);
        layer.composite(&mut picture);
        let white = picture.rgb.iter().filter(|&&v| v > 250).count() / 3;
        assert!((380..=420).contains(&white), "{white}");
    }
}
