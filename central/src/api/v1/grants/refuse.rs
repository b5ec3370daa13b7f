//! `POST /api/v1/grants/{id}/refuse`: a second officer refuses a grant, with a reason.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::{GrantReason, GrantView, begin, end, reason};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::store::plate_grants::{self as table, Word};
use crate::vehicles::GrantFault;

/// Refuse a grant.
#[utoipa::path(post, path = "/api/v1/grants/{id}/refuse", tag = "grants", request_body = GrantReason,
    params(("id" = uuid::Uuid, Path, description = "The grant"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Refused", body = GrantView),
        (status = 400, description = "No reason", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not an officer in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "One's own, or not waiting", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn refuse_grant(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(asked): Body<GrantReason>,
) -> Result<Json<GrantView>, ApiError> {
    let why = reason(&asked.reason)?;
    let (officer, mut tx, _, grant) = begin(&people, &authz, id).await?;
    grant.refuse(officer.user())?;
    let by = (officer.user(), officer.session());
    if !table::decide(&mut tx, id, Word::Refused(why), by, people.now().0).await? {
        return Err(GrantFault::NotAsked.into());
    }
    end(&people, &authz, tx, id, ("grants.refuse", why)).await.map(Json)
}
