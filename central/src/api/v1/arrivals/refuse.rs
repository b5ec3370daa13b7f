//! `POST /api/v1/arrivals/{id}/refuse`: a guard does not let somebody in, with a reason. The machine has no such word.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::ids::RequestId;
use contract::signature::Sha256;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{GateDecisionView, OnScreen, decide, gate_of, node_of};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::visits::{GateVerdictWord, RefusalReason};

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Refuse {
    /// `revision` of the arrival on the screen.
    pub revision: i64,
    /// `look` of the arrival on the screen.
    #[schema(value_type = Option<String>)]
    pub look: Option<Sha256>,
    /// The reason.
    pub reason: RefusalReason,
    /// A free note; needed for `other`.
    pub note: Option<String>,
    /// The latest decision on the screen: only whoever saw another guard's word may say otherwise.
    pub decided: Option<Uuid>,
}

/// Do not let somebody in.
#[utoipa::path(post, path = "/api/v1/arrivals/{id}/refuse", tag = "gates", request_body = Refuse,
    params(("id" = uuid::Uuid, Path, description = "The arrival"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Decided; the node forgets its request and its picture", body = GateDecisionView),
        (status = 403, description = "Not a guard in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Changed since, or over", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn refuse_arrival(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(asked): Body<Refuse>,
) -> Result<Json<GateDecisionView>, ApiError> {
    let said = asked.note.as_deref().is_some_and(|note| !note.trim().is_empty());
    if asked.reason == RefusalReason::Other && !said {
        return Err(ApiError::bad_request("note_needed", "Lý do khác thì phải ghi rõ trong ghi chú."));
    }
    let screen = OnScreen { revision: asked.revision, look: asked.look, note: asked.note, decided: asked.decided };
    let reason = Some(asked.reason.as_str());
    let (row, decision) = decide(&people, &authz, id, GateVerdictWord::Refuse, &screen, reason).await?;
    let view = match row.request {
        Some(request) => {
            let sent = people.desk.withdraw(&node_of(&row)?, &gate_of(&row)?, RequestId(request), decision);
            GateDecisionView::told(decision, sent)
        }
        None => GateDecisionView::of(decision, None),
    };
    Ok(Json(view))
}
