//! Skeleton.

/// A decoded picture in memory: cut, scale, straighten, JPEG.
pub mod picture;
