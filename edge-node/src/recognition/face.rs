//! One face on a picture into one vector: brought onto fixed landmarks, then through the embedder. A template lives in
//! memory only, prints nothing and cannot be stored from here; whose face it is, is the gallery's question. Templates of
//! different embedders never meet.

use contract::geometry::Point;
use contract::signature::Sha256;

use crate::inference::{Decoding, InferenceError, ModelChoice, ModelStore, NetSession, Role, letterbox};
use crate::picture::{BgrPicture, PictureError};

/// Where the five landmarks go in the 0095 net's square, 0..1: right eye, left eye, nose, mouth corners (Intel's
/// description of the net).
const MARKS_0095: [(f32, f32); 5] =
    [(0.315_57, 0.461_57), (0.682_62, 0.461_57), (0.500_26, 0.640_51), (0.349_47, 0.824_69), (0.653_44, 0.824_69)];
/// The same for dlib's square: eye middles, nose tip and mouth corners of its mean face, with its margin of a quarter.
const MARKS_DLIB: [(f32, f32); 5] =
    [(0.317_0, 0.310_7), (0.669_8, 0.310_7), (0.493_4, 0.510_4), (0.336_1, 0.686_8), (0.650_7, 0.686_8)];

/// Why a face gave no template.
#[derive(Debug, thiserror::Error)]
pub enum FaceError {
    /// The net could not be loaded or run.
    #[error("a face could not be embedded")]
    Inference(#[from] InferenceError),
    /// The picture could not be worked on.
    #[error("a face could not be brought onto its landmarks")]
    Picture(#[from] PictureError),
    /// Too few landmarks, or all in one place.
    #[error("the landmarks of a face do not allow to align it")]
    Landmarks,
}

/// How alike two templates of one embedder are is asked by angle or by distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Cosine,
    Euclidean,
}

/// One face as a vector. Not serialisable, and silent in logs: a stranger's must leave no trace.
#[derive(Clone, PartialEq)]
pub struct FaceTemplate {
    values: Vec<f32>,
    embedder: Sha256,
    measure: Measure,
}

impl std::fmt::Debug for FaceTemplate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FaceTemplate(…)")
    }
}

impl FaceTemplate {
    /// How alike two faces are: higher is more alike, whatever the embedder. The cosine, or for nets that compare by
    /// distance one less the distance. `None` for templates of different embedders.
    #[must_use]
    pub fn similarity(&self, other: &Self) -> Option<f32> {
        if self.embedder != other.embedder || self.values.len() != other.values.len() {
            return None;
        }
        let pairs = self.values.iter().zip(&other.values);
        Some(match self.measure {
            Measure::Cosine => pairs.map(|(a, b)| a * b).sum(),
            Measure::Euclidean => 1.0 - pairs.map(|(a, b)| (a - b) * (a - b)).sum::<f32>().sqrt(),
        })
    }

    /// Which embedder made it.
    #[must_use]
    pub fn embedder(&self) -> Sha256 {
        self.embedder
    }
}

/// Embeds faces.
#[derive(Debug)]
pub struct FaceEmbedder {
    net: NetSession,
    marks: [(f32, f32); 5],
    measure: Measure,
    embedder: Sha256,
}

impl FaceEmbedder {
    /// With the best embedder of this machine.
    pub fn open(store: &ModelStore) -> Result<Self, FaceError> {
        let role = Role::FaceEmbedder;
        Self::of(store.open_best(role)?.ok_or(InferenceError::NothingFor { role })?)
    }

    /// With one embedder by name.
    pub fn named(store: &ModelStore, name: &str) -> Result<Self, FaceError> {
        Self::of(store.open_named(name)?)
    }

    fn of(net: NetSession) -> Result<Self, FaceError> {
        let (marks, measure) = match net.decoding() {
            Decoding::Cosine => (MARKS_0095, Measure::Cosine),
            Decoding::Euclidean => (MARKS_DLIB, Measure::Euclidean),
            _ => return Err(InferenceError::NoSuchNet { name: net.choice().name.clone() }.into()),
        };
        let embedder = net.choice().sha256.ok_or_else(|| net.unexpected("no hash of its own"))?;
        Ok(Self { net, marks, measure, embedder })
    }

    /// One face's template. `landmarks`: five of them (eyes, nose, mouth corners) or BlazeFace's six (eyes, nose, mouth
    /// middle, ears), 0..1 of the picture.
    pub fn embed(&mut self, picture: &BgrPicture, landmarks: &[Point]) -> Result<FaceTemplate, FaceError> {
        let side = self.net.input().width.ok_or_else(|| self.net.unexpected("no fixed size"))?;
        let aligned = align(picture, landmarks, &self.marks, side)?;
        let data = letterbox::planes(&aligned, self.net.input(), side, side);
        let outputs = self.net.run([1, 3, side as usize, side as usize], data)?;
        let mut values = outputs.into_iter().next().map(|o| o.data).ok_or_else(|| self.net.unexpected("no output"))?;
        let length = values.iter().map(|v| v * v).sum::<f32>().sqrt();
        if !(length.is_finite() && length > 0.0) {
            return Err(self.net.unexpected("a vector without direction").into());
        }
        if self.measure == Measure::Cosine {
            values.iter_mut().for_each(|v| *v /= length);
        }
        Ok(FaceTemplate { values, embedder: self.embedder, measure: self.measure })
    }

