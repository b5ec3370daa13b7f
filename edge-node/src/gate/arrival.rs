//! One person at one gate, from the first look to the last word. What it becomes as an event is written here and nowhere
//! else.

use contract::clock::{CaptureTime, UtcMicros};
use contract::event::{AccessBody, AccessSubject, DecisionRequest, DoorAct, DoorOutcome, GateAnswer, GateVerdict};
use contract::geometry::Rect;
use contract::ids::{GateName, PassageId};
use contract::signature::Sha256;

use super::approach::Dwell;
use super::judge::Seen;

/// Where an arrival stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Looked at; nothing is said of it yet, and nothing will be if it only passes by.
    Looking,
    /// The machine has answered.
    Answered,
    /// Let in by the machine.
    Admitted,
    /// A person has decided.
    Decided,
}

/// One person at a gate, or a door that a guard wants to open by hand.
#[derive(Debug)]
pub(super) struct Arrival {
    pub(super) passage: PassageId,
    pub(super) gate: GateName,
    pub(super) subject: AccessSubject,
    pub(super) stage: Stage,
    pub(super) dwell: Dwell,
    pub(super) seen: Seen,
    pub(super) first_seen: UtcMicros,
    pub(super) captured: CaptureTime,
    pub(super) rect: Rect,
    pub(super) eye_distance_px: f32,
    pub(super) frames: u32,
    /// Hash and quality of the picture held for the desk.
    pub(super) look: Option<(Sha256, f32)>,
    pub(super) answer: Option<GateAnswer>,
    pub(super) answered_us: Option<i64>,
    pub(super) request: Option<DecisionRequest>,
    pub(super) acts: Vec<DoorAct>,
    pub(super) tailgaters: u32,
    /// Last revision said; 0 = nothing was said yet.
    pub(super) revision: u32,
    /// Since when it is out of sight.
    pub(super) departed_us: Option<i64>,
    /// An order is with the door.
    pub(super) at_door: bool,
}

impl Arrival {
    pub(super) fn new(passage: PassageId, gate: GateName, subject: AccessSubject, captured: CaptureTime) -> Self {
        Self {
            passage,
            gate,
            subject,
            stage: Stage::Looking,
            dwell: Dwell::default(),
            seen: Seen::default(),
            first_seen: captured.captured_at,
            captured,
            rect: Rect::new(0.0, 0.0, 0.0, 0.0),
            eye_distance_px: 0.0,
            frames: 0,
            look: None,
            answer: None,
            answered_us: None,
            request: None,
            acts: Vec::new(),
            tailgaters: 0,
            revision: 0,
            departed_us: None,
            at_door: false,
        }
    }

    pub(super) fn body(&self) -> AccessBody {
        AccessBody {
            gate: self.gate.clone(),
            subject: self.subject,
            first_seen: self.first_seen,
            last_seen: self.captured.captured_at.max(self.first_seen),
            rect: self.rect,
            eye_distance_px: self.eye_distance_px,
            frames: self.frames,
            look: self.look.map(|(sha256, _)| sha256),
            answer: self.answer.clone(),
            request: self.request.clone(),
            acts: self.acts.clone(),
            tailgaters: self.tailgaters,
        }
    }

    /// Is whoever this is let in, by the machine or by a person?
    pub(super) fn let_in(&self) -> bool {
        let admitted = self.answer.as_ref().is_some_and(|a| a.verdict == GateVerdict::Admit);
        admitted || self.acts.iter().any(opened)
    }
}

/// Did the door open on it, as far as is known?
pub(super) fn opened(act: &DoorAct) -> bool {
    matches!(act.outcome, DoorOutcome::Opened | DoorOutcome::Accepted)
}
