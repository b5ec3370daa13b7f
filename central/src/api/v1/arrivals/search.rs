//! `POST /api/v1/arrivals/search`: the access log of one place within at most 24 hours, with a reason; on record before the
//! answer leaves. No name stands in it: one arrival is opened for that, and each opening is on record too.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::ids::GateName;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ArrivalView;
use crate::api::extract::Body;
use crate::api::{ApiError, People, cursor};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::arrivals as table;
use crate::vehicles::PlaceAndDay;

/// What is looked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ArrivalSearch {
    /// One place.
    pub site: String,
    /// First moment, RFC 3339.
    pub from: String,
    /// Moment after the last, RFC 3339; at most 24 hours later.
    pub to: String,
    /// Why: 5 to 300 characters. It stands in the audit log.
    pub reason: String,
    /// One gate.
    #[schema(value_type = Option<String>)]
    pub gate: Option<GateName>,
    /// `admit` or `verify`.
    pub verdict: Option<String>,
    /// Rows of a page, 1..200; 50 if not given.
    pub limit: Option<i64>,
    /// `next` of the page before.
    pub cursor: Option<String>,
}

/// A page of arrivals, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ArrivalPage {
    /// The arrivals.
    pub items: Vec<ArrivalView>,
    /// Cursor of the next page.
    pub next: Option<String>,
}

/// Look into the access log.
#[utoipa::path(post, path = "/api/v1/arrivals/search", tag = "gates", request_body = ArrivalSearch,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "A page of arrivals", body = ArrivalPage),
        (status = 400, description = "More than one place, more than 24 hours, no reason", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn search_arrivals(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<ArrivalSearch>,
) -> Result<Json<ArrivalPage>, ApiError> {
    let within = PlaceAndDay::read(&asked.site, &asked.from, &asked.to)?;
    let reason = asked.reason.trim();
    if !(5..=300).contains(&reason.chars().count()) || reason.contains('\0') {
        return Err(ApiError::bad_request(
            "reason_needed",
            "Lý do tra cứu (bắt buộc, từ 5 ký tự). Việc tra cứu được ghi nhật ký.",
        ));
    }
    let before = asked.cursor.as_deref().map(cursor::decode).transpose()?;
    let limit = cursor::limit(asked.limit);
    let filter = (asked.gate.as_ref().map(GateName::as_str), asked.verdict.as_deref());
    let mut tx = people.write().await?;
    let entry = Entry::by(&authz, "arrivals.search")
        .with_place(within.site.as_str(), within.from, within.to)
        .with_subject(filter.0)
        .with_detail(reason);
    audit::append(&mut tx, authz.controller(), people.now(), entry).await?;
    let mut rows = table::search(&mut tx, authz.controller().as_str(), &within, filter, before, limit + 1).await?;
    tx.commit().await?;
    let next = cursor::cut(&mut rows, limit, |row| (row.first_seen, row.passage));
    Ok(Json(ArrivalPage { items: rows.iter().map(ArrivalView::from).collect(), next }))
}
