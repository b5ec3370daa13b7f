//! Drawn faces for heads near the camera: painted with soft shapes in eye distances, every feature drawn from a seed. They
//! are nobody's faces, and look like drawings from near; a detector may take them for faces all the same.

use super::gate_head::{ACROSS, DOWN, Head, NORTH, PER_EYE, WEST};
use crate::draw::noise::{smooth, unit};
use crate::draw::paint::{Canvas, Rgb, mix, scaled};

/// One drawn face, with the figure's skin.
pub(crate) fn drawn_head(skin: Rgb, seed: u32) -> Head {
    let r = |k: i32| unit(k, 61, seed);
    let hair = [0.07 + 0.10 * r(1), 0.055 + 0.06 * r(1), 0.05 + 0.02 * r(1)];
    let mut face = Face { canvas: Canvas::new(ACROSS, DOWN, PER_EYE), skin, hair, broad: 1.04 + 0.16 * r(2) };
    let long = r(3) > 0.55;
    face.back(long, r(4));
    face.skull(1.52 + 0.14 * r(5));
    face.eyes(0.11 + 0.03 * r(6), 0.06 * (r(7) - 0.4));
    face.brows(0.07 + 0.05 * r(8), 0.08 * (r(9) - 0.5));
    face.nose(0.50 + 0.10 * r(10), 0.8 + 0.4 * r(11));
    face.mouth(0.30 + 0.10 * r(12), 0.92 + 0.10 * r(13));
    face.fringe(long, 0.62 + 0.14 * r(14), r(15) - 0.5, seed);
    if r(16) > 0.6 {
        face.glasses();
    }
    let mut canvas = face.canvas;
    canvas.tint(|x, y, c| scaled(c, 1.0 + 0.05 * (smooth(x * 9.0, y * 9.0, seed) - 0.5)));
    Head { texture: canvas.finish(), hair: scaled(hair, 1.1), skin: if long { hair } else { skin }, seed }
}

struct Face {
    canvas: Canvas,
    skin: Rgb,
    hair: Rgb,
    /// Half the face's breadth.
    broad: f32,
}

impl Face {
    fn ellipse(&mut self, x: f32, y: f32, rx: f32, ry: f32, c: Rgb, alpha: f32) {
        self.canvas.ellipse(x - WEST, y - NORTH, rx, ry, c, alpha);
    }

    fn line(&mut self, a: (f32, f32), b: (f32, f32), thick: f32, c: Rgb, alpha: f32) {
        self.canvas.line((a.0 - WEST, a.1 - NORTH), (b.0 - WEST, b.1 - NORTH), thick, c, alpha);
    }

    /// A spot without an edge.
    fn spot(&mut self, x: f32, y: f32, rx: f32, ry: f32, c: Rgb, alpha: f32) {
        for step in 1..=8u8 {
            let k = f32::from(step) / 8.0;
            self.ellipse(x, y, rx * k, ry * k, c, alpha / 5.0);
        }
    }

    /// Hair behind the face, and ears before it.
    fn back(&mut self, long: bool, lot: f32) {
        let (hair, skin, broad) = (self.hair, scaled(self.skin, 0.86), self.broad);
        self.ellipse(0.0, -0.52, broad + 0.22 + 0.1 * lot, 1.42, hair, 1.0);
        if long {
            for side in [-1.0, 1.0] {
                self.ellipse(side * (broad + 0.02), 0.55, 0.30, 1.15, hair, 1.0);
            }
        } else {
            for side in [-1.0, 1.0] {
                self.ellipse(side * (broad + 0.08), 0.22, 0.16, 0.32, skin, 1.0);
                self.spot(side * (broad + 0.10), 0.22, 0.09, 0.20, scaled(skin, 0.6), 0.6);
            }
        }
    }

    /// Brow, cheeks and chin, darker towards the sides.
    fn skull(&mut self, chin: f32) {
        let (skin, broad) = (self.skin, self.broad);
        self.canvas.shape([0.0, 0.0, ACROSS, DOWN], skin, 1.0, |px, py| {
            let (x, y) = (px + WEST, py + NORTH);
            let bottom = chin + 0.12;
            // The jaw narrows from the mouth down.
            let half = if y < 0.35 { broad } else { broad * (1.0 - 0.30 * ((y - 0.35) / (bottom - 0.35)).powi(2)) };
            let tall = if y < 0.35 { 1.75 } else { bottom - 0.35 };
            ((x / half).abs().powf(2.3) + ((y - 0.35) / tall).abs().powf(2.3)).powf(0.5) * 0.9 - 0.9
        });
        self.canvas.tint(|px, py, c| {
            let (x, y) = (px + WEST, py + NORTH);
            let side = (x / broad).abs();
            let dark = 0.34 * side.powf(3.0) + 0.16 * ((y - 0.9).max(0.0) / 0.8).powi(2) + 0.05 * x;
            scaled(c, 1.03 - dark)
        });
        for side in [-1.0, 1.0] {
            self.spot(side * 0.60, 0.62, 0.34, 0.28, [0.80, 0.42, 0.36], 0.28);
            self.spot(side * 0.50, -0.04, 0.36, 0.24, scaled(skin, 0.55), 0.42);
        }
        self.spot(0.0, -0.75, 0.5, 0.3, mix(skin, [1.0; 3], 0.4), 0.22);
        self.spot(0.0, chin - 0.06, 0.24, 0.14, mix(skin, [1.0; 3], 0.4), 0.2);
        self.spot(0.0, 1.24, 0.26, 0.06, scaled(skin, 0.6), 0.5);
    }

