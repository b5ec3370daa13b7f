//! `GET /api/v1/hosts`: the list of hosts, for the registrar who keeps it; on record before it is sent.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::HostView;
use crate::api::extract::Params;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::hosts as table;

/// A body has some hundred hosts.
const MOST: i64 = 2_000;

/// Which.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Which {
    ended: Option<bool>,
    #[expect(dead_code, reason = "read by the judgement about the request")]
    controller: Option<String>,
}

/// Hosts, by name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HostList {
    /// The hosts.
    pub items: Vec<HostView>,
    /// Always null: there is one page.
    pub next: Option<String>,
}

/// The hosts.
#[utoipa::path(get, path = "/api/v1/hosts", tag = "hosts",
    params(("ended" = Option<bool>, Query, description = "Those that ended; left out: those there are"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The hosts", body = HostList)))]
pub(crate) async fn list_hosts(
    authz: Authz,
    State(people): State<Arc<People>>,
    Params(which): Params<Which>,
) -> Result<Json<HostList>, ApiError> {
    let ended = which.ended.unwrap_or(false);
    let controller = authz.controller();
    let mut tx = people.write().await?;
    let entry = Entry::by(&authz, "hosts.list").with_detail(if ended { "ended" } else { "in force" });
    audit::append(&mut tx, controller, people.now(), entry).await?;
    let rows = table::list(&mut tx, controller.as_str(), ended, MOST).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let sites = table::places(&mut tx, row.host).await?;
        items.push(HostView::of(row, sites));
    }
    tx.commit().await?;
    Ok(Json(HostList { items, next: None }))
}
