//! MQTT relays, against Mosquitto.

use super::super::{DoorFeedback, ReleaseOrder};
use super::broker::Broker;
use super::*;
use crate::telemetry::chain;

const WITH_FEEDBACK: &str = "feedback = { topic = \"gate/state\", text = \"opened\", refused = \"jammed\" }";

/// A door on this broker.
fn mqtt(port: u16, extra: &str, clock: &Arc<dyn Clock>) -> Arc<Door> {
    let account = if extra.contains("credential") { "" } else { "credential = \"account\"\n" };
    let open =
        if extra.contains("open = ") { "" } else { "open = { topic = \"gate/cmd\", payload = \"open {pulse_ms}\" }\n" };
    let text = format!(
        "kind = \"mqtt_relay\"\ntimeout_ms = 900\npulse_ms = 1500\n[doors.mqtt_relay]\nbroker = \"mqtt://127.0.0.1:{port}\"\n\
         {account}{open}{extra}"
    );
    door(&text, clock)
}

/// The answer to the first order that is not for want of a connection.
async fn first(door: &Door, clock: &Arc<dyn Clock>) -> Result<DoorFeedback, DoorError> {
    first_of(door, || order(clock)).await
}

async fn first_of(door: &Door, made: impl Fn() -> OpenOrder) -> Result<DoorFeedback, DoorError> {
    let end = Instant::now() + SOON;
    loop {
        match door.open(made()).await {
            Err(error) if short(&error) == ("unreachable", false) => {
                assert!(Instant::now() < end, "{}", chain(&error));
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            other => return other,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_opens_and_the_state_topic_confirms_it() {
    let (broker, clock) = (Broker::start(), clock());
    // What the door was before is no confirmation.
    broker.say("gate/state", "opened an hour ago", true);
    let mut device = broker.device(None).await;
    let door = mqtt(broker.port, WITH_FEEDBACK, &clock);
    let (told, command) = tokio::join!(first(&door, &clock), async {
        let command = device.command().await;
        broker.say("gate/state", "opening", false);
        broker.say("gate/state", "opened", false);
        command
    });
    // Not retained, QoS 1, and gone from the broker when the order's five seconds are over.
    assert!(["open 1500|0|1|4", "open 1500|0|1|5"].contains(&command.as_str()), "{command}");
    assert_eq!(told.unwrap(), DoorFeedback::Opened);
    // Whoever comes later finds no order.
    let mut later = broker.device(None).await;
    broker.say("gate/cmd", "end", false);
    assert!(later.command().await.starts_with("end|"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_feedback_it_is_accepted_and_nobody_listening_is_unreachable() {
    let (broker, clock) = (Broker::start(), clock());
    let door = mqtt(broker.port, "", &clock);
    let error = first(&door, &clock).await.unwrap_err();
    assert_eq!(short(&error), ("unreachable", true));
    assert!(chain(&error).ends_with("no device listens on the command topic"), "{}", chain(&error));
    let mut device = broker.device(None).await;
    assert_eq!(first(&door, &clock).await.unwrap(), DoorFeedback::Accepted);
    assert!(device.command().await.starts_with("open 1500|0|1|"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_device_times_out_a_stuck_one_is_unconfirmed_and_a_jammed_one_refuses() {
    let (broker, clock) = (Broker::start(), clock());
    let mut device = broker.device(None).await;
    let door = mqtt(broker.port, WITH_FEEDBACK, &clock);
    let began = Instant::now();
    assert_eq!(short(&first(&door, &clock).await.unwrap_err()), ("timed_out", true));
    assert!(began.elapsed() < Duration::from_secs(10));
    device.command().await;
    for (says, expected) in [("closed", ("unconfirmed", true)), ("jammed", ("refused", false))] {
        let (told, ()) = tokio::join!(door.open(order(&clock)), async {
            device.command().await;
            broker.say("gate/state", says, false);
        });
        assert_eq!(short(&told.unwrap_err()), expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_brokers_own_refusals_are_told() {
    let (broker, clock) = (Broker::start(), clock());
    let elsewhere = mqtt(broker.port, "open = { topic = \"gate/other\", payload = \"open\" }", &clock);
    let error = first(&elsewhere, &clock).await.unwrap_err();
    assert_eq!(short(&error), ("refused", false));
    assert!(chain(&error).contains("NotAuthorized"), "{}", chain(&error));
    let wrong = mqtt(broker.port, "credential = \"wrong\"", &clock);
    let error = first(&wrong, &clock).await.unwrap_err();
    assert_eq!(short(&error), ("refused", false));
    assert!(!format!("{wrong:?} {error:?}").contains("hunter"));
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_deadline_nothing_comes_to_the_device() {
    let (broker, clock) = (Broker::start(), clock());
    let mut device = broker.device(None).await;
    let door = mqtt(broker.port, "", &clock);
    assert!(first(&door, &clock).await.is_ok());
    device.command().await;
    assert_eq!(short(&door.open(OpenOrder::until(clock.monotonic_us())).await.unwrap_err()), ("too_late", false));
    // And when the time runs out between the two looks at the clock.
    let hasty = hasty();
    let late = mqtt(broker.port, "", &hasty);
    let end = Instant::now() + SOON;
    loop {
        let told = late.open(OpenOrder::until(hasty.monotonic_us() + 1_500_000)).await;
        match short(&told.unwrap_err()) {
            ("too_late", false) => break,
            other => assert!(Instant::now() < end, "{other:?}"),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    broker.say("gate/cmd", "end", false);
    assert!(device.command().await.starts_with("end|"));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_orders_at_once_make_one_message() {
    let (broker, clock) = (Broker::start(), clock());
    let mut device = broker.device(None).await;
    let door = mqtt(broker.port, WITH_FEEDBACK, &clock);
    assert_eq!(short(&first(&door, &clock).await.unwrap_err()), ("timed_out", true));
    device.command().await;
    let (one, two) = tokio::join!(door.open(order(&clock)), door.open(order(&clock)));
    assert_eq!((short(&one.unwrap_err()), short(&two.unwrap_err())), (("timed_out", true), ("busy", false)));
    device.command().await;
    broker.say("gate/cmd", "end", false);
    assert!(device.command().await.starts_with("end|"));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_order_outlives_its_connection_when_the_broker_is_killed() {
    let (mut broker, clock) = (Broker::start(), clock());
    let door = mqtt(broker.port, WITH_FEEDBACK, &clock);
    {
        let mut device = broker.device(Some("lock")).await;
        assert_eq!(short(&first(&door, &clock).await.unwrap_err()), ("timed_out", true));
        device.command().await;
        // Killed while the device's answer is awaited: lost, and it may have opened.
        let (told, ()) = tokio::join!(door.open(order(&clock)), async {
            device.command().await;
            broker.kill();
        });
        assert_eq!(short(&told.unwrap_err()), ("unreachable", true));
    }
    // While it is away every order fails at once, and none waits for its return.
    let began = Instant::now();
    for _ in 0..5 {
        assert_eq!(short(&door.open(order(&clock)).await.unwrap_err()), ("unreachable", false));
    }
    assert!(began.elapsed() < Duration::from_millis(800));
    broker.start_again();
    let mut device = broker.device(Some("lock")).await;
    // The first that comes to the device after the restart is the first order given after it.
    let told = first_of(&door, || order(&clock).for_pulse_ms(777)).await;
    assert_eq!(short(&told.unwrap_err()), ("timed_out", true));
    assert!(device.command().await.starts_with("open 777|"));
    broker.say("gate/cmd", "end", false);
    assert!(device.command().await.starts_with("end|"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_stands_still_costs_the_connection_and_not_the_deadline() {
    let (broker, clock) = (Broker::start(), clock());
    let mut device = broker.device(None).await;
    let door = mqtt(broker.port, "", &clock);
    assert!(first(&door, &clock).await.is_ok());
    device.command().await;
    broker.freeze(true);
    let short_lived = OpenOrder::until(clock.monotonic_us() + 300_000);
    let error = door.open(short_lived).await.unwrap_err();
    assert_eq!(short(&error), ("unreachable", true));
    assert!(chain(&error).ends_with("the broker did not take the message in time"), "{}", chain(&error));
    // Nothing is handed to a connection that did not answer.
    assert_eq!(short(&door.open(order(&clock)).await.unwrap_err()), ("unreachable", false));
    broker.freeze(false);
    assert!(first(&door, &clock).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fail_safe_relay_is_held_by_messages_that_run_out() {
    let (broker, clock) = (Broker::start(), clock());
    let mut device = broker.device(None).await;
    let text = format!(
        "kind = \"mqtt_relay\"\nfails = \"safe\"\nhold_s = 5\n[doors.mqtt_relay]\nbroker = \"mqtt://127.0.0.1:{}\"\n\
         credential = \"account\"\nopen = {{ topic = \"gate/cmd\", payload = \"open\" }}\n\
         hold = {{ topic = \"gate/cmd\", payload = \"hold {{hold_ms}}\" }}\n\
         release = {{ topic = \"gate/cmd\", payload = \"release\" }}",
        broker.port
    );
    let door = door(&text, &clock);
    for _ in 0..2 {
        assert_eq!(device.command().await, "hold 5000|0|1|5");
    }
    door.release(ReleaseOrder::until(clock.monotonic_us() + 3_000_000)).await.unwrap();
    assert!(device.command().await.starts_with("release|0|1|"));
}

#[tokio::test]
async fn nobody_there_is_unreachable() {
    let clock = clock();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let door = mqtt(port, "", &clock);
    assert_eq!(short(&door.open(order(&clock)).await.unwrap_err()), ("unreachable", false));
}
