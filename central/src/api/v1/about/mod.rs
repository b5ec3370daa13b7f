//! What this program is.

/// `GET /api/v1/about`
pub(crate) mod get;
