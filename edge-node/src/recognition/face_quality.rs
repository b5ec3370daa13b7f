//! Is a face good enough to be compared? Size, sharpness, pose, light and cover, measured on the face and its landmarks;
//! the same for an enrolment's picture and for a live frame, only the limits differ. Functions of values: no net is run
//! here. Says nothing about who it is, and cannot tell a live face from a picture of one (`face_spoof`).
//!
//! What it cannot do: the pose comes from five points and an average head, so it is rough (about ±10°) and differs from
//! person to person; a cover is seen only where it leaves eyes or mouth smooth, so masks with a print, beards, hands and
//! clear glasses go through, and sunglasses that mirror something too. How the limits were found, and how many good
//! pictures they refuse: docs/decisions/0008 and docs/measurements.md.

use contract::enrolment::{PictureFault, PictureQuality, PictureVerdict};
use contract::geometry::Point;

use super::face_alignment::{AlignmentError, Marks, align, share_inside};
use crate::detection::Detection;
use crate::picture::{BgrPicture, GreyPicture};

/// Side of the square on which a face is looked at: about what the embedders see.
const SIDE: u32 = 128;
/// Where the landmarks lie in it: brows to chin, ear to ear.
const MARKS: Marks = [(0.315, 0.460), (0.685, 0.460), (0.500, 0.640), (0.350, 0.825), (0.650, 0.825)];
/// How far a nose's tip stands before the plane of eyes and mouth, in distances between the eyes: about 25 of 63 mm.
const NOSE_REACH: f32 = 0.4;
/// Height of the nose's tip between eyes (0) and mouth (1), seen from the front: the median of what YuNet says of press
/// photographs (measured; an average head would give 0.5 to 0.53).
const NOSE_HEIGHT: f32 = 0.56;
/// From the eyes' line to the mouth's, in distances between the eyes.
const MOUTH_DISTANCE: f32 = 1.0;
/// Sides of the patches around eyes and mouth, as shares of the square: small enough to lie within a lens, or on a mask.
const EYE_PATCH: (f32, f32) = (0.14, 0.08);
const MOUTH_PATCH: (f32, f32) = (0.34, 0.14);

/// Limits a face must keep. Each stands in [`PictureQuality`]'s units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FaceLimits {
    /// Fewest pixels between the eyes.
    pub eye_distance_px: f32,
    /// Least sharpness.
    pub sharpness: f32,
    /// Furthest turn aside, in degrees.
    pub yaw: f32,
    /// Furthest up or down, in degrees.
    pub pitch: f32,
    /// Furthest tilt, in degrees. Alignment takes a tilt out; a large one means that the picture lies on its side.
    pub roll: f32,
    /// Lowest and highest mean brightness.
    pub brightness: (f32, f32),
    /// Least spread of brightness.
    pub contrast: f32,
    /// Least detail around eyes and mouth, see [`FaceQuality::detail`].
    pub detail: f32,
    /// Least share of the face that lies inside the picture.
    pub inside: f32,
    /// Least score of the detector; a half-hidden face scores low.
    pub detector_score: f32,
}

impl FaceLimits {
    /// For pictures somebody hands in to be enrolled: a template stays for years. Each limit stands where the 0095 net's
    /// first measurable loss begins (docs/decisions/0008), the eyes' distance at half of what the finer net sees.
    pub const ENROLMENT: Self = Self {
        eye_distance_px: 28.0,
        sharpness: 0.003,
        yaw: 30.0,
        pitch: 20.0,
        roll: 25.0,
        brightness: (45.0, 180.0),
        contrast: 15.0,
        detail: 0.2,
        inside: 0.9,
        detector_score: 0.7,
    };

    /// For frames at a gate, where the loss becomes plain: the next frame may be better, and a refused one costs a person's
    /// look.
    pub const GATE: Self = Self {
        eye_distance_px: 20.0,
        sharpness: 0.0015,
        yaw: 40.0,
        pitch: 25.0,
        roll: 40.0,
        brightness: (30.0, 205.0),
        contrast: 8.0,
        detail: 0.15,
        inside: 0.8,
        detector_score: 0.6,
    };
}

