//! Counts over time.

/// `GET /api/v1/counts`
pub(crate) mod get;
