//! The ONNX Runtime sessions and the model manifest; knows tensors, not cameras.
//!
//! A net is used only when its file has the hash the manifest names, and so is the library that runs it. What a tensor
//! means is decided in `detection/` and `recognition/`. Nothing here downloads anything.

pub mod calibration;
pub mod letterbox;
pub mod manifest;
pub mod runtime;
pub mod session;

pub use calibration::{Calibration, Sureness};
pub use letterbox::{Placement, place};
pub use manifest::{Candidate, Decoding, InputSpec, Manifest, ModelChoice, Role};
pub use runtime::{ModelStore, models_folder};
pub use session::{NetSession, Output};

use std::path::PathBuf;

use contract::signature::Sha256;

/// What can go wrong between a file of weights and a tensor.
#[derive(Debug, thiserror::Error)]
pub enum InferenceError {
    /// No folder with a manifest was found.
    #[error(
        "no models/manifest.toml was found here or above; start in the repository's folder or set CHILANG_MODELS to the models folder"
    )]
    NoModelsFolder,
    /// A file could not be read.
    #[error("{path} could not be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The manifest is broken.
    #[error("the model manifest {path} is not valid")]
    Manifest {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// The runtime is not there.
    #[error("ONNX Runtime is missing at {path}; run models/pull, or set CHILANG_ONNXRUNTIME to a library")]
    NoRuntime {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A file is not what the manifest says.
    #[error("{path} has sha256 {got}, the manifest says {wanted}; remove it and run models/pull")]
    WrongHash {
        /// The file.
        path: PathBuf,
        /// What it has.
        got: Sha256,
        /// What it should have.
        wanted: Sha256,
    },
    /// No candidate of a role is there.
    #[error("no weights for the role {role} are at hand; run models/pull")]
    NothingFor {
        /// The role.
        role: Role,
    },
    /// A candidate is not in the manifest, or has no weights to open.
    #[error("the manifest has no net named {name}")]
    NoSuchNet {
        /// Its name.
        name: String,
    },
    /// The library refused.
    #[error("ONNX Runtime failed while {doing}")]
    Runtime {
        /// What was being done.
        doing: String,
        /// Its own words.
        #[source]
        source: ort::Error,
    },
    /// A net gave something else than its manifest entry says.
    #[error("the net {net} gave {what}")]
    UnexpectedOutput {
        /// The net.
        net: String,
        /// What was wrong with it.
        what: String,
    },
    /// The picture could not be brought into the net's size.
    #[error("a picture could not be prepared for a net")]
    Picture(#[from] crate::picture::PictureError),
}
