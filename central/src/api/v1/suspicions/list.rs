//! `GET /api/v1/suspicions`: suspicions of one state, the oldest (nearest to its deadlines) first. What waits for a decision is
//! a queue of work and shown whole; what is behind it is looked up like any vehicle, at one place and within 24 hours
//! (invariant 4). On record before the answer leaves: it holds plates.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{SuspicionView, view};
use crate::api::extract::Params;
use crate::api::text::Moment;
use crate::api::{ApiError, People, cursor};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::cases as table;
use crate::vehicles::PlaceAndDay;

/// Which suspicions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SuspicionsQuery {
    /// `pending_review` (if not given), `confirmed`, `rejected`, `withdrawn` or `time_barred`.
    pub state: Option<String>,
    /// One place; needed for every state but `pending_review`.
    pub site: Option<String>,
    /// Happened at or after, RFC 3339; needed with `site`.
    pub from: Option<String>,
    /// Happened before, RFC 3339, at most 24 hours later; needed with `site`.
    pub to: Option<String>,
    /// Rows of a page, 1..200; 50 if not given.
    pub limit: Option<i64>,
    /// `next` of the page before.
    pub cursor: Option<String>,
    /// Needed with roles at several.
    #[expect(dead_code, reason = "read where the request is judged; named here since unknown parameters are refused")]
    pub controller: Option<String>,
}

/// A page of suspicions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuspicionPage {
    /// The suspicions.
    pub items: Vec<SuspicionView>,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// The whole queue of what waits for a decision, wherever it is; on its first page only.
    pub waiting: Option<Waiting>,
}

/// A queue of work.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Waiting {
    /// How many.
    pub suspicions: i64,
    /// When the newest was recorded.
    pub newest: Option<Moment>,
}

/// Suspicions of one state.
#[utoipa::path(get, path = "/api/v1/suspicions", tag = "suspicions", params(SuspicionsQuery),
    responses((status = 200, description = "A page of suspicions", body = SuspicionPage),
        (status = 400, description = "Decided ones without one place and one day", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn list_suspicions(
    authz: Authz,
    State(people): State<Arc<People>>,
    Params(asked): Params<SuspicionsQuery>,
) -> Result<Json<SuspicionPage>, ApiError> {
    let state = asked.state.as_deref().unwrap_or("pending_review");
    if !["pending_review", "confirmed", "rejected", "withdrawn", "time_barred"].contains(&state) {
        return Err(ApiError::bad_request("bad_state", "Trạng thái không hợp lệ."));
    }
    let within = match (&asked.site, &asked.from, &asked.to) {
        (None, None, None) if state == "pending_review" => None,
        (Some(site), Some(from), Some(to)) => Some(PlaceAndDay::read(site, from, to)?),
        _ => {
            return Err(ApiError::bad_request(
                "place_and_day_needed",
                "Hồ sơ đã xử lý chỉ được tra theo một địa điểm (site) và trong 24 giờ (from, to).",
            ));
        }
    };
    let after = asked.cursor.as_deref().map(cursor::decode).transpose()?;
    let limit = cursor::limit(asked.limit);
    let controller = authz.controller();
    let now = people.now();
    let mut tx = people.write().await?;
    let mut entry = Entry::by(&authz, "suspicions.list").with_detail(state);
    if let Some(within) = &within {
        entry = entry.with_place(within.site.as_str(), within.from, within.to);
    }
    audit::append(&mut tx, controller, now, entry).await?;
    let mut rows = table::list(&mut tx, controller.as_str(), state, within.as_ref(), after, limit + 1).await?;
    let waiting = if state == "pending_review" && after.is_none() {
        let (suspicions, newest) = table::waiting(&mut tx, controller.as_str()).await?;
        Some(Waiting { suspicions, newest: newest.map(Moment::of) })
    } else {
        None
    };
    tx.commit().await?;
    let next = cursor::cut(&mut rows, limit, |row| (row.recorded_at, row.id));
    let me = authz.session().user_id;
    let items = rows.iter().map(|row| view(row, now, me)).collect::<Result<_, _>>()?;
    Ok(Json(SuspicionPage { items, next, waiting }))
}
