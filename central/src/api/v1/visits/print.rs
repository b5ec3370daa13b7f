//! `POST /api/v1/visits/print`: the visitors' book of one place and one day, whole, to be put on paper; with a reason, and on record as
//! a print before it is sent.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{VisitView, day, reason, site, sought};
use crate::api::extract::Body;
use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::visits::{self as table, VisitSearch};

/// A desk has some hundred visitors a day; what has more is no day of one desk.
const MOST: i64 = 5_000;

/// Which day.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PrintVisits {
    /// One place.
    pub site: String,
    /// One day, `yyyy-mm-dd`.
    pub day: String,
    /// As in a search.
    pub text: Option<String>,
    /// Why: 5 to 300 characters. It stands in the audit log.
    pub reason: String,
}

/// The book of a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VisitsBook {
    /// The place.
    pub site: String,
    /// The day, `yyyy-mm-dd`.
    pub day: String,
    /// The visits, in the order they came.
    pub items: Vec<VisitView>,
    /// How many.
    pub total: i64,
    /// When it was printed.
    pub printed_at: Moment,
    /// By whom.
    pub printed_by: String,
}

/// Print the visitors' book of a day.
#[utoipa::path(post, path = "/api/v1/visits/print", tag = "visits", request_body = PrintVisits,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The whole day", body = VisitsBook),
        (status = 400, description = "No place, no day, no reason", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "More than 5,000 visits", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn print_visits(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<PrintVisits>,
) -> Result<Json<VisitsBook>, ApiError> {
    let (site, (from, to), reason) = (site(&asked.site)?, day(&asked.day)?, reason(&asked.reason)?);
    let sought = sought(asked.text.as_deref())?;
    let (controller, now) = (authz.controller(), people.now());
    let mut tx = people.write().await?;
    let search = VisitSearch {
        controller: controller.as_str(),
        site: site.as_str(),
        from: from.0,
        to: to.0,
        sought: &sought,
        there: false,
        after: None,
        limit: MOST + 1,
    };
    let mut rows = table::search(&mut tx, &search).await?;
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    if total > MOST {
        let told = "Quá 5.000 lượt khách trong ngày: hãy nhập tên để thu hẹp.";
        return Err(ApiError::new(StatusCode::CONFLICT, "book_too_large", told));
    }
    rows.reverse();
    let subject = Some(sought.as_str()).filter(|sought| !sought.is_empty());
    let entry = Entry::by(&authz, "visits.print")
        .with_place(site.as_str(), from, to)
        .with_subject(subject)
        .with_detail(format!("{total} visits"))
        .with_more(reason);
    audit::append(&mut tx, controller, now, entry).await?;
    tx.commit().await?;
    Ok(Json(VisitsBook {
        site: site.to_string(),
        day: asked.day,
        items: rows.iter().map(VisitView::from).collect(),
        total,
        printed_at: now.into(),
        printed_by: authz.session().name.clone(),
    }))
}
