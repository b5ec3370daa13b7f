//! `GET /api/v1/audit/check`: does the chain of a day hold, and does it end as its signed root says? In words. What lies on
//! another machine is compared by `central verify-audit` only.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::list::is_day;
use crate::api::extract::Params;
use crate::api::{ApiError, People};
use crate::audit::{self, ChainFault, Entry};
use crate::auth::Authz;
use crate::store::audit as table;

/// Which day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CheckQuery {
    /// A Vietnamese civil day, `yyyy-mm-dd`.
    pub day: String,
    /// Needed with roles at several.
    #[expect(dead_code, reason = "read where the request is judged; named here since unknown parameters are refused")]
    pub controller: Option<String>,
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CheckView {
    /// The day.
    pub day: String,
    /// How many records it has.
    pub records: i64,
    /// What does not hold, in words; empty when all of it does.
    pub faults: Vec<String>,
    /// `signed`: it ends as its signed root says; `differs`: it does not; `open`: no root yet, the day is not over or not sealed.
    pub root: String,
}

/// Check a day of the audit log.
#[utoipa::path(get, path = "/api/v1/audit/check", tag = "audit", params(CheckQuery),
    responses((status = 200, description = "What came of it", body = CheckView)))]
pub(crate) async fn check_audit(
    authz: Authz,
    State(people): State<Arc<People>>,
    Params(asked): Params<CheckQuery>,
) -> Result<Json<CheckView>, ApiError> {
    if !is_day(&asked.day) {
        return Err(ApiError::bad_request("bad_day", "Ngày phải có dạng yyyy-mm-dd."));
    }
    let controller = authz.controller();
    let mut tx = people.write().await?;
    let entry = Entry::by(&authz, "audit.check").with_detail(&asked.day);
    audit::append(&mut tx, controller, people.now(), entry).await?;
    tx.commit().await?;
    let mut conn = people.db().read().await?;
    let head = table::head(&mut conn, controller.as_str(), &asked.day).await?;
    let faults = audit::verify_day(&mut conn, controller, &asked.day).await?;
    let root = match table::root_document(&mut conn, controller.as_str(), &asked.day).await? {
        None => "open",
        Some(document) => {
            let root = serde_json::from_str::<audit::Root>(&document).ok();
            let fits = root.zip(head).is_some_and(|(root, head)| (root.records, root.hash) == head);
            if fits { "signed" } else { "differs" }
        }
    };
    Ok(Json(CheckView {
        records: head.map_or(0, |(records, _)| records),
        faults: faults.iter().map(in_words).collect(),
        root: root.to_owned(),
        day: asked.day,
    }))
}

/// As whoever oversees reads it.
fn in_words(fault: &ChainFault) -> String {
    match fault {
        ChainFault::Gap { expected, found } => {
            format!("Sau bản ghi {} phải là bản ghi {expected}, nhưng lại là bản ghi {found}.", expected - 1)
        }
        ChainFault::Broken(number) => format!("Bản ghi {number} không nối tiếp bản ghi trước nó."),
        ChainFault::Changed(number) => format!("Bản ghi {number} đã bị sửa."),
        ChainFault::Misfiled(number) => format!("Bản ghi {number} mâu thuẫn với các cột lưu cùng nó."),
        ChainFault::Head => "Cuối chuỗi không khớp: có bản ghi cuối ngày bị mất hoặc bị thêm.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::api::testing::Bench;
    use crate::audit::{Root, SignedRoot, day_of};
    use crate::auth::Role;
    use crate::store::audit as table;
    use crate::store::testing::each_engine;

    #[tokio::test]
    async fn a_day_is_told_as_whole_or_not_and_as_signed_or_not() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let auditor = bench.person("kiem-toan", Role::Auditor).await;
            let day = day_of(bench.now());
            let path = format!("/api/v1/audit/check?day={day}");
            let seen = auditor.get(&path).await.json();
            // Signing in and looking are two.
            assert_eq!((&seen["records"], &seen["faults"], &seen["root"]), (&json!(2), &json!([]), &json!("open")));
            assert_eq!(auditor.get("/api/v1/audit/check?day=x").await.verdict(), "400 bad_day");

            let (records, hash) =
                table::head(&mut bench.db.read().await.unwrap(), "police", &day).await.unwrap().unwrap();
            let root = Root {
                schema: crate::audit::ROOT_SCHEMA.to_owned(),
                controller: "police".to_owned(),
                day: day.clone(),
                records,
                hash,
                made_at: bench.now(),
            };
            let signed = SignedRoot::sign(&root, &contract::signature::SigningKey::from_seed([1; 32]));
            let mut tx = bench.db.write().await.unwrap();
            let texts = (signed.document.as_str(), signed.signature.as_str());
            assert!(table::insert_root(&mut tx, "police", &day, texts, bench.now()).await.unwrap());
            tx.commit().await.unwrap();
            // The look itself is a record more than the root knows: whatever comes after it is seen.
            assert_eq!(auditor.get(&path).await.json()["root"], json!("differs"));
            let other = auditor.get("/api/v1/audit/check?day=2026-01-01").await.json();
            assert_eq!((&other["records"], &other["faults"]), (&json!(0), &json!([])));
        })
        .await;
    }
}
