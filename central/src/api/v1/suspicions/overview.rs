//! `GET /api/v1/suspicions/overview`: a traffic leader's page. What expires within three days and who has it, each officer's work of
//! today, and what share of each camera's and rule's suspicions was rejected in thirty days, with the numbers it rests on. On record
//! before the answer leaves: it names officers and holds plates.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::clock::{DAY_US, vietnam_day_start};
use serde::Serialize;
use utoipa::ToSchema;

use super::{SuspicionView, view};
use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::case_figures::{self, Since};
use crate::store::cases as table;

/// A notice due within so long is about to expire.
const SOON_US: i64 = 3 * DAY_US;
/// Decisions of so long are counted.
const COUNTED_DAYS: i64 = 30;
/// A share of fewer decisions says little, and is said to.
const FEW: i64 = 20;
/// So many expiring cases are named; how many there are is told besides.
const NAMED: i64 = 200;

/// A leader's page.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Overview {
    /// Waiting suspicions whose notice is due within three days or overdue, the nearest first; 200 at most.
    pub expiring: Vec<SuspicionView>,
    /// How many there are.
    pub expiring_count: i64,
    /// All that wait.
    pub waiting: i64,
    /// Everybody who may decide.
    pub officers: Vec<OfficerView>,
    /// By camera and rule.
    pub cameras: Vec<RejectedShare>,
    /// Decisions since then are counted in it.
    pub counted_since: Moment,
}

/// An officer's work.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfficerView {
    /// The officer.
    pub name: String,
    /// Waiting suspicions given to them.
    pub assigned: i64,
    /// Of these, due within three days.
    pub expiring: i64,
    /// On their screen now.
    pub on_screen: i64,
    /// Confirmed today.
    pub confirmed_today: i64,
    /// Rejected today.
    pub rejected_today: i64,
}

/// How much of what a camera and a rule suspected was rejected.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RejectedShare {
    /// The place.
    pub site: String,
    /// The node.
    pub node: String,
    /// The camera.
    pub camera: String,
    /// The rule.
    pub rule: String,
    /// Code of the behaviour.
    pub violation: String,
    /// Decided.
    pub decided: i64,
    /// Of these, rejected.
    pub rejected: i64,
    /// rejected / decided.
    pub share: f64,
    /// Fewer than twenty decisions: the share says little.
    pub few: bool,
}

/// What expires, who does how much, what is rejected.
#[utoipa::path(get, path = "/api/v1/suspicions/overview", tag = "suspicions",
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "A leader's page", body = Overview)))]
pub(crate) async fn get_overview(authz: Authz, State(people): State<Arc<People>>) -> Result<Json<Overview>, ApiError> {
    let controller = authz.controller().as_str();
    let now = people.now();
    let since = Since { now: now.0, day: vietnam_day_start(now).0, due_before: now.plus_us(SOON_US).0 };
    let counted_since = now.plus_us(-COUNTED_DAYS * DAY_US);
    let mut tx = people.write().await?;
    audit::append(&mut tx, authz.controller(), now, Entry::by(&authz, "suspicions.overview")).await?;
    let (expiring_count, rows) = table::expiring(&mut tx, controller, since.due_before, NAMED).await?;
    let (waiting, _) = table::waiting(&mut tx, controller).await?;
    let officers = case_figures::officers(&mut tx, controller, since).await?;
    let cameras = case_figures::cameras(&mut tx, controller, counted_since.0).await?;
    tx.commit().await?;
    let me = authz.session().user_id;
    Ok(Json(Overview {
        expiring: rows.iter().map(|row| view(row, now, me)).collect::<Result<_, _>>()?,
        expiring_count,
        waiting,
        officers: officers
            .into_iter()
            .map(|o| OfficerView {
                name: o.name,
                assigned: o.assigned,
                expiring: o.expiring,
                on_screen: o.on_screen,
                confirmed_today: o.confirmed,
                rejected_today: o.rejected,
            })
            .collect(),
        cameras: cameras
            .into_iter()
            .map(|c| RejectedShare {
                share: share(c.rejected, c.decided),
                few: c.decided < FEW,
                site: c.site,
                node: c.node,
                camera: c.camera,
                rule: c.rule_id,
                violation: c.violation,
                decided: c.decided,
                rejected: c.rejected,
            })
            .collect(),
        counted_since: counted_since.into(),
    }))
}

