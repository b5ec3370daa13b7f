//! `POST /api/v1/session/lock`: locks a desk's screen. Until its PIN opens it the session sees who waits, and how long, and
//! nothing else: no picture, no name, no decision.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{Authz, lock_screen};

/// Lock the screen.
#[utoipa::path(post, path = "/api/v1/session/lock", tag = "session",
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 204, description = "Locked"),
        (status = 409, description = "No PIN was set: nothing could open the lock", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn lock_session(authz: Authz, State(people): State<Arc<People>>) -> Result<StatusCode, ApiError> {
    let mut tx = people.write().await?;
    lock_screen(&mut tx, authz.session(), people.now()).await?;
    audit::append(&mut tx, authz.controller(), people.now(), Entry::by(&authz, "session.lock")).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
