//! One picture somebody handed in to be enrolled: its one face, judged, and a template for each embedder if it is good.
//! Knows no names and stores nothing. Whether the same face is enrolled already is the centre's question.

use contract::enrolment::{
    JudgedPicture, MAX_PICTURE_SIDE, PictureFault, PictureQuality, PictureTemplate, PictureVerdict,
};

use super::face::{FaceEmbedder, FaceError};
use super::face_alignment::AlignmentError;
use super::face_landmarks::{LandmarkError, foremost, settled};
use super::face_quality::{FaceLimits, FaceQuality};
use crate::detection::net::NetDetector;
use crate::detection::{Detection, DetectionError, ObjectDetector as _};
use crate::inference::{ModelStore, Role};
use crate::picture::file::{FileLimits, decode};

/// Decoding one picture may take this much memory: 10,000 × 10,000 pixels need less.
const LIMITS: FileLimits = FileLimits { longest_side: MAX_PICTURE_SIDE, memory_bytes: 512 << 20 };
/// Another face with at least this share of the first one's area is a second person; a smaller one stands far behind.
const SECOND_FACE: f32 = 0.1;

/// Why a picture could not be judged, although it may be good.
#[derive(Debug, thiserror::Error)]
pub enum EnrollerError {
    /// No face detector that is a net.
    #[error("there is no net that finds faces; run models/pull")]
    NoDetector,
    /// The detector failed.
    #[error("faces could not be looked for")]
    Detection(#[from] DetectionError),
    /// The landmarks could not be read.
    #[error("the face of a picture could not be looked at")]
    Landmarks(#[from] LandmarkError),
    /// Its quality could not be measured.
    #[error("the quality of a face could not be measured")]
    Quality(#[from] AlignmentError),
    /// An embedder failed.
    #[error("the face of a picture gave no template")]
    Face(#[from] FaceError),
}

/// Judges pictures.
#[derive(Debug)]
pub struct Enroller {
    detector: NetDetector,
    embedders: Vec<FaceEmbedder>,
}

impl Enroller {
    /// With the best detector and every embedder of this machine.
    pub fn open(store: &ModelStore) -> Result<Self, EnrollerError> {
        let detector = NetDetector::best(store, Role::FaceDetector)?.ok_or(EnrollerError::NoDetector)?;
        Ok(Self { detector, embedders: FaceEmbedder::all(store)? })
    }

    /// With a detector and embedders of one's own.
    #[must_use]
    pub fn new(detector: NetDetector, embedders: Vec<FaceEmbedder>) -> Self {
        Self { detector, embedders }
    }

    /// Judges the bytes of a JPEG or PNG file.
    pub fn judge(&mut self, id: String, file: &[u8]) -> Result<JudgedPicture, EnrollerError> {
        let Ok(picture) = decode(file, LIMITS) else { return Ok(refused(id, PictureFault::Unreadable, None)) };
        let faces = self.detector.detect(&picture)?;
        let Some(face) = foremost(faces.clone(), &picture) else {
            return Ok(refused(id, PictureFault::NoFace, None));
        };
        let landmarks = settled(&mut self.detector, &picture, &face)?;
        let quality = FaceQuality::of(&picture, &face, &landmarks)?;
        if several(&faces, &face) {
            return Ok(refused(id, PictureFault::SeveralFaces, Some(quality.measures)));
        }
        let verdict = quality.verdict(&FaceLimits::ENROLMENT);
        let mut templates = Vec::new();
        if verdict.good {
            for embedder in &mut self.embedders {
                let template = embedder.embed(&picture, &landmarks)?;
                let (sha256, name) = (template.embedder(), embedder.model().name.clone());
                templates.push(PictureTemplate::new(sha256, name, &template.into_enrolment_values()));
            }
        }
        Ok(JudgedPicture { id, verdict, quality: Some(quality.measures), templates })
    }
}

fn refused(id: String, fault: PictureFault, quality: Option<PictureQuality>) -> JudgedPicture {
    JudgedPicture { id, verdict: PictureVerdict::of(vec![fault]), quality, templates: Vec::new() }
}

/// Is there a second face that might be meant?
fn several(faces: &[Detection], first: &Detection) -> bool {
    faces.iter().filter(|face| face.rect.area() >= SECOND_FACE * first.rect.area()).count() > 1
}
