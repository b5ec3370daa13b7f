//! Places.

/// `GET /api/v1/sites`
pub(crate) mod list;
