//! `POST /api/v1/visitors/gates`: what a gate is called, and whether it makes the sum of its place; a gate no camera stands at
//! becomes one by this.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::ids::GateName;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, changed, site, title, unknown_gate, word};
use crate::api::extract::Body;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::counting::civil::CivilDay;
use crate::store::{visitors, visitors_write};

/// A gate.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NameGate {
    /// The place.
    pub site: String,
    /// A line that counts there (`node/camera/line`), or the name of a gate without a camera: a-z, 0-9 and hyphens.
    pub gate: String,
    /// What people call it.
    pub title: String,
    /// Does it make the sum of the place? Only what leads in from outside should.
    pub adds_up: bool,
    /// The version that was seen; 0 when nobody has called it anything.
    pub version: i64,
}

/// Name a gate, or add one without a camera.
#[utoipa::path(post, path = "/api/v1/visitors/gates", tag = "visitors", request_body = NameGate,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Named", body = Said),
        (status = 400, description = "No name or no title", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not a person of the tourism office", body = crate::api::error::ErrorEnvelope),
        (status = 404, description = "No such place, or no such line", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Named anew since", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn name_visitor_gate(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<NameGate>,
) -> Result<Json<Said>, ApiError> {
    let now = people.now();
    let (site, title, word) = (site(&asked.site)?, title(&asked.title)?, word(&authz, now)?);
    let mut tx = people.write().await?;
    let today = CivilDay::of(now);
    let books = visitors::books(&mut tx, word.controller, Some(site.as_str()), (today, today)).await?;
    let place = books.places.get(site.as_str()).ok_or_else(unknown_gate)?;
    // What is there may be called anew; what is not there yet must be a name, so that no line is made up.
    if !place.gates.contains_key(&asked.gate) && asked.gate.parse::<GateName>().is_err() {
        return Err(unknown_gate());
    }
    let versions = visitors::versions(&mut tx, word.controller).await?;
    let seen = versions.get(&(site.to_string(), Some(asked.gate.clone()))).copied().unwrap_or(visitors::NO_VERSION);
    if seen != asked.version {
        return Err(changed());
    }
    let sum = if asked.adds_up { "adds up" } else { "does not add up" };
    let entry = Entry::by(&authz, "visitors.gate")
        .with_object(format!("{site} {}", asked.gate))
        .with_detail(format!("version {}, {sum}", seen + 1));
    audit::append(&mut tx, authz.controller(), now, entry).await?;
    let gate = (site.as_str(), asked.gate.as_str());
    if !visitors_write::name_gate(&mut tx, &word, gate, (title, asked.adds_up), seen + 1).await? {
        return Err(changed());
    }
    tx.commit().await?;
    Ok(Json(Said { version: seen + 1 }))
}
