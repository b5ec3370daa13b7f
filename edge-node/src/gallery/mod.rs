//! The people a node may know, in memory: who of them is most like a face. Knows opaque enrolments, no names; decides
//! nothing, stores nothing and prints nothing of what it holds.

/// What came from above, and until when it holds.
pub mod in_force;
/// Exact search over every template.
pub mod search;
