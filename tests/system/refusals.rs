//! What is refused, said in words: settings with faults, and messages nobody should believe, through the programs a user
//! runs.

use std::process::Command;
use std::time::Duration;

use contract::downlink::Verdict;
use contract::event::{Body, MAX_ENVELOPE_BYTES};
use contract::ids::{IdSource as _, LogId, SystemIds};
use rumqttc::v5::mqttbytes::v5::PubAckReason;
use stage::broker::Broker;
use stage::centre::{Centre, CentreSettings};
use stage::checkout::program;
use stage::process::{free_port, until};
use stage::stand_in::{Letter, StandIn};

#[test]
fn check_config_names_seven_faults_of_seven_kinds_in_one_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("edge-node.toml");
    let text = r#"
data_dir = "data"
colour = "blue"
[models]
reads_per_second = "fast"
[centre]
window = 9000
[secrets]
gate = { file = "no-such-file" }
[[cameras]]
name = "road-1"
title = "Đường 1"
controller = "traffic-police"
purpose = "traffic"
uri = "rtsp://10.0.0.5/a"
[[cameras]]
name = "road-1"
title = "Cổng"
controller = "people-committee"
purpose = "face_access"
uri = "rtsp://10.0.0.6/a"
[[lines]]
name = "gate"
camera = "road-9"
title = "Vạch"
counts = "vehicles"
segment = { a = { x = 0.1, y = 0.5 }, b = { x = 0.9, y = 0.5 } }
"#;
    std::fs::write(&path, text).unwrap();
    let out =
        Command::new(program("edge-node").unwrap()).arg("check-config").arg("--config").arg(&path).output().unwrap();
    assert!(!out.status.success());
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    for key in [
        "colour:",
        "models.reads_per_second:",
        "centre.window:",
        "secrets.gate.file:",
        "cameras[1].name:",
        "lines[0].camera:",
        "cameras[1].sign:",
        "cameras[1].legal_basis:",
    ] {
        assert!(said.contains(key), "{key} is missing in:\n{said}");
    }
}

#[test]
fn a_node_without_an_identity_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("edge-node.toml");
    std::fs::write(&path, "data_dir = \"data\"\n").unwrap();
    let out = Command::new(program("edge-node").unwrap()).arg("run").arg("--config").arg(&path).output().unwrap();
    assert!(!out.status.success());
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(said.contains("edge-node enrol"), "{said}");
}

/// What the centre holds, but for its quarantine.
fn holdings(centre: &Centre) -> (serde_json::Value, serde_json::Value) {
    let mut report: serde_json::Value = serde_json::from_str(&centre.command(&["ledger", "--json"]).unwrap()).unwrap();
    let quarantine = report["quarantine"].take();
    for node in report["nodes"].as_array_mut().unwrap() {
        for ledger in node["ledgers"].as_array_mut().unwrap() {
            // Numbers set apart are accounted for there, and nowhere else.
            for accounted in ["ranges", "last_seq", "quarantined", "gaps"] {
                ledger[accounted].take();
            }
        }
    }
    (report, quarantine)
}

