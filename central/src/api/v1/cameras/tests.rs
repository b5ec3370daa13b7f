//! Stills, clear and pixelated, and lines: a bench with one node that answers as the test says.

use bytes::Bytes;
use contract::bundle::{BundleKind, RulesContent};
use contract::clock::{SECOND_US, UtcMicros};
use contract::downlink::Command;
use contract::signature::SigningKey;
use contract::wish::{LineTrial, NoStill, StillView, TrialCount, WishAnswer};
use serde_json::{Value, json};

use crate::api::testing::Bench;
use crate::auth::{AccountKind, Role};
use crate::devices::{Answer, StillPicture};
use crate::store::testing::{each_engine, number, places_of};
use crate::store::{fixtures, fleet};

const STILL: &str = "/api/v1/cameras/road-1/n1/cam-1/still";
const CLEAR: &str = "/api/v1/cameras/road-1/n1/cam-1/clear-still";
const LINES: &str = "/api/v1/cameras/road-1/n1/cam-1/lines";
const TRY: &str = "/api/v1/cameras/road-1/n1/cam-1/lines/preview";
/// What a clear picture shows.
const FACE: &[u8] = b"\xff\xd8\xff the face of whoever stands there";

/// What the node answers a wish with.
type Answers = fn(&Command) -> Option<Answer>;

/// A camera of the police and one of another body on one node, with a line on each; the node answers at once.
async fn bench(db: crate::store::Db, answers: Answers) -> Bench {
    let bench = Bench::new(db).await;
    let node = "road-1/n1".parse().unwrap();
    let camera = |name: &str, controller: &str| json!({ "name": name, "title": "Cổng", "controller": controller, "uri": "rtsp://127.0.0.1/a", "purpose": "traffic" });
    let cameras = json!({ "cameras": [camera("cam-1", "police"), camera("cam-2", "customs")] });
    let line = |name: &str, camera: &str| {
        json!({ "name": name, "camera": camera, "title": "Vạch", "counts": "vehicles",
            "segment": { "a": { "x": 0.1, "y": 0.5 }, "b": { "x": 0.9, "y": 0.5 } } })
    };
    let rules = json!({ "lines": [line("way", "cam-1"), line("other", "cam-2")],
        "wrong_way": [{ "name": "wrong-way", "version": 1, "camera": "cam-1", "line": "way", "forbidden": "out",
            "violation_car": "C-WRONGWAY", "violation_motorcycle": "M-WRONGWAY" }] });
    let key = SigningKey::from_seed([5; 32]);
    for (kind, content) in [(BundleKind::Cameras, cameras), (BundleKind::Rules, rules)] {
        crate::fleet::publish(&bench.db, &key, &node, kind, content, bench.now()).await.unwrap();
    }
    let wishes = bench.wishes.clone();
    *bench.commands.node.lock().unwrap() = Some(Box::new(move |command| {
        let (Command::Still { wish, .. } | Command::TryLines { wish, .. }) = command else { return };
        if let Some(answer) = answers(command) {
            assert!(wishes.bring(*wish, &node, answer));
        }
    }));
    bench
}

fn picture(_: &Command) -> Option<Answer> {
    let at = UtcMicros::from_rfc3339("2026-11-23T01:14:59Z").unwrap();
    Some(Answer::Picture(StillPicture::new(Bytes::from_static(FACE), at)))
}

fn views(bench: &Bench) -> Vec<StillView> {
    let sent = bench.commands.sent.lock().unwrap();
    sent.iter().filter_map(|(c, _)| if let Command::Still { view, .. } = c { Some(*view) } else { None }).collect()
}

