//! The body of a passage at a gate. It says what the machine answered and what doors did; it never holds a face, a
//! template or a name, and there is no word in it by which a machine could turn anybody away.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::clock::UtcMicros;
use crate::geometry::Rect;
use crate::ids::{AskId, DecisionId, EnrolmentId, GateName, RequestId};
use crate::signature::Sha256;

/// What the passage is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccessSubject {
    /// Somebody stands before the gate.
    Person,
    /// Nobody: a guard asked to open the door by hand, and the node hands out the request to quote.
    Door,
}

/// The machine's two answers. *Deny* is a person's word and has no place here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GateVerdict {
    /// An enrolled person, at an allowed gate and time, on a fresh frame, from a valid gallery.
    Admit,
    /// A person decides.
    Verify,
}

/// Why a person has to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerifyReason {
    /// Like nobody enrolled for this gate.
    NoMatch,
    /// Like somebody, but not enough to be sure.
    Uncertain,
    /// Two enrolled people are too close to each other.
    TwoAlike,
    /// The pictures are too small, blurred, dark or turned.
    PoorQuality,
    /// It may be a picture of a face.
    SpoofDoubt,
    /// Whether it is a picture of a face was not checked.
    SpoofUnchecked,
    /// Nobody measured what the embedder's scores mean.
    Uncalibrated,
    /// The gallery's time is over.
    GalleryExpired,
    /// There is no gallery.
    GalleryMissing,
    /// Enrolled for this gate, but not at this time.
    OutsideHours,
    /// Several people stand before the gate.
    SeveralPeople,
    /// The newest frame is too old.
    StaleFrame,
    /// This gate wants a card or code besides the face.
    SecondFactor,
    /// Somebody with a reason to be looked at: a matter for the desk alone.
    Watch,
    /// A guard said lately that this is not the person.
    NotThisPerson,
    /// The node cannot record what it would do (disk full, ledger closed).
    NotRecorded,
}

impl VerifyReason {
    /// As the desk reads it.
    #[must_use]
    pub const fn vietnamese(self) -> &'static str {
        match self {
            Self::NoMatch => "không có trong danh sách của cổng này",
            Self::Uncertain => "giống một người trong danh sách nhưng chưa đủ chắc",
            Self::TwoAlike => "giống hai người trong danh sách",
            Self::PoorQuality => "ảnh chưa đủ rõ",
            Self::SpoofDoubt => "có thể là ảnh chụp, không phải người thật",
            Self::SpoofUnchecked => "chưa kiểm tra được người thật hay ảnh chụp",
            Self::Uncalibrated => "mô hình chưa được hiệu chuẩn",
            Self::GalleryExpired => "danh sách trên thiết bị đã hết hạn",
            Self::GalleryMissing => "thiết bị chưa có danh sách",
            Self::OutsideHours => "ngoài giờ được phép",
            Self::SeveralPeople => "có nhiều người trước cổng",
            Self::StaleFrame => "hình ảnh không còn mới",
            Self::SecondFactor => "cổng này cần thêm thẻ hoặc mã QR",
            Self::Watch => "cần bảo vệ lưu ý",
            Self::NotThisPerson => "bảo vệ đã báo không phải người này",
            Self::NotRecorded => "thiết bị không ghi được nhật ký",
        }
    }
}

/// How sure a likeness is, in words; what it means in numbers stands in the calibration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sureness {
    /// Above the threshold and above the upper end of its interval.
    Sure,
    /// Near the threshold.
    Doubtful,
    /// Below it.
    Unlike,
}

/// What the check against pictures of faces says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LivenessWord {
    /// Passed.
    Live,
    /// Not passed, or not enough was seen to pass.
    Doubtful,
    /// No check is at hand.
    NotChecked,
}

/// The measurement an *admit* rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CalibrationRef {
    /// The embedder's file.
    pub embedder: Sha256,
    /// Threshold in the embedder's own measure of likeness, higher = more alike.
    pub threshold: f32,
    /// False match rate it was set for, 0..1.
    pub far: f32,
    /// Impostor pairs it was measured on.
    pub impostors: u64,
}

