//! Best shot, face, plate, vote: one verdict per passage.

/// The best pictures of each passage, and whose turn it is to be read.
pub mod best_shot;
/// One reading out of many.
pub mod vote;
