//! `GET /api/v1/plate-alerts`: alerts of the last 24 hours at one place, unseen ones first. They hold plates: on record before they are
//! sent. Of the other places it says how many wait there and nothing else: a plate at several would be a trail (invariant 4).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::ids::SiteName;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{PlateAlert, shown_since};
use crate::api::extract::Params;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::plate_alerts as table;

/// Alerts shown at once.
const SHOWN: i64 = 100;

/// Where to look.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AlertsAt {
    site: String,
    #[expect(dead_code, reason = "read by the judgement about the request")]
    controller: Option<String>,
}

/// How many alerts of a place nobody has seen.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnseenAlerts {
    /// The place.
    pub site: String,
    /// How many, at least one.
    pub unseen: i64,
}

/// Alerts of a place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlateAlertPage {
    /// The alerts of the place: unseen first, then newest first.
    pub items: Vec<PlateAlert>,
    /// The body's places with alerts that nobody has seen, this one among them.
    pub unseen: Vec<UnseenAlerts>,
    /// Always null: there is no more than the last day.
    pub next: Option<String>,
}

/// Alerts of a place.
#[utoipa::path(get, path = "/api/v1/plate-alerts", tag = "plate-lists",
    params(("site" = String, Query, description = "The one place"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Alerts of the last 24 hours at this place, 100 at most", body = PlateAlertPage),
        (status = 400, description = "No place, or none of that name", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn list_plate_alerts(
    authz: Authz,
    State(people): State<Arc<People>>,
    Params(asked): Params<AlertsAt>,
) -> Result<Json<PlateAlertPage>, ApiError> {
    let site: SiteName =
        asked.site.parse().map_err(|_| ApiError::bad_request("one_site", "Hãy chọn đúng một địa điểm."))?;
    let (controller, now) = (authz.controller(), people.now());
    let since = shown_since(now);
    let mut tx = people.write().await?;
    let rows = table::list(&mut tx, (controller.as_str(), site.as_str()), since, SHOWN).await?;
    let unseen = table::unseen(&mut tx, controller.as_str(), since).await?;
    let entry = Entry::by(&authz, "plate_alerts.list").with_place(site.as_str(), since, now);
    let entry = entry.with_detail(format!("{} shown", rows.len()));
    audit::append(&mut tx, controller, now, entry).await?;
    tx.commit().await?;
    let unseen = unseen.into_iter().map(|(site, unseen)| UnseenAlerts { site, unseen }).collect();
    Ok(Json(PlateAlertPage { items: rows.iter().map(PlateAlert::from).collect(), unseen, next: None }))
}
