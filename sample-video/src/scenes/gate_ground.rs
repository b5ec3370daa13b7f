//! The forecourt of a sample gate without people: paving, the building's front with its door, a sign that says what the
//! camera does, a planter. Drawn once per run.

use super::gate_cast::Site;
use crate::draw::fonts::{Family, Fonts};
use crate::draw::layer::{Face, Layer, SAMPLES};
use crate::draw::noise::{fractal, smooth, unit};
use crate::draw::paint::{Canvas, Rgb, grey, mix, scaled};
use crate::draw::picture::Picture;
use crate::draw::pinhole::{Pinhole, V3, v3};

/// Height of the door's opening, metres.
pub(crate) const DOOR_HIGH: f32 = 2.12;

fn paving(site: &Site, x: f32, y: f32) -> Rgb {
    let s = site.seed;
    let (u, v) = (x / 0.5, y / 0.5);
    let (iu, iv) = (u.floor() as i32, v.floor() as i32);
    let tone = 0.90 + 0.16 * unit(iu, iv, s);
    let path = (x - (site.door.0 + site.door.1) / 2.0 * ((y - 2.0) / 6.0)).abs() < 1.1;
    let base = if path { site.paving.1 } else { site.paving.0 };
    let joint = (u - u.floor()).min(v - v.floor()) < 0.03;
    let grain = (smooth(x * 50.0, y * 50.0, s + 1) - 0.5) * 0.12;
    let stain = (fractal(x * 0.7, y * 0.7, 4, s + 2) - 0.5) * 0.26;
    scaled(base, tone * (1.0 + grain + stain) * if joint { 0.70 } else { 1.0 })
}

/// The building's front.
fn front(site: &Site, x: f32, z: f32) -> Rgb {
    let s = site.seed + 50;
    let stain = (fractal(x * 0.8, z * 0.6, 4, s) - 0.5) * 0.18 + 0.05 * (smooth(x * 20.0, z * 20.0, s + 1) - 0.5);
    let plaster = scaled(site.plaster, 1.0 + stain);
    let (left, right) = site.door;
    if x > left && x < right && z < DOOR_HIGH {
        return inside(site, x, z);
    }
    if x > left - 0.10 && x < right + 0.10 && z < DOOR_HIGH + 0.10 {
        return scaled(grey(0.42), 0.9 + 0.2 * smooth(x * 30.0, z * 3.0, s + 2));
    }
    // A row of windows on both sides of the door.
    let from_door = if x < left { left - x } else { x - right };
    let u = (from_door - 0.55).rem_euclid(1.9);
    if from_door > 0.55 && u < 1.25 && (0.95..2.05).contains(&z) {
        if !(0.05..1.20).contains(&u) || !(1.0..2.0).contains(&z) || (u - 0.62).abs() < 0.025 {
            return grey(0.66);
        }
        let sky = fractal(x * 1.2 + z, z * 1.5, 3, s + 3);
        return mix([0.16, 0.19, 0.21], [0.46, 0.55, 0.60], 0.25 + 0.5 * sky * (z - 0.6));
    }
    if z < 0.45 {
        return scaled([0.46, 0.42, 0.39], 0.85 + 0.2 * smooth(x * 9.0, z * 9.0, s + 4));
    }
    plaster
}

/// What is seen through the open door.
fn inside(site: &Site, x: f32, z: f32) -> Rgb {
    let (left, right) = site.door;
    let u = (x - left) / (right - left);
    let lamp = 0.5 + 0.5 * (1.0 - ((z - 1.9) / 1.4).abs()).max(0.0);
    let wall = mix([0.20, 0.18, 0.16], [0.40, 0.36, 0.30], lamp * (1.0 - (u - 0.5).abs()));
    // The floor goes three metres in.
    if z < 0.44 { scaled([0.42, 0.39, 0.35], 1.0 - 1.1 * z) } else { scaled(wall, 0.7) }
}

