//! `GET /api/v1/watch`: every watch entry that has not ended; on record before it is sent.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::{faces, watch as table};

/// The watch list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WatchList {
    /// The entries.
    pub items: Vec<WatchView>,
    /// Always null: there is one page.
    pub next: Option<String>,
}

/// An entry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WatchView {
    /// Its id.
    pub id: String,
    /// What the desk has to know.
    pub label: Option<String>,
    /// On what it rests.
    pub basis: String,
    /// `proposed` or `approved`.
    pub state: String,
    /// When it ends.
    pub expires_at: Moment,
    /// `site/node/gate`.
    pub gates: Vec<String>,
    /// May whoever asks approve it? Who proposed may not.
    pub may_approve: bool,
}

/// The watch list.
#[utoipa::path(get, path = "/api/v1/watch", tag = "watch",
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The entries", body = WatchList)))]
pub(crate) async fn list_watch(authz: Authz, State(people): State<Arc<People>>) -> Result<Json<WatchList>, ApiError> {
    let controller = authz.controller();
    let mut tx = people.write().await?;
    let rows = table::list(&mut tx, controller.as_str()).await?;
    let entry = Entry::by(&authz, "watch.list").with_detail(format!("{} shown", rows.len()));
    audit::append(&mut tx, controller, people.now(), entry).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        let gates = faces::gates_of(&mut tx, row.id).await?;
        items.push(WatchView {
            id: row.id.to_string(),
            label: people.office.show_watch(row)?,
            basis: row.basis.clone(),
            state: row.state.clone(),
            expires_at: Moment::of(row.expires_at),
            gates: gates.into_iter().map(|(node, gate)| format!("{node}/{gate}")).collect(),
            may_approve: row.state == "proposed" && row.proposed_by != authz.session().user_id,
        });
    }
    tx.commit().await?;
    Ok(Json(WatchList { items, next: None }))
}
