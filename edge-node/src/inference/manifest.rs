//! The model manifest as values: roles, candidates best first, how each net is fed and read. Parsing only; which files
//! lie on the disk is the store's business (`runtime.rs`). How files are fetched is `models/pull`'s, and skipped here.

use contract::event::ModelRef;
use contract::signature::Sha256;
use serde::{Deserialize, Serialize};

use super::calibration::Calibration;

/// What a net is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Persons and vehicles.
    Detector,
    /// Faces with landmarks.
    FaceDetector,
    /// One aligned face to one vector.
    FaceEmbedder,
    /// Where a plate may stand.
    PlateDetector,
    /// One line of text.
    PlateReader,
    /// A face, or a picture of one.
    SpoofCheck,
}

impl Role {
    /// Every role, in the order of the manifest.
    pub const ALL: [Self; 6] = [
        Self::Detector,
        Self::FaceDetector,
        Self::FaceEmbedder,
        Self::PlateDetector,
        Self::PlateReader,
        Self::SpoofCheck,
    ];

    /// As it stands in the manifest and in events.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Detector => "detector",
            Self::FaceDetector => "face_detector",
            Self::FaceEmbedder => "face_embedder",
            Self::PlateDetector => "plate_detector",
            Self::PlateReader => "plate_reader",
            Self::SpoofCheck => "spoof_check",
        }
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which candidate fills a role on this node; goes into every event that it took part in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelChoice {
    /// The role.
    pub role: Role,
    /// The candidate's name in the manifest.
    pub name: String,
    /// Hash of its file; `None` for a method without weights.
    pub sha256: Option<Sha256>,
}

impl ModelChoice {
    /// As the envelope carries it.
    #[must_use]
    pub fn to_reference(&self) -> ModelRef {
        ModelRef { name: self.name.clone(), sha256: self.sha256 }
    }
}

/// The whole file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Layout of this file; 1.
    pub schema: u32,
    /// The library that runs the nets.
    pub runtime: RuntimeEntry,
    /// Every candidate, best first within its role.
    #[serde(rename = "candidate")]
    pub candidates: Vec<Candidate>,
    /// Pictures that the demo's samples play with; no models.
    #[serde(default, rename = "sample")]
    pub samples: Vec<SamplePicture>,
    /// Known, not used.
    #[serde(default, rename = "pinned")]
    _pinned: Vec<toml::Table>,
}

/// The library.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuntimeEntry {
    /// `onnxruntime`.
    pub name: String,
    /// Its release.
    pub version: String,
    /// File name in `models/runtime/`.
    pub file: String,
    /// Hash of that file.
    pub sha256: Sha256,
    /// Its size.
    pub bytes: u64,
    /// Licence.
    pub licence: String,
    /// Where it comes from, in words.
    pub origin: String,
    #[serde(default, rename = "mirror")]
    _mirror: Option<String>,
    #[serde(default, rename = "package")]
    _package: Option<toml::Table>,
}

/// A picture of the demo's samples; the node itself never looks at it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SamplePicture {
    /// Unique name.
    pub name: String,
    /// File name in `models/cache/`.
    pub file: String,
    /// Hash of that file.
    pub sha256: Sha256,
    /// Its size.
    pub bytes: u64,
    /// Licence.
    pub licence: String,
    /// Where it comes from, in words.
    pub origin: String,
    /// Which sample needs it, and for what.
    pub purpose: String,
    #[serde(default, rename = "mirror")]
    _mirror: Option<String>,
    #[serde(default, rename = "official")]
    _official: Option<String>,
    #[serde(default, rename = "package")]
    _package: Option<toml::Table>,
}

/// One way to fill a role.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// The role.
    pub role: Role,
    /// Unique name.
    pub name: String,
    /// A method without weights (`motion`, `none`).
    #[serde(default)]
    pub method: Option<String>,
    /// File name in `models/cache/`, or in `models/` itself where it is `ours`.
    #[serde(default)]
    pub file: Option<String>,
    /// Trained by this project and kept in its repository.
    #[serde(default)]
    pub ours: bool,
    /// Hash of that file.
    #[serde(default)]
    pub sha256: Option<Sha256>,
    /// Its size.
    #[serde(default)]
    pub bytes: Option<u64>,
    /// Licence of the weights.
    pub licence: String,
    /// Where they come from, in words.
    pub origin: String,
    /// What it is known not to do.
    #[serde(default)]
    pub limits: Option<String>,
    /// Another candidate that belongs to this one.
    #[serde(default)]
    pub companion: Option<String>,
    /// How it is fed.
    #[serde(default)]
    pub input: Option<InputSpec>,
    /// How it is read.
    #[serde(default)]
    pub output: Option<OutputSpec>,
    /// Thresholds to start from.
    #[serde(default)]
    pub defaults: Defaults,
    /// At which thresholds it was measured, one for each detector in front; none = uncalibrated, and then a gate admits
    /// nobody on its word.
    #[serde(default)]
    pub calibration: Vec<Calibration>,
    #[serde(default, rename = "convert")]
    _convert: Option<String>,
    #[serde(default, rename = "mirror")]
    _mirror: Option<String>,
    #[serde(default, rename = "official")]
    _official: Option<String>,
    #[serde(default, rename = "package")]
    _package: Option<toml::Table>,
    #[serde(default, rename = "raw")]
    _raw: Vec<toml::Table>,
}

impl Candidate {
    /// As events name it.
    #[must_use]
    pub fn choice(&self) -> ModelChoice {
        ModelChoice { role: self.role, name: self.name.clone(), sha256: self.sha256 }
    }
}

