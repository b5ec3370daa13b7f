//! The tourism office's month on both databases: figures with their coverage, typed-in places and corrections beside what was
//! counted, a month that is frozen and stays so, the file, and what the databases refuse by themselves.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use contract::clock::{DAY_US, MINUTE_US, UtcMicros};
use serde_json::{Value, json};

use crate::api::testing::{Bench, Client};
use crate::auth::{AccountKind, Role};
use crate::store::fixtures;
use crate::store::testing::{each_engine, number};

const LINE: &str = "n1/cam-1/gate";

async fn clerk(bench: &Bench) -> Client<'_> {
    bench.account("du-lich", AccountKind::Person, &[("tourism", Role::Tourism)]).await;
    bench.sign_in("du-lich").await
}

fn at(text: &str) -> i64 {
    UtcMicros::from_rfc3339(text).unwrap().0
}

/// So many minutes of two people in and one out each, from this moment on.
async fn minutes(bench: &Bench, from: &str, count: i64) {
    for n in 0..count {
        fixtures::minute(&bench.db, "tourism", "square", at(from) + n * MINUTE_US, 2).await;
    }
}

async fn figures(client: &Client<'_>, site: &str, kind: &str, day: &str) -> Value {
    client.get(&format!("/api/v1/visitors/figures?site={site}&kind={kind}&at={day}")).await.json()
}

async fn enter(client: &Client<'_>, gate: (&str, &str), period: &str, figure: (Value, Value), version: i64) -> String {
    let body = json!({ "site": gate.0, "gate": gate.1, "period": period, "in": figure.0, "out": figure.1,
        "reason": "Đối chiếu vé bán ra", "version": version });
    client.post("/api/v1/visitors/entries", &body).await.verdict()
}

#[tokio::test]
async fn days_weeks_months_and_years_carry_how_sure_they_are() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        // 08:00 and 08:10 in Viet Nam, on a day of last week and today.
        minutes(&bench, "2026-11-16T01:00:00Z", 20).await;
        minutes(&bench, "2026-11-23T01:00:00Z", 10).await;
        fixtures::minute(&bench.db, "police", "road-1", at("2026-11-23T01:00:00Z"), 99).await;
        let client = clerk(&bench).await;
        let today = figures(&client, "square", "day", "2026-11-23").await;
        let sum = &today["total"]["sum"];
        assert_eq!((&sum["in"], &sum["out"], &sum["method"]), (&json!(20), &json!(10), &json!("automatic")), "{today}");
        // Ten minutes of eight hours and a quarter.
        assert_eq!((&sum["coverage"], &sum["lacks"]), (&json!(0.0202), &json!(true)));
        assert_eq!(today["before"]["total"]["in"], 40, "the same weekday before");
        let week = figures(&client, "square", "week", "2026-11-22").await;
        assert_eq!((&week["first_day"], &week["total"]["sum"]["in"]), (&json!("2026-11-16"), &json!(40)));
        assert_eq!(week["total"]["steps"][1]["in"], Value::Null, "missing is not zero");
        assert_eq!(week["total"]["sum"]["days_missing"], 6);
        let month = figures(&client, "square", "month", "2026-11-05").await;
        assert_eq!((&month["total"]["sum"]["in"], &month["total"]["sum"]["days"]), (&json!(60), &json!(23)));
        assert_eq!(month["steps"].as_array().unwrap().len(), 30, "days to come have their place");
        let year = figures(&client, "square", "year", "2026-01-01").await;
        assert_eq!((&year["steps"][10], &year["total"]["steps"][10]["in"]), (&json!("2026-11"), &json!(60)));
        assert_eq!(year["gates"][0]["gate"], LINE);
        let now = client.get("/api/v1/visitors/now?site=square").await.json();
        assert_eq!(
            (&now["today"]["in"], &now["inside"]["count"], &now["month"]["in"]),
            (&json!(20), &json!(10), &json!(60))
        );
        for (query, verdict) in [
            ("figures?site=square&kind=day", "400 bad_day"),
            ("figures?site=square&kind=day&at=23/11/2026", "400 bad_day"),
            ("figures?site=road-1&kind=day&at=2026-11-23", "404 unknown_gate"),
            ("figures?site=square&kind=holiday", "404 not_found"),
            ("figures?site=square&kind=decade&at=2026-11-23", "400 bad_query"),
            ("now?site=road-1", "404 unknown_gate"),
            ("report?month=2026-13", "400 bad_month"),
            ("entries?site=square&from=2026-11-01&to=2020-01-01", "400 bad_day"),
        ] {
            assert_eq!(client.get(&format!("/api/v1/visitors/{query}")).await.verdict(), verdict, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_sums_of_days_are_those_of_their_minutes_whatever_comes_after() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        minutes(&bench, "2026-11-21T16:55:00Z", 10).await;
        let sums = async |bench: &Bench| {
            let of = async |column: &str| {
                let days =
                    number(&bench.db, &format!("COALESCE(SUM({column}), 0)"), "count_days WHERE day = 20779").await;
                let valid =
                    "count_buckets WHERE state <> 'retracted' AND (start_at + 25200000000) / 86400000000 = 20779";
                (days, number(&bench.db, &format!("COALESCE(SUM({column}), 0)"), valid).await)
            };
            (of("went_in").await, of("went_out").await, of("analysed_ms").await)
        };
        // Five of the ten minutes are of the 22nd.
        assert_eq!(sums(&bench).await, ((10, 10), (5, 5), (300_000, 300_000)));
        let later = at("2026-11-21T17:01:00Z");
        for change in [
            format!("UPDATE count_buckets SET went_in = 7, analysed_ms = 20000 WHERE start_at = {later}"),
            format!("UPDATE count_buckets SET state = 'retracted' WHERE start_at = {later}"),
            format!("UPDATE count_buckets SET went_out = 3 WHERE start_at = {later}"),
            format!("UPDATE count_buckets SET state = 'final' WHERE start_at = {later}"),
            format!("DELETE FROM count_buckets WHERE start_at = {later}"),
        ] {
            fixtures::sql(&bench.db, &change).await;
            let (entered, left, analysed) = sums(&bench).await;
            assert!(entered.0 == entered.1 && left.0 == left.1 && analysed.0 == analysed.1, "{change}: {entered:?}");
        }
        assert_eq!(number(&bench.db, "buckets", "count_days WHERE day = 20779").await, 4);
    })
    .await;
}

