//! One edge node at one place. The stages stand in the order in which the data flows: a stage knows only stages above it, and
//! `frame` and `picture`, which they hand on. `pipeline` alone knows all; the last four are the node's own affairs. No stage
//! decides about a person: what leaves here is a suggestion with its evidence.

/// Open a camera, keep it open, give its frames their time.
pub mod camera;

/// Does anything move? Is the view the one that was set up?
pub mod activity;

/// One frame and the slot between camera and analysis.
pub mod frame;

/// Packed pictures that every stage shares.
pub mod picture;

/// ONNX Runtime sessions and the model manifest.
pub mod inference;

/// Picture or tensor → detections.
pub mod detection;

/// Detections → tracks.
pub mod tracking;

/// Tracks and pictures → one verdict per passage.
pub mod recognition;

/// Who of the people enrolled for this place is most like a face.
pub mod gallery;

/// Tracks and time → counts and suspicions.
pub mod rules;

/// What may be seen of a camera on request: a still, and lines tried on today's ways.
pub mod viewing;

/// Two answers, requests for a decision, doors.
pub mod gate;

/// Pictures that belong to events.
pub mod evidence;

/// Verdicts and rules → contract events.
pub mod events;

/// The durable queue.
pub mod outbox;

/// To the centre and back.
pub mod uplink;

/// The one file that knows every stage.
pub mod pipeline;

/// The node's settings.
pub mod config;

/// The state of cameras and machine.
pub mod health;

/// Logs and metrics.
pub mod telemetry;

/// The commands.
pub mod cli;
