//! `GET /api/v1/session`: who is signed in.

use axum::Json;

use super::SessionView;
use crate::auth::Authz;

/// Who is signed in.
#[utoipa::path(get, path = "/api/v1/session", tag = "session",
    responses((status = 200, description = "The session", body = SessionView),
        (status = 401, description = "Nobody", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn get_session(authz: Authz) -> Json<SessionView> {
    Json(SessionView::from(authz.session()))
}
