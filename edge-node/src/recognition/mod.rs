//! Best shot, face, plate, vote: one verdict per passage.

/// The best pictures of each passage, and whose turn it is to be read.
pub mod best_shot;
/// One picture handed in to be enrolled.
pub mod enroller;
/// One face into one template.
pub mod face;
/// A face onto fixed marks.
pub mod face_alignment;
/// Which face of a picture, and where exactly its landmarks are.
pub mod face_landmarks;
/// Is a face good enough to be compared?
pub mod face_quality;
/// A face, or a picture of one.
pub mod face_spoof;
/// One face as a vector.
pub mod face_template;
/// Does a face turn like a head?
pub mod face_turn;
/// Passes that somebody shows to a gate.
pub mod gate_pass;
/// Plates out of one picture.
pub mod plate;
/// The colour of a plate's ground.
pub mod plate_colour;
/// The general way: any text, laid out as plates.
pub mod plate_general;
/// What was read, held against the grammar.
pub mod plate_judge;
/// Which lines of text may be one plate.
pub mod plate_layout;
/// The fast way: the project's own nets.
pub mod plate_own;
/// One plate into its rows.
pub mod plate_rows;
/// One line of text into characters.
pub mod plate_text;
/// Where the time of reading goes.
pub mod read_times;
/// One reading out of many.
pub mod vote;
