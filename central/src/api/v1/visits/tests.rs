//! Visits over the API on both engines: the day of a desk, two guards, the book.

use contract::clock::{DAY_US, HOUR_US};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::testing::{Bench, Client};
use crate::auth::{AccountKind, Role};
use crate::store::fixtures;
use crate::store::testing::{each_engine, number};

const VISITS: &str = "/api/v1/visits";

async fn host(bench: &Bench, name: &str) -> String {
    let registrar = match bench.try_sign_in("dang-ky-1", crate::api::testing::PASSWORD).await {
        answer if answer.status == 200 => bench.client(answer),
        _ => bench.person("dang-ky-1", Role::Registrar).await,
    };
    let body =
        json!({ "name": name, "department": "Văn phòng", "room": "P.204", "phone": "381 2345", "sites": ["road-1"] });
    registrar.post("/api/v1/hosts", &body).await.json()["host_id"].as_str().unwrap().to_owned()
}

async fn register(client: &Client<'_>, name: &str, more: Value) -> Value {
    let mut body = json!({ "site": "road-1", "visitor_name": name, "purpose": "Nộp hồ sơ" });
    for (field, value) in more.as_object().unwrap() {
        body[field] = value.clone();
    }
    let answer = client.post(VISITS, &body).await;
    assert_eq!(answer.verdict(), "200", "{}", answer.json());
    answer.json()
}

fn at(visit: &Value, verb: &str) -> String {
    format!("{VISITS}/{}/{verb}", visit["visit_id"].as_str().unwrap())
}

async fn step(client: &Client<'_>, visit: &Value, verb: &str, more: Value) -> (String, Value) {
    let mut body = json!({ "revision": visit["revision"] });
    for (field, value) in more.as_object().unwrap() {
        body[field] = value.clone();
    }
    let answer = client.post(&at(visit, verb), &body).await;
    (answer.verdict(), answer.json())
}

fn book(more: Value) -> Value {
    let mut body = json!({ "site": "road-1", "day": "2026-11-23", "reason": "Đối chiếu cuối ca" });
    for (field, value) in more.as_object().unwrap() {
        body[field] = value.clone();
    }
    body
}

