//! Signed bundles: the only way settings come down to a node. The centre signs the exact bytes of a bundle's document;
//! the node applies it whole or not at all, never goes back to an older revision, and keeps the last good one.

mod gallery;
mod gates;
mod meaning;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::clock::UtcMicros;
use crate::event::Direction;
use crate::geometry::Segment;
use crate::ids::{CameraName, ControllerName, LineName, NodeAddress, RuleName};
use crate::signature::{Sha256, Signature, SignatureError};

pub use gallery::{
    Gallery, GalleryEntry, GalleryError, GalleryKey, GalleryList, GalleryTemplate, MAX_TEMPLATES, SealedGallery,
    WeeklyHours,
};
pub use gates::GateSpec;
pub use meaning::{content_faults, file_path, meaning_faults};

/// What a bundle is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BundleKind {
    /// The cameras of a node.
    Cameras,
    /// Lines and violation rules.
    Rules,
    /// Enrolled templates for this node.
    Gallery,
    /// Plate lists for this node.
    Plates,
    /// Model choices.
    Models,
}

impl BundleKind {
    /// As in topics, URLs and the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cameras => "cameras",
            Self::Rules => "rules",
            Self::Gallery => "gallery",
            Self::Plates => "plates",
            Self::Models => "models",
        }
    }

    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Cameras, Self::Rules, Self::Gallery, Self::Plates, Self::Models];
}

/// How RTP travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Transport {
    /// Interleaved in the RTSP connection.
    Tcp,
    /// Its own UDP ports.
    Udp,
}

/// What a camera is for. Recognition of faces needs a legal basis and a sign; counting never identifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Count people over lines.
    PeopleCounting,
    /// Vehicles, plates, violations.
    Traffic,
    /// Faces at a gate.
    FaceAccess,
}

/// The sign that tells people of the camera.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sign {
    /// Text on the sign, Vietnamese.
    pub text: String,
    /// When it was put up, `yyyy-mm-dd`.
    pub since: String,
}

/// One camera.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CameraSpec {
    /// Its name, unique on the node.
    pub name: CameraName,
    /// What people call it, Vietnamese.
    pub title: String,
    /// The body answerable for its data.
    pub controller: ControllerName,
    /// What it is for.
    pub purpose: Purpose,
    /// `rtsp://host:port/path`, `file:/path` or `test:`. Never holds a password.
    pub uri: String,
    /// Name of a secret kept on the node that holds `user:password`; none for an open camera.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
    /// RTP over TCP or UDP. Default TCP.
    #[serde(default = "default_transport")]
    pub transport: Transport,
    /// Jitter buffer, milliseconds, 0..5000. Default 200.
    #[serde(default = "default_latency_ms")]
    #[schemars(range(max = 5000))]
    pub latency_ms: u32,
    /// `auto`, `software` or, for `rtsp://`, the name of a GStreamer element. Default `auto`.
    #[serde(default = "default_decoder")]
    pub decoder: String,
    /// Frames analysed a second, 1..25. Default 5.
    #[serde(default = "default_analysed_fps")]
    #[schemars(range(min = 1, max = 25))]
    pub analysed_fps: u32,
    /// Raise it by one after the camera was turned on purpose: the view is learned anew. Otherwise what was learned is kept
    /// over restarts, until the address or a line changes, so that a turned camera is noticed. Default 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub view_revision: u32,
    /// Legal basis of face recognition; required for the purpose `face_access`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<String>,
    /// The sign; required for the purpose `face_access`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign: Option<Sign>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form serde asks for")]
fn is_zero(n: &u32) -> bool {
    *n == 0
}
fn default_transport() -> Transport {
    Transport::Tcp
}
fn default_latency_ms() -> u32 {
    200
}
fn default_decoder() -> String {
    "auto".to_owned()
}
fn default_analysed_fps() -> u32 {
    5
}

/// What a line counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineCounts {
    /// People.
    Persons,
    /// Vehicles.
    Vehicles,
}

/// A line on one camera's picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LineSpec {
    /// Its name, unique on the camera.
    pub name: LineName,
    /// The camera it is drawn on.
    pub camera: CameraName,
    /// What people call it, Vietnamese.
    pub title: String,
    /// What it counts.
    pub counts: LineCounts,
    /// Where. `in` is from the left of `a`→`b` to its right.
    pub segment: Segment,
}

/// A violation rule: wrong way across a directed line (the first of its kind).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WrongWayRule {
    /// Its name.
    pub name: RuleName,
    /// Its version; raised whenever anything in it changes.
    pub version: u32,
    /// The camera.
    pub camera: CameraName,
    /// The line on that camera.
    pub line: LineName,
    /// The direction that is forbidden.
    pub forbidden: Direction,
    /// Catalogue code for cars and larger (`C-WRONGWAY`).
    pub violation_car: String,
    /// Catalogue code for motorcycles (`M-WRONGWAY`).
    pub violation_motorcycle: String,
    /// First moment of validity, UTC µs; none = always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<UtcMicros>,
    /// Moment it ends, UTC µs; none = open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<UtcMicros>,
}

/// Content of a `cameras` bundle.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct CamerasContent {
    /// All cameras of the node.
    pub cameras: Vec<CameraSpec>,
}

/// Content of a `rules` bundle.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct RulesContent {
    /// All lines of the node.
    #[serde(default)]
    pub lines: Vec<LineSpec>,
    /// All wrong-way rules of the node.
    #[serde(default)]
    pub wrong_way: Vec<WrongWayRule>,
    /// All gates of the node.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<GateSpec>,
}

