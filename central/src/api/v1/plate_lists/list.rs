//! `GET /api/v1/plate-lists`: entries of the body's lists, newest first. They hold plates: on record before they are sent.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ListEntry;
use crate::api::extract::Params;
use crate::api::{ApiError, People, cursor};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::plate_lists as table;

/// Which.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Which {
    kind: Option<String>,
    state: Option<String>,
    limit: Option<i64>,
    cursor: Option<String>,
    #[expect(dead_code, reason = "read by the judgement about the request")]
    controller: Option<String>,
}

/// A page of entries, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ListEntryPage {
    /// The entries.
    pub items: Vec<ListEntry>,
    /// Cursor of the next page.
    pub next: Option<String>,
}

/// Entries of lists.
#[utoipa::path(get, path = "/api/v1/plate-lists", tag = "plate-lists",
    params(("kind" = Option<String>, Query, description = "`wanted`, `allowed`; left out: both"),
        ("state" = Option<String>, Query, description = "`proposed`, `approved` (both also expired), `refused`, `withdrawn`; left out: all"),
        ("limit" = Option<i64>, Query, description = "Rows of a page, 1..200; 50 if not given"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "A page of entries", body = ListEntryPage)))]
pub(crate) async fn list_plate_lists(
    authz: Authz,
    State(people): State<Arc<People>>,
    Params(which): Params<Which>,
) -> Result<Json<ListEntryPage>, ApiError> {
    let kind = which.kind.as_deref().unwrap_or_default();
    if !["", "wanted", "allowed"].contains(&kind) {
        return Err(ApiError::bad_request("bad_kind", "Danh sách không hợp lệ."));
    }
    let state = which.state.as_deref().unwrap_or_default();
    if !["", "proposed", "approved", "refused", "withdrawn"].contains(&state) {
        return Err(ApiError::bad_request("bad_state", "Trạng thái không hợp lệ."));
    }
    let after = which.cursor.as_deref().filter(|c| !c.is_empty()).map(cursor::decode).transpose()?;
    let limit = cursor::limit(which.limit);
    let (controller, now) = (authz.controller(), people.now());
    let mut tx = people.write().await?;
    let mut rows = table::list(&mut tx, controller.as_str(), (kind, state), after, limit + 1).await?;
    let next = cursor::cut(&mut rows, limit, |row| (row.proposed_at, row.entry));
    let all = |word: &str| if word.is_empty() { "all".to_owned() } else { word.to_owned() };
    let detail = format!("kind {}, state {}, {} shown", all(kind), all(state), rows.len());
    audit::append(&mut tx, controller, now, Entry::by(&authz, "plate_lists.list").with_detail(detail)).await?;
    tx.commit().await?;
    let asks = authz.session().user_id;
    let items = rows.iter().map(|row| ListEntry::of(row, asks, now)).collect::<Result<_, _>>()?;
    Ok(Json(ListEntryPage { items, next }))
}
