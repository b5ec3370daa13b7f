//! Grants over the API on both engines: two officers, a week, an end, one plate.

use contract::clock::{DAY_US, HOUR_US, UtcMicros};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::testing::{Bench, Client};
use crate::auth::{AccountKind, Role};
use crate::store::fixtures;
use crate::store::testing::{each_engine, number};

const CASE: Uuid = Uuid::from_u128(0xC1);
const GRANTS: &str = "/api/v1/grants";

/// A case of 12A12345 and vehicles at three places over ten days.
async fn bench(db: crate::store::Db) -> Bench {
    let bench = Bench::new(db).await;
    let nodes = "INSERT INTO nodes (site, node, controller, created_at) VALUES ('road-2', 'n1', 'police', 1), ('road-3', 'n1', 'police', 1)";
    fixtures::sql(&bench.db, nodes).await;
    let now = bench.now().0;
    fixtures::case(&bench.db, CASE, Uuid::from_u128(0xD1), "police", "2026-000001", now).await;
    for (n, controller, site, at, key) in [
        (1, "police", "road-1", now - HOUR_US, "12A12345"),
        (2, "police", "road-2", now - 2 * DAY_US, "12A12345"),
        (3, "police", "road-2", now - 2 * DAY_US, "12A99999"),
        (4, "police", "road-3", now - DAY_US, "12A12345"),
        (5, "police", "road-1", now - 9 * DAY_US, "12A12345"),
        (6, "tourism", "road-1", now - HOUR_US, "12A12345"),
    ] {
        fixtures::pass(&bench.db, Uuid::from_u128(n), controller, site, at, key).await;
    }
    bench
}

fn moment(bench: &Bench, days: i64) -> String {
    UtcMicros(bench.now().0 + days * DAY_US).to_rfc3339()
}

fn asked(bench: &Bench, more: Value) -> Value {
    let mut body = json!({
        "case_id": CASE, "from": moment(bench, -7), "to": moment(bench, 0), "sites": ["road-1", "road-2"],
        "reason": "Xác minh hướng chạy của xe gây tai nạn",
    });
    for (field, value) in more.as_object().unwrap() {
        body[field] = value.clone();
    }
    body
}

async fn ask(bench: &Bench, client: &Client<'_>) -> String {
    let answer = client.post(GRANTS, &asked(bench, json!({}))).await;
    assert_eq!(answer.verdict(), "200", "{}", answer.json());
    answer.json()["grant_id"].as_str().unwrap().to_owned()
}

fn at(grant: &str, verb: &str) -> String {
    format!("{GRANTS}/{grant}/{verb}")
}

async fn look(client: &Client<'_>, grant: &str, more: Value) -> (String, Vec<String>) {
    let mut body = json!({ "grant_id": grant });
    for (field, value) in more.as_object().unwrap() {
        body[field] = value.clone();
    }
    let answer = client.post("/api/v1/passes/search", &body).await;
    let json = answer.json();
    let found = json["items"].as_array().cloned().unwrap_or_default();
    let found =
        found.iter().map(|p| format!("{} {}", p["site"].as_str().unwrap(), p["plate"]["key"].as_str().unwrap()));
    (answer.verdict(), found.collect())
}

