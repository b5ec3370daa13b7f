//! `POST /api/v1/session/pin`: sets the PIN that opens one's own locked screen; the password is asked for once more.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::extract::{Address, Body};
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{Authz, check_password, hash_pin, keep_pin};

/// The PIN, and who says so.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetPin {
    /// The account's password.
    pub password: String,
    /// Four to eight digits, not all the same.
    pub pin: String,
}

/// Set one's own PIN.
#[utoipa::path(post, path = "/api/v1/session/pin", tag = "session", request_body = SetPin,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 204, description = "Set"),
        (status = 400, description = "No PIN", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "The password is wrong", body = crate::api::error::ErrorEnvelope),
        (status = 429, description = "Locked out for a while", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn set_pin(
    authz: Authz,
    State(people): State<Arc<People>>,
    Address(address): Address,
    Body(asked): Body<SetPin>,
) -> Result<StatusCode, ApiError> {
    let hash = hash_pin(&asked.pin).await?;
    let means = &people.means;
    let name = &authz.session().name;
    let who = check_password(&means.db, &*means.clock, name, &asked.password, address.as_deref())
        .await
        .map_err(ApiError::of_own_password)?;
    let mut tx = people.write().await?;
    keep_pin(&mut tx, &who, &hash, people.now()).await?;
    audit::append(&mut tx, authz.controller(), people.now(), Entry::by(&authz, "session.set_pin")).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
