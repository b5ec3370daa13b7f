//! `POST /api/v1/visits/{id}/host-answer`: what the host said when called, or that nobody took the call. It decides nothing.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, VisitView, note, step};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::visits::{HostAnswer, VisitStep};

/// What was said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteHostAnswer {
    /// `revision` of the visit on the screen.
    pub revision: i64,
    /// The answer.
    pub answer: HostAnswer,
    /// A free note, at most 300 characters.
    pub note: Option<String>,
}

/// Note the host's answer.
#[utoipa::path(post, path = "/api/v1/visits/{id}/host-answer", tag = "visits", request_body = NoteHostAnswer,
    params(("id" = uuid::Uuid, Path, description = "The visit"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Noted", body = VisitView),
        (status = 403, description = "Not a guard in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Changed since, decided, or nobody was called", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn note_host_answer(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(asked): Body<NoteHostAnswer>,
) -> Result<Json<VisitView>, ApiError> {
    let said = Said { revision: asked.revision, note: note(asked.note.as_deref())?, ..Said::default() };
    step(&people, &authz, id, VisitStep::HostAnswer(asked.answer), said).await.map(Json)
}
