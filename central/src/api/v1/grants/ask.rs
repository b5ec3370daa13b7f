//! `POST /api/v1/grants`: an officer asks to look for a case's vehicle at several places, for a week at most. It gives nothing until
//! another officer approves it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::ids::SiteName;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{GrantView, end, reason};
use crate::api::extract::Body;
use crate::api::text::moment;
use crate::api::{ApiError, People};
use crate::auth::{AuthError, Authz};
use crate::store::nodes_read;
use crate::store::plate_grants::{self as table, NewGrant};
use crate::vehicles::{GrantFault, check_window};

/// More places than this are no question about one vehicle's way.
const SITES_MAX: usize = 20;

/// What is asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskGrant {
    /// The suspicion's case; its plate is what may be looked for.
    pub case_id: Uuid,
    /// First moment, RFC 3339.
    pub from: String,
    /// Moment after the last, RFC 3339; at most 7 days later.
    pub to: String,
    /// One to twenty places of this body.
    pub sites: Vec<String>,
    /// Why, 5 to 300 characters.
    pub reason: String,
}

/// Ask for a grant.
#[utoipa::path(post, path = "/api/v1/grants", tag = "grants", request_body = AskGrant,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Asked for; another officer has to approve", body = GrantView),
        (status = 400, description = "More than 7 days, no such place, no reason", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not an officer in person", body = crate::api::error::ErrorEnvelope),
        (status = 404, description = "No such case", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "The case has no plate, or has ended", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn ask_grant(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<AskGrant>,
) -> Result<Json<GrantView>, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    let (controller, now) = (authz.controller(), people.now());
    let (from, to) = (moment(&asked.from)?, moment(&asked.to)?);
    check_window(from, to)?;
    let reason = reason(&asked.reason)?;
    let mut sites: Vec<String> = Vec::new();
    for site in &asked.sites {
        let site: SiteName = site.parse().map_err(|_| no_such_site())?;
        sites.push(site.to_string());
    }
    sites.sort();
    sites.dedup();
    let mut tx = people.write().await?;
    let known = nodes_read::sites(&mut tx, controller.as_str()).await?;
    if sites.is_empty() || sites.len() > SITES_MAX || !sites.iter().all(|site| known.contains(site)) {
        return Err(no_such_site());
    }
    crate::store::cases::get(&mut tx, controller.as_str(), asked.case_id).await?.ok_or_else(ApiError::not_found)?;
    let id = people.means.ids.next(now);
    let new = NewGrant {
        grant: id,
        controller: controller.as_str(),
        case: asked.case_id,
        from: from.0,
        to: to.0,
        reason,
        by: officer.user(),
        session: officer.session(),
        at: now.0,
    };
    if !table::insert(&mut tx, &new, &sites).await? {
        return Err(GrantFault::CaseWithoutPlate.into());
    }
    end(&people, &authz, tx, id, ("grants.ask", reason)).await.map(Json)
}

fn no_such_site() -> ApiError {
    ApiError::bad_request("no_such_site", "Hãy chọn từ 1 đến 20 địa điểm của đơn vị.")
}
