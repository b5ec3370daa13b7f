//! `POST /api/v1/arrivals/{id}/verify`: a guard says that somebody is being looked into (*chờ xác minh*). It answers no
//! request and opens no door: it tells the other desks who takes care of whom, and stays on record.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::mark;
use crate::api::extract::PathId;
use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::auth::Authz;

/// Who looks into somebody at a gate.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VerifyingView {
    /// The arrival.
    pub arrival: String,
    /// The guard's account.
    pub by: String,
    /// Since when.
    pub since: Moment,
}

/// Say that somebody is being looked into.
#[utoipa::path(post, path = "/api/v1/arrivals/{id}/verify", tag = "gates",
    params(("id" = uuid::Uuid, Path, description = "The arrival"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Noted, and told to the other desks", body = VerifyingView),
        (status = 403, description = "Not a guard in person", body = crate::api::error::ErrorEnvelope),
        (status = 404, description = "No such arrival", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Over", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn verify_arrival(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
) -> Result<Json<VerifyingView>, ApiError> {
    let at = mark(&people, &authz, id, None).await?;
    let by = authz.session().name.clone();
    Ok(Json(VerifyingView { arrival: id.to_string(), by, since: Moment::of(at.0) }))
}
