//! Nodes, for the operator.

/// `GET /api/v1/nodes`
pub(crate) mod list;
