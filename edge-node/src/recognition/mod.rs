//! Best shot, face, plate, vote: one verdict per passage.

/// The best pictures of each passage, and whose turn it is to be read.
pub mod best_shot;
/// One face into one template.
pub mod face;
/// A face, or a picture of one.
pub mod face_spoof;
/// Plates out of one picture.
pub mod plate;
/// The colour of a plate's ground.
pub mod plate_colour;
/// What was read, held against the grammar.
pub mod plate_judge;
/// Which lines of text may be one plate.
pub mod plate_layout;
/// One line of text into characters.
pub mod plate_text;
/// One reading out of many.
pub mod vote;
