//! Cameras, for the operator.

/// `GET /api/v1/cameras`
pub(crate) mod list;
