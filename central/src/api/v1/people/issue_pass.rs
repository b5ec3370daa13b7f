//! `POST /api/v1/people/{id}/pass`: a pass beside the face, for gates where a face alone opens nothing. It is told in this answer
//! and never again; the pass before it is none any more.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::{GalleryView, by};
use crate::api::extract::PathId;
use crate::api::{ApiError, People};
use crate::audit::Entry;
use crate::auth::Authz;
use crate::people::drawn_pass;

/// A pass, for its bearer alone.
#[derive(Serialize, ToSchema)]
pub(crate) struct GatePassView {
    /// What the code says.
    pub text: String,
    /// The code as an SVG picture, to be printed or shown.
    pub svg: String,
    /// Galleries that were made anew at once.
    pub galleries: Vec<GalleryView>,
}

impl std::fmt::Debug for GatePassView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GatePassView(…)")
    }
}

/// Issue a gate pass.
#[utoipa::path(post, path = "/api/v1/people/{id}/pass", tag = "people",
    params(("id" = uuid::Uuid, Path, description = "The enrolment"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The pass; it is told once", body = GatePassView),
        (status = 403, description = "Not a registrar in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Not approved, or over", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn issue_pass(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
) -> Result<Json<GatePassView>, ApiError> {
    let by = by(&authz)?;
    let entry = Entry::by(&authz, "people.pass");
    let issued = people.office.issue_pass(authz.controller(), by, entry, id).await?;
    Ok(Json(GatePassView {
        svg: drawn_pass(&issued.pass),
        text: issued.pass.expose().to_owned(),
        galleries: issued.galleries.into_iter().map(GalleryView::from).collect(),
    }))
}
