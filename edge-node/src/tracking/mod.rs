//! Tracks: association and lifecycle. Pure.
