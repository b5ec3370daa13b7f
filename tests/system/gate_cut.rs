//! The gate goes on alone: with broker and centre away, staff walk in by the gallery the node holds, and what happened
//! meanwhile arrives above once each. (Everybody else needs a guard, and a guard needs the centre: docs/roadmap.md, *Gate*.)

use std::time::Duration;

use contract::clock::{Clock as _, SystemClock};
use stage::checkout::clips;
use stage::process::{eventually, until};
use stage::set::{Choices, Stage};
use stage::verdict::{ledgers, read_ledgers};

/// The clip with two visits of the enrolled person lasts 66 s.
const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::test(flavor = "multi_thread")]
async fn staff_walk_in_while_the_line_is_cut_and_what_happened_arrives_once_each() {
    let _turn = crate::ONE_STAGE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let choices = Choices { once: true, ..Choices::default() };
    let mut stage = Stage::put_up(&folder.path().join("run"), &clips(), &choices, |_| ()).unwrap();
    if stage.person.is_none() {
        eprintln!("not run: the sample gate without its centre: the portrait is not at hand (run models/pull)");
        return;
    }
    stage.node.start().unwrap();
    opened(&mut stage, 1).await;
    stage.broker.kill().unwrap();
    stage.centre.kill().unwrap();
    let cut = SystemClock::new().now();
    opened(&mut stage, 2).await;
    let mended = SystemClock::new().now();
    stage.centre.start().unwrap();
    stage.broker.start_again().unwrap();
    let cameras = stage.truths.len();
    until("the clips to end and everything to be said", PATIENCE, || {
        stage.check_alive()?;
        let over = stage.node.cameras_over(cameras);
        Ok(stage.node.ledger().filter(|l| over && l.all_is_said()).map(drop))
    })
    .unwrap();
    let dir = stage.dir().to_owned();
    stage.take_down().unwrap();

    let (node, centre) = read_ledgers(&dir).unwrap();
    let mut shortfalls = Vec::new();
    assert_eq!(ledgers(&node, &centre, &mut shortfalls), (0, 0), "{shortfalls:#?}");
    let let_in: Vec<i64> = centre
        .arrivals
        .iter()
        .filter(|a| a.camera == "gate-1" && a.verdict.as_deref() == Some("admit") && a.opened)
        .map(|a| a.first_seen)
        .collect();
    assert_eq!(let_in.len(), 2, "{:?}", centre.arrivals);
    assert_eq!(let_in.iter().filter(|at| (cut.0..mended.0).contains(*at)).count(), 1, "{let_in:?}, cut at {cut:?}");
}

async fn opened(stage: &mut Stage, times: u64) {
    eventually("the door of gate-1 to be opened", PATIENCE, async || {
        stage.node.check_alive()?;
        Ok((stage.node.doors_opened(Some("gate-1")).await >= times).then_some(()))
    })
    .await
    .unwrap();
}
