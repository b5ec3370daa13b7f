//! `POST /api/v1/arrivals/{id}/alert-seen`: a guard has seen that people followed through, or that a door acted on a decision
//! nobody here made. From then on no desk is told of it any more; one tailgater more is a new alert.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::mark;
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::Authz;

/// The alert as it stood on the screen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AlertSeen {
    /// `tailgaters` of the alert.
    pub tailgaters: i64,
    /// `unknown_acts` of the alert.
    pub unknown_acts: i64,
}

/// Say that an alert was seen.
#[utoipa::path(post, path = "/api/v1/arrivals/{id}/alert-seen", tag = "gates", request_body = AlertSeen,
    params(("id" = uuid::Uuid, Path, description = "The arrival"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 204, description = "Noted, and told to the other desks"),
        (status = 403, description = "Not a guard in person", body = crate::api::error::ErrorEnvelope),
        (status = 404, description = "No such arrival", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "There is more to see by now", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn see_alert(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(seen): Body<AlertSeen>,
) -> Result<StatusCode, ApiError> {
    mark(&people, &authz, id, Some((seen.tailgaters, seen.unknown_acts))).await?;
    Ok(StatusCode::NO_CONTENT)
}
