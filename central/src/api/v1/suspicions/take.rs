//! `POST /api/v1/suspicions/{id}/take`: an officer has a suspicion on the screen. For three minutes, and again with each call, it is
//! nobody else's; whoever comes second is told who has it. A leader may take over, which ends the other's lease and assignment.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::clock::UtcMicros;
use serde::Deserialize;
use sqlx::AnyConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{SuspicionView, read_back};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{AuthError, Authz, Officer, Role};
use crate::cases::{CaseError, LEASE_US};
use crate::store::case_holds::{self, NewLease};
use crate::store::cases as table;

/// How.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Take {
    /// A leader takes it from whoever has it.
    pub take_over: Option<bool>,
}

/// Take a suspicion, or keep it.
#[utoipa::path(post, path = "/api/v1/suspicions/{id}/take", tag = "suspicions", request_body = Take,
    params(("id" = uuid::Uuid, Path, description = "The suspicion"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "It is this officer's", body = SuspicionView),
        (status = 403, description = "Not an officer in person, or no leader", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Another officer has it, or it is decided", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn take_suspicion(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(asked): Body<Take>,
) -> Result<Json<SuspicionView>, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    let take_over = asked.take_over.unwrap_or(false);
    if take_over && !authz.roles().contains(&Role::TrafficLeader) {
        return Err(AuthError::Forbidden.into());
    }
    let now = people.now();
    let mut tx = people.write().await?;
    let row = table::get(&mut tx, authz.controller().as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    let kept = row.hold.running(now).is_some_and(|lease| lease.holder.id == officer.user());
    take(&mut tx, &authz, &officer, id, (take_over, kept), now).await?;
    tx.commit().await?;
    // Also when it was only kept: the other desks have to know until when.
    Ok(Json(read_back(&people, &authz, id).await?))
}

/// Takes a case in the caller's transaction. The record goes first: everybody takes the head of the audit log before a case's
/// row, so that no two wait for each other. Keeping what one has is no new look-up and not on record.
pub(super) async fn take(
    tx: &mut AnyConnection,
    authz: &Authz,
    officer: &Officer,
    id: Uuid,
    (take_over, kept): (bool, bool),
    now: UtcMicros,
) -> Result<(), ApiError> {
    if !kept {
        let action = if take_over { "suspicions.take_over" } else { "suspicions.take" };
        audit::append(&mut *tx, authz.controller(), now, Entry::by(authz, action).with_object(id)).await?;
    }
    let controller = authz.controller().as_str();
    if !case_holds::lock(&mut *tx, controller, id, now.0).await? {
        return Err(CaseError::AlreadyDecided.into());
    }
    let hold = case_holds::hold(&mut *tx, id).await?;
    if take_over {
        if hold.assignment.as_ref().is_some_and(|given| given.officer.id != officer.user()) {
            case_holds::unassign(&mut *tx, id).await?;
        }
    } else {
        hold.open_to(officer.user(), now)?;
    }
    let lease = NewLease {
        case: id,
        controller,
        holder: officer.user(),
        session: officer.session(),
        at: now.0,
        until: now.plus_us(LEASE_US).0,
    };
    Ok(case_holds::lease(tx, lease).await?)
}

#[cfg(test)]
mod tests {
    use contract::clock::MINUTE_US;
    use serde_json::{Value, json};
    use uuid::Uuid;

    use crate::api::testing::{Bench, Client};
    use crate::auth::{AccountKind, Role};
    use crate::store::testing::{each_engine, number};
    use crate::store::{Db, fixtures};

    const CASES: [Uuid; 3] = [Uuid::from_u128(100), Uuid::from_u128(101), Uuid::from_u128(102)];

    /// Three waiting cases, the first with the nearest deadline.
    async fn bench(db: Db) -> Bench {
        let bench = Bench::new(db).await;
        for (n, case) in CASES.into_iter().enumerate() {
            let suspicion = Uuid::from_u128(200 + n as u128);
            let at = bench.now().0 + i64::try_from(n).unwrap();
            fixtures::case(&bench.db, case, suspicion, "police", &format!("2026-00000{n}"), at).await;
        }
        bench
    }

    fn at(case: Uuid, verb: &str) -> String {
        format!("/api/v1/suspicions/{case}/{verb}")
    }

    async fn take(client: &Client<'_>, case: Uuid) -> String {
        client.post(&at(case, "take"), &json!({})).await.verdict()
    }

    async fn next(client: &Client<'_>, skip: &[Uuid]) -> Value {
        client.post("/api/v1/suspicions/take-next", &json!({ "skip": skip })).await.json()["id"].clone()
    }

    #[tokio::test]
    async fn two_officers_never_have_one_case_and_the_second_is_told_who_has_it() {
        each_engine(|db| async move {
            let bench = bench(db).await;
            let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
            let second = bench.person("can-bo-02", Role::TrafficOfficer).await;
            assert_eq!(take(&first, CASES[0]).await, "200");
            let refused = second.post(&at(CASES[0], "take"), &json!({})).await;
            assert_eq!(refused.verdict(), "409 held_by_other");
            let words = refused.json()["error"]["message"].to_string();
            assert!(words.contains("can-bo-01") && words.contains("08:18:00"), "{words}");
            let reject = second.post(&at(CASES[0], "reject"), &json!({ "reason": "duplicate" })).await;
            assert_eq!(reject.verdict(), "409 held_by_other");
            let many = json!({ "ids": [CASES[0], CASES[1]], "reason": "duplicate" });
            let many = second.post("/api/v1/suspicions/reject-many", &many).await.json();
            assert_eq!(many["refused"], json!([{ "id": CASES[0], "code": "held_by_other" }]));
            // The queue says who has which.
            let list = second.get("/api/v1/suspicions").await.json();
            assert_eq!(list["items"][0]["lease"]["by"], "can-bo-01");
            assert_eq!(list["items"][0]["lease"]["mine"], false);
            assert_eq!(list["items"][1]["lease"], Value::Null);
            assert_eq!(first.get("/api/v1/suspicions").await.json()["items"][0]["lease"]["mine"], true);
            // Renewed it goes on; left alone it runs out.
            bench.clock.advance_us(2 * MINUTE_US);
            assert_eq!(take(&first, CASES[0]).await, "200");
            bench.clock.advance_us(2 * MINUTE_US);
            assert_eq!(take(&second, CASES[0]).await, "409 held_by_other");
            bench.clock.advance_us(MINUTE_US);
            assert_eq!(take(&second, CASES[0]).await, "200");
            assert_eq!(take(&first, CASES[0]).await, "409 held_by_other");
        })
        .await;
    }

    #[tokio::test]
    async fn a_case_that_was_left_or_whose_officer_signed_out_is_free() {
        each_engine(|db| async move {
            let bench = bench(db).await;
            let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
            let second = bench.person("can-bo-02", Role::TrafficOfficer).await;
            assert_eq!(take(&first, CASES[0]).await, "200");
            // Only one's own.
            assert_eq!(second.post(&at(CASES[0], "release"), &json!({})).await.json()["released"], false);
            assert_eq!(first.post(&at(CASES[0], "release"), &json!({})).await.json()["released"], true);
            assert_eq!(take(&second, CASES[0]).await, "200");
            assert_eq!(second.send("DELETE", "/api/v1/session", None).await.status.as_u16(), 204);
            assert_eq!(take(&first, CASES[0]).await, "200");
        })
        .await;
    }

    #[tokio::test]
    async fn the_next_free_case_is_handed_out_by_its_deadline_and_each_to_one_officer() {
        each_engine(|db| async move {
            let bench = bench(db).await;
            let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
            let second = bench.person("can-bo-02", Role::TrafficOfficer).await;
            let (a, b) = tokio::join!(next(&first, &[]), next(&second, &[]));
            let mut both = [a, b].map(|id| id.as_str().unwrap().to_owned());
            both.sort();
            assert_eq!(both, [CASES[0].to_string(), CASES[1].to_string()]);
            assert_eq!(next(&first, &[CASES[0], CASES[1]]).await, json!(CASES[2]));
            assert_eq!(next(&second, &CASES).await, Value::Null);
        })
        .await;
    }

    #[tokio::test]
    async fn of_many_who_reach_for_one_case_at_once_exactly_one_has_it() {
        each_engine(|db| async move {
            let bench = bench(db).await;
            let mut clients = Vec::new();
            for n in 1..=4 {
                clients.push(bench.person(&format!("can-bo-0{n}"), Role::TrafficOfficer).await);
            }
            let took = futures_util::future::join_all(clients.iter().map(|c| take(c, CASES[0]))).await;
            assert_eq!(took.iter().filter(|v| *v == "200").count(), 1, "{took:?}");
            assert_eq!(took.iter().filter(|v| *v == "409 held_by_other").count(), 3, "{took:?}");
            // Whoever has it decides; of the others none, whatever they try at the same moment.
            let reject = json!({ "reason": "duplicate" });
            let path = at(CASES[0], "reject");
            let told = futures_util::future::join_all(clients.iter().map(|c| c.post(&path, &reject))).await;
            let told: Vec<String> = told.iter().map(crate::api::testing::Answer::verdict).collect();
            for (took, told) in took.iter().zip(&told) {
                assert_eq!(took == "200", told == "200", "{took} {told}");
            }
            // A decision and a reach for the case at the same moment: one of the two, never both.
            for case in &CASES[1..] {
                let (path, reject) = (at(*case, "reject"), json!({ "reason": "duplicate" }));
                let (decided, took) = tokio::join!(clients[0].post(&path, &reject), take(&clients[1], *case));
                let pair = (decided.verdict(), took);
                let one = [("200", "409 already_decided"), ("409 held_by_other", "200")];
                assert!(one.contains(&(pair.0.as_str(), pair.1.as_str())), "{pair:?}");
            }
            let decisions = number(&bench.db, "COUNT(*)", "decisions").await;
            let leases = number(&bench.db, "COUNT(*)", "case_leases").await;
            assert_eq!(decisions + leases, 3, "each case is decided or on one screen");
        })
        .await;
    }

    #[tokio::test]
    async fn a_leader_gives_takes_back_and_takes_over_and_an_officer_does_not() {
        each_engine(|db| async move {
            let bench = bench(db).await;
            let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
            let second = bench.person("can-bo-02", Role::TrafficOfficer).await;
            let leader = bench.person("doi-truong", Role::TrafficLeader).await;
            assert_eq!(take(&first, CASES[0]).await, "200");
            let over = json!({ "take_over": true });
            assert_eq!(second.post(&at(CASES[0], "take"), &over).await.verdict(), "403 forbidden");
            let give = json!({ "officer": "can-bo-02" });
            assert_eq!(first.post(&at(CASES[0], "assign"), &give).await.verdict(), "403 forbidden");
            // Given to another one, it leaves the first one's screen.
            let given = leader.post(&at(CASES[0], "assign"), &give).await;
            assert_eq!(given.json()["assigned"]["to"], "can-bo-02", "{}", given.json());
            assert_eq!(given.json()["lease"], Value::Null);
            assert_eq!(take(&first, CASES[0]).await, "409 assigned_to_other");
            assert_eq!(next(&first, &[]).await, json!(CASES[1]));
            assert_eq!(take(&second, CASES[0]).await, "200");
            bench.account("truc-ban", AccountKind::Person, &[("police", Role::Desk)]).await;
            for nobody in ["nguoi-la", "truc-ban"] {
                let answer = leader.post(&at(CASES[0], "assign"), &json!({ "officer": nobody })).await;
                assert_eq!(answer.verdict(), "400 no_such_officer", "{nobody}");
            }
            // The leader is an officer like any other until the case is taken over.
            assert_eq!(take(&leader, CASES[0]).await, "409 held_by_other");
            assert_eq!(leader.post(&at(CASES[0], "take"), &over).await.verdict(), "200");
            let reject = json!({ "reason": "duplicate" });
            assert_eq!(second.post(&at(CASES[0], "reject"), &reject).await.verdict(), "409 held_by_other");
            assert_eq!(leader.post(&at(CASES[0], "reject"), &reject).await.verdict(), "200");
            assert_eq!(take(&first, CASES[0]).await, "409 already_decided");
            // Taken back, it is anybody's.
            assert_eq!(leader.post(&at(CASES[2], "assign"), &give).await.verdict(), "200");
            assert_eq!(take(&first, CASES[2]).await, "409 assigned_to_other");
            assert_eq!(leader.post(&at(CASES[2], "assign"), &json!({ "officer": null })).await.verdict(), "200");
            assert_eq!(take(&first, CASES[2]).await, "200");
        })
        .await;
    }

    #[tokio::test]
    async fn the_database_itself_gives_a_case_to_one_officer_only() {
        each_engine(|db| async move {
            let bench = bench(db).await;
            let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
            assert_eq!(take(&first, CASES[0]).await, "200");
            let leader = bench.person("doi-truong", Role::TrafficLeader).await;
            let give = json!({ "officer": "can-bo-01" });
            assert_eq!(leader.post(&at(CASES[1], "assign"), &give).await.verdict(), "200");
            bench.person("can-bo-02", Role::TrafficOfficer).await;
            bench.account("may-doc", AccountKind::Service, &[("police", Role::TrafficOfficer)]).await;
            bench.sign_in("may-doc").await;
            let now = bench.now().0;
            let who = |name: &str| format!("(SELECT user_id FROM users WHERE name = '{name}')");
            let session =
                |name: &str| format!("(SELECT session_id FROM sessions WHERE user_id = {} LIMIT 1)", who(name));
            let case = |n: usize| fixtures::blob(&bench.db, CASES[n].as_bytes());
            let lease = |n: usize, name: &str| {
                format!(
                    "INSERT INTO case_leases (case_id, controller, holder, session_id, taken_at, expires_at) VALUES \
                     ({}, 'police', {}, {}, {now}, {now} + 9) ON CONFLICT (case_id) DO UPDATE SET holder = excluded.holder, \
                     taken_at = excluded.taken_at",
                    case(n), who(name), session(name)
                )
            };
            let decide = |n: usize, name: &str| {
                format!(
                    "INSERT INTO decisions (case_id, controller, decided_on, verdict, reason, decided_by, session_id, \
                     decided_at) VALUES ({}, 'police', 1, 'rejected', 'duplicate', {}, {}, {now})",
                    case(n), who(name), session(name)
                )
            };
            let assign = |by: &str, to: &str| {
                format!(
                    "INSERT INTO case_assignments (case_id, controller, officer, assigned_by, session_id, assigned_at) VALUES \
                     ({}, 'police', {}, {}, {}, {now})",
                    case(2), who(to), who(by), session(by)
                )
            };
            for (text, says) in [
                (lease(0, "can-bo-02"), "taken over by a leader only"),
                (lease(1, "may-doc"), "an officer in person only"),
                (decide(0, "can-bo-02"), "another officer has this case"),
                (decide(1, "can-bo-02"), "given to another officer"),
                (assign("can-bo-01", "can-bo-02"), "by a leader in person only"),
                (assign("doi-truong", "may-doc"), "by a leader in person only"),
                ("UPDATE case_assignments SET officer = assigned_by".to_owned(), "never changed"),
            ] {
                let told = fixtures::refused(&bench.db, &text).await;
                assert!(told.contains(says), "{text}: {told}");
            }
            // What is refused above is taken when it is right: the refusals are about who, not about the form.
            fixtures::sql(&bench.db, &lease(0, "doi-truong")).await;
            fixtures::sql(&bench.db, &decide(1, "can-bo-01")).await;
            fixtures::sql(&bench.db, &assign("doi-truong", "can-bo-02")).await;
        })
        .await;
    }
}
