//! The desk's own screen on both engines: the lock, what opens it, and the change of shift.

use contract::clock::{HOUR_US, MINUTE_US};
use serde_json::{Value, json};

use crate::api::testing::{Bench, PASSWORD};
use crate::auth::{AccountKind, Role};
use crate::store::fixtures;
use crate::store::testing::{each_engine, number};

const PIN: &str = "4829";

async fn with_pin<'a>(bench: &'a Bench, name: &str) -> crate::api::testing::Client<'a> {
    let client = bench.person(name, Role::Desk).await;
    let body = json!({ "password": PASSWORD, "pin": PIN });
    assert_eq!(client.post("/api/v1/session/pin", &body).await.verdict(), "204");
    client
}

#[tokio::test]
async fn behind_a_lock_who_waits_is_seen_and_nobody_else_until_the_pin_opens_it() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        let client = bench.person("bao-ve-1", Role::Desk).await;
        assert_eq!(client.post("/api/v1/session/lock", &json!({})).await.verdict(), "409 no_pin");
        for (password, pin, told) in
            [("wrong", PIN, "403 wrong_password"), (PASSWORD, "1111", "400 bad_pin"), (PASSWORD, PIN, "204")]
        {
            let body = json!({ "password": password, "pin": pin });
            assert_eq!(client.post("/api/v1/session/pin", &body).await.verdict(), told, "{pin}");
        }
        assert_eq!(client.post("/api/v1/session/lock", &json!({})).await.verdict(), "204");
        let own = client.get("/api/v1/session").await.json();
        assert_eq!((&own["locked"], &own["has_pin"]), (&json!(true), &json!(true)));
        assert_eq!(client.get("/api/v1/gates").await.verdict(), "200", "who waits stays in sight");
        for path in ["/api/v1/handovers", "/api/v1/arrivals/00000000-0000-0000-0000-000000000001"] {
            assert_eq!(client.get(path).await.verdict(), "423 screen_locked", "{path}");
        }
        let body = json!({ "password": PASSWORD, "pin": "9021" });
        assert_eq!(client.post("/api/v1/session/pin", &body).await.verdict(), "423 screen_locked");
        let search = json!({ "site": "road-1" });
        assert_eq!(client.post("/api/v1/passes/search", &search).await.verdict(), "423 screen_locked");

        let open = async |pin: &str| client.post("/api/v1/session/unlock", &json!({ "pin": pin })).await.verdict();
        assert_eq!(open("0000").await, "403 wrong_pin");
        assert_eq!(open(PIN).await, "204");
        assert_eq!(client.get("/api/v1/handovers").await.verdict(), "200");
        // What was forgiven does not count again; five wrong ones in a row end the session, and the password begins another.
        assert_eq!(client.post("/api/v1/session/lock", &json!({})).await.verdict(), "204");
        for _ in 0..5 {
            assert_eq!(open("0000").await, "403 wrong_pin");
        }
        assert_eq!(open(PIN).await, "401 session_ended");
        assert_eq!(client.get("/api/v1/gates").await.verdict(), "401 session_ended");
        let again = bench.sign_in("bao-ve-1").await;
        assert_eq!(again.get("/api/v1/session").await.json()["locked"], false, "the lock was that session's");
        let hidden = number(&bench.db, "COUNT(*)", &format!("audit WHERE record LIKE '%{PIN}%'")).await;
        let told = number(&bench.db, "COUNT(*)", "audit WHERE action IN ('session.lock', 'session.unlock')").await;
        assert_eq!((hidden, told), (0, 3));
    })
    .await;
}

#[tokio::test]
async fn a_desk_nobody_touches_locks_itself_and_goes_on_watching_where_a_pin_can_open_it() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        let desk = with_pin(&bench, "bao-ve-1").await;
        let other = bench.person("bao-ve-2", Role::Desk).await;
        let officer = bench.person("can-bo-01", Role::TrafficOfficer).await;
        let background = [("cookie", desk.cookie.as_str()), ("x-chilang-background", "1")];
        for _ in 0..4 {
            bench.clock.advance_us(14 * MINUTE_US);
            assert_eq!(bench.send("GET", "/api/v1/gates", &background, None).await.verdict(), "200");
        }
        assert_eq!(desk.get("/api/v1/handovers").await.verdict(), "423 screen_locked");
        assert_eq!(desk.get("/api/v1/session").await.json()["locked"], true);
        for shut in [&other, &officer] {
            assert_eq!(shut.get("/api/v1/session").await.verdict(), "401 session_ended", "no PIN could open it");
        }
        assert_eq!(desk.post("/api/v1/session/unlock", &json!({ "pin": PIN })).await.verdict(), "204");
        assert_eq!(desk.get("/api/v1/handovers").await.verdict(), "200");
        // A shift ends all the same.
        bench.clock.advance_us(12 * HOUR_US);
        assert_eq!(desk.get("/api/v1/gates").await.verdict(), "401 session_ended");
    })
    .await;
}

