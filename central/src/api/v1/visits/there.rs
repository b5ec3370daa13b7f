//! `GET /api/v1/visits`: the visitors of one place who wait or are inside, of the last 24 hours: what a desk works with. On record
//! before it is sent. Whoever left or was sent away stands in the book, which asks for a reason.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::clock::DAY_US;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{VisitView, site};
use crate::api::extract::Params;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::visits::{self as table, VisitSearch};

/// More at once are a delegation, and stand in the book.
const MOST: i64 = 200;

/// Which place.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Where {
    site: String,
    #[expect(dead_code, reason = "read by the judgement about the request")]
    controller: Option<String>,
}

/// Visits, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VisitPage {
    /// The visits.
    pub items: Vec<VisitView>,
    /// Cursor of the next page.
    pub next: Option<String>,
}

/// Who is there.
#[utoipa::path(get, path = "/api/v1/visits", tag = "visits",
    params(("site" = String, Query, description = "The place"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Who waits or is inside; one page", body = VisitPage)))]
pub(crate) async fn list_visits(
    authz: Authz,
    State(people): State<Arc<People>>,
    Params(asked): Params<Where>,
) -> Result<Json<VisitPage>, ApiError> {
    let site = site(&asked.site)?;
    let (controller, now) = (authz.controller(), people.now());
    let from = now.plus_us(-DAY_US);
    let mut tx = people.write().await?;
    let entry = Entry::by(&authz, "visits.there").with_place(site.as_str(), from, now);
    audit::append(&mut tx, controller, now, entry).await?;
    let search = VisitSearch {
        controller: controller.as_str(),
        site: site.as_str(),
        from: from.0,
        to: i64::MAX,
        sought: "",
        there: true,
        after: None,
        limit: MOST,
    };
    let rows = table::search(&mut tx, &search).await?;
    tx.commit().await?;
    Ok(Json(VisitPage { items: rows.iter().map(VisitView::from).collect(), next: None }))
}
