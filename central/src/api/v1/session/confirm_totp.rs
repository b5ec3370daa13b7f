//! `POST /api/v1/session/totp/proof`: the second factor that was begun is in force once a code of it is shown. The account's
//! other sessions end: they were begun without one.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::SessionView;
use crate::api::extract::Body;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{Authz, Must, confirm_second_factor};

/// A code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmTotp {
    /// The one-time code of this moment, six digits.
    pub code: String,
}

/// Put the second factor in force.
#[utoipa::path(post, path = "/api/v1/session/totp/proof", tag = "session", request_body = ConfirmTotp,
    responses((status = 200, description = "In force", body = SessionView),
        (status = 401, description = "`wrong_code`", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "None was begun, or one is in force", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn confirm_totp(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<ConfirmTotp>,
) -> Result<Json<SessionView>, ApiError> {
    let mut tx = people.write().await?;
    let mut session = authz.session().clone();
    confirm_second_factor(&mut tx, &*people.means.clock, &*people.office.vault, &session, &asked.code).await?;
    audit::append(&mut tx, authz.controller(), people.now(), Entry::by(&authz, "session.totp.confirm")).await?;
    tx.commit().await?;
    session.has_second_factor = true;
    session.must = session.must.filter(|must| *must != Must::EnrolSecondFactor);
    Ok(Json(SessionView::from(&session)))
}
