//! `POST /api/v1/hosts`: a registrar enters a host at places of the body. A change is an end and a new entry.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::HostView;
use crate::api::extract::Body;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{AuthError, Authz};
use crate::store::hosts::{self as table, NewHost};
use crate::store::nodes_read;
use crate::visits::plain_letters;

/// Most places of one host.
const SITES_MAX: usize = 60;

/// A host.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EnterHost {
    /// Name, 2 to 80 characters.
    pub name: String,
    /// Department, 2 to 120 characters.
    pub department: String,
    /// Room, at most 40 characters.
    pub room: Option<String>,
    /// Telephone: digits and what stands between them, at most 30 characters.
    pub phone: Option<String>,
    /// Places of this body; one at least.
    pub sites: Vec<String>,
}

/// Enter a host.
#[utoipa::path(post, path = "/api/v1/hosts", tag = "hosts", request_body = EnterHost,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The host", body = HostView),
        (status = 400, description = "A line is missing or too long, or no such place", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not a registrar in person", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn enter_host(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<EnterHost>,
) -> Result<Json<HostView>, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    let (controller, now) = (authz.controller(), people.now());
    let name = line(&asked.name, 2, 80, "bad_name", "Họ tên người tiếp có từ 2 đến 80 ký tự.")?;
    let department = line(&asked.department, 2, 120, "bad_department", "Đơn vị tiếp khách có từ 2 đến 120 ký tự.")?;
    let room = asked.room.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let room = room.map(|text| line(text, 1, 40, "bad_room", "Phòng có tối đa 40 ký tự.")).transpose()?;
    let phone = asked.phone.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let dialled = |text: &str| text.chars().all(|c| c.is_ascii_digit() || " +-.()#*/".contains(c));
    if phone.is_some_and(|text| text.chars().count() > 30 || !dialled(text)) {
        return Err(ApiError::bad_request(
            "bad_phone",
            "Số điện thoại chỉ gồm chữ số và dấu ngăn cách, tối đa 30 ký tự.",
        ));
    }
    let mut sites = asked.sites.clone();
    sites.sort();
    sites.dedup();
    let mut tx = people.write().await?;
    let known = nodes_read::sites(&mut tx, controller.as_str()).await?;
    if sites.is_empty() || sites.len() > SITES_MAX || !sites.iter().all(|site| known.contains(site)) {
        return Err(ApiError::bad_request("no_such_site", "Hãy chọn ít nhất một địa điểm của đơn vị."));
    }
    let id = people.means.ids.next(now);
    audit::append(&mut tx, controller, now, Entry::by(&authz, "hosts.enter").with_object(id)).await?;
    let new = NewHost {
        host: id,
        controller: controller.as_str(),
        name,
        department,
        room,
        phone,
        search_key: &plain_letters(&[name, department].join(" · ")),
        by: officer.user(),
        session: officer.session(),
        at: now.0,
    };
    table::insert(&mut tx, &new, &sites).await?;
    let row = table::get(&mut tx, controller.as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    tx.commit().await?;
    Ok(Json(HostView::of(row, sites)))
}

fn line<'t>(text: &'t str, least: usize, most: usize, code: &'static str, told: &str) -> Result<&'t str, ApiError> {
    let text = text.trim();
    let fits = (least..=most).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    if fits { Ok(text) } else { Err(ApiError::bad_request(code, told)) }
}
