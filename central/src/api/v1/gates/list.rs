//! `GET /api/v1/gates`: the gates of a controller and who stands there now, without a name.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::clock::MINUTE_US;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::v1::arrivals::ArrivalView;
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::fleet;
use crate::people::nodes_with_gates;
use crate::store::{arrivals, fleet as nodes};

/// Whoever was not seen for longer is not shown: the node closes what it leaves open, but it may be away.
const SEEN_WITHIN_US: i64 = 10 * MINUTE_US;
const MOST: i64 = 200;

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
    /// Who stands there now, newest first.
    pub arrivals: Vec<ArrivalView>,
}

/// Gates, and who stands there.
#[utoipa::path(get, path = "/api/v1/gates", tag = "gates",
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The gates", body = GateList)))]
pub(crate) async fn list_gates(authz: Authz, State(people): State<Arc<People>>) -> Result<Json<GateList>, ApiError> {
    let controller = authz.controller();
    let mut conn = people.db().read().await?;
    let since = people.now().plus_us(-SEEN_WITHIN_US);
    let there = arrivals::open(&mut conn, controller.as_str(), since, MOST).await?;
    let mut items = Vec::new();
    for node in nodes_with_gates(&mut conn).await? {
        let online = nodes::node(&mut conn, &node).await?.is_some_and(|row| row.online);
        for gate in fleet::gates_in_force(&mut conn, &node).await? {
            if gate.controller != *controller {
                continue;
            }
            let here = there.iter().filter(|row| {
                row.site == node.site.as_str() && row.node == node.node.as_str() && row.gate == gate.spec.name.as_str()
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
                arrivals: here.map(ArrivalView::from).collect(),
            });
        }
    }
    Ok(Json(GateList { items, next: None }))
}
