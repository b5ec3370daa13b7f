//! `GET /api/v1/nodes`: what runs where, which settings it has, and whether its ledger has gaps. No personal data.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::text::{Moment, stored_json};
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::store::nodes_read::{self, LedgerRow, NodeRow};

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
    /// `online`, `offline` or `revoked`.
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
    /// Two ledgers of this node were alive at once: a copied disk or a second machine.
    pub ledger_alarm: Option<Moment>,
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
    /// Ranges below it that are missing.
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
        items.push(view(row, bundles, &ledgers));
    }
    Ok(Json(NodeList { items, next: None }))
}

fn view(row: NodeRow, bundles: Vec<(String, i64)>, ledgers: &[LedgerRow]) -> NodeView {
    let (state, state_text) = match (row.revoked_at, row.online) {
        (Some(_), _) => ("revoked", "Đã thu hồi"),
        (None, true) => ("online", "Hoạt động bình thường"),
        (None, false) => ("offline", "Mất kết nối"),
    };
    NodeView {
        state: state.to_owned(),
        state_text: state_text.to_owned(),
        since: row.revoked_at.or(row.status_since).map(Moment::of),
        birth: row.birth.as_deref().map(stored_json),
        bundles_published: bundles.into_iter().map(|(kind, revision)| BundleView { kind, revision }).collect(),
        ledgers: ledgers
            .iter()
            .map(|l| LedgerView {
                log_id: l.log_id.to_string(),
                last_seq: l.last_seq,
                gaps: gaps(&l.ranges, l.last_seq),
                duplicates: l.duplicates,
                last_heard_at: Moment::of(l.last_heard_at),
            })
            .collect(),
        ledger_alarm: row.log_alarm_at.map(Moment::of),
        site: row.site,
        node: row.node,
    }
}

/// What is missing from 1 up to the highest number heard.
fn gaps(ranges: &[(i64, i64)], last_seq: i64) -> Vec<Gap> {
    let mut missing = Vec::new();
    let mut next = 1;
    for (from, to) in ranges {
        if *from > next {
            missing.push(Gap { from: next, to: from - 1 });
        }
        next = next.max(to + 1);
    }
    if next <= last_seq {
        missing.push(Gap { from: next, to: last_seq });
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_what_was_not_heard() {
        let gap = |from, to| Gap { from, to };
        assert_eq!(gaps(&[(1, 5)], 5), []);
        assert_eq!(gaps(&[(3, 5), (8, 9)], 9), [gap(1, 2), gap(6, 7)]);
        assert_eq!(gaps(&[(1, 2)], 4), [gap(3, 4)]);
        assert_eq!(gaps(&[], 0), []);
    }
}
