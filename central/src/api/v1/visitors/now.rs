//! `GET /api/v1/visitors/now`: one place today, this month, this year and the last, each with how sure it is; how many are inside
//! against how many it holds.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::clock::UtcMicros;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{FigureView, site, unknown_gate};
use crate::api::extract::Params;
use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::counting::civil::{CivilDay, Month, Period};
use crate::counting::figures::{Fullness, fullness};
use crate::counting::report::Books;
use crate::store::visitors;

/// Which place.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct NowQuery {
    /// One place.
    pub site: String,
    /// Needed with roles at several.
    #[expect(dead_code, reason = "read where the request is judged; named here since unknown parameters are refused")]
    pub controller: Option<String>,
}

/// A place now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VisitorsNow {
    /// The place.
    pub site: String,
    /// What people call it.
    pub title: String,
    /// When this was read.
    pub at: Moment,
    /// Today; null when nobody has said which gates make the sum.
    pub today: Option<FigureView>,
    /// This month so far.
    pub month: Option<FigureView>,
    /// This year so far.
    pub year: Option<FigureView>,
    /// The whole year before.
    pub last_year: Option<FigureView>,
    /// How many are inside.
    pub inside: Option<InsideView>,
    /// How many the place holds.
    pub capacity: Option<i64>,
    /// Several lines count here and nobody has said which lead inside.
    pub needs_model: bool,
}

/// How many are inside: in less out since midnight.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InsideView {
    /// So many; never below none.
    pub count: i64,
    /// By so many more left than came: what counting has drifted at least. 0 when it shows no drift.
    pub drift: i64,
    /// Against the capacity; null without one.
    pub fullness: Option<Fullness>,
    /// Per cent of the capacity.
    pub per_cent: Option<i64>,
    /// Something was not watched today: the number may be wrong by more.
    pub lacks: bool,
}

/// A place now.
#[utoipa::path(get, path = "/api/v1/visitors/now", tag = "visitors", params(NowQuery),
    responses((status = 200, description = "The place", body = VisitorsNow),
        (status = 404, description = "No such place", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn get_visitors_now(
    authz: Authz,
    State(people): State<Arc<People>>,
    Params(asked): Params<NowQuery>,
) -> Result<Json<VisitorsNow>, ApiError> {
    let (site, now) = (site(&asked.site)?, people.now());
    let today = CivilDay::of(now);
    let month = today.month();
    let from = Month { year: month.year - 1, number: 1 }.first();
    let mut conn = people.db().read().await?;
    let controller = authz.controller().as_str();
    let books = visitors::books(&mut conn, controller, Some(site.as_str()), (from, today)).await?;
    let place = books.places.get(site.as_str()).ok_or_else(unknown_gate)?;
    let over = |period| books.place_over(site.as_str(), period, now).map(FigureView::from);
    let capacity = place.capacity(today);
    Ok(Json(VisitorsNow {
        site: site.to_string(),
        title: place.title.clone(),
        at: now.into(),
        today: over(Period::Day(today)),
        month: over(Period::Month(month)),
        year: over(Period::Year(month.year)),
        last_year: over(Period::Year(month.year - 1)),
        inside: inside(&books, site.as_str(), capacity, now),
        capacity,
        needs_model: !place.has_sum(),
    }))
}

fn inside(books: &Books, site: &str, capacity: Option<i64>, now: UtcMicros) -> Option<InsideView> {
    let today = books.place_over(site, Period::Day(CivilDay::of(now)), now)?.tally;
    let difference = today.entered? - today.left?;
    let count = difference.max(0);
    Some(InsideView {
        count,
        drift: (-difference).max(0),
        fullness: capacity.map(|capacity| fullness(count, capacity)),
        per_cent: capacity.map(|capacity| count.saturating_mul(100) / capacity.max(1)),
        lacks: today.lacks(),
    })
}