/// Waits until the quarantine holds so many messages of this reason.
fn kept_apart(centre: &Centre, reason: &str, count: u64) {
    until(&format!("{count} × {reason} in quarantine"), Duration::from_secs(20), || {
        Ok((holdings(centre).1[reason].as_u64() == Some(count)).then_some(()))
    })
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_nobody_should_believe_are_kept_apart_acknowledged_and_change_nothing_else() {
    let _turn = crate::ONE_STAGE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let broker_port = free_port().unwrap();
    let mut centre = Centre::prepare(CentreSettings {
        dir: dir.join("central"),
        store: None,
        people_port: free_port().unwrap(),
        nodes_port: free_port().unwrap(),
        telemetry_port: free_port().unwrap(),
        broker_port,
        disk_mib: None,
        province: None,
    })
    .unwrap();
    let _broker = Broker::start(&dir.join("broker"), &centre.broker_files(), broker_port).unwrap();
    centre.start().unwrap();
    let mut node = StandIn::enrol(&centre, "road/node-1", "traffic-police", &dir.join("one")).await.unwrap();
    let mut neighbour = StandIn::enrol(&centre, "road/node-2", "traffic-police", &dir.join("two")).await.unwrap();
    let ids = SystemIds::new();
    let now = node.event("pass", LogId(uuid::Uuid::nil()), 1).unwrap().captured.captured_at;
    let (log, foreign_log) = (LogId(ids.next(now)), LogId(ids.next(now)));

    let good = node.event("pass", log, 1).unwrap();
    let letter = node.letter(&good).unwrap();
    assert_eq!(node.send(letter).await.unwrap(), PubAckReason::Success);
    assert_eq!(node.verdict(log, 1).await.unwrap(), Verdict::Stored);
    let before = holdings(&centre).0;

    // Each with the reason it is kept apart for, and its place where it names one.
    let topic = node.letter(&good).unwrap().topic;
    let mut letters: Vec<(&str, Option<u64>, Letter)> = Vec::new();
    letters.push(("malformed", None, node.signed(topic.clone(), b"{\"schema\":\"chilang".to_vec()).unwrap()));
    let mut value = serde_json::to_value(node.event("pass", log, 2).unwrap()).unwrap();
    value["schema"] = "chilang.event/9".into();
    letters.push(("unknown_schema", Some(2), node.signed(topic.clone(), value.to_string().into_bytes()).unwrap()));
    let mut large = serde_json::to_vec(&node.event("pass", log, 3).unwrap()).unwrap();
    large.resize(MAX_ENVELOPE_BYTES + 1, b' ');
    letters.push(("oversized", Some(3), node.signed(topic.clone(), large).unwrap()));
    let mut forged = node.letter(&node.event("pass", log, 4).unwrap()).unwrap();
    forged.signature = neighbour.letter(&node.event("pass", log, 4).unwrap()).unwrap().signature;
    letters.push(("unknown_key", Some(4), forged));
    let mut altered = node.letter(&node.event("pass", log, 5).unwrap()).unwrap();
    let text = String::from_utf8(altered.bytes).unwrap();
    let changed = text.replacen("\"first_seen\":1", "\"first_seen\":2", 1);
    assert_ne!(text, changed);
    altered.bytes = changed.into_bytes();
    letters.push(("bad_signature", Some(5), altered));
    let mut bare = node.letter(&node.event("pass", log, 6).unwrap()).unwrap();
    bare.signature = None;
    letters.push(("no_signature", Some(6), bare));
    let mut absurd = node.event("pass", log, 7).unwrap();
    if let Body::Pass(body) = &mut absurd.body {
        body.last_seen.0 = i64::MAX;
    }
    letters.push(("contradiction", Some(7), node.letter(&absurd).unwrap()));
    let mut customs = node.event("pass", log, 8).unwrap();
    customs.controller = "customs".parse().unwrap();
    letters.push(("foreign_controller", Some(8), node.letter(&customs).unwrap()));
    // The neighbour's words on one's own topic: nothing is acknowledged in the neighbour's ledger.
    let theirs = neighbour.event("pass", foreign_log, 9).unwrap();
    letters.push(("foreign_prefix", None, node.signed(topic.clone(), theirs.to_bytes()).unwrap()));
    for (reason, place, letter) in letters {
        assert_eq!(node.send(letter).await.unwrap(), PubAckReason::Success, "{reason}");
        if let Some(seq) = place {
            assert_eq!(node.verdict(log, seq).await.unwrap(), Verdict::Quarantined(reason.to_owned()), "place {seq}");
        }
        kept_apart(&centre, reason, 1);
        assert_eq!(holdings(&centre).0, before, "{reason}");
    }
    // On the neighbour's own topic the broker takes nothing from this node.
    let stolen = node.signed(neighbour.letter(&theirs).unwrap().topic, theirs.to_bytes()).unwrap();
    assert_eq!(node.send(stolen).await.unwrap(), PubAckReason::NotAuthorized);
    assert_eq!(holdings(&centre).0, before);

    // The neighbour is unharmed, and so is what this node says next.
    let letter = neighbour.letter(&neighbour.event("pass", foreign_log, 1).unwrap()).unwrap();
    neighbour.send(letter).await.unwrap();
    assert_eq!(neighbour.verdict(foreign_log, 1).await.unwrap(), Verdict::Stored);
    let letter = node.letter(&node.event("pass", log, 9).unwrap()).unwrap();
    node.send(letter).await.unwrap();
    assert_eq!(node.verdict(log, 9).await.unwrap(), Verdict::Stored);

    // Once revoked, its words are kept apart even over the connection it still has.
    centre.command(&["node", "revoke", "road/node-1"]).unwrap();
    let mut seq = 10;
    let mut before;
    let told = loop {
        before = holdings(&centre).0;
        let letter = node.letter(&node.event("pass", log, seq).unwrap()).unwrap();
        node.send(letter).await.unwrap();
        match node.verdict(log, seq).await.unwrap() {
            // The centre looks every few seconds whom another process has revoked.
            Verdict::Stored if seq < 10_000 => seq += 1,
            told => break told,
        }
    };
    assert_eq!(told, Verdict::Quarantined("revoked".to_owned()));
    kept_apart(&centre, "revoked", 1);
    assert_eq!(holdings(&centre).0, before);
}