/// What was measured on one face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FaceQuality {
    /// The measures an enrolment answers with.
    pub measures: PictureQuality,
    /// How much is going on around the eyes and around the mouth: the spread of brightness there, as a share of that of
    /// the whole face. A mask or dark glasses are smooth.
    pub detail: Detail,
    /// Share of the face that lies inside the picture, 0..1.
    pub inside: f32,
}

/// See [`FaceQuality::detail`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detail {
    /// Of the less structured eye.
    pub eyes: f32,
    /// Of the mouth.
    pub mouth: f32,
}

impl FaceQuality {
    /// Measures a face. `landmarks`: five or six, as for [`align`], 0..1 of the picture.
    pub fn of(picture: &BgrPicture, face: &Detection, landmarks: &[Point]) -> Result<Self, AlignmentError> {
        let square = align(picture, landmarks, &MARKS, SIDE)?.to_grey()?;
        let (width, height) = (picture.width as f32, picture.height as f32);
        let points: Vec<(f32, f32)> = landmarks.iter().map(|p| (p.x * width, p.y * height)).collect();
        let pose = Pose::of(&points).ok_or(AlignmentError::Landmarks)?;
        let (brightness, contrast) = spread(&square, (0.5, 0.5), (1.0, 1.0));
        let patch = |at, size| spread(&square, at, size).1 / contrast.max(1.0);
        let mouth = ((MARKS[3].0 + MARKS[4].0) / 2.0, MARKS[3].1);
        let detail = Detail {
            eyes: patch(MARKS[0], EYE_PATCH).min(patch(MARKS[1], EYE_PATCH)),
            mouth: patch(mouth, MOUTH_PATCH),
        };
        let measures = PictureQuality {
            eye_distance_px: pose.eye_distance,
            sharpness: sharpness(&square),
            yaw: pose.yaw,
            pitch: pose.pitch,
            roll: pose.roll,
            brightness,
            contrast,
            detector_score: face.score,
        };
        Ok(Self { measures, detail, inside: share_inside(picture, landmarks, &MARKS)? })
    }

    /// Every way in which it misses these limits.
    #[must_use]
    pub fn verdict(&self, limits: &FaceLimits) -> PictureVerdict {
        let m = &self.measures;
        let too_small = m.eye_distance_px < limits.eye_distance_px;
        let flat = m.contrast < limits.contrast;
        let smooth = self.detail.eyes.min(self.detail.mouth) < limits.detail;
        let hidden = m.detector_score < limits.detector_score || self.inside < limits.inside;
        let light = f32::midpoint(limits.brightness.0, limits.brightness.1);
        let turned = m.yaw.abs() > limits.yaw || m.pitch.abs() > limits.pitch || m.roll.abs() > limits.roll;
        let faults = [
            (too_small, PictureFault::TooSmall),
            // Of too few pixels nobody can say whether they are sharp; without contrast there is nothing to be sharp.
            (m.sharpness < limits.sharpness && !too_small && !flat, PictureFault::Blurred),
            (turned, PictureFault::Turned),
            (hidden || (smooth && !flat), PictureFault::Covered),
            (m.brightness < limits.brightness.0 || (flat && m.brightness <= light), PictureFault::TooDark),
            (m.brightness > limits.brightness.1 || (flat && m.brightness > light), PictureFault::TooBright),
        ];
        PictureVerdict::of(faults.into_iter().filter(|(missed, _)| *missed).map(|(_, fault)| fault).collect())
    }
}

/// Where a head looks, from its landmarks: angles in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Pose {
    eye_distance: f32,
    yaw: f32,
    pitch: f32,
    roll: f32,
}

