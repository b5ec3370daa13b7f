//! `POST /api/v1/visits/search`: the visitors' book of one place and one day, with a reason; on record before the answer leaves.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::there::VisitPage;
use super::{VisitView, day, reason, site, sought};
use crate::api::extract::Body;
use crate::api::{ApiError, People, cursor};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::visits::{self as table, VisitSearch};

/// What is looked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchVisits {
    /// One place.
    pub site: String,
    /// One day, `yyyy-mm-dd`.
    pub day: String,
    /// What stands in the name of visitor, organisation or host; accents make no difference. At most 80 characters.
    pub text: Option<String>,
    /// Why: 5 to 300 characters. It stands in the audit log.
    pub reason: String,
    /// Rows of a page, 1..200; 50 if not given.
    pub limit: Option<i64>,
    /// `next` of the page before.
    pub cursor: Option<String>,
}

/// Look into the visitors' book.
#[utoipa::path(post, path = "/api/v1/visits/search", tag = "visits", request_body = SearchVisits,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "A page of visits, newest first", body = VisitPage),
        (status = 400, description = "No place, no day, no reason", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn search_visits(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<SearchVisits>,
) -> Result<Json<VisitPage>, ApiError> {
    let (site, (from, to), reason) = (site(&asked.site)?, day(&asked.day)?, reason(&asked.reason)?);
    let sought = sought(asked.text.as_deref())?;
    let after = asked.cursor.as_deref().map(cursor::decode).transpose()?;
    let limit = cursor::limit(asked.limit);
    let controller = authz.controller();
    let mut tx = people.write().await?;
    let subject = Some(sought.as_str()).filter(|sought| !sought.is_empty());
    let entry = Entry::by(&authz, "visits.search")
        .with_place(site.as_str(), from, to)
        .with_subject(subject)
        .with_detail(reason);
    audit::append(&mut tx, controller, people.now(), entry).await?;
    let search = VisitSearch {
        controller: controller.as_str(),
        site: site.as_str(),
        from: from.0,
        to: to.0,
        sought: &sought,
        there: false,
        after,
        limit: limit + 1,
    };
    let mut rows = table::search(&mut tx, &search).await?;
    tx.commit().await?;
    let next = cursor::cut(&mut rows, limit, |row| (row.arrived_at, row.visit));
    Ok(Json(VisitPage { items: rows.iter().map(VisitView::from).collect(), next }))
}
