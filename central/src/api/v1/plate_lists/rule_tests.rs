//! Each rule about entries of lists, without the service: both databases refuse what nobody may do, whoever asks them.

use contract::clock::DAY_US;
use serde_json::json;
use uuid::Uuid;

use crate::api::testing::Bench;
use crate::auth::Role;
use crate::store::testing::{each_engine, number};
use crate::store::{Db, fixtures};

fn who(name: &str) -> String {
    format!("(SELECT user_id FROM users WHERE name = '{name}')")
}

fn session(name: &str) -> String {
    format!("(SELECT session_id FROM sessions WHERE user_id = {} LIMIT 1)", who(name))
}

/// A row as it would be entered by hand.
struct Row {
    entry: Uuid,
    kind: &'static str,
    plate: &'static str,
    keeper: &'static str,
    reason: &'static str,
    state: &'static str,
    by: &'static str,
    lives: i64,
}

const GOOD: Row = Row {
    entry: Uuid::from_u128(0x99),
    kind: "wanted",
    plate: "12A00009",
    keeper: "Mẫu 01",
    reason: "Lý do mẫu",
    state: "proposed",
    by: "can-bo-01",
    lives: DAY_US,
};

fn enter(db: &Db, row: &Row, now: i64) -> String {
    format!(
        "INSERT INTO plate_lists (entry_id, controller, kind, plate_key, keeper, reason, expires_at, state, proposed_by, \
         proposed_session, proposed_at) VALUES ({}, 'police', '{}', '{}', '{}', '{}', {}, '{}', {}, {}, {now})",
        fixtures::blob(db, row.entry.as_bytes()),
        row.kind,
        row.plate,
        row.keeper,
        row.reason,
        now + row.lives,
        row.state,
        who(row.by),
        session(row.by)
    )
}

fn decide(state: &str, name: &str, at: i64, which: &str) -> String {
    format!(
        "UPDATE plate_lists SET state = '{state}', decided_by = {}, decided_session = {}, decided_at = {at}, decided_why = 'x' \
         WHERE {which}",
        who(name),
        session(name)
    )
}

fn withdraw(name: &str, at: i64, which: &str) -> String {
    format!(
        "UPDATE plate_lists SET state = 'withdrawn', ended_by = {}, ended_session = {}, ended_at = {at}, ended_why = 'x' \
         WHERE {which}",
        who(name),
        session(name)
    )
}

/// Bodies, places, two officers and a guard; one entry of 12A12345 at road-1 and road-2 that waits, for eight days.
async fn bench(db: Db) -> Bench {
    let bench = Bench::new(db).await;
    let node = "INSERT INTO nodes (site, node, controller, created_at) VALUES ('road-2', 'n1', 'police', 1)";
    fixtures::sql(&bench.db, node).await;
    let first = bench.person("can-bo-01", Role::TrafficOfficer).await;
    bench.person("can-bo-02", Role::TrafficLeader).await;
    bench.person("truc-ban", Role::Desk).await;
    let body = json!({
        "kind": "wanted", "plate": "12A12345", "sites": ["road-1", "road-2"], "keeper": "Mẫu 01", "reason": "Lý do mẫu",
        "expires_at": bench.now().plus_us(8 * DAY_US).to_rfc3339(),
    });
    assert_eq!(first.post("/api/v1/plate-lists", &body).await.verdict(), "200");
    bench
}

async fn refuses(db: &Db, text: &str, says: &str) {
    let told = fixtures::refused(db, text).await.to_lowercase();
    assert!(told.contains(says), "{text}: {told}");
}

#[tokio::test]
async fn an_entry_begins_as_a_proposal_of_an_officer_in_person_with_a_whole_plate_and_an_end() {
    each_engine(|db| async move {
        let bench = bench(db.clone()).await;
        let now = bench.now().0;
        let proposal = "begins as the proposal of an officer in person";
        for (row, says) in [
            (Row { by: "truc-ban", ..GOOD }, proposal),
            (Row { state: "approved", ..GOOD }, proposal),
            (Row { kind: "banned", ..GOOD }, "check"),
            (Row { plate: "12A", ..GOOD }, "check"),
            (Row { plate: "12A%", ..GOOD }, "check"),
            (Row { plate: "12A*2345", ..GOOD }, "check"),
            (Row { plate: "12A_2345", ..GOOD }, "check"),
            (Row { plate: "12A-12345", ..GOOD }, "check"),
            (Row { keeper: "x", ..GOOD }, "check"),
            (Row { keeper: "Mẫu\n01", ..GOOD }, "check"),
            (Row { reason: "xxxx", ..GOOD }, "check"),
            (Row { reason: "Lý do\u{85}mẫu", ..GOOD }, "check"),
            (Row { lives: 0, ..GOOD }, "check"),
            (Row { lives: 184 * DAY_US + 1, ..GOOD }, "check"),
        ] {
            refuses(&db, &enter(&db, &row, now), says).await;
        }
        for (off, on) in [
            ("UPDATE users SET kind = 'service'", "UPDATE users SET kind = 'person'"),
            ("UPDATE users SET disabled_at = 1", "UPDATE users SET disabled_at = NULL"),
            ("UPDATE sessions SET ended_at = 1", "UPDATE sessions SET ended_at = NULL"),
            ("UPDATE sessions SET interactive = 0", "UPDATE sessions SET interactive = 1"),
        ] {
            fixtures::sql(&db, off).await;
            refuses(&db, &enter(&db, &GOOD, now), proposal).await;
            fixtures::sql(&db, on).await;
        }
        let longest = Row { lives: 184 * DAY_US, ..GOOD };
        fixtures::sql(&db, &enter(&db, &longest, now)).await;
        refuses(&db, &enter(&db, &longest, now), proposal).await;

        let entry = fixtures::blob(&db, GOOD.entry.as_bytes());
        let place = |site: &str| format!("INSERT INTO plate_list_sites (entry_id, site) VALUES ({entry}, '{site}')");
        refuses(&db, &place("square"), "one to twenty of its body").await;
        refuses(&db, &decide("approved", "can-bo-02", now, "plate_key = '12A00009'"), "one to twenty places").await;
        fixtures::sql(&db, &place("road-1")).await;
        let other = Row { entry: Uuid::from_u128(0x9A), ..GOOD };
        fixtures::sql(&db, &enter(&db, &other, now)).await;
        let entry = fixtures::blob(&db, other.entry.as_bytes());
        let there = format!("INSERT INTO plate_list_sites (entry_id, site) VALUES ({entry}, 'road-1')");
        refuses(&db, &there, "listed at this place already").await;
        // Twenty places and no more.
        for n in 10..31 {
            let node = format!(
                "INSERT INTO nodes (site, node, controller, created_at) VALUES ('road-{n}', 'n1', 'police', 1)"
            );
            fixtures::sql(&db, &node).await;
            let text = format!("INSERT INTO plate_list_sites (entry_id, site) VALUES ({entry}, 'road-{n}')");
            if n < 30 {
                fixtures::sql(&db, &text).await;
            } else {
                refuses(&db, &text, "one to twenty of its body").await;
            }
        }
        assert_eq!(number(&db, "COUNT(*)", "plate_list_sites").await, 23);
    })
    .await;
}

