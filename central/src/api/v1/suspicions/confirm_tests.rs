//! Confirming, with the machine's word, the pictures and the law in play; and what the databases refuse by themselves.

use contract::clock::{DAY_US, UtcMicros};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::testing::{Bench, Client};
use crate::audit;
use crate::auth::{AccountKind, Role};
use crate::store::testing::each_engine;
use crate::store::{Db, fixtures};

const CASE: Uuid = Uuid::from_u128(100);
const SUSPICION: Uuid = Uuid::from_u128(200);

/// A case with two pictures; answers the bench and their hashes.
async fn a_case(db: Db) -> (Bench, [String; 2]) {
    let bench = Bench::new(db).await;
    let now = bench.now().0;
    fixtures::case(&bench.db, CASE, SUSPICION, "police", "2026-000001", now).await;
    let before = bench.picture(SUSPICION, "police", "before", b"before", 1).await;
    let after = bench.picture(SUSPICION, "police", "after", b"after", 1).await;
    (bench, [before, after])
}

fn at(verb: &str) -> String {
    format!("/api/v1/suspicions/{CASE}{verb}")
}

async fn look(client: &Client<'_>, roles: &[&str]) {
    for role in roles {
        assert_eq!(client.get(&at(&format!("/evidence/{role}"))).await.verdict(), "200");
    }
}

const ITEMS: [&str; 4] = ["plate", "priority", "directive", "arrangement"];

async fn confirm(client: &Client<'_>, revision: i64, seen: &[String]) -> String {
    let body = json!({ "revision": revision, "seen": seen, "checklist": ITEMS });
    client.post(&at("/confirm"), &body).await.verdict()
}

async fn state(db: &Db) -> (String, i64) {
    let mut conn = db.read().await.unwrap();
    let row = crate::store::cases::get(&mut conn, "police", CASE).await.unwrap().unwrap();
    (row.state, row.version)
}

