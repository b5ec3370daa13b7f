//! Sample video: draws the sample scenes with their ground truth and serves them as RTSP cameras on loopback. Nothing
//! here is part of the product; the product sees only the network streams, and the truth is written before it looks.

/// Pictures out of numbers.
pub mod draw;
/// Frames into a file.
pub mod encode;
/// Truth, then clip, into a folder; finished work is kept.
pub mod render;
/// The scenes.
pub mod scenes;
/// The clips as cameras, and one camera that misbehaves on command.
pub mod server;
/// What happens in a clip, as its renderer knows it.
pub mod truth;

pub use render::{Progress, RenderError, clip_path, render, render_all};
pub use scenes::{PORTRAIT_MARKS, PORTRAIT_SHA256, PortraitError, Scene, SceneError};
pub use server::{CameraCommand, CommandError, Play, RtspCameras, ServerError, ServerSettings};

pub use truth::{
    Class, Crossing, DirectedLine, Distractor, GateAnswer, GateFigure, GateTruth, GateVisit, LineTotal, Passage,
    PlateTruth, Span, Truth, TruthLine,
};
