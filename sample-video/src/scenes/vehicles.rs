//! Vehicles as painted hulls: a profile drawn along the length, its strips (bonnet, screens, roof, ends) and the side
//! that the camera sees. Local axes: x across, y away from the camera's end, z up; y = 0 is the end that faces the
//! camera. Only what this camera can see is built: the near end, the tops and the right side.

use std::sync::Arc;

use super::plates::Plate;
use crate::draw::fonts::Fonts;
use crate::draw::layer::{Cloth, Face, Limb};
use crate::draw::noise;
use crate::draw::paint::{Canvas, Rgb, Texture, grey, mix, scaled};
use crate::draw::pinhole::{V3, v3};

/// Which end faces the camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Front,
    Rear,
}

/// What it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Body {
    Sedan,
    Hatchback,
    Suv,
    Van,
    Bus,
    Truck,
    Motorcycle,
}

/// A vehicle ready to be drawn, in paint order.
#[derive(Debug, Clone)]
pub(crate) struct Vehicle {
    pub(crate) faces: Vec<Face>,
    pub(crate) limbs: Vec<Limb>,
    /// Faces drawn after the limbs: a motorcycle's plate.
    pub(crate) late: Vec<Face>,
    pub(crate) length: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
    /// The plate's corners, clockwise from top left.
    pub(crate) plate: Option<[V3; 4]>,
}

/// Pixels a metre of body textures.
const PPM: f32 = 240.0;
/// Light on the near end, the tops, the right side.
const NEAR: f32 = 0.86;
const TOP: f32 = 1.08;
const SIDE: f32 = 0.95;

/// Measures of a car: ends of bonnet/boot, screens and roof along y for the front end facing the camera.
struct Shape {
    length: f32,
    width: f32,
    roof: f32,
    belt: f32,
    /// Height of the near and far ends.
    ends: (f32, f32),
    /// y of belt and roof at the near screen, of roof and belt at the far screen.
    cabin: [f32; 4],
    roof_width: f32,
}

fn shape(body: Body, end: End) -> Shape {
    let (length, width, roof, belt, front, rear, cabin, roof_width) = match body {
        Body::Suv => (4.6, 1.88, 1.72, 1.12, 0.98, 1.10, [1.05, 1.62, 4.10, 4.50], 1.42),
        Body::Hatchback => (3.8, 1.68, 1.50, 0.96, 0.84, 0.96, [0.85, 1.60, 3.20, 3.70], 1.22),
        Body::Van => (4.9, 1.80, 1.95, 1.10, 0.96, 1.10, [0.55, 1.20, 4.72, 4.84], 1.58),
        _ => (4.5, 1.76, 1.45, 0.95, 0.80, 0.98, [1.05, 1.85, 3.05, 3.85], 1.20),
    };
    let turned = |c: [f32; 4]| [length - c[3], length - c[2], length - c[1], length - c[0]];
    match end {
        End::Front => Shape { length, width, roof, belt, ends: (front, rear), cabin, roof_width },
        End::Rear => Shape { length, width, roof, belt, ends: (rear, front), cabin: turned(cabin), roof_width },
    }
}

/// A strip across the vehicle from its far edge (y, z, half width) to its near edge.
fn strip(far: (f32, f32, f32), near: (f32, f32, f32), texture: &Arc<Texture>, light: f32) -> Face {
    let half = far.2.max(near.2);
    let u = |w: f32| ((half - w) / (2.0 * half), (half + w) / (2.0 * half));
    let ((f0, f1), (n0, n1)) = (u(far.2), u(near.2));
    Face {
        origin: v3(-half, far.0, far.1),
        along: v3(2.0 * half, 0.0, 0.0),
        down: v3(0.0, near.0 - far.0, near.1 - far.1),
        part: vec![(f0, 0.0), (f1, 0.0), (n1, 1.0), (n0, 1.0)],
        texture: Arc::clone(texture),
        light,
        fine: false,
    }
}

