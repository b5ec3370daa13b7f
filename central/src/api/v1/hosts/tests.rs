//! Hosts over the API on both engines.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::testing::{Bench, Client};
use crate::auth::{AccountKind, Role};
use crate::store::fixtures;
use crate::store::testing::{each_engine, number};

fn host(name: &str, sites: &[&str]) -> Value {
    json!({ "name": name, "department": "Văn phòng Đảng ủy", "room": "P.204", "phone": "0205 381 2345", "sites": sites })
}

async fn found(client: &Client<'_>, site: &str, text: &str) -> Vec<String> {
    let answer = client.post("/api/v1/hosts/search", &json!({ "site": site, "text": text })).await;
    assert_eq!(answer.verdict(), "200", "{}", answer.json());
    let json = answer.json();
    json["items"].as_array().unwrap().iter().map(|h| h["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_registrar_keeps_the_list_and_a_desk_finds_whom_to_call_at_its_place() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        fixtures::sql(
            &bench.db,
            "INSERT INTO nodes (site, node, controller, created_at) VALUES ('hq', 'n1', 'police', 1)",
        )
        .await;
        let registrar = bench.person("dang-ky-1", Role::Registrar).await;
        let desk = bench.person("truc-ban", Role::Desk).await;
        for (name, sites) in [("Mẫu Hòa 01", &["road-1"] as &[_]), ("Mẫu Đặng 02", &["hq", "road-1", "hq"])] {
            let entered = registrar.post("/api/v1/hosts", &host(name, sites)).await;
            assert_eq!(entered.verdict(), "200", "{}", entered.json());
        }
        assert_eq!(found(&desk, "road-1", "").await, ["Mẫu Đặng 02", "Mẫu Hòa 01"]);
        assert_eq!(found(&desk, "road-1", "HOÀ").await, ["Mẫu Hòa 01"]);
        assert_eq!(found(&desk, "road-1", "dang uy").await.len(), 2, "the department is looked into as well");
        assert_eq!(found(&desk, "hq", "").await, ["Mẫu Đặng 02"]);
        assert_eq!(found(&desk, "hq", "%").await, ["Mẫu Đặng 02"], "a sign is no pattern");
        assert!(found(&desk, "hq", "hoa").await.is_empty() && found(&desk, "square", "").await.is_empty());
        let detail = desk.post("/api/v1/hosts/search", &json!({ "site": "hq", "text": "" })).await.json();
        let first = &detail["items"][0];
        assert_eq!((&first["room"], &first["phone"]), (&json!("P.204"), &json!("0205 381 2345")));

        let id = first["host_id"].as_str().unwrap().to_owned();
        let end = format!("/api/v1/hosts/{id}/end");
        assert_eq!(desk.post(&end, &json!({})).await.verdict(), "403 forbidden");
        let ended = registrar.post(&end, &json!({})).await.json();
        assert_eq!((&ended["ended_by"], &ended["sites"]), (&json!("dang-ky-1"), &json!(["hq", "road-1"])));
        assert_eq!(registrar.post(&end, &json!({})).await.verdict(), "409 host_ended");
        assert!(found(&desk, "hq", "").await.is_empty());
        let list = async |ended: bool| {
            registrar.get(&format!("/api/v1/hosts?ended={ended}")).await.json()["items"].as_array().unwrap().len()
        };
        assert_eq!((list(false).await, list(true).await), (1, 1), "ended, not deleted");

        for (body, verdict) in [
            (host("M", &["road-1"]), "400 bad_name"),
            (host("Mẫu 03", &[]), "400 no_such_site"),
            (host("Mẫu 03", &["square"]), "400 no_such_site"),
            (host("Mẫu\u{7}03", &["road-1"]), "400 bad_name"),
            (json!({ "name": "Mẫu 03", "department": "V", "sites": ["road-1"] }), "400 bad_department"),
            (
                json!({ "name": "Mẫu 03", "department": "Văn thư", "phone": "gọi tôi", "sites": ["road-1"] }),
                "400 bad_phone",
            ),
        ] {
            assert_eq!(registrar.post("/api/v1/hosts", &body).await.verdict(), verdict, "{body}");
        }
        bench.account("may-dang-ky", AccountKind::Service, &[("police", Role::Registrar)]).await;
        let program = bench.sign_in("may-dang-ky").await;
        let body = host("Mẫu 03", &["road-1"]);
        assert_eq!(program.post("/api/v1/hosts", &body).await.verdict(), "403 person_needed");
        bench.account("ban-khac", AccountKind::Person, &[("tourism", Role::Registrar)]).await;
        let foreign = bench.sign_in("ban-khac").await;
        assert_eq!(foreign.post(&end, &json!({})).await.verdict(), "404 not_found");
        assert_eq!(foreign.get("/api/v1/hosts").await.json()["items"], json!([]));
        let searches = number(&bench.db, "COUNT(*)", "audit WHERE action = 'hosts.search'").await;
        assert_eq!(searches, 9, "each look is on record");
        assert_eq!(number(&bench.db, "COUNT(*)", "audit WHERE record LIKE '%Mẫu Hòa%'").await, 0);
    })
    .await;
}

#[tokio::test]
async fn each_rule_about_hosts_is_the_databases_own_too() {
    each_engine(|db| async move {
        let bench = Bench::new(db.clone()).await;
        let registrar = bench.person("dang-ky-1", Role::Registrar).await;
        bench.person("truc-ban", Role::Desk).await;
        assert_eq!(registrar.post("/api/v1/hosts", &host("Mẫu 01", &["road-1"])).await.verdict(), "200");
        let who = |name: &str| format!("(SELECT user_id FROM users WHERE name = '{name}')");
        let session = |name: &str| format!("(SELECT session_id FROM sessions WHERE user_id = {} LIMIT 1)", who(name));
        let enter = |name: &str| {
            format!(
                "INSERT INTO hosts (host_id, controller, name, department, search_key, entered_by, session_id, entered_at) \
                 VALUES ({}, 'police', 'x', 'x', 'x', {}, {}, 1)",
                fixtures::blob(&db, Uuid::from_u128(7).as_bytes()),
                who(name),
                session(name)
            )
        };
        let end = |name: &str, at: &str| {
            format!(
                "UPDATE hosts SET ended_at = {at}, ended_by = {}, ended_session = {}",
                who(name),
                session(name)
            )
        };
        for (text, says) in [
            (enter("truc-ban"), "entered by a registrar in person"),
            ("UPDATE hosts SET name = 'y'".to_owned(), "never changed"),
            (end("truc-ban", "5"), "by a registrar in person"),
            ("DELETE FROM hosts".to_owned(), "before their time"),
            ("DELETE FROM host_places".to_owned(), "stay with the host"),
            ("UPDATE host_places SET site = 'hq'".to_owned(), "never changed"),
        ] {
            let told = fixtures::refused(&db, &text).await;
            assert!(told.contains(says), "{text}: {told}");
        }
        fixtures::sql(&db, &enter("dang-ky-1")).await;
        let now = contract::clock::Clock::now(&contract::clock::SystemClock::new()).0.to_string();
        fixtures::sql(&db, &end("dang-ky-1", &now)).await;
        assert!(fixtures::refused(&db, &end("dang-ky-1", "6")).await.contains("ended once"));
        assert!(fixtures::refused(&db, "DELETE FROM hosts").await.contains("before their time"));
    })
    .await;
}
