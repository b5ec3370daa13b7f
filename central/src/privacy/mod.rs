//! The registry of data classes.
