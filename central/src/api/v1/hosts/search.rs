//! `POST /api/v1/hosts/search`: the desk looks for whom a visitor comes to, at one place. On record before it is answered.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::extract::Body;
use crate::api::v1::visits::VisitHostView;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::hosts as table;
use crate::visits::plain_letters;

const MOST: i64 = 50;

/// Whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchHosts {
    /// The place.
    pub site: String,
    /// What stands in name or department; accents make no difference. Empty: everybody, at most 50.
    pub text: String,
}

/// Hosts of a place, by name.
#[derive(Serialize, ToSchema)]
pub(crate) struct HostsFound {
    /// The hosts.
    pub items: Vec<VisitHostView>,
    /// Always null: whoever is not among fifty is looked for more closely.
    pub next: Option<String>,
}

/// Look for a host.
#[utoipa::path(post, path = "/api/v1/hosts/search", tag = "hosts", request_body = SearchHosts,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Hosts of the place", body = HostsFound),
        (status = 400, description = "No place", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn search_hosts(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<SearchHosts>,
) -> Result<Json<HostsFound>, ApiError> {
    let site: contract::ids::SiteName =
        asked.site.parse().map_err(|_| ApiError::bad_request("one_site", "Hãy chọn đúng một địa điểm."))?;
    if asked.text.chars().count() > 80 {
        return Err(ApiError::bad_request("bad_text", "Nội dung tìm có tối đa 80 ký tự."));
    }
    let sought = plain_letters(&asked.text);
    let controller = authz.controller();
    let mut tx = people.write().await?;
    let subject = Some(sought.as_str()).filter(|sought| !sought.is_empty());
    let mut entry = Entry::by(&authz, "hosts.search").with_subject(subject);
    entry.site = Some(site.to_string());
    audit::append(&mut tx, controller, people.now(), entry).await?;
    let rows = table::search(&mut tx, controller.as_str(), site.as_str(), &sought, MOST).await?;
    tx.commit().await?;
    let items = rows.into_iter().map(|row| VisitHostView {
        host_id: Some(row.host.to_string()),
        name: row.name,
        department: Some(row.department),
        room: row.room,
        phone: row.phone,
    });
    Ok(Json(HostsFound { items: items.collect(), next: None }))
}