#[tokio::test]
async fn a_figure_is_typed_in_with_a_reason_as_a_version_and_what_was_counted_stands_beside_it() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        minutes(&bench, "2026-11-16T01:00:00Z", 20).await;
        let client = clerk(&bench).await;
        let line = ("square", LINE);
        assert_eq!(enter(&client, line, "2026-11-16", (json!(55), json!(50)), 0).await, "200");
        assert_eq!(enter(&client, line, "2026-11-16", (json!(56), json!(50)), 0).await, "409 figures_changed");
        let day = figures(&client, "square", "day", "2026-11-16").await;
        let sum = &day["total"]["sum"];
        assert_eq!((&sum["in"], &sum["method"], &sum["machine"]["in"]), (&json!(55), &json!("by_hand"), &json!(40)));
        assert_eq!(day["gates"][0]["steps"][0]["version"], 1);
        assert_eq!(enter(&client, line, "2026-11-16", (Value::Null, Value::Null), 1).await, "200");
        assert_eq!(figures(&client, "square", "day", "2026-11-16").await["total"]["sum"]["in"], 40);
        let history = client.get("/api/v1/visitors/entries?site=square&from=2026-11-01&to=2026-11-30").await.json();
        let versions: Vec<_> =
            history["items"].as_array().unwrap().iter().map(|e| (&e["version"], &e["in"], &e["by"])).collect();
        assert_eq!(
            versions,
            [(&json!(2), &Value::Null, &json!("du-lich")), (&json!(1), &json!(55), &json!("du-lich"))]
        );
        assert_eq!(history["items"][0]["machine"]["in"], 40);
        // A place no camera stands at, and its past.
        let place = json!({ "site": "chua-mau", "title": "Chùa mẫu", "version": 0 });
        assert_eq!(client.post("/api/v1/visitors/places", &place).await.verdict(), "200");
        assert_eq!(client.post("/api/v1/visitors/places", &place).await.verdict(), "409 figures_changed");
        let whole = ("chua-mau", "ca-dia-diem");
        assert_eq!(enter(&client, whole, "2025-10", (json!(12_000), Value::Null), 0).await, "200");
        let year = figures(&client, "chua-mau", "year", "2025-10-01").await;
        assert_eq!((&year["total"]["sum"]["in"], &year["total"]["sum"]["method"]), (&json!(12_000), &json!("by_hand")));
        assert_eq!(year["total"]["sum"]["coverage"], Value::Null, "no camera should have watched");
        for (gate, period, figure, verdict) in [
            (line, "2026-11-24", (json!(1), json!(1)), "400 not_over"),
            (line, "2026-11", (json!(1), json!(1)), "400 not_over"),
            (line, "2026-11-16", (json!(-1), json!(1)), "400 bad_figure"),
            (line, "2026-11-17", (json!(1), Value::Null), "400 out_needed"),
            (line, "2026-11-17", (Value::Null, Value::Null), "400 bad_figure"),
            (line, "hôm qua", (json!(1), json!(1)), "400 bad_day"),
            (line, "2026-13", (json!(1), json!(1)), "400 bad_month"),
            (("square", "n1/cam-1/other"), "2026-11-16", (json!(1), json!(1)), "404 unknown_gate"),
            (("road-1", LINE), "2026-11-16", (json!(1), json!(1)), "404 unknown_gate"),
        ] {
            assert_eq!(enter(&client, gate, period, figure, 0).await, verdict, "{gate:?} {period}");
        }
        assert_eq!(number(&bench.db, "COUNT(*)", "audit WHERE action = 'visitors.enter'").await, 3);
        bench.account("may-doc", AccountKind::Service, &[("tourism", Role::Tourism)]).await;
        let program = bench.sign_in("may-doc").await;
        assert_eq!(enter(&program, line, "2026-11-17", (json!(1), json!(1)), 0).await, "403 person_needed");
    })
    .await;
}

