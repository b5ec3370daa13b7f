//! Which face a picture is about, and where exactly its landmarks are. A detector reads landmarks best at one size of face,
//! so they are read again on upright cuts in which the face has fixed sizes, and averaged: a face gives the same
//! landmarks whether it came from a small picture or a large one (docs/decisions/0008). Recognises nobody.

use contract::geometry::Point;

use super::face_alignment::{AlignmentError, Upright, cut_upright};
use crate::detection::net::NetDetector;
use crate::detection::{Detection, DetectionError};
use crate::picture::BgrPicture;

/// Side of the upright cuts, in pixels.
const CUT: u32 = 256;
/// How large the face is on them, in pixels: the square root of its box's area. Around the middle of what both detectors
/// find at this side.
const SIZES: [f32; 3] = [96.0, 128.0, 160.0];
/// A face with at least this share of the largest one's area counts as equally large: boxes are not more exact.
const AS_LARGE: f32 = 0.5;
/// A face on a cut whose middle lies further than this from the cut's middle, as a share of the face, is another face.
const SAME_FACE: f32 = 0.3;

/// Why landmarks could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LandmarkError {
    /// The face could not be cut out.
    #[error("a face could not be cut out to read its landmarks")]
    Alignment(#[from] AlignmentError),
    /// The detector failed.
    #[error("the landmarks of a face could not be read")]
    Detection(#[from] DetectionError),
}

/// The largest face; of several about as large, the one nearest the middle of the picture.
#[must_use]
pub fn foremost(faces: Vec<Detection>, picture: &BgrPicture) -> Option<Detection> {
    let (width, height) = (picture.width as f32, picture.height as f32);
    let largest = faces.iter().map(|face| face.rect.area()).max_by(f32::total_cmp)?;
    let off_middle = |face: &Detection| {
        let rect = face.rect;
        ((rect.x + rect.w / 2.0 - 0.5) * width).hypot((rect.y + rect.h / 2.0 - 0.5) * height)
    };
    faces
        .into_iter()
        .filter(|face| face.rect.area() >= AS_LARGE * largest)
        .min_by(|a, b| off_middle(a).total_cmp(&off_middle(b)))
}

/// The landmarks of a face the detector found on this picture, 0..1 of it, as many and in the order it gives them.
/// About the cost of the first detection on a picture of 450 pixels a side.
pub fn settled(
    detector: &mut NetDetector,
    picture: &BgrPicture,
    face: &Detection,
) -> Result<Vec<Point>, LandmarkError> {
    let (width, height) = (picture.width as f32, picture.height as f32);
    let pixel = |p: &Point| (p.x * width, p.y * height);
    let [right_eye, left_eye, ..] = face.keypoints.as_slice() else { return Ok(face.keypoints.clone()) };
    let ((ex, ey), (fx, fy)) = (pixel(right_eye), pixel(left_eye));
    let size = (face.rect.w * width * face.rect.h * height).sqrt();
    let middle = pixel(&Point::new(face.rect.x + face.rect.w / 2.0, face.rect.y + face.rect.h / 2.0));
    let mut readings = vec![face.keypoints.iter().map(pixel).collect::<Vec<_>>()];
    for wanted in SIZES {
        let upright = Upright { middle, angle: (fy - ey).atan2(fx - ex), scale: size / wanted };
        let Ok((cut, back)) = cut_upright(picture, upright, CUT) else { continue };
        let found = detector.detect_at(&cut, Some(CUT))?;
        let Some(again) = nearest_the_middle(found, wanted) else { continue };
        if again.keypoints.len() == face.keypoints.len() {
            let cut_pixel = |p: &Point| back.apply((p.x * CUT as f32, p.y * CUT as f32));
            readings.push(again.keypoints.iter().map(cut_pixel).collect());
        }
    }
    let share = 1.0 / readings.len() as f32;
    Ok((0..face.keypoints.len())
        .map(|place| {
            let sum = readings.iter().fold((0.0, 0.0), |s, r| (s.0 + r[place].0, s.1 + r[place].1));
            Point::new(sum.0 * share / width, sum.1 * share / height)
        })
        .collect())
}

/// The face for which the cut was made; `None` where the detector no longer sees it.
fn nearest_the_middle(found: Vec<Detection>, size: f32) -> Option<Detection> {
    let off = |face: &Detection| {
        let rect = face.rect;
        (rect.x + rect.w / 2.0 - 0.5).hypot(rect.y + rect.h / 2.0 - 0.5) * CUT as f32
    };
    found.into_iter().min_by(|a, b| off(a).total_cmp(&off(b))).filter(|face| off(face) <= SAME_FACE * size)
}

#[cfg(test)]
mod tests {
    use contract::geometry::Rect;

    use super::*;
    use crate::detection::ObjectClass;

    fn face(x: f32, y: f32, w: f32, h: f32) -> Detection {
        Detection { class: ObjectClass::Face, score: 0.9, rect: Rect::new(x, y, w, h), keypoints: Vec::new() }
    }

    #[test]
    fn the_largest_face_counts_and_the_middle_one_of_equals() {
        let picture = BgrPicture::filled(100, 100, [0, 0, 0]).unwrap();
        let check = |faces: &[[f32; 4]], expected: usize| {
            let faces: Vec<Detection> = faces.iter().map(|[x, y, w, h]| face(*x, *y, *w, *h)).collect();
            assert_eq!(foremost(faces.clone(), &picture).unwrap().rect, faces[expected].rect, "{faces:?}");
        };
        check(&[[0.4, 0.4, 0.2, 0.2], [0.0, 0.0, 0.4, 0.4]], 1);
        check(&[[0.35, 0.35, 0.3, 0.3], [0.6, 0.3, 0.35, 0.35]], 0);
        check(&[[0.8, 0.8, 0.1, 0.1]], 0);
        assert!(foremost(Vec::new(), &picture).is_none());
    }

    #[test]
    fn a_face_at_the_edge_of_a_cut_is_another_one() {
        assert!(nearest_the_middle(vec![face(0.7, 0.7, 0.3, 0.3)], 128.0).is_none());
        let found = vec![face(0.7, 0.7, 0.3, 0.3), face(0.27, 0.25, 0.5, 0.5)];
        assert_eq!(nearest_the_middle(found.clone(), 128.0).unwrap().rect, found[1].rect);
    }
}