#[tokio::test]
async fn an_operator_gets_the_pixelated_view_and_never_the_clear_one() {
    each_engine(|db| async move {
        let bench = bench(db, picture).await;
        let operator = bench.person("van-hanh", Role::Operator).await;
        let still = operator.post(STILL, &json!({})).await;
        assert_eq!((still.status.as_u16(), &still.bytes[..]), (200, FACE));
        assert_eq!(still.headers["content-type"], "image/jpeg");
        assert_eq!(still.headers["cache-control"], "no-store");
        assert_eq!(still.headers["x-chilang-captured-at"], "2026-11-23T01:14:59Z");
        assert_eq!(views(&bench), [StillView::Pixelated], "what leaves the node is said to the node");
        assert_eq!(operator.post(CLEAR, &json!({ "purpose": "xem thử" })).await.verdict(), "403 forbidden");
        let view = json!({ "view": "clear" });
        assert_eq!(operator.post(STILL, &view).await.verdict(), "400 bad_body", "no word in the body makes it clear");
        assert_eq!(operator.post(STILL, &json!({})).await.verdict(), "429 too_often");
        bench.clock.advance_us(2 * SECOND_US);
        assert_eq!(operator.post(STILL, &json!({})).await.status, 200);
        for other in ["road-1/n1/cam-2", "road-1/n1/cam-9", "road-1/n9/cam-1", "square/n1/cam-1", "road-1/n1/Cam"] {
            let path = format!("/api/v1/cameras/{other}/still");
            assert_eq!(operator.post(&path, &json!({})).await.verdict(), "404 not_found", "{other}");
        }
        assert_eq!(views(&bench).len(), 2, "nobody else's camera is asked for anything");
        assert_eq!(places_of(&bench.db, &FACE[4..]).await, Vec::<String>::new(), "and nothing of it is kept");
    })
    .await;
}

#[tokio::test]
async fn a_guard_gets_the_clear_view_with_a_purpose_on_record_before_the_node_is_asked() {
    each_engine(|db| async move {
        let bench = bench(db, picture).await;
        let guard = bench.person("bao-ve", Role::Desk).await;
        assert_eq!(guard.post(STILL, &json!({})).await.verdict(), "403 forbidden", "the other view is the operator's");
        for (body, verdict) in [
            (json!({}), "400 bad_body"),
            (json!({ "purpose": " xem " }), "400 purpose_needed"),
            (json!({ "purpose": "x".repeat(201) }), "400 purpose_needed"),
        ] {
            assert_eq!(guard.post(CLEAR, &body).await.verdict(), verdict, "{body}");
        }
        assert_eq!(number(&bench.db, "COUNT(*)", "audit WHERE action = 'cameras.clear_still'").await, 0);
        let clear = guard.post(CLEAR, &json!({ "purpose": "người lạ đứng lâu trước cổng" })).await;
        assert_eq!((clear.status.as_u16(), &clear.bytes[..]), (200, FACE));
        assert_eq!(clear.headers["cache-control"], "no-store");
        assert_eq!(views(&bench), [StillView::Clear]);
        let record = "audit WHERE action = 'cameras.clear_still' AND record LIKE '%road-1/n1/cam-1%' \
            AND record LIKE '%người lạ đứng lâu trước cổng%' AND record LIKE '%bao-ve%'";
        assert_eq!(number(&bench.db, "COUNT(*)", record).await, 1);
        assert_eq!(places_of(&bench.db, &FACE[4..]).await, Vec::<String>::new(), "nothing of the picture is kept");
        // A program has no eyes, and another body's guard no business here.
        bench.account("chuong-trinh", AccountKind::Service, &[("police", Role::Desk)]).await;
        let program = bench.sign_in("chuong-trinh").await;
        let why = json!({ "purpose": "người lạ" });
        assert_eq!(program.post(CLEAR, &why).await.verdict(), "403 person_needed");
        bench.account("khach", AccountKind::Person, &[("tourism", Role::Desk)]).await;
        assert_eq!(bench.sign_in("khach").await.post(CLEAR, &why).await.verdict(), "404 not_found");
    })
    .await;
}

