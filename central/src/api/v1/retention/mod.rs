//! How long what is kept.

/// `GET /api/v1/retention`
pub(crate) mod get;
