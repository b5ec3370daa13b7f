//! The envelope: the same for every kind of event.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Body;
use crate::bundle::BundleKind;
use crate::clock::CaptureTime;
use crate::ids::{BootId, CameraName, ControllerName, EventId, LogId, NodeAddress, PassageId, RuleName};
use crate::signature::Sha256;
use crate::topic::EventKind;

/// The schema this version writes. Readers take every `chilang.event/1…` and refuse other majors.
pub const SCHEMA: &str = "chilang.event/1";

/// The largest event a node may make, in bytes. The broker's own limit is 256 KiB; what is larger is quarantined.
pub const MAX_ENVELOPE_BYTES: usize = 64 * 1024;

/// The only media type of evidence so far.
pub const EVIDENCE_MEDIA_TYPE: &str = "image/jpeg";

/// Where a passage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// First message of a passage.
    New,
    /// More is known.
    Update,
    /// The last word; exactly one per passage.
    Final,
    /// The passage was no passage.
    Retracted,
}

/// Why a passage ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// It left the picture.
    Left,
    /// It was not seen for too long inside the picture.
    Timeout,
    /// The camera's stream broke.
    StreamLost,
    /// The node's process started again and found the passage open.
    NodeRestart,
    /// It turned out to be part of another passage.
    MergedInto(PassageId),
}

/// Whose event it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// This node's own analysis.
    Own,
    /// The camera or another device said so.
    Device,
    /// A person decided.
    Person,
}

/// A model that took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModelRef {
    /// Name in the model manifest.
    pub name: String,
    /// SHA-256 of its file; absent for a method without weights.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Sha256>,
}

/// The rule a suspicion rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RuleRef {
    /// Its name in the rules bundle.
    pub id: RuleName,
    /// Its version there.
    pub version: u32,
}

/// The revisions in force when the event was made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct BundleRevisions(pub BTreeMap<BundleKind, u64>);

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceRole {
    /// The whole frame that was read, or the frame at the rule's first moment.
    Frame,
    /// The plate crop that was read, original pixels.
    PlateCrop,
    /// The whole frame before the line (suspicions).
    Before,
    /// The whole frame after the line (suspicions).
    After,
}

/// Where a piece of evidence is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceState {
    /// On the node only.
    AtEdge,
    /// The centre asked for it.
    Wanted,
    /// On its way.
    Uploading,
    /// In the centre's store, hash verified.
    Stored,
    /// Gone, and why.
    Lost(String),
}

/// One picture that belongs to an event. The picture itself never travels over MQTT.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvidenceRef {
    /// What it shows.
    pub role: EvidenceRole,
    /// Its hash, which is also its name in the store.
    pub sha256: Sha256,
    /// Its size in bytes.
    pub bytes: u64,
    /// [`EVIDENCE_MEDIA_TYPE`].
    pub media_type: String,
    /// When that very frame was captured, UTC µs.
    pub captured_at: crate::clock::UtcMicros,
    /// Where it was when the event was made.
    pub state: EvidenceState,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Envelope {
    /// [`SCHEMA`].
    pub schema: String,
    /// This message.
    pub event_id: EventId,
    /// The passage it belongs to; a count bucket or health report has one of its own.
    pub passage_id: PassageId,
    /// 1 for the first message of a passage, then growing. The highest wins, in whatever order they arrive.
    pub revision: u32,
    /// Where the passage stands.
    pub state: State,
    /// Why it ended; present exactly when `state` is `final` or `retracted`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<End>,
    /// The node.
    pub node: NodeAddress,
    /// Its camera.
    pub camera: CameraName,
    /// The body answerable for this camera's data.
    pub controller: ControllerName,
    /// The node's ledger.
    pub log_id: LogId,
    /// Place in that ledger: contiguous from 1, minted in the transaction that stores the event.
    pub seq: u64,
    /// When it happened.
    #[serde(flatten)]
    pub captured: CaptureTime,
    /// The run of the process the monotonic time belongs to.
    pub boot_id: BootId,
    /// The models that took part, by role.
    pub model: BTreeMap<String, ModelRef>,
    /// The rule, for a suspicion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleRef>,
    /// SHA-256 of the camera's and rules' configuration in force.
    pub config_sha: Sha256,
    /// The bundle revisions in force.
    pub bundle_revisions: BundleRevisions,
    /// Own analysis, or a device's word.
    pub origin: Origin,
    /// A trial run: never acted on.
    pub shadow: bool,
    /// Made from a file: never actuates anything.
    pub replayed: bool,
    /// The pictures.
    pub evidence: Vec<EvidenceRef>,
    /// What happened.
    pub body: Body,
}

