//! The watch list: proposed by one registrar, approved by another, ended by any, or by its time within half a year.

/// `POST /api/v1/watch/{id}/approve`
pub(crate) mod approve;
/// `GET /api/v1/watch`
pub(crate) mod list;
/// `POST /api/v1/watch`
pub(crate) mod propose;
/// `POST /api/v1/watch/{id}/withdraw`
pub(crate) mod withdraw;