/// The right side of a box.
fn side(x: f32, y: (f32, f32), z: (f32, f32), texture: Arc<Texture>) -> Face {
    Face {
        origin: v3(x, y.0, z.1),
        along: v3(0.0, y.1 - y.0, 0.0),
        down: v3(0.0, 0.0, z.0 - z.1),
        part: vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)],
        texture,
        light: SIDE,
        fine: false,
    }
}

fn sheet(w: f32, h: f32, c: Rgb, seed: u32) -> Canvas {
    let mut canvas = Canvas::new(w, h, PPM);
    canvas.rect(-0.01, -0.01, w + 0.02, h + 0.02, 0.0, c, 1.0);
    canvas.tint(|x, y, c| {
        let sky = 0.10 * noise::fractal(x * 0.9, y * 2.5, 3, seed);
        scaled(mix(c, [0.75, 0.82, 0.90], sky), 0.95 + 0.10 * noise::smooth(x * 1.3, y * 4.0, seed + 1))
    });
    canvas
}

fn glass(w: f32, h: f32, seed: u32, pillars: Rgb) -> Canvas {
    let mut canvas = sheet(w, h, pillars, seed);
    canvas.rect(0.05, 0.03, w - 0.10, h - 0.05, 0.05, [0.07, 0.085, 0.10], 1.0);
    canvas.tint(|x, y, c| {
        let glow = noise::fractal(x * 1.4 + 3.0, y * 2.2, 3, seed + 2);
        if c[0] < 0.12 {
            mix(c, [0.55, 0.66, 0.74], (0.50 * (1.0 - y / h) + 0.5 * (glow - 0.45)).clamp(0.0, 0.6))
        } else {
            c
        }
    });
    canvas
}

fn wheel(canvas: &mut Canvas, x: f32, y: f32, r: f32) {
    canvas.ellipse(x, y, r * 1.17, r * 1.17, grey(0.03), 1.0);
    canvas.ellipse(x, y, r, r, grey(0.07), 1.0);
    canvas.ellipse(x, y, r * 0.66, r * 0.66, grey(0.55), 1.0);
    canvas.ellipse(x, y, r * 0.58, r * 0.58, grey(0.28), 1.0);
    for k in 0..5u8 {
        let a = f32::from(k) * 1.2566;
        canvas.line((x, y), (x + a.cos() * r * 0.6, y + a.sin() * r * 0.6), r * 0.13, grey(0.62), 1.0);
    }
    canvas.ellipse(x, y, r * 0.14, r * 0.14, grey(0.4), 1.0);
}

/// The near end of a car from its upper edge down to 0.18 m.
fn car_end(end: End, w: f32, h: f32, paint: Rgb, seed: u32) -> Canvas {
    let mut c = sheet(w, h, paint, seed);
    let dark = grey(0.06);
    match end {
        End::Front => {
            c.rect(w * 0.22, h * 0.20, w * 0.56, h * 0.20, 0.03, dark, 1.0);
            for k in 0..4u8 {
                c.rect(w * 0.24, h * (0.225 + 0.045 * f32::from(k)), w * 0.52, 0.008, 0.003, grey(0.55), 0.8);
            }
            c.ellipse(w * 0.5, h * 0.295, 0.05, 0.035, grey(0.8), 1.0);
            for x in [0.115, 0.885] {
                c.ellipse(w * x, h * 0.26, 0.155, 0.072, grey(0.30), 1.0);
                c.ellipse(w * x, h * 0.26, 0.14, 0.060, grey(0.86), 1.0);
                c.ellipse(w * x, h * 0.255, 0.05, 0.042, grey(0.97), 1.0);
                c.ellipse(w * (0.5 + (x - 0.5) * 0.86), h * 0.80, 0.06, 0.04, grey(0.75), 0.9);
            }
            c.rect(w * 0.20, h * 0.73, w * 0.60, h * 0.17, 0.03, dark, 0.95);
        }
        End::Rear => {
            for x in [0.085, 0.915] {
                c.rect(w * x - 0.13, h * 0.10, 0.26, h * 0.20, 0.03, [0.55, 0.04, 0.05], 1.0);
                c.rect(w * x - 0.11, h * 0.12, 0.22, 0.035, 0.015, [0.85, 0.20, 0.16], 0.9);
                c.rect(w * x - 0.10, h * 0.235, 0.20, 0.03, 0.012, grey(0.8), 0.7);
            }
            c.rect(w * 0.30, h * 0.22, w * 0.40, h * 0.36, 0.03, scaled(paint, 0.72), 1.0);
            c.rect(w * 0.36, h * 0.17, w * 0.28, 0.022, 0.01, grey(0.7), 0.9);
            c.rect(0.04, h * 0.66, w - 0.08, 0.012, 0.0, scaled(paint, 0.55), 0.9);
            c.rect(w * 0.16, h * 0.84, w * 0.68, h * 0.12, 0.03, dark, 0.95);
            c.rect(w * 0.74, h * 0.90, 0.11, 0.05, 0.02, grey(0.35), 1.0);
        }
    }
    c.rect(0.0, h - 0.04, w, 0.05, 0.0, grey(0.05), 0.9);
    c.tint(|_, y, c| scaled(c, 1.06 - 0.30 * (y / h)));
    c.worn(0.04, 0.12, seed + 4);
    c
}

