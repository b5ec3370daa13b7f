//! A wide crossing seen from straight above, with a stream of small vehicles in every lane: for tests that need many
//! passages in little time. Drawn live; it has no truth file, and its vehicles are too small to carry plates.

use crate::draw::noise;
use crate::draw::picture::Picture;
use crate::draw::sensor::{Frame, Light, Sensor};

/// Lanes; every second one leads the other way.
const LANES: usize = 7;
/// A vehicle's length and width, shares of the picture's width.
const LENGTH: f32 = 0.082;
const BREADTH: f32 = 0.040;
/// Picture widths a second.
const SPEED: f32 = 0.48;
/// Seconds between two vehicles of one lane: the first has left before the second comes.
const EVERY_S: f32 = 2.7;

/// The crossing at one picture size.
#[derive(Debug)]
pub(crate) struct Rush {
    ground: Picture,
    canvas: Picture,
    sensor: Sensor,
    seed: u32,
}

impl Rush {
    /// An empty crossing.
    pub(crate) fn new(width: usize, height: usize) -> Self {
        let seed = 12_011;
        let mut ground = Picture::new(width, height);
        ground.paint(1, |x, y| {
            let tar = 0.34 + 0.05 * noise::fractal(x as f32 * 0.06, y as f32 * 0.06, 3, seed);
            [tar, tar, tar * 1.02]
        });
        Self { canvas: ground.clone(), ground, sensor: Sensor::new(seed, 1.6, 0.0), seed }
    }

    /// Width and height.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.canvas.width, self.canvas.height)
    }

    /// One frame.
    pub(crate) fn frame(&mut self, number: u32, fps: u32) -> Frame {
        self.canvas.copy_from(&self.ground);
        let t = number as f32 / fps as f32;
        for lane in 0..LANES {
            // Lanes are out of step, so that something comes or goes all the time.
            let turn = t / EVERY_S + noise::unit(lane as i32, 1, self.seed);
            let gone = turn.fract() * EVERY_S * SPEED - LENGTH;
            let along = if lane % 2 == 0 { gone } else { 1.0 - LENGTH - gone };
            self.vehicle(lane, along, turn as i32);
        }
        self.sensor.expose(&self.canvas, number, &Light { gain: 1.0, cloud: None })
    }

    fn vehicle(&mut self, lane: usize, along: f32, number: i32) {
        let (w, h) = (self.canvas.width as f32, self.canvas.height as f32);
        let paint = |k: i32| 80.0 + 170.0 * noise::unit(number, lane as i32 * 3 + k, self.seed);
        let body = [paint(0), paint(1), paint(2)];
        let middle = h * (lane as f32 + 0.5) / LANES as f32;
        let (left, right) = (along * w, (along + LENGTH) * w);
        let (top, bottom) = (middle - BREADTH * w / 2.0, middle + BREADTH * w / 2.0);
        for y in top.max(0.0) as usize..bottom.min(h) as usize {
            for x in left.max(0.0) as usize..right.clamp(0.0, w) as usize {
                let glass = ((x as f32 - left) / (right - left) - 0.5).abs() < 0.18;
                let at = (y * self.canvas.width + x) * 3;
                for (out, c) in self.canvas.rgb[at..at + 3].iter_mut().zip(body) {
                    *out = if glass { 38 } else { c as u8 };
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lane_is_driven_both_ways_and_frames_repeat() {
        let mut rush = Rush::new(640, 360);
        let empty = rush.sensor.expose(&rush.ground.clone(), 0, &Light { gain: 1.0, cloud: None });
        let mut driven = [false; LANES];
        for number in 0..70 {
            let frame = rush.frame(number, 25);
            for (lane, seen) in driven.iter_mut().enumerate() {
                let row = 360 * (2 * lane + 1) / (2 * LANES) * 640;
                let differs = |x: usize| frame.i420[row + x].abs_diff(empty.i420[row + x]) > 24;
                *seen |= (300..340).any(differs);
            }
        }
        assert_eq!(driven, [true; LANES]);
        assert_eq!(rush.frame(9, 25).i420, Rush::new(640, 360).frame(9, 25).i420);
    }
}