#[tokio::test]
async fn the_record_is_there_before_the_node_is_asked_and_whatever_it_says() {
    each_engine(|db| async move {
        let bench = bench(db, |_| Some(WishAnswer::NoStill { why: NoStill::NoFrame }.into())).await;
        let guard = bench.person("bao-ve", Role::Desk).await;
        let dark = guard.post(CLEAR, &json!({ "purpose": "người lạ" })).await;
        assert_eq!(dark.verdict(), "409 camera_dark");
        assert_eq!(number(&bench.db, "COUNT(*)", "audit WHERE action = 'cameras.clear_still'").await, 1);
        let operator = bench.person("van-hanh", Role::Operator).await;
        bench.clock.advance_us(2 * SECOND_US);
        assert_eq!(operator.post(STILL, &json!({})).await.verdict(), "409 camera_dark");
        // Nobody answers at all. The wait is a real one: eight seconds.
        *bench.commands.node.lock().unwrap() = None;
        bench.clock.advance_us(2 * SECOND_US);
        let silent = operator.post(STILL, &json!({})).await;
        assert_eq!(silent.verdict(), "504 node_silent");
        // A node behind a site is its site's.
        fixtures::sql(&bench.db, "INSERT INTO nodes (site, node, controller, created_at, forwards) VALUES ('road-1', 'centre', 'police', 1, 1)").await;
        fixtures::trouble(&bench.db).await;
        fixtures::sql(&bench.db, "UPDATE nodes SET via = 'centre' WHERE site = 'road-1' AND node = 'n1'").await;
        bench.clock.advance_us(2 * SECOND_US);
        assert_eq!(operator.post(STILL, &json!({})).await.verdict(), "409 behind_site");
        assert_eq!(operator.get(LINES).await.verdict(), "409 behind_site");
    })
    .await;
}

fn drawn(revision: u64, lines: &Value) -> Value {
    json!({ "revision": revision, "lines": lines, "reason": "vẽ lại sau khi chỉnh camera" })
}

fn line(id: &str, points: &Value) -> Value {
    json!({ "id": id, "name": "Vạch", "points": points })
}