fn plate_face(plate: &Plate, fonts: &Fonts, center: (f32, f32, f32), tilt: f32, seed: u32) -> (Face, [V3; 4]) {
    let (w, h) = plate.size();
    let (s, c) = tilt.sin_cos();
    let (along, down) = (v3(w, 0.0, 0.0), v3(0.0, -h * s, -h * c));
    let origin = v3(center.0, center.1, center.2) - along * 0.5 - down * 0.5;
    let face = Face {
        origin,
        along,
        down,
        part: vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)],
        texture: plate.texture(fonts, seed),
        light: 0.93,
        fine: true,
    };
    (face, [origin, origin + along, origin + along + down, origin + down])
}

/// Builds a vehicle.
pub(crate) fn build(body: Body, end: End, paint: Rgb, plate: Option<&Plate>, fonts: &Fonts, seed: u32) -> Vehicle {
    match body {
        Body::Bus | Body::Truck => super::heavy::build(body, end, paint, plate, fonts, seed),
        Body::Motorcycle => motorcycle(end, paint, plate, fonts, seed),
        _ => car(body, end, paint, plate, fonts, seed),
    }
}

fn car(body: Body, end: End, paint: Rgb, plate: Option<&Plate>, fonts: &Fonts, seed: u32) -> Vehicle {
    let s = shape(body, end);
    let (hw, rw) = (s.width / 2.0, s.roof_width / 2.0);
    let [b0, r0, r1, b1] = s.cabin;
    let roof = {
        let mut c = sheet(s.width, r1 - r0, paint, seed);
        c.worn(0.03, 0.10, seed);
        c.finish()
    };
    let hood = {
        let mut c = sheet(s.width, 1.2, paint, seed + 1);
        for x in [0.22, 0.78] {
            c.line((s.width * x, 0.1), (s.width * (0.5 + (x - 0.5) * 0.8), 1.15), 0.012, scaled(paint, 0.6), 0.6);
        }
        c.finish()
    };
    let near_glass = {
        let mut c = glass(s.width, 0.9, seed + 2, scaled(paint, 0.8));
        // Headrests behind the glass, the inspection sticker, the wipers.
        for x in [0.30, 0.70] {
            c.rect(s.width * x - 0.13, 0.34, 0.26, 0.50, 0.09, grey(0.10), 0.75);
        }
        c.rect(s.width * 0.80, 0.09, 0.09, 0.08, 0.01, [0.55, 0.72, 0.60], 0.9);
        if end == End::Front {
            c.rect(s.width * 0.5 - 0.10, 0.07, 0.20, 0.06, 0.02, grey(0.05), 0.9);
            c.line((s.width * 0.22, 0.86), (s.width * 0.48, 0.80), 0.018, grey(0.03), 1.0);
            c.line((s.width * 0.55, 0.86), (s.width * 0.82, 0.80), 0.018, grey(0.03), 1.0);
        }
        c.finish()
    };
    let far_glass = glass(s.width, 0.9, seed + 3, scaled(paint, 0.8)).finish();
    let low = 0.18;
    let slant = 0.14;
    let ends = car_end(end, s.width, s.ends.0 - slant - low, paint, seed + 5).finish();
    let lip = sheet(s.width, slant, scaled(paint, 1.03), seed + 6).finish();
    let mut faces = vec![
        strip((s.length, s.ends.1, hw), (b1, s.belt, hw), &hood, TOP),
        strip((b1, s.belt, hw), (r1, s.roof, rw), &far_glass, 0.8),
    ];
    faces.push(cabin_side(&s, hw, rw, paint, seed + 7));
    faces.push(strip((r1, s.roof, rw), (r0, s.roof, rw), &roof, TOP));
    faces.push(side(hw, (0.0, s.length), (0.0, s.belt), lower_side(&s, end, paint, seed + 8)));
    faces.push(strip((r0, s.roof, rw), (b0, s.belt, hw), &near_glass, 0.97));
    faces.push(strip((b0, s.belt, hw), (0.16, s.ends.0, hw), &hood, TOP));
    faces.push(strip((0.16, s.ends.0, hw), (0.0, s.ends.0 - slant, hw), &lip, 0.97));
    faces.push(strip((0.0, s.ends.0 - slant, hw), (0.0, low, hw), &ends, NEAR));
    let mut corners = None;
    if let Some(plate) = plate {
        let z = if end == End::Front { 0.46 } else { low + (s.ends.0 - slant - low) * 0.56 };
        let (face, c) = plate_face(plate, fonts, (0.0, -0.015, z), 0.05, seed + 11);
        faces.push(face);
        corners = Some(c);
    }
    let mirror = |x: f32| Limb {
        a: v3(x * 0.98, b0.min(b1) + 0.25, s.belt + 0.03),
        b: v3(x * 1.14, b0.min(b1) + 0.25, s.belt + 0.08),
        ra: 0.05,
        rb: 0.08,
        colour: scaled(paint, 0.8),
        cloth: Cloth::Plain,
    };
    let limbs = if end == End::Front { vec![mirror(hw), mirror(-hw)] } else { Vec::new() };
    Vehicle { faces, limbs, late: Vec::new(), length: s.length, width: s.width, height: s.roof, plate: corners }
}

