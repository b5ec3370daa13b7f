//! `POST /api/v1/people/{id}/reject`: a second registrar refuses a proposal; what was proposed is deleted at once.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::{StepView, by};
use crate::api::extract::PathId;
use crate::api::{ApiError, People};
use crate::audit::Entry;
use crate::auth::Authz;

/// Refuse a proposal.
#[utoipa::path(post, path = "/api/v1/people/{id}/reject", tag = "people",
    params(("id" = uuid::Uuid, Path, description = "The enrolment"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Refused and deleted", body = StepView),
        (status = 403, description = "Not a registrar in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "The same person proposed it, or it is no proposal any more", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn reject_person(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
) -> Result<Json<StepView>, ApiError> {
    let by = by(&authz)?;
    let entry = Entry::by(&authz, "people.reject");
    let person = people.office.reject(authz.controller(), by, entry, id).await?;
    Ok(Json(StepView { id: person.to_string(), galleries: Vec::new() }))
}
