//! `POST /api/v1/passes/export`: a search as a file, CSV or XLSX, for a stated reason: one place, at most 24 hours, at most 2,000
//! rows, by an officer in person. It is registered with its hash, and on record, before a byte leaves. Military vehicles stay out
//! of the file; how many did is told.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::signature::Sha256;
use serde::Deserialize;
use utoipa::ToSchema;

use super::sheet;
use crate::api::extract::Body;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{AuthError, Authz};
use crate::store::pass_exports::{self, NewExport};
use crate::store::passes_read::{self, PassSearch};
use crate::vehicles::{PassQuery, Sought};

/// Largest export. A busier day is narrowed by time: a file with everything in it is a trail of everybody.
const ROWS_MAX: i64 = 2_000;
/// Recognised and counted, and not exported to the civil side (Circular 69/2024/TT-BQP).
const MILITARY: &str = "vn_military";

/// Which kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FileFormat {
    /// Text.
    Csv,
    /// A workbook.
    Xlsx,
}

/// What is wanted, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportRequest {
    /// One place.
    pub site: String,
    /// First moment, RFC 3339.
    pub from: String,
    /// Moment after the last, RFC 3339; at most 24 hours later.
    pub to: String,
    /// A whole plate.
    pub key: Option<String>,
    /// The last five characters of a plate.
    pub last5: Option<String>,
    /// Which kind of file.
    pub format: FileFormat,
    /// Why, 5 to 300 characters.
    pub reason: String,
}

