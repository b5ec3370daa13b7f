//! Buses and trucks: boxes with painted sides, lettering on them as on the road. Same axes as the cars.

use super::plates::Plate;
use super::vehicles::{Body, End, Vehicle};
use crate::draw::fonts::{Family, Fonts};
use crate::draw::layer::Face;
use crate::draw::noise;
use crate::draw::paint::{Canvas, Rgb, grey, mix, scaled};
use crate::draw::pinhole::{V3, v3};

const PPM: f32 = 200.0;

/// Lettering on the truck's side: text that is no plate.
pub(crate) const TRUCK_SIDE_TEXT: &str = "VẬN TẢI XỨ LẠNG · TẢI TRỌNG 5000 KG";

/// A box's near end, top and right side.
fn hull(faces: &mut Vec<Face>, y: (f32, f32), z: (f32, f32), half: f32, near: Canvas, top: Canvas, side: Canvas) {
    let full = vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
    let face = |origin: V3, along: V3, down: V3, canvas: Canvas, light: f32| Face {
        origin,
        along,
        down,
        part: full.clone(),
        texture: canvas.finish(),
        light,
        fine: false,
    };
    faces.push(face(v3(half, y.0, z.1), v3(0.0, y.1 - y.0, 0.0), v3(0.0, 0.0, z.0 - z.1), side, 0.95));
    faces.push(face(v3(-half, y.1, z.1), v3(2.0 * half, 0.0, 0.0), v3(0.0, y.0 - y.1, 0.0), top, 1.05));
    faces.push(face(v3(-half, y.0, z.1), v3(2.0 * half, 0.0, 0.0), v3(0.0, 0.0, z.0 - z.1), near, 0.86));
}

fn sheet(w: f32, h: f32, c: Rgb, seed: u32) -> Canvas {
    let mut canvas = Canvas::new(w, h, PPM);
    canvas.rect(-0.01, -0.01, w + 0.02, h + 0.02, 0.0, c, 1.0);
    canvas.tint(|x, y, c| {
        scaled(mix(c, [0.75, 0.82, 0.9], 0.12 * noise::fractal(x, y * 2.0, 3, seed)), 1.05 - 0.2 * y / h)
    });
    canvas
}

fn pane(canvas: &mut Canvas, x: f32, y: f32, w: f32, h: f32, seed: u32) {
    canvas.rect(x, y, w, h, 0.06, grey(0.05), 1.0);
    canvas.rect(x + 0.02, y + 0.02, w - 0.04, h - 0.04, 0.05, [0.10, 0.13, 0.15], 1.0);
    canvas.rect(
        x + 0.03,
        y + 0.03,
        w - 0.06,
        h * 0.42,
        0.05,
        [0.45, 0.55, 0.62],
        0.25 + 0.25 * noise::unit(3, 7, seed),
    );
}

fn wheel(canvas: &mut Canvas, x: f32, y: f32, r: f32) {
    canvas.ellipse(x, y, r * 1.15, r * 1.15, grey(0.03), 1.0);
    canvas.ellipse(x, y, r, r, grey(0.08), 1.0);
    canvas.ellipse(x, y, r * 0.58, r * 0.58, grey(0.45), 1.0);
    canvas.ellipse(x, y, r * 0.30, r * 0.30, grey(0.2), 1.0);
}

fn lamps(canvas: &mut Canvas, end: End, w: f32, y: f32) {
    for x in [0.13, 0.87] {
        match end {
            End::Front => {
                canvas.rect(w * x - 0.16, y - 0.10, 0.32, 0.20, 0.06, grey(0.25), 1.0);
                canvas.ellipse(w * x, y, 0.11, 0.085, grey(0.93), 1.0);
            }
            End::Rear => {
                canvas.rect(w * x - 0.15, y - 0.08, 0.30, 0.16, 0.03, [0.5, 0.03, 0.04], 1.0);
                canvas.rect(w * x - 0.13, y - 0.06, 0.14, 0.05, 0.01, [0.88, 0.28, 0.1], 1.0);
            }
        }
    }
}