#[tokio::test]
async fn a_drawing_becomes_the_next_signed_revision_and_leaves_the_rest_alone() {
    each_engine(|db| async move {
        let bench = bench(db, |_| None).await;
        let operator = bench.person("van-hanh", Role::Operator).await;
        let there = operator.get(LINES).await.json();
        insta::allow_duplicates! { insta::assert_json_snapshot!(there, @r#"
        {
          "revision": 1,
          "node_revision": null,
          "editable": true,
          "why_not": null,
          "counts": "vehicles",
          "lines": [
            {
              "id": "way",
              "name": "Vạch",
              "points": [
                [
                  0.1,
                  0.5
                ],
                [
                  0.9,
                  0.5
                ]
              ],
              "used_by": [
                {
                  "kind": "wrong_way",
                  "name": "wrong-way"
                }
              ]
            }
          ],
          "zones": []
        }
        "#); }
        let way = line("way", &json!([[0.2, 0.4], [0.9, 0.5]]));
        let new = line("toll", &json!([[0.3, 0.1], [0.3, 0.9]]));
        let put = operator.send("PUT", LINES, Some(&drawn(1, &json!([way, new])))).await;
        assert_eq!(put.status, 200, "{}", put.json());
        assert_eq!((put.json()["revision"].as_u64(), put.json()["lines"][1]["id"].as_str()), (Some(2), Some("toll")));
        let node = "road-1/n1".parse().unwrap();
        let signed = fleet::newest_bundle(&mut bench.db.read().await.unwrap(), &node, BundleKind::Rules).await.unwrap();
        let signed: contract::bundle::SignedBundle = serde_json::from_str(&signed.unwrap()).unwrap();
        let opened = signed.open(bench.office.key.public_key(), &node, BundleKind::Rules, 1, bench.now()).unwrap();
        let rules: RulesContent = serde_json::from_value(opened.content).unwrap();
        let names: Vec<_> = rules.lines.iter().map(|l| l.name.as_str()).collect();
        assert_eq!(names, ["other", "way", "toll"], "another body's line on the same node stays");
        assert_eq!(rules.wrong_way.len(), 1);
        let record = "audit WHERE action = 'cameras.set_lines' AND record LIKE '%rules revision 2: vẽ lại%'";
        assert_eq!(number(&bench.db, "COUNT(*)", record).await, 1);
        // Whoever drew on the first revision is told.
        let again = operator.send("PUT", LINES, Some(&drawn(1, &json!([way])))).await;
        assert_eq!(again.verdict(), "409 revision_changed");
        // Every fault at once, and nothing is signed.
        let bad = json!({ "revision": 2, "reason": " ", "zones": [{ "id": "main", "points": [[0.1, 0.1]] }],
            "lines": [line("way", &json!([[0.9, 0.5], [0.1, 0.5]])), line("T", &json!([[0.5, 0.5]]))] });
        let faults = operator.send("PUT", LINES, Some(&bad)).await;
        assert_eq!(faults.verdict(), "422 faults");
        let faults = faults.json();
        let keys: Vec<_> = faults["error"]["faults"].as_array().unwrap().iter().map(|f| f["key"].as_str().unwrap()).collect();
        let all = ["lines[1].id", "lines[1].points", "lines[0].points", "zones[0].id", "zones[0].points", "reason"];
        assert_eq!(keys, all, "{faults}");
        assert_eq!(operator.get(LINES).await.json()["revision"], 2);
        // What the node says it has is told beside it.
        let birth = json!({ "software": "1", "boot_id": uuid::Uuid::nil(), "models": {}, "bundle_revisions": { "rules": 2 },
            "clock_sources": {}, "log_id": uuid::Uuid::nil(), "first_unacknowledged": 1, "last_seq": 0, "at": 1 });
        let mut tx = bench.db.write().await.unwrap();
        assert!(fleet::set_birth(&mut tx, &node, &birth.to_string(), bench.now()).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(operator.get(LINES).await.json()["node_revision"], 2);
        // A program draws nothing, and an administrator only reads.
        bench.account("chuong-trinh", AccountKind::Service, &[("police", Role::Operator)]).await;
        let program = bench.sign_in("chuong-trinh").await;
        assert_eq!(program.send("PUT", LINES, Some(&drawn(2, &json!([way])))).await.verdict(), "403 person_needed");
        let admin = bench.administrator("quan-tri", &["police"]).await;
        assert_eq!(admin.get(LINES).await.status, 200);
        assert_eq!(admin.send("PUT", LINES, Some(&drawn(2, &json!([way])))).await.verdict(), "403 forbidden");
    })
    .await;
}

#[tokio::test]
async fn lines_are_tried_on_the_node_and_nothing_is_changed_by_it() {
    each_engine(|db| async move {
        let counted = |command: &Command| {
            let Command::TryLines { lines, .. } = command else { return None };
            let count = |n: usize| TrialCount { line: lines[n].line.clone(), entered: 7, left: 2, doubtful: 1 };
            let lines = (0..lines.len()).map(count).collect();
            let trial =
                LineTrial { since: Some(UtcMicros(60_000_000)), until: UtcMicros(90_000_000), tracks: 12, lines };
            Some(Answer::Trial(trial))
        };
        let bench = bench(db, counted).await;
        let operator = bench.person("van-hanh", Role::Operator).await;
        let lines = json!({ "lines": [line("new", &json!([[0.3, 0.1], [0.3, 0.9]]))] });
        let tried = operator.post(TRY, &lines).await;
        assert_eq!(tried.status, 200, "{}", tried.json());
        let told = tried.json();
        assert_eq!(told["lines"], json!([{ "id": "new", "in": 7, "out": 2, "doubtful": 1 }]));
        assert_eq!((told["tracks"].as_u64(), told["since"]["utc"].as_str()), (Some(12), Some("1970-01-01T00:01:00Z")));
        assert_eq!(operator.get(LINES).await.json()["revision"], 1);
        let bad = json!({ "lines": [line("new", &json!([[0.3, 0.1], [0.3, 1.9]]))] });
        let faults = operator.post(TRY, &bad).await;
        assert_eq!(
            (faults.verdict().as_str(), &faults.json()["error"]["faults"][0]["key"]),
            ("422 faults", &json!("lines[0].points"))
        );
        let guard = bench.person("bao-ve", Role::Desk).await;
        assert_eq!(guard.post(TRY, &lines).await.verdict(), "403 forbidden");
    })
    .await;
}
