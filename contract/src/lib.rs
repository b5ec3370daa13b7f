//! The words both services speak. An event, its envelope and its signature; the topics it travels on; what the
//! centre answers; the signed bundles it sends down; the plate grammar; the geometry lines are drawn in; the clock.
//!
//! This crate never does I/O, never reads the machine's clock on its own and knows no async runtime: everything
//! here is a function of values, so that the same message means the same on both sides.

/// Signed bundles: cameras and rules on their way to a node.
pub mod bundle;
/// Moments, how sure we are of them, and where they come from.
pub mod clock;
/// What the centre answers: range acknowledgements and commands.
pub mod downlink;
/// Pictures to the enrolment worker, verdicts and templates back.
pub mod enrolment;
/// Envelope and bodies: what a node says.
pub mod event;
/// The evidence manifest of a case, and its offline verification.
pub mod evidence;
/// Points, boxes, segments in picture coordinates 0..1.
pub mod geometry;
/// Names of sites, nodes, cameras, lines; ids of events, passages and ledgers.
pub mod ids;
/// The second factor beside a face.
pub mod pass;
/// Plate text: normalisation, the grammar of Vietnamese and foreign plates, display.
pub mod plate;
/// A settings file's faults, all at once.
pub mod settings;
/// Ed25519 over the exact bytes.
pub mod signature;
/// Topic ⇄ text.
pub mod topic;
/// What the centre wishes to see of a camera now, and the answer.
pub mod wish;