async fn names(client: &Client<'_>, path: &str, body: Value) -> Vec<String> {
    let answer = client.post(path, &body).await;
    assert_eq!(answer.verdict(), "200", "{}", answer.json());
    let json = answer.json();
    json["items"].as_array().unwrap().iter().map(|v| v["visitor_name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_visitor_waits_the_host_is_called_and_a_guard_decides_with_every_desk_told() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        let host = host(&bench, "Mẫu Tiếp 01").await;
        let first = bench.person("bao-ve-1", Role::Desk).await;
        let second = bench.person("bao-ve-2", Role::Desk).await;
        let mut heard = bench.live.join(None).coming;
        let visit =
            register(&first, "Mẫu Khách 01", json!({ "organisation": "Xã Mẫu", "host_id": host, "badge": "K-07" }))
                .await;
        assert_eq!((&visit["state"], &visit["revision"]), (&json!("waiting"), &json!(1)));
        assert_eq!(visit["host"]["phone"], "381 2345");
        let event = heard.try_recv().unwrap();
        let told: Value = serde_json::from_str(&event.data).unwrap();
        assert_eq!(event.kind.as_str(), "visit");
        assert_eq!(
            (&told["visit_id"], &told["state"], &told["by"]),
            (&visit["visit_id"], &json!("waiting"), &json!("bao-ve-1"))
        );
        assert!(!event.data.contains("Mẫu"), "no name goes over the feed");
        let (road, elsewhere) = ("road-1".parse().unwrap(), "square".parse().unwrap());
        let police = "police".parse().unwrap();
        let seen = |site| event.visible_to(&police, &[Role::Desk], site, bench.now());
        assert!(seen(None) && seen(Some(&road)) && !seen(Some(&elsewhere)));
        assert!(!event.visible_to(&police, &[Role::TrafficOfficer, Role::Registrar], None, bench.now()));

        assert_eq!(step(&first, &visit, "host-answer", json!({ "answer": "expected" })).await.0, "409 not_called");
        bench.clock.advance_us(1_000_000);
        let (_, called) = step(&first, &visit, "call-host", json!({})).await;
        assert_eq!((&called["state"], &called["called_by"]), (&json!("host_called"), &json!("bao-ve-1")));
        assert_eq!((&called["host"]["room"], &called["answer"]), (&json!("P.204"), &Value::Null));
        let (_, nobody) = step(&second, &called, "host-answer", json!({ "answer": "no_answer" })).await;
        assert_eq!(nobody["state"], "no_answer");
        assert_eq!(step(&second, &nobody, "admit", json!({})).await.0, "400 reason_needed");
        assert_eq!(step(&second, &nobody, "admit", json!({ "reason": "ừ" })).await.0, "400 reason_needed");
        let (_, again) = step(&second, &nobody, "call-host", json!({})).await;
        assert_eq!((&again["answer"], &again["called_by"]), (&Value::Null, &json!("bao-ve-2")));
        let (_, expected) =
            step(&second, &again, "host-answer", json!({ "answer": "expected", "note": "Mời lên tầng 2" })).await;
        assert_eq!(expected["answer"], "expected");
        let (_, inside) = step(&first, &expected, "admit", json!({})).await;
        assert_eq!((&inside["state"], &inside["decided_by"]), (&json!("admitted"), &json!("bao-ve-1")));
        assert!(inside["admitted_at"]["utc"].is_string());
        assert_eq!(bench.commands.sent.lock().unwrap().len(), 0, "no door opens by a word about a visit");
        let there = second.get(&format!("{VISITS}?site=road-1")).await.json();
        assert_eq!(there["items"].as_array().unwrap().len(), 1);
        let (_, left) = step(&second, &inside, "leave", json!({ "badge_returned": true })).await;
        assert_eq!((&left["state"], &left["admitted_at"]), (&json!("left"), &inside["admitted_at"]));
        let steps: Vec<_> = left["steps"].as_array().unwrap().iter().map(|s| s["step"].as_str().unwrap()).collect();
        assert_eq!(steps, ["call_host", "host_answer", "call_host", "host_answer", "admit", "leave"]);
        assert_eq!(
            (&left["steps"][0]["host_name"], &left["steps"][5]["reason"]),
            (&json!("Mẫu Tiếp 01"), &json!("badge_returned"))
        );
        assert_eq!(step(&second, &left, "refuse", json!({ "reason": "safety" })).await.0, "409 visit_over");
        assert_eq!(second.get(&format!("{VISITS}?site=road-1")).await.json()["items"], json!([]));
        let mut last = Value::Null;
        while let Ok(event) = heard.try_recv() {
            last = serde_json::from_str(&event.data).unwrap();
        }
        assert_eq!((&last["state"], &last["revision"]), (&json!("left"), &json!(7)));
        let on_record = number(&bench.db, "COUNT(*)", "audit WHERE action LIKE 'visits.%'").await;
        assert_eq!(on_record, 9, "registered, six steps, two looks; what was refused is none");
    })
    .await;
}

#[tokio::test]
async fn of_two_guards_who_say_different_things_the_later_quotes_what_he_saw() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        let first = bench.person("bao-ve-1", Role::Desk).await;
        let second = bench.person("bao-ve-2", Role::Desk).await;
        let visit = register(&first, "Mẫu Khách 01", json!({})).await;
        let admit = json!({ "reason": "Có giấy mời" });
        let refuse = json!({ "reason": "no_papers" });
        let (verdict, inside) = step(&first, &visit, "admit", admit.clone()).await;
        assert_eq!(verdict, "200", "{inside}");
        assert_eq!(step(&second, &visit, "refuse", refuse.clone()).await.0, "409 visit_changed");
        // Whoever saw the other's word may say otherwise, and both stand on record.
        let (verdict, out) = step(&second, &inside, "refuse", refuse).await;
        assert_eq!(
            (verdict.as_str(), &out["state"], &out["decided_by"]),
            ("200", &json!("refused"), &json!("bao-ve-2"))
        );
        assert_eq!((&out["admitted_at"], &out["refusal_reason"]), (&Value::Null, &json!("no_papers")));
        assert_eq!(step(&first, &inside, "admit", admit.clone()).await.0, "409 visit_changed");
        assert_eq!(step(&first, &out, "admit", json!({})).await.0, "400 reason_needed");
        assert_eq!(step(&first, &out, "admit", admit.clone()).await.0, "200");

        // At one moment: one of the two, never both, on either database.
        for n in 0..4 {
            let visit = register(&first, &format!("Mẫu Khách 1{n}"), json!({})).await;
            let (a, b) = tokio::join!(
                step(&first, &visit, "admit", admit.clone()),
                step(&second, &visit, "refuse", json!({ "reason": "safety" }))
            );
            let mut both = [a.0, b.0];
            both.sort();
            assert_eq!(both, ["200", "409 visit_changed"]);
        }
        assert_eq!(number(&bench.db, "COUNT(*)", "visit_steps").await, 3 + 4);
    })
    .await;
}

