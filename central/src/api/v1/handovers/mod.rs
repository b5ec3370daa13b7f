//! Changes of shift at the desk.

/// `GET /api/v1/handovers`
pub(crate) mod list;
