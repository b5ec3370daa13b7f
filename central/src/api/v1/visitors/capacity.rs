//! `POST /api/v1/visitors/capacities`: how many people a place holds (*sức chứa*), from a day on. What held before stays known.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{changed, day, reason, site, unknown_gate, word};
use crate::api::extract::Body;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::{visitors, visitors_write};

/// The most people a place may be said to hold.
const CAPACITY_MAX: i64 = 10_000_000;

/// A capacity.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetCapacity {
    /// The place.
    pub site: String,
    /// From this day on, `yyyy-mm-dd`.
    pub from: String,
    /// So many people at once.
    pub capacity: i64,
    /// On what it rests.
    pub reason: String,
}

/// Set a capacity.
#[utoipa::path(post, path = "/api/v1/visitors/capacities", tag = "visitors", request_body = SetCapacity,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 204, description = "Set"),
        (status = 400, description = "No capacity, day or reason", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not a person of the tourism office", body = crate::api::error::ErrorEnvelope),
        (status = 404, description = "No such place", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn set_visitor_capacity(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<SetCapacity>,
) -> Result<StatusCode, ApiError> {
    let now = people.now();
    let (site, from, reason) = (site(&asked.site)?, day(&asked.from)?, reason(&asked.reason)?);
    if !(1..=CAPACITY_MAX).contains(&asked.capacity) {
        return Err(ApiError::bad_request("bad_capacity", "Sức chứa là số người, từ 1 trở lên."));
    }
    let word = word(&authz, now)?;
    let mut tx = people.write().await?;
    let books = visitors::books(&mut tx, word.controller, Some(site.as_str()), (from, from)).await?;
    if !books.places.contains_key(site.as_str()) {
        return Err(unknown_gate());
    }
    let detail = format!("{} from {from}: {reason}", asked.capacity);
    let entry = Entry::by(&authz, "visitors.capacity").with_object(&site).with_detail(detail);
    audit::append(&mut tx, authz.controller(), now, entry).await?;
    let set = visitors_write::set_capacity(&mut tx, &word, (site.as_str(), from), (asked.capacity, reason)).await?;
    if !set {
        return Err(changed());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