#[tokio::test]
async fn the_book_is_read_at_one_place_and_day_with_a_reason_and_printed_as_a_print() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        let host = host(&bench, "Mẫu Đỗ 01").await;
        let client = bench.person("bao-ve-1", Role::Desk).await;
        register(&client, "Mẫu Hòa 01", json!({ "organisation": "Công ty Mẫu" })).await;
        bench.clock.advance_us(HOUR_US);
        let client = bench.sign_in("bao-ve-1").await;
        let second = register(&client, "Mẫu Khách 02", json!({ "host_id": host })).await;
        step(&client, &second, "refuse", json!({ "reason": "not_expected" })).await;
        let search = async |more: Value| names(&client, "/api/v1/visits/search", book(more)).await;
        assert_eq!(search(json!({})).await, ["Mẫu Khách 02", "Mẫu Hòa 01"], "whoever was sent away stands in it");
        assert_eq!(search(json!({ "text": "HOÀ" })).await, ["Mẫu Hòa 01"]);
        assert_eq!(search(json!({ "text": "cong ty" })).await, ["Mẫu Hòa 01"]);
        assert_eq!(search(json!({ "text": "do 01" })).await, ["Mẫu Khách 02"], "by the host's name");
        assert!(
            search(json!({ "day": "2026-11-22" })).await.is_empty()
                && search(json!({ "site": "square" })).await.is_empty()
        );
        let page = client.post("/api/v1/visits/search", &book(json!({ "limit": 1 }))).await.json();
        let next = json!({ "limit": 1, "cursor": page["next"] });
        assert_eq!(page["items"][0]["steps"].as_array().unwrap().len(), 1);
        assert_eq!(search(next).await, ["Mẫu Hòa 01"]);
        let print = client.post("/api/v1/visits/print", &book(json!({}))).await.json();
        assert_eq!((&print["total"], &print["printed_by"]), (&json!(2), &json!("bao-ve-1")));
        assert_eq!(print["items"][0]["visitor_name"], "Mẫu Hòa 01", "on paper the first stands first");
        assert_eq!(print["items"][1]["refusal_reason"], "not_expected");

        for path in ["/api/v1/visits/search", "/api/v1/visits/print"] {
            for (more, verdict) in [
                (json!({ "reason": " abc " }), "400 reason_needed"),
                (json!({ "site": "road-1,square" }), "400 one_site"),
                (json!({ "day": "2026-11" }), "400 bad_day"),
                (json!({ "text": "x".repeat(81) }), "400 bad_text"),
            ] {
                assert_eq!(client.post(path, &book(more.clone())).await.verdict(), verdict, "{path} {more}");
            }
            for role in [Role::Registrar, Role::TrafficOfficer, Role::Administrator, Role::Auditor] {
                let name = format!("nguoi-{}-{}", role.as_str().replace('_', "-"), path.len());
                let other = if role == Role::Administrator {
                    bench.administrator(&name, &["police"]).await
                } else {
                    bench.person(&name, role).await
                };
                assert_eq!(other.post(path, &book(json!({}))).await.verdict(), "403 forbidden", "{role}");
            }
        }
        let count =
            async |action: &str| number(&bench.db, "COUNT(*)", &format!("audit WHERE action = '{action}'")).await;
        assert_eq!((count("visits.search").await, count("visits.print").await), (8, 1));
        let with =
            "audit WHERE action = 'visits.search' AND record LIKE '%\"subject\":\"hoa\"%' AND record LIKE '%cuối ca%'";
        assert_eq!(number(&bench.db, "COUNT(*)", with).await, 1);
        // A store that can't take the record lets nothing out.
        fixtures::sql(&bench.db, "ALTER TABLE audit RENAME TO audit_away").await;
        let one = format!("{VISITS}/{}", second["visit_id"].as_str().unwrap());
        for answer in [
            client.post("/api/v1/visits/search", &book(json!({}))).await,
            client.post("/api/v1/visits/print", &book(json!({}))).await,
            client.get(&one).await,
            client.get(&format!("{VISITS}?site=road-1")).await,
        ] {
            assert_eq!(answer.verdict(), "500 internal");
            assert!(!String::from_utf8_lossy(&answer.bytes).contains("Mẫu"));
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_registered_is_whole_of_one_place_and_a_guards() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        let host = host(&bench, "Mẫu 01").await;
        let client = bench.person("bao-ve-1", Role::Desk).await;
        let body = |more: Value| {
            let mut body = json!({ "site": "road-1", "visitor_name": "Mẫu Khách", "purpose": "Nộp hồ sơ" });
            for (field, value) in more.as_object().unwrap() {
                body[field] = value.clone();
            }
            body
        };
        for (more, verdict) in [
            (json!({ "visitor_name": " M " }), "400 bad_visitor"),
            (json!({ "visitor_name": "Mẫu\nKhách" }), "400 bad_visitor"),
            (json!({ "purpose": "" }), "400 bad_purpose"),
            (json!({ "site": "square" }), "400 no_such_site"),
            (json!({ "host_id": Uuid::from_u128(4) }), "400 no_such_host"),
            (json!({ "arrival_id": Uuid::from_u128(4) }), "400 no_such_arrival"),
            (json!({ "badge": "7".repeat(41) }), "400 bad_badge"),
            (json!({ "picture": "x" }), "400 bad_body"),
        ] {
            assert_eq!(client.post(VISITS, &body(more.clone())).await.verdict(), verdict, "{more}");
        }
        // Free text is kept as it is and is nothing but text.
        let wild = register(&client, "<script>alert(1)</script>", json!({ "host_name": "'; DROP TABLE visits" })).await;
        assert_eq!(wild["visitor_name"], "<script>alert(1)</script>");
        // One without a host of the list is called by name, and by another one of the list from then on.
        let (_, called) = step(&client, &wild, "call-host", json!({ "host_id": host })).await;
        assert_eq!((&called["host"]["name"], &called["host"]["room"]), (&json!("Mẫu 01"), &json!("P.204")));
        let nobody = register(&client, "Mẫu Khách 02", json!({})).await;
        assert_eq!(step(&client, &nobody, "call-host", json!({})).await.0, "409 nobody_to_call");
        assert_eq!(step(&client, &nobody, "refuse", json!({ "reason": "other" })).await.0, "400 note_needed");
        let (_, gone) = step(&client, &nobody, "leave", json!({})).await;
        assert_eq!((&gone["state"], &gone["admitted_at"]), (&json!("left"), &Value::Null), "one may go away undecided");

        bench.account("may-truc", AccountKind::Service, &[("police", Role::Desk)]).await;
        let program = bench.sign_in("may-truc").await;
        assert_eq!(program.post(VISITS, &body(json!({}))).await.verdict(), "403 person_needed");
        assert_eq!(step(&program, &called, "admit", json!({ "reason": "Có giấy mời" })).await.0, "403 person_needed");
        bench.account("ban-khac", AccountKind::Person, &[("tourism", Role::Desk)]).await;
        let foreign = bench.sign_in("ban-khac").await;
        assert_eq!(step(&foreign, &called, "refuse", json!({ "reason": "safety" })).await.0, "404 not_found");
        let one = format!("{VISITS}/{}", called["visit_id"].as_str().unwrap());
        assert_eq!(foreign.get(&one).await.verdict(), "404 not_found");
        assert_eq!(client.get(&one).await.verdict(), "200");
    })
    .await;
}

