//! `GET /api/v1/visitors/figures`: one place by day, week, month, year or holiday, gate by gate, step by step, with what it is held
//! against. Days are read as sums the database keeps: a year of ten gates is 3,650 rows and not five million minutes.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::clock::UtcMicros;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{FigureView, day, site, unknown_gate};
use crate::api::extract::Params;
use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::counting::civil::{CivilDay, Period, Step};
use crate::counting::report::{Books, Shown};
use crate::store::visitors::{self, FreezeRow, HolidayRow};

/// How long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PeriodKind {
    /// One day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// A year, by its months.
    Year,
    /// A holiday.
    Holiday,
}

/// Which figures.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FiguresQuery {
    /// One place.
    pub site: String,
    /// `day`, `week`, `month`, `year` or `holiday`.
    #[param(value_type = String)]
    pub kind: PeriodKind,
    /// A day of it, `yyyy-mm-dd`; not for a holiday.
    pub at: Option<String>,
    /// Which holiday.
    pub holiday: Option<Uuid>,
    /// Needed with roles at several.
    #[expect(dead_code, reason = "read where the request is judged; named here since unknown parameters are refused")]
    pub controller: Option<String>,
}

/// A place over a time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VisitorFigures {
    /// The place.
    pub site: String,
    /// What people call it.
    pub title: String,
    /// How long.
    pub kind: PeriodKind,
    /// First day, `yyyy-mm-dd`.
    pub first_day: String,
    /// Last day.
    pub last_day: String,
    /// The holiday's name.
    pub holiday: Option<String>,
    /// Days (`yyyy-mm-dd`) or, of a year, months (`yyyy-mm`); those to come are among them.
    pub steps: Vec<String>,
    /// The place; null when nobody has said which gates make the sum.
    pub total: Option<Series>,
    /// Its gates.
    pub gates: Vec<GateSeries>,
    /// What it is held against: the same weekday before, else the same time a year before.
    pub before: Option<Before>,
    /// Months in it that are frozen.
    pub frozen: Vec<FrozenView>,
    /// How many the place holds on the last day.
    pub capacity: Option<i64>,
    /// The time is over: sums can be held against each other.
    pub over: bool,
    /// What the figures mean, for the foot of a page.
    pub definitions: String,
}

/// Figures over a time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Series {
    /// All of it.
    pub sum: FigureView,
    /// One for each step.
    pub steps: Vec<FigureView>,
}

/// A gate over a time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GateSeries {
    /// `node/camera/line`, or the name of a gate without a camera.
    pub gate: String,
    /// What people call it.
    pub title: String,
    /// Does a camera count there?
    pub by_camera: bool,
    /// Does it make the sum of the place?
    pub adds_up: bool,
    /// The newest version of what was typed in for the whole month, for the next change; 0 for none and for other times.
    pub version: i64,
    /// All of it.
    pub sum: FigureView,
    /// One for each step.
    pub steps: Vec<GateStep>,
}

/// A step of a gate.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GateStep {
    /// The newest version of what was typed in, for the next change; 0 for none.
    pub version: i64,
    /// Its figure.
    pub figure: FigureView,
}

/// What figures are held against.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Before {
    /// First day.
    pub first_day: String,
    /// Last day.
    pub last_day: String,
    /// The place.
    pub total: Option<FigureView>,
}

/// A frozen month.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FrozenView {
    /// The month, `yyyy-mm`.
    pub month: String,
    /// The hash of the report as it was.
    pub sha256: String,
    /// Who signed.
    pub signed_name: String,
    /// In which office.
    pub signed_title: String,
    /// The account.
    pub by: String,
    /// When.
    pub at: Moment,
}

impl From<&FreezeRow> for FrozenView {
    fn from(row: &FreezeRow) -> Self {
        Self {
            month: row.month.to_string(),
            sha256: row.sha256.to_string(),
            signed_name: row.signed_name.clone(),
            signed_title: row.signed_title.clone(),
            by: row.by.clone(),
            at: Moment::of(row.at),
        }
    }
}

/// Said under every page and in every file.
pub(crate) const DEFINITIONS: &str = "Một lượt khách là một lần một người đi qua cổng theo chiều vào; một người vào nhiều lần \
    được tính nhiều lượt. “Đếm tự động”: camera đếm người qua vạch, không nhận dạng ai. “Nhập tay”: cán bộ ghi số liệu, có lý \
    do và phiên bản; số máy đếm được giữ nguyên bên cạnh. Tỷ lệ camera hoạt động là phần thời gian có hình ảnh được phân tích. \
    Ngày không có số liệu để trống (thiếu dữ liệu), không tính là 0; tổng có phần thiếu là số tối thiểu. Số nhập cho cả \
    tháng không chia ra ngày. Số đã chốt giữ nguyên; số đến sau được ghi riêng là bổ sung sau chốt. Camera không xác định \
    quốc tịch, lưu trú, độ tuổi.";

