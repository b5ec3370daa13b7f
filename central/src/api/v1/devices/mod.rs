//! What happened to devices.

/// `GET /api/v1/devices/outages`
pub(crate) mod outages;
