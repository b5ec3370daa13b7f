//! `GET /api/v1/gates`: the gates of a controller and who stands there now, without a name. The registrar, who only has to name gates,
//! learns of nobody who stands there.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::clock::{HOUR_US, MINUTE_US, UtcMicros};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::text::{Moment, stored_json};
use crate::api::v1::arrivals::ArrivalView;
use crate::api::v1::arrivals::verify::VerifyingView;
use crate::api::v1::cameras::list::state_of;
use crate::api::{ApiError, People};
use crate::auth::{Authz, Role};
use crate::fleet;
use crate::people::nodes_with_gates;
use crate::store::desk_marks::{self, AlertRow};
use crate::store::nodes_read::{self, CameraRow};
use crate::store::{arrivals, fleet as nodes};

/// Whoever was not seen for longer is not shown: the node closes what it leaves open, but it may be away.
const SEEN_WITHIN_US: i64 = 10 * MINUTE_US;
const MOST: i64 = 200;
/// An alert nobody has seen is shown for a shift.
const ALERT_LASTS_US: i64 = 12 * HOUR_US;
/// More at once are one trouble, not a list to work off.
const MOST_ALERTS: i64 = 20;

/// Every gate of the controller.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GateList {
    /// The gates, by place, node and name.
    pub items: Vec<GateView>,
    /// Always null: there is one page.
    pub next: Option<String>,
}

/// A gate.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GateView {
    /// The place.
    pub site: String,
    /// The node.
    pub node: String,
    /// Its name.
    pub gate: String,
    /// What people call it.
    pub title: String,
    /// Its camera.
    pub camera: String,
    /// It has a door that can be opened.
    pub has_door: bool,
    /// A face alone opens it.
    pub face_alone: bool,
    /// Its node is connected.
    pub node_online: bool,
    /// How its camera is; null when it never said.
    pub camera_now: Option<GateCamera>,
    /// Who stands there now, newest first; empty for the registrar, as is what follows.
    pub arrivals: Vec<ArrivalView>,
    /// Who of them is being looked into, and by which guard.
    pub verifying: Vec<VerifyingView>,
    /// What nobody has seen yet, of the last twelve hours, the latest first; also of arrivals that are over.
    pub alerts: Vec<AlertView>,
}

/// How a gate's camera is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GateCamera {
    /// `starting`, `online`, `offline`, `disabled`, or `unknown` while its node is away.
    pub state: String,
    /// In words.
    pub state_text: String,
    /// `dark`, `frozen`, `moved`.
    pub view: serde_json::Value,
    /// Since when.
    pub since: Moment,
}

impl GateCamera {
    fn of(row: &CameraRow, now: UtcMicros) -> Self {
        let (state, state_text) = state_of(row, now);
        Self { state, state_text, view: stored_json(&row.view_trouble), since: Moment::of(row.since_at) }
    }
}

/// People who followed through, or a door that acted on a decision nobody here made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlertView {
    /// The arrival.
    pub arrival: String,
    /// When it was seen last.
    pub at: Moment,
    /// People who went through beyond those let in.
    pub tailgaters: i64,
    /// Acts of the door that nobody here decided.
    pub unknown_acts: i64,
}

impl From<&AlertRow> for AlertView {
    fn from(row: &AlertRow) -> Self {
        Self {
            arrival: row.passage.to_string(),
            at: Moment::of(row.last_seen),
            tailgaters: row.tailgaters,
            unknown_acts: row.unknown_acts,
        }
    }
}

/// Gates, and who stands there.
#[utoipa::path(get, path = "/api/v1/gates", tag = "gates",
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The gates", body = GateList)))]
pub(crate) async fn list_gates(authz: Authz, State(people): State<Arc<People>>) -> Result<Json<GateList>, ApiError> {
    let controller = authz.controller();
    let mut conn = people.db().read().await?;
    let now = people.now();
    let since = now.plus_us(-SEEN_WITHIN_US);
    let alerted = now.plus_us(-ALERT_LASTS_US);
    let (mut there, mut cameras, mut verifying, mut alerts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    if authz.roles().contains(&Role::Desk) {
        there = arrivals::open(&mut conn, controller.as_str(), since, MOST).await?;
        cameras = nodes_read::cameras(&mut conn, controller.as_str()).await?;
        verifying = desk_marks::verifying(&mut conn, controller.as_str(), since).await?;
        alerts = desk_marks::unseen_alerts(&mut conn, controller.as_str(), alerted, MOST_ALERTS).await?;
    }
    let mut items = Vec::new();
    for node in nodes_with_gates(&mut conn).await? {
        let online = nodes::node(&mut conn, &node).await?.is_some_and(|row| row.online);
        for gate in fleet::gates_in_force(&mut conn, &node).await? {
            if gate.controller != *controller {
                continue;
            }
            let is_here =
                |of: (&str, &str, &str)| of == (node.site.as_str(), node.node.as_str(), gate.spec.name.as_str());
            let here: Vec<_> = there.iter().filter(|row| is_here((&row.site, &row.node, &row.gate))).collect();
            // The latest word about each: one guard may take over from another.
            let looked_into = here.iter().filter_map(|row| verifying.iter().rfind(|v| v.passage == row.passage));
            let camera = cameras.iter().find(|row| {
                (row.site.as_str(), row.node.as_str(), row.camera.as_str())
                    == (node.site.as_str(), node.node.as_str(), gate.spec.camera.as_str())
            });
            items.push(GateView {
                site: node.site.to_string(),
                node: node.node.to_string(),
                gate: gate.spec.name.to_string(),
                title: gate.spec.title,
                camera: gate.spec.camera.to_string(),
                has_door: gate.spec.door.is_some(),
                face_alone: gate.spec.face_alone,
                node_online: online,
                camera_now: camera.map(|row| GateCamera::of(row, now)),
                verifying: looked_into
                    .map(|v| VerifyingView {
                        arrival: v.passage.to_string(),
                        by: v.by.clone(),
                        since: Moment::of(v.at),
                    })
                    .collect(),
                alerts: alerts
                    .iter()
                    .filter(|alert| is_here((&alert.site, &alert.node, &alert.gate)))
                    .map(AlertView::from)
                    .collect(),
                arrivals: here.into_iter().map(ArrivalView::from).collect(),
            });
        }
    }
    Ok(Json(GateList { items, next: None }))
}
