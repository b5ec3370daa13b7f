//! Alerts over the API on both engines: one for each entry and passage, for a day, of this body and place only.

use contract::clock::{DAY_US, HOUR_US, UtcMicros};
use contract::event::{Body, Envelope, State};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::testing::{Bench, Client};
use crate::auth::{AccountKind, Role};
use crate::store::fixtures;
use crate::store::testing::{each_engine, number};

const LISTS: &str = "/api/v1/plate-lists";
const ALERTS: &str = "/api/v1/plate-alerts";
const HERE: &str = "/api/v1/plate-alerts?site=road-1";
const BESIDE: &str = "/api/v1/plate-alerts?site=road-2";

async fn bench(db: crate::store::Db) -> Bench {
    let bench = Bench::new(db).await;
    let nodes = "INSERT INTO nodes (site, node, controller, created_at) VALUES ('road-2', 'n1', 'police', 1), ('road-3', 'n1', 'police', 1)";
    fixtures::sql(&bench.db, nodes).await;
    bench
}

/// Proposes 12A12345 at road-1 and road-2 for five days, but for what is said otherwise.
async fn propose(bench: &Bench, client: &Client<'_>, more: Value) -> String {
    let mut body = json!({
        "kind": "wanted", "plate": "12A-123.45", "sites": ["road-1", "road-2"], "keeper": "Đội 1 – Mẫu 01",
        "reason": "Xe gây tai nạn rồi bỏ chạy", "expires_at": bench.now().plus_us(5 * DAY_US).to_rfc3339(),
    });
    for (field, value) in more.as_object().unwrap() {
        body[field] = value.clone();
    }
    let answer = client.post(LISTS, &body).await;
    assert_eq!(answer.verdict(), "200", "{}", answer.json());
    answer.json()["entry_id"].as_str().unwrap().to_owned()
}

async fn approved(bench: &Bench, (first, second): (&Client<'_>, &Client<'_>), more: Value) -> String {
    let entry = propose(bench, first, more).await;
    let answer = second.post(&format!("{LISTS}/{entry}/approve"), &json!({})).await;
    assert_eq!(answer.verdict(), "200", "{}", answer.json());
    entry
}

/// A passage of road-1 now; what is said otherwise is said by `change`.
fn passing(bench: &Bench, seq: u64, passage: u128, change: impl Fn(&mut Envelope)) -> Envelope {
    let mut event = fixtures::passing(("police", "road-1/n1"), (seq, passage, 1), bench.now());
    change(&mut event);
    event
}

fn read_as(event: &mut Envelope, key: Option<&str>) {
    let Body::Pass(body) = &mut event.body else { panic!("a pass") };
    match key {
        Some(key) => body.plate.as_mut().unwrap().key = key.to_owned(),
        None => body.plate = None,
    }
}

fn seen_at(event: &mut Envelope, at: UtcMicros) {
    let Body::Pass(body) = &mut event.body else { panic!("a pass") };
    body.last_seen = at;
}

/// Stores an event as ingest does now; answers how many alerts there are then.
async fn store(bench: &Bench, event: &Envelope) -> i64 {
    fixtures::event(&bench.db, event, bench.now(), Uuid::from_u128(0x9_0000 + u128::from(event.seq))).await;
    number(&bench.db, "COUNT(*)", "plate_alerts").await
}

