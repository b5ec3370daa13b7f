//! A square without people: paving in perspective, planters, a hall with windows at the back, trees, sky. Drawn once
//! per run; what moves there (a flag, leaves) is drawn by the scene.

use crate::draw::layer::SAMPLES;
use crate::draw::noise::{fractal, smooth, unit};
use crate::draw::paint::{Rgb, grey, mix, scaled};
use crate::draw::picture::Picture;
use crate::draw::pinhole::{Pinhole, V3};

/// What differs between the two squares.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// Distance of the building, metres along y.
    pub(crate) wall_y: f32,
    /// Its height.
    pub(crate) wall_high: f32,
    /// Colour of its plaster.
    pub(crate) plaster: Rgb,
    /// Size of the paving slabs, metres.
    pub(crate) slab: f32,
    /// Colours of the paving.
    pub(crate) paving: (Rgb, Rgb),
    /// Middles of trees: x, y, height of the trunk, radius of the crown.
    pub(crate) trees: [(f32, f32, f32, f32); 3],
    pub(crate) seed: u32,
}

fn paving(place: &Place, x: f32, y: f32) -> Rgb {
    let s = place.seed;
    let (u, v) = (x / place.slab, y / place.slab);
    let (iu, iv) = (u.floor() as i32, v.floor() as i32);
    let tone = 0.9 + 0.2 * unit(iu, iv, s);
    let band = iv.rem_euclid(6) == 0 || iu.rem_euclid(8) == 0;
    let base = if band { place.paving.1 } else { place.paving.0 };
    let joint = (u - u.floor()).min(v - v.floor()) < 0.025;
    let grain = (smooth(x * 40.0, y * 40.0, s + 1) - 0.5) * 0.12;
    let stain = (fractal(x * 0.5, y * 0.5, 4, s + 2) - 0.5) * 0.30;
    scaled(base, tone * (1.0 + grain + stain) * if joint { 0.62 } else { 1.0 })
}

fn wall(place: &Place, x: f32, z: f32) -> Rgb {
    let s = place.seed + 50;
    let (u, v) = ((x / 2.6).rem_euclid(1.0), (z / 2.9).rem_euclid(1.0));
    let cell = ((x / 2.6).floor() as i32, (z / 2.9).floor() as i32);
    let stain = (fractal(x * 0.8, z * 0.6, 4, s) - 0.5) * 0.25;
    let plaster = scaled(place.plaster, 1.0 + stain + 0.06 * (smooth(x * 14.0, z * 14.0, s + 1) - 0.5));
    if z > place.wall_high - 0.35 || (z / 2.9).fract() > 0.95 {
        return scaled(plaster, 0.78);
    }
    let ground_floor = cell.1 == 0;
    let window = if ground_floor {
        (0.10..0.90).contains(&u) && v < 0.80
    } else {
        (0.22..0.78).contains(&u) && (0.22..0.78).contains(&v)
    };
    if window {
        let frame = (u - 0.5).abs() < 0.02
            || if ground_floor {
                !(0.12..0.88).contains(&u)
            } else {
                !(0.25..0.75).contains(&u) || !(0.25..0.75).contains(&v)
            };
        if frame {
            return grey(0.62);
        }
        let inside = [0.12, 0.14, 0.16];
        let lit = unit(cell.0, cell.1, s + 2);
        let glow = if ground_floor { [0.55, 0.42, 0.28] } else { [0.42, 0.52, 0.60] };
        return mix(inside, glow, 0.35 * lit + 0.3 * smooth(x * 1.7, z * 1.3, s + 3));
    }
    if ground_floor && (0.80..0.93).contains(&v) {
        return mix([0.55, 0.14, 0.13], plaster, unit(cell.0, 3, s) * 0.6);
    }
    plaster
}

fn sky(place: &Place, direction: V3) -> Rgb {
    let high = (direction.z / direction.y).clamp(0.0, 0.4);
    let cloud = fractal(direction.x / direction.y * 5.0, high * 22.0, 4, place.seed + 70);
    mix(mix([0.80, 0.84, 0.88], [0.55, 0.68, 0.84], high * 2.2), grey(0.93), ((cloud - 0.45) * 3.0).clamp(0.0, 0.8))
}