#[tokio::test]
async fn gates_capacities_and_holidays_are_what_the_office_says_from_a_day_on() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        minutes(&bench, "2026-11-23T01:00:00Z", 10).await;
        let second = "INSERT INTO count_buckets (site, node, camera, line, start_at, config_sha, boot_id, controller, class, \
             went_in, went_out, doubtful, analysed_ms, lost_ms, revision, state, updated_at) SELECT site, node, camera, \
             'inner', start_at, config_sha, boot_id, controller, class, went_in, went_out, doubtful, analysed_ms, lost_ms, \
             revision, state, updated_at FROM count_buckets";
        fixtures::sql(&bench.db, second).await;
        let client = clerk(&bench).await;
        let day = figures(&client, "square", "day", "2026-11-23").await;
        assert_eq!((&day["total"], day["gates"].as_array().unwrap().len()), (&Value::Null, 2));
        assert_eq!(client.get("/api/v1/visitors/places").await.json()["items"][0]["needs_model"], true);
        let gate = json!({ "site": "square", "gate": LINE, "title": "Cổng chính", "adds_up": true, "version": 0 });
        assert_eq!(client.post("/api/v1/visitors/gates", &gate).await.verdict(), "200");
        assert_eq!(client.post("/api/v1/visitors/gates", &gate).await.verdict(), "409 figures_changed");
        assert_eq!(figures(&client, "square", "day", "2026-11-23").await["total"]["sum"]["in"], 20);
        let made_up = json!({ "site": "square", "gate": "n1/cam-9/x", "title": "Cổng", "adds_up": true, "version": 0 });
        assert_eq!(client.post("/api/v1/visitors/gates", &made_up).await.verdict(), "404 unknown_gate");

        let capacity = |from: &str, capacity: i64| {
            json!({ "site": "square", "from": from, "capacity": capacity, "reason": "Quyết định mẫu số 1" })
        };
        assert_eq!(client.post("/api/v1/visitors/capacities", &capacity("2026-01-01", 14)).await.verdict(), "204");
        assert_eq!(client.post("/api/v1/visitors/capacities", &capacity("2026-11-23", 11)).await.verdict(), "204");
        assert_eq!(client.post("/api/v1/visitors/capacities", &capacity("2026-11-23", 0)).await.verdict(), "400 bad_capacity");
        let now = client.get("/api/v1/visitors/now?site=square").await.json();
        let inside = &now["inside"];
        assert_eq!((&now["capacity"], &inside["fullness"], &inside["per_cent"]), (&json!(11), &json!("nearly_full"), &json!(90)));

        let holiday = |name: &str, first: &str, last: &str| json!({ "version": 0, "name": name, "first_day": first, "last_day": last });
        for each in [holiday("Hội mẫu", "2025-11-20", "2025-11-21"), holiday("Hội mẫu", "2026-11-22", "2026-11-24")] {
            assert_eq!(client.post("/api/v1/visitors/holidays", &each).await.verdict(), "200");
        }
        let wrong = holiday("Hội mẫu", "2026-11-24", "2026-11-22");
        assert_eq!(client.post("/api/v1/visitors/holidays", &wrong).await.verdict(), "400 bad_holiday");
        let list = client.get("/api/v1/visitors/holidays").await.json();
        let id = list["items"][0]["id"].as_str().unwrap().to_owned();
        let told = client.get(&format!("/api/v1/visitors/figures?site=square&kind=holiday&holiday={id}")).await.json();
        assert_eq!((&told["holiday"], &told["total"]["sum"]["in"]), (&json!("Hội mẫu"), &json!(20)));
        assert_eq!(told["before"]["first_day"], "2025-11-20", "the one of the same name before");
        let moved = json!({ "id": id, "version": 1, "name": "Hội mẫu", "first_day": "2026-11-22", "last_day": "2026-11-25" });
        assert_eq!(client.post("/api/v1/visitors/holidays", &moved).await.json()["version"], 2);
        assert_eq!(client.post("/api/v1/visitors/holidays", &moved).await.verdict(), "409 figures_changed");
        let gone = json!({ "id": id, "version": 2, "name": "Hội mẫu", "first_day": "2026-11-22", "last_day": "2026-11-25",
            "withdrawn": true });
        assert_eq!(client.post("/api/v1/visitors/holidays", &gone).await.verdict(), "200");
        let left = client.get("/api/v1/visitors/holidays").await.json();
        assert_eq!(left["items"].as_array().unwrap().len(), 1);
        for action in ["visitors.gate", "visitors.capacity", "visitors.holiday"] {
            let records = number(&bench.db, "COUNT(*)", &format!("audit WHERE action = '{action}'")).await;
            assert!(records > 0, "{action}");
        }
    })
    .await;
}

