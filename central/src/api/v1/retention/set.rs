//! `PUT /api/v1/retention/{data_class}`: an administrator says how long the body keeps a class of data, within its bounds, with a reason.
//! A version beside the versions before. A longer time holds at once; a shorter one a day later, so that it can be taken back
//! before anything is removed by it. Where the law or what it belongs to fixes the time, it is refused.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::extract::{Body, PathWord};
use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{AuthError, Authz};
use crate::privacy::{Bounds, DataClass, InForce, SHORTENING_WAITS_US, Stands, bounds_of};
use crate::store::retention_settings::{self as table, NewSetting, SettingRow};

/// How long, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetRetention {
    /// `version` on the screen; 0 where nobody has said anything.
    pub version: i64,
    /// How many days, within the bounds.
    pub days: i64,
    /// Why, 5 to 300 characters.
    pub reason: String,
}

/// How long a body keeps a class of data.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SettingView {
    /// `plate`, `picture`, `access`, `audit`, …
    pub class: String,
    /// It can be set; what cannot says in `basis` why.
    pub settable: bool,
    /// Where nobody has said anything.
    pub default_days: Option<u32>,
    /// Not fewer.
    pub least_days: Option<u32>,
    /// Not more.
    pub most_days: Option<u32>,
    /// In force now.
    pub days: Option<u32>,
    /// The last version; 0 where nobody has said anything.
    pub version: i64,
    /// In force since; null for the default.
    pub since: Option<Moment>,
    /// By whom.
    pub by: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Why these bounds, or why there are none.
    pub basis: String,
    /// What was said and is not in force yet.
    pub coming: Option<ComingView>,
}

/// A time that will be in force.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ComingView {
    /// How many days.
    pub days: i64,
    /// From then on.
    pub from: Moment,
    /// Who said so.
    pub by: String,
    /// Why.
    pub reason: String,
}

impl SettingView {
    /// Of a class, out of everything a body said.
    pub(crate) fn of(class: DataClass, rows: &[SettingRow], now: contract::clock::UtcMicros) -> Self {
        let stands = Stands::of(class, rows, now);
        let (bounds, basis) = match bounds_of(class) {
            Bounds::Between { default_days, least_days, most_days, basis } => {
                (Some((default_days, least_days, most_days)), basis)
            }
            Bounds::Fixed { basis } => (None, basis),
        };
        Self {
            class: class.as_str().to_owned(),
            settable: bounds.is_some(),
            default_days: bounds.map(|b| b.0),
            least_days: bounds.map(|b| b.1),
            most_days: bounds.map(|b| b.2),
            days: InForce::of(rows, now).days(class),
            version: stands.version,
            since: stands.now.map(|row| Moment::of(row.from)),
            by: stands.now.map(|row| row.by.clone()),
            reason: stands.now.map(|row| row.reason.clone()),
            basis: basis.to_owned(),
            coming: stands.coming.map(|row| ComingView {
                days: row.days,
                from: Moment::of(row.from),
                by: row.by.clone(),
                reason: row.reason.clone(),
            }),
        }
    }
}

/// Set how long a class of data is kept.
#[utoipa::path(put, path = "/api/v1/retention/{data_class}", tag = "retention", request_body = SetRetention,
    params(("data_class" = String, Path, description = "`plate`, `picture`, `access` or `audit`"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "What holds, and what is coming", body = SettingView),
        (status = 400, description = "No reason", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not an administrator in person", body = crate::api::error::ErrorEnvelope),
        (status = 404, description = "No such class", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Fixed, or somebody else was faster", body = crate::api::error::ErrorEnvelope),
        (status = 422, description = "Out of the bounds, which the message tells", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn set_retention(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathWord(name): PathWord,
    Body(asked): Body<SetRetention>,
) -> Result<Json<SettingView>, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    let class = DataClass::ALL.into_iter().find(|c| c.as_str() == name).ok_or_else(ApiError::not_found)?;
    let reason = asked.reason.trim();
    if !(5..=300).contains(&reason.chars().count()) || reason.chars().any(char::is_control) {
        return Err(ApiError::bad_request("reason_needed", "Lý do (bắt buộc, từ 5 đến 300 ký tự)."));
    }
    let (least, most) = match bounds_of(class) {
        Bounds::Between { least_days, most_days, .. } => (least_days, most_days),
        Bounds::Fixed { basis } => {
            let told = format!("Thời hạn của nhóm dữ liệu này không đặt được. {basis}");
            return Err(ApiError::new(StatusCode::CONFLICT, "retention_fixed", told));
        }
    };
    if !(i64::from(least)..=i64::from(most)).contains(&asked.days) {
        let told = format!("Thời hạn phải từ {least} đến {most} ngày.");
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "out_of_bounds", told));
    }
    let (controller, now) = (authz.controller(), people.now());
    let mut tx = people.write().await?;
    let rows = table::of_controller(&mut tx, controller.as_str()).await?;
    if Stands::of(class, &rows, now).version != asked.version {
        return Err(changed());
    }
    let shorter = InForce::of(&rows, now).days(class).is_some_and(|days| asked.days < i64::from(days));
    let from = if shorter { now.plus_us(SHORTENING_WAITS_US) } else { now };
    let detail = format!("{} days from {}: {reason}", asked.days, from.to_rfc3339());
    let entry = Entry::by(&authz, "retention.set").with_object(class.as_str()).with_detail(detail);
    audit::append(&mut tx, controller, now, entry).await?;
    let new = NewSetting {
        controller: controller.as_str(),
        class: class.as_str(),
        version: asked.version + 1,
        days: asked.days,
        reason,
        from: from.0,
        by: officer.user(),
        session: officer.session(),
        at: now.0,
    };
    match table::insert(&mut tx, &new).await {
        Ok(true) => {}
        Ok(false) => return Err(changed()),
        // Somebody's version came between this look and the next.
        Err(error) if error.is_refusal("times of retention follow one another") => return Err(changed()),
        Err(error) => return Err(error.into()),
    }
    let rows = table::of_controller(&mut tx, controller.as_str()).await?;
    tx.commit().await?;
    tracing::info!("how long {} is kept was set at {controller}", class.as_str());
    Ok(Json(SettingView::of(class, &rows, now)))
}

fn changed() -> ApiError {
    let told = "Một quản trị viên khác vừa đặt thời hạn này. Hãy xem lại.";
    ApiError::new(StatusCode::CONFLICT, "retention_changed", told)
}
