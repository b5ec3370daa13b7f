//! `POST /api/v1/cameras/{site}/{node}/{camera}/still`: what a camera shows at this moment, as its node has pixelated it: whether it
//! looks where it should, and nobody's face. The clear picture never leaves the node on this way. The centre hands it on and
//! keeps nothing.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use contract::wish::StillView;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{camera_of, hand_on, new_wish, no_still, not_asked};
use crate::api::extract::{Body, PathCamera};
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::devices::Answer;

/// Nothing is asked besides.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StillWanted {}

/// A pixelated picture of this moment.
#[utoipa::path(post, path = "/api/v1/cameras/{site}/{node}/{camera}/still", tag = "devices", request_body = StillWanted,
    params(("site" = String, Path, description = "The place"), ("node" = String, Path, description = "The node"),
        ("camera" = String, Path, description = "The camera"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The picture; x-chilang-captured-at says when it was captured", content_type = "image/jpeg"),
        (status = 409, description = "No fresh frame, no such camera at work, or decided at its own site", body = crate::api::error::ErrorEnvelope),
        (status = 429, description = "Asked a moment ago", body = crate::api::error::ErrorEnvelope),
        (status = 504, description = "The node did not answer in eight seconds", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn take_still(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathCamera(node, camera): PathCamera,
    Body(StillWanted {}): Body<StillWanted>,
) -> Result<Response, ApiError> {
    camera_of(&mut *people.db().read().await?, authz.controller(), &node, &camera).await?;
    match people.wishes.still(&node, &camera, StillView::Pixelated, new_wish(&people)).await.map_err(not_asked)? {
        Answer::Picture(picture) => Ok(hand_on(picture)),
        Answer::NoStill(why) => Err(no_still(why)),
        // It was sent as an answer to something else, which is never brought here.
        Answer::Trial(_) => Err(ApiError::not_found()),
    }
}
