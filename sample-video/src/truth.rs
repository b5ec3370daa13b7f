//! What happens in a sample clip, as its renderer knows it before anything has looked at a picture. It is computed from
//! the scene's trajectories, never from pixels, and never from what the product has read.

use std::path::{Path, PathBuf};

use contract::bundle::LineCounts;
use contract::event::{Direction, PlateColour};
use contract::geometry::{Point, Rect, Segment};
use contract::plate::CountryClass;
use serde::{Deserialize, Serialize};

/// The truth of one camera's clip.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Truth {
    /// Version of this file's shape.
    pub schema: u32,
    /// The camera's name; its RTSP mount is `/` + this.
    pub camera: String,
    /// `h264` or `h265`.
    pub codec: String,
    /// Seed of everything random in the scene.
    pub seed: u64,
    /// Length, seconds.
    pub duration_s: f64,
    /// Frames a second.
    pub fps: u32,
    /// Number of frames.
    pub frames: u32,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// The lines to count on. `in` is from the left of `a`→`b` to its right.
    pub lines: Vec<TruthLine>,
    /// Lines that must not be crossed one way.
    pub directed: Vec<DirectedLine>,
    /// Everybody and everything that goes past.
    pub passages: Vec<Passage>,
    /// What moves or carries text and must not be counted or read as a passage.
    pub distractors: Vec<Distractor>,
    /// The crossings of all passages, summed for each line.
    pub expected: Vec<LineTotal>,
    /// What a gate's camera is owed; absent for others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<GateTruth>,
}

/// A gate: where people come up, and who does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GateTruth {
    /// Its name.
    pub name: String,
    /// What people call it, Vietnamese.
    pub title: String,
    /// Within this, 0..1, a face has come up.
    pub approach: Vec<Point>,
    /// The line before the door. Who goes in crosses it from the left of `a`→`b` to its right.
    pub door: Segment,
    /// From here to there nobody is near the camera: the demo withdraws the enrolment then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawal: Option<Span>,
    /// Hash of the picture that is the enrolled person's face.
    pub portrait_sha256: String,
    /// Everybody's visit, in order.
    pub visits: Vec<GateVisit>,
}

/// A part of a clip, seconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// Its first moment.
    pub from_s: f64,
    /// Its last.
    pub to_s: f64,
}

/// One visit to a gate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GateVisit {
    /// The number of its passage.
    pub passage: u32,
    /// Who it is.
    pub who: GateFigure,
    /// On the picture.
    pub seen: Span,
    /// In the approach zone with at least 60 pixels between the eyes; absent for those who do not come up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near: Option<Span>,
    /// The head is held straight while the person stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub straight: Option<Span>,
    /// The most pixels between the eyes while near, for a head held straight.
    pub eyes_px: f32,
    /// When the foot crosses the door's line on the way in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through_door_s: Option<f64>,
    /// What the machine has to answer; absent where it has to say nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<GateAnswer>,
    /// What happens.
    pub note: String,
}

/// Who comes to a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GateFigure {
    /// The person of the portrait, with a head in relief.
    Enrolled,
    /// Somebody who holds the portrait as a flat print before the face.
    Print,
    /// A drawn head that comes up.
    Stranger,
    /// A drawn head that does not.
    PasserBy,
}

/// A gate's two answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GateAnswer {
    /// Let in.
    Admit,
    /// Ask a person.
    Verify,
}

/// A line on the picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TruthLine {
    /// Its name.
    pub name: String,
    /// What people call it, Vietnamese.
    pub title: String,
    /// What it counts.
    pub counts: LineCounts,
    /// Where.
    pub segment: Segment,
}

/// A line with a forbidden direction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DirectedLine {
    /// One of the truth's lines.
    pub line: String,
    /// The direction that is forbidden.
    pub forbidden: Direction,
}

/// What kind of thing passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Somebody on foot.
    Person,
    /// A car, van or pick-up.
    Car,
    /// A motorcycle with its rider.
    Motorcycle,
    /// A bus.
    Bus,
    /// A truck.
    Truck,
}

