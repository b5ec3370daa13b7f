//! `POST /api/v1/watch/{id}/approve`: a second registrar approves a proposal; the galleries of its gates' nodes are made anew in the same transaction.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use crate::api::extract::PathId;
use crate::api::v1::people::{StepView, by};
use crate::api::{ApiError, People};
use crate::audit::Entry;
use crate::auth::Authz;

/// Approve a proposal.
#[utoipa::path(post, path = "/api/v1/watch/{id}/approve", tag = "watch",
    params(("id" = uuid::Uuid, Path, description = "The entry"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "In force", body = StepView),
        (status = 403, description = "Not a registrar in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "The same person proposed it, or it is no proposal any more", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn approve_watch(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
) -> Result<Json<StepView>, ApiError> {
    let by = by(&authz)?;
    let entry = Entry::by(&authz, "watch.approve");
    let made = people.office.watch_approve(authz.controller(), by, entry, id).await?;
    Ok(Json(StepView { id: id.to_string(), galleries: made.into_iter().map(Into::into).collect() }))
}