#[tokio::test]
async fn two_officers_give_a_week_over_places_for_the_cases_plate_and_nothing_else() {
    each_engine(|db| async move {
        let bench = bench(db).await;
        let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let second = bench.person("can-bo-02", Role::TrafficOfficer).await;
        let third = bench.person("can-bo-03", Role::TrafficLeader).await;
        let desk = bench.person("truc-ban", Role::Desk).await;
        let grant = ask(&bench, &first).await;
        assert_eq!(look(&first, &grant, json!({})).await.0, "409 grant_over", "asked for is not granted");
        assert_eq!(first.post(&at(&grant, "approve"), &json!({})).await.verdict(), "409 same_person");
        assert_eq!(desk.post(&at(&grant, "approve"), &json!({})).await.verdict(), "403 forbidden");
        assert_eq!(second.post(&at(&grant, "approve"), &json!({ "days": 8 })).await.verdict(), "400 lives_too_long");
        let listed = second.get(&format!("{GRANTS}?state=asked")).await.json();
        let item = &listed["items"][0];
        assert_eq!((&item["plate"], &item["may_approve"]), (&json!("12A-123.45"), &json!(true)), "{listed}");
        let granted = second.post(&at(&grant, "approve"), &json!({ "days": 2 })).await.json();
        assert_eq!((&granted["state"], &granted["decided_by"]), (&json!("granted"), &json!("can-bo-02")), "{granted}");
        assert_eq!(granted["expires_at"]["utc"], json!(moment(&bench, 2)));
        assert_eq!(third.post(&at(&grant, "approve"), &json!({})).await.verdict(), "409 not_asked");

        let both = ["road-1 12A12345".to_owned(), "road-2 12A12345".to_owned()];
        for officer in [&first, &second] {
            assert_eq!(look(officer, &grant, json!({})).await, ("200".to_owned(), both.to_vec()));
        }
        assert_eq!(look(&first, &grant, json!({ "site": "road-2" })).await.1, both[1..]);
        assert_eq!(look(&first, &grant, json!({ "from": moment(&bench, -1) })).await.1, both[..1]);
        let page = first.post("/api/v1/passes/search", &json!({ "grant_id": grant, "limit": 1 })).await.json();
        assert_eq!(look(&first, &grant, json!({ "limit": 1, "cursor": page["next"] })).await.1, both[1..]);
        for (more, verdict) in [
            (json!({ "key": "12A99999" }), "400 grant_has_its_plate"),
            (json!({ "last5": "99999" }), "400 grant_has_its_plate"),
            (json!({ "site": "road-3" }), "400 outside_grant"),
            (json!({ "site": "" }), "400 outside_grant"),
            (json!({ "from": moment(&bench, -8) }), "400 outside_grant"),
            (json!({ "to": moment(&bench, 1) }), "400 outside_grant"),
            (json!({ "from": moment(&bench, 0) }), "400 outside_grant"),
            (json!({ "grant_id": Uuid::from_u128(77) }), "404 not_found"),
        ] {
            assert_eq!(look(&first, &grant, more.clone()).await.0, verdict, "{more}");
        }
        // Not for others, whatever else they may search.
        for other in [&third, &desk] {
            assert_eq!(look(other, &grant, json!({})).await.0, "403 grant_not_yours");
        }
        bench.account("ban-khac", AccountKind::Person, &[("tourism", Role::TrafficOfficer)]).await;
        let foreign = bench.sign_in("ban-khac").await;
        assert_eq!(look(&foreign, &grant, json!({})).await.0, "404 not_found");
        // Without a grant a search is what it was: its place and day are needed.
        let bare = first.post("/api/v1/passes/search", &json!({ "key": "12A12345" })).await;
        assert_eq!(bare.verdict(), "400 bad_body");

        // Each search is on record with the grant, the plate and the window.
        let with = format!(
            "audit WHERE action = 'passes.search_granted' AND record LIKE '%grant {grant}%' \
             AND record LIKE '%\"subject\":\"12A12345\"%' AND record LIKE '%\"window\":%'"
        );
        assert_eq!(number(&bench.db, "COUNT(*)", &with).await, 6);

        bench.clock.advance_us(2 * DAY_US);
        let first = bench.sign_in("can-bo-01").await;
        assert_eq!(look(&first, &grant, json!({})).await.0, "409 grant_over", "it has expired");
        let listed = first.get(GRANTS).await.json();
        assert_eq!((&listed["items"][0]["state"], &listed["items"][0]["may_use"]), (&json!("expired"), &json!(false)));
    })
    .await;
}

