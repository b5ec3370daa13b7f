//! Lists of plates over the API on both engines: two officers, an end, whole plates, at named places.

use contract::clock::{DAY_US, UtcMicros};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::testing::{Bench, Client};
use crate::auth::{AccountKind, Role};
use crate::store::fixtures;
use crate::store::testing::{each_engine, number};

const LISTS: &str = "/api/v1/plate-lists";

async fn bench(db: crate::store::Db) -> Bench {
    let bench = Bench::new(db).await;
    let nodes = "INSERT INTO nodes (site, node, controller, created_at) VALUES ('road-2', 'n1', 'police', 1), ('road-3', 'n1', 'police', 1)";
    fixtures::sql(&bench.db, nodes).await;
    bench
}

fn after(bench: &Bench, days: i64) -> String {
    UtcMicros(bench.now().0 + days * DAY_US).to_rfc3339()
}

/// 12A12345 at road-1 for thirty days, but for what is said otherwise.
fn proposed(bench: &Bench, more: Value) -> Value {
    let mut body = json!({
        "kind": "wanted", "plate": "12a 123.45", "sites": ["road-1"], "keeper": " Đội 1 – Mẫu 01 ",
        "reason": "Xe gây tai nạn rồi bỏ chạy", "expires_at": after(bench, 30),
    });
    for (field, value) in more.as_object().unwrap() {
        body[field] = value.clone();
    }
    body
}

async fn propose(bench: &Bench, client: &Client<'_>, more: Value) -> String {
    let answer = client.post(LISTS, &proposed(bench, more)).await;
    assert_eq!(answer.verdict(), "200", "{}", answer.json());
    answer.json()["entry_id"].as_str().unwrap().to_owned()
}

fn at(entry: &str, verb: &str) -> String {
    format!("{LISTS}/{entry}/{verb}")
}

async fn first_of(client: &Client<'_>, query: &str) -> Value {
    client.get(&format!("{LISTS}?{query}")).await.json()["items"][0].clone()
}

