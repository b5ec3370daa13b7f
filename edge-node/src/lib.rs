//! One edge node at one place. The modules stand in the order in which the data flows: a stage knows only stages above
//! it; `pipeline` alone knows all. No stage decides about a person: what leaves here is a suggestion with its evidence.

/// Does anything move? Is the view the one that was set up?
pub mod activity;
/// Open a camera, keep it open, give its frames their time.
pub mod camera;
/// The commands.
pub mod cli;
/// The node's settings.
pub mod config;
/// Picture or tensor → detections.
pub mod detection;
/// Verdicts and rules → contract events.
pub mod events;
/// Pictures that belong to events.
pub mod evidence;
/// One frame and the slot between camera and analysis.
pub mod frame;
/// The state of cameras and machine.
pub mod health;
/// Who this node is.
pub mod identity;
/// ONNX Runtime sessions and the model manifest.
pub mod inference;
/// The durable queue.
pub mod outbox;
/// Packed pictures that every stage shares.
pub mod picture;
/// The one file that knows every stage.
pub mod pipeline;
/// Tracks and pictures → one verdict per passage.
pub mod recognition;
/// Tracks and time → counts and suspicions.
pub mod rules;
/// Logs and metrics.
pub mod telemetry;
/// Detections → tracks.
pub mod tracking;
/// To the centre and back.
pub mod uplink;
