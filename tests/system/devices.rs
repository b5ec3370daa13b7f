//! An operator at work on a camera of the running chain: sees what it shows, pixelated on the node; is refused the clear view,
//! which a guard gets with a purpose and on record; sees a cut in the history with its true times; draws a line, tries it on
//! today's ways, and it counts on the node that runs. Of the clear picture nothing lies in any file afterwards.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use contract::clock::{Clock as _, MINUTE_US, SystemClock, UtcMicros};
use edge_node::picture::BgrPicture;
use edge_node::picture::file::{FileLimits, decode};
use serde_json::{Value, json};
use stage::cast::Cast;
use stage::checkout::clips;
use stage::person::Person;
use stage::process::eventually;
use stage::set::{Choices, Stage};

const PATIENCE: Duration = Duration::from_secs(60);
const LIMITS: FileLimits = FileLimits { longest_side: 4_096, memory_bytes: 128 << 20 };
const CAMERA: &str = "/api/v1/cameras/chi-lang/node-1/bad";
/// The side of a square of a pixelated still.
const SQUARE: u32 = 16;

async fn until<T>(what: &str, mut so: impl AsyncFnMut() -> Option<T>) -> T {
    eventually(what, PATIENCE, async || Ok(so().await)).await.unwrap()
}

/// A still, as soon as the camera has a frame and the pause between two is over.
async fn still(person: &Person, path: &str, body: &Value) -> (Vec<u8>, UtcMicros) {
    until("a still", async || {
        let (status, bytes, at) = person.post_for_picture(path, body, "x-chilang-captured-at").await.unwrap();
        let words = String::from_utf8_lossy(&bytes).into_owned();
        assert!(matches!(status, 200 | 409 | 429), "{status}: {words}");
        (status == 200).then(|| (bytes, UtcMicros::from_rfc3339(&at).unwrap()))
    })
    .await
}

fn colours(picture: &BgrPicture) -> usize {
    let all = (0..picture.height).flat_map(|y| (0..picture.width).map(move |x| (x, y)));
    all.map(|(x, y)| picture.pixel(x, y)).collect::<BTreeSet<_>>().len()
}

/// Is each square of one colour, as far as JPEG keeps one?
fn is_pixelated(picture: &BgrPicture) -> bool {
    let all = (0..picture.height).flat_map(|y| (0..picture.width).map(move |x| (x, y)));
    all.into_iter().all(|(x, y)| {
        let corner = picture.pixel(x / SQUARE * SQUARE, y / SQUARE * SQUARE);
        picture.pixel(x, y).iter().zip(corner).all(|(a, b)| a.abs_diff(b) <= 3)
    })
}

/// The files below a folder that hold these bytes.
fn files_with(folder: &Path, wanted: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_with(&path, wanted));
        } else if std::fs::read(&path).is_ok_and(|bytes| bytes.windows(wanted.len()).any(|w| w == wanted)) {
            found.push(path.display().to_string());
        }
    }
    found
}

async fn outages(operator: &Person) -> (Vec<Value>, Value) {
    let page = operator.get("/api/v1/devices/outages?camera=bad").await.unwrap();
    let of = |kind: &str| page["items"].as_array().unwrap().iter().filter(|i| i["kind"] == kind).cloned().collect();
    (of("offline"), page["availability"][0]["share"].clone())
}

async fn pictures(stage: &Stage, operator: &Person, guard: &Person, auditor: &Person) -> Vec<u8> {
    let clock = SystemClock::new();
    let (bytes, at) = still(operator, &format!("{CAMERA}/still"), &json!({})).await;
    assert!(clock.now().since_us(at).abs() < MINUTE_US, "a picture of now: {at:?}");
    let squares = decode(&bytes, LIMITS).unwrap();
    assert!(squares.width <= 640 && is_pixelated(&squares), "{}x{} is not pixelated", squares.width, squares.height);
    let why = json!({ "purpose": "nhìn thấy người ngã ở sân" });
    let clear_path = format!("{CAMERA}/clear-still");
    let (status, refused) = operator.post(&clear_path, &why).await.unwrap();
    assert_eq!((status, &refused["error"]["code"]), (403, &json!("forbidden")));
    let (status, _) = guard.post(&clear_path, &json!({ "purpose": " " })).await.unwrap();
    assert_eq!(status, 400, "without a purpose there is no clear view");
    let (clear, _) = still(guard, &clear_path, &why).await;
    let picture = decode(&clear, LIMITS).unwrap();
    assert!(!is_pixelated(&picture), "the clear view is clear");
    assert!(colours(&picture) > 4 * colours(&squares), "{} against {}", colours(&picture), colours(&squares));
    let day = clock.now().plus_us(7 * 60 * MINUTE_US).to_rfc3339();
    let log = auditor.get(&format!("/api/v1/audit?day={}&limit=200", &day[..10])).await.unwrap();
    let records: Vec<&Value> = log["items"].as_array().unwrap().iter().map(|item| &item["record"]).collect();
    let record = records.iter().find(|record| record["action"] == "cameras.clear_still").unwrap();
    assert_eq!((&record["actor"]["name"], &record["detail"]), (&json!("bao-ve-mau"), &why["purpose"]), "{record}");
    // A stretch from the middle, which no header repeats.
    let stretch = clear[clear.len() / 2..clear.len() / 2 + 48].to_vec();
    assert_eq!(files_with(stage.dir(), &stretch), Vec::<String>::new());
    clear
}