#[tokio::test]
async fn a_wanted_plate_that_passes_makes_one_alert_that_says_when_it_is_read_otherwise() {
    each_engine(|db| async move {
        let bench = bench(db).await;
        let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let second = bench.person("doi-truong", Role::TrafficLeader).await;
        let entry = approved(&bench, (&first, &second), json!({})).await;
        let revision = |seq: u64, revision: u32, key: Option<&'static str>| {
            passing(&bench, seq, 1, move |event| {
                (event.revision, event.state, event.end) = (revision, State::Update, None);
                read_as(event, key);
            })
        };
        assert_eq!(store(&bench, &revision(1, 1, None)).await, 0, "no plate yet");
        assert_eq!(store(&bench, &revision(2, 2, Some("12A12345"))).await, 1);
        assert_eq!(store(&bench, &revision(3, 4, Some("12A12345"))).await, 1, "once for each passage");
        let listed = second.get(HERE).await.json();
        let alert = &listed["items"][0];
        assert_eq!((listed["items"].as_array().unwrap().len(), &listed["next"]), (1, &json!(null)));
        for (field, value) in [
            ("entry_id", json!(entry)),
            ("plate", json!("12A-123.45")),
            ("keeper", json!("Đội 1 – Mẫu 01")),
            ("reason", json!("Xe gây tai nạn rồi bỏ chạy")),
            ("site", json!("road-1")),
            ("node", json!("n1")),
            ("passage_id", json!(Uuid::from_u128(1))),
            ("still_read", json!(true)),
            ("seen_by", json!(null)),
            ("seen_at", json!(null)),
        ] {
            assert_eq!(alert[field], value, "{field}: {listed}");
        }
        assert_eq!(alert["at"]["utc"], json!(bench.now().to_rfc3339()));

        // Read otherwise since: the alert stays and says so; an older revision changes nothing.
        assert_eq!(store(&bench, &revision(4, 3, Some("12A99999"))).await, 1);
        assert_eq!(first.get(HERE).await.json()["items"][0]["still_read"], json!(true));
        assert_eq!(store(&bench, &revision(5, 5, Some("12A99999"))).await, 1);
        assert_eq!(first.get(HERE).await.json()["items"][0]["still_read"], json!(false));

        // Whoever says first that it was seen is named; again is no fault. Unseen ones stand first.
        let seen = format!("{ALERTS}/{}/seen", alert["alert_id"].as_str().unwrap());
        let told = second.post(&seen, &json!({})).await.json();
        assert_eq!(
            (&told["seen_by"], &told["seen_at"]["utc"]),
            (&json!("doi-truong"), &json!(bench.now().to_rfc3339()))
        );
        assert_eq!(first.post(&seen, &json!({})).await.json()["seen_by"], json!("doi-truong"));
        assert_eq!(store(&bench, &passing(&bench, 7, 3, |_| {})).await, 2);
        let listed = first.get(HERE).await.json();
        let names = listed["items"].as_array().unwrap().iter().map(|a| a["seen_by"].clone()).collect::<Vec<_>>();
        assert_eq!(names, [json!(null), json!("doi-truong")]);
        assert_eq!(listed["unseen"], json!([{ "site": "road-1", "unseen": 1 }]));

        // Each look and each step is on record: the looks with the place, the steps with the plate.
        for (action, times) in [("plate_alerts.list", 4), ("plate_alerts.seen", 2)] {
            assert_eq!(
                number(&bench.db, "COUNT(*)", &format!("audit WHERE action = '{action}'")).await,
                times,
                "{action}"
            );
        }
        let at = "audit WHERE action = 'plate_alerts.list' AND record LIKE '%\"site\":\"road-1\"%'";
        assert_eq!(number(&bench.db, "COUNT(*)", at).await, 4);
        let with = "audit WHERE action = 'plate_alerts.seen' AND record LIKE '%\"subject\":\"12A12345\"%'";
        assert_eq!(number(&bench.db, "COUNT(*)", with).await, 2);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_told_of_another_place_body_or_plate_of_a_trial_or_of_an_entry_that_does_not_hold() {
    each_engine(|db| async move {
        let bench = bench(db).await;
        let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let second = bench.person("can-bo-02", Role::TrafficOfficer).await;
        let officers = (&first, &second);
        approved(&bench, officers, json!({})).await;
        // None of these hold: only proposed, refused, withdrawn, a permit.
        let why = json!({ "reason": "Không còn cần thiết" });
        propose(&bench, &first, json!({ "plate": "12A00001" })).await;
        let refused = propose(&bench, &first, json!({ "plate": "12A00002" })).await;
        assert_eq!(second.post(&format!("{LISTS}/{refused}/refuse"), &why).await.verdict(), "200");
        let withdrawn = approved(&bench, officers, json!({ "plate": "12A00003" })).await;
        assert_eq!(first.post(&format!("{LISTS}/{withdrawn}/withdraw"), &why).await.verdict(), "200");
        approved(&bench, officers, json!({ "plate": "12A00004", "kind": "allowed" })).await;
        let now = bench.now();
        let changes: [&dyn Fn(&mut Envelope); 11] = [
            &|event| event.node = "road-3/n1".parse().unwrap(),
            &|event| event.controller = "tourism".parse().unwrap(),
            &|event| event.shadow = true,
            &|event| event.state = State::Retracted,
            &|event| read_as(event, Some("12A12346")),
            &|event| read_as(event, Some("12A00001")),
            &|event| read_as(event, Some("12A00002")),
            &|event| read_as(event, Some("12A00003")),
            &|event| read_as(event, Some("12A00004")),
            &|event| seen_at(event, now.plus_us(-1)),
            &|event| seen_at(event, now.plus_us(5 * DAY_US)),
        ];
        for (n, change) in changes.into_iter().enumerate() {
            let n = u64::try_from(n).unwrap();
            assert_eq!(store(&bench, &passing(&bench, n + 1, u128::from(n) + 1, change)).await, 0, "change {n}");
        }
        // The other place of the entry is one of its own.
        let other_place = passing(&bench, 50, 50, |event| event.node = "road-2/n1".parse().unwrap());
        assert_eq!(store(&bench, &other_place).await, 1);
        // What comes a day late is shown to nobody, and what comes when the entry is over is told to nobody.
        bench.clock.advance_us(2 * DAY_US);
        let late = passing(&bench, 51, 51, |event| seen_at(event, bench.now().plus_us(-DAY_US)));
        assert_eq!(store(&bench, &late).await, 1);
        let in_time = passing(&bench, 52, 52, |event| seen_at(event, bench.now().plus_us(HOUR_US - DAY_US)));
        assert_eq!(store(&bench, &in_time).await, 2);
        bench.clock.advance_us(3 * DAY_US);
        assert_eq!(store(&bench, &passing(&bench, 53, 53, |_| {})).await, 2);
        let in_its_time = passing(&bench, 54, 54, |event| seen_at(event, bench.now().plus_us(-HOUR_US)));
        assert_eq!(store(&bench, &in_its_time).await, 2);
    })
    .await;
}

#[tokio::test]
async fn alerts_are_read_at_one_place_and_of_the_others_it_is_said_how_many_wait_there() {
    each_engine(|db| async move {
        let bench = bench(db).await;
        let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let second = bench.person("can-bo-02", Role::TrafficOfficer).await;
        approved(&bench, (&first, &second), json!({})).await;
        store(&bench, &passing(&bench, 1, 1, |_| {})).await;
        for (seq, passage) in [(2, 2), (3, 3)] {
            store(&bench, &passing(&bench, seq, passage, |event| event.node = "road-2/n1".parse().unwrap())).await;
        }
        for (asked, site, shown) in
            [(HERE, "road-1", 1), (BESIDE, "road-2", 2), ("/api/v1/plate-alerts?site=road-3", "", 0)]
        {
            let told = first.get(asked).await.json();
            let items = told["items"].as_array().unwrap();
            assert_eq!(items.len(), shown, "{asked}");
            assert!(items.iter().all(|alert| alert["site"] == site), "{told}");
            let counts = json!([{ "site": "road-1", "unseen": 1 }, { "site": "road-2", "unseen": 2 }]);
            assert_eq!(told["unseen"], counts, "{asked}");
        }
        // What was seen is counted no more, and another body's alerts never.
        let alert = first.get(HERE).await.json()["items"][0]["alert_id"].as_str().unwrap().to_owned();
        assert_eq!(first.post(&format!("{ALERTS}/{alert}/seen"), &json!({})).await.verdict(), "200");
        assert_eq!(first.get(HERE).await.json()["unseen"], json!([{ "site": "road-2", "unseen": 2 }]));
        bench.account("ban-khac", AccountKind::Person, &[("tourism", Role::TrafficOfficer)]).await;
        assert_eq!(bench.sign_in("ban-khac").await.get(HERE).await.json()["unseen"], json!([]));
        for (asked, verdict) in [
            (ALERTS.to_owned(), "400 bad_query"),
            (format!("{ALERTS}?site="), "400 one_site"),
            (format!("{ALERTS}?site=*"), "400 one_site"),
            (format!("{ALERTS}?site=road-1,road-2"), "400 one_site"),
            (format!("{HERE}&site=road-2"), "400 bad_query"),
        ] {
            assert_eq!(first.get(&asked).await.verdict(), verdict, "{asked}");
        }
    })
    .await;
}

#[tokio::test]
async fn alerts_are_shown_for_a_day_to_officers_of_the_body_and_seen_by_persons() {
    each_engine(|db| async move {
        let bench = bench(db).await;
        let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let second = bench.person("can-bo-02", Role::TrafficOfficer).await;
        approved(&bench, (&first, &second), json!({})).await;
        assert_eq!(store(&bench, &passing(&bench, 1, 1, |_| {})).await, 1);
        let listed = first.get(HERE).await.json();
        let seen = format!("{ALERTS}/{}/seen", listed["items"][0]["alert_id"].as_str().unwrap());

        let desk = bench.person("truc-ban", Role::Desk).await;
        assert_eq!(desk.get(HERE).await.verdict(), "403 forbidden");
        assert_eq!(desk.post(&seen, &json!({})).await.verdict(), "403 forbidden");
        bench.account("may-doc", AccountKind::Service, &[("police", Role::TrafficOfficer)]).await;
        let program = bench.sign_in("may-doc").await;
        assert_eq!(program.post(&seen, &json!({})).await.verdict(), "403 person_needed");
        bench.account("ban-khac", AccountKind::Person, &[("tourism", Role::TrafficOfficer)]).await;
        let foreign = bench.sign_in("ban-khac").await;
        assert_eq!(foreign.get(HERE).await.json()["items"], json!([]));
        assert_eq!(foreign.post(&seen, &json!({})).await.verdict(), "404 not_found");
        assert_eq!(first.post(&format!("{ALERTS}/{}/seen", Uuid::nil()), &json!({})).await.verdict(), "404 not_found");
        assert_eq!(first.post(&seen, &json!({ "by": "x" })).await.verdict(), "400 bad_body");

        bench.clock.advance_us(DAY_US - 1);
        let first = bench.sign_in("can-bo-01").await;
        assert_eq!(first.get(HERE).await.json()["items"].as_array().unwrap().len(), 1);
        bench.clock.advance_us(1);
        assert_eq!(first.get(HERE).await.json()["items"], json!([]), "a day and no longer");
        assert_eq!(first.post(&seen, &json!({})).await.verdict(), "404 not_found");
    })
    .await;
}

#[tokio::test]
async fn each_rule_about_alerts_is_the_databases_own_too() {
    each_engine(|db| async move {
        let bench = bench(db.clone()).await;
        let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let second = bench.person("can-bo-02", Role::TrafficOfficer).await;
        bench.person("truc-ban", Role::Desk).await;
        let entry = approved(&bench, (&first, &second), json!({})).await;
        let waiting = propose(&bench, &first, json!({ "plate": "12A00001" })).await;
        let permit = approved(&bench, (&first, &second), json!({ "plate": "12A00004", "kind": "allowed" })).await;
        let now = bench.now().0;
        // Passes as they are, with nobody to make an alert of them.
        for (passage, controller, site, key) in [
            (1, "police", "road-1", "12A12345"),
            (2, "police", "road-3", "12A12345"),
            (3, "tourism", "road-1", "12A12345"),
            (4, "police", "road-1", "12A99999"),
            (5, "police", "road-1", "12A00001"),
            (6, "police", "road-1", "12A00004"),
            (7, "police", "road-1", "12A12345"),
            (8, "police", "road-1", "12A12345"),
        ] {
            fixtures::pass(&db, Uuid::from_u128(passage), controller, site, now, key).await;
        }
        let id = |n: u128| fixtures::blob(&db, Uuid::from_u128(n).as_bytes());
        let of = |entry: &str| fixtures::blob(&db, entry.parse::<Uuid>().unwrap().as_bytes());
        fixtures::sql(&db, &format!("UPDATE passes SET shadow = 1 WHERE passage_id = {}", id(7))).await;
        fixtures::sql(&db, &format!("UPDATE passes SET state = 'retracted' WHERE passage_id = {}", id(8))).await;
        let make = |alert: u128, entry: &str, (passage, controller, site): (u128, &str, &str), at: i64| {
            format!(
                "INSERT INTO plate_alerts (alert_id, entry_id, passage_id, controller, site, node, camera, at, made_at) VALUES \
                 ({}, {}, {}, '{controller}', '{site}', 'n1', 'cam-1', {at}, {now})",
                id(alert),
                of(entry),
                id(passage)
            )
        };
        let (here, day) = ("police", DAY_US);
        for text in [
            make(1, &waiting, (5, here, "road-1"), now),
            make(1, &permit, (6, here, "road-1"), now),
            make(1, &entry, (2, here, "road-3"), now),
            make(1, &entry, (2, here, "road-1"), now),
            make(1, &entry, (3, here, "road-1"), now),
            make(1, &entry, (3, "tourism", "road-1"), now),
            make(1, &entry, (4, here, "road-1"), now),
            make(1, &entry, (7, here, "road-1"), now),
            make(1, &entry, (8, here, "road-1"), now),
            make(1, &entry, (9, here, "road-1"), now),
            make(1, &entry, (1, here, "road-1"), now - 1),
            make(1, &entry, (1, here, "road-1"), now + 5 * day),
        ] {
            let told = fixtures::refused(&db, &text).await;
            assert!(told.contains("for an approved wanted entry of this body and place"), "{text}: {told}");
        }
        fixtures::sql(&db, &make(1, &entry, (1, here, "road-1"), now)).await;
        let twice = make(2, &entry, (1, here, "road-1"), now);
        assert!(fixtures::refused(&db, &twice).await.contains("made once"), "{twice}");

        let who = |name: &str| format!("(SELECT user_id FROM users WHERE name = '{name}')");
        let session = |name: &str| format!("(SELECT session_id FROM sessions WHERE user_id = {} LIMIT 1)", who(name));
        let see = |name: &str| {
            format!("UPDATE plate_alerts SET seen_by = {}, seen_session = {}, seen_at = {now}", who(name), session(name))
        };
        for text in [
            see("truc-ban"),
            format!("UPDATE plate_alerts SET at = at + 1, {}", &see("can-bo-01")["UPDATE plate_alerts SET ".len()..]),
            "UPDATE plate_alerts SET site = 'road-2'".to_owned(),
        ] {
            let told = fixtures::refused(&db, &text).await;
            assert!(told.contains("seen once, by an officer in person"), "{text}: {told}");
        }
        for (off, on) in [
            ("UPDATE users SET kind = 'service'", "UPDATE users SET kind = 'person'"),
            ("UPDATE sessions SET ended_at = 1", "UPDATE sessions SET ended_at = NULL"),
            ("UPDATE sessions SET interactive = 0", "UPDATE sessions SET interactive = 1"),
        ] {
            fixtures::sql(&db, off).await;
            let told = fixtures::refused(&db, &see("can-bo-01")).await;
            assert!(told.contains("seen once, by an officer in person"), "{told}");
            fixtures::sql(&db, on).await;
        }
        fixtures::sql(&db, &see("can-bo-01")).await;
        for text in [see("can-bo-02"), "UPDATE plate_alerts SET seen_by = NULL, seen_session = NULL, seen_at = NULL".into()] {
            assert!(fixtures::refused(&db, &text).await.contains("seen once"), "{text}");
        }
        // By the database's own clock: what passed less than a day ago stays.
        let far = now + 3_650 * day;
        let later = Uuid::from_u128(0x71);
        fixtures::listed(&db, (later, "wanted", "12A00007"), ("police", "road-1"), (far, far + day)).await;
        fixtures::pass(&db, Uuid::from_u128(10), "police", "road-1", far, "12A00007").await;
        let made = make(3, &later.to_string(), (10, here, "road-1"), far);
        fixtures::sql(&db, &made.replace(&format!("{now})"), &format!("{far})"))).await;
        let gone = format!("DELETE FROM plate_alerts WHERE alert_id = {}", id(3));
        assert!(fixtures::refused(&db, &gone).await.contains("stays for its day"));
    })
    .await;
}
