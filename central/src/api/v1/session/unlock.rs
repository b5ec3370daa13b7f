//! `POST /api/v1/session/unlock`: opens a locked screen with its guard's PIN. Too many wrong ones end the session.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::extract::Body;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{Authz, check_pin, open_screen};

/// What opens it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Unlock {
    /// The PIN.
    pub pin: String,
}

/// Open the screen.
#[utoipa::path(post, path = "/api/v1/session/unlock", tag = "session", request_body = Unlock,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 204, description = "Open"),
        (status = 401, description = "Too many wrong PINs: the session is over", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "The PIN is wrong", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn unlock_session(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<Unlock>,
) -> Result<StatusCode, ApiError> {
    check_pin(&people.means, authz.session(), &asked.pin).await?;
    let mut tx = people.write().await?;
    open_screen(&mut tx, authz.session()).await?;
    audit::append(&mut tx, authz.controller(), people.now(), Entry::by(&authz, "session.unlock")).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
