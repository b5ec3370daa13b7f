//! `POST /api/v1/visitors/export`: a month as an Excel file that can be filed as it is: frozen as it was frozen, with its supplement
//! on a sheet of its own; not frozen with that written on its first page and in its name. On record before it is sent.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use serde::Deserialize;
use utoipa::ToSchema;

use super::figures::DEFINITIONS;
use super::report::filed;
use super::{month, reason};
use crate::api::extract::Body;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::counting::report::Report;
use crate::counting::workbook::{Correction, Signature, Workbook};
use crate::store::visitors;

/// What the file is.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Which month.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportVisitors {
    /// `yyyy-mm`.
    pub month: String,
    /// What for.
    pub reason: String,
}

/// A month as an Excel file.
#[utoipa::path(post, path = "/api/v1/visitors/export", tag = "visitors", request_body = ExportVisitors,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The file", content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>),
        (status = 400, description = "No such month, or no reason", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not a person of the tourism office", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn export_visitors(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<ExportVisitors>,
) -> Result<(HeaderMap, Vec<u8>), ApiError> {
    let (month, reason, now) = (month(&asked.month)?, reason(&asked.reason)?, people.now());
    let controller = authz.controller();
    let mut tx = people.write().await?;
    let filed = filed(&mut tx, controller.as_str(), month, now).await?;
    let span = (month.first(), month.last());
    let entries = visitors::entries(&mut tx, controller.as_str(), None, span).await?;
    let state = if filed.frozen.is_some() { "frozen" } else { "not frozen" };
    let entry = Entry::by(&authz, "visitors.export")
        .with_object(month)
        .with_detail(format!("{state}, sha256 {}: {reason}", filed.report().digest()));
    audit::append(&mut tx, controller, now, entry).await?;
    tx.commit().await?;
    let supplement = filed.supplement();
    let corrections: Vec<Correction> = entries
        .into_iter()
        .map(|(site, row)| Correction {
            // What was entered after the freeze is no part of the frozen figures, and says so.
            after_freeze: filed.frozen.as_ref().is_some_and(|(_, freeze)| row.at > freeze.at),
            gate: gate_title(&filed.live, &site, &row.gate),
            place: filed.live.places.iter().find(|p| p.site == site).map_or(site, |p| p.title.clone()),
            period: if row.span == "month" { row.first_day.month().to_string() } else { row.first_day.to_vietnamese() },
            version: row.version,
            entered: row.went_in,
            left: row.went_out,
            reason: row.reason,
            by: row.by,
            at: row.at,
        })
        .collect();
    let workbook = Workbook {
        report: filed.report(),
        signature: filed.frozen.as_ref().map(|(_, row)| Signature {
            name: &row.signed_name,
            title: &row.signed_title,
            at: row.at,
            sha256: row.sha256,
        }),
        supplement: &supplement,
        corrections: &corrections,
        made_at: now,
        definitions: DEFINITIONS,
    };
    let bytes = workbook.write().map_err(|error| ApiError::internal(&error))?;
    let told = if filed.frozen.is_some() { "da-chot" } else { "chua-chot" };
    let name = format!("attachment; filename=\"luot-khach-{month}-{told}.xlsx\"");
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(XLSX));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok((headers, bytes))
}

/// What people call a gate.
fn gate_title(report: &Report, site: &str, gate: &str) -> String {
    let place = report.places.iter().find(|p| p.site == site);
    let found = place.and_then(|place| place.gates.iter().find(|g| g.gate == gate));
    found.map_or_else(|| gate.to_owned(), |found| found.title.clone())
}
