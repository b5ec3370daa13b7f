//! `GET /api/v1/devices/outages`: when nodes and cameras were away, why, and which share of the time each camera was at work. The
//! times are those of the nodes' own reports, so that what comes late changes the account to what was true. No personal data.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::clock::{DAY_US, UtcMicros};
use contract::ids::{CameraName, NodeAddress, NodeName, SiteName};
use contract::signature::Sha256;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::api::extract::Params;
use crate::api::text::{Moment, moment};
use crate::api::v1::nodes::list::is_silent;
use crate::api::{ApiError, People, cursor};
use crate::auth::Authz;
use crate::devices::{self, CameraState, NodeState, Outage};
use crate::fleet;
use crate::store::device_states::{self as table, CameraStateRow, Which};
use crate::store::nodes_read;

/// The longest time that is looked at.
const WINDOW_MAX_US: i64 = 31 * DAY_US;
/// If none is given.
const WINDOW_US: i64 = 7 * DAY_US;
/// Rows of a page.
const PAGE: i64 = 200;

/// Which devices, and which time.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OutagesQuery {
    /// One place.
    pub site: Option<String>,
    /// One node of it.
    pub node: Option<String>,
    /// One camera of it.
    pub camera: Option<String>,
    /// First moment, RFC 3339; seven days before `to` if not given.
    pub from: Option<String>,
    /// Moment after the last, RFC 3339, at most 31 days later; now if not given.
    pub to: Option<String>,
    /// `next` of the page before.
    pub cursor: Option<String>,
    /// Needed with roles at several.
    #[expect(dead_code, reason = "read where the request is judged; named here since unknown parameters are refused")]
    pub controller: Option<String>,
}

/// A page of outages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OutagePage {
    /// First moment looked at.
    pub from: Moment,
    /// Moment after the last.
    pub to: Moment,
    /// The outages that touch this time, the latest first.
    pub items: Vec<OutageView>,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// Of each camera, whatever the page.
    pub availability: Vec<Availability>,
}

/// An outage.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OutageView {
    /// The place.
    pub site: String,
    /// The node.
    pub node: String,
    /// The camera; null for the node itself.
    pub camera: Option<String>,
    /// `node_offline`, `node_silent`; of a camera `offline`, `starting`, `no_report`, and `dark`, `frozen`, `moved`, joined by `+`
    /// where several hold.
    pub kind: String,
    /// In words.
    pub kind_text: String,
    /// In the node's own words.
    pub words: Option<String>,
    /// When it began.
    pub began_at: Moment,
    /// When it ended; null while it lasts.
    pub ended_at: Option<Moment>,
}

/// Which share of the time a camera was at work.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Availability {
    /// The place.
    pub site: String,
    /// The node.
    pub node: String,
    /// The camera.
    pub camera: String,
    /// 0..1 of the time in which anything is known; null when nothing is. Time switched off on purpose counts neither way.
    pub share: Option<f64>,
}

/// Outages of nodes and cameras.
#[utoipa::path(get, path = "/api/v1/devices/outages", tag = "devices", params(OutagesQuery),
    responses((status = 200, description = "A page of outages, and the share of time each camera was at work", body = OutagePage)))]
pub(crate) async fn list_outages(
    authz: Authz,
    State(people): State<Arc<People>>,
    Params(asked): Params<OutagesQuery>,
) -> Result<Json<OutagePage>, ApiError> {
    let now = people.now();
    let window = window_of(&asked, now)?;
    let which = which_of(&asked)?;
    let before = asked.cursor.as_deref().map(cursor::decode).transpose()?;
    let controller = authz.controller().as_str();
    let mut conn = people.db().read().await?;
    // What began before the window is told with its true beginning, and what ended after it with its true end.
    let reach = (window.0.plus_us(-WINDOW_MAX_US), now.plus_us(1));
    let states = table::cameras(&mut conn, controller, which, reach).await?;
    let mut in_force: HashMap<NodeAddress, Option<HashSet<CameraName>>> = HashMap::new();
    let mut found: Vec<Found> = Vec::new();
    let mut availability = Vec::new();
    for (camera, rows) in by_camera(states) {
        let (site, node, name) = camera;
        if let (Ok(s), Ok(n)) = (site.parse(), node.parse()) {
            let address = NodeAddress { site: s, node: n };
            if !in_force.contains_key(&address) {
                let cameras = fleet::cameras_in_force(&mut conn, &address).await?;
                in_force.insert(address.clone(), cameras);
            }
            // A camera that is its node's no more is not silent: its account ends with its last word.
            let gone = in_force[&address].as_ref().is_some_and(|all| !all.iter().any(|c| c.as_str() == name));
            let last = rows.iter().map(|row| row.last).max().unwrap_or(now);
            let until = if gone { last } else { now };
            let spans = devices::spans(rows, until);
            let outages = devices::camera_outages(&spans, window, now);
            found.extend(outages.into_iter().map(|outage| (site.clone(), node.clone(), Some(name.clone()), outage)));
            let share = devices::availability(&spans, window);
            availability.push(Availability { site, node, camera: name, share });
        }
    }
    if asked.camera.is_none() {
        found.extend(of_nodes(&mut conn, controller, which, window, now).await?);
    }
    let mut items: Vec<_> =
        found.into_iter().map(|(s, n, c, outage)| (place(&s, &n, c.as_deref(), &outage), s, n, c, outage)).collect();
    items.sort_by_key(|item| std::cmp::Reverse(item.0));
    items.retain(|item| before.is_none_or(|before| item.0 < before));
    items.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX) + 1);
    let next = cursor::cut(&mut items, PAGE, |item| item.0);
    let items = items.into_iter().map(|(_, site, node, camera, outage)| view(site, node, camera, outage)).collect();
    Ok(Json(OutagePage { from: window.0.into(), to: window.1.into(), items, next, availability }))
}

