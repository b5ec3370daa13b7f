//! Gates: where people come up to a door, and how the node may act there.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::geometry::Point;
use crate::ids::{CameraName, DoorName, GateName, LineName};

/// One gate: a camera, the ground before it, and perhaps a door.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GateSpec {
    /// Its name, unique on the node.
    pub name: GateName,
    /// What people call it, Vietnamese.
    pub title: String,
    /// Its camera, of the purpose `face_access`.
    pub camera: CameraName,
    /// Where a face has to be for its owner to be coming here: a polygon on the picture, 3..16 corners, 0..1. Whoever only
    /// passes by outside of it makes no request.
    #[schemars(length(min = 3, max = 16))]
    pub approach: Vec<Point>,
    /// How long a face stays in there before a person is asked, milliseconds, 0..10000. Default 700.
    #[serde(default = "default_dwell_ms")]
    #[schemars(range(max = 10_000))]
    pub dwell_ms: u32,
    /// Distance between the eyes from which a face is judged, pixels, 20..400. Default 60.
    #[serde(default = "default_eye_distance_px")]
    #[schemars(range(min = 20, max = 400))]
    pub eye_distance_px: u32,
    /// The door, by its name in the node's own settings; none = the desk is told and nothing opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub door: Option<DoorName>,
    /// A line across the door on this camera; whoever crosses it `in` beyond those let in is a tailgater.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub door_line: Option<LineName>,
    /// May a face alone open? Default no: then a face is one of two factors and a person or a card adds the other.
    #[serde(default)]
    pub face_alone: bool,
}

fn default_dwell_ms() -> u32 {
    700
}
fn default_eye_distance_px() -> u32 {
    60
}