    /// Which net, for events.
    #[must_use]
    pub fn model(&self) -> &ModelChoice {
        self.net.choice()
    }

    /// Was a threshold measured for it? Without one a gate admits nobody on its word.
    #[must_use]
    pub fn calibrated(&self) -> bool {
        self.net.calibrated()
    }
}

/// The face, turned, scaled and moved (never sheared) so that its landmarks lie on the marks as well as they can.
fn align(
    picture: &BgrPicture,
    landmarks: &[Point],
    marks: &[(f32, f32); 5],
    side: u32,
) -> Result<BgrPicture, FaceError> {
    let pixel = |p: &Point| (p.x * picture.width as f32, p.y * picture.height as f32);
    let side_f = side as f32;
    let (from, to): (Vec<_>, Vec<_>) = match landmarks {
        [_, _, _, _, _] => (landmarks.iter().map(pixel).collect(), marks.to_vec()),
        [right, left, nose, mouth, _, _] => {
            let middle = ((marks[3].0 + marks[4].0) / 2.0, (marks[3].1 + marks[4].1) / 2.0);
            ([right, left, nose, mouth].map(pixel).to_vec(), vec![marks[0], marks[1], marks[2], middle])
        }
        _ => return Err(FaceError::Landmarks),
    };
    let to: Vec<(f32, f32)> = to.into_iter().map(|(x, y)| (x * side_f, y * side_f)).collect();
    // The square's corners, seen back on the picture.
    let back = similarity(&to, &from).ok_or(FaceError::Landmarks)?;
    let corners = [(0.0, 0.0), (side_f, 0.0), (side_f, side_f), (0.0, side_f)].map(|p| back.apply(p));
    // A face much larger than the square is shrunk by averaging, or its finest lines would turn into noise.
    let over = (back.scale() as u32).clamp(1, 8);
    Ok(picture.rectified(corners, side * over, side * over)?.resized(side, side)?)
}

/// A turn with scaling and a move: `x' = a·x − b·y + c`, `y' = b·x + a·y + d`.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Similarity {
    a: f32,
    b: f32,
    c: f32,
    d: f32,
}

impl Similarity {
    fn apply(self, (x, y): (f32, f32)) -> (f32, f32) {
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
    use crate::inference::runtime::weights_or_note;

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
    fn a_turned_face_comes_out_upright() {
        let turn = Similarity { a: 0.9, b: 0.5, c: 120.0, d: 60.0 };
        let landmarks: Vec<(f32, f32)> = MARKS_0095.iter().map(|(x, y)| turn.apply((x * 128.0, y * 128.0))).collect();
        let (picture, points) = marked(&landmarks);
        let aligned = align(&picture, &points, &MARKS_0095, 128).unwrap();
        for (x, y) in MARKS_0095 {
            assert!(aligned.pixel((x * 128.0) as u32, (y * 128.0) as u32)[0] > 200);
        }
        assert!(aligned.pixel(5, 5)[0] < 100);
    }

    #[test]
    fn six_landmarks_are_taken_too_and_useless_ones_refused() {
        let (picture, mut points) = marked(&[(150.0, 150.0), (250.0, 150.0), (200.0, 200.0), (200.0, 250.0)]);
        points.extend([Point::new(0.2, 0.4), Point::new(0.8, 0.4)]);
        assert!(align(&picture, &points, &MARKS_DLIB, 150).is_ok());
        assert!(matches!(align(&picture, &points[..3], &MARKS_DLIB, 150), Err(FaceError::Landmarks)));
        let one_place = [Point::new(0.5, 0.5); 5];
        assert!(matches!(align(&picture, &one_place, &MARKS_DLIB, 150), Err(FaceError::Landmarks)));
    }

    #[test]
    fn templates_of_different_embedders_never_meet_and_print_nothing() {
        let template = |embedder: &[u8], values: &[f32]| FaceTemplate {
            values: values.to_vec(),
            embedder: Sha256::of(embedder),
            measure: Measure::Cosine,
        };
        let a = template(b"one", &[0.6, 0.8]);
        assert!((a.similarity(&template(b"one", &[0.8, 0.6])).unwrap() - 0.96).abs() < 1e-6);
        assert_eq!(a.similarity(&template(b"two", &[0.6, 0.8])), None);
        assert_eq!(format!("{a:?}"), "FaceTemplate(…)");
    }

    #[test]
    fn every_embedder_gives_the_same_vector_twice_and_another_for_another_picture() {
        for name in ["reidentification_0095", "dlib_resnet"] {
            let Some(store) = weights_or_note("embedders", &[name]) else { continue };
            let mut embedder = FaceEmbedder::named(&store, name).unwrap();
            let (picture, points) = marked(&[(150., 150.), (250., 150.), (200., 200.), (160., 250.), (240., 250.)]);
            let first = embedder.embed(&picture, &points).unwrap();
            let again = embedder.embed(&picture, &points).unwrap();
            assert!(first.similarity(&again).unwrap() > 0.9999, "{name}");
            let (other, _) = marked(&[(100., 300.), (300., 100.)]);
            assert!(first.similarity(&embedder.embed(&other, &points).unwrap()).unwrap() < 0.999, "{name}");
            assert!(!embedder.calibrated());
        }
    }
}
