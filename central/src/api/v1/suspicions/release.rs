//! `POST /api/v1/suspicions/{id}/release`: an officer leaves a suspicion undecided; it is free at once.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::read_back;
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::{AuthError, Authz};
use crate::store::{case_holds, cases as table};

/// Nothing more is said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Release {}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Released {
    /// This session had it.
    pub released: bool,
}

/// Leave a suspicion.
#[utoipa::path(post, path = "/api/v1/suspicions/{id}/release", tag = "suspicions", request_body = Release,
    params(("id" = uuid::Uuid, Path, description = "The suspicion"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "It is not this session's any more", body = Released),
        (status = 403, description = "Not an officer in person", body = crate::api::error::ErrorEnvelope),
        (status = 404, description = "None of this controller", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn release_suspicion(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(Release {}): Body<Release>,
) -> Result<Json<Released>, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    let mut tx = people.write().await?;
    table::get(&mut tx, authz.controller().as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    let released = case_holds::release(&mut tx, id, officer.session()).await?;
    tx.commit().await?;
    if released {
        read_back(&people, &authz, id).await?;
    }
    Ok(Json(Released { released }))
}
