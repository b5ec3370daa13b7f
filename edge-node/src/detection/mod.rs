//! Persons, vehicles, faces, plates: tensor or motion → [`Detection`]. Decoders are functions of values; the nets
//! themselves run in `inference`. A detection is a box of one frame and knows nothing of the frames before.

pub mod blazeface;
mod blobs;
pub mod fuse;
pub mod lpd_yunet;
pub mod motion;
pub mod net;
pub mod nms;
mod people;
pub mod plate_corners;
pub mod text_regions;
pub mod yolox;
pub mod yunet;

pub use net::NetDetector;

use contract::geometry::{Point, Rect};
use serde::{Deserialize, Serialize};

use crate::inference::ModelChoice;
use crate::picture::BgrPicture;

/// What a box holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectClass {
    /// A person.
    Person,
    /// A bicycle, with or without rider.
    Bicycle,
    /// A car, van or pick-up.
    Car,
    /// A motorcycle, with or without rider.
    Motorcycle,
    /// A bus.
    Bus,
    /// A truck.
    Truck,
    /// A vehicle of unknown kind.
    Vehicle,
    /// A face.
    Face,
    /// A plate.
    Plate,
}

impl ObjectClass {
    /// As events name it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Bicycle => "bicycle",
            Self::Car => "car",
            Self::Motorcycle => "motorcycle",
            Self::Bus => "bus",
            Self::Truck => "truck",
            Self::Vehicle => "vehicle",
            Self::Face => "face",
            Self::Plate => "plate",
        }
    }

    /// Is it driven or ridden?
    #[must_use]
    pub const fn is_vehicle(self) -> bool {
        matches!(self, Self::Bicycle | Self::Car | Self::Motorcycle | Self::Bus | Self::Truck | Self::Vehicle)
    }
}

/// One thing on one frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Detection {
    /// What.
    pub class: ObjectClass,
    /// How sure, 0..1.
    pub score: f32,
    /// Where, 0..1 of the picture.
    pub rect: Rect,
    /// Landmarks (faces: eyes, nose, mouth) or corners (plates: clockwise from top left), 0..1; empty where the detector
    /// gives none.
    pub keypoints: Vec<Point>,
}

impl Detection {
    /// A box without points.
    #[must_use]
    pub fn plain(class: ObjectClass, score: f32, rect: Rect) -> Self {
        Self { class, score, rect, keypoints: Vec::new() }
    }
}

/// Why a detector could not look.
#[derive(Debug, thiserror::Error)]
pub enum DetectionError {
    /// The picture could not be prepared.
    #[error("preparing a picture for detection")]
    Picture(#[source] crate::picture::PictureError),
    /// The net did not run.
    #[error("running the detector")]
    Inference(#[source] crate::inference::InferenceError),
    /// The net's output is not of the shape its decoder knows.
    #[error("the detector's output is not understood: {0}")]
    Output(String),
    /// OpenCV refused.
    #[error("image work failed while {doing}")]
    OpenCv {
        /// What was being done.
        doing: &'static str,
        /// OpenCV's own words.
        #[source]
        source: opencv::Error,
    },
    /// The net found is of a kind that has no decoder here.
    #[error("the net {name} does not find things on pictures")]
    NotADetector {
        /// Its name in the manifest.
        name: String,
    },
}

/// A detector net.
pub trait ObjectDetector: Send {
    /// Everything it finds on a picture.
    fn detect(&mut self, picture: &BgrPicture) -> Result<Vec<Detection>, DetectionError>;
    /// Which model this is.
    fn model(&self) -> ModelChoice;
}
