//! `POST /api/v1/visitors/places`: what a place is called; a place no camera stands at becomes one by this.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, changed, site, title, word};
use crate::api::extract::Body;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::counting::civil::CivilDay;
use crate::store::{visitors, visitors_write};

/// The gate a place without a camera begins with.
const WHOLE_PLACE: (&str, &str) = ("ca-dia-diem", "Cả địa điểm");

/// A place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NamePlace {
    /// Its name: a-z, 0-9 and hyphens.
    pub site: String,
    /// What people call it.
    pub title: String,
    /// The version that was seen; 0 for a new one.
    pub version: i64,
}

/// Name a place, or add one without cameras.
#[utoipa::path(post, path = "/api/v1/visitors/places", tag = "visitors", request_body = NamePlace,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Named", body = Said),
        (status = 400, description = "No name or no title", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not a person of the tourism office", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Named anew since", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn name_visitor_place(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<NamePlace>,
) -> Result<Json<Said>, ApiError> {
    let now = people.now();
    let (site, title, word) = (site(&asked.site)?, title(&asked.title)?, word(&authz, now)?);
    let mut tx = people.write().await?;
    let versions = visitors::versions(&mut tx, word.controller).await?;
    let seen = versions.get(&(site.to_string(), None)).copied().unwrap_or(visitors::NO_VERSION);
    if seen != asked.version {
        return Err(changed());
    }
    let today = CivilDay::of(now);
    let books = visitors::books(&mut tx, word.controller, Some(site.as_str()), (today, today)).await?;
    let entry = Entry::by(&authz, "visitors.place").with_object(&site).with_detail(format!("version {}", seen + 1));
    audit::append(&mut tx, authz.controller(), now, entry).await?;
    if !visitors_write::name_place(&mut tx, &word, site.as_str(), title, seen + 1).await? {
        return Err(changed());
    }
    // A place nobody counts at needs something a figure can be typed in for.
    if !books.places.contains_key(site.as_str()) {
        let (gate, title) = WHOLE_PLACE;
        visitors_write::name_gate(&mut tx, &word, (site.as_str(), gate), (title, true), 1).await?;
    }
    tx.commit().await?;
    Ok(Json(Said { version: seen + 1 }))
}
