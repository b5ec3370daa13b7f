//! `DELETE /api/v1/session`: sign out. The token is worthless from here on, wherever a copy of it may be.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::IntoResponse;

use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{Authz, end_session, set_cookie};

/// Sign out.
#[utoipa::path(delete, path = "/api/v1/session", tag = "session",
    responses((status = 204, description = "Signed out"),
        (status = 401, description = "Nobody", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn delete_session(
    authz: Authz,
    State(people): State<Arc<People>>,
) -> Result<impl IntoResponse, ApiError> {
    let mut tx = people.write().await?;
    end_session(&mut tx, &*people.means.clock, authz.session()).await?;
    let entry = Entry::by(&authz, "session.end");
    audit::append(&mut tx, authz.controller(), people.now(), entry).await?;
    tx.commit().await?;
    let cookie = set_cookie(None, people.secure_cookies);
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]))
}
