//! One face on a picture into one template: brought onto fixed landmarks, then through the embedder, as it is and mirrored
//! (docs/decisions/0008). Says how sure a score is by the embedder's calibration; admits nobody.

use contract::geometry::Point;
use contract::signature::Sha256;

use super::face_alignment::{AlignmentError, Marks, align};
use super::face_template::{FaceTemplate, Measure};
use crate::inference::{Calibration, Decoding, InferenceError, ModelChoice, ModelStore, NetSession, Role, letterbox};
use crate::picture::{BgrPicture, PictureError};

/// How faces are found, aligned and embedded here. A calibration holds for one method only: whoever changes what comes out
/// of [`FaceEmbedder::embed`] or [`super::face_landmarks`] changes this word and measures again.
pub const METHOD: &str = "five-point-mirrored-1";

/// Where the five landmarks go in the 0095 net's square, 0..1: right eye, left eye, nose, mouth corners (Intel's
/// description of the net).
const MARKS_0095: Marks =
    [(0.315_57, 0.461_57), (0.682_62, 0.461_57), (0.500_26, 0.640_51), (0.349_47, 0.824_69), (0.653_44, 0.824_69)];
/// The same for dlib's square: eye middles, nose tip and mouth corners of its mean face, with its margin of a quarter.
const MARKS_DLIB: Marks =
    [(0.317_0, 0.310_7), (0.669_8, 0.310_7), (0.493_4, 0.510_4), (0.336_1, 0.686_8), (0.650_7, 0.686_8)];

/// Why a face gave no template.
#[derive(Debug, thiserror::Error)]
pub enum FaceError {
    /// The net could not be loaded or run.
    #[error("a face could not be embedded")]
    Inference(#[from] InferenceError),
    /// The face could not be aligned.
    #[error("a face could not be brought onto its landmarks")]
    Alignment(#[from] AlignmentError),
    /// The picture could not be worked on.
    #[error("a face could not be mirrored")]
    Picture(#[from] PictureError),
}

/// Embeds faces.
#[derive(Debug)]
pub struct FaceEmbedder {
    net: NetSession,
    marks: Marks,
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

    /// Every embedder whose weights are on this machine, best first: an enrolment makes a template for each, so that a
    /// node with fewer of them can still compare.
    pub fn all(store: &ModelStore) -> Result<Vec<Self>, FaceError> {
        let here = store.manifest().of_role(Role::FaceEmbedder).filter(|candidate| store.has(&candidate.name));
        here.map(|candidate| Self::named(store, &candidate.name)).collect()
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

    /// One face's template: the middle of what the net says of the face and of its mirror image. `landmarks` as for
    /// [`align`].
    pub fn embed(&mut self, picture: &BgrPicture, landmarks: &[Point]) -> Result<FaceTemplate, FaceError> {
        let side = self.net.input().width.ok_or_else(|| self.net.unexpected("no fixed size"))?;
        let aligned = align(picture, landmarks, &self.marks, side)?;
        let both = [self.template(&aligned)?, self.template(&aligned.mirrored()?)?];
        FaceTemplate::mean(&both).ok_or_else(|| self.net.unexpected("a vector and its opposite").into())
    }

    /// What the net makes of an aligned face.
    fn template(&mut self, aligned: &BgrPicture) -> Result<FaceTemplate, FaceError> {
        let (width, height) = (aligned.width, aligned.height);
        let data = letterbox::planes(aligned, self.net.input(), width, height);
        let outputs = self.net.run([1, 3, height as usize, width as usize], data)?;
        let values = outputs.into_iter().next().map(|o| o.data).ok_or_else(|| self.net.unexpected("no output"))?;
        FaceTemplate::new(values, self.embedder, self.measure)
            .ok_or_else(|| self.net.unexpected("a vector without direction").into())
    }

    /// A template as it was enrolled; `None` for another embedder's, or for numbers this one cannot have made.
    #[must_use]
    pub fn enrolled(&self, embedder: Sha256, values: Vec<f32>) -> Option<FaceTemplate> {
        (embedder == self.embedder).then(|| FaceTemplate::new(values, embedder, self.measure)).flatten()
    }

    /// Which net, for events.
    #[must_use]
    pub fn model(&self) -> &ModelChoice {
        self.net.choice()
    }

    /// The threshold measured for this embedder behind this face detector, with the method of this program. Without one
    /// a gate admits nobody on its word.
    #[must_use]
    pub fn calibration(&self, detector: &str) -> Option<&Calibration> {
        self.net.calibrations().iter().find(|c| c.detector == detector && c.method == METHOD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::runtime::weights_or_note;

    /// No face, but something to look at, the same at every call.
    fn pattern(seed: u32) -> BgrPicture {
        let data = (0..200 * 200 * 3u32).map(|i| ((i / 40).wrapping_mul(seed) % 251) as u8).collect();
        BgrPicture::new(200, 200, data).unwrap()
    }

    #[test]
    fn every_embedder_gives_the_same_vector_twice_and_another_for_another_picture() {
        for name in ["reidentification_0095", "dlib_resnet"] {
            let Some(store) = weights_or_note("embedders", &[name]) else { continue };
            let mut embedder = FaceEmbedder::named(&store, name).unwrap();
            let points = [(0.4, 0.4), (0.6, 0.4), (0.5, 0.5), (0.42, 0.6), (0.58, 0.6)].map(|(x, y)| Point::new(x, y));
            let first = embedder.embed(&pattern(7), &points).unwrap();
            let again = embedder.embed(&pattern(7), &points).unwrap();
            assert!(first.similarity(&again).unwrap() > 0.9999, "{name}");
            assert!(first.similarity(&embedder.embed(&pattern(31), &points).unwrap()).unwrap() < 0.999, "{name}");
            // As it was enrolled, it comes back; as another embedder's, it does not.
            let values = first.clone().into_enrolment_values();
            let back = embedder.enrolled(first.embedder(), values.clone()).unwrap();
            assert!(back.similarity(&first).unwrap() > 0.9999, "{name}");
            assert!(embedder.enrolled(Sha256::of(b"other"), values).is_none());
        }
    }

    #[test]
    fn a_mirrored_face_is_the_same_face() {
        for name in ["reidentification_0095", "dlib_resnet"] {
            let Some(store) = weights_or_note("mirrored faces", &[name]) else { continue };
            let mut embedder = FaceEmbedder::named(&store, name).unwrap();
            let side = embedder.net.input().width.unwrap();
            let square = pattern(7).resized(side, side).unwrap();
            let one = [embedder.template(&square).unwrap(), embedder.template(&square.mirrored().unwrap()).unwrap()];
            let other = [one[1].clone(), one[0].clone()];
            let (one, other) = (FaceTemplate::mean(&one).unwrap(), FaceTemplate::mean(&other).unwrap());
            assert!(one.similarity(&other).unwrap() > 0.999, "{name}");
        }
    }

    #[test]
    fn every_embedder_is_calibrated_behind_the_detectors_it_is_used_with() {
        for (name, detectors) in
            [("reidentification_0095", &["yunet_s", "blazeface"][..]), ("dlib_resnet", &["yunet_s", "blazeface"])]
        {
            let Some(store) = weights_or_note("calibrations", &[name]) else { continue };
            let embedder = FaceEmbedder::named(&store, name).unwrap();
            for detector in detectors {
                assert!(embedder.calibration(detector).is_some(), "{name} behind {detector}");
            }
            assert!(embedder.calibration("another").is_none());
        }
    }
}