/// Builds one.
pub(crate) fn build(body: Body, end: End, paint: Rgb, plate: Option<&Plate>, fonts: &Fonts, seed: u32) -> Vehicle {
    let mut faces = Vec::new();
    let (length, width, height, plate_z) = if body == Body::Bus {
        bus(&mut faces, end, paint, fonts, seed)
    } else {
        truck(&mut faces, end, paint, fonts, seed)
    };
    let mut corners = None;
    if let Some(plate) = plate {
        let (w, h) = plate.size();
        let (along, down) = (v3(w, 0.0, 0.0), v3(0.0, 0.0, -h));
        let origin = v3(-w / 2.0, -0.015, plate_z + h / 2.0);
        faces.push(Face {
            origin,
            along,
            down,
            part: vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)],
            texture: plate.texture(fonts, seed + 11),
            light: 0.93,
            fine: true,
        });
        corners = Some([origin, origin + along, origin + along + down, origin + down]);
    }
    Vehicle { faces, limbs: Vec::new(), late: Vec::new(), length, width, height, plate: corners }
}

fn bus(faces: &mut Vec<Face>, end: End, paint: Rgb, fonts: &Fonts, seed: u32) -> (f32, f32, f32, f32) {
    let (length, width, height, low) = (7.6, 2.25, 2.85, 0.28);
    let mut near = sheet(width, height - low, paint, seed);
    pane(&mut near, 0.14, 0.42, width - 0.28, if end == End::Front { 1.15 } else { 0.75 }, seed);
    near.rect(0.35, 0.10, width - 0.7, 0.26, 0.03, grey(0.04), 1.0);
    near.text(fonts, Family::DejaVuSans, "ĐỒNG ĐĂNG", 0.48, 0.30, 0.19, [0.95, 0.6, 0.15]);
    lamps(&mut near, end, width, 1.86);
    near.rect(0.0, height - low - 0.55, width, 0.03, 0.0, grey(0.2), 0.6);
    near.rect(0.3, height - low - 0.20, width - 0.6, 0.14, 0.04, grey(0.08), 1.0);
    near.worn(0.04, 0.12, seed + 1);
    let mut top = sheet(width, length, scaled(paint, 1.05), seed + 2);
    top.rect(width * 0.25, length * 0.3, width * 0.5, 1.1, 0.1, grey(0.75), 1.0);
    top.worn(0.05, 0.16, seed);
    let mut side = Canvas::new(length, height, PPM);
    side.rect(0.0, 0.0, length, height - low, 0.05, paint, 1.0);
    side.rect(0.0, 1.55, length, 0.22, 0.0, [0.15, 0.35, 0.6], 1.0);
    for k in 0..6u8 {
        pane(&mut side, 0.25 + 1.2 * f32::from(k), 0.40, 1.10, 0.95, seed + u32::from(k));
    }
    for x in [1.5, length - 1.7] {
        wheel(&mut side, x, height - 0.46, 0.46);
    }
    side.worn(0.04, 0.10, seed + 3);
    hull(faces, (0.0, length), (low, height), width / 2.0, near, top, sheet(0.2, 0.2, paint, seed));
    // The side reaches the road with its wheels, so it is taller than the hull.
    faces[0].origin = v3(width / 2.0, 0.0, height);
    faces[0].down = v3(0.0, 0.0, -height);
    faces[0].texture = side.finish();
    (length, width, height, 0.62)
}

