//! `GET /api/v1/visitors/entries`: everything ever typed in for a place over a time, every version, with who and why, and what the
//! cameras counted beside it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{InOut, day, site};
use crate::api::extract::Params;
use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::store::visitors;

/// Which entries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct EntriesQuery {
    /// One place.
    pub site: String,
    /// First day, `yyyy-mm-dd`.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Needed with roles at several.
    #[expect(dead_code, reason = "read where the request is judged; named here since unknown parameters are refused")]
    pub controller: Option<String>,
}

/// What was typed in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VisitorEntries {
    /// Newest time first, of one time the newest version first.
    pub items: Vec<VisitorEntry>,
    /// Always null: there is one page.
    pub next: Option<String>,
}

/// A version.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VisitorEntry {
    /// The gate.
    pub gate: String,
    /// What people call it.
    pub title: String,
    /// `yyyy-mm-dd` or `yyyy-mm`.
    pub period: String,
    /// Its version.
    pub version: i64,
    /// In; null: the figure was taken back.
    #[serde(rename = "in")]
    pub entered: Option<i64>,
    /// Out.
    pub out: Option<i64>,
    /// Why.
    pub reason: String,
    /// Whose word it is.
    pub by: String,
    /// When.
    pub at: Moment,
    /// What the cameras counted, of a day.
    pub machine: Option<InOut>,
}

/// History of what was typed in.
#[utoipa::path(get, path = "/api/v1/visitors/entries", tag = "visitors", params(EntriesQuery),
    responses((status = 200, description = "Every version", body = VisitorEntries),
        (status = 400, description = "No such time", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn list_visitor_entries(
    authz: Authz,
    State(people): State<Arc<People>>,
    Params(asked): Params<EntriesQuery>,
) -> Result<Json<VisitorEntries>, ApiError> {
    let (site, from, to) = (site(&asked.site)?, day(&asked.from)?, day(&asked.to)?);
    if to < from || to.0 - from.0 > 366 {
        return Err(ApiError::bad_request("bad_day", "Khoảng thời gian dài tối đa một năm."));
    }
    let controller = authz.controller().as_str();
    let mut conn = people.db().read().await?;
    let books = visitors::books(&mut conn, controller, Some(site.as_str()), (from, to)).await?;
    let gates = books.places.get(site.as_str()).map(|place| &place.gates);
    let items = visitors::entries(&mut conn, controller, Some(site.as_str()), (from, to))
        .await?
        .into_iter()
        .map(|(_, row)| {
            let gate = gates.and_then(|gates| gates.get(&row.gate));
            let is_month = row.span == "month";
            let machine = gate.filter(|_| !is_month).and_then(|gate| gate.book.machine.get(&row.first_day));
            VisitorEntry {
                title: gate.map_or_else(|| row.gate.clone(), |gate| gate.title.clone()),
                gate: row.gate,
                period: if is_month { row.first_day.month().to_string() } else { row.first_day.to_string() },
                version: row.version,
                entered: row.went_in,
                out: row.went_out,
                reason: row.reason,
                by: row.by,
                at: Moment::of(row.at),
                machine: machine.map(|m| InOut { entered: Some(m.entered), out: Some(m.left) }),
            }
        })
        .collect();
    Ok(Json(VisitorEntries { items, next: None }))
}
