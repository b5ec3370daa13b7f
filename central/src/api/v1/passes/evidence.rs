//! `GET /api/v1/passes/{passage_id}/evidence/{role}`: a picture of a passage, for whoever may see the passage. On record
//! before the bytes leave.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;

use crate::api::extract::PathPicture;
use crate::api::v1::picture;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::passes_read;

/// A picture of a passage.
#[utoipa::path(get, path = "/api/v1/passes/{passage_id}/evidence/{role}", tag = "passes",
    params(("passage_id" = uuid::Uuid, Path, description = "The passage"),
        ("role" = String, Path, description = "`frame` or `plate_crop`"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The picture", content_type = "image/jpeg"),
        (status = 404, description = "None, or not uploaded yet", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn get_pass_evidence(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathPicture(passage, role): PathPicture,
) -> Result<Response, ApiError> {
    let controller = authz.controller();
    let mut tx = people.write().await?;
    let row = passes_read::get(&mut tx, controller.as_str(), passage).await?.ok_or_else(ApiError::not_found)?;
    let pictures = passes_read::pictures(&mut tx, controller.as_str(), (&row.site, &row.node), passage).await?;
    let chosen = picture::choose(pictures, &role)?;
    let entry = Entry::by(&authz, "passes.evidence").with_object(passage).with_detail(&chosen.role);
    audit::append(&mut tx, controller, people.now(), entry).await?;
    tx.commit().await?;
    picture::answer(&people, &chosen).await
}
