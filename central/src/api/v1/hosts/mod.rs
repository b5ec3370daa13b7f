//! Hosts: whom visitors come to. The registrar keeps the list; the desk searches it at one place, to call.

/// `POST /api/v1/hosts/{id}/end`
pub(crate) mod end;
/// `POST /api/v1/hosts`
pub(crate) mod enter;
/// `GET /api/v1/hosts`
pub(crate) mod list;
/// `POST /api/v1/hosts/search`
pub(crate) mod search;
#[cfg(test)]
mod tests;

use serde::Serialize;
use utoipa::ToSchema;

use crate::api::text::Moment;
use crate::store::hosts::HostRow;

/// A host as the registrar sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct HostView {
    /// Its id.
    pub host_id: String,
    /// Name.
    pub name: String,
    /// Department.
    pub department: String,
    /// Room.
    pub room: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// The places visitors may come to this host at.
    pub sites: Vec<String>,
    /// When it was entered.
    pub entered_at: Moment,
    /// By whom.
    pub entered_by: String,
    /// When it was ended.
    pub ended_at: Option<Moment>,
    /// By whom.
    pub ended_by: Option<String>,
}

impl std::fmt::Debug for HostView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HostView({})", self.host_id)
    }
}

impl HostView {
    fn of(row: HostRow, sites: Vec<String>) -> Self {
        Self {
            host_id: row.host.to_string(),
            name: row.name,
            department: row.department,
            room: row.room,
            phone: row.phone,
            sites,
            entered_at: Moment::of(row.entered_at),
            entered_by: row.entered_by,
            ended_at: row.ended_at.map(Moment::of),
            ended_by: row.ended_by,
        }
    }
}