fn cabin_side(s: &Shape, hw: f32, rw: f32, paint: Rgb, seed: u32) -> Face {
    let [b0, r0, r1, b1] = s.cabin;
    let (length, height) = (b1 - b0, s.roof - s.belt);
    let mut c = sheet(length, height, scaled(paint, 0.85), seed);
    let (p, q) = (r0 - b0, r1 - b0);
    let middle = (p + q) / 2.0;
    let glass = [0.09, 0.11, 0.13];
    c.polygon(
        &[(0.14, height - 0.03), (p + 0.03, 0.06), (middle - 0.04, 0.06), (middle - 0.04, height - 0.03)],
        glass,
        1.0,
    );
    c.polygon(
        &[(middle + 0.04, height - 0.03), (middle + 0.04, 0.06), (q - 0.02, 0.06), (length - 0.16, height - 0.03)],
        glass,
        1.0,
    );
    c.tint(|x, y, c| {
        if c[0] < 0.13 {
            mix(
                c,
                [0.5, 0.6, 0.68],
                (0.35 + 0.5 * (noise::smooth(x * 2.0, y * 3.0, seed) - 0.5) - 0.4 * y / height).clamp(0.0, 0.5),
            )
        } else {
            c
        }
    });
    Face {
        origin: v3(rw, b0, s.roof),
        along: v3(0.0, length, 0.0),
        down: v3(hw - rw, 0.0, s.belt - s.roof),
        part: vec![(p / length, 0.0), (q / length, 0.0), (1.0, 1.0), (0.0, 1.0)],
        texture: c.finish(),
        light: SIDE,
        fine: false,
    }
}