async fn a_cut(stage: &Stage, operator: &Person) {
    let clock = SystemClock::new();
    let before = clock.now();
    stage.cameras.tell("bad stall").unwrap();
    let lasting = until("the cut to stand in the history", async || {
        let (away, _) = outages(operator).await;
        away.into_iter().find(|outage| outage["ended_at"].is_null())
    })
    .await;
    assert!(lasting["words"].as_str().unwrap().contains("mất kết nối"), "{lasting}");
    stage.cameras.tell("bad normal").unwrap();
    let over = until("the cut to end", async || {
        let (away, _) = outages(operator).await;
        away.into_iter().find(|outage| outage["began_at"] == lasting["began_at"] && !outage["ended_at"].is_null())
    })
    .await;
    let at = |key: &str| UtcMicros::from_rfc3339(over[key]["utc"].as_str().unwrap()).unwrap();
    assert!(before <= at("began_at") && at("began_at") < at("ended_at") && at("ended_at") <= clock.now(), "{over}");
    let (_, share) = outages(operator).await;
    assert!(share.as_f64().is_some_and(|share| share > 0.0 && share < 1.0), "{share}");
}

/// Draws a line, tries it first; answers its revision.
async fn draw(operator: &Person) -> u64 {
    let there = operator.get(&format!("{CAMERA}/lines")).await.unwrap();
    let (old, revision) = (there["lines"][0].clone(), there["revision"].as_u64().unwrap());
    assert_eq!(old["id"], "yard", "{there}");
    let line = |id: &Value, name: &Value, points: Value| json!({ "id": id, "name": name, "points": points });
    let new = line(&json!("nua-san"), &json!("Nửa sân"), json!([[0.6, 0.0], [0.6, 1.0]]));
    let kept = line(&old["id"], &old["name"], old["points"].clone());
    let tried = until("ways to try the line on", async || {
        let (status, tried) =
            operator.post(&format!("{CAMERA}/lines/preview"), &json!({ "lines": [new] })).await.unwrap();
        assert!(matches!(status, 200 | 429), "{status}: {tried}");
        let crossed = tried["lines"][0]["in"].as_u64()? + tried["lines"][0]["out"].as_u64()?;
        (crossed > 0).then_some(tried)
    })
    .await;
    assert!(tried["tracks"].as_u64() > Some(0) && tried["since"]["utc"].is_string(), "{tried}");
    let drawn = json!({ "revision": revision, "lines": [kept, new], "reason": "đếm riêng nửa sân" });
    let (status, answer) = operator.send("PUT", &format!("{CAMERA}/lines"), &drawn).await.unwrap();
    assert_eq!((status, answer["revision"].as_u64()), (200, Some(revision + 1)), "{answer}");
    let (status, told) = operator.send("PUT", &format!("{CAMERA}/lines"), &drawn).await.unwrap();
    assert_eq!((status, &told["error"]["code"]), (409, &json!("revision_changed")));
    until("the node to say that it has the new lines", async || {
        let there = operator.get(&format!("{CAMERA}/lines")).await.unwrap();
        (there["node_revision"].as_u64() == Some(revision + 1)).then_some(())
    })
    .await;
    // The way was walked before the lines changed, and is still remembered.
    let (status, tried) = until("the lines to be tried again", async || {
        let answer = operator.post(&format!("{CAMERA}/lines/preview"), &json!({ "lines": [new] })).await.unwrap();
        (answer.0 != 429).then_some(answer)
    })
    .await;
    assert!(status == 200 && tried["tracks"].as_u64() > Some(0), "{tried}");
    revision + 1
}

#[tokio::test(flavor = "multi_thread")]
async fn a_camera_is_looked_at_its_cut_is_told_and_a_line_drawn_on_it_counts() {
    let _turn = crate::ONE_STAGE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let choices = Choices { cast: Cast::Hard, ..Choices::default() };
    let mut stage = Stage::put_up(folder.path(), &clips(), &choices, |_| ()).unwrap();
    stage.node.start().unwrap();
    let operator = Person::sign_in(&stage.centre, "van-hanh-mau", &["tourism:operator"]).await.unwrap();
    let guard = Person::sign_in(&stage.centre, "bao-ve-mau", &["tourism:desk"]).await.unwrap();
    let auditor = Person::sign_in(&stage.centre, "kiem-tra-mau", &["tourism:auditor"]).await.unwrap();
    let clerk = Person::sign_in(&stage.centre, "du-lich-mau", &["tourism:tourism"]).await.unwrap();
    until("the camera to be at work", async || {
        let all = operator.get("/api/v1/cameras").await.ok()?;
        let here = |c: &&Value| c["camera"] == "bad" && c["state"] == "online";
        all["items"].as_array()?.iter().find(here).map(|_| ())
    })
    .await;

    pictures(&stage, &operator, &guard, &auditor).await;
    a_cut(&stage, &operator).await;
    draw(&operator).await;
    // The figure walks to and fro; the node's end closes the last minute.
    let decoded = |stage: &Stage| stage.node.summary().and_then(|s| s["cameras"]["bad"]["frames_decoded"].as_u64());
    let begun = decoded(&stage).unwrap_or(0);
    until("the figure to walk to and fro", async || (decoded(&stage)? > begun + 20 * 15).then_some(())).await;
    stage.node.stop().unwrap();
    let now = SystemClock::new().now();
    let (from, to) = (now.plus_us(-30 * MINUTE_US).to_rfc3339(), now.plus_us(MINUTE_US).to_rfc3339());
    let path = format!("/api/v1/counts?site=chi-lang&camera=bad&line=nua-san&from={from}&to={to}&step=minute");
    let counted = clerk.get(&path).await.unwrap();
    let buckets = counted["lines"][0]["buckets"].as_array().unwrap();
    let crossed: u64 = buckets.iter().flat_map(|b| [b["in"].as_u64(), b["out"].as_u64()]).flatten().sum();
    assert!(crossed > 0, "{counted}");
    stage.take_down().unwrap();
}
