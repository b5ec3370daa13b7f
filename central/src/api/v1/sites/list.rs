//! `GET /api/v1/sites`: the places a controller has nodes at, so that a person can say which one is meant. No personal data.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::store::nodes_read;

/// Every place of the controller.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SiteList {
    /// The places, by name.
    pub items: Vec<SiteView>,
    /// Always null: there is one page.
    pub next: Option<String>,
}

/// A place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SiteView {
    /// Its name.
    pub site: String,
}

/// Every place of the controller.
#[utoipa::path(get, path = "/api/v1/sites", tag = "devices",
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The places", body = SiteList)))]
pub(crate) async fn list_sites(authz: Authz, State(people): State<Arc<People>>) -> Result<Json<SiteList>, ApiError> {
    let mut conn = people.db().read().await?;
    let sites = nodes_read::sites(&mut conn, authz.controller().as_str()).await?;
    Ok(Json(SiteList { items: sites.into_iter().map(|site| SiteView { site }).collect(), next: None }))
}
