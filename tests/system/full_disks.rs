//! Full disks under the running chain: the node's below its first and its second reserve, and the centre's down to the
//! last byte. What was made before is not lost, what cannot be made is told, and with room again everything goes on.

use std::time::Duration;

use serde_json::Value;
use stage::cast::Cast;
use stage::checkout::clips;
use stage::person::Person;
use stage::process::{pause, until};
use stage::set::{Choices, Stage};
use stage::verdict::{CentreLedger, NodeLedger, ledgers};

const PATIENCE: Duration = Duration::from_secs(45);
const MIB: u64 = 1 << 20;

fn put_up(folder: &std::path::Path, choices: Choices) -> Stage {
    let mut stage = Stage::put_up(folder, &clips(), &choices, |_| ()).unwrap();
    stage.node.start().unwrap();
    stage
}

/// Waits until the node has made so many more events.
fn goes_on(stage: &mut Stage, more: u64) -> NodeLedger {
    let before = until("the node's account", PATIENCE, || Ok(stage.node.ledger())).unwrap().events;
    until("the node to make events", PATIENCE, || {
        stage.check_alive()?;
        Ok(stage.node.ledger().filter(|l| l.events >= before + more))
    })
    .unwrap()
}

/// The cameras go, everything open is closed and told; then the two accounts are compared.
fn everything_arrived(stage: &mut Stage) -> (NodeLedger, CentreLedger) {
    stage.cameras.tell("rush refuse").unwrap();
    let account = |stage: &Stage| stage.node.ledger().filter(|l| l.passages_open == 0 && l.unacknowledged == 0);
    let (node, centre) = until("all passages to end and all events to be taken", PATIENCE, || {
        let Some(node) = account(stage) else { return Ok(None) };
        let centre: CentreLedger = serde_json::from_str(&stage.centre.command(&["ledger", "--json"])?)?;
        // The two are compared only if nothing was made between them.
        Ok(account(stage).filter(|now| now.events == node.events).map(|now| (now, centre)))
    })
    .unwrap();
    let mut shortfalls = Vec::new();
    let (lost, duplicates) = ledgers(&node, &centre, &mut shortfalls);
    let quarantine = &centre.quarantine;
    assert!(shortfalls.is_empty() && lost == 0 && duplicates == 0, "{shortfalls:#?}, in quarantine: {quarantine:?}");
    (node, centre)
}

/// How the node's disk is, as the centre's operator sees it.
async fn seen_above(operator: &Person, disk: &str) -> Value {
    let deadline = std::time::Instant::now() + PATIENCE;
    loop {
        let nodes = operator.get("/api/v1/nodes").await.unwrap();
        let machine = nodes["items"][0]["birth"]["machine"].clone();
        if machine["disk"] == disk {
            return machine;
        }
        assert!(std::time::Instant::now() < deadline, "the disk is not {disk}: {nodes:#}");
        pause();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_on_the_node_is_told_above_and_loses_nothing_that_was_made() {
    let _turn = crate::ONE_STAGE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let choices = Choices {
        cast: Cast::Rush,
        node_disk_mib: Some(96),
        node_extra: "\n[disk]\npictures_mib = 32\nevents_mib = 16\nreserve_mib = 2\n".to_owned(),
        ..Choices::default()
    };
    let mut stage = put_up(folder.path(), choices);
    let operator = Person::sign_in(&stage.centre, "van-hanh-mau", &["traffic-police:operator"]).await.unwrap();
    let (disk, id) = (stage.node.disk().unwrap(), stage.node.id().unwrap());
    goes_on(&mut stage, 20);
    seen_above(&operator, "roomy").await;

    disk.fill(id, 24 * MIB).unwrap();
    let told = seen_above(&operator, "no_pictures").await;
    assert!(told["words"][0].as_str().unwrap().contains("không lưu ảnh"), "{told}");
    goes_on(&mut stage, 20);

    disk.fill(id, 8 * MIB).unwrap();
    seen_above(&operator, "no_events").await;
    // Nothing new is begun while the cameras go on, for as long as that takes on this machine.
    let began = |l: &NodeLedger| l.by_kind.get("pass").and_then(|states| states.get("new")).copied().unwrap_or(0);
    let account = |stage: &Stage| until("the node's account", PATIENCE, || Ok(stage.node.ledger())).unwrap();
    let began_before = began(&account(&stage));
    let figure = |stage: &Stage| {
        stage.node.summary().unwrap_or_default()["cameras"]["rush-1"]["frames_decoded"].as_u64().unwrap_or(0)
    };
    let before = figure(&stage);
    until("cameras to go on", PATIENCE, || Ok((figure(&stage) > before + 60).then_some(()))).unwrap();
    assert_eq!(began(&account(&stage)), began_before, "a passage was begun on a full disk");
    // What was begun is still ended. In an endless rush one passage may go on for as long as it likes (behind in its work, a
    // machine follows one vehicle after the other as one), so the street is cleared.
    stage.cameras.tell("rush refuse").unwrap();
    until("open passages to end", PATIENCE, || Ok(stage.node.ledger().filter(|l| l.passages_open == 0))).unwrap();
    assert_eq!(seen_above(&operator, "no_events").await["disk"], "no_events", "they ended on a full disk");

    disk.empty(id).unwrap();
    seen_above(&operator, "roomy").await;
    stage.cameras.tell("rush normal").unwrap();
    goes_on(&mut stage, 20);
    let (node, _) = everything_arrived(&mut stage);
    assert!(began(&node) > began_before);
    stage.take_down().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_at_the_centre_keeps_events_on_the_node_until_there_is_room() {
    let _turn = crate::ONE_STAGE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let choices = Choices {
        cast: Cast::Rush,
        centre_disk_mib: Some(128),
        node_extra: "\n[centre]\nresend_after_s = 2\n".to_owned(),
        ..Choices::default()
    };
    let mut stage = put_up(folder.path(), choices);
    goes_on(&mut stage, 20);
    let (disk, id) = (stage.centre.disk().unwrap(), stage.centre.id().unwrap());
    disk.fill(id, 0).unwrap();
    until("events to wait on the node", PATIENCE, || {
        stage.check_alive()?;
        Ok(stage.node.ledger().filter(|l| l.unacknowledged >= 100).map(drop))
    })
    .unwrap();
    disk.empty(id).unwrap();
    let (node, centre) = everything_arrived(&mut stage);
    assert!(node.events >= 120 && centre.quarantine.is_empty(), "{:?}", centre.quarantine);
    stage.take_down().unwrap();
}