type Found = (String, String, Option<String>, Outage);

fn window_of(asked: &OutagesQuery, now: UtcMicros) -> Result<(UtcMicros, UtcMicros), ApiError> {
    let to = asked.to.as_deref().map(moment).transpose()?.unwrap_or(now);
    let from = asked.from.as_deref().map(moment).transpose()?.unwrap_or_else(|| to.plus_us(-WINDOW_US));
    if to <= from {
        return Err(ApiError::bad_request("empty_window", "Thời điểm cuối phải sau thời điểm đầu."));
    }
    if to.since_us(from) > WINDOW_MAX_US {
        return Err(ApiError::bad_request("window_too_long", "Mỗi lần xem tối đa 31 ngày."));
    }
    Ok((from, to.min(now).max(from)))
}

fn which_of(asked: &OutagesQuery) -> Result<Which<'_>, ApiError> {
    // Names are names before they reach the store: PostgreSQL refuses a text with U+0000 where SQLite finds nothing.
    let wrong = asked.site.as_ref().is_some_and(|name| name.parse::<SiteName>().is_err())
        || asked.node.as_ref().is_some_and(|name| name.parse::<NodeName>().is_err())
        || asked.camera.as_ref().is_some_and(|name| name.parse::<CameraName>().is_err());
    if wrong {
        return Err(ApiError::bad_request("bad_name", "Tên địa điểm, thiết bị hoặc camera không hợp lệ."));
    }
    Ok(Which { site: asked.site.as_deref(), node: asked.node.as_deref(), camera: asked.camera.as_deref() })
}

fn by_camera(rows: Vec<CameraStateRow>) -> BTreeMap<(String, String, String), Vec<CameraState>> {
    let mut cameras: BTreeMap<_, Vec<CameraState>> = BTreeMap::new();
    for row in rows {
        cameras.entry((row.site, row.node, row.camera)).or_default().push(CameraState {
            condition: row.condition,
            since: UtcMicros(row.since_at),
            last: UtcMicros(row.last_at),
            words: row.words,
        });
    }
    cameras
}

/// Nodes that were not connected, and those that say they are and nothing comes from.
async fn of_nodes(
    conn: &mut sqlx::AnyConnection,
    controller: &str,
    which: Which<'_>,
    window: (UtcMicros, UtcMicros),
    now: UtcMicros,
) -> Result<Vec<Found>, ApiError> {
    let mut nodes: BTreeMap<(String, String), Vec<NodeState>> = BTreeMap::new();
    for row in table::nodes(conn, controller, which, now.plus_us(1)).await? {
        let state = NodeState { since: UtcMicros(row.since_at), online: row.online };
        nodes.entry((row.site, row.node)).or_default().push(state);
    }
    let mut found = Vec::new();
    for ((site, node), states) in nodes {
        let outages = devices::node_outages(states, window);
        found.extend(outages.into_iter().map(|outage| (site.clone(), node.clone(), None, outage)));
    }
    for node in nodes_read::nodes(conn, controller).await? {
        let asked = which.site.is_none_or(|site| site == node.site) && which.node.is_none_or(|name| name == node.node);
        if !asked || !node.online || node.revoked_at.is_some() || !is_silent(node.heard_at, now) {
            continue;
        }
        if let Some(heard) = node.heard_at.map(UtcMicros).filter(|heard| *heard < window.1 && now > window.0) {
            let kind = "node_silent".to_owned();
            let silent = Outage { kind, began_at: heard, ended_at: None, words: None };
            found.push((node.site, node.node, None, silent));
        }
    }
    Ok(found)
}

/// Where an outage stands in the order; the same at every asking.
fn place(site: &str, node: &str, camera: Option<&str>, outage: &Outage) -> (i64, Uuid) {
    let text = format!("{site}/{node}/{}/{}", camera.unwrap_or_default(), outage.kind);
    let hash = Sha256::of(text.as_bytes());
    let id = hash.0.first_chunk::<16>().copied().unwrap_or_default();
    (outage.began_at.0, Uuid::from_bytes(id))
}

fn view(site: String, node: String, camera: Option<String>, outage: Outage) -> OutageView {
    OutageView {
        site,
        node,
        camera,
        kind_text: devices::kind_text(&outage.kind),
        kind: outage.kind,
        words: outage.words,
        began_at: outage.began_at.into(),
        ended_at: outage.ended_at.map(Moment::from),
    }
}

#[cfg(test)]
#[path = "outages_tests.rs"]
mod tests;
