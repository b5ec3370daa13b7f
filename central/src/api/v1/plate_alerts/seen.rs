//! `POST /api/v1/plate-alerts/{id}/seen`: an officer says that an alert was seen. Who says so first is named; again is no fault and
//! changes nothing.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{PlateAlert, shown_since};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{AuthError, Authz};
use crate::store::plate_alerts as table;

/// Nothing more is said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeePlateAlert {}

/// Say that an alert was seen.
#[utoipa::path(post, path = "/api/v1/plate-alerts/{id}/seen", tag = "plate-lists", request_body = SeePlateAlert,
    params(("id" = uuid::Uuid, Path, description = "The alert"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Seen, by whoever said so first", body = PlateAlert),
        (status = 403, description = "Not an officer in person", body = crate::api::error::ErrorEnvelope),
        (status = 404, description = "None of this controller, or older than a day", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn see_plate_alert(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(SeePlateAlert {}): Body<SeePlateAlert>,
) -> Result<Json<PlateAlert>, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    let (controller, now) = (authz.controller(), people.now());
    let since = shown_since(now);
    let mut tx = people.write().await?;
    let before = table::get(&mut tx, controller.as_str(), id, since).await?.ok_or_else(ApiError::not_found)?;
    let first = table::mark_seen(&mut tx, id, (officer.user(), officer.session()), now.0).await?;
    let entry = Entry::by(&authz, "plate_alerts.seen")
        .with_object(id)
        .with_subject(Some(&before.plate_key))
        .with_detail(format!("entry {}, {}", before.entry, if first { "first" } else { "seen before" }));
    audit::append(&mut tx, controller, now, entry).await?;
    let row = table::get(&mut tx, controller.as_str(), id, since).await?.ok_or_else(ApiError::not_found)?;
    tx.commit().await?;
    tracing::info!(alert.id = %id, "alert {id}: seen");
    Ok(Json(PlateAlert::from(&row)))
}