fn lower_side(s: &Shape, end: End, paint: Rgb, seed: u32) -> Arc<Texture> {
    let mut c = Canvas::new(s.length, s.belt, PPM);
    let z = |z: f32| s.belt - z;
    let [b0, _, _, b1] = s.cabin;
    c.polygon(
        &[
            (0.02, z(s.ends.0 - 0.14)),
            (0.16, z(s.ends.0)),
            (b0, z(s.belt)),
            (b1, z(s.belt)),
            (s.length - 0.10, z(s.ends.1)),
            (s.length, z(0.45)),
            (s.length - 0.05, z(0.24)),
            (0.0, z(0.2)),
        ],
        paint,
        1.0,
    );
    c.tint(|x, y, p| {
        let sky = (1.0 - y / s.belt) * 0.30 + 0.12 * noise::fractal(x * 0.8, y * 3.0, 3, seed);
        let shade = if y > s.belt * 0.55 { 0.72 } else { 1.0 };
        scaled(mix(p, [0.78, 0.84, 0.9], sky * 0.6), shade)
    });
    let middle = (b0 + b1) / 2.0;
    for x in [b0 + 0.25, middle, b1 - 0.20] {
        c.line((x, z(s.belt)), (x, z(0.33)), 0.012, scaled(paint, 0.45), 0.8);
    }
    for x in [middle - 0.22, b1 - 0.45] {
        c.rect(x, z(s.belt - 0.13), 0.16, 0.025, 0.01, grey(0.75), 0.8);
    }
    c.rect(0.3, z(0.26), s.length - 0.6, 0.06, 0.02, grey(0.05), 0.9);
    let wheels = match end {
        End::Front => [0.80, s.length - 0.75],
        End::Rear => [0.75, s.length - 0.80],
    };
    for x in wheels {
        wheel(&mut c, x, z(0.315), 0.31);
    }
    c.worn(0.04, 0.10, seed + 2);
    c.finish()
}

fn motorcycle(end: End, paint: Rgb, plate: Option<&Plate>, fonts: &Fonts, seed: u32) -> Vehicle {
    let length = 1.85;
    let shade = |i: i32| noise::unit(i, 5, seed);
    let shirt = [0.25 + 0.6 * shade(1), 0.2 + 0.5 * shade(2), 0.2 + 0.6 * shade(3)];
    let helmet = [0.2 + 0.7 * shade(4), 0.15 + 0.5 * shade(5), 0.15 + 0.6 * shade(6)];
    // Built with the rear at y = 0; the front view turns it round.
    let turn = |p: (f32, f32, f32)| if end == End::Rear { v3(p.0, p.1, p.2) } else { v3(-p.0, length - p.1, p.2) };
    let limb = |a: (f32, f32, f32), b: (f32, f32, f32), ra: f32, rb: f32, colour: Rgb| Limb {
        a: turn(a),
        b: turn(b),
        ra,
        rb,
        colour,
        cloth: Cloth::Plain,
    };
    let mut limbs = Vec::new();
    for hub in [1.52, 0.33] {
        for k in 0..12u8 {
            let (a, b) = (f32::from(k) * std::f32::consts::FRAC_PI_6, f32::from(k + 1) * std::f32::consts::FRAC_PI_6);
            let at = |t: f32| (0.0, hub + 0.25 * t.cos(), 0.30 + 0.25 * t.sin());
            limbs.push(limb(at(a), at(b), 0.05, 0.05, grey(0.06)));
        }
        limbs.push(limb((-0.05, hub, 0.30), (0.05, hub, 0.30), 0.09, 0.09, grey(0.35)));
    }
    limbs.push(limb((0.0, 1.50, 0.45), (0.0, 1.28, 1.0), 0.06, 0.07, grey(0.18)));
    limbs.push(limb((0.0, 1.36, 0.55), (0.0, 1.30, 0.95), 0.14, 0.15, paint));
    limbs.push(limb((-0.31, 1.18, 1.03), (0.31, 1.18, 1.03), 0.022, 0.022, grey(0.12)));
    for x in [-0.30, 0.30] {
        limbs.push(limb((x, 1.2, 1.03), (x * 1.15, 1.22, 1.18), 0.012, 0.012, grey(0.15)));
        limbs.push(limb((x * 1.1, 1.22, 1.20), (x * 1.3, 1.22, 1.20), 0.045, 0.04, grey(0.2)));
    }
    limbs.push(limb((0.0, 1.30, 0.42), (0.0, 0.70, 0.42), 0.11, 0.13, grey(0.16)));
    limbs.push(limb((0.0, 1.0, 0.62), (0.0, 0.22, 0.72), 0.14, 0.11, paint));
    limbs.push(limb((0.0, 0.90, 0.76), (0.0, 0.28, 0.82), 0.12, 0.10, grey(0.07)));
    limbs.push(limb((0.16, 0.75, 0.34), (0.18, 0.10, 0.40), 0.045, 0.06, grey(0.5)));
    // Lamp, mudguard and lights at the end that is seen.
    limbs.push(limb((0.0, 0.14, 0.60), (0.0, 0.06, 0.30), 0.07, 0.06, grey(0.08)));
    limbs.push(limb((-0.07, 0.10, 0.735), (0.07, 0.10, 0.735), 0.04, 0.04, [0.75, 0.06, 0.05]));
    limbs.push(limb((-0.06, 1.42, 0.92), (0.06, 1.42, 0.92), 0.07, 0.07, grey(0.9)));
    rider(&mut limbs, &limb, shirt, helmet, shade(7));
    if end == End::Front {
        limbs.sort_by(|a, b| (b.a.y + b.b.y).total_cmp(&(a.a.y + a.b.y)));
    } else {
        limbs.sort_by(|a, b| (b.a.y + b.b.y - b.a.z * 0.2).total_cmp(&(a.a.y + a.b.y - a.a.z * 0.2)));
    }
    let (mut late, mut corners) = (Vec::new(), None);
    if let (Some(plate), End::Rear) = (plate, end) {
        let (face, c) = plate_face(plate, fonts, (0.0, -0.02, 0.585), 0.22, seed + 11);
        late.push(face);
        corners = Some(c);
    }
    Vehicle { faces: Vec::new(), limbs, late, length, width: 0.72, height: 1.72, plate: corners }
}

