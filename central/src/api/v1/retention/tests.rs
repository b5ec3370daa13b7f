//! Setting times of retention, on both engines: bounds, versions, and that the job goes by them.

use contract::clock::{DAY_US, HOUR_US};
use serde_json::{Value, json};

use crate::api::testing::{Bench, Client};
use crate::auth::Role;
use crate::privacy::{Bounds, DataClass, bounds_of};
use crate::store::fixtures;
use crate::store::testing::{each_engine, number};

async fn set(client: &Client<'_>, class: &str, version: i64, days: i64) -> (String, Value) {
    let body = json!({ "version": version, "days": days, "reason": "Theo quyết định số 12" });
    let answer = client.send("PUT", &format!("/api/v1/retention/{class}"), Some(&body)).await;
    (answer.verdict(), answer.json())
}

async fn setting(client: &Client<'_>, class: &str) -> Value {
    let all = client.get("/api/v1/retention").await.json();
    all["settings"].as_array().unwrap().iter().find(|s| s["class"] == class).unwrap().clone()
}

#[tokio::test]
async fn an_administrator_sets_a_time_within_its_bounds_and_a_shorter_one_waits_a_day() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        let admin = bench.administrator("quan-tri-1", &["police"]).await;
        let before = setting(&admin, "access").await;
        assert_eq!(
            (&before["days"], &before["version"], &before["since"], &before["settable"]),
            (&json!(365), &json!(0), &Value::Null, &json!(true))
        );
        let (verdict, longer) = set(&admin, "access", 0, 500).await;
        assert_eq!(verdict, "200", "{longer}");
        assert_eq!(
            (&longer["days"], &longer["by"], &longer["coming"]),
            (&json!(500), &json!("quan-tri-1"), &Value::Null)
        );
        assert_eq!(longer["since"]["utc"], json!(bench.now().to_rfc3339()));
        assert_eq!(set(&admin, "access", 0, 600).await.0, "409 retention_changed");
        let (_, shorter) = set(&admin, "access", 1, 400).await;
        assert_eq!((&shorter["days"], &shorter["coming"]["days"]), (&json!(500), &json!(400)));
        // Taken back in time, it never holds.
        bench.clock.advance_us(HOUR_US / 10);
        let (_, back) = set(&admin, "access", 2, 500).await;
        assert_eq!((&back["days"], &back["coming"]), (&json!(500), &Value::Null));
        let (_, shorter) = set(&admin, "access", 3, 400).await;
        assert_eq!(shorter["version"], json!(4));
        bench.clock.advance_us(DAY_US);
        let auditor = bench.person("kiem-toan", Role::Auditor).await;
        let now = setting(&auditor, "access").await;
        assert_eq!((&now["days"], &now["reason"]), (&json!(400), &json!("Theo quyết định số 12")));
        let admin = bench.administrator("quan-tri-2", &["police"]).await;
        for (class, days, verdict) in [
            ("access", 364, "422 out_of_bounds"),
            ("access", 731, "422 out_of_bounds"),
            ("plate", 31, "422 out_of_bounds"),
            ("plate", 6, "422 out_of_bounds"),
            ("picture", 0, "422 out_of_bounds"),
            ("audit", 729, "422 out_of_bounds"),
            ("audit", -1, "422 out_of_bounds"),
            ("suspicion", 40, "409 retention_fixed"),
            ("biometric", 40, "409 retention_fixed"),
            ("identity", 2000, "409 retention_fixed"),
            ("secret", 40, "409 retention_fixed"),
            ("everything", 40, "404 not_found"),
        ] {
            let (told, body) = set(&admin, class, if class == "access" { 4 } else { 0 }, days).await;
            assert_eq!(told, verdict, "{class} {days}: {body}");
        }
        let fixed = setting(&admin, "biometric").await;
        assert_eq!((&fixed["settable"], &fixed["days"]), (&json!(false), &Value::Null));
        assert!(fixed["basis"].as_str().unwrap().contains("91/2025"));
        let bare = json!({ "version": 0, "days": 20, "reason": " x " });
        assert_eq!(admin.send("PUT", "/api/v1/retention/plate", Some(&bare)).await.verdict(), "400 reason_needed");
        assert_eq!(set(&auditor, "plate", 0, 20).await.0, "403 forbidden");
        let theirs = bench.administrator("quan-tri-3", &["tourism"]).await;
        assert_eq!(setting(&theirs, "access").await["days"], json!(365), "of another body nothing is set");
        assert_eq!(number(&bench.db, "COUNT(*)", "audit WHERE action = 'retention.set'").await, 4);
    })
    .await;
}

