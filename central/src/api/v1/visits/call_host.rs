//! `POST /api/v1/visits/{id}/call-host`: a guard calls the host. That it was done, by whom and when, is on record; the answer shows
//! room and telephone. The call itself goes over the desk's own telephone.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Said, VisitView, step};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::visits::VisitStep;

/// Whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CallHost {
    /// `revision` of the visit on the screen.
    pub revision: i64,
    /// Another one of the list than the visit names; the visit is to that one from then on.
    pub host_id: Option<Uuid>,
}

/// Record that the host is called.
#[utoipa::path(post, path = "/api/v1/visits/{id}/call-host", tag = "visits", request_body = CallHost,
    params(("id" = uuid::Uuid, Path, description = "The visit"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "On record; the host's room and telephone stand in it", body = VisitView),
        (status = 403, description = "Not a guard in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Changed since, decided, or nobody to call", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn call_host(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(asked): Body<CallHost>,
) -> Result<Json<VisitView>, ApiError> {
    let said = Said { revision: asked.revision, host: asked.host_id, ..Said::default() };
    step(&people, &authz, id, VisitStep::CallHost, said).await.map(Json)
}
