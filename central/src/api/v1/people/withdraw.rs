//! `POST /api/v1/people/{id}/withdraw`: a person is taken off the list: name, pictures, templates and their key are deleted in one transaction, and every node that had them gets another key. Needs one registrar only: a wish to be forgotten waits for nobody.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::{StepView, by};
use crate::api::extract::PathId;
use crate::api::{ApiError, People};
use crate::audit::Entry;
use crate::auth::Authz;

/// Withdraw a person.
#[utoipa::path(post, path = "/api/v1/people/{id}/withdraw", tag = "people",
    params(("id" = uuid::Uuid, Path, description = "The enrolment"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Deleted here; the certificate tells which nodes know", body = StepView),
        (status = 403, description = "Not a registrar in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "The same person proposed it, or it is no proposal any more", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn withdraw_person(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
) -> Result<Json<StepView>, ApiError> {
    let by = by(&authz)?;
    let entry = Entry::by(&authz, "people.withdraw");
    let person = people.office.withdraw(authz.controller(), by, entry, id).await?;
    Ok(Json(StepView { id: person.to_string(), galleries: Vec::new() }))
}
