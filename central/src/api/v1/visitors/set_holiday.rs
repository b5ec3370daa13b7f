//! `POST /api/v1/visitors/holidays`: a holiday, other days for one, or its end.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{changed, day, title, word};
use crate::api::extract::Body;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::visitors;
use crate::store::visitors_write::{self, NewHoliday};

/// A holiday lasts at most so many days.
const DAYS_MAX: i64 = 62;

/// A holiday.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetHoliday {
    /// Which one; left out for a new one.
    pub id: Option<Uuid>,
    /// The version that was seen; 0 for a new one.
    pub version: i64,
    /// Its name; the same each year, so that years can be held against each other.
    pub name: String,
    /// First day, `yyyy-mm-dd`.
    pub first_day: String,
    /// Last day.
    pub last_day: String,
    /// Take it off the list.
    #[serde(default)]
    pub withdrawn: bool,
}

/// It stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HolidaySet {
    /// Its id.
    pub id: String,
    /// The version it has now.
    pub version: i64,
}

/// Set a holiday.
#[utoipa::path(post, path = "/api/v1/visitors/holidays", tag = "visitors", request_body = SetHoliday,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Set", body = HolidaySet),
        (status = 400, description = "No name, or days that are none", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not a person of the tourism office", body = crate::api::error::ErrorEnvelope),
        (status = 404, description = "No such holiday", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Changed since", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn set_visitor_holiday(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<SetHoliday>,
) -> Result<Json<HolidaySet>, ApiError> {
    let now = people.now();
    let (name, first_day, last_day) = (title(&asked.name)?, day(&asked.first_day)?, day(&asked.last_day)?);
    if last_day < first_day || last_day.0 - first_day.0 >= DAYS_MAX {
        return Err(ApiError::bad_request("bad_holiday", "Đợt lễ kéo dài từ 1 đến 62 ngày."));
    }
    let word = word(&authz, now)?;
    let mut tx = people.write().await?;
    let seen = match asked.id {
        Some(id) => {
            let there = visitors::holidays(&mut tx, word.controller).await?;
            there.iter().find(|row| row.id == id).ok_or_else(ApiError::not_found)?.version
        }
        None => visitors::NO_VERSION,
    };
    if seen != asked.version {
        return Err(changed());
    }
    let id = asked.id.unwrap_or_else(|| people.means.ids.next(now));
    let detail = format!("{first_day} to {last_day}{}", if asked.withdrawn { ", withdrawn" } else { "" });
    let entry = Entry::by(&authz, "visitors.holiday").with_object(id).with_detail(detail);
    audit::append(&mut tx, authz.controller(), now, entry).await?;
    let holiday = NewHoliday { id, name, first_day, last_day, withdrawn: asked.withdrawn };
    if !visitors_write::set_holiday(&mut tx, &word, &holiday, seen + 1).await? {
        return Err(changed());
    }
    tx.commit().await?;
    Ok(Json(HolidaySet { id: id.to_string(), version: seen + 1 }))
}
