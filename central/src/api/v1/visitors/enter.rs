//! `POST /api/v1/visitors/entries`: a person types a figure in (*nhập tay*): of a place without cameras, of a past time, or in place of
//! what cameras counted. It is a new version with a reason; what was counted and what was typed in before stay as they were.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, changed, day, month, reason, site, unknown_gate, word};
use crate::api::extract::Body;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::counting::civil::CivilDay;
use crate::store::visitors;
use crate::store::visitors_write::{self, NewEntry};

/// No gate of the country passes more in a month.
const MOST: i64 = 100_000_000;

/// A figure.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EnterVisitors {
    /// The place.
    pub site: String,
    /// The gate.
    pub gate: String,
    /// A day (`yyyy-mm-dd`) that has begun, or a month (`yyyy-mm`) that is over.
    pub period: String,
    /// In; null takes the figure back, so that what was counted stands again.
    #[serde(rename = "in")]
    pub entered: Option<i64>,
    /// Out. Needed where a camera counted both on that day.
    pub out: Option<i64>,
    /// Why.
    pub reason: String,
    /// The version that was seen; 0 for none.
    pub version: i64,
}

/// Type in a figure.
#[utoipa::path(post, path = "/api/v1/visitors/entries", tag = "visitors", request_body = EnterVisitors,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Typed in", body = Said),
        (status = 400, description = "No figure, time or reason", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not a person of the tourism office", body = crate::api::error::ErrorEnvelope),
        (status = 404, description = "No such gate", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Another version came meanwhile", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn enter_visitors(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<EnterVisitors>,
) -> Result<Json<Said>, ApiError> {
    let now = people.now();
    let (site, reason) = (site(&asked.site)?, reason(&asked.reason)?);
    let is_month = asked.period.len() == 7;
    let (first_day, last_day) = if is_month {
        let month = month(&asked.period)?;
        (month.first(), month.last())
    } else {
        let day = day(&asked.period)?;
        (day, day)
    };
    let today = CivilDay::of(now);
    if first_day > today || (is_month && last_day >= today) {
        return Err(ApiError::bad_request("not_over", "Chỉ nhập được ngày đã bắt đầu hoặc tháng đã kết thúc."));
    }
    if [asked.entered, asked.out].into_iter().flatten().any(|n| !(0..=MOST).contains(&n)) {
        return Err(ApiError::bad_request("bad_figure", "Số lượt là số nguyên, từ 0 trở lên."));
    }
    if asked.entered.is_none() && (asked.out.is_some() || asked.version == visitors::NO_VERSION) {
        return Err(ApiError::bad_request("bad_figure", "Hãy ghi số lượt vào."));
    }
    let word = word(&authz, now)?;
    let mut tx = people.write().await?;
    let books = visitors::books(&mut tx, word.controller, Some(site.as_str()), (first_day, last_day)).await?;
    let gate =
        books.places.get(site.as_str()).and_then(|place| place.gates.get(&asked.gate)).ok_or_else(unknown_gate)?;
    // Else a correction of one number would make the other unknown.
    if !is_month && gate.book.by_camera && asked.entered.is_some() && asked.out.is_none() {
        return Err(ApiError::bad_request("out_needed", "Cổng này đếm cả chiều ra: hãy ghi cả số lượt ra."));
    }
    let entry = NewEntry {
        site: site.as_str(),
        gate: &asked.gate,
        is_month,
        first_day,
        last_day,
        went_in: asked.entered,
        went_out: asked.out,
        reason,
    };
    let seen = visitors_write::entry_version(&mut tx, &word, &entry).await?;
    if seen != asked.version {
        return Err(changed());
    }
    let record = Entry::by(&authz, "visitors.enter")
        .with_object(format!("{site} {}", asked.gate))
        .with_detail(format!("{} version {}", asked.period, seen + 1));
    audit::append(&mut tx, authz.controller(), now, record).await?;
    if !visitors_write::enter(&mut tx, &word, &entry, seen + 1).await? {
        return Err(changed());
    }
    tx.commit().await?;
    Ok(Json(Said { version: seen + 1 }))
}
