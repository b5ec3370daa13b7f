//! `POST /api/v1/arrivals/{id}/admit`: a guard lets somebody in. The decision is stored first, with the guard's name; then the
//! order goes down, quoting the node's request, and dies on the node's own clock after three seconds.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::ids::{BootId, RequestId};

use super::{GateDecisionView, OnScreen, decide, gate_of, node_of};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::visits::GateVerdictWord;

/// Let somebody in.
#[utoipa::path(post, path = "/api/v1/arrivals/{id}/admit", tag = "gates", request_body = OnScreen,
    params(("id" = uuid::Uuid, Path, description = "The arrival"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Decided; whether the order is on its way is said", body = GateDecisionView),
        (status = 403, description = "Not a guard in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Changed since, or over", body = crate::api::error::ErrorEnvelope),
        (status = 412, description = "The picture was not looked at", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn admit_arrival(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(screen): Body<OnScreen>,
) -> Result<Json<GateDecisionView>, ApiError> {
    let (row, decision) = decide(&people, &authz, id, GateVerdictWord::Admit, &screen, None).await?;
    let opening = match row.request {
        Some(request) => {
            let quoted = (RequestId(request), BootId(row.boot));
            Some(people.desk.open(&node_of(&row)?, &gate_of(&row)?, quoted, decision))
        }
        None => None,
    };
    Ok(Json(GateDecisionView::of(decision, opening)))
}
