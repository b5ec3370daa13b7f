//! Grows with the next issue; nothing is stored here yet.
