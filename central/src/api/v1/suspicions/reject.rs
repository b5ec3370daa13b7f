//! `POST /api/v1/suspicions/{id}/reject`: a named officer throws one suspicion out, with a reason.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{SuspicionView, case_of, read_back, store_verdict};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::{AuthError, Authz};
use crate::cases::RejectionReason;
use crate::store::cases as table;

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reject {
    /// The reason.
    pub reason: RejectionReason,
    /// A free note, at most 500 characters.
    pub note: Option<String>,
    /// `revision` on the screen; when given, a case that changed since is not rejected.
    pub revision: Option<i64>,
}

/// Reject a suspicion.
#[utoipa::path(post, path = "/api/v1/suspicions/{id}/reject", tag = "suspicions", request_body = Reject,
    params(("id" = uuid::Uuid, Path, description = "The suspicion"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Rejected", body = SuspicionView),
        (status = 403, description = "Not an officer in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Decided already, changed since, or another officer has it", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn reject_suspicion(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(asked): Body<Reject>,
) -> Result<Json<SuspicionView>, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    if asked.note.as_deref().is_some_and(|n| n.contains('\0')) {
        return Err(ApiError::bad_request("bad_note", "Ghi chú có ký tự không hợp lệ."));
    }
    let now = people.now();
    let mut tx = people.write().await?;
    let row = table::get(&mut tx, authz.controller().as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    row.hold.open_to(officer.user(), now)?;
    let verdict = case_of(&row, &[])?.reject(&officer, asked.reason, asked.note, asked.revision, now)?;
    store_verdict(&mut tx, &authz, &verdict, None, now).await?;
    tx.commit().await?;
    tracing::info!(case.id = %id, "case {id} was rejected");
    Ok(Json(read_back(&people, &authz, id).await?))
}