type MakeLimb<'a> = dyn Fn((f32, f32, f32), (f32, f32, f32), f32, f32, Rgb) -> Limb + 'a;

fn rider(limbs: &mut Vec<Limb>, limb: &MakeLimb<'_>, shirt: Rgb, helmet: Rgb, kind: f32) {
    let skin = [0.62, 0.45, 0.34];
    let trousers = if kind > 0.5 { [0.13, 0.15, 0.22] } else { [0.24, 0.21, 0.19] };
    for s in [-1.0f32, 1.0] {
        limbs.push(limb((s * 0.10, 0.60, 0.86), (s * 0.22, 1.03, 0.78), 0.095, 0.075, trousers));
        limbs.push(limb((s * 0.22, 1.03, 0.78), (s * 0.19, 0.92, 0.36), 0.07, 0.055, trousers));
        limbs.push(limb((s * 0.19, 0.88, 0.33), (s * 0.19, 1.05, 0.32), 0.05, 0.045, grey(0.12)));
        limbs.push(limb((s * 0.20, 0.74, 1.34), (s * 0.33, 0.92, 1.12), 0.07, 0.055, shirt));
        limbs.push(limb(
            (s * 0.33, 0.92, 1.12),
            (s * 0.29, 1.17, 1.05),
            0.05,
            0.04,
            if kind > 0.4 { shirt } else { skin },
        ));
    }
    let mut torso = limb((0.0, 0.60, 0.88), (0.0, 0.74, 1.30), 0.17, 0.20, shirt);
    if kind > 0.66 {
        torso.cloth = Cloth::Checks(scaled(shirt, 0.6), 0.07);
    }
    limbs.push(torso);
    limbs.push(limb((0.0, 0.76, 1.42), (0.0, 0.77, 1.50), 0.06, 0.06, skin));
    limbs.push(limb((0.0, 0.77, 1.55), (0.0, 0.80, 1.60), 0.135, 0.13, helmet));
}