/// One passage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// Number within the clip, from 1, by time of entry.
    pub id: u32,
    /// What it is.
    pub class: Class,
    /// First second on the picture.
    pub enter_s: f64,
    /// Last second on the picture.
    pub leave_s: f64,
    /// The plate that faces the camera.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plate: Option<PlateTruth>,
    /// Lines its foot point crosses, in order.
    pub crossings: Vec<Crossing>,
    /// It crosses a directed line the forbidden way.
    pub wrong_way: bool,
    /// It stands still for a while on the picture.
    pub stopped: bool,
    /// What is special about it.
    pub note: String,
}

/// A plate as mounted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlateTruth {
    /// As people write it.
    pub text: String,
    /// Canonical key.
    pub key: String,
    /// Lines of text.
    pub lines: u8,
    /// Background.
    pub colour: PlateColour,
    /// Country and kind.
    pub country_class: CountryClass,
    /// Widest view with the whole plate on the picture, pixels.
    pub best_width_px: f32,
    /// When that is.
    pub best_at_s: f64,
    /// Corners then, clockwise from top left, 0..1.
    pub best_corners: Vec<Point>,
    /// Font it is drawn in.
    pub font: String,
    /// `clean`, `dirty`, `blurred`, `worn`.
    pub condition: String,
}

/// One crossing of a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Crossing {
    /// Which line.
    pub line: String,
    /// When.
    pub at_s: f64,
    /// Which way.
    pub direction: Direction,
}

/// Something that is no passage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Distractor {
    /// What it is.
    pub what: String,
    /// Where, 0..1.
    pub rect: Rect,
    /// Text on it, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Total of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineTotal {
    /// Which line.
    pub line: String,
    /// From left to right.
    #[serde(rename = "in")]
    pub inward: u32,
    /// From right to left.
    #[serde(rename = "out")]
    pub outward: u32,
}

/// Why a truth file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TruthError {
    /// The file system said no.
    #[error("reading or writing the truth {path}", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// The content is not a truth.
    #[error("the truth {path} cannot be understood", path = path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: serde_json::Error,
    },
}

impl Truth {
    /// Where a camera's truth lies in a folder.
    #[must_use]
    pub fn path(dir: &Path, camera: &str) -> PathBuf {
        dir.join(format!("{camera}.truth.json"))
    }

    /// Reads a camera's truth from a folder.
    ///
    /// # Errors
    /// The file is missing or holds something else.
    pub fn read(dir: &Path, camera: &str) -> Result<Self, TruthError> {
        let path = Self::path(dir, camera);
        let bytes = std::fs::read(&path).map_err(|source| TruthError::File { path: path.clone(), source })?;
        serde_json::from_slice(&bytes).map_err(|source| TruthError::Content { path, source })
    }

    /// Writes it into a folder.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, dir: &Path) -> Result<(), TruthError> {
        let path = Self::path(dir, &self.camera);
        let mut text = serde_json::to_string_pretty(self).expect("a truth has string keys only");
        text.push('\n');
        std::fs::write(&path, text).map_err(|source| TruthError::File { path, source })
    }

    /// Sums the crossings for each line.
    #[must_use]
    pub fn totals(lines: &[TruthLine], passages: &[Passage]) -> Vec<LineTotal> {
        let count = |line: &str, way: Direction| {
            passages.iter().flat_map(|p| &p.crossings).filter(|c| c.line == line && c.direction == way).count() as u32
        };
        lines
            .iter()
            .map(|line| LineTotal {
                line: line.name.clone(),
                inward: count(&line.name, Direction::In),
                outward: count(&line.name, Direction::Out),
            })
            .collect()
    }
}

/// Crossings of a path of foot points, one a frame, against every line.
#[must_use]
pub fn crossings(lines: &[TruthLine], path: &[(f64, Point)]) -> Vec<Crossing> {
    let mut found = Vec::new();
    for step in path.windows(2) {
        for line in lines {
            if let Some(side) = line.segment.crossed_to(step[0].1, step[1].1) {
                let direction = match side {
                    contract::geometry::Side::Right => Direction::In,
                    contract::geometry::Side::Left => Direction::Out,
                };
                found.push(Crossing { line: line.name.clone(), at_s: step[1].0, direction });
            }
        }
    }
    found
}
