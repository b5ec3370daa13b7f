//! A face brought onto fixed marks: turned, scaled and moved by its landmarks, never sheared. Embedding and the judgement
//! of quality look at such squares. Finds no landmarks and knows no net.

use contract::geometry::Point;
use opencv::core::{BORDER_REPLICATE, Mat, Scalar, Size};
use opencv::imgproc;

use crate::picture::{BgrPicture, PictureError};

/// Where landmarks go in a square, 0..1: right eye, left eye, nose, right and left mouth corner.
pub type Marks = [(f32, f32); 5];

/// Why a face could not be brought onto its marks.
#[derive(Debug, thiserror::Error)]
pub enum AlignmentError {
    /// Too few landmarks, or all in one place.
    #[error("the landmarks of a face do not allow to align it")]
    Landmarks,
    /// The picture could not be worked on.
    #[error("a face could not be cut out of its picture")]
    Picture(#[from] PictureError),
}

/// The face as a square of `side` pixels, its landmarks on the marks as well as they can lie there (least squares).
/// `landmarks`: five of them (eyes, nose, mouth corners) or BlazeFace's six (eyes, nose, mouth middle, ears), 0..1 of the
/// picture. What lies outside the picture is its edge, drawn out.
pub fn align(
    picture: &BgrPicture,
    landmarks: &[Point],
    marks: &Marks,
    side: u32,
) -> Result<BgrPicture, AlignmentError> {
    let back = back(picture, landmarks, marks, side)?;
    // A face much larger than the square is shrunk by averaging, or its finest lines would turn into noise.
    let over = (back.scale() as u32).clamp(1, 8);
    Ok(warped(picture, back, side * over, over as f32)?.resized(side, side)?)
}

/// The share of that square which lies inside the picture, 0..1: a face cut off at the edge is not all there.
pub fn share_inside(picture: &BgrPicture, landmarks: &[Point], marks: &Marks) -> Result<f32, AlignmentError> {
    /// So many places each way are looked at.
    const GRID: u32 = 16;
    let back = back(picture, landmarks, marks, GRID)?;
    let inside = |x: f32, y: f32| {
        let (x, y) = back.apply((x + 0.5, y + 0.5));
        x >= 0.0 && y >= 0.0 && x <= picture.width as f32 && y <= picture.height as f32
    };
    let seen = (0..GRID * GRID).filter(|at| inside((at % GRID) as f32, (at / GRID) as f32)).count();
    Ok(seen as f32 / (GRID * GRID) as f32)
}

/// From a square of `side` pixels back to the picture's pixels.
fn back(picture: &BgrPicture, landmarks: &[Point], marks: &Marks, side: u32) -> Result<Similarity, AlignmentError> {
    let pixel = |p: &Point| (p.x * picture.width as f32, p.y * picture.height as f32);
    let (from, to): (Vec<_>, Vec<_>) = match landmarks {
        [_, _, _, _, _] => (landmarks.iter().map(pixel).collect(), marks.to_vec()),
        [right, left, nose, mouth, _, _] => {
            let middle = ((marks[3].0 + marks[4].0) / 2.0, (marks[3].1 + marks[4].1) / 2.0);
            ([right, left, nose, mouth].map(pixel).to_vec(), vec![marks[0], marks[1], marks[2], middle])
        }
        _ => return Err(AlignmentError::Landmarks),
    };
    let to: Vec<(f32, f32)> = to.into_iter().map(|(x, y)| (x * side as f32, y * side as f32)).collect();
    similarity(&to, &from).ok_or(AlignmentError::Landmarks)
}

/// The square of `side` pixels that `back`, after a division by `over`, brings onto the picture. Pixel `i` has its middle
/// at `i + 0.5`, in both.
fn warped(picture: &BgrPicture, back: Similarity, side: u32, over: f32) -> Result<BgrPicture, PictureError> {
    let (a, b) = (back.a / over, back.b / over);
    let (x, y) = (0.5 * (a - b) + back.c - 0.5, 0.5 * (a + b) + back.d - 0.5);
    let rows = [[a, -b, x], [b, a, y]];
    let warp = Mat::from_slice_2d(&rows)
        .map_err(|source| PictureError::OpenCv { doing: "describing how a face is turned", source })?;
    let size = Size::new(side as i32, side as i32);
    let how = imgproc::INTER_LINEAR | imgproc::WARP_INVERSE_MAP;
    let mut out = Mat::default();
    imgproc::warp_affine(&picture.as_mat()?, &mut out, &warp, size, how, BORDER_REPLICATE, Scalar::default())
        .map_err(|source| PictureError::OpenCv { doing: "turning a face", source })?;
    BgrPicture::from_mat(&out)
}

/// How a face lies on a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Upright {
    /// Its middle, in pixels.
    pub(super) middle: (f32, f32),
    /// How far it is turned clockwise, in radians.
    pub(super) angle: f32,
    /// Pixels of the picture in one of the cut.
    pub(super) scale: f32,
}

