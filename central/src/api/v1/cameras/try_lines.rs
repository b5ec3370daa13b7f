//! `POST /api/v1/cameras/{site}/{node}/{camera}/lines/preview`: what lines that are drawn anew would have counted today. The node
//! counts the ways it remembers, points only and nobody's, against them; nothing is changed by it and nothing of it is kept.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::lines::LineDrawn;
use super::{camera_of, new_wish, no_still, not_asked};
use crate::api::extract::{Body, PathCamera};
use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::devices::{self, Answer};

/// The lines.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinesToTry {
    /// The lines, at most 32.
    pub lines: Vec<LineDrawn>,
}

/// What they would have counted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TriedLines {
    /// The oldest way remembered is of this minute; null when none is. The memory begins anew at midnight and when the node
    /// starts.
    pub since: Option<Moment>,
    /// When they were tried.
    pub until: Moment,
    /// How many ways are remembered.
    pub tracks: u32,
    /// By line, in the order given.
    pub lines: Vec<TriedLine>,
}

/// What one line would have counted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TriedLine {
    /// Its id.
    pub id: String,
    /// From its left to its right.
    #[serde(rename = "in")]
    pub entered: u32,
    /// From its right to its left.
    pub out: u32,
    /// In doubt, contained in neither.
    pub doubtful: u32,
}

/// Try lines on today's ways.
#[utoipa::path(post, path = "/api/v1/cameras/{site}/{node}/{camera}/lines/preview", tag = "devices", request_body = LinesToTry,
    params(("site" = String, Path, description = "The place"), ("node" = String, Path, description = "The node"),
        ("camera" = String, Path, description = "The camera"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "What they would have counted", body = TriedLines),
        (status = 409, description = "No such camera at work, or decided at its own site", body = crate::api::error::ErrorEnvelope),
        (status = 422, description = "Every fault of the lines", body = crate::api::error::ErrorEnvelope),
        (status = 429, description = "Asked a moment ago", body = crate::api::error::ErrorEnvelope),
        (status = 504, description = "The node did not answer in eight seconds", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn try_lines(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathCamera(node, camera): PathCamera,
    Body(asked): Body<LinesToTry>,
) -> Result<Json<TriedLines>, ApiError> {
    camera_of(&mut *people.db().read().await?, authz.controller(), &node, &camera).await?;
    let drawn: Vec<_> = asked.lines.into_iter().map(Into::into).collect();
    let lines = devices::trial(&drawn).map_err(ApiError::faulty)?;
    match people.wishes.try_lines(&node, &camera, lines, new_wish(&people)).await.map_err(not_asked)? {
        Answer::Trial(trial) => Ok(Json(TriedLines {
            since: trial.since.map(Moment::from),
            until: trial.until.into(),
            tracks: trial.tracks,
            lines: trial
                .lines
                .into_iter()
                .map(|line| TriedLine {
                    id: line.line.to_string(),
                    entered: line.entered,
                    out: line.left,
                    doubtful: line.doubtful,
                })
                .collect(),
        })),
        Answer::NoStill(why) => Err(no_still(why)),
        // It was sent as an answer to something else, which is never brought here.
        Answer::Picture(_) => Err(ApiError::not_found()),
    }
}
