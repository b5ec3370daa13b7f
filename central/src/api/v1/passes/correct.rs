//! `POST /api/v1/passes/{passage_id}/correct`: an officer writes down what stands on a plate. It is kept beside the machine's reading,
//! with name, moment and reason; the machine's stays as it is, and so does an earlier correction. Searches find both.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::PassView;
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{AuthError, Authz};
use crate::store::passes_read;
use crate::store::plate_corrections::{self, NewCorrection};
use crate::vehicles::ReadPlate;

/// What stands there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Correct {
    /// The whole plate.
    pub plate: String,
    /// Why the machine's reading is wrong, 5 to 200 characters.
    pub reason: String,
    /// `correction.number` on the screen; 0 while there is none.
    pub after: i64,
}

/// Correct a reading.
#[utoipa::path(post, path = "/api/v1/passes/{passage_id}/correct", tag = "passes", request_body = Correct,
    params(("passage_id" = uuid::Uuid, Path, description = "The passage"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Kept beside the machine's reading", body = PassView),
        (status = 400, description = "No plate, or no reason", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not an officer in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Somebody corrected it meanwhile", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn correct_pass(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(passage): PathId,
    Body(asked): Body<Correct>,
) -> Result<Json<PassView>, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    let plate = ReadPlate::read(&asked.plate)?;
    let reason = asked.reason.trim();
    if !(5..=200).contains(&reason.chars().count()) || reason.contains('\0') {
        return Err(ApiError::bad_request("correction_reason", "Lý do sửa là bắt buộc, từ 5 đến 200 ký tự."));
    }
    let controller = authz.controller();
    let now = people.now();
    let mut tx = people.write().await?;
    let entry = Entry::by(&authz, "passes.correct").with_object(passage).with_subject(Some(&plate.key));
    audit::append(&mut tx, controller, now, entry).await?;
    let row = passes_read::get(&mut tx, controller.as_str(), passage).await?.ok_or_else(ApiError::not_found)?;
    let last = row.correction.map_or(0, |c| c.number);
    let correction = NewCorrection {
        passage,
        number: last + 1,
        controller: controller.as_str(),
        key: &plate.key,
        last5: plate.last5(),
        display: &plate.text,
        reason,
        by: officer.user(),
        session: officer.session(),
        at: now.0,
    };
    if last != asked.after || !plate_corrections::insert(&mut tx, &correction).await? {
        return Err(ApiError::new(
            axum::http::StatusCode::CONFLICT,
            "corrected_meanwhile",
            "Một cán bộ khác vừa sửa kết quả đọc này. Hãy xem lại.",
        ));
    }
    let row = passes_read::get(&mut tx, controller.as_str(), passage).await?.ok_or_else(ApiError::not_found)?;
    tx.commit().await?;
    tracing::info!(passage.id = %passage, "the reading of passage {passage} was corrected by a person");
    Ok(Json(PassView::from(&row)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use uuid::Uuid;

    use crate::api::testing::{Bench, Client};
    use crate::auth::{AccountKind, Role};
    use crate::store::fixtures;
    use crate::store::testing::each_engine;

    const PASSAGE: Uuid = Uuid::from_u128(1);

    async fn correct(client: &Client<'_>, plate: &str, reason: &str, after: i64) -> (String, Value) {
        let body = json!({ "plate": plate, "reason": reason, "after": after });
        let answer = client.post(&format!("/api/v1/passes/{PASSAGE}/correct"), &body).await;
        (answer.verdict(), answer.json())
    }

    async fn found(client: &Client<'_>, more: Value) -> usize {
        let mut body = json!({ "site": "road-1", "from": "2026-11-23T00:00:00Z", "to": "2026-11-23T02:00:00Z" });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        client.post("/api/v1/passes/search", &body).await.json()["items"].as_array().unwrap().len()
    }

    #[tokio::test]
    async fn a_correction_stands_beside_the_machines_reading_and_both_are_found() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            fixtures::pass(&bench.db, PASSAGE, "police", "road-1", bench.now().0, "12A12345").await;
            let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
            let (verdict, answer) = correct(&client, "12a-123.46", "Số cuối là 6", 0).await;
            assert_eq!(verdict, "200", "{answer}");
            assert_eq!(answer["plate"]["key"], "12A12345", "the machine's stays");
            let said = &answer["correction"];
            assert_eq!((&said["key"], &said["text"]), (&json!("12A12346"), &json!("12A-123.46")));
            assert_eq!((&said["by"], &said["reason"]), (&json!("can-bo-01"), &json!("Số cuối là 6")));
            for (more, rows) in [
                (json!({ "key": "12A12345" }), 1),
                (json!({ "key": "12A12346" }), 1),
                (json!({ "last5": "12346" }), 1),
                (json!({ "key": "12A12347" }), 0),
            ] {
                assert_eq!(found(&client, more.clone()).await, rows, "{more}");
            }
            // Made on what is on the screen only; the last one is shown, and the one before is not found any more.
            assert_eq!(correct(&client, "12A12347", "Xem lại ảnh", 0).await.0, "409 corrected_meanwhile");
            assert_eq!(correct(&client, "12A12347", "Xem lại ảnh", 1).await.0, "200");
            assert_eq!(found(&client, json!({ "key": "12A12346" })).await, 0);
            assert_eq!(found(&client, json!({ "key": "12A12347" })).await, 1);
            assert_eq!(found(&client, json!({})).await, 1, "two corrections make no second vehicle");
            let stored = crate::store::testing::number(&bench.db, "COUNT(*)", "plate_corrections").await;
            assert_eq!(stored, 2);
        })
        .await;
    }

    #[tokio::test]
    async fn only_an_officer_in_person_with_a_reason_corrects_a_whole_plate() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            fixtures::pass(&bench.db, PASSAGE, "police", "road-1", bench.now().0, "12A12345").await;
            let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
            for (plate, reason, verdict) in [
                ("12A*", "Số cuối là 6", "400 wildcard"),
                ("12", "Số cuối là 6", "400 not_a_plate"),
                ("12A12346", " 6 ", "400 correction_reason"),
                ("<b>12A12346</b>", "Số cuối là 6", "400 wildcard"),
            ] {
                assert_eq!(correct(&client, plate, reason, 0).await.0, verdict, "{plate}");
            }
            let desk = bench.person("truc-ban", Role::Desk).await;
            assert_eq!(correct(&desk, "12A12346", "Số cuối là 6", 0).await.0, "403 forbidden");
            bench.account("may-doc", AccountKind::Service, &[("police", Role::TrafficOfficer)]).await;
            let program = bench.sign_in("may-doc").await;
            assert_eq!(correct(&program, "12A12346", "Số cuối là 6", 0).await.0, "403 person_needed");
            bench.account("ban-khac", AccountKind::Person, &[("tourism", Role::TrafficOfficer)]).await;
            let foreign = bench.sign_in("ban-khac").await;
            assert_eq!(correct(&foreign, "12A12346", "Số cuối là 6", 0).await.0, "404 not_found");
            // The database holds it too, and lets nobody rewrite what was said.
            let who = |name: &str| format!("(SELECT user_id FROM users WHERE name = '{name}')");
            let insert = |name: &str| {
                format!(
                    "INSERT INTO plate_corrections (passage_id, number, controller, plate_key, plate_last5, plate_display, reason, \
                     corrected_by, session_id, corrected_at) VALUES ({}, 1, 'police', 'X', 'X', 'X', 'x', {}, \
                     (SELECT session_id FROM sessions WHERE user_id = {} LIMIT 1), 1)",
                    fixtures::blob(&bench.db, PASSAGE.as_bytes()), who(name), who(name)
                )
            };
            for name in ["truc-ban", "may-doc", "ban-khac"] {
                let told = fixtures::refused(&bench.db, &insert(name)).await;
                assert!(told.contains("by an officer in person only"), "{name}: {told}");
            }
            fixtures::sql(&bench.db, &insert("can-bo-01")).await;
            let told = fixtures::refused(&bench.db, "UPDATE plate_corrections SET plate_key = 'Y'").await;
            assert!(told.contains("never changed"), "{told}");
        })
        .await;
    }
}
