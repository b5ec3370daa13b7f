//! `POST /api/v1/users/{id}/sessions/end`: ends one session of an account, or all of them, at once. One's own may be ended too:
//! that is signing out somewhere else.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{account_here, administrator, on_record};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::{Authz, may_handle};
use crate::store::sessions;

/// Which sessions.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndSessions {
    /// This one; left out: all.
    #[serde(default)]
    pub session: Option<Uuid>,
}

/// End sessions of an account.
#[utoipa::path(post, path = "/api/v1/users/{id}/sessions/end", tag = "users", request_body = EndSessions,
    params(("id" = uuid::Uuid, Path, description = "The account"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 204, description = "Over"),
        (status = 403, description = "`other_bodies`", body = crate::api::error::ErrorEnvelope),
        (status = 404, description = "No such account here, or no such open session of it", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn end_user_sessions(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(user): PathId,
    Body(asked): Body<EndSessions>,
) -> Result<StatusCode, ApiError> {
    let by = administrator(&authz)?;
    let mut tx = people.write().await?;
    let account = account_here(&mut tx, &authz, user).await?;
    if by.user() != user {
        may_handle(&mut tx, &by, user).await?;
    }
    let detail = asked.session.map_or_else(|| "all".to_owned(), |session| session.to_string());
    on_record(&mut tx, &people, &authz, ("users.sessions.end", &account, &detail)).await?;
    let now = people.now().0;
    match asked.session {
        Some(session) => {
            if !sessions::end_of(&mut tx, user, session, now).await? {
                return Err(ApiError::not_found());
            }
        }
        None => sessions::end_all(&mut tx, user, now).await?,
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
