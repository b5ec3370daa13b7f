//! The body of each kind of event.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AccessBody, DecisionBody};
use crate::clock::UtcMicros;
use crate::geometry::{Point, Rect};
use crate::ids::{LineName, PassageId};
use crate::plate::{CountryClass, PlateClass};
use crate::topic::EventKind;

/// What happened, by kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Body {
    /// A vehicle passes.
    Pass(PassBody),
    /// A person comes to a gate.
    Access(Box<AccessBody>),
    /// A violation is suspected.
    Suspicion(SuspicionBody),
    /// A minute of a counting line.
    Count(CountBody),
    /// The state of a camera.
    Health(HealthBody),
    /// A guard decided, at a site that has a centre of its own.
    Decision(Box<DecisionBody>),
}

impl Body {
    /// The topic kind of this body.
    #[must_use]
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::Pass(_) => EventKind::Pass,
            Self::Access(_) => EventKind::Access,
            Self::Suspicion(_) => EventKind::Suspicion,
            Self::Count(_) => EventKind::Count,
            Self::Health(_) => EventKind::Health,
            Self::Decision(_) => EventKind::Decision,
        }
    }

    /// Every moment the body names.
    pub(super) fn moments(&self) -> Vec<UtcMicros> {
        match self {
            Self::Pass(pass) => {
                let crossed = pass.crossings.iter().map(|c| c.at);
                [pass.first_seen, pass.last_seen].into_iter().chain(crossed).collect()
            }
            Self::Suspicion(s) => s.path.iter().map(|(at, _)| *at).chain([s.occurred_at]).collect(),
            Self::Access(access) => {
                let told = access.answer.iter().map(|a| a.at).chain(access.acts.iter().map(|act| act.at));
                [access.first_seen, access.last_seen].into_iter().chain(told).collect()
            }
            Self::Count(count) => vec![count.start],
            Self::Health(health) => vec![health.since],
            Self::Decision(decision) => vec![decision.at],
        }
    }

    /// Are all shares and scores numbers from 0 to 1? JSON can write numbers that no `f32` holds.
    pub(super) fn has_sound_scores(&self) -> bool {
        let sound = |score: &f32| (0.0..=1.0).contains(score);
        let plate_is_sound = |plate: &Option<PlateReading>| {
            plate.as_ref().is_none_or(|p| {
                sound(&p.confidence)
                    && p.char_confidence.iter().all(sound)
                    && p.quality.iter().all(sound)
                    && p.alternatives.iter().all(|(_, share)| sound(share))
            })
        };
        match self {
            Self::Pass(pass) => sound(&pass.class_score) && plate_is_sound(&pass.plate),
            Self::Suspicion(suspicion) => plate_is_sound(&suspicion.plate),
            Self::Access(access) => {
                let calibration = access.answer.as_ref().and_then(|a| a.calibration.as_ref());
                access.eye_distance_px.is_finite()
                    && calibration.is_none_or(|c| c.threshold.is_finite() && sound(&c.far))
            }
            Self::Count(_) | Self::Decision(_) => true,
            Self::Health(health) => health.stream.fps.is_finite(),
        }
    }
}

/// Over which side a line was crossed: `in` is from the left of `a`→`b` to its right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From left to right of the line as drawn.
    In,
    /// From right to left.
    Out,
}

/// One crossing of one line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Crossing {
    /// The line.
    pub line: LineName,
    /// Which way.
    pub direction: Direction,
    /// When, UTC µs.
    pub at: UtcMicros,
}

/// Background colour of a plate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlateColour {
    /// White: private.
    White,
    /// Yellow: transport business.
    Yellow,
    /// Blue: state bodies.
    Blue,
    /// Red: military.
    Red,
    /// Green: Chinese new-energy vehicles.
    Green,
    /// Black: foreign.
    Black,
    /// Could not be told.
    Unknown,
}

