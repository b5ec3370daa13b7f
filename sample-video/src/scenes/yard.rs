//! A small yard with one figure that walks to and fro, for the camera that misbehaves: any size, drawn live. It has no
//! truth file.

use super::figures::{Figure, Pose};
use super::square_ground::{Place, background};
use crate::draw::layer::{Layer, SAMPLES};
use crate::draw::picture::Picture;
use crate::draw::pinhole::{Pinhole, v3};
use crate::draw::sensor::{Frame, Light, Sensor};

/// The yard at one picture size.
#[derive(Debug)]
pub(crate) struct Yard {
    cameras: [Pinhole; 2],
    grounds: [Option<Picture>; 2],
    place: Place,
    figure: Figure,
    sensor: Sensor,
    canvas: Picture,
    layer: Layer,
}

impl Yard {
    /// Nothing is drawn before the first frame.
    pub(crate) fn new(width: usize, height: usize) -> Self {
        let camera =
            |yaw: f32, pitch: f32| Pinhole::new(v3(0.0, 0.0, 4.5), yaw, pitch, 0.82 * width as f32, width, height);
        let seed = 12_009;
        Self {
            cameras: [camera(3.0, 15.0), camera(21.0, 24.0)],
            grounds: [None, None],
            place: Place {
                wall_y: 22.0,
                wall_high: 8.6,
                plaster: [0.66, 0.68, 0.60],
                slab: 0.8,
                paving: ([0.52, 0.51, 0.48], [0.60, 0.52, 0.44]),
                trees: [(-7.5, 17.0, 2.0, 2.0), (7.0, 18.0, 2.2, 2.0), (1.0, 20.0, 1.8, 1.5)],
                seed,
            },
            figure: Figure::new(seed),
            sensor: Sensor::new(seed, 2.4, 0.2),
            canvas: Picture::new(width, height),
            layer: Layer::default(),
        }
    }

    /// Width and height.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.canvas.width, self.canvas.height)
    }

    /// One frame; `shifted` looks from a turned camera.
    pub(crate) fn frame(&mut self, number: u32, fps: u32, dark: bool, shifted: bool) -> Frame {
        let view = usize::from(shifted);
        let camera = &self.cameras[view];
        let ground = self.grounds[view].get_or_insert_with(|| background(camera, &self.place));
        self.canvas.copy_from(ground);
        let t = number as f32 / fps as f32;
        let (there, way) = {
            let k = (t * 1.3).rem_euclid(16.0);
            if k < 8.0 { (k - 4.0, 1.0) } else { (12.0 - k, -1.0) }
        };
        let pose = Pose { x: there, y: 10.0, facing: (way, 0.0), speed: 1.3, gone: t * 1.3, t };
        let (w, h) = (camera.width as f32, camera.height as f32);
        let around = camera.rect(&[
            v3(there - 0.7, 9.6, -0.05),
            v3(there + 0.7, 9.6, -0.05),
            v3(there - 0.7, 10.4, 1.9),
            v3(there + 0.7, 10.4, 1.9),
        ]);
        if let Some(r) = around
            && self.layer.begin([r.x * w, r.y * h, (r.x + r.w) * w, (r.y + r.h) * h], camera.width, camera.height)
        {
            let limbs = self.figure.limbs(&pose, camera.at);
            for offset in SAMPLES {
                for limb in &limbs {
                    self.layer.limb(camera, limb, offset, -0.8);
                }
                self.layer.commit();
            }
            self.layer.composite(&mut self.canvas);
        }
        self.sensor.expose(&self.canvas, number, &Light { gain: if dark { 0.05 } else { 1.0 }, cloud: None })
    }
}
