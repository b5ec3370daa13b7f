//! `GET /api/v1/session`: who is signed in.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::SessionView;
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::store::desk_pins;

/// Who is signed in.
#[utoipa::path(get, path = "/api/v1/session", tag = "session",
    responses((status = 200, description = "The session", body = SessionView),
        (status = 401, description = "Nobody", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn get_session(
    authz: Authz,
    State(people): State<Arc<People>>,
) -> Result<Json<SessionView>, ApiError> {
    let mut conn = people.db().read().await?;
    let has_pin = desk_pins::hash_of(&mut conn, authz.session().user_id).await?.is_some();
    Ok(Json(SessionView::of(authz.session(), has_pin)))
}
