//! `GET /api/v1/cameras/{site}/{node}/{camera}/lines`: the lines and zones in force on a camera's picture, out of its node's newest
//! signed rules, and the revision its node says it has applied.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::bundle::BundleKind;
use contract::downlink::Birth;
use contract::ids::NodeAddress;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::camera_of;
use crate::api::extract::PathCamera;
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::devices::{self, DrawnLine};
use crate::fleet::CameraInForce;
use crate::store::fleet as fleet_table;

/// Lines and zones of a camera.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CameraLines {
    /// The newest revision of the node's rules; to be quoted when they are changed.
    pub revision: u64,
    /// The revision the node says it has in force; null until it has said so.
    pub node_revision: Option<u64>,
    /// Can they be changed here?
    pub editable: bool,
    /// Why not, in words.
    pub why_not: Option<String>,
    /// What the lines count: `persons` or `vehicles`.
    pub counts: String,
    /// The lines.
    pub lines: Vec<LineView>,
    /// The zones: the ground before each gate.
    pub zones: Vec<ZoneView>,
}

/// A line.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LineView {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its two ends as shares of the picture, x to the right, y down. `in` goes from the left of first→second to its right.
    pub points: Vec<[f64; 2]>,
    /// What rests on it.
    pub used_by: Vec<UsedByView>,
}

/// What rests on a line.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UsedByView {
    /// `door` or `wrong_way`.
    pub kind: String,
    /// The gate's or the rule's name.
    pub name: String,
}

/// A zone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ZoneView {
    /// The gate it lies before.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its corners as shares of the picture.
    pub points: Vec<[f64; 2]>,
}

/// A line as drawn.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LineDrawn {
    /// Its id: 1 to 40 of a-z, 0-9 and `-`.
    pub id: String,
    /// What people call it, 1 to 80 characters.
    pub name: String,
    /// Its two ends as shares of the picture.
    pub points: Vec<[f64; 2]>,
}

impl From<LineDrawn> for DrawnLine {
    fn from(line: LineDrawn) -> Self {
        Self { id: line.id, name: line.name, points: line.points }
    }
}

/// The lines and zones of a camera.
#[utoipa::path(get, path = "/api/v1/cameras/{site}/{node}/{camera}/lines", tag = "devices",
    params(("site" = String, Path, description = "The place"), ("node" = String, Path, description = "The node"),
        ("camera" = String, Path, description = "The camera"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "What is in force", body = CameraLines),
        (status = 409, description = "Decided at its own site", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn get_lines(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathCamera(node, camera): PathCamera,
) -> Result<Json<CameraLines>, ApiError> {
    let mut conn = people.db().read().await?;
    let there = camera_of(&mut conn, authz.controller(), &node, &camera).await?;
    Ok(Json(shown(&mut conn, &node, &there).await?))
}

/// What is in force, as it is shown.
pub(super) async fn shown(
    conn: &mut sqlx::AnyConnection,
    node: &NodeAddress,
    there: &CameraInForce,
) -> Result<CameraLines, ApiError> {
    let birth = fleet_table::node(conn, node).await?.and_then(|node| node.birth);
    let node_revision = birth
        .and_then(|text| serde_json::from_str::<Birth>(&text).ok())
        .and_then(|birth| birth.bundle_revisions.get(&BundleKind::Rules).copied());
    let rules = serde_json::from_value(there.rules.clone());
    let why_not =
        rules.is_err().then(|| "Gói rules đang có không đọc được: hãy phát hành lại bằng dòng lệnh.".to_owned());
    let in_force = devices::in_force(&rules.unwrap_or_default(), &there.camera);
    Ok(CameraLines {
        revision: there.revision,
        node_revision,
        editable: why_not.is_none(),
        why_not,
        counts: in_force.counts.to_owned(),
        lines: in_force
            .lines
            .into_iter()
            .map(|line| LineView {
                id: line.id,
                name: line.name,
                points: line.points.to_vec(),
                used_by: line
                    .used_by
                    .into_iter()
                    .map(|used| UsedByView { kind: used.kind.to_owned(), name: used.name })
                    .collect(),
            })
            .collect(),
        zones: in_force
            .zones
            .into_iter()
            .map(|zone| ZoneView { id: zone.id, name: zone.name, points: zone.points })
            .collect(),
    })
}
