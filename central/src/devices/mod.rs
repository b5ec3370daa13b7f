//! Devices, as those see them who look after them: what a node is asked to show now (`wishes.rs`), when cameras and nodes were
//! away (`outages.rs`), and the lines drawn on a camera's picture (`lines.rs`). Nothing here keeps a picture, and nothing here
//! knows who asks.

mod lines;
mod outages;
mod wishes;

pub use lines::{
    Drawing, DrawnLine, DrawnZone, LineInForce, LinesInForce, UsedBy, ZoneInForce, in_force, redraw, trial,
};
pub use outages::{CameraState, NodeState, Outage, Span, availability, camera_outages, kind_text, node_outages, spans};
pub use wishes::{Answer, NotAsked, StillPicture, Wishes};
