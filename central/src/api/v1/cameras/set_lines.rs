//! `PUT /api/v1/cameras/{site}/{node}/{camera}/lines`: the lines of a camera and the corners of its zones, as a person has drawn
//! them. They go down as the next revision of the node's signed rules, in which everything else is as it was; whoever drew on
//! an older revision is told.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use contract::settings::Fault;
use serde::Deserialize;
use utoipa::ToSchema;

use super::camera_of;
use super::lines::{CameraLines, LineDrawn, shown};
use crate::api::extract::{Body, PathCamera};
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{AuthError, Authz};
use crate::devices::{self, Drawing, DrawnZone};
use crate::fleet::{self, CameraInForce};

/// How long a reason is.
const REASON_CHARS: std::ops::RangeInclusive<usize> = 5..=500;

/// A drawing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinesDrawn {
    /// `revision` of what was drawn on.
    pub revision: u64,
    /// All lines of the camera: one that is left out is taken away.
    pub lines: Vec<LineDrawn>,
    /// The zones that were moved; one that is left out stays as it is.
    #[serde(default)]
    pub zones: Vec<ZoneDrawn>,
    /// Why, 5 to 500 characters; it stands in the audit log.
    pub reason: String,
}

/// A zone as drawn.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ZoneDrawn {
    /// The gate it lies before.
    pub id: String,
    /// Its corners as shares of the picture, 3 to 16.
    pub points: Vec<[f64; 2]>,
}

/// Draw a camera's lines and zones anew.
#[utoipa::path(put, path = "/api/v1/cameras/{site}/{node}/{camera}/lines", tag = "devices", request_body = LinesDrawn,
    params(("site" = String, Path, description = "The place"), ("node" = String, Path, description = "The node"),
        ("camera" = String, Path, description = "The camera"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Signed; the node applies it within a minute, and says so", body = CameraLines),
        (status = 409, description = "Another revision is in force, or decided at its own site", body = crate::api::error::ErrorEnvelope),
        (status = 422, description = "Every fault of the drawing", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn set_lines(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathCamera(node, camera): PathCamera,
    Body(drawn): Body<LinesDrawn>,
) -> Result<Json<CameraLines>, ApiError> {
    authz.officer().ok_or(AuthError::PersonNeeded)?;
    let (controller, now) = (authz.controller(), people.now());
    let mut tx = people.write().await?;
    let there = camera_of(&mut tx, controller, &node, &camera).await?;
    if there.revision != drawn.revision {
        return Err(ApiError::new(
            StatusCode::CONFLICT,
            "revision_changed",
            format!(
                "Vạch đã được thay đổi từ khi bạn mở (bản {} thay cho bản {}). Hãy tải lại rồi vẽ tiếp.",
                there.revision, drawn.revision
            ),
        ));
    }
    let reason = drawn.reason.trim().to_owned();
    let drawing = Drawing {
        lines: drawn.lines.into_iter().map(Into::into).collect(),
        zones: drawn.zones.into_iter().map(|zone| DrawnZone { id: zone.id, points: zone.points }).collect(),
    };
    let redrawn = devices::redraw(&there.rules, &there.cameras, &there.camera, &drawing);
    let mut faults = redrawn.as_ref().err().cloned().unwrap_or_default();
    if !REASON_CHARS.contains(&reason.chars().count()) || reason.contains('\0') {
        faults.push(Fault::new("reason", "hãy ghi lý do, 5 đến 500 ký tự", "a reason of 5 to 500 characters"));
    }
    let (Ok(rules), true) = (redrawn, faults.is_empty()) else { return Err(ApiError::faulty(faults)) };
    let revision = fleet::publish_rules(&mut tx, &people.office.key, &node, rules.clone(), now).await?;
    let entry = Entry::by(&authz, "cameras.set_lines")
        .with_object(format!("{node}/{camera}"))
        .with_detail(format!("rules revision {revision}: {reason}"));
    audit::append(&mut tx, controller, now, entry).await?;
    let there = CameraInForce { rules, revision, ..there };
    let shown = shown(&mut tx, &node, &there).await?;
    tx.commit().await?;
    tracing::info!(node = %node, camera.id = %camera, "lines of camera {camera} of node {node} are drawn anew: rules revision {revision}");
    Ok(Json(shown))
}
