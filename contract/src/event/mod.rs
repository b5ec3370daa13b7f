//! What a node says. One message is an [`Envelope`]: who, when, how sure, in which order, with which models and rules,
//! and one [`Body`]. Readers ignore fields they don't know; fields are only ever added.

mod body;
mod envelope;

pub use body::{
    Body, CameraState, CountBody, Crossing, Direction, HealthBody, PassBody, PlateColour, PlateReading, StreamFigures,
    SuspicionBody, ViewTrouble,
};
pub use envelope::{
    BundleRevisions, EVIDENCE_MEDIA_TYPE, End, Envelope, EnvelopeError, EvidenceRef, EvidenceRole, EvidenceState,
    MAX_ENVELOPE_BYTES, ModelRef, Origin, RuleRef, SCHEMA, State,
};