/// Thresholds to start from.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Defaults {
    /// The lowest score that counts.
    #[serde(default)]
    pub score: f32,
    /// Boxes that overlap more than this are the same thing.
    #[serde(default)]
    pub overlap: f32,
}

/// Order of the colour planes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// Blue first.
    Bgr,
    /// Red first.
    Rgb,
}

/// How a picture is brought into the net's size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    /// Scaled with its proportions kept, at the top left; the rest is padding.
    LetterboxTopLeft,
    /// Scaled to the nearest size the net takes; the proportions change by a few percent at most.
    Stretch,
    /// Warped onto fixed landmarks by the caller.
    Aligned,
    /// Scaled to the height, padded on the right.
    HeightPadRight,
    /// A grown box around a face, cut by the caller.
    FaceBox,
}

/// Order of the axes; one is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Picture, channel, row, column.
    Nchw,
}

/// One number for every channel, or one each.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum PerChannel {
    /// The same for all.
    Same(f32),
    /// In the order of the net's channels.
    Each([f32; 3]),
}

impl PerChannel {
    /// Three numbers.
    #[must_use]
    pub const fn each(self) -> [f32; 3] {
        match self {
            Self::Same(v) => [v, v, v],
            Self::Each(v) => v,
        }
    }
}

/// How a net is fed: `(value - mean) * scale` in the named colour order.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputSpec {
    /// The input's name in the net.
    pub name: String,
    /// Order of the axes.
    pub layout: Layout,
    /// Fixed width.
    #[serde(default)]
    pub width: Option<u32>,
    /// Fixed height.
    #[serde(default)]
    pub height: Option<u32>,
    /// Both sides are multiples of this, where they are free.
    #[serde(default)]
    pub multiple_of: Option<u32>,
    /// The longer side's default, where it is free.
    #[serde(default)]
    pub longest: Option<u32>,
    /// Order of the colour planes.
    pub colour: Colour,
    /// Subtracted, per channel in the net's order.
    pub mean: [f32; 3],
    /// Multiplied after that.
    pub scale: PerChannel,
    /// How the picture is brought into the size.
    pub fit: Fit,
    /// Grey value of the padding, before normalisation.
    pub pad: u8,
    /// How much larger than the face box the cut is.
    #[serde(default)]
    pub grow: Option<f32>,
}

/// How a net's output is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decoding {
    /// `detection::yolox`.
    Yolox,
    /// `detection::yunet`.
    Yunet,
    /// `detection::blazeface`.
    Blazeface,
    /// `detection::lpd_yunet`.
    LpdYunet,
    /// `detection::text_regions`.
    DbText,
    /// `detection::plate_corners`.
    PlateCorners,
    /// `recognition::plate_text`.
    Ctc,
    /// `recognition::plate_rows`.
    PlateRows,
    /// A vector compared by its angle.
    Cosine,
    /// A vector compared by distance.
    Euclidean,
    /// Three logits, the middle one live.
    Minifasnet,
}

/// How a net is read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutputSpec {
    /// Which decoder.
    pub decoding: Decoding,
    /// The outputs' names, in the order the decoder takes them.
    pub names: Vec<String>,
    /// Where a reader's characters stand.
    #[serde(default)]
    pub dictionary: Option<String>,
}

impl Manifest {
    /// From its text.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// The candidates of a role, best first.
    pub fn of_role(&self, role: Role) -> impl Iterator<Item = &Candidate> {
        self.candidates.iter().filter(move |c| c.role == role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Manifest {
        let text = include_str!("../../../models/manifest.toml");
        Manifest::parse(text).expect("the shipped manifest parses")
    }

    #[test]
    fn the_shipped_manifest_is_complete() {
        let manifest = shipped();
        assert_eq!(manifest.schema, 1);
        for role in Role::ALL {
            assert!(manifest.of_role(role).count() > 0, "{role}");
        }
        for c in &manifest.candidates {
            let with_weights = c.file.is_some();
            assert_eq!(with_weights, c.method.is_none(), "{}", c.name);
            assert_eq!(with_weights, c.sha256.is_some() && c.input.is_some() && c.output.is_some(), "{}", c.name);
        }
    }

    #[test]
    fn calibrations_say_on_whom_they_rest() {
        let manifest = shipped();
        for c in manifest.candidates.iter().filter(|c| c.role != Role::FaceEmbedder) {
            assert!(c.calibration.is_empty(), "{}", c.name);
        }
        for c in manifest.of_role(Role::FaceEmbedder) {
            assert!(!c.calibration.is_empty(), "{} is not calibrated", c.name);
            let mut detectors: Vec<&str> = c.calibration.iter().map(|k| k.detector.as_str()).collect();
            detectors.dedup();
            assert_eq!(detectors.len(), c.calibration.len(), "{}: one calibration for each detector", c.name);
            for k in &c.calibration {
                assert!(manifest.of_role(Role::FaceDetector).any(|d| d.name == k.detector), "{}", k.detector);
                assert!(k.faults().is_empty(), "{}: {:?}", c.name, k.faults());
                assert_eq!(k.kind, "asian", "{}: general impostors let many times more Asian ones pass", c.name);
            }
        }
    }

    #[test]
    fn the_samples_pictures_are_no_candidates() {
        let manifest = shipped();
        assert_eq!(manifest.samples.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["portrait"]);
        assert!(manifest.candidates.iter().all(|c| manifest.samples.iter().all(|s| s.name != c.name)));
    }

    #[test]
    fn an_unknown_field_stops_the_start() {
        let text = include_str!("../../../models/manifest.toml").replacen("origin =", "orgin =", 1);
        assert!(Manifest::parse(&text).is_err());
    }
}
