//! What is true of every door, shown on the simulator.

use std::time::{Duration, Instant};

use contract::clock::ManualClock;

use super::super::{Asked, DenialFeedback, DenyOrder, DoorFeedback, ReleaseOrder, SimulatedBehaviour, SimulatedWhat};
use super::super::{Door, DoorSettings, Simulator, SimulatorSettings};
use super::*;

fn simulated(extra: &str) -> DoorSettings {
    let text = format!("name = \"d\"\ntitle = \"Cửa chính\"\nkind = \"simulator\"\n{extra}");
    serde_json::from_value(settings::parse(&text).unwrap()).unwrap()
}

fn with(behaviour: SimulatedBehaviour, delay_ms: u32) -> SimulatorSettings {
    SimulatorSettings { behaviour, delay_ms }
}

fn made(extra: &str, clock: &Arc<dyn Clock>) -> (Door, Simulator) {
    let settings = simulated(extra);
    let simulator = Simulator::new(SimulatorSettings::default(), clock.clone());
    (Door::new(&settings, Box::new(simulator.clone()), clock.clone()), simulator)
}

#[tokio::test]
async fn a_simulator_says_that_it_is_one_and_remembers_what_happened() {
    let clock = clock();
    let (door, simulator) = made("pulse_ms = 1500", &clock);
    assert_eq!(door.title(), "Cửa chính (mô phỏng)");
    assert_eq!(door.open(order(&clock)).await.unwrap(), DoorFeedback::Opened);
    assert_eq!(door.open(order(&clock).for_pulse_ms(700)).await.unwrap(), DoorFeedback::Opened);
    let until = clock.monotonic_us() + 1_000_000;
    assert_eq!(door.deny(DenyOrder::until(until)).await.unwrap(), DenialFeedback::Told);
    let what: Vec<_> = simulator.acts().iter().map(|act| act.what).collect();
    let opened = |pulse_ms| SimulatedWhat::Opened { pulse_ms };
    assert_eq!(what, [opened(1500), opened(700), SimulatedWhat::Denied]);

    simulator.behave(with(SimulatedBehaviour::WithoutFeedback, 0));
    assert_eq!(door.open(order(&clock)).await.unwrap(), DoorFeedback::Accepted);
    simulator.behave(with(SimulatedBehaviour::Refuses, 0));
    let refused = door.open(order(&clock)).await.unwrap_err();
    assert_eq!(short(&refused), ("refused", false));
    assert_eq!((refused.to_string().as_str(), refused.asked), ("opening door d failed", Asked::Open));
}

#[tokio::test]
async fn silence_ends_with_the_time_out_and_says_that_the_door_may_be_open() {
    let clock = clock();
    let (door, simulator) = made("timeout_ms = 200", &clock);
    simulator.behave(with(SimulatedBehaviour::Silent, 0));
    let began = Instant::now();
    let error = door.open(order(&clock)).await.unwrap_err();
    assert_eq!(short(&error), ("timed_out", true));
    assert!(began.elapsed() >= Duration::from_millis(200) && began.elapsed() < Duration::from_secs(2));
    // The door is free again.
    simulator.behave(with(SimulatedBehaviour::Prompt, 0));
    assert!(door.open(order(&clock)).await.is_ok());
}

#[tokio::test]
async fn an_order_after_its_deadline_never_comes_to_the_device() {
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(UtcMicros(0)));
    let (door, simulator) = made("", &clock);
    assert_eq!(short(&door.open(OpenOrder::until(0)).await.unwrap_err()), ("too_late", false));
    assert_eq!(short(&door.deny(DenyOrder::until(-1)).await.unwrap_err()), ("too_late", false));
    assert!(simulator.acts().is_empty());

    let clock = hasty();
    let (door, simulator) = made("", &clock);
    assert_eq!(short(&door.open(OpenOrder::until(500_000)).await.unwrap_err()), ("too_late", false));
    assert!(simulator.acts().is_empty());
}

#[tokio::test]
async fn the_second_order_of_two_is_busy_and_is_not_queued() {
    let clock = clock();
    let (door, simulator) = made("", &clock);
    simulator.behave(with(SimulatedBehaviour::Prompt, 300));
    let (first, second) = tokio::join!(door.open(order(&clock)), door.open(order(&clock)));
    assert_eq!(first.unwrap(), DoorFeedback::Opened);
    assert_eq!(short(&second.unwrap_err()), ("busy", false));
    assert_eq!(simulator.acts().len(), 1);
    // An order that nobody waits for any more makes room, and never acts.
    let dropped = tokio::time::timeout(Duration::from_millis(50), door.open(order(&clock))).await;
    assert!(dropped.is_err());
    assert_eq!(door.open(order(&clock)).await.unwrap(), DoorFeedback::Opened);
    assert_eq!(simulator.acts().len(), 2);
}

#[tokio::test]
async fn only_a_fail_safe_door_can_be_released() {
    let clock = clock();
    let (door, simulator) = made("", &clock);
    let until = clock.monotonic_us() + 1_000_000;
    assert_eq!(short(&door.release(ReleaseOrder::until(until)).await.unwrap_err()), ("unsupported", false));
    let (door, _) = made("fails = \"safe\"", &clock);
    assert_eq!(short(&door.release(ReleaseOrder::until(0)).await.unwrap_err()), ("too_late", false));
    assert!(simulator.acts().is_empty());
}