/// What was read on a plate. A reading is a suggestion until a person confirms it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlateReading {
    /// As read, before any rule.
    pub raw_text: String,
    /// Canonical key: upper case, Đ→D, digits and letters (and province characters) only.
    pub key: String,
    /// As people write it.
    pub display_text: String,
    /// Grammar class, the likeliest; `candidates` holds the others.
    pub class: PlateClass,
    /// Every class the text fits, likeliest first.
    pub candidates: Vec<PlateClass>,
    /// Which country and kind.
    pub country_class: CountryClass,
    /// Background.
    pub colour: PlateColour,
    /// 1 or 2 lines of text.
    pub lines: u8,
    /// Share of votes × mean character confidence, 0..1, uncalibrated.
    pub confidence: f32,
    /// One per character of `key`, 0..1.
    pub char_confidence: Vec<f32>,
    /// How many frames read exactly this key.
    pub agreeing_reads: u32,
    /// How many frames were read.
    pub reads: u32,
    /// A weak character was changed to fit the grammar.
    pub corrected: bool,
    /// Text, colour, lines and vehicle do not settle the class, or contradict each other (a civil text on red, a state
    /// colour with a letter state vehicles do not have): *cần xác minh*. Absent
    /// means no.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub to_verify: bool,
    /// The fast reads were weak, and the general reader was asked as well, once, about the best view. Absent means no.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub second_opinion: bool,
    /// How good the best view was that read this, 0..1: grows with the vehicle's pixels and their sharpness, falls where the picture's
    /// edge cuts it. For comparing views, not a probability.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<f32>,
    /// Up to two other keys, with their share of the votes.
    pub alternatives: Vec<(String, f32)>,
    /// Corners on the frame picture, clockwise from top left, 0..1.
    pub corners: Vec<Point>,
}

/// One vehicle going past.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PassBody {
    /// `car`, `motorcycle`, `bus`, `truck`, `bicycle` or `vehicle` (kind unknown).
    pub class: String,
    /// Confidence in the class, 0..1.
    pub class_score: f32,
    /// When it was first seen.
    pub first_seen: UtcMicros,
    /// When it was last seen.
    pub last_seen: UtcMicros,
    /// Where it is (or was last).
    pub rect: Rect,
    /// Frames in which it was detected.
    pub sightings: u32,
    /// Lines it crossed, in order.
    pub crossings: Vec<Crossing>,
    /// The plate; absent while not read. On a final without it the plate is *unreadable*.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plate: Option<PlateReading>,
    /// Final only: the plate could not be read.
    pub unreadable: bool,
    /// Two tracks met and were told apart with doubt.
    pub doubtful_identity: bool,
}

/// A suspected violation (nghi vấn). It has no effect until a named officer confirms it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SuspicionBody {
    /// The passage of the vehicle.
    pub vehicle_passage: PassageId,
    /// Code of the behaviour in the rule catalogue (`C-WRONGWAY`).
    pub violation: String,
    /// The line the rule rests on.
    pub line: LineName,
    /// The way that was taken.
    pub direction: Direction,
    /// When the line was crossed.
    pub occurred_at: UtcMicros,
    /// Class of the vehicle as in [`PassBody`].
    pub class: String,
    /// The plate as known when the suspicion was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plate: Option<PlateReading>,
    /// The way of its foot point, oldest first, for the officer to see.
    pub path: Vec<(UtcMicros, Point)>,
}

/// One minute of one counting line; totals, so that a later revision replaces an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CountBody {
    /// The line.
    pub line: LineName,
    /// What is counted: `person` or `vehicle`.
    pub class: String,
    /// Start of the minute, UTC µs.
    pub start: UtcMicros,
    /// Crossings from left to right.
    #[serde(rename = "in")]
    pub entered: u32,
    /// Crossings from right to left.
    #[serde(rename = "out")]
    pub left: u32,
    /// Crossings whose way or number is in doubt; contained in neither.
    pub doubtful: u32,
    /// How much of the minute was analysed.
    pub analysed_ms: u32,
    /// How much of it was lost (stream gone, view moved, frames dropped).
    pub lost_ms: u32,
}

/// How a camera is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CameraState {
    /// Connecting for the first time.
    Starting,
    /// Pictures come.
    Online,
    /// No pictures; the node keeps trying.
    Offline,
    /// Switched off by configuration.
    Disabled,
}

/// What is wrong with the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ViewTrouble {
    /// Too dark to see, or covered.
    Dark,
    /// The picture does not change at all.
    Frozen,
    /// The view is not the one the lines were drawn on; they are suspended.
    Moved,
}

/// Figures of one stream; the counts run from the start of the camera's thread.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct StreamFigures {
    /// Frames decoded.
    pub frames_decoded: u64,
    /// Frames analysed.
    pub frames_analysed: u64,
    /// Frames dropped on purpose or not, by reason.
    pub frames_dropped: std::collections::BTreeMap<String, u64>,
    /// Decoded frames per second.
    pub fps: f32,
    /// Times the stream was opened again.
    pub reconnects: u32,
    /// The decoder element in use.
    pub decoder: String,
}

/// The state of one camera.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HealthBody {
    /// Connected?
    pub camera_state: CameraState,
    /// What is wrong with the view.
    pub view: Vec<ViewTrouble>,
    /// Why, in words for the operator: Vietnamese; no address, no password.
    pub reason: String,
    /// Since when it is so.
    pub since: UtcMicros,
    /// Figures.
    pub stream: StreamFigures,
}