#[tokio::test]
async fn a_shift_is_handed_over_in_one_step_to_another_guard_in_person() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        let client = with_pin(&bench, "bao-ve-1").await;
        bench.account("bao-ve-2", AccountKind::Person, &[("police", Role::Desk)]).await;
        bench.account("du-lich", AccountKind::Person, &[("police", Role::Tourism)]).await;
        bench.account("noi-khac", AccountKind::Person, &[("tourism", Role::Desk)]).await;
        bench.account("may-1", AccountKind::Service, &[("police", Role::Desk)]).await;
        let chief = [("police", Role::Desk), ("police", Role::Administrator)];
        bench.account("quan-tri", AccountKind::Person, &chief).await;
        let path = "/api/v1/session/hand-over";
        let to = |user: &str, password: &str| json!({ "user": user, "password": password, "note": " Cổng 2 kẹt " });
        for (user, password, told) in [
            ("bao-ve-2", "wrong", "403 wrong_credentials"),
            ("bao-ve-1", PASSWORD, "409 same_person"),
            ("du-lich", PASSWORD, "403 forbidden"),
            ("noi-khac", PASSWORD, "403 forbidden"),
            ("may-1", PASSWORD, "403 forbidden"),
            ("quan-tri", PASSWORD, "409 sign_in_alone"),
        ] {
            assert_eq!(client.post(path, &to(user, password)).await.verdict(), told, "{user}");
        }
        assert_eq!(client.get("/api/v1/handovers").await.json()["items"], json!([]), "what was refused left nothing");
        assert_eq!(number(&bench.db, "COUNT(*)", "sessions WHERE ended_at IS NULL").await, 1);

        let answer = client.post(path, &to("bao-ve-2", PASSWORD)).await;
        assert_eq!((answer.verdict(), &answer.json()["user"]), ("200".into(), &json!("bao-ve-2")));
        let cookie = answer.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        assert_eq!(client.get("/api/v1/gates").await.verdict(), "401 session_ended", "the guard before is out");
        let read = bench.send("GET", "/api/v1/handovers", &[("cookie", &cookie)], None).await.json();
        let last: &Value = &read["items"][0];
        assert_eq!((&last["from"], &last["to"]), (&json!("bao-ve-1"), &json!("bao-ve-2")));
        assert_eq!((&last["note"], &last["waiting"]), (&json!("Cổng 2 kẹt"), &json!(0)));
        let told = number(&bench.db, "COUNT(*)", "audit WHERE action = 'session.hand_over'").await;
        assert_eq!(told, 1);
    })
    .await;
}

#[tokio::test]
async fn each_rule_about_changes_of_shift_is_the_databases_own_too() {
    each_engine(|db| async move {
        let bench = Bench::new(db.clone()).await;
        let client = bench.person("bao-ve-1", Role::Desk).await;
        bench.account("bao-ve-2", AccountKind::Person, &[("police", Role::Desk)]).await;
        let body = json!({ "user": "bao-ve-2", "password": PASSWORD, "note": null });
        assert_eq!(client.post("/api/v1/session/hand-over", &body).await.verdict(), "200");
        let refused = async |text: &str, why: &str| {
            let said = fixtures::refused(&db, text).await;
            assert!(said.contains(why), "{text}: {said}");
        };
        let columns = "controller, from_user, from_session, to_user, to_session, waiting, note";
        let again = |id: u8, at: &str| {
            let id = fixtures::blob(&db, &[id; 16]);
            format!(
                "INSERT INTO shift_handovers (handover_id, {columns}, handed_at) SELECT {id}, {columns}, {at} \
                 FROM shift_handovers"
            )
        };
        let between = "by one guard in person to another";
        refused(&again(1, "1"), between).await;
        fixtures::sql(&db, "UPDATE sessions SET ended_at = NULL").await;
        for (off, on) in [
            ("UPDATE users SET kind = 'service' WHERE name = 'bao-ve-2'", "UPDATE users SET kind = 'person'"),
            ("UPDATE users SET disabled_at = 1 WHERE name = 'bao-ve-1'", "UPDATE users SET disabled_at = NULL"),
            ("UPDATE sessions SET interactive = 0", "UPDATE sessions SET interactive = 1"),
            ("UPDATE user_roles SET role = 'tourism'", "UPDATE user_roles SET role = 'desk'"),
        ] {
            fixtures::sql(&db, off).await;
            refused(&again(1, "1"), between).await;
            fixtures::sql(&db, on).await;
        }
        let now = contract::clock::Clock::now(&contract::clock::SystemClock::new()).0.to_string();
        fixtures::sql(&db, &again(1, &now)).await;
        refused(&format!("DELETE FROM shift_handovers WHERE handed_at = {now}"), "never deleted before their time")
            .await;
        refused("UPDATE shift_handovers SET note = 'x'", "never changed").await;
    })
    .await;
}
