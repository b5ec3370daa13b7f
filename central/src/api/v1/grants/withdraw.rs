//! `POST /api/v1/grants/{id}/withdraw`: an officer takes a grant back, asked for or granted; from then on it gives nothing.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::{GrantReason, GrantView, begin, end, reason};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::store::plate_grants as table;
use crate::vehicles::GrantFault;

/// Take a grant back.
#[utoipa::path(post, path = "/api/v1/grants/{id}/withdraw", tag = "grants", request_body = GrantReason,
    params(("id" = uuid::Uuid, Path, description = "The grant"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Taken back", body = GrantView),
        (status = 400, description = "No reason", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not an officer in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Refused or taken back already", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn withdraw_grant(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(asked): Body<GrantReason>,
) -> Result<Json<GrantView>, ApiError> {
    let why = reason(&asked.reason)?;
    let (officer, mut tx, _, grant) = begin(&people, &authz, id).await?;
    grant.withdraw()?;
    let by = (officer.user(), officer.session());
    if !table::withdraw(&mut tx, id, why, by, people.now().0).await? {
        return Err(GrantFault::Ended.into());
    }
    end(&people, &authz, tx, id, ("grants.withdraw", why)).await.map(Json)
}
