//! `POST /api/v1/session/password`: whoever sits here chooses another password, and shows that the current one is known. A wrong
//! one counts as a failed sign-in does. The account's other sessions end.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::SessionView;
use crate::api::extract::{Address, Body};
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{AuthError, Authz, SecretToken, Use, change_own_password, check_password, check_policy, session_of};

/// Two passwords.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangePassword {
    /// The one in force.
    pub current: String,
    /// The one that is to be.
    pub new: String,
}

/// Change one's own password.
#[utoipa::path(post, path = "/api/v1/session/password", tag = "session", request_body = ChangePassword,
    responses((status = 200, description = "Changed; other sessions of the account are over", body = SessionView),
        (status = 400, description = "The new one is not taken", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "`wrong_password`: the current one is another", body = crate::api::error::ErrorEnvelope),
        (status = 429, description = "Too many wrong ones", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn change_password(
    authz: Authz,
    State(people): State<Arc<People>>,
    Address(address): Address,
    Body(asked): Body<ChangePassword>,
) -> Result<Json<SessionView>, ApiError> {
    let (means, session) = (&people.means, authz.session());
    // First what is wrong with the new one: whoever looks for a good one must not be locked out by it.
    check_policy(&session.name, &asked.new).map_err(AuthError::from)?;
    if asked.current == asked.new {
        return Err(AuthError::SamePassword.into());
    }
    check_password(&means.db, &*means.clock, &session.name, &asked.current, address.as_deref())
        .await
        .map_err(ApiError::of_own_password)?;
    let mut tx = people.write().await?;
    change_own_password(&mut tx, &*means.clock, session, (&asked.current, &asked.new)).await?;
    audit::append(&mut tx, authz.controller(), people.now(), Entry::by(&authz, "session.password")).await?;
    tx.commit().await?;
    // What else has to be done is judged anew.
    let token = SecretToken::from_client(session.token.reveal());
    let session = session_of(&means.db, &*means.clock, token, Use::ByHand).await?;
    Ok(Json(SessionView::from(&session)))
}
