//! Accidents on the whole chain: every process is killed with -9 again and again at seeded moments while events are on
//! their way, the network is cut; at the end every event that was made is in the centre once, every passage has one final.

use std::time::Duration;

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use stage::checkout::clips;
use stage::network::{Network, Weather};
use stage::process::{free_port, until};
use stage::set::{Choices, Stage};
use stage::verdict::{NodeLedger, ledgers, read_ledgers};

const KILLS: usize = 20;

/// The node's own account; none while its outbox has not been made.
fn node_ledger(stage: &Stage) -> Option<NodeLedger> {
    serde_json::from_str(&stage.node.command(&["ledger"]).ok()?).ok()
}

/// Runs the storm on one store; `seed` decides who is hit when.
async fn storm(store: Option<String>, seed: u64) {
    let _turn = crate::ONE_STAGE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let broker_port = free_port().unwrap();
    let network = Network::to(broker_port).await.unwrap();
    // Every piece waits a little each way, so that something is in flight at almost every moment.
    network.delay(Duration::from_millis(150));
    let choices = Choices {
        store,
        broker_port: Some(broker_port),
        node_broker_port: Some(network.port()),
        node_extra: "\n[centre]\nresend_after_s = 2\n".to_owned(),
        ..Choices::default()
    };
    tokio::task::spawn_blocking(move || {
        let dir = folder.path().to_owned();
        let mut stage = Stage::put_up(&dir, &clips(), &choices, |_| ()).unwrap();
        stage.node.start().unwrap();
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut hit_in_flight = 0;
        for _ in 0..KILLS {
            // A hit counts only with something on its way: made, and not known to be stored.
            until("something to be in flight", Duration::from_secs(60), || {
                stage.check_alive()?;
                Ok(node_ledger(&stage).filter(|l| l.unacknowledged > 0).map(drop))
            })
            .unwrap();
            hit_in_flight += 1;
            match random.random_range(0..4) {
                0 => {
                    stage.node.kill().unwrap();
                    stage.node.start().unwrap();
                }
                1 => {
                    stage.broker.kill().unwrap();
                    stage.broker.start_again().unwrap();
                }
                2 => {
                    stage.centre.kill().unwrap();
                    stage.centre.start().unwrap();
                }
                _ => {
                    network.set(Weather::Cut);
                    let before = node_ledger(&stage).unwrap().events;
                    until("an event to be made while the network is cut", Duration::from_secs(60), || {
                        Ok(node_ledger(&stage).filter(|l| l.events > before).map(drop))
                    })
                    .unwrap();
                    network.set(Weather::Fair);
                }
            }
        }
        assert_eq!(hit_in_flight, KILLS);
        network.delay(Duration::ZERO);
        stage.node.stop().unwrap();
        let left = node_ledger(&stage).unwrap().unacknowledged;
        if left > 0 {
            // The last hit may have come just before the end: the next start says the rest.
            stage.node.start().unwrap();
            until("the rest to be said", Duration::from_secs(60), || {
                Ok(node_ledger(&stage).filter(|l| l.unacknowledged == 0).map(drop))
            })
            .unwrap();
        }
        stage.take_down().unwrap();
        let (node, centre) = read_ledgers(&dir).unwrap();
        let mut shortfalls = Vec::new();
        let (lost, duplicates) = ledgers(&node, &centre, &mut shortfalls);
        eprintln!("{KILLS} hits, {} events made, lost {lost}, duplicates {duplicates}", node.events);
        assert!(shortfalls.is_empty() && lost == 0 && duplicates == 0, "{shortfalls:#?}");
        assert!(centre.quarantine.is_empty(), "{:?}", centre.quarantine);
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_and_cuts_lose_and_double_nothing_on_sqlite() {
    storm(None, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_and_cuts_lose_and_double_nothing_on_postgresql() {
    let server = std::env::var("CHILANG_TEST_POSTGRES")
        .expect("run ./test, which starts PostgreSQL (central/tests/postgres.sh)");
    sqlx::any::install_default_drivers();
    let name = format!("storm_{}", std::process::id());
    let mut admin = <sqlx::AnyConnection as sqlx::Connection>::connect(&server).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await.unwrap();
    let (base, options) = server.split_once('?').map_or((server.as_str(), ""), |(b, o)| (b, o));
    let (host, _) = base.rsplit_once('/').unwrap();
    let options = if options.is_empty() { String::new() } else { format!("?{options}") };
    storm(Some(format!("{host}/{name}{options}")), 2).await;
}
