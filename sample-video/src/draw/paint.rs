//! Textures, painted in metres from their top left corner with soft-edged shapes, then reduced to a pyramid for the
//! rasteriser. It never draws into the picture itself.

use std::sync::Arc;

use super::fonts::{EM, Family, Fonts};
use super::noise;

/// RGB, 0..1.
pub(crate) type Rgb = [f32; 3];

/// Grey.
pub(crate) const fn grey(v: f32) -> Rgb {
    [v, v, v]
}

/// A mix: 0 = `a`, 1 = `b`.
pub(crate) fn mix(a: Rgb, b: Rgb, t: f32) -> Rgb {
    [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t]
}

/// A colour times a number.
pub(crate) fn scaled(a: Rgb, k: f32) -> Rgb {
    [a[0] * k, a[1] * k, a[2] * k]
}

/// A canvas in metres.
#[derive(Debug, Clone)]
pub(crate) struct Canvas {
    width: usize,
    height: usize,
    /// Pixels a metre.
    ppm: f32,
    /// Colour and opacity, not premultiplied.
    px: Vec<[f32; 4]>,
}

impl Canvas {
    /// Transparent, `w` by `h` metres.
    pub(crate) fn new(w: f32, h: f32, ppm: f32) -> Self {
        let (width, height) = ((w * ppm).round().max(1.0) as usize, (h * ppm).round().max(1.0) as usize);
        Self { width, height, ppm, px: vec![[0.0; 4]; width * height] }
    }

    /// Width and height in metres.
    pub(crate) fn size(&self) -> (f32, f32) {
        (self.width as f32 / self.ppm, self.height as f32 / self.ppm)
    }

    fn over(px: &mut [f32; 4], c: Rgb, a: f32) {
        if a <= 0.0 {
            return;
        }
        let out = a + px[3] * (1.0 - a);
        for k in 0..3 {
            px[k] = (c[k] * a + px[k] * px[3] * (1.0 - a)) / out;
        }
        px[3] = out;
    }

    /// Fills where the signed distance (metres, negative inside) says so, within a rectangle x0, y0, x1, y1.
    pub(crate) fn shape(&mut self, bounds: [f32; 4], c: Rgb, alpha: f32, distance: impl Fn(f32, f32) -> f32) {
        let clamp = |v: f32, top: usize| (v.max(0.0) as usize).min(top);
        let (x0, y0) = (
            clamp((bounds[0] * self.ppm).floor() - 1.0, self.width),
            clamp((bounds[1] * self.ppm).floor() - 1.0, self.height),
        );
        let (x1, y1) = (
            clamp((bounds[2] * self.ppm).ceil() + 1.0, self.width),
            clamp((bounds[3] * self.ppm).ceil() + 1.0, self.height),
        );
        for y in y0..y1 {
            for x in x0..x1 {
                let d = distance((x as f32 + 0.5) / self.ppm, (y as f32 + 0.5) / self.ppm) * self.ppm;
                let cover = (0.5 - d).clamp(0.0, 1.0);
                Self::over(&mut self.px[y * self.width + x], c, cover * alpha);
            }
        }
    }

    /// A rectangle with round corners.
    #[expect(clippy::too_many_arguments, reason = "a rectangle is four numbers, its looks three")]
    pub(crate) fn rect(&mut self, x: f32, y: f32, w: f32, h: f32, radius: f32, c: Rgb, alpha: f32) {
        let (cx, cy, hw, hh) = (x + w / 2.0, y + h / 2.0, w / 2.0 - radius, h / 2.0 - radius);
        self.shape([x, y, x + w, y + h], c, alpha, |px, py| {
            let (dx, dy) = ((px - cx).abs() - hw, (py - cy).abs() - hh);
            dx.max(0.0).hypot(dy.max(0.0)) + dx.max(dy).min(0.0) - radius
        });
    }

    /// An ellipse, by its middle and half axes.
    pub(crate) fn ellipse(&mut self, cx: f32, cy: f32, rx: f32, ry: f32, c: Rgb, alpha: f32) {
        self.shape([cx - rx, cy - ry, cx + rx, cy + ry], c, alpha, |px, py| {
            (((px - cx) / rx).hypot((py - cy) / ry) - 1.0) * rx.min(ry)
        });
    }