#[tokio::test]
async fn what_goes_next_follows_what_is_in_force_at_this_body() {
    each_engine(|db| async move {
        let bench = Bench::new(db.clone()).await;
        let admin = bench.administrator("quan-tri-1", &["police"]).await;
        // A picture no passage speaks of, fifteen days old.
        let at = bench.now().0 - 15 * DAY_US;
        let text = format!(
            "INSERT INTO evidence (sha256, site, node, controller, size_bytes, media_type, state, announced_at) VALUES \
             ({}, 's', 'n', 'police', 1, 'image/jpeg', 'at_edge', {at})",
            fixtures::blob(&db, &[1; 32])
        );
        fixtures::sql(&db, &text).await;
        let next = async |client: &Client<'_>| {
            let all = client.get("/api/v1/retention").await.json();
            all["next"].as_array().unwrap().iter().find(|n| n["what"] == "evidence").map(|n| n["rows"].clone())
        };
        assert_eq!(next(&admin).await, None);
        assert_eq!(set(&admin, "picture", 0, 10).await.0, "200");
        assert_eq!(next(&admin).await, None, "a shorter time waits a day");
        bench.clock.advance_us(DAY_US);
        let admin = bench.administrator("quan-tri-2", &["police"]).await;
        assert_eq!(next(&admin).await, Some(json!(1)));
    })
    .await;
}

#[tokio::test]
async fn the_bounds_of_the_databases_are_those_of_the_registry() {
    each_engine(|db| async move {
        let bench = Bench::new(db.clone()).await;
        bench.administrator("quan-tri-1", &["police"]).await;
        bench.person("kiem-toan", Role::Auditor).await;
        let insert = |name: &str, class: &str, version: i64, days: i64, from: i64| {
            let who = format!("(SELECT user_id FROM users WHERE name = '{name}')");
            format!(
                "INSERT INTO retention_settings (controller, data_class, version, days, reason, from_at, set_by, session_id, set_at) \
                 VALUES ('police', '{class}', {version}, {days}, 'x', {from}, {who}, \
                 (SELECT session_id FROM sessions WHERE user_id = {who} LIMIT 1), 0)"
            )
        };
        for class in DataClass::ALL {
            let name = class.as_str();
            match bounds_of(class) {
                Bounds::Between { default_days, least_days, most_days, .. } => {
                    let (least, most) = (i64::from(least_days), i64::from(most_days));
                    for days in [least - 1, most + 1] {
                        let told = fixtures::refused(&db, &insert("quan-tri-1", name, 1, days, DAY_US)).await;
                        assert!(told.to_lowercase().contains("check"), "{name} {days}: {told}");
                    }
                    if least_days < default_days {
                        let told = fixtures::refused(&db, &insert("quan-tri-1", name, 1, least, DAY_US - 1)).await;
                        assert!(told.contains("a shortening waits a day"), "{told}");
                    }
                    // The longest and the shortest are taken, one after the other.
                    fixtures::sql(&db, &insert("quan-tri-1", name, 1, most, 0)).await;
                    if least < most {
                        let told = fixtures::refused(&db, &insert("quan-tri-1", name, 2, least, DAY_US - 1)).await;
                        assert!(told.contains("a shortening waits a day"), "{told}");
                    }
                    fixtures::sql(&db, &insert("quan-tri-1", name, 2, least, DAY_US)).await;
                    let told = fixtures::refused(&db, &insert("quan-tri-1", name, 4, least, DAY_US)).await;
                    assert!(told.contains("follow one another"), "{told}");
                }
                Bounds::Fixed { .. } => {
                    let told = fixtures::refused(&db, &insert("quan-tri-1", name, 1, 365, DAY_US)).await;
                    assert!(told.to_lowercase().contains("check") || told.contains("waits a day"), "{name}: {told}");
                }
            }
        }
        let told = fixtures::refused(&db, &insert("kiem-toan", "plate", 3, 20, DAY_US)).await;
        assert!(told.contains("by an administrator in person"), "{told}");
        for text in ["UPDATE retention_settings SET days = 8", "DELETE FROM retention_settings"] {
            assert!(fixtures::refused(&db, text).await.contains("never changed or deleted"), "{text}");
        }
    })
    .await;
}