fn share(part: i64, whole: i64) -> f64 {
    let as_float = |n: i64| f64::from(i32::try_from(n).unwrap_or(i32::MAX));
    if whole == 0 { 0.0 } else { as_float(part) / as_float(whole) }
}

#[cfg(test)]
mod tests {
    use contract::clock::{DAY_US, HOUR_US};
    use serde_json::json;
    use uuid::Uuid;

    use crate::api::testing::Bench;
    use crate::auth::Role;
    use crate::store::fixtures;
    use crate::store::testing::each_engine;

    #[tokio::test]
    async fn a_leader_sees_what_expires_who_does_how_much_and_what_is_rejected() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let now = bench.now().0;
            let at = |id: u128, verb: &str| format!("/api/v1/suspicions/{}/{verb}", Uuid::from_u128(id));
            // Due in two hours, in three days less a minute, in four days; overdue. The fixture sets no clocks.
            let due = [2 * HOUR_US, 3 * DAY_US - 60_000_000, 4 * DAY_US, -HOUR_US];
            for (n, due) in due.into_iter().enumerate() {
                let n = n as u128;
                let (case, suspicion) = (Uuid::from_u128(100 + n), Uuid::from_u128(200 + n));
                fixtures::case(&bench.db, case, suspicion, "police", &format!("2026-00000{n}"), now).await;
                let id = fixtures::blob(&bench.db, case.as_bytes());
                fixtures::sql(&bench.db, &format!("UPDATE cases SET due_notice_at = {now} + {due} WHERE id = {id}")).await;
            }
            let foreign = Uuid::from_u128(300);
            fixtures::case(&bench.db, foreign, Uuid::from_u128(301), "tourism", "2026-000009", now).await;
            let leader = bench.person("doi-truong", Role::TrafficLeader).await;
            let officer = bench.person("can-bo-01", Role::TrafficOfficer).await;
            let answer = leader.post(&at(100, "assign"), &json!({ "officer": "can-bo-01" })).await;
            assert_eq!(answer.verdict(), "200");
            assert_eq!(officer.post(&at(100, "take"), &json!({})).await.verdict(), "200");
            let reject = json!({ "reason": "wrong_recognition" });
            assert_eq!(officer.post(&at(102, "reject"), &reject).await.verdict(), "200");
            assert_eq!(officer.get("/api/v1/suspicions/overview").await.verdict(), "403 forbidden");
            let page = leader.get("/api/v1/suspicions/overview").await.json();
            let numbers: Vec<_> = page["expiring"].as_array().unwrap().iter().map(|c| c["number"].clone()).collect();
            assert_eq!(numbers, ["2026-000003", "2026-000000", "2026-000001"]);
            assert_eq!((&page["expiring_count"], &page["waiting"]), (&json!(3), &json!(3)));
            assert_eq!(page["expiring"][1]["lease"]["by"], "can-bo-01");
            assert_eq!(
                page["officers"],
                json!([
                    { "name": "can-bo-01", "assigned": 1, "expiring": 1, "on_screen": 1, "confirmed_today": 0, "rejected_today": 1 },
                    { "name": "doi-truong", "assigned": 0, "expiring": 0, "on_screen": 0, "confirmed_today": 0, "rejected_today": 0 },
                ])
            );
            assert_eq!(
                page["cameras"],
                json!([{
                    "site": "road-1", "node": "n1", "camera": "cam-1", "rule": "wrong-way", "violation": "C-WRONGWAY",
                    "decided": 1, "rejected": 1, "share": 1.0, "few": true,
                }])
            );
            // Yesterday's decisions are not today's; a month ago nobody's.
            bench.clock.advance_us(DAY_US);
            let leader = bench.sign_in("doi-truong").await;
            let page = leader.get("/api/v1/suspicions/overview").await.json();
            assert_eq!(page["officers"][0]["rejected_today"], 0);
            assert_eq!(page["cameras"][0]["decided"], 1);
            bench.clock.advance_us(30 * DAY_US);
            let leader = bench.sign_in("doi-truong").await;
            assert_eq!(leader.get("/api/v1/suspicions/overview").await.json()["cameras"], json!([]));
        })
        .await;
    }
}
