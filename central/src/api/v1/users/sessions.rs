//! `GET /api/v1/users/{id}/sessions`: what an account has open. No address is kept of a session, and none is shown.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::{account_here, on_record};
use crate::api::extract::PathId;
use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::auth::{ABSOLUTE_US, Authz, IDLE_US};
use crate::store::sessions;

/// Sessions that are open.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionList {
    /// Newest first.
    pub items: Vec<OpenSessionView>,
}

/// A session.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenSessionView {
    /// Its id, which is no secret.
    pub id: String,
    /// When it began.
    pub began_at: Moment,
    /// When it was used last, to the minute.
    pub last_seen_at: Moment,
    /// It is the session of whoever asks.
    pub this: bool,
}

/// Open sessions of an account.
#[utoipa::path(get, path = "/api/v1/users/{id}/sessions", tag = "users",
    params(("id" = uuid::Uuid, Path, description = "The account"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The sessions", body = SessionList),
        (status = 404, description = "No such account here", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn list_user_sessions(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(user): PathId,
) -> Result<Json<SessionList>, ApiError> {
    let mut tx = people.write().await?;
    let account = account_here(&mut tx, &authz, user).await?;
    on_record(&mut tx, &people, &authz, ("users.sessions", &account, "")).await?;
    let now = people.now().0;
    let open = sessions::open(&mut tx, user, (now - ABSOLUTE_US, now - IDLE_US)).await?;
    tx.commit().await?;
    let items = open
        .into_iter()
        .map(|session| OpenSessionView {
            id: session.session_id.to_string(),
            began_at: Moment::of(session.created_at),
            last_seen_at: Moment::of(session.last_seen_at),
            this: session.session_id == authz.session().session_id,
        })
        .collect();
    Ok(Json(SessionList { items }))
}