impl Pose {
    /// Five or six landmarks in pixels; `None` for others, or for eyes in one place.
    fn of(points: &[(f32, f32)]) -> Option<Self> {
        let (right, left, nose, mouth) = match points {
            [right, left, nose, a, b] => (*right, *left, *nose, ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0)),
            [right, left, nose, mouth, _, _] => (*right, *left, *nose, *mouth),
            _ => return None,
        };
        let eye_distance = (left.0 - right.0).hypot(left.1 - right.1);
        if !(eye_distance.is_finite() && eye_distance > 1e-3) {
            return None;
        }
        // From the eyes' middle, along their line and across it, in distances between the eyes.
        let (cos, sin) = ((left.0 - right.0) / eye_distance, (left.1 - right.1) / eye_distance);
        let middle = ((right.0 + left.0) / 2.0, (right.1 + left.1) / 2.0);
        let turned = |p: (f32, f32)| {
            let (x, y) = ((p.0 - middle.0) / eye_distance, (p.1 - middle.1) / eye_distance);
            (x * cos + y * sin, y * cos - x * sin)
        };
        let (nose, mouth) = (turned(nose), turned(mouth));
        let down = mouth.1.max(0.05);
        let height = nose.1 / down;
        // Turned aside, the eyes come together while the nose moves off the line from their middle to the mouth.
        let yaw = ((nose.0 - mouth.0 * height) / NOSE_REACH).atan();
        let pitch = ((NOSE_HEIGHT - height) * MOUTH_DISTANCE / NOSE_REACH).atan();
        Some(Self { eye_distance, yaw: yaw.to_degrees(), pitch: pitch.to_degrees(), roll: sin.atan2(cos).to_degrees() })
    }
}

/// Mean and standard deviation of the brightness in a patch around a place; both 0..1 of the square.
fn spread(square: &GreyPicture, middle: (f32, f32), size: (f32, f32)) -> (f32, f32) {
    let range = |at: f32, size: f32, side: u32| {
        let side = side as f32;
        ((at - size / 2.0) * side).round().clamp(0.0, side) as usize
            ..((at + size / 2.0) * side).round().clamp(0.0, side) as usize
    };
    let columns = range(middle.0, size.0, square.width);
    let (mut count, mut sum, mut squares) = (0u32, 0.0f64, 0.0f64);
    for row in range(middle.1, size.1, square.height) {
        for value in &square.data[row * square.width as usize..][columns.clone()] {
            let value = f64::from(*value);
            count += 1;
            sum += value;
            squares += value * value;
        }
    }
    let count = f64::from(count.max(1));
    let mean = sum / count;
    (mean as f32, (squares / count - mean * mean).max(0.0).sqrt() as f32)
}

/// Variance of the Laplacian of the lightly smoothed square, as a share of the square's own variance: smoothing keeps the
/// noise of a dark picture from passing as detail, the share makes it the same in weak and strong light.
fn sharpness(square: &GreyPicture) -> f32 {
    let (width, height) = (square.width as usize, square.height as usize);
    let at = |values: &[f32], x: usize, y: usize| values[y * width + x];
    let grey: Vec<f32> = square.data.iter().map(|v| f32::from(*v)).collect();
    let mut smooth = grey.clone();
    for y in 1..height.saturating_sub(1) {
        for x in 1..width.saturating_sub(1) {
            let row = |y: usize| at(&grey, x - 1, y) + 2.0 * at(&grey, x, y) + at(&grey, x + 1, y);
            smooth[y * width + x] = (row(y - 1) + 2.0 * row(y) + row(y + 1)) / 16.0;
        }
    }
    let (mut count, mut sum, mut squares) = (0.0f32, 0.0f32, 0.0f32);
    // The smoothed inside only: at the edge the smoothing has nothing to smooth with.
    for y in 2..height.saturating_sub(2) {
        for x in 2..width.saturating_sub(2) {
            let around = at(&smooth, x - 1, y) + at(&smooth, x + 1, y) + at(&smooth, x, y - 1) + at(&smooth, x, y + 1);
            let value = around - 4.0 * at(&smooth, x, y);
            count += 1.0;
            sum += value;
            squares += value * value;
        }
    }
    let count = count.max(1.0);
    let variance = (squares / count - (sum / count).powi(2)).max(0.0);
    let contrast = spread(square, (0.5, 0.5), (1.0, 1.0)).1;
    variance / (contrast * contrast).max(1.0)
}

#[cfg(test)]
#[path = "face_quality_tests.rs"]
mod tests;
