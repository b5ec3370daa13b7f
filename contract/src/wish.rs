//! What the centre wishes to see of one camera at this moment, for one person who waits for it: a still, or what lines that are
//! drawn anew would have counted today. The wish goes down as a command and carries an id; the answer comes over HTTPS under
//! that id, once, and is kept by neither side. A picture never travels over MQTT.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::clock::UtcMicros;
use crate::geometry::Segment;
use crate::ids::{LineName, WishId};

/// When the frame of a still was captured, UTC µs: a header beside the picture.
pub const CAPTURED_AT_HEADER: &str = "x-chilang-captured-at";
/// The largest still that is taken.
pub const STILL_MAX_BYTES: usize = 1 << 20;
/// Lines that may be tried at once.
pub const TRIAL_LINES: usize = 32;

/// Below `/node/v1/`: where the answer to a wish goes.
#[must_use]
pub fn answer_path(wish: WishId) -> String {
    format!("wishes/{wish}")
}

/// How much of the picture leaves the node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StillView {
    /// Coarse squares of one colour, made on the node: neither a face nor a plate can be read.
    Pixelated,
    /// As the camera sees it: for the desk of the camera's own body, on record.
    Clear,
}

impl StillView {
    /// As in audit records and metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pixelated => "pixelated",
            Self::Clear => "clear",
        }
    }
}

/// A line to be tried.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TrialLine {
    /// Its name.
    pub line: LineName,
    /// Where.
    pub segment: Segment,
}

/// What a line would have counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TrialCount {
    /// The line.
    pub line: LineName,
    /// From its left to its right.
    #[serde(rename = "in")]
    pub entered: u32,
    /// From its right to its left.
    #[serde(rename = "out")]
    pub left: u32,
    /// In doubt, contained in neither.
    pub doubtful: u32,
}

/// What lines would have counted over the ways a node remembers of today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LineTrial {
    /// The oldest way remembered ended in this minute; none when none is remembered.
    pub since: Option<UtcMicros>,
    /// When the lines were tried.
    pub until: UtcMicros,
    /// How many ways are remembered.
    pub tracks: u32,
    /// By line, in the order asked for.
    pub lines: Vec<TrialCount>,
}

/// Why there is no still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoStill {
    /// No frame came: the camera is away or dark.
    NoFrame,
    /// No such camera is at work.
    NoCamera,
    /// Another one was sent a moment ago.
    TooOften,
}

/// An answer in words; a still that there is comes as a JPEG instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum WishAnswer {
    /// There is no still.
    NoStill {
        /// Why.
        why: NoStill,
    },
    /// What the lines would have counted.
    Trial {
        /// The figures.
        trial: LineTrial,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_read_back_and_say_what_they_are() {
        let trial = LineTrial {
            since: Some(UtcMicros(60_000_000)),
            until: UtcMicros(90_000_000),
            tracks: 2,
            lines: vec![TrialCount { line: "gate".parse().unwrap(), entered: 1, left: 0, doubtful: 1 }],
        };
        for answer in [WishAnswer::NoStill { why: NoStill::NoFrame }, WishAnswer::Trial { trial }] {
            let text = serde_json::to_string(&answer).unwrap();
            assert_eq!(serde_json::from_str::<WishAnswer>(&text).unwrap(), answer, "{text}");
        }
        let said = serde_json::to_value(WishAnswer::NoStill { why: NoStill::TooOften }).unwrap();
        assert_eq!(said, serde_json::json!({ "answer": "no_still", "why": "too_often" }));
    }
}
