//! Gates, and doors opened by hand.

/// `GET /api/v1/gates`
pub(crate) mod list;
/// `POST /api/v1/gates/{site}/{node}/{gate}/open`
pub(crate) mod open;
/// `POST /api/v1/gates/roll-call`
pub(crate) mod roll_call;
