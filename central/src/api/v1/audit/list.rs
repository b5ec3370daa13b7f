//! `GET /api/v1/audit`: a day of the controller's audit log, and whether its chain holds. Reading it is on record too.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::extract::Params;
use crate::api::text::{Moment, stored_json};
use crate::api::{ApiError, People, cursor};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::audit as table;

/// Which day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuditQuery {
    /// A Vietnamese civil day, `yyyy-mm-dd`.
    pub day: String,
    /// `next` of the page before.
    pub cursor: Option<String>,
    /// Rows of a page, 1..200; 50 if not given.
    pub limit: Option<i64>,
    /// Needed with roles at several.
    #[expect(dead_code, reason = "read where the request is judged; named here since unknown parameters are refused")]
    pub controller: Option<String>,
}

/// A page of the audit log, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditPage {
    /// The records.
    pub items: Vec<AuditView>,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// What does not hold in the chain of this day, in words; empty when it holds. First page only.
    pub chain_faults: Vec<String>,
}

/// A record.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditView {
    /// Its number in the day.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// The record, as hashed.
    pub record: serde_json::Value,
    /// Its hash.
    pub hash: String,
}

/// A day of the audit log.
#[utoipa::path(get, path = "/api/v1/audit", tag = "audit", params(AuditQuery),
    responses((status = 200, description = "A page of the day", body = AuditPage)))]
pub(crate) async fn list_audit(
    authz: Authz,
    State(people): State<Arc<People>>,
    Params(asked): Params<AuditQuery>,
) -> Result<Json<AuditPage>, ApiError> {
    if !is_day(&asked.day) {
        return Err(ApiError::bad_request("bad_day", "Ngày phải có dạng yyyy-mm-dd."));
    }
    let after = match asked.cursor.as_deref() {
        Some(text) => cursor::decode(text)?.0,
        None => 0,
    };
    let limit = cursor::limit(asked.limit);
    let controller = authz.controller();
    let mut tx = people.write().await?;
    let entry = Entry::by(&authz, "audit.read").with_detail(&asked.day);
    audit::append(&mut tx, controller, people.now(), entry).await?;
    // On record before the day is read: reading it would hold the chain's head, which every look-up waits for.
    tx.commit().await?;
    let mut conn = people.db().read().await?;
    let chain_faults =
        if after == 0 { audit::verify_day(&mut conn, controller, &asked.day).await? } else { Vec::new() };
    let mut rows = table::page(&mut conn, controller.as_str(), &asked.day, after, limit + 1).await?;
    let next = cursor::cut(&mut rows, limit, |row| (row.seq, uuid::Uuid::nil()));
    Ok(Json(AuditPage {
        items: rows
            .iter()
            .map(|row| AuditView {
                seq: row.seq,
                at: Moment::of(row.at),
                record: stored_json(&row.record),
                hash: row.hash.to_string(),
            })
            .collect(),
        next,
        chain_faults: chain_faults.iter().map(ToString::to_string).collect(),
    }))
}

pub(super) fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| match i {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        })
}
