//! `POST /api/v1/people/{id}/approve`: a second registrar approves a proposal; the galleries of its gates' nodes are made anew in the same transaction.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::{StepView, by};
use crate::api::extract::PathId;
use crate::api::{ApiError, People};
use crate::audit::Entry;
use crate::auth::Authz;

/// Approve a proposal.
#[utoipa::path(post, path = "/api/v1/people/{id}/approve", tag = "people",
    params(("id" = uuid::Uuid, Path, description = "The enrolment"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "In force from its first day", body = StepView),
        (status = 403, description = "Not a registrar in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "The same person proposed it, or it is no proposal any more", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn approve_person(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
) -> Result<Json<StepView>, ApiError> {
    let by = by(&authz)?;
    let entry = Entry::by(&authz, "people.approve");
    let made = people.office.approve(authz.controller(), by, entry, id).await?;
    Ok(Json(StepView { id: id.to_string(), galleries: made.into_iter().map(Into::into).collect() }))
}