async fn export(client: &Client<'_>, month: &str) -> (String, Xlsx<Cursor<Vec<u8>>>) {
    let body = json!({ "month": month, "reason": "Nộp báo cáo tháng" });
    let answer = client.post("/api/v1/visitors/export", &body).await;
    assert_eq!(answer.verdict(), "200");
    let name = answer.headers["content-disposition"].to_str().unwrap().to_owned();
    (name, Xlsx::new(Cursor::new(answer.bytes.to_vec())).unwrap())
}

fn texts(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Vec<String> {
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().flatten().filter(|c| **c != Data::Empty).map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_month_is_frozen_once_by_whoever_looked_and_what_comes_later_is_a_supplement() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        minutes(&bench, "2026-10-16T01:00:00Z", 20).await;
        let client = clerk(&bench).await;
        let (name, mut book) = export(&client, "2026-10").await;
        assert!(name.contains("luot-khach-2026-10-chua-chot.xlsx"), "{name}");
        assert!(texts(&mut book, "Báo cáo tháng").iter().any(|t| t.starts_with("CHƯA CHỐT")));

        let open = client.get("/api/v1/visitors/report?month=2026-10").await.json();
        assert_eq!((&open["frozen"], &open["over"]), (&Value::Null, &json!(true)));
        let freeze = |month: &str, sha256: &Value| {
            json!({ "month": month, "sha256": sha256, "signed_name": "Mẫu 01", "signed_title": "=Giám đốc mẫu" })
        };
        let november = client.get("/api/v1/visitors/report?month=2026-11").await.json();
        let early = client.post("/api/v1/visitors/freezes", &freeze("2026-11", &november["sha256"])).await;
        assert_eq!(early.verdict(), "400 not_over");
        // A minute comes between looking and signing: what was looked at is not what would be signed.
        fixtures::minute(&bench.db, "tourism", "square", at("2026-10-16T02:00:00Z"), 2).await;
        let stale = client.post("/api/v1/visitors/freezes", &freeze("2026-10", &open["sha256"])).await;
        assert_eq!(stale.verdict(), "409 figures_changed");
        let seen = client.get("/api/v1/visitors/report?month=2026-10").await.json();
        let frozen = client.post("/api/v1/visitors/freezes", &freeze("2026-10", &seen["sha256"])).await.json();
        assert_eq!((&frozen["frozen"]["signed_name"], &frozen["supplement"]), (&json!("Mẫu 01"), &json!([])), "{frozen}");
        assert_eq!(frozen["sha256"], seen["sha256"]);
        let again = client.post("/api/v1/visitors/freezes", &freeze("2026-10", &seen["sha256"])).await;
        assert_eq!(again.verdict(), "409 frozen_already");

        // Late: a node that was cut off, and a correction.
        bench.clock.advance_us(MINUTE_US);
        minutes(&bench, "2026-10-17T01:00:00Z", 3).await;
        assert_eq!(enter(&client, ("square", LINE), "2026-10-16", (json!(50), json!(30)), 0).await, "200");
        let after = client.get("/api/v1/visitors/report?month=2026-10").await.json();
        assert_eq!(after["places"], frozen["places"], "not a letter of what was frozen changed");
        let late: Vec<_> = after["supplement"].as_array().unwrap().iter().map(|s| (&s["day"], &s["in"], &s["out"])).collect();
        assert_eq!(late, [(&json!("2026-10-16"), &json!(8), &json!(9)), (&json!("2026-10-17"), &json!(6), &json!(3))]);
        let month = figures(&client, "square", "month", "2026-10-01").await;
        let sum = &month["total"]["sum"];
        assert_eq!((&sum["in"], &sum["supplement"]), (&json!(42), &json!({ "in": 14, "out": 12 })));
        let year = figures(&client, "square", "year", "2026-10-01").await;
        assert_eq!((&year["total"]["sum"]["in"], &year["total"]["sum"]["supplement"]["in"]), (&json!(42), &json!(14)));
        assert_eq!(year["frozen"][0]["month"], "2026-10");

        let (name, mut book) = export(&client, "2026-10").await;
        assert!(name.contains("luot-khach-2026-10-da-chot.xlsx"), "{name}");
        let page = texts(&mut book, "Báo cáo tháng").join("|");
        assert!(page.contains("ĐÃ CHỐT") && page.contains("'=Giám đốc mẫu") && page.contains("|42|"), "{page}");
        let supplement = texts(&mut book, "Bổ sung sau chốt").join("|");
        assert!(supplement.contains("17/10/2026") && supplement.contains("|6|3"), "{supplement}");
        let corrections = texts(&mut book, "Nhập tay, hiệu chỉnh").join("|");
        assert!(corrections.contains("Sau khi chốt"), "{corrections}");
        assert_eq!(number(&bench.db, "COUNT(*)", "audit WHERE action = 'visitors.export'").await, 2);
        assert_eq!(number(&bench.db, "COUNT(*)", "audit WHERE action = 'visitors.freeze'").await, 1);
        let without = client.post("/api/v1/visitors/export", &json!({ "month": "2026-10", "reason": "x" })).await;
        assert_eq!(without.verdict(), "400 reason_needed");
    })
    .await;
}

