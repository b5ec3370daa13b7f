//! The one file that knows every stage.