/// The machine's answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GateAnswer {
    /// Admit, or let a person decide.
    pub verdict: GateVerdict,
    /// Why a person has to decide; empty exactly for *admit*.
    pub reasons: Vec<VerifyReason>,
    /// Whose likeness it is, where there is one. Always present for *admit*. The name is known to the centre only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enrolment: Option<EnrolmentId>,
    /// How sure.
    pub sureness: Sureness,
    /// Frames that agree.
    pub agreeing_frames: u32,
    /// Face or picture of a face.
    pub liveness: LivenessWord,
    /// What the likeness was judged by; absent while the embedder is uncalibrated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration: Option<CalibrationRef>,
    /// When it was given, UTC µs.
    pub at: UtcMicros,
}

/// A request for a decision, outstanding until it is used, withdrawn, or the passage is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionRequest {
    /// To be quoted by whoever opens. Good once, at this node only.
    pub id: RequestId,
    /// The node's monotonic clock when it asked, µs since the start of its process (`boot_id` of the envelope).
    pub asked_monotonic_us: i64,
    /// For [`AccessSubject::Door`]: which question of the centre this answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<AskId>,
}

/// On whose word a door was told to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DoorCause {
    /// The machine's *admit*.
    Admit,
    /// A person's decision, by its id in the centre.
    Decision(DecisionId),
}

/// What became of an order to a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DoorOutcome {
    /// The device confirms that it opened.
    Opened,
    /// The device took the order and tells no more.
    Accepted,
    /// The device refused.
    Refused,
    /// The device could not be reached.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// The order was too old when it came to the door, or quoted a request that is not outstanding.
    TooLate,
    /// The door was busy with another order.
    Busy,
    /// This gate has no door.
    NoDoor,
}

/// One order to a door and what became of it (the `cmd_result` of a command).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DoorAct {
    /// When, UTC µs.
    pub at: UtcMicros,
    /// On whose word.
    pub cause: DoorCause,
    /// What became of it.
    pub outcome: DoorOutcome,
    /// The door is a simulator.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub simulated: bool,
}

/// One person at a gate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AccessBody {
    /// The gate.
    pub gate: GateName,
    /// A person, or a door alone.
    pub subject: AccessSubject,
    /// When somebody was first seen there.
    pub first_seen: UtcMicros,
    /// When last.
    pub last_seen: UtcMicros,
    /// Where the face is (or was last); zero size for a door alone.
    pub rect: Rect,
    /// Largest distance between the eyes so far, pixels of the camera's picture.
    pub eye_distance_px: f32,
    /// Frames with a face.
    pub frames: u32,
    /// SHA-256 of the picture the node holds in memory for the desk to look at; absent when it holds none. A decision quotes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look: Option<Sha256>,
    /// The machine's answer; absent while it looks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<GateAnswer>,
    /// The request a decision has to quote; absent when none is outstanding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<DecisionRequest>,
    /// What doors were told, in order.
    pub acts: Vec<DoorAct>,
    /// People who went through beyond those who were let in (tailgating).
    pub tailgaters: u32,
}

impl AccessBody {
    /// What contradicts itself, if anything does.
    pub(super) fn contradiction(&self) -> Option<&'static str> {
        let answer = self.answer.as_ref();
        if answer.is_some_and(|a| (a.verdict == GateVerdict::Admit) != a.reasons.is_empty()) {
            return Some("a gate's answer gives reasons exactly when a person has to decide");
        }
        let admitted = answer.filter(|a| a.verdict == GateVerdict::Admit);
        if admitted.is_some_and(|a| a.enrolment.is_none() || a.calibration.is_none() || a.sureness != Sureness::Sure) {
            return Some("an admitted person is enrolled, the likeness is sure, and the calibration is named");
        }
        if admitted.is_none() && self.acts.iter().any(|act| act.cause == DoorCause::Admit) {
            return Some("a door was opened on an admit that was not given");
        }
        if self.subject == AccessSubject::Door && self.answer.is_some() {
            return Some("nobody was there to be answered");
        }
        None
    }
}
