//! `GET /api/v1/passes/exports`: the register of what left as a file: who, when, why, how many rows, which bytes. Not what was looked
//! for: that stands in the audit log alone. For whoever answers for the officers, and for the auditor.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::extract::Params;
use crate::api::text::Moment;
use crate::api::{ApiError, People, cursor};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::pass_exports::{self as table, ExportRow};

/// Which page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Which {
    limit: Option<i64>,
    cursor: Option<String>,
    #[expect(dead_code, reason = "read by the judgement about the request")]
    controller: Option<String>,
}

/// A page of the register, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExportPage {
    /// The exports.
    pub items: Vec<ExportView>,
    /// Cursor of the next page.
    pub next: Option<String>,
}

/// A file that left.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExportView {
    /// Its id; it stands in the file's name and in the file.
    pub export_id: String,
    /// When.
    pub at: Moment,
    /// Who.
    pub by: String,
    /// The place.
    pub site: String,
    /// First moment.
    pub from: Moment,
    /// Moment after the last.
    pub to: Moment,
    /// How many rows.
    pub rows: i64,
    /// `csv` or `xlsx`.
    pub format: String,
    /// Why.
    pub reason: String,
    /// Hash of the file.
    pub sha256: String,
}

impl From<ExportRow> for ExportView {
    fn from(row: ExportRow) -> Self {
        Self {
            export_id: row.id.to_string(),
            at: Moment::of(row.at),
            by: row.by,
            site: row.site,
            from: Moment::of(row.from),
            to: Moment::of(row.to),
            rows: row.rows,
            format: row.format,
            reason: row.reason,
            sha256: row.sha256.to_string(),
        }
    }
}

/// The register of exports.
#[utoipa::path(get, path = "/api/v1/passes/exports", tag = "passes",
    params(("limit" = Option<i64>, Query, description = "Rows of a page, 1..200; 50 if not given"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "A page of the register", body = ExportPage)))]
pub(crate) async fn list_exports(
    authz: Authz,
    State(people): State<Arc<People>>,
    Params(which): Params<Which>,
) -> Result<Json<ExportPage>, ApiError> {
    let after = which.cursor.as_deref().map(cursor::decode).transpose()?;
    let limit = cursor::limit(which.limit);
    let controller = authz.controller();
    let mut tx = people.write().await?;
    audit::append(&mut tx, controller, people.now(), Entry::by(&authz, "passes.exports")).await?;
    let mut rows = table::page(&mut tx, controller.as_str(), after, limit + 1).await?;
    tx.commit().await?;
    let next = cursor::cut(&mut rows, limit, |row| (row.at, row.id));
    Ok(Json(ExportPage { items: rows.into_iter().map(ExportView::from).collect(), next }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::api::testing::Bench;
    use crate::auth::{AccountKind, Role};
    use crate::store::testing::{each_engine, number};

    const PATH: &str = "/api/v1/passes/exports";

    #[tokio::test]
    async fn leader_and_auditor_read_who_took_what_along_and_nobody_else_does() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let officer = bench.person("can-bo-01", Role::TrafficOfficer).await;
            let mut asked = json!({
                "site": "road-1", "from": "2026-11-23T00:00:00Z", "to": "2026-11-23T02:00:00Z", "key": "12A-123.45",
                "format": "csv", "reason": "Xác minh vụ va chạm",
            });
            for format in ["csv", "xlsx", "csv"] {
                asked["format"] = json!(format);
                assert_eq!(officer.post("/api/v1/passes/export", &asked).await.verdict(), "200");
                bench.clock.advance_us(1_000_000);
            }
            assert_eq!(officer.get(PATH).await.verdict(), "403 forbidden");
            for (name, role) in [("doi-truong", Role::TrafficLeader), ("kiem-toan", Role::Auditor)] {
                let client = bench.person(name, role).await;
                let first = client.get(&format!("{PATH}?limit=2")).await.json();
                let items = first["items"].as_array().unwrap();
                assert_eq!((items.len(), &items[1]["format"]), (2, &json!("xlsx")), "{first}");
                assert_eq!((&items[0]["by"], &items[0]["rows"]), (&json!("can-bo-01"), &json!(0)));
                assert_eq!(items[0]["reason"], "Xác minh vụ va chạm");
                let rest = client.get(&format!("{PATH}?limit=2&cursor={}", first["next"].as_str().unwrap())).await;
                assert_eq!(rest.json()["items"].as_array().unwrap().len(), 1);
                assert!(!first.to_string().contains("12A"), "what was looked for stands in the audit log alone");
            }
            bench.account("ban-khac", AccountKind::Person, &[("tourism", Role::Auditor)]).await;
            let foreign = bench.sign_in("ban-khac").await;
            assert_eq!(foreign.get(PATH).await.json()["items"], json!([]));
            assert_eq!(number(&bench.db, "COUNT(*)", "audit WHERE action = 'passes.exports'").await, 5);
        })
        .await;
    }
}
