//! `POST /api/v1/hosts/{id}/end`: a registrar ends a host. Visits that name it keep the name; nobody can be registered to it any more.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use super::HostView;
use crate::api::extract::PathId;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{AuthError, Authz};
use crate::store::hosts as table;

/// End a host.
#[utoipa::path(post, path = "/api/v1/hosts/{id}/end", tag = "hosts",
    params(("id" = uuid::Uuid, Path, description = "The host"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Ended", body = HostView),
        (status = 403, description = "Not a registrar in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Ended already", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn end_host(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
) -> Result<Json<HostView>, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    let (controller, now) = (authz.controller(), people.now());
    let mut tx = people.write().await?;
    table::get(&mut tx, controller.as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    audit::append(&mut tx, controller, now, Entry::by(&authz, "hosts.end").with_object(id)).await?;
    let by = (officer.user(), officer.session());
    if !table::end(&mut tx, controller.as_str(), id, by, now.0).await? {
        let told = "Người tiếp này đã được kết thúc trong danh sách.";
        return Err(ApiError::new(StatusCode::CONFLICT, "host_ended", told));
    }
    let row = table::get(&mut tx, controller.as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    let sites = table::places(&mut tx, id).await?;
    tx.commit().await?;
    Ok(Json(HostView::of(row, sites)))
}