/// The signed part: kind, scope, revision, validity, and the content as a JSON value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BundleDocument {
    /// What it is about.
    pub kind: BundleKind,
    /// The node it is for.
    pub scope: NodeAddress,
    /// Grows by one with every change.
    pub revision: u64,
    /// Not to be applied before.
    pub not_before: UtcMicros,
    /// Not valid after; a gallery past it means *verify* only.
    pub not_after: UtcMicros,
    /// [`CamerasContent`], [`RulesContent`], [`SealedGallery`], …
    pub content: serde_json::Value,
}

/// As fetched over HTTPS: the document's exact bytes, their hash, and the centre's signature over them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignedBundle {
    /// The exact bytes of a [`BundleDocument`], base64.
    pub document: String,
    /// SHA-256 of these bytes.
    pub sha256: Sha256,
    /// [`Signature`] text over these bytes.
    pub signature: String,
}

/// Why a bundle is refused.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// Not base64, not JSON, or not of the shape expected.
    #[error("the bundle cannot be read: {0}")]
    Malformed(String),
    /// Its hash is not the hash of its document.
    #[error("the bundle's hash does not fit its document")]
    HashDiffers,
    /// Not signed by the centre's bundle key.
    #[error("the bundle's signature is not accepted")]
    Signature(#[source] SignatureError),
    /// Made for another node or of another kind.
    #[error("the bundle is for {scope} ({kind:?}), not for this node")]
    OtherScope {
        /// Whose it is.
        scope: NodeAddress,
        /// Its kind.
        kind: BundleKind,
    },
    /// Older than, or the same as, the one in force.
    #[error("the bundle has revision {offered}, revision {in_force} is in force already")]
    NotNewer {
        /// Its revision.
        offered: u64,
        /// The one in force.
        in_force: u64,
    },
    /// Outside its time.
    #[error("the bundle is not valid at this moment")]
    OutsideItsTime,
}

impl SignedBundle {
    /// Signs a document.
    #[must_use]
    pub fn sign(document: &BundleDocument, key: &crate::signature::SigningKey) -> Self {
        let bytes = serde_json::to_vec(document).expect("a bundle document has string keys only");
        Self { sha256: Sha256::of(&bytes), signature: key.sign(&bytes).to_string(), document: BASE64.encode(bytes) }
    }

    /// Checks everything but what the content means: hash, signature by the centre's key, scope, kind, order, time.
    pub fn open(
        &self,
        centre_public_key: &[u8],
        scope: &NodeAddress,
        kind: BundleKind,
        in_force: u64,
        now: UtcMicros,
    ) -> Result<BundleDocument, BundleError> {
        let bytes = BASE64.decode(&self.document).map_err(|e| BundleError::Malformed(e.to_string()))?;
        if Sha256::of(&bytes) != self.sha256 {
            return Err(BundleError::HashDiffers);
        }
        let signature: Signature = self.signature.parse().map_err(BundleError::Signature)?;
        signature.verify(centre_public_key, &bytes).map_err(BundleError::Signature)?;
        let document: BundleDocument =
            serde_json::from_slice(&bytes).map_err(|e| BundleError::Malformed(e.to_string()))?;
        if document.scope != *scope || document.kind != kind {
            return Err(BundleError::OtherScope { scope: document.scope, kind: document.kind });
        }
        if document.revision <= in_force {
            return Err(BundleError::NotNewer { offered: document.revision, in_force });
        }
        if now < document.not_before || now >= document.not_after {
            return Err(BundleError::OutsideItsTime);
        }
        Ok(document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::SigningKey;

    fn document(revision: u64) -> BundleDocument {
        BundleDocument {
            kind: BundleKind::Rules,
            scope: "square/node-1".parse().unwrap(),
            revision,
            not_before: UtcMicros(0),
            not_after: UtcMicros(1000),
            content: serde_json::to_value(RulesContent::default()).unwrap(),
        }
    }

    #[test]
    fn a_bundle_opens_only_for_its_node_kind_order_time_and_key() {
        let key = SigningKey::from_seed([3; 32]);
        let bundle = SignedBundle::sign(&document(5), &key);
        let here = "square/node-1".parse().unwrap();
        let open = |k: &[u8], s, kind, in_force, now| bundle.open(k, s, kind, in_force, UtcMicros(now));
        assert!(open(key.public_key(), &here, BundleKind::Rules, 4, 10).is_ok());
        assert!(matches!(open(key.public_key(), &here, BundleKind::Rules, 5, 10), Err(BundleError::NotNewer { .. })));
        assert!(matches!(
            open(key.public_key(), &here, BundleKind::Cameras, 4, 10),
            Err(BundleError::OtherScope { .. })
        ));
        let there = "square/node-2".parse().unwrap();
        assert!(matches!(
            open(key.public_key(), &there, BundleKind::Rules, 4, 10),
            Err(BundleError::OtherScope { .. })
        ));
        assert!(matches!(open(key.public_key(), &here, BundleKind::Rules, 4, 1000), Err(BundleError::OutsideItsTime)));
        let other = SigningKey::from_seed([4; 32]);
        assert!(matches!(open(other.public_key(), &here, BundleKind::Rules, 4, 10), Err(BundleError::Signature(_))));
    }

    #[test]
    fn changed_bytes_are_noticed() {
        let key = SigningKey::from_seed([3; 32]);
        let mut bundle = SignedBundle::sign(&document(5), &key);
        bundle.document = SignedBundle::sign(&document(6), &key).document;
        let opened =
            bundle.open(key.public_key(), &"square/node-1".parse().unwrap(), BundleKind::Rules, 0, UtcMicros(1));
        assert!(matches!(opened, Err(BundleError::HashDiffers)));
    }
}
