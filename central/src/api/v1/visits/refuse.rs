//! `POST /api/v1/visits/{id}/refuse`: a guard's word that a visitor is not let in, with a reason. The machine has no such word.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, VisitView, note, step};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::visits::{RefusalReason, VisitStep};

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefuseVisit {
    /// `revision` of the visit on the screen.
    pub revision: i64,
    /// The reason.
    pub reason: RefusalReason,
    /// A free note, at most 300 characters; needed for `other`.
    pub note: Option<String>,
}

/// Do not let a visitor in.
#[utoipa::path(post, path = "/api/v1/visits/{id}/refuse", tag = "visits", request_body = RefuseVisit,
    params(("id" = uuid::Uuid, Path, description = "The visit"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "On record", body = VisitView),
        (status = 400, description = "A note is needed", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not a guard in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Changed since, or over", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn refuse_visit(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(asked): Body<RefuseVisit>,
) -> Result<Json<VisitView>, ApiError> {
    let note = note(asked.note.as_deref())?;
    if asked.reason == RefusalReason::Other && note.is_none() {
        return Err(ApiError::bad_request("note_needed", "Lý do khác thì phải ghi rõ trong ghi chú."));
    }
    let said = Said { revision: asked.revision, reason: Some(asked.reason.as_str()), note, ..Said::default() };
    step(&people, &authz, id, VisitStep::Refuse, said).await.map(Json)
}
