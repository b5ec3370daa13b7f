//! `POST /api/v1/visitors/freezes`: a person freezes a month (*chốt số liệu*) and signs for it: the figures are kept as they are, for
//! good. What comes later is a supplement beside them. There is no way back, and no program may do it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::report::{VisitorReport, filed, view};
use super::{changed, month, plain, word};
use crate::api::extract::Body;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::counting::civil::CivilDay;
use crate::store::visitors_write::{self, NewFreeze};

/// A month to be frozen.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FreezeVisitors {
    /// `yyyy-mm`.
    pub month: String,
    /// `sha256` of the report on the screen: only what was looked at is signed.
    pub sha256: String,
    /// The signer's name, as it is to stand under the report.
    pub signed_name: String,
    /// The signer's office.
    pub signed_title: String,
}

fn frozen_already() -> ApiError {
    ApiError::new(StatusCode::CONFLICT, "frozen_already", "Tháng này đã được chốt. Số đã chốt không thay đổi được.")
}

/// Freeze a month.
#[utoipa::path(post, path = "/api/v1/visitors/freezes", tag = "visitors", request_body = FreezeVisitors,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Frozen", body = VisitorReport),
        (status = 400, description = "No such month, not over yet, or nobody signs", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not a person of the tourism office", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Frozen already, or the figures changed since", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn freeze_visitors(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<FreezeVisitors>,
) -> Result<Json<VisitorReport>, ApiError> {
    let now = people.now();
    let month = month(&asked.month)?;
    let told = "Hãy ghi họ tên và chức vụ của người ký.";
    let signed_name = plain(&asked.signed_name, 2, 80, "signer_needed", told)?;
    let signed_title = plain(&asked.signed_title, 2, 120, "signer_needed", told)?;
    if month.last() >= CivilDay::of(now) {
        return Err(ApiError::bad_request("not_over", "Chỉ chốt được tháng đã kết thúc."));
    }
    let word = word(&authz, now)?;
    let mut tx = people.write().await?;
    let before = filed(&mut tx, word.controller, month, now).await?;
    if before.frozen.is_some() {
        return Err(frozen_already());
    }
    let (content, sha256) = (before.live.canonical(), before.live.digest());
    if sha256.to_string() != asked.sha256 {
        return Err(changed());
    }
    let entry = Entry::by(&authz, "visitors.freeze").with_object(month).with_detail(format!("sha256 {sha256}"));
    audit::append(&mut tx, authz.controller(), now, entry).await?;
    let freeze = NewFreeze { month, content: &content, sha256, signed_name, signed_title };
    if !visitors_write::freeze(&mut tx, &word, &freeze).await? {
        return Err(frozen_already());
    }
    let after = filed(&mut tx, word.controller, month, now).await?;
    tx.commit().await?;
    tracing::info!("a month of visitors was frozen");
    Ok(Json(view(&after, now)))
}