/// Take a search along as a file.
#[utoipa::path(post, path = "/api/v1/passes/export", tag = "passes", request_body = ExportRequest,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The file; `x-chilang-rows` and `x-chilang-left-out` count what is in it and what is not",
            content_type = "application/octet-stream"),
        (status = 400, description = "More than one place, more than 24 hours, a wildcard, no reason", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not an officer in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "More than 2,000 rows", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn export_passes(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<ExportRequest>,
) -> Result<Response, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    let query = PassQuery::read(&asked.site, &asked.from, &asked.to, asked.key.as_deref(), asked.last5.as_deref())?;
    let reason = asked.reason.trim();
    if !(5..=300).contains(&reason.chars().count()) || reason.contains('\0') {
        return Err(ApiError::bad_request(
            "reason_needed",
            "Lý do tra cứu (bắt buộc, từ 5 ký tự). Việc tra cứu được ghi nhật ký.",
        ));
    }
    let (key, last5) = match &query.sought {
        Sought::Anything => ("", ""),
        Sought::Key(key) => (key.as_str(), ""),
        Sought::Last5(tail) => ("", tail.as_str()),
    };
    let (within, controller, now) = (&query.within, authz.controller(), people.now());
    let search = PassSearch {
        controller: controller.as_str(),
        site: within.site.as_str(),
        from: within.from.0,
        to: within.to.0,
        key,
        last5,
        after: None,
        limit: ROWS_MAX + 1,
    };
    let (format, media_type) = match asked.format {
        FileFormat::Csv => ("csv", "text/csv; charset=utf-8"),
        FileFormat::Xlsx => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    };
    let id = people.means.ids.next(now);
    let mut tx = people.write().await?;
    let all = passes_read::search(&mut tx, &search).await?;
    if i64::try_from(all.len()).unwrap_or(i64::MAX) > ROWS_MAX {
        return Err(ApiError::new(
            StatusCode::CONFLICT,
            "export_too_large",
            "Quá 2.000 lượt xe: hãy thu hẹp thời gian hoặc nhập biển số.",
        ));
    }
    let found = all.len();
    let rows: Vec<_> = all.into_iter().filter(|row| row.country_class.as_deref() != Some(MILITARY)).collect();
    let left_out = found - rows.len();
    let bytes = match asked.format {
        FileFormat::Csv => sheet::csv(&rows).map_err(|error| ApiError::internal(&error))?,
        FileFormat::Xlsx => {
            let about = [
                ("Mã trích xuất", id.to_string()),
                ("Đơn vị", controller.to_string()),
                ("Địa điểm", within.site.to_string()),
                ("Từ", within.from.to_vietnamese()),
                ("Đến", within.to.to_vietnamese()),
                ("Lý do", reason.to_owned()),
                ("Cán bộ", authz.session().name.clone()),
                ("Lúc", now.to_vietnamese()),
                ("Số lượt xe", rows.len().to_string()),
                ("Xe quân đội không trích xuất", left_out.to_string()),
                ("Lưu ý", "Kết quả đọc là gợi ý của hệ thống – cần cán bộ xác minh.".to_owned()),
            ];
            sheet::xlsx(&rows, &about).map_err(|error| ApiError::internal(&error))?
        }
    };
    let sha256 = Sha256::of(&bytes);
    let detail = format!("{format}, {} rows, export {id}, sha256 {sha256}, reason: {reason}", rows.len());
    let entry = Entry::by(&authz, "passes.export")
        .with_place(within.site.as_str(), within.from, within.to)
        .with_subject(query.subject())
        .with_detail(detail);
    audit::append(&mut tx, controller, now, entry).await?;
    let export = NewExport {
        id,
        controller: controller.as_str(),
        format,
        site: within.site.as_str(),
        from: within.from.0,
        to: within.to.0,
        reason,
        rows: i64::try_from(rows.len()).unwrap_or(i64::MAX),
        sha256: &sha256,
        by: officer.user(),
        session: officer.session(),
        at: now.0,
    };
    pass_exports::insert(&mut tx, &export).await?;
    tx.commit().await?;
    tracing::info!(export.id = %id, "passages were exported as {id}");
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"luot-xe-{id}.{format}\"")),
        (header::HeaderName::from_static("x-chilang-rows"), rows.len().to_string()),
        (header::HeaderName::from_static("x-chilang-left-out"), left_out.to_string()),
    ];
    Ok((headers, bytes).into_response())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Reader as _, Xlsx};
    use contract::signature::Sha256;
    use serde_json::{Value, json};
    use uuid::Uuid;

    use crate::api::testing::{Bench, NOW};
    use crate::auth::{AccountKind, Role};
    use crate::store::testing::{bytes_of, each_engine, number};
    use crate::store::{audit as audit_table, fixtures};

    const PATH: &str = "/api/v1/passes/export";

    fn asked(format: &str, more: Value) -> Value {
        let mut body = json!({
            "site": "road-1", "from": "2026-11-23T00:00:00Z", "to": "2026-11-23T02:00:00Z",
            "format": format, "reason": "Xác minh vụ va chạm",
        });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        body
    }

    /// Two civil vehicles, one of them corrected with a reason a spreadsheet would run, and a military one.
    async fn bench(db: crate::store::Db) -> Bench {
        let bench = Bench::new(db).await;
        let now = bench.now().0;
        for (n, key) in [(1, "12A12345"), (2, "12A54321"), (3, "KA1234")] {
            fixtures::pass(&bench.db, Uuid::from_u128(n), "police", "road-1", now - i64::try_from(n).unwrap(), key)
                .await;
        }
        fixtures::sql(&bench.db, "UPDATE passes SET country_class = 'vn_military' WHERE plate_key = 'KA1234'").await;
        bench
    }

    #[tokio::test]
    async fn a_search_leaves_as_a_file_that_is_registered_on_record_and_holds_no_formula() {
        each_engine(|db| async move {
            let bench = bench(db).await;
            let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
            let path = format!("/api/v1/passes/{}/correct", Uuid::from_u128(1));
            let correct = json!({ "plate": "12A12346", "reason": "=HYPERLINK(\"x\")", "after": 0 });
            assert_eq!(client.post(&path, &correct).await.verdict(), "200");

            let answer = client.post(PATH, &asked("csv", json!({}))).await;
            assert_eq!(answer.verdict(), "200");
            assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8");
            let name = answer.headers["content-disposition"].to_str().unwrap();
            assert!(name.starts_with("attachment; filename=\"luot-xe-") && !name.contains("12A"), "{name}");
            assert_eq!(
                (&answer.headers["x-chilang-rows"], &answer.headers["x-chilang-left-out"]),
                (&"2".parse().unwrap(), &"1".parse().unwrap())
            );
            let text = String::from_utf8(answer.bytes.to_vec()).unwrap();
            let mut lines = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            let rows: Vec<Vec<String>> =
                lines.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
            assert_eq!(rows.len(), 2);
            assert_eq!(rows[0][0], "23/11/2026 08:14:59");
            assert_eq!(
                (rows[0][5].as_str(), rows[0][8].as_str(), rows[0][9].as_str()),
                ("12A12345", "12A12346", "can-bo-01")
            );
            assert_eq!(rows[0][11], "'=HYPERLINK(\"x\")");
            assert_eq!((rows[1][5].as_str(), rows[1][8].as_str()), ("12A54321", ""));

            let book = client.post(PATH, &asked("xlsx", json!({ "last5": "12346" }))).await;
            let mut read = Xlsx::new(Cursor::new(book.bytes.to_vec())).unwrap();
            let sheet = read.worksheet_range("Lượt xe").unwrap();
            assert_eq!(sheet.height(), 2);
            assert_eq!(sheet.get_value((1, 11)).unwrap().to_string(), "'=HYPERLINK(\"x\")");
            assert!(read.worksheet_formula("Lượt xe").unwrap().is_empty());
            let about = read.worksheet_range("Thông tin trích xuất").unwrap();
            assert_eq!(about.get_value((5, 1)).unwrap().to_string(), "Xác minh vụ va chạm");

            // Registered with the hash of the very bytes, and on record with what was looked for.
            let hashes = bytes_of(&bench.db, "sha256", "pass_exports").await;
            for bytes in [&answer.bytes, &book.bytes] {
                assert!(hashes.contains(&Sha256::of(bytes).0.to_vec()));
            }
            let mut conn = bench.db.read().await.unwrap();
            let records = audit_table::page(&mut conn, "police", "2026-11-23", 0, 100).await.unwrap();
            let exports: Vec<_> = records.iter().filter(|r| r.action == "passes.export").collect();
            assert_eq!(exports.len(), 2);
            assert!(
                exports[1].record.contains("\"subject\":\"12346\"")
                    && exports[1].record.contains("Xác minh vụ va chạm")
            );
        })
        .await;
    }

    #[tokio::test]
    async fn an_export_is_bounded_has_a_reason_and_is_a_persons() {
        each_engine(|db| async move {
            let bench = bench(db).await;
            let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
            for (more, verdict) in [
                (json!({ "to": "2026-11-24T00:00:01Z" }), "400 window_too_long"),
                (json!({ "site": "road-1,road-2" }), "400 one_site"),
                (json!({ "key": "12A*" }), "400 wildcard"),
                (json!({ "reason": "  abc " }), "400 reason_needed"),
                (json!({ "format": "pdf" }), "400 bad_body"),
            ] {
                assert_eq!(client.post(PATH, &asked("csv", more.clone())).await.verdict(), verdict, "{more}");
            }
            let desk = bench.person("truc-ban", Role::Desk).await;
            assert_eq!(desk.post(PATH, &asked("csv", json!({}))).await.verdict(), "403 forbidden");
            bench.account("may-doc", AccountKind::Service, &[("police", Role::TrafficOfficer)]).await;
            let program = bench.sign_in("may-doc").await;
            assert_eq!(program.post(PATH, &asked("csv", json!({}))).await.verdict(), "403 person_needed");
            assert_eq!(number(&bench.db, "COUNT(*)", "pass_exports").await, 0, "what is refused is not registered");
            // Not one row more than may leave, and nothing of it then.
            let now = contract::clock::UtcMicros::from_rfc3339(NOW).unwrap().0;
            let id = match bench.db.engine() {
                crate::store::Engine::Sqlite => "randomblob(16)",
                crate::store::Engine::Postgres => "decode(md5(n::text), 'hex')",
            };
            let many = format!(
                "INSERT INTO passes (passage_id, revision, state, site, node, camera, controller, class, first_seen, last_seen, \
                 unreadable, shadow, body, event_id, updated_at) WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c \
                 WHERE n < 1998) SELECT {id}, 1, 'final', 'road-1', 'n1', 'cam-1', 'police', 'car', {now} - 1000 - n, {now}, 1, 0, \
                 '{{}}', {}, 1 FROM c",
                fixtures::blob(&bench.db, Uuid::nil().as_bytes())
            );
            fixtures::sql(&bench.db, &many).await;
            assert_eq!(client.post(PATH, &asked("csv", json!({}))).await.verdict(), "409 export_too_large");
            assert_eq!(number(&bench.db, "COUNT(*)", "pass_exports").await, 0);
            let narrower = json!({ "from": "2026-11-23T01:14:59.999Z" });
            assert_eq!(client.post(PATH, &asked("csv", narrower)).await.verdict(), "200");
        })
        .await;
    }

    #[tokio::test]
    async fn the_register_of_exports_is_never_changed_and_takes_no_trail() {
        each_engine(|db| async move {
            let bench = bench(db).await;
            let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
            assert_eq!(client.post(PATH, &asked("csv", json!({}))).await.verdict(), "200");
            for (text, says) in [
                ("UPDATE pass_exports SET reason = 'x'", "never changed"),
                ("DELETE FROM pass_exports", "before its time"),
            ] {
                let now_by_the_database = bench.db.engine();
                let told = fixtures::refused(&bench.db, text).await;
                assert!(told.contains(says), "{now_by_the_database:?}: {told}");
            }
            let longer = "INSERT INTO pass_exports SELECT exported_by, controller, format, site, from_at, from_at + 86400000001, reason, \
                 row_count, sha256, exported_by, session_id, exported_at FROM pass_exports";
            let told = fixtures::refused(&bench.db, longer).await.to_lowercase();
            assert!(told.contains("check"), "{told}");
            bench.person("truc-ban", Role::Desk).await;
            let by_a_desk = "INSERT INTO pass_exports SELECT s.session_id, controller, format, site, from_at, to_at, reason, row_count, \
                 sha256, u.user_id, s.session_id, exported_at FROM pass_exports, users u JOIN sessions s ON s.user_id = u.user_id \
                 WHERE u.name = 'truc-ban'";
            let told = fixtures::refused(&bench.db, by_a_desk).await;
            assert!(told.contains("by an officer in person only"), "{told}");
        })
        .await;
    }
}
