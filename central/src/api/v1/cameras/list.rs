//! `GET /api/v1/cameras`: how each camera is, since when, and why. A camera whose node is away is not called well: its last
//! word is old. No personal data, no address of a camera.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::clock::UtcMicros;
use contract::ids::{CameraName, NodeAddress};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::text::{Moment, stored_json};
use crate::api::v1::nodes::list::is_silent;
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::fleet;
use crate::store::nodes_read::{self, CameraRow};

/// Every camera of the controller.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CameraList {
    /// The cameras.
    pub items: Vec<CameraView>,
    /// Always null: there is one page.
    pub next: Option<String>,
}

/// A camera.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CameraView {
    /// Its site.
    pub site: String,
    /// Its node.
    pub node: String,
    /// Its name.
    pub camera: String,
    /// `starting`, `online`, `offline`, `disabled`, or `unknown` while its node is away.
    pub state: String,
    /// In words.
    pub state_text: String,
    /// `dark`, `frozen`, `moved`.
    pub view: serde_json::Value,
    /// Why, in the node's words.
    pub reason: String,
    /// Since when.
    pub since: Moment,
    /// Figures since the report before.
    pub stream: serde_json::Value,
    /// When this was said.
    pub reported_at: Moment,
    /// Milliseconds from when this was said, by the camera's clock, until the centre had it; null where that is not known any more.
    pub lag_ms: Option<i64>,
    /// How far the camera's time may be wrong, milliseconds, as the node says.
    pub clock_error_ms: Option<i64>,
}

/// Every camera of the controller that ever reported.
#[utoipa::path(get, path = "/api/v1/cameras", tag = "devices",
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The cameras", body = CameraList)))]
pub(crate) async fn list_cameras(
    authz: Authz,
    State(people): State<Arc<People>>,
) -> Result<Json<CameraList>, ApiError> {
    let mut conn = people.db().read().await?;
    let now = people.now();
    let mut rows = nodes_read::cameras(&mut conn, authz.controller().as_str()).await?;
    // A camera that was taken out of its node's bundle is gone; its last word stays in the store.
    let mut in_force: HashMap<(String, String), Option<HashSet<CameraName>>> = HashMap::new();
    for row in &rows {
        let key = (row.site.clone(), row.node.clone());
        if let (Entry::Vacant(unknown), Ok(site), Ok(node)) = (in_force.entry(key), row.site.parse(), row.node.parse())
        {
            unknown.insert(fleet::cameras_in_force(&mut conn, &NodeAddress { site, node }).await?);
        }
    }
    rows.retain(|row| match in_force.get(&(row.site.clone(), row.node.clone())) {
        Some(Some(cameras)) => cameras.iter().any(|camera| camera.as_str() == row.camera),
        _ => true,
    });
    Ok(Json(CameraList { items: rows.into_iter().map(|row| view(row, now)).collect(), next: None }))
}

fn view(row: CameraRow, now: UtcMicros) -> CameraView {
    let since = Moment::of(row.since_at);
    let said: Option<serde_json::Value> = row.envelope.as_deref().and_then(|bytes| serde_json::from_slice(bytes).ok());
    let clock_error_ms = said.as_ref().and_then(|envelope| envelope["clock_error_ms"].as_i64());
    let (state, state_text) = state_of(&row, now);
    CameraView {
        site: row.site,
        node: row.node,
        camera: row.camera,
        state,
        state_text,
        view: stored_json(&row.view_trouble),
        reason: row.reason,
        since,
        stream: stored_json(&row.stream),
        reported_at: Moment::of(row.captured_at),
        lag_ms: row.received_at.map(|at| (at - row.captured_at) / 1000),
        clock_error_ms,
    }
}

/// How a camera is, as a word and in words.
pub(crate) fn state_of(row: &CameraRow, now: UtcMicros) -> (String, String) {
    let known = row.node_online && !is_silent(row.node_heard_at, now);
    let state = if known { row.camera_state.clone() } else { "unknown".to_owned() };
    let text = match state.as_str() {
        "online" => "Hoạt động bình thường".to_owned(),
        "starting" => "Đang kết nối".to_owned(),
        "disabled" => "Đã tắt theo cấu hình".to_owned(),
        "offline" => {
            format!("Camera mất kết nối từ {}. Số liệu trong thời gian này bị thiếu.", Moment::of(row.since_at).text)
        }
        _ => "Thiết bị biên mất kết nối: không rõ tình trạng camera.".to_owned(),
    };
    (state, text)
}

#[cfg(test)]
mod tests {
    use crate::api::testing::Bench;
    use crate::auth::{AccountKind, Role};
    use crate::store::fixtures;
    use crate::store::testing::each_engine;

