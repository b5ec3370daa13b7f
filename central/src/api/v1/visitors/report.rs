//! `GET /api/v1/visitors/report`: a month of all places as it is filed: as it was frozen, with what came after; or as it stands
//! now, with the hash a signer quotes.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::clock::UtcMicros;
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use utoipa::{IntoParams, ToSchema};

use super::figures::{DEFINITIONS, FrozenView};
use super::{FigureView, month};
use crate::api::extract::Params;
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::counting::civil::{CivilDay, Month};
use crate::counting::figures::Tally;
use crate::counting::report::{Report, Shown, Supplement, supplement};
use crate::store::visitors::{self, FreezeRow};

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReportQuery {
    /// `yyyy-mm`.
    pub month: String,
    /// Needed with roles at several.
    #[expect(dead_code, reason = "read where the request is judged; named here since unknown parameters are refused")]
    pub controller: Option<String>,
}

/// A month as it is filed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VisitorReport {
    /// `yyyy-mm`.
    pub month: String,
    /// It is over and can be frozen.
    pub over: bool,
    /// How it was frozen; null: *chưa chốt*.
    pub frozen: Option<FrozenView>,
    /// The hash of what is shown; quoted by whoever freezes it.
    pub sha256: String,
    /// Every place.
    pub places: Vec<ReportPlace>,
    /// What came after the freeze (*bổ sung sau chốt*).
    pub supplement: Vec<SupplementView>,
    /// What the figures mean.
    pub definitions: String,
}

/// A place in a report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportPlace {
    /// The place.
    pub site: String,
    /// What people call it.
    pub title: String,
    /// Its capacity.
    pub capacity: Option<i64>,
    /// The month; null when nobody has said which gates make the sum.
    pub total: Option<FigureView>,
    /// Since January (*luỹ kế*).
    pub so_far: Option<FigureView>,
    /// The same month a year before (*cùng kỳ năm trước*).
    pub year_before: Option<FigureView>,
    /// Its gates.
    pub gates: Vec<ReportGate>,
}

/// A gate in a report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportGate {
    /// The gate.
    pub gate: String,
    /// What people call it.
    pub title: String,
    /// Does it make the sum of the place?
    pub adds_up: bool,
    /// The month.
    pub sum: FigureView,
}

/// What came after a freeze.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SupplementView {
    /// The place.
    pub place: String,
    /// The gate.
    pub gate: String,
    /// `yyyy-mm-dd`; null for a figure of the whole month.
    pub day: Option<String>,
    /// More in, or fewer.
    #[serde(rename = "in")]
    pub entered: i64,
    /// More out, or fewer.
    pub out: i64,
}

/// A month as it stands and, if it was frozen, as it was.
pub(super) struct Filed {
    /// As it was, and how it was frozen.
    pub frozen: Option<(Report, FreezeRow)>,
    /// As it stands now.
    pub live: Report,
}

impl Filed {
    /// What is filed.
    pub(super) fn report(&self) -> &Report {
        self.frozen.as_ref().map_or(&self.live, |(report, _)| report)
    }

    /// What came after.
    pub(super) fn supplement(&self) -> Vec<Supplement> {
        self.frozen.as_ref().map(|(then, _)| supplement(then, &self.live)).unwrap_or_default()
    }
}

/// Reads a month: the year it ends, and the same month a year before.
pub(super) async fn filed(
    conn: &mut AnyConnection,
    controller: &str,
    month: Month,
    now: UtcMicros,
) -> Result<Filed, ApiError> {
    let books = visitors::books(conn, controller, None, (month.year_before().first(), month.last())).await?;
    let frozen = match books.frozen.get(&month) {
        Some(report) => {
            let rows = visitors::freezes(conn, controller).await?;
            rows.into_iter().find(|row| row.month == month).map(|row| (report.clone(), row))
        }
        None => None,
    };
    Ok(Filed { frozen, live: books.report(month, now) })
}

/// A month of visitors.
#[utoipa::path(get, path = "/api/v1/visitors/report", tag = "visitors", params(ReportQuery),
    responses((status = 200, description = "The month", body = VisitorReport),
        (status = 400, description = "No such month", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn get_visitor_report(
    authz: Authz,
    State(people): State<Arc<People>>,
    Params(asked): Params<ReportQuery>,
) -> Result<Json<VisitorReport>, ApiError> {
    let (month, now) = (month(&asked.month)?, people.now());
    let filed = filed(&mut *people.db().read().await?, authz.controller().as_str(), month, now).await?;
    Ok(Json(view(&filed, now)))
}

/// As it is shown.
pub(super) fn view(filed: &Filed, now: UtcMicros) -> VisitorReport {
    let figure = |tally: Tally| FigureView::from(Shown { tally, supplement: None });
    let report = filed.report();
    let places = report
        .places
        .iter()
        .map(|place| ReportPlace {
            site: place.site.clone(),
            title: place.title.clone(),
            capacity: place.capacity,
            total: place.total.map(figure),
            so_far: place.so_far.map(figure),
            year_before: place.year_before.map(figure),
            gates: place
                .gates
                .iter()
                .map(|gate| ReportGate {
                    gate: gate.gate.clone(),
                    title: gate.title.clone(),
                    adds_up: gate.adds_up,
                    sum: figure(gate.sum),
                })
                .collect(),
        })
        .collect();
    let supplement = filed
        .supplement()
        .into_iter()
        .map(|row| SupplementView {
            place: row.place,
            gate: row.title,
            day: row.day.map(|day| day.to_string()),
            entered: row.entered,
            out: row.left,
        })
        .collect();
    VisitorReport {
        month: report.month.to_string(),
        over: report.month.last() < CivilDay::of(now),
        frozen: filed.frozen.as_ref().map(|(_, row)| row.into()),
        sha256: report.digest().to_string(),
        places,
        supplement,
        definitions: DEFINITIONS.to_owned(),
    }
}