/// Figures of visitors.
#[utoipa::path(get, path = "/api/v1/visitors/figures", tag = "visitors", params(FiguresQuery),
    responses((status = 200, description = "Figures with how sure they are", body = VisitorFigures),
        (status = 400, description = "No such time", body = crate::api::error::ErrorEnvelope),
        (status = 404, description = "No such place or holiday", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn get_visitor_figures(
    authz: Authz,
    State(people): State<Arc<People>>,
    Params(asked): Params<FiguresQuery>,
) -> Result<Json<VisitorFigures>, ApiError> {
    let (site, now) = (site(&asked.site)?, people.now());
    let controller = authz.controller().as_str();
    let mut conn = people.db().read().await?;
    let holidays = match asked.kind {
        PeriodKind::Holiday => visitors::holidays(&mut conn, controller).await?,
        _ => Vec::new(),
    };
    let holiday = holidays.iter().find(|row| Some(row.id) == asked.holiday);
    let period = period(&asked, holiday)?;
    let before = match holiday {
        Some(this) => year_before(&holidays, this).map(|row| Period::Holiday(row.first_day, row.last_day)),
        None => period.before(),
    };
    let span = |period: Period| (period.first(), period.last());
    let one = Some(site.as_str());
    let books = visitors::books(&mut conn, controller, one, span(period)).await?;
    let place = books.places.get(site.as_str()).ok_or_else(unknown_gate)?;
    // What it is held against is a sum: read apart, so that nothing between the two is.
    let before = match before {
        Some(before) => {
            let then = visitors::books(&mut conn, controller, one, span(before)).await?;
            Some(Before {
                first_day: before.first().to_string(),
                last_day: before.last().to_string(),
                total: then.place_over(site.as_str(), before, now).map(Into::into),
            })
        }
        None => None,
    };
    let freezes = visitors::freezes(&mut conn, controller).await?;
    let steps = period.steps();
    let total: Option<Vec<Shown>> = steps.iter().map(|step| books.place_step(site.as_str(), *step, now)).collect();
    Ok(Json(VisitorFigures {
        site: site.to_string(),
        title: place.title.clone(),
        kind: asked.kind,
        first_day: period.first().to_string(),
        last_day: period.last().to_string(),
        holiday: holiday.map(|row| row.name.clone()),
        total: total
            .zip(books.place_over(site.as_str(), period, now))
            .map(|(steps, sum)| Series { sum: sum.into(), steps: steps.into_iter().map(Into::into).collect() }),
        gates: books
            .gates(site.as_str())
            .into_iter()
            .map(|gate| gate_series(&books, site.as_str(), gate, period, now))
            .collect(),
        steps: steps.iter().map(ToString::to_string).collect(),
        before,
        frozen: freezes.iter().filter(|row| books.frozen.contains_key(&row.month)).map(Into::into).collect(),
        capacity: place.capacity(period.last()),
        over: period.last() < CivilDay::of(now),
        definitions: DEFINITIONS.to_owned(),
    }))
}

fn gate_series(books: &Books, site: &str, name: &str, period: Period, now: UtcMicros) -> GateSeries {
    let place = books.places.get(site);
    let gate = place.and_then(|place| place.gates.get(name));
    let version = |step: Step| {
        let typed = gate.and_then(|gate| match step {
            Step::Day(day) => gate.book.days.get(&day),
            Step::Month(month) => gate.book.months.get(&month),
        });
        typed.map_or(visitors::NO_VERSION, |typed| typed.version)
    };
    GateSeries {
        gate: name.to_owned(),
        title: gate.map_or_else(|| name.to_owned(), |gate| gate.title.clone()),
        by_camera: gate.is_some_and(|gate| gate.book.by_camera),
        adds_up: place.is_some_and(|place| place.adds_up(name)),
        version: match period {
            Period::Month(month) => version(Step::Month(month)),
            _ => visitors::NO_VERSION,
        },
        sum: books.gate_over(site, name, period, now).into(),
        steps: period
            .steps()
            .into_iter()
            .map(|step| GateStep { version: version(step), figure: books.gate_step(site, name, step, now).into() })
            .collect(),
    }
}

fn period(asked: &FiguresQuery, holiday: Option<&HolidayRow>) -> Result<Period, ApiError> {
    if asked.kind == PeriodKind::Holiday {
        let row = holiday.ok_or_else(ApiError::not_found)?;
        return Ok(Period::Holiday(row.first_day, row.last_day));
    }
    let at = day(asked.at.as_deref().unwrap_or_default())?;
    Ok(match asked.kind {
        PeriodKind::Day | PeriodKind::Holiday => Period::Day(at),
        PeriodKind::Week => Period::Week(at),
        PeriodKind::Month => Period::Month(at.month()),
        PeriodKind::Year => Period::Year(at.month().year),
    })
}

/// The holiday of the same name before this one: it moves with the moon, so the name tells and not the date.
fn year_before<'h>(all: &'h [HolidayRow], this: &HolidayRow) -> Option<&'h HolidayRow> {
    all.iter().filter(|row| row.name == this.name && row.last_day < this.first_day).max_by_key(|row| row.first_day)
}
