//! Doors against real servers of their protocols: an HTTP server, Mosquitto, an ONVIF controller on another SOAP stack.
//! What must not leave the node is looked for at the other end.

mod broker;
mod controller;
mod faults;
mod http;
mod keeper;
mod mqtt;
mod onvif;
mod rules;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use contract::clock::{Clock, SystemClock, UtcMicros};
use contract::settings;
use tokio_util::sync::CancellationToken;

use super::{Door, DoorError, DoorSettings, Doors, OpenOrder};

/// Nothing on the loopback takes longer.
const SOON: Duration = Duration::from_secs(20);
/// The account of every device.
const ACCOUNT: &str = "gate:hunter2";

/// Doors as the node makes them of a settings text; faults of the text are faults of the test.
fn doors(text: &str, clock: Arc<dyn Clock>) -> Doors {
    doors_until(text, clock, &CancellationToken::new())
}

fn doors_until(text: &str, clock: Arc<dyn Clock>, stop: &CancellationToken) -> Doors {
    let tree = settings::parse(text).unwrap();
    assert_eq!(super::faults(&tree), []);
    let list: Vec<DoorSettings> = serde_json::from_value(tree["doors"].clone()).unwrap();
    let secrets = |name: &str| match name {
        "account" => Some(format!("{ACCOUNT}\n")),
        "wrong" => Some("gate:hunter3".to_owned()),
        _ => None,
    };
    Doors::start(&list, &secrets, &clock, stop).unwrap()
}

/// The door `d` of a settings text whose first lines are given here.
fn door(rest: &str, clock: &Arc<dyn Clock>) -> Arc<Door> {
    let text = format!("[[doors]]\nname = \"d\"\ntitle = \"Cửa\"\n{rest}");
    doors(&text, clock.clone()).get(&"d".parse().unwrap()).unwrap().clone()
}

fn clock() -> Arc<dyn Clock> {
    Arc::new(SystemClock::new())
}

/// An order for the next five seconds.
fn order(clock: &Arc<dyn Clock>) -> OpenOrder {
    OpenOrder::until(clock.monotonic_us() + 5_000_000)
}

/// What is wrong, in short, and whether the device may have acted.
fn short(error: &DoorError) -> (&'static str, bool) {
    (error.trouble.code(), error.may_have_acted)
}

/// A clock on which a second goes by whenever it is read: the deadline passes while the order is on its way.
struct HastyClock(AtomicI64);

impl Clock for HastyClock {
    fn now(&self) -> UtcMicros {
        UtcMicros(0)
    }

    fn monotonic_us(&self) -> i64 {
        self.0.fetch_add(1_000_000, Ordering::SeqCst)
    }
}

fn hasty() -> Arc<dyn Clock> {
    Arc::new(HastyClock(AtomicI64::new(0)))
}

/// Waits until something is so.
async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + SOON;
    while !is_so() {
        assert!(Instant::now() < end, "{what} did not come about in {SOON:?}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
