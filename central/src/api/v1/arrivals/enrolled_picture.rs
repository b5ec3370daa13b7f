//! `GET /api/v1/arrivals/{id}/enrolled-picture`: the enrolled picture of whom the machine takes somebody for, to compare by
//! eye. Opened for this one answer, within a day of the arrival, on record before it leaves.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use contract::clock::{DAY_US, UtcMicros};

use crate::api::extract::PathId;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::{arrivals as table, faces, people as enrolled};

/// The enrolled picture.
#[utoipa::path(get, path = "/api/v1/arrivals/{id}/enrolled-picture", tag = "gates",
    params(("id" = uuid::Uuid, Path, description = "The arrival"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The picture", content_type = "image/jpeg"),
        (status = 404, description = "Nobody enrolled is named, or not any more", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn get_enrolled_picture(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
) -> Result<Response, ApiError> {
    let (controller, now) = (authz.controller(), people.now());
    let mut tx = people.write().await?;
    let row = table::get(&mut tx, controller.as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    let named = row.enrolment.filter(|_| now.since_us(UtcMicros(row.last_seen)) <= DAY_US);
    let enrolment = named.ok_or_else(ApiError::not_found)?;
    let entry =
        Entry::by(&authz, "arrivals.enrolled_picture").with_object(id).with_subject(Some(&enrolment.to_string()));
    audit::append(&mut tx, controller, now, entry).await?;
    let person = enrolled::enrolment(&mut tx, controller.as_str(), enrolment).await?.ok_or_else(ApiError::not_found)?;
    let sealed = faces::first_picture(&mut tx, enrolment).await?.ok_or_else(ApiError::not_found)?;
    tx.commit().await?;
    let picture = people.office.open_picture(&person, &sealed)?.ok_or_else(ApiError::not_found)?;
    let png = picture.starts_with(b"\x89PNG");
    let headers = [
        (header::CONTENT_TYPE, if png { "image/png" } else { "image/jpeg" }),
        (header::CONTENT_DISPOSITION, "inline"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, picture).into_response())
}
