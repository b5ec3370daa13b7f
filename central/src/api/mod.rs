//! Declared so that the crate compiles; filled by the people's side.
