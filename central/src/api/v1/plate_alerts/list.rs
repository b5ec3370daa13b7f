//! `GET /api/v1/plate-alerts`: alerts of the last 24 hours, unseen ones first. They hold plates: on record before they are sent.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::{PlateAlert, shown_since};
use crate::api::{ApiError, People};
use crate::audit::{self, Entry, Window};
use crate::auth::Authz;
use crate::store::plate_alerts as table;

/// Alerts shown at once.
const SHOWN: i64 = 100;

/// Alerts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlateAlertPage {
    /// The alerts: unseen first, then newest first.
    pub items: Vec<PlateAlert>,
    /// Always null: there is no more than the last day.
    pub next: Option<String>,
}

/// Alerts.
#[utoipa::path(get, path = "/api/v1/plate-alerts", tag = "plate-lists",
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Alerts of the last 24 hours, 100 at most", body = PlateAlertPage)))]
pub(crate) async fn list_plate_alerts(
    authz: Authz,
    State(people): State<Arc<People>>,
) -> Result<Json<PlateAlertPage>, ApiError> {
    let (controller, now) = (authz.controller(), people.now());
    let since = shown_since(now);
    let mut tx = people.write().await?;
    let rows = table::list(&mut tx, controller.as_str(), since, SHOWN).await?;
    let mut entry = Entry::by(&authz, "plate_alerts.list").with_detail(format!("{} shown", rows.len()));
    entry.window = Some(Window { from: since, to: now });
    audit::append(&mut tx, controller, now, entry).await?;
    tx.commit().await?;
    Ok(Json(PlateAlertPage { items: rows.iter().map(PlateAlert::from).collect(), next: None }))
}