    /// A line with round ends.
    pub(crate) fn line(&mut self, a: (f32, f32), b: (f32, f32), thick: f32, c: Rgb, alpha: f32) {
        let r = thick / 2.0;
        let bounds = [a.0.min(b.0) - r, a.1.min(b.1) - r, a.0.max(b.0) + r, a.1.max(b.1) + r];
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length2 = (dx * dx + dy * dy).max(1e-9);
        self.shape(bounds, c, alpha, |px, py| {
            let t = (((px - a.0) * dx + (py - a.1) * dy) / length2).clamp(0.0, 1.0);
            (px - a.0 - dx * t).hypot(py - a.1 - dy * t) - r
        });
    }

    /// A polygon, convex or not.
    pub(crate) fn polygon(&mut self, corners: &[(f32, f32)], c: Rgb, alpha: f32) {
        let bounds = corners.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |b, p| {
            [b[0].min(p.0), b[1].min(p.1), b[2].max(p.0), b[3].max(p.1)]
        });
        self.shape(bounds, c, alpha, |px, py| {
            let (mut inside, mut nearest) = (false, f32::MAX);
            for (i, &b) in corners.iter().enumerate() {
                let a = corners[(i + corners.len() - 1) % corners.len()];
                let (dx, dy) = (b.0 - a.0, b.1 - a.1);
                let t = (((px - a.0) * dx + (py - a.1) * dy) / (dx * dx + dy * dy).max(1e-9)).clamp(0.0, 1.0);
                nearest = nearest.min((px - a.0 - dx * t).hypot(py - a.1 - dy * t));
                if (a.1 > py) != (b.1 > py) && px < dx * (py - a.1) / dy + a.0 {
                    inside = !inside;
                }
            }
            if inside { -nearest } else { nearest }
        });
    }

    /// Changes every painted pixel by its place in metres.
    pub(crate) fn tint(&mut self, change: impl Fn(f32, f32, Rgb) -> Rgb) {
        for y in 0..self.height {
            for x in 0..self.width {
                let px = &mut self.px[y * self.width + x];
                let c = change((x as f32 + 0.5) / self.ppm, (y as f32 + 0.5) / self.ppm, [px[0], px[1], px[2]]);
                *px = [c[0].clamp(0.0, 1.0), c[1].clamp(0.0, 1.0), c[2].clamp(0.0, 1.0), px[3]];
            }
        }
    }

    /// Grain and blotches over everything painted.
    pub(crate) fn worn(&mut self, fine: f32, coarse: f32, seed: u32) {
        self.tint(|x, y, c| {
            let n = (noise::smooth(x * 90.0, y * 90.0, seed) - 0.5) * fine
                + (noise::fractal(x * 3.0, y * 3.0, 3, seed + 9) - 0.5) * coarse;
            scaled(c, 1.0 + n)
        });
    }

    /// A glyph fitted into a cell: the ink fills the height; it is squeezed, never stretched, to the width.
    #[expect(clippy::too_many_arguments, reason = "a cell is four numbers")]
    pub(crate) fn glyph(&mut self, fonts: &Fonts, family: Family, ch: char, x: f32, y: f32, w: f32, h: f32, c: Rgb) {
        let glyph = fonts.glyph(family, ch);
        if glyph.width == 0 {
            return;
        }
        let natural = glyph.width as f32 / glyph.height as f32 * h;
        let width = if matches!(ch, '1' | 'I') { natural.min(w * 0.62) } else { w };
        let x = x + (w - width) / 2.0;
        let (sx, sy) = (glyph.width as f32 / width, glyph.height as f32 / h);
        self.ink(&glyph.ink, glyph.width, glyph.height, (x, y, width, h), (sx, sy), c);
    }

    /// Coverage samples put into a rectangle, four by four samples a pixel.
    fn ink(&mut self, ink: &[f32], iw: usize, ih: usize, cell: (f32, f32, f32, f32), step: (f32, f32), c: Rgb) {
        let (x, y, w, h) = cell;
        let (x0, y0) = ((x * self.ppm).floor().max(0.0) as usize, (y * self.ppm).floor().max(0.0) as usize);
        let x1 = (((x + w) * self.ppm).ceil().max(0.0) as usize).min(self.width);
        let y1 = (((y + h) * self.ppm).ceil().max(0.0) as usize).min(self.height);
        for py in y0..y1 {
            for px in x0..x1 {
                let mut sum = 0.0;
                for k in 0..16u8 {
                    let (ox, oy) = ((f32::from(k % 4) + 0.5) / 4.0, (f32::from(k / 4) + 0.5) / 4.0);
                    let gx = ((px as f32 + ox) / self.ppm - x) * step.0;
                    let gy = ((py as f32 + oy) / self.ppm - y) * step.1;
                    if gx >= 0.0 && gy >= 0.0 && (gx as usize) < iw && (gy as usize) < ih {
                        sum += ink[gy as usize * iw + gx as usize];
                    }
                }
                Self::over(&mut self.px[py * self.width + px], c, sum / 16.0);
            }
        }
    }

    /// A line of text; `size` is the em in metres, `y` the baseline. Returns where it ends.
    #[expect(clippy::too_many_arguments, reason = "a line of text has a place, a size and a colour")]
    pub(crate) fn text(&mut self, fonts: &Fonts, family: Family, text: &str, x: f32, y: f32, size: f32, c: Rgb) -> f32 {
        let k = size / EM;
        let mut pen = x;
        for ch in text.chars() {
            let glyph = fonts.glyph(family, ch);
            if glyph.width > 0 {
                let (w, h) = (glyph.width as f32 * k, glyph.height as f32 * k);
                let top = y - h - glyph.bottom as f32 * k;
                self.ink(
                    &glyph.ink,
                    glyph.width,
                    glyph.height,
                    (pen + glyph.left as f32 * k, top, w, h),
                    (1.0 / k, 1.0 / k),
                    c,
                );
            }
            pen += glyph.advance * k;
        }
        pen
    }

    /// Softens the whole canvas, `radius` metres; opacity stays.
    pub(crate) fn blur(&mut self, radius: f32) {
        let r = (radius * self.ppm).round() as i32;
        if r < 1 {
            return;
        }
        for horizontal in [true, false, true, false] {
            let old = self.px.clone();
            let (limit, stride) = if horizontal { (self.width as i32, 1) } else { (self.height as i32, self.width) };
            for y in 0..self.height {
                for x in 0..self.width {
                    let (here, base) = if horizontal { (x as i32, y * self.width) } else { (y as i32, x) };
                    let mut sum = [0.0f32; 3];
                    for d in -r..=r {
                        let at = (here + d).clamp(0, limit - 1) as usize;
                        for (sum, value) in sum.iter_mut().zip(old[base + at * stride]) {
                            *sum += value;
                        }
                    }
                    for (out, sum) in self.px[y * self.width + x].iter_mut().zip(sum) {
                        *out = sum / (2 * r + 1) as f32;
                    }
                }
            }
        }
    }

    /// The finished texture.
    pub(crate) fn finish(self) -> Arc<Texture> {
        let base: Vec<[u8; 4]> = self
            .px
            .iter()
            .map(|p| {
                let q = |v: f32| (v * p[3] * 255.0 + 0.5).clamp(0.0, 255.0) as u8;
                [q(p[0]), q(p[1]), q(p[2]), (p[3] * 255.0 + 0.5).clamp(0.0, 255.0) as u8]
            })
            .collect();
        Arc::new(Texture::from_base(self.width, self.height, base))
    }
}

