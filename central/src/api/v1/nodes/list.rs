//! `GET /api/v1/nodes`: what runs where, which settings it has, and whether its ledger has gaps. No personal data.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::clock::{MINUTE_US, UtcMicros};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::text::{Moment, stored_json};
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::store::events::LedgerRow;
use crate::store::nodes_read::{self, NodeRow};

/// Every node of the controller.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NodeList {
    /// The nodes.
    pub items: Vec<NodeView>,
    /// Always null: there is one page.
    pub next: Option<String>,
}

/// A node.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NodeView {
    /// Its site.
    pub site: String,
    /// Its name.
    pub node: String,
    /// `online`, `offline`, `revoked`, or `unknown` when it is said to be connected and nothing came from it for three minutes.
    pub state: String,
    /// In words.
    pub state_text: String,
    /// Since when.
    pub since: Option<Moment>,
    /// What it said of itself when it connected.
    pub birth: Option<serde_json::Value>,
    /// The newest bundle revisions published for it.
    pub bundles_published: Vec<BundleView>,
    /// Its ledgers, the one heard last first.
    pub ledgers: Vec<LedgerView>,
    /// Its messages in quarantine, by reason; `central quarantine list` says more.
    pub quarantined: Vec<QuarantinedView>,
    /// Two ledgers of this node were alive at once: a copied disk or a second machine.
    pub ledger_alarm: Option<Moment>,
}

/// Messages kept apart for one reason.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuarantinedView {
    /// Why.
    pub reason: String,
    /// How many.
    pub messages: i64,
}

/// A published bundle.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BundleView {
    /// Which.
    pub kind: String,
    /// Its newest revision.
    pub revision: i64,
}

/// A ledger.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LedgerView {
    /// Its id.
    pub log_id: String,
    /// Highest number heard.
    pub last_seq: i64,
    /// Ranges below it that are missing: neither here nor in quarantine.
    pub gaps: Vec<Gap>,
    /// Messages that came again.
    pub duplicates: i64,
    /// When it was heard last.
    pub last_heard_at: Moment,
}

/// A range that is missing.
#[derive(Debug, Serialize, ToSchema, PartialEq, Eq)]
pub(crate) struct Gap {
    /// First number.
    pub from: i64,
    /// Last number, included.
    pub to: i64,
}

/// Every node of the controller.
#[utoipa::path(get, path = "/api/v1/nodes", tag = "devices",
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The nodes", body = NodeList)))]
pub(crate) async fn list_nodes(authz: Authz, State(people): State<Arc<People>>) -> Result<Json<NodeList>, ApiError> {
    let mut conn = people.db().read().await?;
    let mut items = Vec::new();
    for row in nodes_read::nodes(&mut conn, authz.controller().as_str()).await? {
        let bundles = nodes_read::bundle_revisions(&mut conn, &row.site, &row.node).await?;
        let ledgers = nodes_read::ledgers(&mut conn, &row.site, &row.node).await?;
        let quarantined = nodes_read::quarantined(&mut conn, &row.site, &row.node).await?;
        items.push(view(row, bundles, &ledgers, quarantined, people.now()));
    }
    Ok(Json(NodeList { items, next: None }))
}

/// A node that said it is there and then nothing for this long may hang, or its way to the broker may: every camera speaks
/// once a minute.
const SILENT_US: i64 = 3 * MINUTE_US;

/// Is a node that was heard of last at this moment silent for too long?
pub(crate) fn is_silent(heard_at: Option<i64>, now: UtcMicros) -> bool {
    heard_at.is_none_or(|heard| now.since_us(UtcMicros(heard)) > SILENT_US)
}

fn view(
    row: NodeRow,
    bundles: Vec<(String, i64)>,
    ledgers: &[LedgerRow],
    quarantined: Vec<(String, i64)>,
    now: UtcMicros,
) -> NodeView {
    let (state, state_text) = match (row.revoked_at, row.online) {
        (Some(_), _) => ("revoked", "Đã thu hồi"),
        (None, true) if is_silent(row.heard_at, now) => ("unknown", "Không nhận được tin nào từ thiết bị hơn 3 phút"),
        (None, true) => ("online", "Hoạt động bình thường"),
        (None, false) => ("offline", "Mất kết nối"),
    };
    let since = if state == "unknown" { row.heard_at } else { row.revoked_at.or(row.status_since) };
    NodeView {
        state: state.to_owned(),
        state_text: state_text.to_owned(),
        since: since.map(Moment::of),
        birth: row.birth.as_deref().map(stored_json),
        bundles_published: bundles.into_iter().map(|(kind, revision)| BundleView { kind, revision }).collect(),
        ledgers: ledgers
            .iter()
            .map(|l| LedgerView {
                log_id: l.log_id.to_string(),
                last_seq: l.last_seq.cast_signed(),
                gaps: l
                    .gaps()
                    .into_iter()
                    .map(|(from, to)| Gap { from: from.cast_signed(), to: to.cast_signed() })
                    .collect(),
                duplicates: l.duplicates.cast_signed(),
                last_heard_at: Moment::from(l.last_heard_at),
            })
            .collect(),
        quarantined: quarantined.into_iter().map(|(reason, messages)| QuarantinedView { reason, messages }).collect(),
        ledger_alarm: row.log_alarm_at.map(Moment::of),
        site: row.site,
        node: row.node,
    }
}