/// Crown and trunk of a tree: colour and whether the ray meets it.
fn tree(place: &Place, camera: &Pinhole, direction: V3, k: usize) -> Option<Rgb> {
    let (tx, ty, trunk, crown) = place.trees[k];
    let reach = (ty - camera.at.y) / direction.y;
    let p = camera.at + direction * reach;
    let (dx, dz) = (p.x - tx, p.z - trunk - crown * 0.7);
    let seed = place.seed + 80 + k as u32;
    let ragged = (dx / crown).hypot(dz / (crown * 0.85)) + (fractal(p.x * 2.2, p.z * 2.2, 4, seed) - 0.5) * 0.9;
    if ragged < 0.95 {
        let leaf = fractal(p.x * 7.0, p.z * 7.0, 3, seed + 5);
        let light = 0.55 + 0.35 * (dz / crown + 0.6 * dx / crown).clamp(-1.0, 1.0) + (leaf - 0.5) * 0.9;
        return Some(scaled([0.26, 0.36, 0.15], light.max(0.15) * 1.25));
    }
    let bark = 0.16 * (1.0 + 0.3 * (2.0 - p.z).max(0.0) / 2.0);
    ((dx + 0.06 * (p.z * 2.0).sin()).abs() < bark && p.z > 0.0 && p.z < trunk + 0.5)
        .then(|| scaled([0.30, 0.24, 0.19], 0.7 + 0.6 * smooth(p.x * 20.0, p.z * 4.0, seed + 9)))
}

/// A long stone planter with shrubs before the building.
fn planter(place: &Place, camera: &Pinhole, direction: V3) -> Option<Rgb> {
    let y = place.wall_y - 3.0;
    let p = camera.at + direction * ((y - camera.at.y) / direction.y);
    if p.x.rem_euclid(7.0) > 4.2 || p.z < 0.0 {
        return None;
    }
    if p.z < 0.45 {
        return Some(scaled(
            [0.62, 0.60, 0.56],
            0.75 + 0.3 * p.z + 0.2 * (fractal(p.x * 6.0, p.z * 6.0, 3, place.seed) - 0.5),
        ));
    }
    let top = 0.75 + 0.35 * fractal(p.x * 1.8, 1.0, 3, place.seed + 33);
    (p.z < top).then(|| scaled([0.24, 0.36, 0.14], 0.55 + 0.9 * fractal(p.x * 9.0, p.z * 9.0, 3, place.seed + 34)))
}

/// The whole background.
pub(crate) fn background(camera: &Pinhole, place: &Place) -> Picture {
    let mut picture = Picture::new(camera.width, camera.height);
    picture.paint(2, |px, py| {
        let mut sum = [0.0f32; 3];
        for (ox, oy) in SAMPLES.into_iter().step_by(2) {
            let c = ray_colour(camera, place, px as f32 + 0.5 + ox, py as f32 + 0.5 + oy);
            for (s, v) in sum.iter_mut().zip(c) {
                *s += v / 3.0;
            }
        }
        sum
    });
    picture
}

fn ray_colour(camera: &Pinhole, place: &Place, x: f32, y: f32) -> Rgb {
    let direction = camera.ray(x, y);
    let hit = camera.ground(x, y).filter(|p| p.y < place.wall_y);
    let near = hit.map_or(place.wall_y, |p| p.y);
    for k in 0..place.trees.len() {
        if place.trees[k].1 < near
            && let Some(c) = tree(place, camera, direction, k)
        {
            return c;
        }
    }
    if place.wall_y - 3.0 < near
        && let Some(c) = planter(place, camera, direction)
    {
        return c;
    }
    if let Some(p) = hit {
        let mut c = paving(place, p.x, p.y);
        for (tx, ty, _, crown) in place.trees {
            let away = ((p.x - tx + crown * 0.5) / crown).hypot((p.y - ty - 0.4) / (crown * 0.7))
                + (fractal(p.x * 2.0, p.y * 2.0, 3, place.seed + 60) - 0.5) * 0.8;
            c = scaled(c, 1.0 - 0.42 * ((1.0 - away) * 4.0).clamp(0.0, 1.0));
        }
        let foot = ((place.wall_y - p.y) / 1.5).clamp(0.0, 1.0);
        return scaled(c, 0.75 + 0.25 * foot);
    }
    let p = camera.at + direction * ((place.wall_y - camera.at.y) / direction.y);
    if p.z < place.wall_high { wall(place, p.x, p.z) } else { sky(place, direction) }
}
