//! `POST /api/v1/visits`: a guard writes a visitor into the book, perhaps with the arrival at the gate it belongs to. No picture is
//! kept with it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{VisitView, badge, host_at, line, search_key, site, tell_desks};
use crate::api::extract::Body;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{AuthError, Authz};
use crate::store::visits::{self as table, NewVisit};
use crate::store::{arrivals, nodes_read};

/// Who comes, what for, to whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegisterVisit {
    /// The place.
    pub site: String,
    /// Name, 2 to 80 characters.
    pub visitor_name: String,
    /// From where, at most 120 characters.
    pub organisation: Option<String>,
    /// What for, 2 to 200 characters.
    pub purpose: String,
    /// To whom, of the list of hosts of this place.
    pub host_id: Option<Uuid>,
    /// To whom, by name, where the list has nobody; at most 80 characters.
    pub host_name: Option<String>,
    /// The arrival at a gate of this place.
    pub arrival_id: Option<Uuid>,
    /// The badge handed out, at most 40 characters.
    pub badge: Option<String>,
}

/// Write a visitor into the book.
#[utoipa::path(post, path = "/api/v1/visits", tag = "visits", request_body = RegisterVisit,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The visit", body = VisitView),
        (status = 400, description = "No such place, host or arrival, or a line is missing", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not a guard in person", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn register_visit(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<RegisterVisit>,
) -> Result<Json<VisitView>, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    let (controller, now) = (authz.controller(), people.now());
    let site = site(&asked.site)?;
    let told = "Hãy ghi họ tên khách, từ 2 đến 80 ký tự.";
    let visitor = line(Some(&asked.visitor_name), 80, "bad_visitor", told)?
        .filter(|name| name.chars().count() >= 2)
        .ok_or_else(|| ApiError::bad_request("bad_visitor", told))?;
    let told = "Hãy ghi mục đích đến làm việc, từ 2 đến 200 ký tự.";
    let purpose = line(Some(&asked.purpose), 200, "bad_purpose", told)?
        .filter(|purpose| purpose.chars().count() >= 2)
        .ok_or_else(|| ApiError::bad_request("bad_purpose", told))?;
    let told = "Tên cơ quan, đơn vị của khách có tối đa 120 ký tự.";
    let organisation = line(asked.organisation.as_deref(), 120, "bad_organisation", told)?;
    let named = line(asked.host_name.as_deref(), 80, "bad_host", "Tên người tiếp có tối đa 80 ký tự.")?;
    let badge = badge(asked.badge.as_deref())?;
    let mut tx = people.write().await?;
    let known = nodes_read::sites(&mut tx, controller.as_str()).await?;
    if !known.iter().any(|name| name == site.as_str()) {
        return Err(ApiError::bad_request("no_such_site", "Không có địa điểm này."));
    }
    let host = match asked.host_id {
        Some(host) => Some(host_at(&mut tx, controller.as_str(), host, site.as_str()).await?),
        None => None,
    };
    if let Some(arrival) = asked.arrival_id {
        let row = arrivals::get(&mut tx, controller.as_str(), arrival).await?;
        if !row.is_some_and(|row| row.site == site.as_str() && !row.replayed) {
            let told = "Lượt đến cổng không thuộc địa điểm này. Hãy chọn lại hoặc bỏ trống.";
            return Err(ApiError::bad_request("no_such_arrival", told));
        }
    }
    let host_name = host.as_ref().map(|host| host.1.as_str()).or(named);
    let id = people.means.ids.next(now);
    let mut entry = Entry::by(&authz, "visits.register").with_object(id);
    entry.site = Some(site.to_string());
    audit::append(&mut tx, controller, now, entry).await?;
    let new = NewVisit {
        visit: id,
        controller: controller.as_str(),
        site: site.as_str(),
        visitor,
        organisation,
        purpose,
        badge,
        host: host.as_ref().map(|host| host.0),
        host_name,
        search_key: &search_key(visitor, organisation, host_name),
        arrival: asked.arrival_id,
        by: officer.user(),
        session: officer.session(),
        at: now.0,
    };
    table::insert(&mut tx, &new).await?;
    let row = table::get(&mut tx, controller.as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    tx.commit().await?;
    tracing::info!(visit.id = %id, "visit {id} is registered");
    tell_desks(&people, &authz, &row, now)?;
    Ok(Json(VisitView::from(&row)))
}
