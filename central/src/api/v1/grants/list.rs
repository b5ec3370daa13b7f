//! `GET /api/v1/grants`: grants of the body, newest first. They name plates: on record before they are sent.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::GrantView;
use crate::api::extract::Params;
use crate::api::{ApiError, People, cursor};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::plate_grants as table;

/// Which.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Which {
    state: Option<String>,
    limit: Option<i64>,
    cursor: Option<String>,
    #[expect(dead_code, reason = "read by the judgement about the request")]
    controller: Option<String>,
}

/// A page of grants, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GrantPage {
    /// The grants.
    pub items: Vec<GrantView>,
    /// Cursor of the next page.
    pub next: Option<String>,
}

/// Grants.
#[utoipa::path(get, path = "/api/v1/grants", tag = "grants",
    params(("state" = Option<String>, Query, description = "`asked`, `granted` (also expired), `refused`, `withdrawn`; left out: all"),
        ("limit" = Option<i64>, Query, description = "Rows of a page, 1..200; 50 if not given"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "A page of grants", body = GrantPage)))]
pub(crate) async fn list_grants(
    authz: Authz,
    State(people): State<Arc<People>>,
    Params(which): Params<Which>,
) -> Result<Json<GrantPage>, ApiError> {
    let state = which.state.as_deref().unwrap_or_default();
    if !["", "asked", "granted", "refused", "withdrawn"].contains(&state) {
        return Err(ApiError::bad_request("bad_state", "Trạng thái không hợp lệ."));
    }
    let after = which.cursor.as_deref().map(cursor::decode).transpose()?;
    let limit = cursor::limit(which.limit);
    let (controller, now) = (authz.controller(), people.now());
    let mut tx = people.write().await?;
    let mut rows = table::list(&mut tx, controller.as_str(), state, after, limit + 1).await?;
    let next = cursor::cut(&mut rows, limit, |row| (row.asked_at, row.grant));
    let detail = format!("{}, {} shown", if state.is_empty() { "all" } else { state }, rows.len());
    audit::append(&mut tx, controller, now, Entry::by(&authz, "grants.list").with_detail(detail)).await?;
    tx.commit().await?;
    let asks = authz.session().user_id;
    let items = rows.iter().map(|row| GrantView::of(row, asks, now)).collect::<Result<_, _>>()?;
    Ok(Json(GrantPage { items, next }))
}
