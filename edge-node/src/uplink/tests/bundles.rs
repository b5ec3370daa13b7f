//! Bundles: whole or not at all, never back, the last good one kept.

use std::path::Path;
use std::sync::Arc;

use contract::bundle::{
    BundleDocument, BundleError, BundleKind, CameraSpec, CamerasContent, LineCounts, LineSpec, Purpose, RulesContent,
    SignedBundle, Transport,
};
use contract::clock::{ManualClock, UtcMicros};
use contract::geometry::{Point, Segment};
use contract::signature::SigningKey;

use crate::uplink::{BundleKeeper, BundleKeeperError, BundleSet};

fn key() -> SigningKey {
    SigningKey::from_seed([8; 32])
}

/// Rules may only name cameras that exist.
fn check(cameras: &CamerasContent, rules: &RulesContent) -> Result<(), String> {
    let known = |line: &LineSpec| cameras.cameras.iter().any(|c| c.name == line.camera);
    if rules.lines.iter().all(known) { Ok(()) } else { Err("a line without its camera".to_owned()) }
}

fn keeper(dir: &Path, now: i64) -> BundleKeeper {
    let node = "square/node-1".parse().unwrap();
    let clock = Arc::new(ManualClock::at(UtcMicros(now)));
    let public = key().public_key().to_vec();
    BundleKeeper::open(dir, node, public, Box::new(check), clock).unwrap()
}

fn bundle(kind: BundleKind, revision: u64, content: serde_json::Value) -> (BundleKind, SignedBundle) {
    let document = BundleDocument {
        kind,
        scope: "square/node-1".parse().unwrap(),
        revision,
        not_before: UtcMicros(10),
        not_after: UtcMicros(1000),
        content,
    };
    (kind, SignedBundle::sign(&document, &key()))
}

fn cameras(revision: u64, names: &[&str]) -> (BundleKind, SignedBundle) {
    let spec = |name: &&str| CameraSpec {
        name: name.parse().unwrap(),
        title: "x".to_owned(),
        controller: "tourism".parse().unwrap(),
        purpose: Purpose::PeopleCounting,
        uri: "test:".to_owned(),
        credential: None,
        transport: Transport::Tcp,
        latency_ms: 200,
        decoder: "auto".to_owned(),
        analysed_fps: 5,
        view_revision: 0,
        legal_basis: None,
        sign: None,
    };
    let content = CamerasContent { cameras: names.iter().map(spec).collect() };
    bundle(BundleKind::Cameras, revision, serde_json::to_value(content).unwrap())
}

fn rules(revision: u64, cameras: &[&str]) -> (BundleKind, SignedBundle) {
    let line = |camera: &&str| LineSpec {
        name: "a".parse().unwrap(),
        camera: camera.parse().unwrap(),
        title: "x".to_owned(),
        counts: LineCounts::Persons,
        segment: Segment { a: Point::new(0.0, 0.5), b: Point::new(1.0, 0.5) },
    };
    let content = RulesContent { lines: cameras.iter().map(line).collect(), ..RulesContent::default() };
    bundle(BundleKind::Rules, revision, serde_json::to_value(content).unwrap())
}

fn revisions(set: &BundleSet) -> Vec<(BundleKind, u64)> {
    set.revisions.iter().map(|(kind, revision)| (*kind, *revision)).collect()
}

#[tokio::test]
async fn cameras_and_rules_that_fit_together_come_into_force_together_and_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    let keeper = keeper(dir.path(), 20);
    let mut watch = keeper.watch();
    // In the order in which rules come first, they fit only together with their cameras.
    let answers = keeper.apply(vec![rules(3, &["c1"]), cameras(2, &["c1"])]).await;
    assert!(answers.iter().all(|(_, answer)| answer.is_ok()), "{answers:?}");
    assert!(watch.has_changed().unwrap());
    let set = watch.borrow_and_update().clone();
    assert_eq!(revisions(&set), [(BundleKind::Cameras, 2), (BundleKind::Rules, 3)]);

    // After its time it is still in force: the edge goes on alone.
    let later = super::bundles::keeper(dir.path(), 5000);
    assert_eq!(*later.watch().borrow(), set);
}

#[tokio::test]
async fn an_older_a_foreign_and_a_contradictory_bundle_change_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let keeper = keeper(dir.path(), 20);
    keeper.apply(vec![cameras(5, &["c1"]), rules(5, &["c1"])]).await;
    let before = keeper.watch().borrow().clone();
    let mut forged = cameras(9, &["c2"]);
    forged.1.signature = SignedBundle::sign(
        &serde_json::from_value(serde_json::json!({
            "kind": "cameras", "scope": {"site": "square", "node": "node-1"}, "revision": 9,
            "not_before": 10, "not_after": 1000, "content": {"cameras": []}
        }))
        .unwrap(),
        &SigningKey::from_seed([1; 32]),
    )
    .signature;
    let garbled = bundle(BundleKind::Cameras, 9, serde_json::json!({ "cameras": [{ "name": 5 }] }));
    for (offered, expected) in [
        (cameras(5, &["c2"]), "not newer"),
        (cameras(4, &["c2"]), "not newer"),
        (forged, "signature"),
        (garbled, "content"),
        (rules(6, &["c7"]), "faults"),
        (cameras(6, &["c7"]), "faults"),
    ] {
        let answers = keeper.apply(vec![offered]).await;
        let told = match answers[0].1.as_ref().unwrap_err() {
            BundleKeeperError::Refused { source: BundleError::NotNewer { .. }, .. } => "not newer",
            BundleKeeperError::Refused { source: BundleError::Signature(_), .. } => "signature",
            BundleKeeperError::Content { .. } => "content",
            BundleKeeperError::Faults { .. } => "faults",
            other => panic!("{other}"),
        };
        assert_eq!(told, expected);
        assert_eq!(*keeper.watch().borrow(), before);
    }
}

#[tokio::test]
async fn of_two_bundles_the_good_one_comes_into_force_alone() {
    let dir = tempfile::tempdir().unwrap();
    let keeper = keeper(dir.path(), 20);
    let answers = keeper.apply(vec![cameras(1, &["c1"]), rules(1, &["c9"])]).await;
    assert!(answers[0].1.is_ok() && answers[1].1.is_err(), "{answers:?}");
    assert_eq!(revisions(&keeper.watch().borrow()), [(BundleKind::Cameras, 1)]);
}

#[tokio::test]
async fn a_damaged_kept_bundle_is_left_out_until_a_new_one_comes() {
    let dir = tempfile::tempdir().unwrap();
    keeper(dir.path(), 20).apply(vec![cameras(5, &["c1"])]).await;
    std::fs::write(dir.path().join("cameras.json"), b"{\"document\":").unwrap();
    let reopened = keeper(dir.path(), 20);
    assert_eq!(reopened.watch().borrow().cameras, None);
    assert!(reopened.apply(vec![cameras(6, &["c1"])]).await[0].1.is_ok());
}