#[tokio::test]
async fn a_grant_ends_with_its_withdrawal_and_with_its_case() {
    each_engine(|db| async move {
        let bench = bench(db).await;
        let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let second = bench.person("doi-truong", Role::TrafficLeader).await;
        let granted = async || {
            let grant = ask(&bench, &first).await;
            assert_eq!(second.post(&at(&grant, "approve"), &json!({})).await.verdict(), "200");
            assert_eq!(look(&first, &grant, json!({})).await.1.len(), 2);
            grant
        };
        let why = json!({ "reason": "Không còn cần thiết" });
        let grant = granted().await;
        assert_eq!(
            second.post(&at(&grant, "withdraw"), &json!({ "reason": "x" })).await.verdict(),
            "400 reason_needed"
        );
        let back = second.post(&at(&grant, "withdraw"), &why).await.json();
        assert_eq!((&back["state"], &back["withdrawn_by"]), (&json!("withdrawn"), &json!("doi-truong")));
        assert_eq!(look(&first, &grant, json!({})).await.0, "409 grant_over");
        assert_eq!(second.post(&at(&grant, "withdraw"), &why).await.verdict(), "409 grant_ended");

        let refused = ask(&bench, &first).await;
        assert_eq!(first.post(&at(&refused, "refuse"), &why).await.verdict(), "409 same_person");
        assert_eq!(second.post(&at(&refused, "refuse"), &why).await.json()["decided_why"], why["reason"]);
        assert_eq!(second.post(&at(&refused, "approve"), &json!({})).await.verdict(), "409 not_asked");
        assert_eq!(look(&first, &refused, json!({})).await.0, "409 grant_over");

        // The node says something else about the suspicion: what was approved is not what is there now.
        let (held, waiting) = (granted().await, ask(&bench, &first).await);
        fixtures::sql(&bench.db, "UPDATE cases SET plate_key = '12A99999', revision = revision + 1").await;
        assert_eq!(look(&first, &held, json!({})).await.0, "409 grant_over");
        assert_eq!(second.post(&at(&waiting, "approve"), &json!({})).await.verdict(), "409 case_changed");
        let shown = first.get(GRANTS).await.json();
        assert!(!shown.to_string().contains("99999"), "no grant shows a plate it was not asked for: {shown}");
        // And when the case ends without a violation.
        let held = ask(&bench, &first).await;
        assert_eq!(second.post(&at(&held, "approve"), &json!({})).await.verdict(), "200");
        assert_eq!(look(&first, &held, json!({})).await.1, ["road-2 12A99999"]);
        let case = first.get(&format!("/api/v1/suspicions/{CASE}")).await.json();
        let reject = json!({ "reason": "duplicate", "revision": case["revision"] });
        assert_eq!(first.post(&format!("/api/v1/suspicions/{CASE}/reject"), &reject).await.verdict(), "200");
        assert_eq!(look(&first, &held, json!({})).await.0, "409 grant_over");
        assert_eq!(first.post(GRANTS, &asked(&bench, json!({}))).await.verdict(), "409 case_without_plate");
    })
    .await;
}