#[tokio::test]
async fn an_officer_confirms_what_was_served_and_nothing_else() {
    each_engine(|db| async move {
        let (bench, hashes) = a_case(db).await;
        let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
        // Hashes known, nothing looked at; half looked at; half quoted; an old revision.
        assert_eq!(confirm(&client, 1, &hashes).await, "412 evidence_not_served");
        look(&client, &["before"]).await;
        assert_eq!(confirm(&client, 1, &hashes).await, "412 evidence_not_served");
        look(&client, &["after"]).await;
        assert_eq!(confirm(&client, 1, &hashes[..1]).await, "412 other_evidence");
        assert_eq!(confirm(&client, 0, &hashes).await, "409 case_changed");
        assert_eq!(state(&bench.db).await, ("pending_review".into(), 1));
        // What another session was served does not count for this one.
        let other = bench.sign_in("can-bo-01").await;
        assert_eq!(confirm(&other, 1, &hashes).await, "412 evidence_not_served");

        // An item that was not stated, one nobody asked for, none at all.
        for (checklist, verdict) in [
            (json!(ITEMS[1..]), "409 checklist_open"),
            (json!(["plate", "priority", "directive", "luck"]), "409 checklist_open"),
            (json!([]), "409 checklist_open"),
            (Value::Null, "400 bad_body"),
        ] {
            let body = json!({ "revision": 1, "seen": hashes, "checklist": checklist });
            assert_eq!(client.post(&at("/confirm"), &body).await.verdict(), verdict);
        }
        let answer = client.post(&at("/confirm"), &json!({ "revision": 1, "seen": hashes, "checklist": ITEMS })).await;
        insta::allow_duplicates! { insta::assert_json_snapshot!(answer.json(), @r#"
        {
          "id": "00000000-0000-0000-0000-000000000064",
          "number": "2026-000001",
          "revision": 2,
          "state": "confirmed",
          "state_text": "Đã xác nhận",
          "caution": null,
          "site": "road-1",
          "node": "n1",
          "camera": "cam-1",
          "violation": "C-WRONGWAY",
          "rule": "wrong-way v1",
          "class": "car",
          "plate": "12A-123.45",
          "occurred_at": {
            "utc": "2026-11-23T01:15:00Z",
            "text": "23/11/2026 08:15:00"
          },
          "recorded_at": {
            "utc": "2026-11-23T01:15:00Z",
            "text": "23/11/2026 08:15:00"
          },
          "deadlines": [
            {
              "kind": "notice",
              "due_at": {
                "utc": "2026-12-03T01:15:00Z",
                "text": "03/12/2026 08:15:00"
              },
              "days_left": 10,
              "urgency": "calm",
              "text": "Còn 10 ngày để gửi thông báo (hạn 10 ngày)."
            },
            {
              "kind": "limitation",
              "due_at": {
                "utc": "2027-11-23T01:15:00Z",
                "text": "23/11/2027 08:15:00"
              },
              "days_left": 365,
              "urgency": "calm",
              "text": "Còn 365 ngày hết thời hiệu."
            }
          ],
          "notice_sent_at": null,
          "retracted_at": null,
          "lease": null,
          "assigned": null,
          "decision": {
            "by": "can-bo-01",
            "at": {
              "utc": "2026-11-23T01:15:00Z",
              "text": "23/11/2026 08:15:00"
            },
            "reason": null,
            "reason_text": null,
            "note": null,
            "checked": [
              "Biển số trên ảnh đúng như kết quả đọc",
              "Không phải xe ưu tiên đang làm nhiệm vụ",
              "Không có hiệu lệnh của cảnh sát giao thông",
              "Không có tổ chức giao thông tạm thời, biển báo và vạch còn hiệu lực",
              "168/2024 Đ6 k9 d"
            ]
          }
        }
        "#); }
        assert_eq!(confirm(&client, 2, &hashes).await, "409 already_decided");
        let reject = client.post(&at("/reject"), &json!({ "reason": "duplicate" })).await;
        assert_eq!(reject.verdict(), "409 already_decided");
    })
    .await;
}

#[tokio::test]
async fn a_new_word_of_the_machine_makes_the_screen_old() {
    each_engine(|db| async move {
        let (bench, hashes) = a_case(db).await;
        let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
        look(&client, &["before", "after"]).await;
        fixtures::sql(&bench.db, "UPDATE cases SET revision = revision + 1").await;
        assert_eq!(confirm(&client, 1, &hashes).await, "409 case_changed");
        // A new picture must be looked at as well.
        let new = bench.picture(SUSPICION, "police", "after", b"after, better", 2).await;
        let seen = [hashes[0].clone(), new];
        assert_eq!(confirm(&client, 2, &seen).await, "412 evidence_not_served");
        look(&client, &["after"]).await;
        assert_eq!(confirm(&client, 2, &seen).await, "200");
    })
    .await;
}

#[tokio::test]
async fn of_two_officers_at_once_one_is_refused() {
    each_engine(|db| async move {
        let (bench, hashes) = a_case(db).await;
        let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let second = bench.person("can-bo-02", Role::TrafficLeader).await;
        for client in [&first, &second] {
            look(client, &["before", "after"]).await;
        }
        let (a, b) = tokio::join!(confirm(&first, 1, &hashes), confirm(&second, 1, &hashes));
        let mut verdicts = [a, b];
        verdicts.sort();
        assert_eq!(verdicts, ["200", "409 already_decided"]);
        assert_eq!(state(&bench.db).await, ("confirmed".into(), 2));
        let mut conn = bench.db.read().await.unwrap();
        let faults = audit::verify_day(&mut conn, &"police".parse().unwrap(), "2026-11-23").await.unwrap();
        assert_eq!(faults, []);
    })
    .await;
}

#[tokio::test]
async fn a_program_reads_but_never_decides() {
    each_engine(|db| async move {
        let (bench, hashes) = a_case(db).await;
        bench.account("may-doc", AccountKind::Service, &[("police", Role::TrafficOfficer)]).await;
        let program = bench.sign_in("may-doc").await;
        assert_eq!(program.get(&at("")).await.verdict(), "200");
        look(&program, &["before", "after"]).await;
        assert_eq!(confirm(&program, 1, &hashes).await, "403 person_needed");
        for (path, body) in [
            (at("/reject"), json!({ "reason": "duplicate" })),
            ("/api/v1/suspicions/reject-many".into(), json!({ "ids": [CASE], "reason": "duplicate" })),
        ] {
            assert_eq!(program.post(&path, &body).await.verdict(), "403 person_needed");
        }
        assert_eq!(state(&bench.db).await, ("pending_review".into(), 1));
    })
    .await;
}

#[tokio::test]
async fn a_case_without_pictures_or_out_of_time_is_not_confirmed() {
    each_engine(|db| async move {
        let (bench, hashes) = a_case(db).await;
        let bare = Uuid::from_u128(101);
        fixtures::case(&bench.db, bare, Uuid::from_u128(201), "police", "2026-000002", bench.now().0).await;
        let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let path = format!("/api/v1/suspicions/{bare}/confirm");
        let answer = client.post(&path, &json!({ "revision": 1, "seen": [], "checklist": ITEMS })).await;
        assert_eq!(answer.verdict(), "409 no_evidence");
        bench.clock.advance_us(366 * DAY_US);
        let client = bench.sign_in("can-bo-01").await;
        look(&client, &["before", "after"]).await;
        assert_eq!(confirm(&client, 1, &hashes).await, "409 time_barred");
    })
    .await;
}

#[tokio::test]
async fn a_case_one_of_whose_pictures_is_lost_says_so() {
    each_engine(|db| async move {
        let (bench, hashes) = a_case(db).await;
        fixtures::sql(
            &bench.db,
            "UPDATE evidence SET state = 'lost', lost_reason = 'disk_full' WHERE sha256 IN \
             (SELECT sha256 FROM evidence_links WHERE role = 'after')",
        )
        .await;
        let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
        look(&client, &["before"]).await;
        assert_eq!(client.get(&at("/evidence/after")).await.verdict(), "404 picture_lost");
        assert_eq!(confirm(&client, 1, &hashes).await, "409 evidence_lost");
        let reject = client.post(&at("/reject"), &json!({ "reason": "not_enough_evidence" })).await;
        assert_eq!(reject.verdict(), "200");
    })
    .await;
}

#[tokio::test]
async fn what_another_node_links_to_a_case_is_none_of_its_pictures() {
    each_engine(|db| async move {
        let (bench, _) = a_case(db).await;
        let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let roles = async || {
            let detail = client.get(&at("")).await.json();
            detail["evidence"].as_array().unwrap().iter().map(|e| e["role"].to_string()).collect::<Vec<_>>()
        };
        assert_eq!(roles().await, ["\"after\"", "\"before\""]);
        fixtures::sql(&bench.db, "UPDATE evidence_links SET node = 'n2' WHERE role = 'after'").await;
        assert_eq!(roles().await, ["\"before\""]);
        fixtures::sql(&bench.db, "UPDATE evidence SET node = 'n2'").await;
        assert_eq!(roles().await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_picture_is_sent_as_a_picture_and_runs_nothing() {
    each_engine(|db| async move {
        let (bench, _) = a_case(db).await;
        fixtures::sql(&bench.db, "UPDATE evidence SET media_type = 'text/html'").await;
        let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let answer = client.get(&at("/evidence/before")).await;
        assert_eq!(answer.headers["content-type"], "image/jpeg");
        assert_eq!(answer.headers["content-security-policy"], "sandbox; default-src 'none'");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    })
    .await;
}

#[tokio::test]
async fn many_are_rejected_together_each_with_its_own_decision() {
    each_engine(|db| async move {
        let (bench, _) = a_case(db).await;
        let foreign = Uuid::from_u128(102);
        fixtures::case(&bench.db, foreign, Uuid::from_u128(202), "tourism", "2026-000001", 1).await;
        let second = Uuid::from_u128(103);
        fixtures::case(&bench.db, second, Uuid::from_u128(203), "police", "2026-000003", bench.now().0).await;
        let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let many = "/api/v1/suspicions/reject-many";
        let answer = client
            .post(many, &json!({ "ids": [CASE, foreign, second, second], "reason": "temporary_arrangement" }))
            .await;
        assert_eq!(
            answer.json(),
            json!({
                "rejected": [CASE, second],
                "refused": [{ "id": foreign, "code": "not_found" }],
            })
        );
        let detail = client.get(&at("")).await.json();
        assert_eq!(detail["state_text"], "Loại bỏ");
        assert_eq!(detail["decision"]["reason_text"], "Sai làn do tổ chức giao thông tạm thời");
        assert_eq!(detail["deadlines"], json!([]));
        let pending = client.get("/api/v1/suspicions").await.json();
        let waiting = json!({ "suspicions": 0, "newest": null });
        assert_eq!(pending, json!({ "items": [], "next": null, "waiting": waiting }));
        let too_many: Vec<Uuid> = (0..201).map(Uuid::from_u128).collect();
        for ids in [Vec::new(), too_many] {
            let answer = client.post(many, &json!({ "ids": ids, "reason": "duplicate" })).await;
            assert_eq!(answer.verdict(), "400 bad_count");
        }
        let no_reason = client.post(many, &json!({ "ids": [CASE] })).await;
        assert_eq!(no_reason.verdict(), "400 bad_body");
        let other = client.post(many, &json!({ "ids": [CASE], "reason": "because" })).await;
        assert_eq!(other.verdict(), "400 bad_body");
    })
    .await;
}

#[tokio::test]
async fn there_is_no_route_that_confirms_many() {
    let confirming: Vec<String> =
        crate::api::routes().into_iter().map(|r| r.path).filter(|p| p.contains("confirm")).collect();
    assert_eq!(confirming, ["/api/v1/suspicions/{id}/confirm"]);
}

#[tokio::test]
async fn the_database_itself_refuses_a_consequence_without_a_decision() {
    each_engine(|db| async move {
        let (bench, _) = a_case(db).await;
        let officer = bench.account("can-bo-01", AccountKind::Person, &[("police", Role::TrafficOfficer)]).await;
        let program = bench.account("may-doc", AccountKind::Service, &[("police", Role::TrafficOfficer)]).await;
        let desk = bench.account("truc-ban", AccountKind::Person, &[("police", Role::Desk)]).await;
        let db = &bench.db;
        for text in [
            "UPDATE cases SET state = 'confirmed'",
            "UPDATE cases SET state = 'rejected'",
            "UPDATE cases SET state = 'anything'",
            "UPDATE cases SET notice_sent_at = 5",
        ] {
            let told = fixtures::refused(db, text).await;
            assert!(told.contains("decision only") || told.contains("confirmed case"), "{text}: {told}");
        }
        // A case can't be put in as decided either.
        let born = fixtures::refused(
            db,
            "INSERT INTO cases SELECT id, 'x', controller, site, node, camera, event_id, vehicle_passage, event_id, \
             revision, violation, rule_id, rule_version, class, plate_key, plate_display, body, occurred_at, recorded_at, \
             'confirmed', version, due_notice_at, limitation_at, notice_sent_at, warning_due_at, updated_at, emptied_at, \
             retracted_at FROM cases",
        )
        .await;
        assert!(born.contains("begins as a suspicion"), "{born}");
        // Decisions by a program, by a wrong role, in a foreign session, without anything served.
        for (n, who) in [officer, program, desk].into_iter().enumerate() {
            let session = Uuid::from_u128(300 + n as u128);
            let interactive = i64::from(who != program);
            let id = |u: Uuid| fixtures::blob(db, u.as_bytes());
            let text = format!(
                "INSERT INTO sessions (session_id, token_hash, user_id, interactive, created_at, last_seen_at) \
                 VALUES ({}, {}, {}, {interactive}, 1, 1)",
                id(session), id(session), id(who)
            );
            fixtures::sql(db, &text).await;
            let decide_with = |verdict: &str, reason: &str, session: Uuid, checklist: &str| {
                format!(
                    "INSERT INTO decisions (case_id, controller, decided_on, verdict, reason, decided_by, session_id, \
                     decided_at, checklist) VALUES ({}, 'police', 1, '{verdict}', {reason}, {}, {}, 1, {checklist})",
                    id(CASE), id(who), id(session)
                )
            };
            let decide = |verdict: &str, reason: &str, session: Uuid| {
                decide_with(verdict, reason, session, r#"'{"rule":null,"answers":[{"item":"plate"}]}'"#)
            };
            if who != officer {
                for text in [decide("confirmed", "NULL", session), decide("rejected", "'duplicate'", session)] {
                    let told = fixtures::refused(db, &text).await;
                    // Which of the two refusals comes first is the engine's affair.
                    assert!(told.contains("named officer") || told.contains("served to its session"), "{told}");
                }
                // Not in the officer's session either.
                let told = fixtures::refused(db, &decide("rejected", "'duplicate'", Uuid::from_u128(300))).await;
                assert!(told.contains("named officer"), "{told}");
            } else {
                let told = fixtures::refused(db, &decide("confirmed", "NULL", session)).await;
                assert!(told.contains("served to its session"), "{told}");
                // Served, and nothing was asked.
                let served = format!(
                    "INSERT INTO evidence_served (session_id, case_id, sha256, served_at) VALUES ({}, {}, {}, 1)",
                    id(session), id(CASE), fixtures::blob(db, &[7; 32])
                );
                fixtures::sql(db, &served).await;
                for nothing in ["NULL", r#"'{"rule":null,"answers":[]}'"#, r#"'["plate"]'"#] {
                    let told = fixtures::refused(db, &decide_with("confirmed", "NULL", session, nothing)).await;
                    assert!(told.contains("answers to its checklist"), "{told}");
                }
            }
        }
        assert_eq!(state(db).await, ("pending_review".into(), 1));
    })
    .await;
}

#[tokio::test]
async fn decisions_and_audit_records_are_never_changed_or_deleted() {
    each_engine(|db| async move {
        let (bench, _) = a_case(db).await;
        // Far ahead: the databases judge by their own clock what is old enough to go.
        bench.clock.set_wall(UtcMicros(4_000_000_000_000_000));
        let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let answer = client.post(&at("/reject"), &json!({ "reason": "duplicate", "note": "trùng hồ sơ" })).await;
        assert_eq!(answer.verdict(), "200");
        for text in [
            "UPDATE audit SET action = 'x'",
            "DELETE FROM audit",
            "DELETE FROM audit_heads",
            "UPDATE decisions SET verdict = 'confirmed'",
            "DELETE FROM decisions",
            "UPDATE cases SET state = 'pending_review'",
            "UPDATE cases SET state = 'confirmed'",
        ] {
            let told = fixtures::refused(&bench.db, text).await;
            assert!(told.contains("never") || told.contains("decision only"), "{text}: {told}");
        }
        let replace = match bench.db.engine() {
            crate::store::Engine::Sqlite => {
                "INSERT OR REPLACE INTO audit SELECT controller, day, seq, at, 'x', record, previous, hash FROM audit"
            }
            crate::store::Engine::Postgres => "TRUNCATE audit",
        };
        let told = fixtures::refused(&bench.db, replace).await;
        assert!(told.contains("never"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn the_auditor_reads_the_day_and_is_told_of_a_tampered_record() {
    each_engine(|db| async move {
        let (bench, _) = a_case(db).await;
        let officer = bench.person("can-bo-01", Role::TrafficOfficer).await;
        look(&officer, &["before"]).await;
        let auditor = bench.person("kiem-tra", Role::Auditor).await;
        let path = "/api/v1/audit?day=2026-11-23";
        let page = auditor.get(path).await.json();
        let actions: Vec<&str> =
            page["items"].as_array().unwrap().iter().map(|i| i["record"]["action"].as_str().unwrap()).collect();
        assert_eq!(actions, ["session.begin", "suspicions.evidence", "session.begin", "audit.read"]);
        assert_eq!(page["chain_faults"], json!([]));
        let second = auditor.get(&format!("{path}&limit=2")).await.json();
        let cursor = second["next"].as_str().unwrap();
        let rest = auditor.get(&format!("{path}&limit=2&cursor={cursor}")).await.json();
        assert_eq!(rest["items"][0]["seq"], 3);

        let unlock = match bench.db.engine() {
            crate::store::Engine::Sqlite => "DROP TRIGGER audit_is_never_changed",
            crate::store::Engine::Postgres => "DROP TRIGGER audit_is_never_changed ON audit",
        };
        fixtures::sql(&bench.db, unlock).await;
        fixtures::sql(&bench.db, "UPDATE audit SET record = REPLACE(record, 'before', 'after') WHERE seq = 2").await;
        let page = auditor.get(path).await.json();
        assert_eq!(page["chain_faults"], json!(["record 2 was changed"]));
        for bad in ["", "?day=today", "?day=2026-11-23&plate=x"] {
            let answer = auditor.get(&format!("/api/v1/audit{bad}")).await;
            assert_eq!(answer.status, 400, "{bad}");
        }
    })
    .await;
}

#[tokio::test]
async fn decided_suspicions_are_looked_up_at_one_place_and_day_like_any_vehicle() {
    each_engine(|db| async move {
        let (bench, _) = a_case(db).await;
        let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
        client.post(&at("/reject"), &json!({ "reason": "duplicate" })).await;
        let row = client.get(&at("")).await.json();
        let (site, occurred) = (row["site"].as_str().unwrap(), row["occurred_at"]["utc"].as_str().unwrap());
        let occurred = contract::clock::UtcMicros::from_rfc3339(occurred).unwrap();
        let ask = |site: &str, from: i64, to: i64| {
            let (from, to) = (occurred.plus_us(from).to_rfc3339(), occurred.plus_us(to).to_rfc3339());
            format!("/api/v1/suspicions?state=rejected&site={site}&from={from}&to={to}")
        };
        let found = client.get(&ask(site, -DAY_US / 2, DAY_US / 2)).await.json();
        assert_eq!(found["items"].as_array().unwrap().len(), 1, "{found}");
        for elsewhere in [ask("road-9", -DAY_US / 2, DAY_US / 2), ask(site, 1, DAY_US), ask(site, -DAY_US, 0)] {
            assert_eq!(client.get(&elsewhere).await.json()["items"], json!([]), "{elsewhere}");
        }
        for state in ["confirmed", "rejected", "withdrawn", "time_barred"] {
            let all = format!("/api/v1/suspicions?state={state}");
            assert_eq!(client.get(&all).await.verdict(), "400 place_and_day_needed");
            let day = format!("{all}&from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z");
            assert_eq!(client.get(&day).await.verdict(), "400 place_and_day_needed");
        }
        assert_eq!(client.get(&ask(site, 0, DAY_US + 1)).await.verdict(), "400 window_too_long");
        assert_eq!(client.get(&ask("*", 0, 1)).await.verdict(), "400 one_site");
    })
    .await;
}

#[tokio::test]
async fn pending_suspicions_come_oldest_first_in_pages() {
    each_engine(|db| async move {
        let (bench, _) = a_case(db).await;
        for n in 1..4_u128 {
            let recorded = bench.now().0 - i64::try_from(n).unwrap() * DAY_US;
            let number = format!("2026-00001{n}");
            fixtures::case(&bench.db, Uuid::from_u128(n), Uuid::from_u128(n + 50), "police", &number, recorded).await;
        }
        let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let (mut numbers, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = client.get(&format!("/api/v1/suspicions?limit=3{cursor}")).await.json();
            if cursor.is_empty() {
                assert_eq!(page["waiting"]["suspicions"], 4);
                assert_eq!(page["waiting"]["newest"]["text"], "23/11/2026 08:15:00");
            } else {
                assert_eq!(page["waiting"], Value::Null);
            }
            for item in page["items"].as_array().unwrap() {
                numbers.push(item["number"].as_str().unwrap().to_owned());
                assert_eq!(item["caution"], "Gợi ý của hệ thống – cần cán bộ xác minh. Chưa phải kết luận vi phạm.");
            }
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(numbers, ["2026-000013", "2026-000012", "2026-000011", "2026-000001"]);
        assert_eq!(client.get("/api/v1/suspicions?state=all").await.verdict(), "400 bad_state");
        let one_place = "/api/v1/suspicions?site=road-2&from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z";
        assert_eq!(client.get(one_place).await.json()["items"], json!([]));
        let detail = client.get(&at("")).await.json();
        assert_eq!(detail["rejection_reasons"].as_array().unwrap().len(), 10);
        assert_eq!(detail["body"], json!({ "violation": "C-WRONGWAY" }));
        let roles: Vec<&Value> = detail["evidence"].as_array().unwrap().iter().map(|e| &e["role"]).collect();
        assert_eq!(roles, ["after", "before"]);
    })
    .await;
}
