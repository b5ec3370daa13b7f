//! `POST /api/v1/session/hand-over`: one guard hands the desk to the next (*bàn giao ca*) without the screen going dark. The next
//! one's password is checked like at any sign-in; the session before ends in the transaction that begins the next.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::IntoResponse;
use contract::clock::MINUTE_US;
use serde::Deserialize;
use utoipa::ToSchema;

use super::SessionView;
use crate::api::extract::{Address, Body};
use crate::api::v1::arrivals::check_note;
use crate::api::{ApiError, People};
use crate::audit::{self, Actor, Entry};
use crate::auth::{
    AuthError, Authz, Purpose, Role, begin_session, check_code, check_password, end_session, set_cookie,
};
use crate::store::arrivals;
use crate::store::handovers::{self, NewHandover};

/// Whoever waits longer than this without being seen is gone.
const SEEN_WITHIN_US: i64 = 10 * MINUTE_US;
const MOST: i64 = 200;

/// Who comes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HandOver {
    /// The next guard's account.
    pub user: String,
    /// The next guard's password.
    pub password: String,
    /// What the next guard has to know, at most 500 characters.
    pub note: Option<String>,
}

fn sign_in_alone() -> ApiError {
    let words = "Tài khoản này phải đăng nhập theo cách thường: bàn trực hiện tại hãy đăng xuất trước.";
    ApiError::new(StatusCode::CONFLICT, "sign_in_alone", words)
}

/// What was wrong with the next guard ends no session, so it is no 401.
fn not_taken(error: AuthError) -> ApiError {
    match error {
        AuthError::WrongCredentials => {
            ApiError::new(StatusCode::FORBIDDEN, "wrong_credentials", "Tên đăng nhập hoặc mật khẩu không đúng.")
        }
        AuthError::CodeNeeded => sign_in_alone(),
        other => other.into(),
    }
}

/// Hand the desk over.
#[utoipa::path(post, path = "/api/v1/session/hand-over", tag = "session", request_body = HandOver,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Handed over; the next guard's session is in the cookie", body = SessionView),
        (status = 403, description = "Name or password wrong, or not a guard of this body", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "The same person, or one who must sign in alone", body = crate::api::error::ErrorEnvelope),
        (status = 429, description = "Locked out for a while", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn hand_over(
    authz: Authz,
    State(people): State<Arc<People>>,
    Address(address): Address,
    Body(asked): Body<HandOver>,
) -> Result<impl IntoResponse, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    check_note(asked.note.as_deref())?;
    let note = asked.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    let (controller, means, now) = (authz.controller(), &people.means, people.now());
    let who = check_password(&means.db, &*means.clock, &asked.user, &asked.password, address.as_deref())
        .await
        .inspect_err(|_| tracing::info!("a change of shift was refused"))
        .map_err(not_taken)?;
    let who = check_code(&means.db, &*means.clock, &*people.office.vault, who, None).await.map_err(not_taken)?;
    let mut tx = people.write().await?;
    let next = begin_session(&mut tx, &*means.clock, &*means.ids, &means.random, who).await?;
    if next.user_id == officer.user() {
        return Err(ApiError::new(StatusCode::CONFLICT, "same_person", "Người nhận ca phải là người khác."));
    }
    let of_this_desk = next.grants.iter().any(|g| g.controller == *controller && g.role == Role::Desk);
    if !of_this_desk || !next.interactive {
        return Err(AuthError::Forbidden.into());
    }
    // Whoever has something to do first does it on the ordinary way in.
    if next.must.is_some() {
        return Err(sign_in_alone());
    }
    let since = now.plus_us(-SEEN_WITHIN_US);
    let waiting = arrivals::open(&mut tx, controller.as_str(), since, MOST).await?;
    let waiting = waiting.iter().filter(|row| row.request.is_some()).count();
    let new = NewHandover {
        handover: means.ids.next(now),
        controller: controller.as_str(),
        from: (officer.user(), officer.session()),
        to: (next.user_id, next.session_id),
        waiting: i64::try_from(waiting).unwrap_or(i64::MAX),
        note,
        at: now.0,
    };
    handovers::insert(&mut tx, &new).await?;
    end_session(&mut tx, &*means.clock, authz.session()).await?;
    let entry = Entry::by(&authz, "session.hand_over").with_detail(format!("handover {}", new.handover));
    audit::append(&mut tx, controller, now, entry).await?;
    let actor = Actor::at_sign_in(&next, Role::Desk);
    audit::append(&mut tx, controller, now, Entry::new(Some(actor), "session.begin", Purpose::Session)).await?;
    tx.commit().await?;
    tracing::info!(session.id = %next.session_id, "session {} took a desk over", next.session_id);
    let cookie = set_cookie(Some(&next.token), people.secure_cookies);
    Ok(([(SET_COOKIE, cookie)], Json(SessionView::from(&next))))
}
