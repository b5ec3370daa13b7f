//! The live feed.

/// `GET /api/v1/live`
pub(crate) mod stream;