    fn eyes(&mut self, open: f32, slant: f32) {
        let skin = self.skin;
        for side in [-1.0f32, 1.0] {
            let x = side * 0.5;
            self.ellipse(x, 0.0, 0.225, open, [0.90, 0.89, 0.87], 1.0);
            self.ellipse(x, -0.005, 0.105, open.min(0.105), [0.20, 0.13, 0.09], 1.0);
            self.ellipse(x, -0.005, 0.05, 0.05, [0.03, 0.03, 0.03], 1.0);
            self.ellipse(x - 0.035, -0.04, 0.022, 0.022, [1.0; 3], 0.9);
            let outer = (x + side * 0.25, -0.01 - slant);
            let (inner, top) = ((x - side * 0.23, 0.035), (x, -open - 0.015));
            for (a, b) in [(inner, top), (top, outer)] {
                self.line(a, b, 0.045, [0.09, 0.07, 0.06], 0.95);
            }
            self.line((x - side * 0.2, -open - 0.12), (x + side * 0.22, -open - 0.10), 0.025, scaled(skin, 0.6), 0.6);
            self.line((x - side * 0.16, open + 0.02), (x + side * 0.18, open), 0.025, scaled(skin, 0.55), 0.7);
        }
    }

    fn brows(&mut self, thick: f32, tilt: f32) {
        let hair = scaled(self.hair, 1.2);
        for side in [-1.0f32, 1.0] {
            let (inner, peak, outer) = ((side * 0.24, -0.34 + tilt), (side * 0.56, -0.42), (side * 0.82, -0.33 - tilt));
            self.line(inner, peak, thick, hair, 0.8);
            self.line(peak, outer, thick * 0.7, hair, 0.8);
        }
    }

    fn nose(&mut self, tip: f32, wide: f32) {
        let skin = self.skin;
        for (y, k) in [(0.05, 0.5), (0.2, 0.7), (0.35, 0.9)] {
            self.spot(0.13 * wide, y, 0.09, 0.20, scaled(skin, 0.62), 0.34 * k);
            self.spot(-0.15 * wide, y, 0.08, 0.20, scaled(skin, 0.72), 0.22 * k);
            self.spot(-0.01, y, 0.05, 0.18, mix(skin, [1.0; 3], 0.5), 0.3);
        }
        self.spot(0.0, tip, 0.15 * wide, 0.13, mix(skin, [1.0; 3], 0.45), 0.42);
        self.spot(0.0, tip + 0.17, 0.26 * wide, 0.07, scaled(skin, 0.5), 0.6);
        for side in [-1.0, 1.0] {
            self.ellipse(side * 0.11 * wide, tip + 0.11, 0.055, 0.03, scaled(skin, 0.28), 0.85);
            self.spot(side * 0.23 * wide, tip + 0.03, 0.06, 0.11, scaled(skin, 0.55), 0.5);
        }
    }

    fn mouth(&mut self, half: f32, at: f32) {
        let lips = mix(self.skin, [0.66, 0.20, 0.20], 0.55);
        self.ellipse(0.0, at + 0.075, half * 0.8, 0.10, lips, 0.9);
        self.ellipse(-0.12, at - 0.035, half * 0.62, 0.06, scaled(lips, 0.88), 0.9);
        self.ellipse(0.12, at - 0.035, half * 0.62, 0.06, scaled(lips, 0.88), 0.9);
        for side in [-1.0, 1.0] {
            self.line((0.0, at + 0.015), (side * half, at - 0.01), 0.035, scaled(lips, 0.35), 0.95);
            self.spot(side * (half + 0.05), at, 0.07, 0.07, scaled(self.skin, 0.55), 0.5);
        }
        self.spot(0.0, at + 0.09, half * 0.4, 0.03, mix(lips, [1.0; 3], 0.6), 0.5);
    }

    /// Hair over the brow, parted on one side.
    fn fringe(&mut self, long: bool, high: f32, part: f32, seed: u32) {
        let (hair, broad) = (self.hair, self.broad);
        let rise = if long { 0.9 } else { 0.55 };
        self.canvas.shape([0.0, 0.0, ACROSS, DOWN], hair, 1.0, |px, py| {
            let (x, y) = (px + WEST, py + NORTH);
            let cap = (x / (broad + 0.16)).hypot((y + 0.50) / 1.40) - 1.0;
            let ragged = 0.07 * (smooth(x * 7.0, 1.0, seed + 3) - 0.5);
            let line = -high + rise * ((x - part * 0.5).abs() / broad).powf(2.6) + ragged;
            cap.max(y - line)
        });
        let light = mix(hair, [0.5, 0.42, 0.34], 0.35);
        for k in 0..26i16 {
            let x = -1.1 + f32::from(k) * 0.086;
            let top = -1.72 + 0.55 * x * x + 0.1 * unit(i32::from(k), 5, seed);
            let end = (x * 1.10 + 0.10 * part, -high - 0.18 + rise * 0.6 * x * x);
            self.line((x * 0.7 + part * 0.25, top), end, 0.018, light, 0.22);
        }
    }

    fn glasses(&mut self) {
        let frame = [0.10, 0.10, 0.12];
        for side in [-1.0f32, 1.0] {
            let corner = |a: f32| (side * 0.5 + 0.34 * a.cos(), 0.03 + 0.25 * a.sin());
            for k in 0..20u8 {
                let a = f32::from(k) / 20.0 * std::f32::consts::TAU;
                self.line(corner(a), corner(a + std::f32::consts::TAU / 20.0), 0.04, frame, 0.95);
            }
            self.line((side * 0.83, -0.02), (side * 1.12, -0.08), 0.04, frame, 0.95);
        }
        self.line((-0.17, -0.02), (0.17, -0.02), 0.04, frame, 0.95);
    }
}