/// One row of each table, as this account and session would write it.
fn rows(by: &str, session: &str, controller: &str, sha: &str, when: i64) -> Vec<String> {
    let who = format!("{by}, {session}, {when}");
    vec![
        format!(
            "INSERT INTO visitor_places (controller, site, title, version, set_by, session_id, set_at) VALUES ('{controller}', 's', 'x', 1, {who})"
        ),
        format!(
            "INSERT INTO visitor_gates (controller, site, gate, title, adds_up, version, set_by, session_id, set_at) VALUES ('{controller}', 's', 'g', 'x', 1, 1, {who})"
        ),
        format!(
            "INSERT INTO visitor_capacities (controller, site, valid_from, capacity, reason, version, set_by, session_id, set_at) VALUES ('{controller}', 's', 1, 1, 'x', 1, {who})"
        ),
        format!(
            "INSERT INTO visitor_holidays (controller, holiday_id, name, first_day, last_day, withdrawn, version, set_by, session_id, set_at) VALUES ('{controller}', {sha}, 'x', 1, 1, 0, 1, {who})"
        ),
        format!(
            "INSERT INTO visitor_entries (controller, site, gate, span, first_day, last_day, version, went_in, went_out, reason, set_by, session_id, set_at) VALUES ('{controller}', 's', 'g', 'day', 1, 1, 1, 1, 1, 'x', {who})"
        ),
        format!(
            "INSERT INTO visitor_freezes (controller, month, first_day, last_day, content, sha256, signed_name, signed_title, set_by, session_id, set_at) VALUES ('{controller}', '1970-01', 0, 30, '{{}}', {sha}, 'x', 'x', {who})"
        ),
    ]
}

