//! `POST /api/v1/grants/{id}/approve`: a second officer approves a grant, for seven days at most. Who asked never approves.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{GrantView, begin, end};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::store::plate_grants::{self as table, Word};
use crate::vehicles::{GRANT_MAX_DAYS, GrantFault, GrantState};

/// For how long.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApproveGrant {
    /// Days it lives, 1..7; 7 if not given.
    pub days: Option<i64>,
}

/// Approve a grant.
#[utoipa::path(post, path = "/api/v1/grants/{id}/approve", tag = "grants", request_body = ApproveGrant,
    params(("id" = uuid::Uuid, Path, description = "The grant"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Granted, with an end", body = GrantView),
        (status = 400, description = "More than seven days", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not an officer in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "One's own, not waiting, or the case is another one", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn approve_grant(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(asked): Body<ApproveGrant>,
) -> Result<Json<GrantView>, ApiError> {
    let (officer, mut tx, _, grant) = begin(&people, &authz, id).await?;
    let now = people.now();
    let after = grant.approve(officer.user(), asked.days.unwrap_or(GRANT_MAX_DAYS), now)?;
    let GrantState::Granted { expires_at, .. } = after.state else { return Err(GrantFault::NotAsked.into()) };
    let by = (officer.user(), officer.session());
    let decided = match table::decide(&mut tx, id, Word::Granted(expires_at), by, now.0).await {
        // The case became another one between this look and the next: the database looks at it last.
        Err(error) if error.is_refusal("on the case as it was") => return Err(GrantFault::CaseChanged.into()),
        decided => decided?,
    };
    if !decided {
        return Err(GrantFault::NotAsked.into());
    }
    let detail = format!("until {}", expires_at.to_rfc3339());
    end(&people, &authz, tx, id, ("grants.approve", &detail)).await.map(Json)
}
