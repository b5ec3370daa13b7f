//! Outages as the operator sees them, made by events and statuses that come late.

use contract::clock::{MINUTE_US, SECOND_US, UtcMicros};
use contract::event::{Body, CameraState, Envelope, ViewTrouble};
use uuid::Uuid;

use crate::api::testing::Bench;
use crate::auth::Role;
use crate::store::testing::each_engine;
use crate::store::{device_states, fixtures};

/// What a camera says: state and view, since a moment, in a report of another; seconds before the bench's now.
fn report(now: UtcMicros, seq: u64, (state, dark): (CameraState, bool), since_s: i64, said_s: i64) -> Envelope {
    let file = format!("{}/../contract/golden/v1/health.json", env!("CARGO_MANIFEST_DIR"));
    let mut event = Envelope::from_bytes(&std::fs::read(file).unwrap()).unwrap();
    event.event_id.0 = Uuid::from_u128(u128::from(seq));
    event.seq = seq;
    event.node = "road-1/n1".parse().unwrap();
    event.camera = "cam-1".parse().unwrap();
    event.controller = "police".parse().unwrap();
    event.captured.captured_at = now.plus_us(-said_s * SECOND_US);
    let Body::Health(body) = &mut event.body else { panic!("a health event") };
    body.camera_state = state;
    body.view = if dark { vec![ViewTrouble::Dark] } else { Vec::new() };
    body.since = now.plus_us(-since_s * SECOND_US);
    body.reason = "Cổng Bắc: sai mật khẩu".to_owned();
    event
}

#[tokio::test]
async fn a_cut_a_kill_and_what_comes_late_are_told_as_they_were() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        let now = bench.now();
        let well = (CameraState::Online, false);
        let store = async |event: Envelope| fixtures::event(&bench.db, &event, bench.now(), Uuid::nil()).await;
        // Well for an hour, cut for ten minutes, back; then the node is off for half an hour, then dark to this day.
        store(report(now, 1, well, 7200, 7200)).await;
        store(report(now, 5, (CameraState::Online, true), 600, 600)).await;
        store(report(now, 4, well, 3000, 2400)).await;
        store(report(now, 3, (CameraState::Offline, false), 3600, 3060)).await;
        store(report(now, 6, (CameraState::Online, true), 600, 60)).await;
        let client = bench.person("van-hanh", Role::Operator).await;
        let told = async || {
            let page = client.get("/api/v1/devices/outages").await.json();
            let items: Vec<_> = page["items"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|item| !item["camera"].is_null())
                .map(|item| {
                    let at = |key: &str| {
                        let text = item[key]["utc"].as_str()?;
                        Some(now.since_us(UtcMicros::from_rfc3339(text)?) / SECOND_US)
                    };
                    (item["kind"].as_str().unwrap().to_owned(), at("began_at").unwrap(), at("ended_at"))
                })
                .collect();
            (items, page)
        };
        let (items, page) = told().await;
        let kind = |kind: &str, began: i64, ended: Option<i64>| (kind.to_owned(), began, ended);
        let expected = [
            kind("dark", 600, None),
            kind("no_report", 2400, Some(600)),
            kind("offline", 3600, Some(3000)),
            kind("no_report", 7200, Some(3600)),
        ];
        assert_eq!(items, expected, "{page}");
        assert_eq!(page["items"][2]["words"], "Cổng Bắc: sai mật khẩu");
        assert_eq!(page["items"][0]["kind_text"], "Hình quá tối hoặc camera bị che");
        // 600 of 7200 seconds are known to be well.
        assert!((page["availability"][0]["share"].as_f64().unwrap() - 600.0 / 7200.0).abs() < 1e-6, "{page}");

        // What the node said meanwhile comes late: it was cut off, not off.
        store(report(now, 2, well, 7200, 3660)).await;
        store(report(now, 7, well, 3000, 660)).await;
        let (items, page) = told().await;
        assert_eq!(items, [kind("dark", 600, None), kind("offline", 3600, Some(3000))], "{page}");
        assert!((page["availability"][0]["share"].as_f64().unwrap() - 6000.0 / 7200.0).abs() < 1e-6, "{page}");

        // A part of the time: what reaches into it is told with its true ends.
        let at = |s: i64| now.plus_us(-s * SECOND_US).to_rfc3339();
        let part =
            format!("/api/v1/devices/outages?site=road-1&node=n1&camera=cam-1&from={}&to={}", at(3300), at(3200));
        let page = client.get(&part).await.json();
        assert_eq!(page["items"].as_array().unwrap().len(), 1);
        assert_eq!(page["items"][0]["ended_at"]["utc"], serde_json::json!(at(3000)));
        assert_eq!(page["availability"][0]["share"], 0.0);

        // Nothing comes any more, and the node says it is connected.
        bench.clock.advance_us(10 * MINUTE_US);
        let page = client.get("/api/v1/devices/outages").await.json();
        let kinds: Vec<_> = page["items"].as_array().unwrap().iter().map(|i| i["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds[0], "no_report", "{page}");
        // Another body sees nothing of it.
        bench.account("du-lich", crate::auth::AccountKind::Person, &[("tourism", Role::Operator)]).await;
        let other = bench.sign_in("du-lich").await.get("/api/v1/devices/outages").await.json();
        assert_eq!(other["availability"], serde_json::json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_nodes_connection_has_its_own_rows_and_pages_do_not_overlap() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        let now = bench.now();
        let node = "road-1/n1".parse().unwrap();
        let mut tx = bench.db.write().await.unwrap();
        for n in 0..250 {
            let since = now.plus_us((n - 500) * MINUTE_US);
            device_states::put_node(&mut tx, &node, n % 2 == 1, since).await.unwrap();
        }
        for n in 250..700 {
            let since = now.plus_us((n - 1_000) * SECOND_US);
            device_states::put_node(&mut tx, &node, n % 2 == 1, since).await.unwrap();
        }
        tx.commit().await.unwrap();
        let client = bench.person("van-hanh", Role::Operator).await;
        let first = client.get("/api/v1/devices/outages?site=road-1").await.json();
        assert_eq!(first["items"].as_array().unwrap().len(), 200);
        let next = first["next"].as_str().unwrap();
        let second = client.get(&format!("/api/v1/devices/outages?site=road-1&cursor={next}")).await.json();
        let rows = |page: &serde_json::Value| -> Vec<String> {
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|i| i["began_at"]["utc"].as_str().unwrap().to_owned())
                .collect()
        };
        let mut all = rows(&first);
        all.extend(rows(&second));
        assert_eq!(second["next"], serde_json::Value::Null);
        let outages = all.len();
        all.dedup();
        assert_eq!(all.len(), outages, "no row twice");
        // By the second, the node behind the first 250 changes was 125 times away; 225 more came after.
        assert_eq!(all.iter().filter(|at| at.as_str() > "2026").count(), 350);
        let wrong = client.get("/api/v1/devices/outages?site=road%00").await.verdict();
        assert_eq!(wrong, "400 bad_name");
        let long = client.get("/api/v1/devices/outages?from=2026-01-01T00:00:00Z").await.verdict();
        assert_eq!(long, "400 window_too_long");
    })
    .await;
}
