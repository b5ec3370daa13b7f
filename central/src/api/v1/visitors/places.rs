//! `GET /api/v1/visitors/places`: the places a tourism office counts at, with their gates, capacities and versions.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::counting::civil::CivilDay;
use crate::store::visitors;

/// The places.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VisitorPlaces {
    /// By name.
    pub items: Vec<VisitorPlace>,
    /// Always null: there is one page.
    pub next: Option<String>,
}

/// A place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VisitorPlace {
    /// Its name.
    pub site: String,
    /// What people call it.
    pub title: String,
    /// Version of that; 0 when nobody has called it anything.
    pub version: i64,
    /// How many people it holds today.
    pub capacity: Option<i64>,
    /// Its gates.
    pub gates: Vec<VisitorGate>,
    /// Several lines count here and nobody has said which lead inside: there is no sum of the place.
    pub needs_model: bool,
}

/// A gate.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VisitorGate {
    /// `node/camera/line`, or the name of a gate without a camera.
    pub gate: String,
    /// What people call it.
    pub title: String,
    /// Version of that; 0 when nobody has called it anything.
    pub version: i64,
    /// Does a camera count there?
    pub by_camera: bool,
    /// Does it make the sum of the place?
    pub adds_up: bool,
}

/// The places of the tourism office.
#[utoipa::path(get, path = "/api/v1/visitors/places", tag = "visitors",
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The places", body = VisitorPlaces)))]
pub(crate) async fn list_visitor_places(
    authz: Authz,
    State(people): State<Arc<People>>,
) -> Result<Json<VisitorPlaces>, ApiError> {
    let today = CivilDay::of(people.now());
    let controller = authz.controller().as_str();
    let mut conn = people.db().read().await?;
    let books = visitors::books(&mut conn, controller, None, (today, today)).await?;
    let versions = visitors::versions(&mut conn, controller).await?;
    let version = |site: &str, gate: Option<&str>| {
        versions.get(&(site.to_owned(), gate.map(str::to_owned))).copied().unwrap_or(visitors::NO_VERSION)
    };
    let items = books
        .places
        .iter()
        .map(|(site, place)| VisitorPlace {
            site: site.clone(),
            title: place.title.clone(),
            version: version(site, None),
            capacity: place.capacity(today),
            gates: place
                .gates
                .iter()
                .map(|(name, gate)| VisitorGate {
                    gate: name.clone(),
                    title: gate.title.clone(),
                    version: version(site, Some(name)),
                    by_camera: gate.book.by_camera,
                    adds_up: place.adds_up(name),
                })
                .collect(),
            needs_model: !place.has_sum(),
        })
        .collect();
    Ok(Json(VisitorPlaces { items, next: None }))
}
