//! Visitors as a tourism office files them: figures by day, week, month, year and holiday with how sure they are, what was
//! typed in beside what was counted, months that are frozen. No persons, no plates.

/// `POST /api/v1/visitors/capacities`
pub(crate) mod capacity;
/// `POST /api/v1/visitors/entries`
pub(crate) mod enter;
/// `GET /api/v1/visitors/entries`
pub(crate) mod entries;
/// `POST /api/v1/visitors/export`
pub(crate) mod export;
/// `GET /api/v1/visitors/figures`
pub(crate) mod figures;
/// `POST /api/v1/visitors/freezes`
pub(crate) mod freeze;
/// `GET /api/v1/visitors/holidays`
pub(crate) mod holidays;
/// `POST /api/v1/visitors/gates`
pub(crate) mod name_gate;
/// `POST /api/v1/visitors/places`
pub(crate) mod name_place;
/// `GET /api/v1/visitors/now`
pub(crate) mod now;
/// `GET /api/v1/visitors/places`
pub(crate) mod places;
/// `GET /api/v1/visitors/report`
pub(crate) mod report;
/// `POST /api/v1/visitors/holidays`
pub(crate) mod set_holiday;
#[cfg(test)]
mod tests;

use axum::http::StatusCode;
use contract::clock::UtcMicros;
use contract::ids::SiteName;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::ApiError;
use crate::auth::{AuthError, Authz};
use crate::counting::civil::{CivilDay, Month};
use crate::counting::figures::Method;
use crate::counting::report::Shown;
use crate::store::visitors_write::Word;

/// A version was given.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Said {
    /// The version it has now; to be quoted with the next change.
    pub version: i64,
}

/// In and out.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct InOut {
    /// In.
    #[serde(rename = "in")]
    pub entered: Option<i64>,
    /// Out.
    pub out: Option<i64>,
}

/// A figure with how sure it is.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct FigureView {
    /// Crossings inwards (*lượt vào*); null is missing data, never zero.
    #[serde(rename = "in")]
    pub entered: Option<i64>,
    /// Crossings outwards.
    pub out: Option<i64>,
    /// How it came about; null when there is no figure.
    pub method: Option<Method>,
    /// Watched time over the time that should have been watched, 0..1, of what was counted automatically; null where no camera
    /// should have watched.
    pub coverage: Option<f64>,
    /// Days that are over or have begun.
    pub days: i64,
    /// Of which a person typed the figure in.
    pub days_by_hand: i64,
    /// Of which nothing is known.
    pub days_missing: i64,
    /// It is a minimum: not everything was watched, or a day is not known.
    pub lacks: bool,
    /// What the cameras counted, where a person's figure stands in its place.
    pub machine: Option<InOut>,
    /// What came after the freeze (*bổ sung sau chốt*), more or fewer; it is not in the figure.
    pub supplement: Option<InOut>,
}

impl From<Shown> for FigureView {
    fn from(shown: Shown) -> Self {
        let tally = shown.tally;
        #[expect(clippy::cast_precision_loss, reason = "at most ten thousand")]
        let coverage = tally.coverage().map(|share| share as f64 / 10_000.0);
        let machine = (tally.by_hand > 0 && tally.machine_in.is_some())
            .then_some(InOut { entered: tally.machine_in, out: tally.machine_out });
        Self {
            entered: tally.entered,
            out: tally.left,
            method: tally.method(),
            coverage,
            days: tally.days,
            days_by_hand: tally.by_hand,
            days_missing: tally.missing,
            lacks: tally.lacks(),
            machine,
            supplement: shown.supplement.map(|(entered, left)| InOut { entered: Some(entered), out: Some(left) }),
        }
    }
}

/// The word of whoever asks.
fn word(authz: &Authz, now: UtcMicros) -> Result<Word<'_>, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    Ok(Word { controller: authz.controller().as_str(), by: officer.user(), session: officer.session(), at: now.0 })
}

fn site(text: &str) -> Result<SiteName, ApiError> {
    text.parse().map_err(|_| ApiError::bad_request("one_site", "Hãy chọn đúng một địa điểm."))
}

fn day(text: &str) -> Result<CivilDay, ApiError> {
    text.parse().map_err(|_| ApiError::bad_request("bad_day", "Ngày phải có dạng yyyy-mm-dd, từ năm 1990."))
}

fn month(text: &str) -> Result<Month, ApiError> {
    text.parse().map_err(|_| ApiError::bad_request("bad_month", "Tháng phải có dạng yyyy-mm, từ năm 1990."))
}

/// A free text without control characters, trimmed.
fn plain<'t>(text: &'t str, least: usize, most: usize, code: &'static str, told: &str) -> Result<&'t str, ApiError> {
    let text = text.trim();
    let fits = (least..=most).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    if fits { Ok(text) } else { Err(ApiError::bad_request(code, told)) }
}

fn reason(text: &str) -> Result<&str, ApiError> {
    plain(text, 5, 300, "reason_needed", "Lý do (bắt buộc, từ 5 đến 300 ký tự).")
}

fn title(text: &str) -> Result<&str, ApiError> {
    plain(text, 2, 80, "bad_title", "Tên có từ 2 đến 80 ký tự.")
}

/// Somebody else was faster, or whoever asks looked at an older version.
fn changed() -> ApiError {
    ApiError::new(
        StatusCode::CONFLICT,
        "figures_changed",
        "Số liệu đã thay đổi từ khi được mở. Hãy xem lại trước khi ghi.",
    )
}

fn unknown_gate() -> ApiError {
    ApiError::new(StatusCode::NOT_FOUND, "unknown_gate", "Không có địa điểm hoặc cổng này.")
}
