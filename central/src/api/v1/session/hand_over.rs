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
use crate::auth::{AuthError, Authz, Purpose, Role, begin_session, check_password, end_session, set_cookie};
use crate::store::handovers::{self, NewHandover};
use crate::store::{arrivals, desk_pins};

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
        .map_err(ApiError::of_a_password_asked_again)?;
    let mut tx = people.write().await?;
    let next = begin_session(&mut tx, &*means.clock, &*means.ids, &means.random, who).await?;
    if next.user_id == officer.user() {
        return Err(ApiError::new(StatusCode::CONFLICT, "same_person", "Người nhận ca phải là người khác."));
    }
    let of_this_desk = next.grants.iter().any(|g| g.controller == *controller && g.role == Role::Desk);
    if !of_this_desk || !next.interactive {
        return Err(AuthError::Forbidden.into());
    }
    // More than a desk's password is asked of an administrator; that is the ordinary way in's business.
    if next.grants.iter().any(|g| g.role == Role::Administrator) {
        let words = "Tài khoản quản trị phải đăng xuất và đăng nhập theo cách thường.";
        return Err(ApiError::new(StatusCode::CONFLICT, "sign_in_alone", words));
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
    let has_pin = desk_pins::hash_of(&mut tx, next.user_id).await?.is_some();
    tx.commit().await?;
    tracing::info!(session.id = %next.session_id, "session {} took a desk over", next.session_id);
    let cookie = set_cookie(Some(&next.token), people.secure_cookies);
    Ok(([(SET_COOKIE, cookie)], Json(SessionView::of(&next, has_pin))))
}
