//! `GET /api/v1/visitors/holidays`: holidays and festivals the office has entered, newest first. They are dated data: which days
//! Tết takes is decided each year.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::store::visitors;

/// The holidays.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VisitorHolidays {
    /// Newest first.
    pub items: Vec<VisitorHoliday>,
    /// Always null: there is one page.
    pub next: Option<String>,
}

/// A holiday.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VisitorHoliday {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// First day, `yyyy-mm-dd`.
    pub first_day: String,
    /// Last day.
    pub last_day: String,
}

/// The holidays.
#[utoipa::path(get, path = "/api/v1/visitors/holidays", tag = "visitors",
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The holidays", body = VisitorHolidays)))]
pub(crate) async fn list_visitor_holidays(
    authz: Authz,
    State(people): State<Arc<People>>,
) -> Result<Json<VisitorHolidays>, ApiError> {
    let rows = visitors::holidays(&mut *people.db().read().await?, authz.controller().as_str()).await?;
    let items = rows
        .into_iter()
        .map(|row| VisitorHoliday {
            id: row.id.to_string(),
            version: row.version,
            name: row.name,
            first_day: row.first_day.to_string(),
            last_day: row.last_day.to_string(),
        })
        .collect();
    Ok(Json(VisitorHolidays { items, next: None }))
}
