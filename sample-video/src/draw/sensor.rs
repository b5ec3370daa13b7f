//! What the sensor makes of a clean picture: I420 planes, the pole's tremble (below a third of a pixel), the lens'
//! softness, exposure, passing cloud and noise. Everything follows from the frame's number and the seed.

use super::noise;
use super::picture::Picture;

/// One frame as the encoder takes it.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Pixels.
    pub width: usize,
    /// Pixels.
    pub height: usize,
    /// Y, then U, then V, without padding.
    pub i420: Vec<u8>,
}

impl Frame {
    /// Back to RGB, for looking at it.
    #[must_use]
    pub fn to_rgb(&self) -> Vec<u8> {
        let (w, h) = (self.width, self.height);
        let mut rgb = Vec::with_capacity(w * h * 3);
        for y in 0..h {
            for x in 0..w {
                let chroma = (y / 2) * (w / 2) + x / 2;
                let l = 1.164 * (f32::from(self.i420[y * w + x]) - 16.0);
                let u = f32::from(self.i420[w * h + chroma]) - 128.0;
                let v = f32::from(self.i420[w * h + w * h / 4 + chroma]) - 128.0;
                for c in [l + 1.793 * v, l - 0.213 * u - 0.533 * v, l + 2.112 * u] {
                    rgb.push(c.clamp(0.0, 255.0) as u8);
                }
            }
        }
        rgb
    }
}

/// Light and weather of one frame.
#[derive(Debug, Clone)]
pub(crate) struct Light<'a> {
    /// Exposure, 1 = as drawn.
    pub(crate) gain: f32,
    /// A coarse grid of further gains over the picture: columns, rows, values.
    pub(crate) cloud: Option<(usize, usize, &'a [f32])>,
}

/// A sensor with its own noise.
#[derive(Debug)]
pub(crate) struct Sensor {
    seed: u32,
    /// Amplitude of the tremble, pixels.
    tremble: f32,
    noise: Vec<i8>,
    scratch: Vec<u8>,
}

/// Samples of noise kept; a prime, so that rows never line up.
const NOISE: usize = 262_147;

impl Sensor {
    /// `sigma` is the noise of a mid-grey pixel in eight-bit steps.
    pub(crate) fn new(seed: u32, sigma: f32, tremble: f32) -> Self {
        let noise =
            (0..NOISE as i32).map(|i| (noise::gaussian(i, seed) * sigma).round().clamp(-100.0, 100.0) as i8).collect();
        Self { seed, tremble, noise, scratch: Vec::new() }
    }

    /// Exposes one frame.
    pub(crate) fn expose(&mut self, picture: &Picture, number: u32, light: &Light<'_>) -> Frame {
        let (w, h) = (picture.width, picture.height);
        let mut i420 = vec![0; w * h * 3 / 2];
        let (luma, chroma) = i420.split_at_mut(w * h);
        planes(picture, luma, chroma);
        let at = number as f32;
        let wave = |k: i32| (noise::smooth(at * 0.37, k as f32 * 7.3, self.seed) - 0.5) * 2.0 * self.tremble;
        self.scratch.resize(w * h, 0);
        soften(luma, &mut self.scratch, w, h, wave(1), wave(2));
        self.grain(luma, w, number, light);
        Frame { width: w, height: h, i420 }
    }

    fn grain(&self, luma: &mut [u8], w: usize, number: u32, light: &Light<'_>) {
        let h = luma.len() / w;
        let mut gains = vec![(light.gain * 256.0) as i32; w];
        for (y, row) in luma.chunks_exact_mut(w).enumerate() {
            if let Some(cloud) = light.cloud
                && y % 4 == 0
            {
                fill_gains(&mut gains, cloud, y as f32 / h as f32, light.gain);
            }
            let start = noise::hash(number as i32, y as i32, self.seed) as usize % (NOISE - w);
            for ((value, gain), grain) in row.iter_mut().zip(&gains).zip(&self.noise[start..start + w]) {
                let lit = (i32::from(*value) * gain) >> 8;
                *value = (lit + i32::from(*grain)).clamp(16, 240) as u8;
            }
        }
    }
}

