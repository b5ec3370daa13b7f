//! `POST /api/v1/session`: sign in. One answer for an unknown account, a wrong password and an account switched off, and it
//! takes equally long. The session and its audit records are committed together.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::IntoResponse;
use serde::Deserialize;
use utoipa::ToSchema;

use super::SessionView;
use crate::api::extract::{Address, Body};
use crate::api::{ApiError, People};
use crate::audit::{self, Actor, Entry};
use crate::auth::{Purpose, begin_session, check_password, set_cookie};

/// Name and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    /// The account's name.
    pub user: String,
    /// Its password.
    pub password: String,
}

/// Sign in.
#[utoipa::path(post, path = "/api/v1/session", tag = "session", request_body = SignIn,
    responses((status = 200, description = "Signed in; the session is in the cookie", body = SessionView),
        (status = 401, description = "Name or password wrong", body = crate::api::error::ErrorEnvelope),
        (status = 429, description = "Locked out for a while", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn create_session(
    State(people): State<Arc<People>>,
    Address(address): Address,
    Body(asked): Body<SignIn>,
) -> Result<impl IntoResponse, ApiError> {
    let means = &people.means;
    let who = check_password(&means.db, &*means.clock, &asked.user, &asked.password, &address)
        .await
        .inspect_err(|_| tracing::info!("a sign-in was refused"))?;
    let mut tx = people.write().await?;
    let session = begin_session(&mut tx, &*means.clock, &*means.ids, &means.random, who).await?;
    let mut told = BTreeSet::new();
    for grant in &session.grants {
        if told.insert(&grant.controller) {
            let actor = Actor::at_sign_in(&session, grant.role);
            let entry = Entry::new(Some(actor), "session.begin", Purpose::Session);
            audit::append(&mut tx, &grant.controller, people.now(), entry).await?;
        }
    }
    tx.commit().await?;
    tracing::info!(session.id = %session.session_id, "session {} began", session.session_id);
    let cookie = set_cookie(Some(&session.token), people.secure_cookies);
    Ok(([(SET_COOKIE, cookie)], Json(SessionView::from(&session))))
}
