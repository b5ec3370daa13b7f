//! What the centre says to a node: acknowledgement of ledger ranges, commands, the announcement of a bundle; and what a
//! node says of itself: status and birth.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::bundle::BundleKind;
use crate::clock::{ClockSource, SECOND_US, UtcMicros};
use crate::event::ModelRef;
use crate::ids::{
    AskId, BootId, CameraName, DecisionId, EnrolmentId, GateName, LogId, LookId, PassageId, RequestId, WishId,
};
use crate::signature::Sha256;
use crate::wish::{StillView, TrialLine};

/// What became of a range of events. A node forgets events only on one of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Committed now.
    Stored,
    /// Was there already.
    Duplicate,
    /// Kept apart, with the reason; sending it again would not help.
    Quarantined(String),
}

/// `from..=to` of one ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AckRange {
    /// First `seq`.
    pub from: u64,
    /// Last `seq`, included.
    pub to: u64,
    /// What became of them.
    pub verdict: Verdict,
}

/// Sent after the commit, and again for every duplicate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ack {
    /// The ledger.
    pub log_id: LogId,
    /// Ranges, ascending, not overlapping.
    pub ranges: Vec<AckRange>,
}

/// A command to a node. Only [`Command::Open`] can open anything, and only while its request is outstanding at that node
/// and its time has not run out on that node's own clock. Commands are never retained.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// Upload this piece of evidence now.
    WantEvidence {
        /// Which.
        sha256: Sha256,
    },
    /// These `seq` are missing in the centre: send them again if they are still there.
    Resend {
        /// The ledger.
        log_id: LogId,
        /// First.
        from: u64,
        /// Last, included.
        to: u64,
    },
    /// Send the picture of a passage that is held in memory, for one person to look at. It goes over HTTPS and is kept by
    /// neither side.
    Look {
        /// The passage.
        passage: PassageId,
        /// Under which id to send it.
        look: LookId,
    },
    /// Hand out a request for the door of a gate where nobody stands: a guard wants to open it by hand.
    Ask {
        /// The gate.
        gate: GateName,
        /// To be named in the request.
        ask: AskId,
    },
    /// Open, on a person's word.
    Open {
        /// The gate.
        gate: GateName,
        /// The request it answers: good once.
        request: RequestId,
        /// The decision it rests on.
        decision: DecisionId,
        /// The run of the node's process the next field belongs to.
        boot_id: BootId,
        /// Dead after this reading of the node's monotonic clock, µs. The centre reckons it from the newest event of that
        /// run: what was sent at reading *m* and came *d* µs ago cannot have been sent later than reading *m + d* of now.
        not_after_monotonic_us: i64,
    },
    /// A person decided not to open: the request is withdrawn and the picture in memory is forgotten.
    Withdraw {
        /// The gate.
        gate: GateName,
        /// The request.
        request: RequestId,
        /// The decision.
        decision: DecisionId,
    },
    /// A guard says that a passage is not the enrolled person it was taken for: that likeness asks a person from now on.
    NotThisPerson {
        /// The passage.
        passage: PassageId,
        /// Whom it was taken for.
        enrolment: EnrolmentId,
        /// The decision.
        decision: DecisionId,
    },
    /// Send a picture of a camera as it is now, for one person to look at. It goes over HTTPS and is kept by neither side.
    Still {
        /// The camera.
        camera: CameraName,
        /// How much of it.
        view: StillView,
        /// Under which id to send it.
        wish: WishId,
    },
    /// Count the ways remembered of today against these lines; nothing is changed by it. The answer goes over HTTPS.
    TryLines {
        /// The camera.
        camera: CameraName,
        /// The lines.
        lines: Vec<TrialLine>,
        /// Under which id to send the answer.
        wish: WishId,
    },
}

/// An order to open dies this long after it was given, on the clock of the node it is for.
pub const OPEN_LIVES_US: i64 = 3 * SECOND_US;

/// Announces that a bundle may be fetched. Carries nothing but the revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BundleNotice {
    /// Which bundle.
    pub kind: BundleKind,
    /// Its newest revision.
    pub revision: u64,
}

/// Retained state of a connection, also the last will.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Status {
    /// Connected?
    pub online: bool,
    /// Since when, by the speaker's clock; absent in a last will.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<UtcMicros>,
}

/// Room on a node's disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DiskRoom {
    /// Room enough.
    Roomy,
    /// Below the first reserve: no new pictures.
    NoPictures,
    /// Below the second reserve: no new events, only health.
    NoEvents,
}

/// How a node's machine is. It travels with the birth, so that it reaches the centre even when the disk takes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MachineReport {
    /// Room on the disk.
    pub disk: DiskRoom,
    /// What is wrong, in Vietnamese; empty when nothing is.
    pub words: Vec<String>,
}

/// Retained: what runs on a node and where its ledger stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Birth {
    /// Version of the edge-node program.
    pub software: String,
    /// This run of the process.
    pub boot_id: BootId,
    /// The models in use, by role.
    pub models: BTreeMap<String, ModelRef>,
    /// Bundle revisions in force.
    pub bundle_revisions: BTreeMap<BundleKind, u64>,
    /// Where frame times come from, by camera.
    pub clock_sources: BTreeMap<CameraName, ClockSource>,
    /// How the machine is; absent before the first look and from older nodes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<MachineReport>,
    /// The ledger.
    pub log_id: LogId,
    /// First event not acknowledged yet; `last_seq + 1` when all are.
    pub first_unacknowledged: u64,
    /// Last event made; 0 when none was.
    pub last_seq: u64,
    /// When this was said.
    pub at: UtcMicros,
}