#[tokio::test]
async fn an_entry_is_decided_once_by_a_second_officer_for_a_time_that_its_places_allow_and_kept() {
    each_engine(|db| async move {
        let bench = bench(db.clone()).await;
        let (now, day) = (bench.now().0, DAY_US);
        let all = "1 = 1";
        let second = "decided by a second officer in person";
        for (text, says) in [
            (decide("approved", "can-bo-01", now + day, all), second),
            (decide("refused", "can-bo-01", now, all), second),
            (decide("approved", "truc-ban", now + day, all), second),
            (decide("approved", "can-bo-02", now, all), "seven days at most"),
            (decide("approved", "can-bo-02", now + day - 1, all), "seven days at most"),
            (decide("approved", "can-bo-02", now + 8 * day, all), "check"),
            (withdraw("truc-ban", now, all), "withdrawn by an officer in person"),
            ("UPDATE plate_lists SET plate_key = '12A99999'".to_owned(), "never changed"),
            ("UPDATE plate_lists SET expires_at = expires_at + 1".to_owned(), "never changed"),
            ("UPDATE plate_list_sites SET site = 'road-1'".to_owned(), "never changed"),
            // Nobody gets an approval into an entry on the way to its withdrawal.
            (
                withdraw("can-bo-02", now, all).replace(
                    "SET ",
                    &format!(
                        "SET decided_by = {}, decided_session = {}, decided_at = 1, ",
                        who("can-bo-02"),
                        session("can-bo-02")
                    ),
                ),
                "decided once",
            ),
        ] {
            refuses(&db, &text, says).await;
        }
        for (off, on) in [
            ("UPDATE users SET kind = 'service'", "UPDATE users SET kind = 'person'"),
            ("UPDATE sessions SET ended_at = 1", "UPDATE sessions SET ended_at = NULL"),
            ("UPDATE sessions SET interactive = 0", "UPDATE sessions SET interactive = 1"),
        ] {
            fixtures::sql(&db, off).await;
            refuses(&db, &decide("approved", "can-bo-02", now + day, all), second).await;
            refuses(&db, &withdraw("can-bo-02", now, all), "withdrawn by an officer in person").await;
            fixtures::sql(&db, on).await;
        }
        fixtures::sql(&db, &decide("approved", "can-bo-02", now + day, all)).await;
        for text in [
            "UPDATE plate_lists SET decided_at = decided_at + 1".to_owned(),
            decide("refused", "can-bo-02", now, all),
            decide("approved", "can-bo-02", now + 2 * day, all),
        ] {
            refuses(&db, &text, "decided once and never changed").await;
        }
        let entry = "(SELECT entry_id FROM plate_lists LIMIT 1)";
        fixtures::sql(
            &db,
            "INSERT INTO nodes (site, node, controller, created_at) VALUES ('road-3', 'n1', 'police', 1)",
        )
        .await;
        let more = format!("INSERT INTO plate_list_sites (entry_id, site) VALUES ({entry}, 'road-3')");
        refuses(&db, &more, "said with the proposal").await;
        fixtures::sql(&db, &withdraw("can-bo-02", now, all)).await;
        refuses(&db, &withdraw("can-bo-02", now, all), "never changed").await;

        // By the database's own clock: an entry that still holds stays, and its places with it.
        fixtures::sql(&db, &enter(&db, &GOOD, now + 3_650 * day)).await;
        let held = "plate_key = '12A00009'";
        fixtures::sql(
            &db,
            &format!(
                "INSERT INTO plate_list_sites (entry_id, site) SELECT entry_id, 'road-1' FROM plate_lists WHERE {held}"
            ),
        )
        .await;
        let places =
            format!("DELETE FROM plate_list_sites WHERE entry_id IN (SELECT entry_id FROM plate_lists WHERE {held})");
        refuses(&db, &places, "stay with it").await;
        refuses(&db, &format!("DELETE FROM plate_lists WHERE {held}"), "thirty days after its end").await;
    })
    .await;
}