#[tokio::test]
async fn an_entry_is_proposed_by_one_officer_approved_by_another_and_ends_by_itself_or_by_a_word() {
    each_engine(|db| async move {
        let bench = bench(db).await;
        let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let second = bench.person("doi-truong", Role::TrafficLeader).await;
        let third = bench.person("can-bo-03", Role::TrafficOfficer).await;
        let entry =
            propose(&bench, &first, json!({ "sites": ["road-2", "road-1", "road-2"], "expires_at": after(&bench, 6) }))
                .await;
        let mine = first_of(&first, "state=proposed").await;
        for (field, value) in [
            ("entry_id", json!(entry)),
            ("kind", json!("wanted")),
            ("state", json!("proposed")),
            ("state_text", json!("Chờ phê duyệt")),
            ("plate", json!("12A-123.45")),
            ("sites", json!(["road-1", "road-2"])),
            ("keeper", json!("Đội 1 – Mẫu 01")),
            ("proposed_by", json!("can-bo-01")),
            ("decided_by", json!(null)),
            ("ended_at", json!(null)),
            ("may_approve", json!(false)),
        ] {
            assert_eq!(mine[field], value, "{field}: {mine}");
        }
        assert_eq!(first_of(&second, "").await["may_approve"], json!(true));
        let why = json!({ "reason": "Không đủ căn cứ" });
        assert_eq!(first.post(&at(&entry, "approve"), &json!({})).await.verdict(), "409 own_entry");
        assert_eq!(first.post(&at(&entry, "refuse"), &why).await.verdict(), "409 own_entry");
        assert_eq!(second.post(&at(&entry, "approve"), &json!({ "days": 7 })).await.verdict(), "400 bad_body");
        let approved = second.post(&at(&entry, "approve"), &json!({})).await.json();
        assert_eq!(
            (&approved["state"], &approved["decided_by"]),
            (&json!("approved"), &json!("doi-truong")),
            "{approved}"
        );
        assert_eq!(approved["expires_at"]["utc"], json!(after(&bench, 6)), "approving moves no end");
        assert_eq!(third.post(&at(&entry, "approve"), &json!({})).await.verdict(), "409 not_proposed");
        assert_eq!(third.post(&at(&entry, "refuse"), &why).await.verdict(), "409 not_proposed");

        let refused = propose(&bench, &first, json!({ "plate": "12A-999.99" })).await;
        assert_eq!(
            second.post(&at(&refused, "refuse"), &json!({ "reason": "x" })).await.verdict(),
            "400 reason_needed"
        );
        assert_eq!(second.post(&at(&refused, "refuse"), &why).await.json()["decided_why"], why["reason"]);
        assert_eq!(second.post(&at(&refused, "approve"), &json!({})).await.verdict(), "409 not_proposed");
        assert_eq!(second.post(&at(&refused, "withdraw"), &why).await.verdict(), "409 entry_ended");

        // Any officer takes back, the proposer too, what waits and what holds.
        let waiting = propose(&bench, &first, json!({ "plate": "12A-999.99" })).await;
        assert_eq!(first.post(&at(&waiting, "withdraw"), &why).await.json()["ended_by"], json!("can-bo-01"));
        let back = third.post(&at(&entry, "withdraw"), &why).await.json();
        for (field, value) in
            [("state", json!("withdrawn")), ("ended_by", json!("can-bo-03")), ("ended_why", why["reason"].clone())]
        {
            assert_eq!(back[field], value, "{back}");
        }
        assert_eq!(back["decided_by"], json!("doi-truong"), "who had approved it stays");
        assert_eq!(third.post(&at(&entry, "withdraw"), &why).await.verdict(), "409 entry_ended");

        // And by itself, whether somebody decided or not.
        let holds = propose(&bench, &first, json!({ "expires_at": after(&bench, 1) })).await;
        assert_eq!(second.post(&at(&holds, "approve"), &json!({})).await.verdict(), "200");
        let waits = propose(&bench, &first, json!({ "kind": "allowed", "expires_at": after(&bench, 1) })).await;
        bench.clock.advance_us(DAY_US);
        let second = bench.sign_in("doi-truong").await;
        for (entry, query) in [(&holds, "kind=wanted&state=approved"), (&waits, "kind=allowed&state=proposed")] {
            let shown = first_of(&second, query).await;
            assert_eq!((&shown["entry_id"], &shown["state"]), (&json!(entry), &json!("expired")), "{query}");
            assert_eq!(shown["may_approve"], json!(false));
            assert_eq!(second.post(&at(entry, "approve"), &json!({})).await.verdict(), "409 not_proposed");
            assert_eq!(second.post(&at(entry, "withdraw"), &why).await.verdict(), "409 entry_ended");
        }

        // Each look and each step is on record; the steps name the plate, the looks do not.
        for (action, times) in [
            ("plate_lists.list", 4),
            ("plate_lists.propose", 5),
            ("plate_lists.approve", 2),
            ("plate_lists.refuse", 1),
            ("plate_lists.withdraw", 2),
        ] {
            let rows = format!("audit WHERE action = '{action}'");
            assert_eq!(number(&bench.db, "COUNT(*)", &rows).await, times, "{action}");
            let named = number(&bench.db, "COUNT(*)", &format!("{rows} AND record LIKE '%\"subject\":\"12A%'")).await;
            assert_eq!(named, if action == "plate_lists.list" { 0 } else { times }, "{action}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_no_entry_is_not_even_proposed() {
    each_engine(|db| async move {
        let bench = bench(db).await;
        let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let many: Vec<String> = (0..21).map(|n| format!("road-{n}")).collect();
        for (more, verdict) in [
            (json!({ "plate": "12A*" }), "400 wildcard"),
            (json!({ "plate": "12A%2345" }), "400 wildcard"),
            (json!({ "plate": "12A" }), "400 not_a_plate"),
            (json!({ "plate": "12A1234567890" }), "400 not_a_plate"),
            (json!({ "sites": [] }), "400 no_such_site"),
            (json!({ "sites": ["square"] }), "400 no_such_site"),
            (json!({ "sites": ["road-1", "*"] }), "400 no_such_site"),
            (json!({ "sites": many }), "400 no_such_site"),
            (json!({ "keeper": "x" }), "400 keeper_needed"),
            (json!({ "keeper": "Đội\t1" }), "400 keeper_needed"),
            (json!({ "reason": " x " }), "400 reason_needed"),
            (json!({ "reason": "Xe gây\ntai nạn" }), "400 reason_needed"),
            (json!({ "expires_at": "mai" }), "400 bad_moment"),
            (json!({ "expires_at": after(&bench, 0) }), "400 ends_before"),
            (json!({ "expires_at": after(&bench, 185) }), "400 ends_too_late"),
            (json!({ "kind": "banned" }), "400 bad_body"),
            (json!({ "state": "approved" }), "400 bad_body"),
        ] {
            let answer = client.post(LISTS, &proposed(&bench, more.clone())).await;
            assert_eq!(answer.verdict(), verdict, "{more}");
        }
        assert_eq!(client.get(&format!("{LISTS}?state=expired")).await.verdict(), "400 bad_state");
        assert_eq!(client.get(&format!("{LISTS}?kind=all")).await.verdict(), "400 bad_kind");
        assert_eq!(client.post(&at(&Uuid::nil().to_string(), "approve"), &json!({})).await.verdict(), "404 not_found");

        let desk = bench.person("truc-ban", Role::Desk).await;
        assert_eq!(desk.get(LISTS).await.verdict(), "403 forbidden");
        assert_eq!(desk.post(LISTS, &proposed(&bench, json!({}))).await.verdict(), "403 forbidden");
        bench.account("may-doc", AccountKind::Service, &[("police", Role::TrafficOfficer)]).await;
        let program = bench.sign_in("may-doc").await;
        assert_eq!(program.post(LISTS, &proposed(&bench, json!({}))).await.verdict(), "403 person_needed");
        assert_eq!(number(&bench.db, "COUNT(*)", "plate_lists").await, 0);

        // Of another body nobody sees or decides anything.
        let entry = propose(&bench, &client, json!({})).await;
        bench.account("ban-khac", AccountKind::Person, &[("tourism", Role::TrafficLeader)]).await;
        let foreign = bench.sign_in("ban-khac").await;
        assert_eq!(foreign.get(LISTS).await.json()["items"], json!([]));
        assert_eq!(foreign.post(&at(&entry, "approve"), &json!({})).await.verdict(), "404 not_found");
        assert_eq!(foreign.post(LISTS, &proposed(&bench, json!({}))).await.verdict(), "400 no_such_site");
    })
    .await;
}

#[tokio::test]
async fn what_is_wanted_at_several_places_is_approved_for_a_week_at_most() {
    each_engine(|db| async move {
        let bench = bench(db).await;
        let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
        bench.person("can-bo-02", Role::TrafficOfficer).await;
        let wide = json!({ "sites": ["road-1", "road-2"], "expires_at": after(&bench, 8) });
        let entry = propose(&bench, &first, wide).await;
        for (more, verdict) in [
            (json!({ "plate": "12A-000.01", "expires_at": after(&bench, 184) }), "200"),
            (json!({ "plate": "12A-000.02", "kind": "allowed", "sites": ["road-1", "road-2"], "expires_at": after(&bench, 184) }), "200"),
        ] {
            let long = propose(&bench, &first, more.clone()).await;
            let second = bench.sign_in("can-bo-02").await;
            assert_eq!(second.post(&at(&long, "approve"), &json!({})).await.verdict(), verdict, "{more}");
        }
        let second = bench.sign_in("can-bo-02").await;
        assert_eq!(second.post(&at(&entry, "approve"), &json!({})).await.verdict(), "409 too_long");
        assert_eq!(first_of(&second, "state=approved&kind=allowed").await["sites"], json!(["road-1", "road-2"]));
        // The week counts from the approval.
        bench.clock.advance_us(DAY_US);
        let second = bench.sign_in("can-bo-02").await;
        assert_eq!(second.post(&at(&entry, "approve"), &json!({})).await.verdict(), "200");
    })
    .await;
}

#[tokio::test]
async fn a_plate_is_listed_once_at_a_place_and_a_body_has_two_hundred_entries() {
    each_engine(|db| async move {
        let bench = bench(db.clone()).await;
        let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let second = bench.person("can-bo-02", Role::TrafficOfficer).await;
        let entry = propose(&bench, &first, json!({ "sites": ["road-1", "road-2"] })).await;
        let told = async |more: Value| second.post(LISTS, &proposed(&bench, more)).await.verdict();
        assert_eq!(told(json!({ "plate": "12A12345" })).await, "409 already_listed");
        assert_eq!(told(json!({ "sites": ["road-3", "road-2"] })).await, "409 already_listed");
        assert_eq!(told(json!({ "sites": ["road-3"] })).await, "200", "another place");
        assert_eq!(told(json!({ "kind": "allowed" })).await, "200", "the other list");
        let why = json!({ "reason": "Không còn cần thiết" });
        assert_eq!(first.post(&at(&entry, "withdraw"), &why).await.verdict(), "200");
        assert_eq!(told(json!({})).await, "200", "what was taken back is in nobody's way");

        let (now, until) = (bench.now().0, bench.now().0 + DAY_US);
        let who = "(SELECT user_id FROM users WHERE name = 'can-bo-01')";
        let session = format!("(SELECT session_id FROM sessions WHERE user_id = {who} LIMIT 1)");
        let row = |n: u8| {
            let id = fixtures::blob(&db, &[n; 16]);
            format!("({id}, 'police', 'wanted', '12B{n:05}', 'Mẫu 01', 'Lý do mẫu', {until}, 'proposed', {who}, {session}, {now})")
        };
        let enter = |rows: Vec<String>| {
            format!(
                "INSERT INTO plate_lists (entry_id, controller, kind, plate_key, keeper, reason, expires_at, state, proposed_by, \
                 proposed_session, proposed_at) VALUES {}",
                rows.join(", ")
            )
        };
        // Three hold or wait already.
        fixtures::sql(&db, &enter((0..197).map(row).collect())).await;
        assert_eq!(told(json!({ "plate": "12A-999.99" })).await, "409 list_full");
        let told_by = fixtures::refused(&db, &enter(vec![row(200)])).await;
        assert!(told_by.contains("lists of this body are full"), "{told_by}");
        // The list of another body is its own; and what is over makes room.
        bench.account("ban-khac", AccountKind::Person, &[("tourism", Role::TrafficOfficer)]).await;
        let foreign = bench.sign_in("ban-khac").await;
        assert_eq!(foreign.post(LISTS, &proposed(&bench, json!({ "sites": ["square"] }))).await.verdict(), "200");
        bench.clock.advance_us(DAY_US);
        let first = bench.sign_in("can-bo-01").await;
        propose(&bench, &first, json!({ "plate": "12A-999.99" })).await;

        let page = first.get(&format!("{LISTS}?limit=200&kind=wanted")).await.json();
        assert_eq!(page["items"].as_array().unwrap().len(), 200);
        let rest = first.get(&format!("{LISTS}?limit=200&kind=wanted&cursor={}", page["next"].as_str().unwrap())).await.json();
        assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (1, &json!(null)));
    })
    .await;
}

#[tokio::test]
async fn of_two_who_decide_or_propose_the_same_at_once_one_is_told() {
    each_engine(|db| async move {
        let bench = bench(db).await;
        let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let second = bench.person("can-bo-02", Role::TrafficOfficer).await;
        let third = bench.person("doi-truong", Role::TrafficLeader).await;
        let why = json!({ "reason": "Không cần nữa" });
        for _ in 0..4 {
            let body = proposed(&bench, json!({}));
            let (a, b) = tokio::join!(first.post(LISTS, &body), third.post(LISTS, &body));
            let mut told = [a.verdict(), b.verdict()];
            told.sort();
            assert_eq!(told, ["200", "409 already_listed"]);
            // Whichever of them it was: the second officer and the other one decide.
            let (entry, other) = if a.verdict() == "200" { (a.json(), &third) } else { (b.json(), &first) };
            let entry = entry["entry_id"].as_str().unwrap().to_owned();
            let path = at(&entry, "approve");
            let nothing = json!({});
            let (a, b) = tokio::join!(second.post(&path, &nothing), other.post(&path, &nothing));
            let mut told = [a.verdict(), b.verdict()];
            told.sort();
            assert_eq!(told, ["200", "409 not_proposed"]);
            let path = at(&entry, "withdraw");
            let (a, b) = tokio::join!(second.post(&path, &why), other.post(&path, &why));
            let mut told = [a.verdict(), b.verdict()];
            told.sort();
            assert_eq!(told, ["200", "409 entry_ended"]);
        }
        assert_eq!(number(&bench.db, "COUNT(*)", "audit WHERE action = 'plate_lists.approve'").await, 4);
    })
    .await;
}

#[tokio::test]
async fn a_permit_that_held_shows_beside_a_suspicion_of_its_plate_at_its_place() {
    each_engine(|db| async move {
        let bench = bench(db).await;
        let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let second = bench.person("can-bo-02", Role::TrafficOfficer).await;
        let approved = async |more: Value| {
            let entry = propose(&bench, &first, more).await;
            assert_eq!(second.post(&at(&entry, "approve"), &json!({})).await.verdict(), "200");
            entry
        };
        let permit = approved(json!({ "kind": "allowed", "reason": "Xe của công trường được vào giờ cấm" })).await;
        // None of these is one: another place, another plate, another list, only proposed.
        approved(json!({ "kind": "allowed", "sites": ["road-2"] })).await;
        approved(json!({ "kind": "allowed", "plate": "12A-999.99" })).await;
        approved(json!({})).await;
        propose(&bench, &first, json!({ "kind": "allowed", "sites": ["road-3"] })).await;
        let now = bench.now().0;
        // 12A12345 at road-1: now, before the approval, at the end of the permit, and of another body.
        for (n, body, at) in
            [(1, "police", now), (2, "police", now - 1), (3, "police", now + 30 * DAY_US), (4, "tourism", now)]
        {
            let (case, suspicion) = (Uuid::from_u128(0xC0 + n), Uuid::from_u128(0xD0 + n));
            fixtures::case(&bench.db, case, suspicion, body, &format!("2026-{n:06}"), at).await;
        }
        let detail = async |n: u128| {
            first.get(&format!("/api/v1/suspicions/{}", Uuid::from_u128(0xC0 + n))).await.json()["allowed"].clone()
        };
        let expected = json!([{
            "entry_id": permit, "keeper": "Đội 1 – Mẫu 01", "reason": "Xe của công trường được vào giờ cấm",
            "expires_at": { "utc": after(&bench, 30), "text": UtcMicros(now + 30 * DAY_US).to_vietnamese() },
        }]);
        assert_eq!(detail(1).await, expected);
        assert_eq!((detail(2).await, detail(3).await, detail(4).await), (json!([]), json!([]), json!(null)));
        let looked = format!("audit WHERE action = 'suspicions.read' AND record LIKE '%allowed by {permit}%'");
        assert_eq!(number(&bench.db, "COUNT(*)", &looked).await, 1, "a look at the list is on record");

        let why = json!({ "reason": "Giấy phép bị thu hồi" });
        assert_eq!(second.post(&at(&permit, "withdraw"), &why).await.verdict(), "200");
        assert_eq!(detail(1).await, json!([]));
    })
    .await;
}
