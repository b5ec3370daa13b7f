//! `POST /api/v1/cameras/{site}/{node}/{camera}/clear-still`: what a camera shows at this moment, clear, for a guard of the body
//! answerable for it. Who asked, and why, is on record before the node is asked; the centre hands the picture on and keeps
//! nothing.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use contract::wish::StillView;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{camera_of, hand_on, new_wish, no_still, not_asked};
use crate::api::extract::{Body, PathCamera};
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{AuthError, Authz};
use crate::devices::Answer;

/// How long a purpose is.
const PURPOSE_CHARS: std::ops::RangeInclusive<usize> = 5..=200;

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClearWanted {
    /// What it is needed for, 5 to 200 characters; it stands in the audit log.
    pub purpose: String,
}

/// A clear picture of this moment.
#[utoipa::path(post, path = "/api/v1/cameras/{site}/{node}/{camera}/clear-still", tag = "gates", request_body = ClearWanted,
    params(("site" = String, Path, description = "The place"), ("node" = String, Path, description = "The node"),
        ("camera" = String, Path, description = "The camera"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The picture; x-chilang-captured-at says when it was captured", content_type = "image/jpeg"),
        (status = 400, description = "No purpose is given", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "No fresh frame, no such camera at work, or decided at its own site", body = crate::api::error::ErrorEnvelope),
        (status = 429, description = "Asked a moment ago", body = crate::api::error::ErrorEnvelope),
        (status = 504, description = "The node did not answer in eight seconds", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn take_clear_still(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathCamera(node, camera): PathCamera,
    Body(asked): Body<ClearWanted>,
) -> Result<Response, ApiError> {
    authz.officer().ok_or(AuthError::PersonNeeded)?;
    let purpose = asked.purpose.trim();
    if !PURPOSE_CHARS.contains(&purpose.chars().count()) || purpose.contains('\0') {
        return Err(ApiError::bad_request(
            "purpose_needed",
            "Hãy ghi mục đích xem hình rõ (5 đến 200 ký tự); mục đích được ghi vào nhật ký.",
        ));
    }
    let controller = authz.controller();
    let mut tx = people.write().await?;
    camera_of(&mut tx, controller, &node, &camera).await?;
    let entry = Entry::by(&authz, "cameras.clear_still").with_object(format!("{node}/{camera}")).with_detail(purpose);
    audit::append(&mut tx, controller, people.now(), entry).await?;
    tx.commit().await?;
    match people.wishes.still(&node, &camera, StillView::Clear, new_wish(&people)).await.map_err(not_asked)? {
        Answer::Picture(picture) => Ok(hand_on(picture)),
        Answer::NoStill(why) => Err(no_still(why)),
        // It was sent as an answer to something else, which is never brought here.
        Answer::Trial(_) => Err(ApiError::not_found()),
    }
}
