//! Accidents on the whole chain: every process is killed with -9 again and again at seeded moments while events are on
//! their way, the network is cut; at the end every event that was made is in the centre once, every passage has one final.

use std::time::Duration;

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use stage::cast::Cast;
use stage::checkout::clips;
use stage::database::Postgres;
use stage::network::{Network, Weather};
use stage::process::{free_port, until};
use stage::set::{Choices, Stage};
use stage::verdict::{ledgers, read_ledgers};

/// `kill -9` of a process, each with something in flight.
const KILLS: usize = 20;
/// Cuts of the network besides; the last of them is a silent one: connections stay, nothing passes.
const CUTS: usize = 4;
/// The storm goes on until so many events were made.
const EVENTS: u64 = 1_000;
const PATIENCE: Duration = Duration::from_secs(60);

/// Who is hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hit {
    Node,
    Broker,
    Centre,
    /// PostgreSQL, where there is one.
    Store,
    Network(Weather),
}

/// Waits until something is on its way: made, and not known to be stored. A hit counts only then.
fn something_in_flight(stage: &mut Stage) {
    until("something to be in flight", PATIENCE, || {
        stage.check_alive()?;
        Ok(stage.node.ledger().filter(|l| l.unacknowledged > 0).map(drop))
    })
    .unwrap();
}

fn strike(hit: Hit, stage: &mut Stage, network: &Network, postgres: Option<&Postgres>) {
    match (hit, postgres) {
        (Hit::Node, _) => {
            stage.node.kill().unwrap();
            stage.node.start().unwrap();
        }
        (Hit::Broker, _) => {
            stage.broker.kill().unwrap();
            stage.broker.start_again().unwrap();
        }
        (Hit::Centre, _) => {
            stage.centre.kill().unwrap();
            stage.centre.start().unwrap();
        }
        (Hit::Store, None) => unreachable!("SQLite has no process of its own"),
        (Hit::Network(weather), _) => {
            network.set(weather);
            let before = stage.node.ledger().unwrap().events;
            until("events to be made while the network is cut", PATIENCE, || {
                Ok(stage.node.ledger().filter(|l| l.events > before + 5).map(drop))
            })
            .unwrap();
            network.set(Weather::Fair);
        }
        (Hit::Store, Some(postgres)) => {
            postgres.kill().unwrap();
            let before = stage.node.ledger().unwrap().events;
            until("events to be made while the store is away", PATIENCE, || {
                Ok(stage.node.ledger().filter(|l| l.events > before + 5).map(drop))
            })
            .unwrap();
            postgres.start_again().unwrap();
        }
    }
}

/// Runs the storm; `seed` decides who is hit when, and everybody is hit at least four times.
async fn storm(postgres: Option<Postgres>, seed: u64) {
    let folder = tempfile::tempdir().unwrap();
    let broker_port = free_port().unwrap();
    let network = Network::to(broker_port).await.unwrap();
    // Every piece waits a little each way, so that something is in flight at almost every moment.
    network.delay(Duration::from_millis(150));
    let choices = Choices {
        cast: Cast::Rush,
        store: postgres.as_ref().map(|p| p.url().to_owned()),
        broker_port: Some(broker_port),
        node_broker_port: Some(network.port()),
        node_extra: "\n[centre]\nresend_after_s = 2\n".to_owned(),
        ..Choices::default()
    };
    let dir = folder.path().to_owned();
    let mut stage = Stage::put_up(&dir, &clips(), &choices, |_| ()).unwrap();
    stage.node.start().unwrap();
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut everybody = vec![Hit::Node, Hit::Broker, Hit::Centre];
    everybody.extend(postgres.is_some().then_some(Hit::Store));
    let mut hits: Vec<Hit> = everybody.iter().flat_map(|hit| [*hit; 4]).collect();
    while hits.len() < KILLS {
        hits.push(everybody[random.random_range(0..everybody.len())]);
    }
    hits.extend([Hit::Network(Weather::Cut); CUTS - 1]);
    hits.push(Hit::Network(Weather::Silent));
    let mut made = 0;
    for left in (1..=KILLS + CUTS).rev() {
        let hit = hits.swap_remove(random.random_range(0..hits.len()));
        // Hits are spread over the events that are still wanted, at a seeded moment within each share.
        let share = EVENTS.saturating_sub(made) / left as u64;
        let moment = made + random.random_range(0..=share);
        until("enough events for the next hit", PATIENCE, || {
            stage.check_alive()?;
            Ok(stage.node.ledger().filter(|l| l.events >= moment).map(drop))
        })
        .unwrap();
        something_in_flight(&mut stage);
        strike(hit, &mut stage, &network, postgres.as_ref());
        made = stage.node.ledger().map_or(made, |l| l.events);
    }
    until("enough events", Duration::from_secs(240), || {
        stage.check_alive()?;
        Ok(stage.node.ledger().filter(|l| l.events >= EVENTS).map(drop))
    })
    .unwrap();
    network.delay(Duration::ZERO);
    stage.node.stop().unwrap();
    if !stage.node.ledger().unwrap().all_is_said() {
        // The last hit may have come just before the end: the next start says the rest.
        stage.cameras.tell("rush refuse").unwrap();
        stage.node.start().unwrap();
        until("the rest to be said", PATIENCE, || Ok(stage.node.ledger().filter(|l| l.all_is_said()).map(drop)))
            .unwrap();
    }
    stage.take_down().unwrap();
    let (node, centre) = read_ledgers(&dir).unwrap();
    let mut shortfalls = Vec::new();
    let (lost, duplicates) = ledgers(&node, &centre, &mut shortfalls);
    eprintln!("{KILLS} kills, {CUTS} cuts, {} events made, lost {lost}, duplicates {duplicates}", node.events);
    assert!(shortfalls.is_empty() && lost == 0 && duplicates == 0, "{shortfalls:#?}");
    assert!(centre.quarantine.is_empty(), "{:?}", centre.quarantine);
    let pictures = centre.evidence.get("stored").copied().unwrap_or(0);
    assert!(pictures > 0 && centre.evidence.len() == 1, "pictures on their way were lost: {:?}", centre.evidence);
    assert!(node.events >= EVENTS, "only {} events", node.events);
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_and_cuts_lose_and_double_nothing_on_sqlite() {
    let _turn = crate::ONE_STAGE.lock().await;
    storm(None, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_and_cuts_lose_and_double_nothing_on_postgresql_which_is_killed_too() {
    let _turn = crate::ONE_STAGE.lock().await;
    let folder = crate::open_folder();
    storm(Some(Postgres::start(folder.path()).unwrap()), 2).await;
}
