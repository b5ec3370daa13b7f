//! The audit log, for the auditor.

/// `GET /api/v1/audit/check`
pub(crate) mod check;
/// `GET /api/v1/audit`
pub(crate) mod list;
