//! What a node says. One message is an [`Envelope`]: who, when, how sure, in which order, with which models and rules,
//! and one [`Body`]. Readers ignore fields they don't know; fields are only ever added.

mod access;
mod body;
mod decision;
mod envelope;

pub use access::{
    AccessBody, AccessSubject, CalibrationRef, DecisionRequest, DoorAct, DoorCause, DoorOutcome, GateAnswer,
    GateVerdict, LivenessWord, Sureness, VerifyReason,
};
pub use body::{
    Body, CameraState, CountBody, Crossing, Direction, HealthBody, PassBody, PlateColour, PlateReading, StreamFigures,
    SuspicionBody, ViewTrouble,
};
pub use decision::{DecisionBody, GuardVerdict};
pub use envelope::{
    BundleRevisions, EVIDENCE_MEDIA_TYPE, End, Envelope, EnvelopeError, EvidenceRef, EvidenceRole, EvidenceState,
    MAX_ENVELOPE_BYTES, ModelRef, Origin, RuleRef, SCHEMA, State,
};
