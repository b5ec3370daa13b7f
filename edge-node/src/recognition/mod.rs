//! Best shot, face, plate, vote: one verdict per passage.
