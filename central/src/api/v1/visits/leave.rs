//! `POST /api/v1/visits/{id}/leave`: a visitor has left, after the visit or without having been let in; and whether the badge came back.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, VisitView, step};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::visits::VisitStep;

/// The end of a visit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeaveVisit {
    /// `revision` of the visit on the screen.
    pub revision: i64,
    /// Did the badge come back? Null where there was none. Stored as the step's reason, `badge_returned` or `badge_missing`.
    pub badge_returned: Option<bool>,
}

/// Note that a visitor left.
#[utoipa::path(post, path = "/api/v1/visits/{id}/leave", tag = "visits", request_body = LeaveVisit,
    params(("id" = uuid::Uuid, Path, description = "The visit"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "On record", body = VisitView),
        (status = 403, description = "Not a guard in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Changed since, or over", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn leave_visit(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(asked): Body<LeaveVisit>,
) -> Result<Json<VisitView>, ApiError> {
    let reason = asked.badge_returned.map(|back| if back { "badge_returned" } else { "badge_missing" });
    step(&people, &authz, id, VisitStep::Leave, Said { revision: asked.revision, reason, ..Said::default() })
        .await
        .map(Json)
}