#[tokio::test]
async fn what_is_too_long_too_wide_or_of_another_is_not_even_asked_for() {
    each_engine(|db| async move {
        let bench = bench(db).await;
        let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let many: Vec<String> = (0..21).map(|n| format!("road-{n}")).collect();
        for (more, verdict) in [
            (json!({ "from": UtcMicros(bench.now().0 - 7 * DAY_US - 1).to_rfc3339() }), "400 window_too_long"),
            (json!({ "from": moment(&bench, 0) }), "400 empty_window"),
            (json!({ "sites": [] }), "400 no_such_site"),
            (json!({ "sites": ["square"] }), "400 no_such_site"),
            (json!({ "sites": ["*"] }), "400 no_such_site"),
            (json!({ "sites": many }), "400 no_such_site"),
            (json!({ "reason": "  x " }), "400 reason_needed"),
            (json!({ "case_id": Uuid::from_u128(5) }), "404 not_found"),
            (json!({ "plate": "12A99999" }), "400 bad_body"),
        ] {
            assert_eq!(client.post(GRANTS, &asked(&bench, more.clone())).await.verdict(), verdict, "{more}");
        }
        bench.account("may-doc", AccountKind::Service, &[("police", Role::TrafficOfficer)]).await;
        let program = bench.sign_in("may-doc").await;
        assert_eq!(program.post(GRANTS, &asked(&bench, json!({}))).await.verdict(), "403 person_needed");
        bench.account("ban-khac", AccountKind::Person, &[("tourism", Role::TrafficOfficer)]).await;
        let foreign = bench.sign_in("ban-khac").await;
        let of_theirs = asked(&bench, json!({ "sites": ["square"] }));
        assert_eq!(foreign.post(GRANTS, &of_theirs).await.verdict(), "404 not_found");
        fixtures::sql(&bench.db, "UPDATE cases SET plate_key = NULL").await;
        assert_eq!(client.post(GRANTS, &asked(&bench, json!({}))).await.verdict(), "409 case_without_plate");
        assert_eq!(number(&bench.db, "COUNT(*)", "plate_grants").await, 0);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_approve_at_once_one_is_told() {
    each_engine(|db| async move {
        let bench = bench(db).await;
        let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let second = bench.person("can-bo-02", Role::TrafficOfficer).await;
        let third = bench.person("doi-truong", Role::TrafficLeader).await;
        for _ in 0..4 {
            let grant = ask(&bench, &first).await;
            let (path, body) = (at(&grant, "approve"), json!({}));
            let (a, b) = tokio::join!(second.post(&path, &body), third.post(&path, &body));
            let mut told = [a.verdict(), b.verdict()];
            told.sort();
            assert_eq!(told, ["200", "409 not_asked"]);
            let (path, why) = (at(&grant, "withdraw"), json!({ "reason": "Không cần nữa" }));
            let (a, b) = tokio::join!(second.post(&path, &why), third.post(&path, &why));
            let mut told = [a.verdict(), b.verdict()];
            told.sort();
            assert_eq!(told, ["200", "409 grant_ended"]);
        }
        assert_eq!(number(&bench.db, "COUNT(*)", "audit WHERE action = 'grants.approve'").await, 4);
    })
    .await;
}

#[tokio::test]
async fn each_rule_about_grants_is_the_databases_own_too() {
    each_engine(|db| async move {
        let bench = bench(db.clone()).await;
        let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
        bench.person("can-bo-02", Role::TrafficOfficer).await;
        bench.person("truc-ban", Role::Desk).await;
        let grant = ask(&bench, &first).await;
        let now = bench.now().0;
        let who = |name: &str| format!("(SELECT user_id FROM users WHERE name = '{name}')");
        let session = |name: &str| format!("(SELECT session_id FROM sessions WHERE user_id = {} LIMIT 1)", who(name));
        let (id, case) = (fixtures::blob(&db, &[9; 16]), fixtures::blob(&db, CASE.as_bytes()));
        let enter = |name: &str, revision: &str, state: &str, length: i64| {
            format!(
                "INSERT INTO plate_grants (grant_id, controller, case_id, case_revision, from_at, to_at, reason, state, \
                 asked_by, asked_session, asked_at) VALUES ({id}, 'police', {case}, {revision}, 0, {length}, 'x', \
                 '{state}', {}, {}, {now})",
                who(name),
                session(name)
            )
        };
        let approve = |name: &str, lives: i64| {
            format!(
                "UPDATE plate_grants SET state = 'granted', decided_by = {}, decided_session = {}, decided_at = {now}, \
                 expires_at = {}",
                who(name),
                session(name),
                now + lives
            )
        };
        let withdraw = |name: &str| {
            format!(
                "UPDATE plate_grants SET state = 'withdrawn', withdrawn_by = {}, withdrawn_session = {}, withdrawn_at = {now}, \
                 withdrawn_why = 'x'",
                who(name),
                session(name)
            )
        };
        let week = 7 * DAY_US;
        for (text, says) in [
            (enter("truc-ban", "1", "asked", DAY_US), "asked for by an officer in person"),
            (enter("can-bo-01", "1", "granted", DAY_US), "asked for by an officer in person"),
            (enter("can-bo-01", "2", "asked", DAY_US), "asked for by an officer in person"),
            (enter("can-bo-01", "1", "asked", week + 1), "check"),
            (approve("can-bo-01", week), "a second officer in person"),
            (approve("truc-ban", week), "a second officer in person"),
            (approve("can-bo-02", week + 1), "check"),
            (withdraw("truc-ban"), "withdrawn by an officer in person"),
            ("UPDATE plate_grants SET to_at = to_at + 1".to_owned(), "never changed"),
            ("UPDATE plate_grants SET asked_by = decided_by".to_owned(), "never changed"),
            ("DELETE FROM plate_grants".to_owned(), "as long as its case"),
            ("DELETE FROM plate_grant_sites".to_owned(), "stay with it"),
            ("UPDATE plate_grant_sites SET site = 'road-3'".to_owned(), "never changed"),
        ] {
            let told = fixtures::refused(&db, &text).await.to_lowercase();
            assert!(told.contains(says), "{text}: {told}");
        }
        for (off, on) in [
            ("UPDATE users SET kind = 'service'", "UPDATE users SET kind = 'person'"),
            ("UPDATE sessions SET ended_at = 1", "UPDATE sessions SET ended_at = NULL"),
            ("UPDATE sessions SET interactive = 0", "UPDATE sessions SET interactive = 1"),
            ("UPDATE cases SET revision = revision + 1", "UPDATE cases SET revision = revision - 1"),
        ] {
            fixtures::sql(&db, off).await;
            let told = fixtures::refused(&db, &approve("can-bo-02", week)).await;
            assert!(told.contains("a second officer in person"), "{told}");
            fixtures::sql(&db, on).await;
        }
        fixtures::sql(&db, &approve("can-bo-02", week)).await;
        let later = format!("UPDATE plate_grants SET expires_at = {}", now + week - 1);
        for text in [later, approve("can-bo-02", DAY_US)] {
            assert!(fixtures::refused(&db, &text).await.contains("decided once and never changed"), "{text}");
        }
        let grant = fixtures::blob(&db, grant.parse::<Uuid>().unwrap().as_bytes());
        let more = format!("INSERT INTO plate_grant_sites (grant_id, site) VALUES ({grant}, 'road-3')");
        assert!(fixtures::refused(&db, &more).await.contains("those it was asked for"));
        fixtures::sql(&db, &withdraw("can-bo-02")).await;
        assert!(fixtures::refused(&db, &withdraw("can-bo-02")).await.contains("never changed"));
    })
    .await;
}
