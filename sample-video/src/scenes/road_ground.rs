//! The road without traffic: asphalt with its wear, markings, kerb, verge, a banner on a rail, a parked car and the
//! shade of trees that stand outside the picture. Drawn once per run.

use crate::draw::fonts::{Family, Fonts};
use crate::draw::layer::{Face, Layer, SAMPLES};
use crate::draw::noise::{fractal, smooth, unit};
use crate::draw::paint::{Canvas, Rgb, grey, mix, scaled};
use crate::draw::picture::Picture;
use crate::draw::pinhole::{Pinhole, v3};

/// Half the width of the carriageway, metres.
pub(crate) const EDGE: f32 = 2.62;
/// Text on the banner.
pub(crate) const BANNER: &str = "DU LỊCH MẪU SƠN - CHÀO MỪNG QUÝ KHÁCH";

/// The ground at a place, `fine` = how small a detail a pixel still shows, metres.
fn ground(x: f32, y: f32, seed: u32) -> Rgb {
    if x < -EDGE - 0.22 {
        return verge(x, y, seed);
    }
    if x.abs() > EDGE {
        // Kerb stones, or the paved edge on the right.
        let joint = (y * 1.0).rem_euclid(1.0) < 0.02 || (x.abs() - EDGE) < 0.02;
        let stone =
            0.60 + 0.10 * (fractal(x * 8.0, y * 8.0, 3, seed + 40) - 0.5) + 0.05 * unit(y.floor() as i32, 3, seed);
        return scaled([0.98, 0.97, 0.93], if joint { stone * 0.55 } else { stone });
    }
    let grain = (smooth(x * 70.0, y * 70.0, seed) - 0.5) * 0.13 + (smooth(x * 31.0, y * 31.0, seed + 1) - 0.5) * 0.08;
    let blotch = (fractal(x * 0.6, y * 0.25, 4, seed + 2) - 0.5) * 0.16;
    let lane = if x > 0.0 { x - 1.25 } else { x + 1.3 };
    let track = (-((lane.abs() - 0.72) / 0.22).powi(2)).exp() * 0.035;
    let oil = (-(lane / 0.25).powi(2)).exp() * 0.05 * fractal(x, y * 0.5, 3, seed + 3);
    let crack_at = fractal(x * 1.1 + 7.0, y * 0.7, 4, seed + 4);
    let cracked = fractal(x * 0.35, y * 0.2, 2, seed + 14) > 0.52;
    let crack = if cracked && (crack_at - 0.5).abs() < 0.0018 { 0.09 } else { 0.0 };
    let patch = if (x - 0.9).abs() < 0.55 && (y - 24.4).abs() < 0.9 { -0.06 } else { 0.0 };
    let mut value = 0.47 * (1.0 + grain + blotch) - track - oil - crack + patch;
    let wear = fractal(x * 9.0, y * 9.0, 3, seed + 5);
    let dashed = x.abs() < 0.06 && y.rem_euclid(3.0) < 1.5;
    let solid = (x.abs() - (EDGE - 0.25)).abs() < 0.06;
    if (dashed || solid) && wear > 0.36 {
        value = 0.82 + (wear - 0.5) * 0.25 + grain * 0.5;
    }
    [value * 1.0, value * 0.995, value * 0.975]
}

fn verge(x: f32, y: f32, seed: u32) -> Rgb {
    let blades = smooth(x * 45.0, y * 22.0, seed + 6);
    let clumps = fractal(x * 2.2, y * 1.6, 4, seed + 7);
    let grass = mix([0.20, 0.28, 0.11], [0.40, 0.46, 0.20], blades * 0.7 + clumps * 0.4);
    let soil = scaled([0.47, 0.40, 0.30], 0.8 + 0.4 * smooth(x * 30.0, y * 30.0, seed + 8));
    mix(soil, grass, ((clumps - 0.38) * 7.0).clamp(0.0, 1.0))
}

/// Shade of leaves, 1 = full sun.
fn shade(x: f32, y: f32, seed: u32) -> f32 {
    let crown = (1.2 - ((x + 3.6) / 2.6).hypot((y - 26.5) / 5.0)).clamp(0.0, 0.6) / 0.6;
    let leaves = ((fractal(x * 2.6, y * 1.9, 4, seed + 9) - 0.42) * 6.0).clamp(0.0, 1.0);
    1.0 - 0.42 * crown * leaves
}

/// The whole background.
pub(crate) fn background(camera: &Pinhole, fonts: &Fonts, seed: u32) -> Picture {
    let mut picture = Picture::new(camera.width, camera.height);
    picture.paint(2, |px, py| {
        let mut sum = [0.0f32; 3];
        for k in 0..6u8 {
            let (ox, oy) = SAMPLES[usize::from(k)];
            if let Some(p) = camera.ground(px as f32 + 0.5 + ox, py as f32 + 0.5 + oy) {
                let c = scaled(ground(p.x, p.y, seed), shade(p.x, p.y, seed));
                for (s, v) in sum.iter_mut().zip(c) {
                    *s += v / 6.0;
                }
            }
        }
        sum
    });
    let banner = banner(fonts, seed);
    let mut layer = Layer::default();
    if layer.begin([0.0, 0.0, camera.width as f32, camera.height as f32], camera.width, camera.height) {
        for offset in SAMPLES {
            for face in &banner {
                layer.face(camera, face, v3(0.0, 0.0, 0.0), offset);
            }
            layer.commit();
        }
        layer.composite(&mut picture);
    }
    picture
}

/// Corners of the banner, for the truth.
pub(crate) const BANNER_AT: (f32, f32, f32, f32, f32) = (-3.05, 19.0, 27.5, 0.12, 0.78);

fn banner(fonts: &Fonts, seed: u32) -> Vec<Face> {
    let (x, y0, y1, z0, z1) = BANNER_AT;
    let (w, h) = (y1 - y0, z1 - z0);
    let mut c = Canvas::new(w, h, 160.0);
    c.rect(0.0, 0.0, w, h, 0.02, [0.72, 0.10, 0.10], 1.0);
    c.rect(0.06, 0.05, w - 0.12, h - 0.10, 0.02, [0.93, 0.78, 0.20], 1.0);
    c.rect(0.09, 0.08, w - 0.18, h - 0.16, 0.02, [0.70, 0.11, 0.10], 1.0);
    c.text(fonts, Family::DejaVuSans, BANNER, 0.30, h * 0.66, 0.30, [0.97, 0.93, 0.80]);
    c.tint(|x, _, p| scaled(p, 0.92 + 0.12 * (x * 2.1).sin() * smooth(x * 0.9, 1.0, seed)));
    c.worn(0.05, 0.15, seed + 20);
    let mut rail = Canvas::new(w, z1, 120.0);
    for k in 0..6u8 {
        rail.rect(w * f32::from(k) / 5.0 - 0.03, 0.0, 0.06, z1, 0.0, grey(0.42), 1.0);
    }
    let side = |x: f32, z: (f32, f32), canvas: Canvas| Face {
        origin: v3(x, y0, z.1),
        along: v3(0.0, w, 0.0),
        down: v3(0.0, 0.0, z.0 - z.1),
        part: vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)],
        texture: canvas.finish(),
        light: 0.95,
        fine: true,
    };
    vec![side(x - 0.03, (0.0, z1), rail), side(x, (z0, z1), c)]
}
