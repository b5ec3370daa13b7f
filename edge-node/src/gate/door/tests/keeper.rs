//! Fail-safe doors: held by renewal, let go by the device itself when nobody renews, and never shut on somebody who was
//! just let in.

use super::super::{Door, DoorSettings, ReleaseOrder, SimulatedAct, SimulatedBehaviour, SimulatedWhat, Simulator};
use super::super::{SimulatorSettings, keeper};
use super::*;

/// A fail-safe simulator whose holds run out after a second, its keeper, and what ends it.
fn held(clock: &Arc<dyn Clock>) -> (Arc<Door>, Simulator, CancellationToken, tokio::task::JoinHandle<()>) {
    let text = "name = \"d\"\ntitle = \"Cửa\"\nkind = \"simulator\"\nfails = \"safe\"\nhold_s = 1\npulse_ms = 900";
    let settings: DoorSettings = serde_json::from_value(settings::parse(text).unwrap()).unwrap();
    let simulator = Simulator::new(SimulatorSettings::default(), clock.clone());
    let door = Arc::new(Door::new(&settings, Box::new(simulator.clone()), clock.clone()));
    let stop = CancellationToken::new();
    let keeper = tokio::spawn(keeper::keep(door.clone(), stop.clone()));
    (door, simulator, stop, keeper)
}

fn holds(acts: &[SimulatedAct]) -> Vec<i64> {
    let is_hold = |act: &&SimulatedAct| matches!(act.what, SimulatedWhat::Held { hold_s: 1 });
    acts.iter().filter(is_hold).map(|act| act.at_us).collect()
}

#[tokio::test]
async fn a_hold_is_renewed_before_it_runs_out_and_a_node_that_ends_says_nothing() {
    let clock = clock();
    let (_door, simulator, stop, keeper) = held(&clock);
    until("five holds", || holds(&simulator.acts()).len() >= 5).await;
    let times = holds(&simulator.acts());
    assert!(times.windows(2).all(|pair| pair[1] - pair[0] < 1_000_000), "{times:?}");
    stop.cancel();
    tokio::time::timeout(SOON, keeper).await.unwrap().unwrap();
    let last = simulator.acts().len();
    // Longer than two renewals: had one been left over, it would have come by now.
    let end = clock.monotonic_us() + 700_000;
    until("the time of two renewals", || clock.monotonic_us() > end).await;
    assert_eq!(simulator.acts().len(), last);
    assert!(simulator.acts().iter().all(|act| matches!(act.what, SimulatedWhat::Held { .. })));
}

#[tokio::test]
async fn a_door_that_was_opened_is_not_held_again_before_its_pulse_is_over() {
    let clock = clock();
    let (door, simulator, stop, _keeper) = held(&clock);
    until("the first hold", || !simulator.acts().is_empty()).await;
    door.open(order(&clock)).await.unwrap();
    let opened = simulator.acts().iter().find(|act| act.what == SimulatedWhat::Opened { pulse_ms: 900 }).unwrap().at_us;
    until("a hold after it", || holds(&simulator.acts()).iter().any(|at| *at > opened)).await;
    let next = holds(&simulator.acts()).into_iter().find(|at| *at > opened).unwrap();
    assert!(next - opened >= 900_000 && next - opened < 1_800_000, "{}", next - opened);
    stop.cancel();
}

#[tokio::test]
async fn a_released_door_stays_released_until_it_is_held_again() {
    let clock = clock();
    let (door, simulator, stop, _keeper) = held(&clock);
    until("the first hold", || !simulator.acts().is_empty()).await;
    door.release(ReleaseOrder::until(clock.monotonic_us() + 1_000_000)).await.unwrap();
    let end = clock.monotonic_us() + 700_000;
    until("the time of two renewals", || clock.monotonic_us() > end).await;
    assert_eq!(simulator.acts().last().unwrap().what, SimulatedWhat::Released);
    // Also when the device does not hear of it, nothing holds the door.
    simulator.behave(SimulatorSettings { behaviour: SimulatedBehaviour::Refuses, delay_ms: 0 });
    door.hold_again();
    door.release(ReleaseOrder::until(clock.monotonic_us() + 1_000_000)).await.unwrap_err();
    simulator.behave(SimulatorSettings::default());
    let (count, end) = (simulator.acts().len(), clock.monotonic_us() + 700_000);
    until("the time of two renewals", || clock.monotonic_us() > end).await;
    assert_eq!(simulator.acts().len(), count);
    door.hold_again();
    until("a hold", || matches!(simulator.acts().last().unwrap().what, SimulatedWhat::Held { .. })).await;
    stop.cancel();
}