#[tokio::test]
async fn the_databases_take_figures_from_a_person_of_the_office_only_and_change_nothing() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        let when = bench.now().0;
        for (name, kind, controller, role) in [
            ("du-lich", AccountKind::Person, "tourism", Role::Tourism),
            ("ban-truc", AccountKind::Person, "tourism", Role::Desk),
            ("noi-khac", AccountKind::Person, "police", Role::Tourism),
            ("may-doc", AccountKind::Service, "tourism", Role::Tourism),
        ] {
            bench.account(name, kind, &[(controller, role)]).await;
            bench.sign_in(name).await;
        }
        let sha = fixtures::blob(&bench.db, &[3; 16]);
        let of = |column: &str, name: &str| match column {
            "user" => format!("(SELECT user_id FROM users WHERE name = '{name}')"),
            _ => format!(
                "(SELECT session_id FROM sessions WHERE user_id = (SELECT user_id FROM users WHERE name = '{name}'))"
            ),
        };
        let by = |user: &str, session: &str| rows(&of("user", user), &of("session", session), "tourism", &sha, when);
        // Another role, another office, a program, and somebody else's session.
        for (user, session) in
            [("ban-truc", "ban-truc"), ("noi-khac", "noi-khac"), ("may-doc", "may-doc"), ("du-lich", "ban-truc")]
        {
            for row in by(user, session) {
                let said = fixtures::refused(&bench.db, &row).await;
                assert!(said.contains("word of a person of the tourism office"), "{user}: {row}: {said}");
            }
        }
        for row in by("du-lich", "du-lich") {
            fixtures::sql(&bench.db, &row).await;
        }
        for table in ["places", "gates", "capacities", "holidays", "entries", "freezes"] {
            for change in
                [format!("UPDATE visitor_{table} SET set_at = set_at"), format!("DELETE FROM visitor_{table}")]
            {
                let said = fixtures::refused(&bench.db, &change).await;
                assert!(said.contains("never changed or deleted"), "{change}: {said}");
            }
        }
        // A month that is not over, a day to come: nobody can say what they were.
        let early = (when + 24 * DAY_US) / DAY_US;
        let replaced = |row: &str, from: &str, to: &str| {
            assert!(row.contains(from), "{row}");
            row.replace(from, to)
        };
        let rows = by("du-lich", "du-lich");
        let not_over = replaced(&rows[5], "'1970-01', 0, 30", &format!("'2026-11', {}, {early}", early - 29));
        fixtures::refused(&bench.db, &not_over).await;
        let to_come = replaced(&rows[4], "'day', 1, 1, 1", &format!("'day', {early}, {early}, 1"));
        fixtures::refused(&bench.db, &to_come).await;
        // And from a session that has ended, nothing.
        fixtures::sql(&bench.db, "UPDATE sessions SET ended_at = 1").await;
        let said = fixtures::refused(&bench.db, &replaced(&rows[0], "'s'", "'t'")).await;
        assert!(said.contains("interactive session"), "{said}");
    })
    .await;
}