    #[tokio::test]
    async fn the_operator_sees_what_is_wrong_with_nodes_and_cameras() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            fixtures::trouble(&bench.db).await;
            let heard = format!("UPDATE ledgers SET last_heard_at = {}", bench.now().0);
            fixtures::sql(&bench.db, &heard).await;
            let client = bench.person("van-hanh", Role::Operator).await;
            let cameras = client.get("/api/v1/cameras").await.json();
            assert_eq!(cameras["items"].as_array().unwrap().len(), 1);
            assert_eq!(
                cameras["items"][0]["state_text"],
                "Camera mất kết nối từ 23/11/2025 08:15:00. Số liệu trong thời gian này bị thiếu."
            );
            let figures = ["lag_ms", "clock_error_ms"].map(|name| cameras["items"][0][name].as_i64());
            assert_eq!(figures, [Some(250), Some(40)]);
            let nodes = client.get("/api/v1/nodes").await.json();
            insta::allow_duplicates! { insta::assert_json_snapshot!(nodes, @r#"
            {
              "items": [
                {
                  "site": "road-1",
                  "node": "n1",
                  "state": "online",
                  "state_text": "Hoạt động bình thường",
                  "since": {
                    "utc": "1970-01-01T00:00:01Z",
                    "text": "01/01/1970 07:00:01"
                  },
                  "birth": {
                    "software": "0.1.0"
                  },
                  "bundles_published": [],
                  "ledgers": [
                    {
                      "log_id": "00000000-0000-0000-0000-000000000005",
                      "last_seq": 9,
                      "gaps": [
                        {
                          "from": 5,
                          "to": 5
                        }
                      ],
                      "duplicates": 2,
                      "last_heard_at": {
                        "utc": "2026-11-23T01:15:00Z",
                        "text": "23/11/2026 08:15:00"
                      }
                    }
                  ],
                  "quarantined": [
                    {
                      "reason": "reused",
                      "messages": 1
                    }
                  ],
                  "ledger_alarm": null
                }
              ],
              "next": null
            }
            "#); }
            // Said to be connected, and silent: not called well either, nor are its cameras.
            fixtures::sql(&bench.db, "UPDATE camera_health SET camera_state = 'online'").await;
            assert_eq!(client.get("/api/v1/cameras").await.json()["items"][0]["state"], "online");
            bench.clock.advance_us(4 * contract::clock::MINUTE_US);
            let nodes = client.get("/api/v1/nodes").await.json();
            assert_eq!(nodes["items"][0]["state"], "unknown");
            assert_eq!(nodes["items"][0]["since"]["utc"], "2026-11-23T01:15:00Z");
            assert_eq!(client.get("/api/v1/cameras").await.json()["items"][0]["state"], "unknown");
            bench.clock.advance_us(-4 * contract::clock::MINUTE_US);
            // While its node is away nobody calls a camera well.
            fixtures::sql(&bench.db, "UPDATE camera_health SET camera_state = 'online'; UPDATE nodes SET online = 0")
                .await;
            let cameras = client.get("/api/v1/cameras").await.json();
            assert_eq!(cameras["items"][0]["state"], "unknown");
        })
        .await;
    }

    #[tokio::test]
    async fn a_camera_that_was_taken_out_of_its_bundle_is_gone() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            fixtures::trouble(&bench.db).await;
            let client = bench.person("van-hanh", Role::Operator).await;
            let key = contract::signature::SigningKey::from_seed([5; 32]);
            let shown = async |names: &[&str]| {
                let cameras: Vec<_> = names
                    .iter()
                    .map(|name| {
                        serde_json::json!({ "name": name, "title": "Cổng", "controller": "police",
                            "uri": "rtsp://127.0.0.1/a", "purpose": "traffic" })
                    })
                    .collect();
                let content = serde_json::json!({ "cameras": cameras });
                let (node, kind) = ("road-1/n1".parse().unwrap(), contract::bundle::BundleKind::Cameras);
                crate::fleet::publish(&bench.db, &key, &node, kind, content, bench.now()).await.unwrap();
                client.get("/api/v1/cameras").await.json()["items"].as_array().unwrap().len()
            };
            assert_eq!(shown(&["cam-1", "cam-2"]).await, 1);
            assert_eq!(shown(&["cam-2"]).await, 0);
        })
        .await;
    }

    #[tokio::test]
    async fn a_body_that_owns_a_camera_and_no_node_sees_its_place_and_its_node() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            fixtures::trouble(&bench.db).await;
            fixtures::sql(&bench.db, "UPDATE camera_health SET controller = 'customs'").await;
            bench.account("hai-quan", AccountKind::Person, &[("customs", Role::Operator)]).await;
            let client = bench.sign_in("hai-quan").await;
            let nodes = client.get("/api/v1/nodes").await.json();
            assert_eq!(nodes["items"].as_array().map(Vec::len), Some(1), "{nodes}");
            assert_eq!(nodes["items"][0]["site"], "road-1");
            let sites = crate::store::nodes_read::sites(&mut bench.db.read().await.unwrap(), "customs").await.unwrap();
            assert_eq!(sites, ["road-1"]);
        })
        .await;
    }
}