#[tokio::test]
async fn each_rule_about_visits_is_the_databases_own_too() {
    each_engine(|db| async move {
        let bench = Bench::new(db.clone()).await;
        let client = bench.person("bao-ve-1", Role::Desk).await;
        bench.person("can-bo-01", Role::TrafficOfficer).await;
        let visit = register(&client, "Mẫu Khách 01", json!({})).await;
        let id = visit["visit_id"].as_str().unwrap().parse::<Uuid>().unwrap();
        let id = fixtures::blob(&db, id.as_bytes());
        let who = |name: &str| format!("(SELECT user_id FROM users WHERE name = '{name}')");
        let session = |name: &str| format!("(SELECT session_id FROM sessions WHERE user_id = {} LIMIT 1)", who(name));
        let take = |number: u8, step: &str, state: &str, reason: &str, name: &str| {
            format!(
                "INSERT INTO visit_steps (visit_id, number, controller, step, state, reason, taken_by, session_id, taken_at) \
                 VALUES ({id}, {number}, 'police', '{step}', '{state}', {reason}, {}, {}, 1)",
                who(name),
                session(name)
            )
        };
        let enter = |state: &str, host: &str, arrival: &str, name: &str| {
            format!(
                "INSERT INTO visits (visit_id, controller, site, visitor_name, purpose, host_id, host_name, search_key, \
                 arrival_id, arrived_at, state, revision, registered_by, session_id, updated_at) VALUES ({}, 'police', \
                 'road-1', 'x', 'x', {host}, 'x', 'x', {arrival}, 1, '{state}', 1, {}, {}, 1)",
                fixtures::blob(&db, &[9; 16]),
                who(name),
                session(name)
            )
        };
        for (text, says) in [
            (enter("admitted", "NULL", "NULL", "bao-ve-1"), "begins as waiting"),
            (enter("waiting", "NULL", "NULL", "can-bo-01"), "begins as waiting"),
            (enter("waiting", &id, "NULL", "bao-ve-1"), "of its place"),
            (enter("waiting", "NULL", &id, "bao-ve-1"), "of its place"),
            ("UPDATE visits SET state = 'admitted', revision = 2".to_owned(), "by a recorded step only"),
            ("UPDATE visits SET visitor_name = 'y'".to_owned(), "by a recorded step only"),
            ("DELETE FROM visits".to_owned(), "before their time"),
            (take(2, "refuse", "refused", "'safety'", "can-bo-01"), "a named guard in an interactive session"),
            (take(3, "refuse", "refused", "'safety'", "bao-ve-1"), "follows the visit as it is"),
            (take(2, "admit", "admitted", "NULL", "bao-ve-1"), "follows the visit as it is"),
            (take(2, "host_answer", "expected", "NULL", "bao-ve-1"), "follows the visit as it is"),
        ] {
            // SQLite's update needs the row's own clock: the fixture's rows are of the bench's time, which is not over.
            let told = fixtures::refused(&db, &text).await;
            assert!(told.contains(says), "{text}: {told}");
        }
        for (text, says) in [
            (take(2, "refuse", "refused", "NULL", "bao-ve-1"), "check"),
            (take(2, "refuse", "admitted", "'safety'", "bao-ve-1"), "check"),
        ] {
            let told = fixtures::refused(&db, &text).await.to_lowercase();
            assert!(told.contains(says), "{text}: {told}");
        }
        // What is refused above is taken when it is right; what is decided is asked about no more, what is over stays over.
        let moved = |number: u8, state: &str| {
            format!("UPDATE visits SET state = '{state}', revision = {number}, updated_at = 1 WHERE visit_id = {id}")
        };
        fixtures::sql(&db, &take(2, "refuse", "refused", "'safety'", "bao-ve-1")).await;
        assert!(fixtures::refused(&db, &moved(2, "admitted")).await.contains("by a recorded step only"));
        fixtures::sql(&db, &moved(2, "refused")).await;
        for (step, state) in [("leave", "left"), ("refuse", "refused")] {
            let told = fixtures::refused(&db, &take(3, step, state, "'safety'", "bao-ve-1")).await;
            assert!(told.contains("follows the visit as it is"), "{told}");
        }
        fixtures::sql(&db, &take(3, "admit", "admitted", "'Có giấy mời'", "bao-ve-1")).await;
        fixtures::sql(&db, &moved(3, "admitted")).await;
        fixtures::sql(&db, &take(4, "leave", "left", "NULL", "bao-ve-1")).await;
        fixtures::sql(&db, &moved(4, "left")).await;
        let told = fixtures::refused(&db, &take(5, "refuse", "refused", "'safety'", "bao-ve-1")).await;
        assert!(told.contains("follows the visit as it is"), "{told}");
        assert!(fixtures::refused(&db, "UPDATE visit_steps SET reason = 'x'").await.contains("never changed"));
        for (off, on) in [
            ("UPDATE users SET kind = 'service'", "UPDATE users SET kind = 'person'"),
            ("UPDATE sessions SET ended_at = 1", "UPDATE sessions SET ended_at = NULL"),
            ("UPDATE sessions SET interactive = 0", "UPDATE sessions SET interactive = 1"),
        ] {
            fixtures::sql(&db, off).await;
            let told = fixtures::refused(&db, &enter("waiting", "NULL", "NULL", "bao-ve-1")).await;
            assert!(told.contains("a guard in person"), "{told}");
            fixtures::sql(&db, on).await;
        }
        fixtures::sql(&db, &enter("waiting", "NULL", "NULL", "bao-ve-1")).await;
        // Of long ago by the database's own clock: it may go, steps first.
        fixtures::sql(&db, "DELETE FROM visit_steps").await;
        fixtures::sql(&db, "DELETE FROM visits").await;
        // And what is of today may not.
        let now = contract::clock::Clock::now(&contract::clock::SystemClock::new()).0;
        let fresh = enter("waiting", "NULL", "NULL", "bao-ve-1").replace(", 1)", &format!(", {})", now - DAY_US));
        fixtures::sql(&db, &fresh).await;
        assert!(fixtures::refused(&db, "DELETE FROM visits").await.contains("before their time"));
    })
    .await;
}