/// One row of gains from the coarse grid.
fn fill_gains(gains: &mut [i32], cloud: (usize, usize, &[f32]), v: f32, gain: f32) {
    let (columns, rows, grid) = cloud;
    let width = gains.len() as f32;
    let gy = v * (rows - 1) as f32;
    let iy = (gy as usize).min(rows - 2);
    let fy = gy - iy as f32;
    for (x, out) in gains.iter_mut().enumerate() {
        let gx = x as f32 / width * (columns - 1) as f32;
        let ix = (gx as usize).min(columns - 2);
        let fx = gx - ix as f32;
        let at = |r: usize, c: usize| grid[r * columns + c];
        let top = at(iy, ix) * (1.0 - fx) + at(iy, ix + 1) * fx;
        let bottom = at(iy + 1, ix) * (1.0 - fx) + at(iy + 1, ix + 1) * fx;
        *out = ((top * (1.0 - fy) + bottom * fy) * gain * 256.0) as i32;
    }
}

/// BT.709, limited range, chroma averaged over two by two pixels.
fn planes(picture: &Picture, luma: &mut [u8], chroma: &mut [u8]) {
    let (w, h) = (picture.width, picture.height);
    for (out, px) in luma.iter_mut().zip(picture.rgb.chunks_exact(3)) {
        let (r, g, b) = (i32::from(px[0]), i32::from(px[1]), i32::from(px[2]));
        *out = (((47 * r + 157 * g + 16 * b + 128) >> 8) + 16) as u8;
    }
    let (u, v) = chroma.split_at_mut(w * h / 4);
    for y in 0..h / 2 {
        let top = &picture.rgb[2 * y * w * 3..][..w * 3];
        let low = &picture.rgb[(2 * y + 1) * w * 3..][..w * 3];
        let out = y * (w / 2)..(y + 1) * (w / 2);
        for (((u, v), a), b) in
            u[out.clone()].iter_mut().zip(&mut v[out]).zip(top.chunks_exact(6)).zip(low.chunks_exact(6))
        {
            let sum = |k: usize| i32::from(a[k]) + i32::from(a[k + 3]) + i32::from(b[k]) + i32::from(b[k + 3]);
            let (r, g, b) = (sum(0), sum(1), sum(2));
            *u = (((-26 * r - 86 * g + 112 * b + 512) >> 10) + 128).clamp(16, 240) as u8;
            *v = (((112 * r - 102 * g - 10 * b + 512) >> 10) + 128).clamp(16, 240) as u8;
        }
    }
}

/// Three weights that move a row by `shift` pixels and soften it a little.
fn weights(shift: f32) -> [u16; 3] {
    let soft = 0.09;
    let (a, c) = (soft + (-shift).max(0.0), soft + shift.max(0.0));
    let (a, c) = ((a * 256.0) as u16, (c * 256.0) as u16);
    [a, 256 - a - c, c]
}

fn soften(luma: &mut [u8], scratch: &mut [u8], w: usize, h: usize, dx: f32, dy: f32) {
    let [a, b, c] = weights(dx);
    for (out, row) in scratch.chunks_exact_mut(w).zip(luma.chunks_exact(w)) {
        out[0] = row[0];
        out[w - 1] = row[w - 1];
        for (out, n) in out[1..w - 1].iter_mut().zip(row.windows(3)) {
            *out = ((u16::from(n[0]) * a + u16::from(n[1]) * b + u16::from(n[2]) * c + 128) >> 8) as u8;
        }
    }
    let [a, b, c] = weights(dy);
    for y in 0..h {
        let (up, down) = (y.saturating_sub(1) * w, (y + 1).min(h - 1) * w);
        let (up, here, down) = (&scratch[up..up + w], &scratch[y * w..y * w + w], &scratch[down..down + w]);
        for (((out, p), q), r) in luma[y * w..y * w + w].iter_mut().zip(up).zip(here).zip(down) {
            *out = ((u16::from(*p) * a + u16::from(*q) * b + u16::from(*r) * c + 128) >> 8) as u8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grey_stays_grey_and_the_same_number_gives_the_same_frame() {
        let mut picture = Picture::new(64, 32);
        picture.rgb.fill(128);
        let mut sensor = Sensor::new(7, 2.0, 0.25);
        let light = Light { gain: 1.0, cloud: None };
        let one = sensor.expose(&picture, 3, &light);
        assert_eq!(one.i420, sensor.expose(&picture, 3, &light).i420);
        assert_ne!(one.i420, sensor.expose(&picture, 4, &light).i420);
        let mean: u32 = one.i420[..64 * 32].iter().map(|&v| u32::from(v)).sum::<u32>() / (64 * 32);
        assert!((124..=128).contains(&mean), "{mean}");
        assert!(one.i420[64 * 32..].iter().all(|&v| (127..=129).contains(&v)));
    }
}