/// A planter with a hedge at the side that has no way.
fn planter(site: &Site, camera: &Pinhole, direction: V3) -> Option<(f32, Rgb)> {
    let y = site.wall_y - 1.3;
    let p = camera.at + direction * ((y - camera.at.y) / direction.y);
    let along = p.x * -site.side;
    if !(1.7..4.6).contains(&along) || p.z < 0.0 {
        return None;
    }
    if p.z < 0.42 {
        let rough = 0.18 * (fractal(p.x * 7.0, p.z * 7.0, 3, site.seed) - 0.5);
        return Some((y, scaled([0.60, 0.57, 0.53], 0.72 + 0.4 * p.z + rough)));
    }
    let top = 0.80 + 0.30 * fractal(p.x * 2.2, 1.0, 3, site.seed + 33);
    let leaf = 0.5 + 0.9 * fractal(p.x * 12.0, p.z * 12.0, 3, site.seed + 34);
    (p.z < top).then(|| (y, scaled([0.23, 0.36, 0.15], leaf)))
}

fn ray_colour(camera: &Pinhole, site: &Site, x: f32, y: f32) -> Rgb {
    let direction = camera.ray(x, y);
    let hit = camera.ground(x, y).filter(|p| p.y < site.wall_y);
    if let Some((at, c)) = planter(site, camera, direction)
        && hit.is_none_or(|p| p.y > at)
    {
        return c;
    }
    if let Some(p) = hit {
        let foot = 0.72 + 0.28 * ((site.wall_y - p.y) / 0.8).clamp(0.0, 1.0);
        let bed = (p.x * -site.side > 1.6 && p.y > site.wall_y - 1.7) as u8;
        return scaled(paving(site, p.x, p.y), foot * (1.0 - 0.12 * f32::from(bed)));
    }
    let p = camera.at + direction * ((site.wall_y - camera.at.y) / direction.y);
    front(site, p.x, p.z)
}

/// What stands on the sign: the gate, and that faces are looked at.
fn sign(site: &Site, fonts: &Fonts) -> Face {
    let (w, h) = (1.15, 0.46);
    let mut c = Canvas::new(w, h, 260.0);
    c.rect(0.0, 0.0, w, h, 0.02, [0.90, 0.90, 0.88], 1.0);
    c.rect(0.0, 0.0, w, 0.17, 0.02, [0.12, 0.25, 0.45], 1.0);
    c.text(fonts, Family::RobotoCondensed, &site.title.to_uppercase(), 0.06, 0.125, 0.11, [0.95; 3]);
    c.text(fonts, Family::RobotoCondensed, "Camera nhận diện khuôn mặt", 0.06, 0.28, 0.075, [0.12; 3]);
    c.text(fonts, Family::RobotoCondensed, "Mẫu thử · không phải người thật", 0.06, 0.39, 0.075, [0.12; 3]);
    c.worn(0.03, 0.08, site.seed);
    let middle = if site.side > 0.0 { site.door.0 - 0.62 } else { site.door.1 + 0.62 };
    Face {
        origin: v3(middle - w / 2.0, site.wall_y - 0.03, 0.93),
        along: v3(w, 0.0, 0.0),
        down: v3(0.0, 0.0, -h),
        part: vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)],
        texture: c.finish(),
        light: 0.95,
        fine: true,
    }
}

/// The whole background.
pub(crate) fn background(camera: &Pinhole, site: &Site, fonts: &Fonts) -> Picture {
    let mut picture = Picture::new(camera.width, camera.height);
    picture.paint(2, |px, py| {
        let mut sum = [0.0f32; 3];
        for (ox, oy) in SAMPLES.into_iter().step_by(2) {
            let c = ray_colour(camera, site, px as f32 + 0.5 + ox, py as f32 + 0.5 + oy);
            for (s, v) in sum.iter_mut().zip(c) {
                *s += v / 3.0;
            }
        }
        sum
    });
    let mut layer = Layer::default();
    if layer.begin([0.0, 0.0, camera.width as f32, camera.height as f32], camera.width, camera.height) {
        let sign = sign(site, fonts);
        for offset in SAMPLES {
            layer.face(camera, &sign, v3(0.0, 0.0, 0.0), offset);
            layer.commit();
        }
        layer.composite(&mut picture);
    }
    picture
}
