//! `GET /api/v1/visits/{id}`: one visit with what was recorded of it. On record before it is sent.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::VisitView;
use crate::api::extract::PathId;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::visits as table;

/// One visit.
#[utoipa::path(get, path = "/api/v1/visits/{id}", tag = "visits",
    params(("id" = uuid::Uuid, Path, description = "The visit"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The visit", body = VisitView),
        (status = 404, description = "None of this body", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn get_visit(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
) -> Result<Json<VisitView>, ApiError> {
    let controller = authz.controller();
    let mut tx = people.write().await?;
    let row = table::get(&mut tx, controller.as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    let mut entry = Entry::by(&authz, "visits.get").with_object(id);
    entry.site = Some(row.site.clone());
    audit::append(&mut tx, controller, people.now(), entry).await?;
    tx.commit().await?;
    Ok(Json(VisitView::from(&row)))
}
