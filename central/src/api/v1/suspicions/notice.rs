//! `POST /api/v1/suspicions/{id}/notice`: an officer says that the notice of a confirmed violation was sent, and when. It
//! sends nothing: it stops the clock of ten days and starts that of twenty.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::clock::UtcMicros;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{SuspicionView, case_of, read_back};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{AuthError, Authz};
use crate::cases::CaseError;
use crate::store::cases::{self as table, NewNotice};

/// That it was sent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Notice {
    /// `revision` of the case on the screen.
    pub revision: i64,
    /// When it went out, RFC 3339: not before the confirmation, not in the future.
    pub sent_at: String,
}

/// Say that the notice was sent.
#[utoipa::path(post, path = "/api/v1/suspicions/{id}/notice", tag = "suspicions", request_body = Notice,
    params(("id" = uuid::Uuid, Path, description = "The confirmed case"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Noted; the clock of twenty days runs", body = SuspicionView),
        (status = 400, description = "Before the confirmation, or in the future", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not an officer in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Not confirmed, sent already, or changed since", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn note_notice(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(asked): Body<Notice>,
) -> Result<Json<SuspicionView>, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    let sent_at = UtcMicros::from_rfc3339(&asked.sent_at)
        .ok_or_else(|| ApiError::bad_request("bad_moment", "Thời điểm phải theo RFC 3339."))?;
    let controller = authz.controller();
    let now = people.now();
    let mut tx = people.write().await?;
    let row = table::get(&mut tx, controller.as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    let sent = case_of(&row, &[])?.notice_sent(&officer, sent_at, asked.revision, now)?;
    let detail = format!("revision {} sent {}", sent.noted_on, sent_at.to_rfc3339());
    let entry = Entry::by(&authz, "suspicions.notice").with_object(id).with_detail(detail);
    audit::append(&mut tx, controller, now, entry).await?;
    let stored = table::note_notice(
        &mut tx,
        &NewNotice {
            case: id,
            controller: controller.as_str(),
            noted_on: sent.noted_on,
            sent_at: sent_at.0,
            warning_due_at: sent.case.clocks.warning_due().map(|due| due.0),
            noted_by: sent.by,
            session: sent.session,
            at: now.0,
        },
    )
    .await?;
    if !stored {
        // Between our reading and our writing somebody else noted it.
        return Err(CaseError::NoticeSentAlready.into());
    }
    tx.commit().await?;
    tracing::info!(case.id = %id, "the notice of case {id} was sent");
    Ok(Json(read_back(&people, &authz, id).await?))
}

#[cfg(test)]
mod tests {
    use contract::clock::DAY_US;
    use serde_json::json;
    use uuid::Uuid;

    use crate::api::testing::Bench;
    use crate::auth::{AccountKind, Role};
    use crate::store::fixtures;
    use crate::store::testing::{each_engine, number};

    const CASE: Uuid = Uuid::from_u128(100);
    const SUSPICION: Uuid = Uuid::from_u128(200);

    #[tokio::test]
    async fn the_clock_of_ten_days_stops_when_an_officer_says_that_the_notice_was_sent() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let begun = bench.now();
            fixtures::case(&bench.db, CASE, SUSPICION, "police", "2026-000001", begun.0).await;
            let hash = bench.picture(SUSPICION, "police", "before", b"before", 1).await;
            let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
            let at = |verb: &str| format!("/api/v1/suspicions/{CASE}{verb}");
            let notice = async |revision: i64, sent_at: String| {
                let body = json!({ "revision": revision, "sent_at": sent_at });
                client.post(&at("/notice"), &body).await
            };
            assert_eq!(notice(1, begun.to_rfc3339()).await.verdict(), "409 not_confirmed");
            client.get(&at("/evidence/before")).await;
            let seen = json!({
                "revision": 1, "seen": [hash], "checklist": ["plate", "priority", "directive", "arrangement"],
            });
            assert_eq!(client.post(&at("/confirm"), &seen).await.verdict(), "200");
            bench.clock.advance_us(12 * DAY_US);
            let client = bench.sign_in("can-bo-01").await;
            let notice = async |revision: i64, sent_at: String| {
                let body = json!({ "revision": revision, "sent_at": sent_at });
                client.post(&at("/notice"), &body).await
            };
            let overdue = client.get(&at("")).await.json();
            assert_eq!(overdue["deadlines"][0]["text"], "Quá hạn 10 ngày gửi thông báo.");
            for (revision, sent_at, verdict) in [
                (2, begun.plus_us(-1_000_000).to_rfc3339(), "400 bad_notice_moment"),
                (2, begun.plus_us(13 * DAY_US).to_rfc3339(), "400 bad_notice_moment"),
                (2, "hôm qua".to_owned(), "400 bad_moment"),
                (1, begun.plus_us(DAY_US).to_rfc3339(), "409 case_changed"),
            ] {
                assert_eq!(notice(revision, sent_at.clone()).await.verdict(), verdict, "{sent_at}");
            }
            bench.account("may-doc", AccountKind::Service, &[("police", Role::TrafficOfficer)]).await;
            let program = bench.sign_in("may-doc").await;
            let body = json!({ "revision": 2, "sent_at": begun.plus_us(DAY_US).to_rfc3339() });
            assert_eq!(program.post(&at("/notice"), &body).await.verdict(), "403 person_needed");
            // The same word of a program, straight into the database: nothing else about it is wrong.
            let by_a_program = format!(
                "INSERT INTO notices (case_id, controller, sent_at, noted_on, noted_by, session_id, noted_at) \
                 SELECT c.id, 'police', {0}, 2, u.user_id, s.session_id, {0} FROM cases c, users u JOIN sessions s \
                 ON s.user_id = u.user_id WHERE u.name = 'may-doc'",
                begun.plus_us(9 * DAY_US).0
            );
            let said = fixtures::refused(&bench.db, &by_a_program).await;
            assert!(said.contains("a named officer"), "{said}");

            let told = notice(2, begun.plus_us(9 * DAY_US).to_rfc3339()).await.json();
            assert_eq!(told["revision"], 3);
            assert_eq!(told["deadlines"][0]["text"], "Còn 17 ngày để đến giải quyết (hạn 20 ngày).");
            assert_eq!(notice(3, begun.plus_us(9 * DAY_US).to_rfc3339()).await.verdict(), "409 notice_sent_already");
            assert_eq!(number(&bench.db, "COUNT(*)", "audit WHERE action = 'suspicions.notice'").await, 1);
            assert_eq!(number(&bench.db, "SUM(warning_due_at)", "cases").await, begun.0 + 29 * DAY_US);
            for text in ["UPDATE notices SET sent_at = 1", "DELETE FROM notices"] {
                let said = fixtures::refused(&bench.db, text).await;
                assert!(said.contains("notices are never"), "{text}: {said}");
            }
        })
        .await;
    }

    #[tokio::test]
    async fn the_database_itself_refuses_a_notice_nobody_answers_for() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            fixtures::case(&bench.db, CASE, SUSPICION, "police", "2026-000001", bench.now().0).await;
            let (case, nobody) = (fixtures::blob(&bench.db, CASE.as_bytes()), fixtures::blob(&bench.db, &[9; 16]));
            for text in [
                format!(
                    "INSERT INTO notices (case_id, controller, sent_at, noted_on, noted_by, session_id, noted_at) \
                     VALUES ({case}, 'police', 1, 1, {nobody}, {nobody}, 1)"
                ),
                "UPDATE cases SET notice_sent_at = 1".to_owned(),
                "UPDATE cases SET state = 'time_barred', limitation_at = 1".to_owned(),
            ] {
                fixtures::refused(&bench.db, &text).await;
            }
            fixtures::sql(&bench.db, &format!("UPDATE cases SET limitation_at = {}", 9_000_000_000_000_000_i64)).await;
            let told = fixtures::refused(&bench.db, "UPDATE cases SET state = 'time_barred'").await;
            assert!(told.contains("its limitation"), "{told}");
        })
        .await;
    }
}
