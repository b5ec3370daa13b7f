//! `POST /api/v1/arrivals/{id}/not-this-person`: a guard says that somebody is not the enrolled person the machine took them
//! for. The node asks a person about that likeness from now on; whether to let in is another decision.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::ids::{EnrolmentId, PassageId};

use super::{GateDecisionView, OnScreen, decide, node_of};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::visits::GateVerdictWord;

/// Not this person.
#[utoipa::path(post, path = "/api/v1/arrivals/{id}/not-this-person", tag = "gates", request_body = OnScreen,
    params(("id" = uuid::Uuid, Path, description = "The arrival"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Noted, and told to the node", body = GateDecisionView),
        (status = 403, description = "Not a guard in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Changed since, over, or nobody was named", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn not_this_person(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(screen): Body<OnScreen>,
) -> Result<Json<GateDecisionView>, ApiError> {
    let (row, decision) = decide(&people, &authz, id, GateVerdictWord::NotThisPerson, &screen, None).await?;
    let sent = row.enrolment.is_some_and(|enrolment| {
        node_of(&row)
            .is_ok_and(|node| people.desk.not_this_person(&node, PassageId(id), EnrolmentId(enrolment), decision))
    });
    Ok(Json(GateDecisionView::told(decision, sent)))
}