/// Why bytes are not an acceptable event.
#[derive(Debug, thiserror::Error)]
pub enum EnvelopeError {
    /// Larger than [`MAX_ENVELOPE_BYTES`].
    #[error("the message has {bytes} bytes, at most {MAX_ENVELOPE_BYTES} are taken")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// Not JSON of the expected shape.
    #[error("the message is not an event: {0}")]
    Malformed(#[source] serde_json::Error),
    /// A `schema` this version does not know.
    #[error("the message has schema {0:?}, this version reads {SCHEMA}")]
    UnknownSchema(String),
    /// A text holds U+0000, which PostgreSQL cannot store.
    #[error("the message holds the character U+0000")]
    NulCharacter,
    /// A state that contradicts itself.
    #[error("the message contradicts itself: {0}")]
    Contradiction(&'static str),
}

impl Envelope {
    /// Which topic kind the body belongs to.
    #[must_use]
    pub fn kind(&self) -> EventKind {
        self.body.kind()
    }

    /// The exact bytes to sign, send and store.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("an envelope has string keys only and no failing serialiser")
    }

    /// Reads and checks a message. Unknown fields are ignored.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        #[derive(Deserialize)]
        struct SchemaOnly {
            schema: String,
        }
        if bytes.len() > MAX_ENVELOPE_BYTES {
            return Err(EnvelopeError::TooLarge { bytes: bytes.len() });
        }
        // An escaped NUL can only be written \u0000 in JSON; a raw one is malformed anyway.
        if bytes.windows(6).any(|w| w == b"\\u0000") {
            return Err(EnvelopeError::NulCharacter);
        }
        let SchemaOnly { schema } = serde_json::from_slice(bytes).map_err(EnvelopeError::Malformed)?;
        let known = schema.strip_prefix(SCHEMA).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        if !known {
            return Err(EnvelopeError::UnknownSchema(schema.chars().take(80).collect()));
        }
        let envelope: Self = serde_json::from_slice(bytes).map_err(EnvelopeError::Malformed)?;
        envelope.check()?;
        Ok(envelope)
    }

    fn check(&self) -> Result<(), EnvelopeError> {
        let ended = matches!(self.state, State::Final | State::Retracted);
        if ended != self.end.is_some() {
            return Err(EnvelopeError::Contradiction("`end` is given exactly when the state is final or retracted"));
        }
        if self.seq == 0 || self.revision == 0 {
            return Err(EnvelopeError::Contradiction("`seq` and `revision` count from 1"));
        }
        if matches!(self.body, Body::Suspicion(_)) != self.rule.is_some() {
            return Err(EnvelopeError::Contradiction("`rule` is given exactly for a suspicion"));
        }
        // A clock that was never set says 1970, and such an event is kept as it is; beyond that no clock was at work.
        if self.body.moments().into_iter().chain([self.captured.captured_at]).any(|at| !at.is_plausible()) {
            return Err(EnvelopeError::Contradiction("a moment lies before 1970 or after 2199"));
        }
        if !self.body.has_sound_scores() {
            return Err(EnvelopeError::Contradiction("a score is no number from 0 to 1"));
        }
        if let Body::Access(access) = &self.body {
            if let Some(why) = access.contradiction() {
                return Err(EnvelopeError::Contradiction(why));
            }
            // Faces of people who match nobody leave no trace: no picture of a gate ever travels or is kept by an event.
            if !self.evidence.is_empty() {
                return Err(EnvelopeError::Contradiction("a passage at a gate has no pictures"));
            }
        }
        if matches!(self.body, Body::Decision(_)) != (self.origin == Origin::Person) {
            return Err(EnvelopeError::Contradiction("a decision, and nothing else, is of a person's making"));
        }
        if let Body::Decision(decision) = &self.body {
            if let Some(why) = decision.contradiction() {
                return Err(EnvelopeError::Contradiction(why));
            }
            if !self.evidence.is_empty() || self.shadow || self.replayed {
                return Err(EnvelopeError::Contradiction("a decision has no pictures and was made in earnest"));
            }
        }
        // What is shown to an officer is a picture and nothing a browser could run.
        if self.evidence.iter().any(|picture| picture.media_type != EVIDENCE_MEDIA_TYPE) {
            return Err(EnvelopeError::Contradiction("a picture is no image/jpeg"));
        }
        Ok(())
    }
}