fn truck(faces: &mut Vec<Face>, end: End, paint: Rgb, fonts: &Fonts, seed: u32) -> (f32, f32, f32, f32) {
    let (cab, load, width, low) = (1.75, 4.3, 2.15, 0.95);
    let height = 2.75;
    let length = cab + 0.15 + load;
    let (cab_y, load_y) = match end {
        End::Front => ((0.0, cab), (cab + 0.15, length)),
        End::Rear => ((load + 0.15, length), (0.0, load)),
    };
    let load_paint = [0.80, 0.81, 0.80];
    let mut side = sheet(load, height - low, load_paint, seed + 4);
    for k in 0..9u8 {
        side.line((load * f32::from(k) / 9.0, 0.0), (load * f32::from(k) / 9.0, height - low), 0.012, grey(0.5), 0.5);
    }
    side.rect(0.0, 0.45, load, 0.75, 0.0, [0.12, 0.30, 0.50], 0.95);
    side.text(fonts, Family::LiberationSans, "VẬN TẢI XỨ LẠNG", 0.35, 0.83, 0.36, grey(0.95));
    side.text(fonts, Family::LiberationSans, "TẢI TRỌNG 5000 KG", 0.55, 1.12, 0.22, grey(0.95));
    side.worn(0.05, 0.16, seed + 5);
    let mut back = sheet(width, height - low, load_paint, seed + 6);
    back.line((width / 2.0, 0.0), (width / 2.0, height - low), 0.03, grey(0.3), 1.0);
    for x in [0.3, 0.42, 0.58, 0.70] {
        back.line((width * x, 0.08), (width * x, height - low - 0.1), 0.03, grey(0.55), 0.9);
    }
    back.rect(0.08, height - low - 0.14, width - 0.16, 0.10, 0.0, [0.75, 0.12, 0.10], 0.9);
    back.worn(0.05, 0.20, seed + 7);
    let mut roof = sheet(width, load, load_paint, seed + 8);
    roof.worn(0.05, 0.2, seed + 9);
    let mut load_faces = Vec::new();
    hull(&mut load_faces, load_y, (low, height), width / 2.0, back, roof, side);
    let mut cab_faces = Vec::new();
    let cab_high = 2.25;
    let half = width / 2.0 - 0.08;
    let mut front = sheet(half * 2.0, cab_high - 0.3, paint, seed + 10);
    pane(&mut front, 0.12, 0.18, half * 2.0 - 0.24, 0.72, seed);
    front.rect(0.35, 1.02, half * 2.0 - 0.7, 0.28, 0.03, grey(0.1), 1.0);
    lamps(&mut front, End::Front, half * 2.0, 1.45);
    front.rect(0.0, cab_high - 0.3 - 0.34, half * 2.0, 0.34, 0.04, grey(0.16), 1.0);
    front.worn(0.04, 0.12, seed);
    let mut door = Canvas::new(cab, cab_high, PPM);
    door.rect(0.0, 0.0, cab, cab_high - 0.45, 0.06, paint, 1.0);
    pane(&mut door, 0.25, 0.2, 0.95, 0.62, seed + 3);
    wheel(&mut door, 0.75, cab_high - 0.42, 0.42);
    let top = sheet(half * 2.0, cab, scaled(paint, 1.05), seed + 12);
    hull(&mut cab_faces, cab_y, (0.3, cab_high), half, front, top, sheet(0.2, 0.2, paint, seed));
    cab_faces[0].origin = v3(half, cab_y.0, cab_high);
    cab_faces[0].down = v3(0.0, 0.0, -cab_high);
    cab_faces[0].texture = door.finish();
    // Frame, rear wheels and the bar that carries the rear plate.
    let mut frame = Canvas::new(load, low, PPM);
    frame.rect(0.0, 0.0, load, 0.30, 0.02, grey(0.07), 1.0);
    let axle = if end == End::Front { load - 1.1 } else { 1.1 };
    wheel(&mut frame, axle, low - 0.43, 0.43);
    let mut bar = Canvas::new(width - 0.1, low - 0.1, PPM);
    bar.rect(0.0, 0.0, width - 0.1, 0.42, 0.03, grey(0.17), 1.0);
    for x in [0.05, width - 0.55] {
        bar.rect(x, 0.30, 0.40, low - 0.42, 0.08, grey(0.09), 1.0);
    }
    lamps(&mut bar, End::Rear, width - 0.1, 0.16);
    let full = vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
    let half_bar = (width - 0.1) / 2.0;
    let under = [
        Face {
            origin: v3(width / 2.0 - 0.06, load_y.0, low),
            along: v3(0.0, load, 0.0),
            down: v3(0.0, 0.0, -low),
            part: full.clone(),
            texture: frame.finish(),
            light: 0.9,
            fine: false,
        },
        Face {
            origin: v3(-half_bar, load_y.0, low),
            along: v3(width - 0.1, 0.0, 0.0),
            down: v3(0.0, 0.0, 0.1 - low),
            part: full,
            texture: bar.finish(),
            light: 0.86,
            fine: false,
        },
    ];
    match end {
        End::Front => {
            faces.extend(under);
            faces.extend(load_faces);
            faces.extend(cab_faces);
        }
        End::Rear => {
            faces.extend(cab_faces);
            faces.extend(under);
            faces.extend(load_faces);
        }
    }
    (length, width, height, if end == End::Front { 0.50 } else { 0.72 })
}