/// A square of `side` pixels with the face upright in its middle, and the way from there back to the picture's pixels.
pub(super) fn cut_upright(
    picture: &BgrPicture,
    face: Upright,
    side: u32,
) -> Result<(BgrPicture, Similarity), AlignmentError> {
    if !(face.scale.is_finite() && face.scale > 0.0 && face.angle.is_finite()) {
        return Err(AlignmentError::Landmarks);
    }
    let (a, b) = (face.scale * face.angle.cos(), face.scale * face.angle.sin());
    let half = side as f32 / 2.0;
    let back = Similarity { a, b, c: face.middle.0 - (a - b) * half, d: face.middle.1 - (a + b) * half };
    let over = (face.scale as u32).clamp(1, 8);
    Ok((warped(picture, back, side * over, over as f32)?.resized(side, side)?, back))
}

/// A turn with scaling and a move: `x' = a·x − b·y + c`, `y' = b·x + a·y + d`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Similarity {
    a: f32,
    b: f32,
    c: f32,
    d: f32,
}

impl Similarity {
    pub(super) fn apply(self, (x, y): (f32, f32)) -> (f32, f32) {
        (self.a * x - self.b * y + self.c, self.b * x + self.a * y + self.d)
    }

    fn scale(self) -> f32 {
        self.a.hypot(self.b)
    }
}

/// The similarity with the least squared error; `None` when the points lie in one place.
fn similarity(from: &[(f32, f32)], to: &[(f32, f32)]) -> Option<Similarity> {
    let n = from.len().min(to.len()) as f32;
    let mean = |points: &[(f32, f32)]| {
        let sum = points.iter().fold((0.0, 0.0), |s, p| (s.0 + p.0, s.1 + p.1));
        (sum.0 / n, sum.1 / n)
    };
    let ((fx, fy), (tx, ty)) = (mean(from), mean(to));
    let (mut dot, mut cross, mut square) = (0.0, 0.0, 0.0);
    for ((x, y), (u, v)) in from.iter().zip(to) {
        let (x, y, u, v) = (x - fx, y - fy, u - tx, v - ty);
        dot += x * u + y * v;
        cross += x * v - y * u;
        square += x * x + y * y;
    }
    if !(square > 1e-6 && dot.is_finite() && cross.is_finite()) {
        return None;
    }
    let (a, b) = (dot / square, cross / square);
    if a.hypot(b) < 1e-6 {
        return None;
    }
    Some(Similarity { a, b, c: tx - a * fx + b * fy, d: ty - b * fx - a * fy })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKS: Marks = [(0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.35, 0.8), (0.65, 0.8)];

    /// No face: bright squares where the landmarks are, which is enough to see where they go.
    fn marked(landmarks: &[(f32, f32)]) -> (BgrPicture, Vec<Point>) {
        let mut picture = BgrPicture::filled(400, 400, [60, 60, 60]).unwrap();
        for (x, y) in landmarks {
            for dy in -4i32..=4 {
                for dx in -4i32..=4 {
                    let at = (((*y as i32 + dy) * 400 + *x as i32 + dx) * 3) as usize;
                    picture.data[at..at + 3].copy_from_slice(&[250, 250, 250]);
                }
            }
        }
        (picture, landmarks.iter().map(|(x, y)| Point::new(x / 400.0, y / 400.0)).collect())
    }

    #[test]
    fn a_turned_face_comes_out_upright_at_every_size() {
        for (scale, side) in [(1.0, 128u32), (2.2, 64), (0.5, 128)] {
            let (a, b) = (0.9 * scale, 0.5 * scale);
            let place = |(x, y): (f32, f32)| {
                let (x, y) = (x * side as f32, y * side as f32);
                (a * x - b * y + 120.0, b * x + a * y + 60.0)
            };
            let (picture, points) = marked(&MARKS.map(place));
            let aligned = align(&picture, &points, &MARKS, side).unwrap();
            assert_eq!((aligned.width, aligned.height), (side, side));
            for (x, y) in MARKS {
                assert!(aligned.pixel((x * side as f32) as u32, (y * side as f32) as u32)[0] > 180, "{scale}");
            }
            assert!(aligned.pixel(2, 2)[0] < 100);
        }
    }

    #[test]
    fn a_face_that_lies_right_already_is_not_touched() {
        let data: Vec<u8> = (0..64 * 64 * 3u32).map(|i| (i * 7 % 251) as u8).collect();
        let picture = BgrPicture::new(64, 64, data).unwrap();
        let points: Vec<Point> = MARKS.iter().map(|(x, y)| Point::new(*x, *y)).collect();
        assert!(align(&picture, &points, &MARKS, 64).unwrap() == picture);
    }

    #[test]
    fn six_landmarks_are_taken_too_and_useless_ones_refused() {
        let (picture, mut points) = marked(&[(150.0, 150.0), (250.0, 150.0), (200.0, 200.0), (200.0, 250.0)]);
        points.extend([Point::new(0.2, 0.4), Point::new(0.8, 0.4)]);
        assert!(align(&picture, &points, &MARKS, 150).is_ok());
        assert!(matches!(align(&picture, &points[..3], &MARKS, 150), Err(AlignmentError::Landmarks)));
        let one_place = [Point::new(0.5, 0.5); 5];
        assert!(matches!(align(&picture, &one_place, &MARKS, 150), Err(AlignmentError::Landmarks)));
    }
}