/// A texture of one colour.
#[cfg(test)]
pub(crate) fn plain(c: Rgb) -> Arc<Texture> {
    let mut canvas = Canvas::new(1.0, 1.0, 4.0);
    canvas.tint(|_, _, _| c);
    for p in &mut canvas.px {
        p[3] = 1.0;
    }
    canvas.finish()
}

/// One step of the pyramid.
#[derive(Debug, Clone)]
pub(crate) struct Level {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Premultiplied RGBA.
    pub(crate) px: Vec<[u8; 4]>,
}

/// A texture with its pyramid.
#[derive(Debug, Clone)]
pub(crate) struct Texture {
    pub(crate) levels: Vec<Level>,
}

impl Texture {
    /// From premultiplied RGBA, row by row.
    pub(crate) fn from_base(width: usize, height: usize, px: Vec<[u8; 4]>) -> Self {
        let mut levels = vec![Level { width, height, px }];
        while levels.len() < 8 {
            let last = &levels[levels.len() - 1];
            if last.width < 4 || last.height < 4 {
                break;
            }
            let (w, h) = (last.width / 2, last.height / 2);
            let mut px = Vec::with_capacity(w * h);
            for y in 0..h {
                for x in 0..w {
                    let at = |dx: usize, dy: usize| last.px[(2 * y + dy) * last.width + 2 * x + dx];
                    let (a, b, c, d) = (at(0, 0), at(1, 0), at(0, 1), at(1, 1));
                    let mut out = [0; 4];
                    for k in 0..4 {
                        out[k] =
                            ((u16::from(a[k]) + u16::from(b[k]) + u16::from(c[k]) + u16::from(d[k]) + 2) / 4) as u8;
                    }
                    px.push(out);
                }
            }
            levels.push(Level { width: w, height: h, px });
        }
        Self { levels }
    }
}
