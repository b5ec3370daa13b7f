//! `POST /api/v1/visits/{id}/admit`: a guard's word that a visitor is let in, with the reason where the host has not said yes. It opens
//! no door: at a gate that is the arrival's own decision (`POST /api/v1/arrivals/{id}/admit`).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, VisitView, badge, step};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::visits::{VisitFault, VisitStep};

/// The word.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AdmitVisit {
    /// `revision` of the visit on the screen.
    pub revision: i64,
    /// Why, 5 to 300 characters; needed unless the host expects the visitor.
    pub reason: Option<String>,
    /// The badge handed out now, at most 40 characters.
    pub badge: Option<String>,
}

/// Let a visitor in.
#[utoipa::path(post, path = "/api/v1/visits/{id}/admit", tag = "visits", request_body = AdmitVisit,
    params(("id" = uuid::Uuid, Path, description = "The visit"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "On record; no door opens by it", body = VisitView),
        (status = 400, description = "A reason is needed", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not a guard in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Changed since, or over", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn admit_visit(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(asked): Body<AdmitVisit>,
) -> Result<Json<VisitView>, ApiError> {
    let why = asked.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    if why.is_some_and(|why| !(5..=300).contains(&why.chars().count()) || why.chars().any(char::is_control)) {
        return Err(VisitFault::ReasonNeeded.into());
    }
    let said = Said { revision: asked.revision, reason: why, badge: badge(asked.badge.as_deref())?, ..Said::default() };
    step(&people, &authz, id, VisitStep::Admit { explained: why.is_some() }, said).await.map(Json)
}
