//! ONVIF doors, against a controller on zeep and lxml with ONVIF's own WSDL.

use super::super::{DenialFeedback, DenyOrder, DoorFeedback};
use super::controller::Controller;
use super::*;
use crate::telemetry::chain;

fn onvif(port: u16, access_point: &str, extra: &str, clock: &Arc<dyn Clock>) -> Arc<Door> {
    let account = if extra.contains("credential") { "" } else { "credential = \"account\"\n" };
    let text = format!(
        "kind = \"onvif\"\n[doors.onvif]\nurl = \"http://127.0.0.1:{port}/onvif/access\"\naccess_point = \"{access_point}\"\n\
         {account}{extra}"
    );
    door(&text, clock)
}

fn feedback(port: u16, door: &str) -> String {
    format!("feedback = {{ url = \"http://127.0.0.1:{port}/onvif/door\", door = \"{door}\" }}")
}

#[tokio::test]
async fn a_decision_is_valid_by_onvifs_own_schema_and_reaches_the_controller() {
    let (controller, clock) = (Controller::start(), clock());
    let door = onvif(controller.port, "granted", "", &clock);
    let full = order(&clock).with_credential_token("card <&> 17".to_owned()).because("admitted");
    assert_eq!(door.open(full).await.unwrap(), DoorFeedback::Accepted);
    let heard = serde_json::json!({
        "operation": "ExternalAuthorization", "access_point": "granted", "credential": "card <&> 17",
        "reason": "admitted", "decision": "Granted",
    });
    assert_eq!(controller.next(), heard);
    // The optional parts may be left out, and every message has a nonce of its own.
    assert_eq!(door.open(order(&clock)).await.unwrap(), DoorFeedback::Accepted);
    let bare = controller.next();
    assert!(bare["credential"].is_null() && bare["reason"].is_null(), "{bare}");
    let denial = DenyOrder::until(clock.monotonic_us() + 3_000_000).because("refused by a guard");
    assert_eq!(door.deny(denial).await.unwrap(), DenialFeedback::Told);
    assert_eq!(controller.next()["decision"], "Denied");
}

#[tokio::test]
async fn the_doors_state_confirms_that_it_opened_or_does_not() {
    let (controller, clock) = (Controller::start(), clock());
    let door = onvif(controller.port, "granted", &feedback(controller.port, "opens"), &clock);
    assert_eq!(door.open(order(&clock)).await.unwrap(), DoorFeedback::Opened);
    let stuck = onvif(controller.port, "granted", &feedback(controller.port, "stuck"), &clock);
    let error = stuck.open(order(&clock)).await.unwrap_err();
    assert_eq!(short(&error), ("unconfirmed", true));
    assert!(chain(&error).contains("DoorMode \"Locked\""), "{}", chain(&error));
    for _ in 0..2 {
        assert_eq!(controller.next()["decision"], "Granted", "the decision goes once");
    }
    assert!(controller.heard_nothing());
}

#[tokio::test]
async fn faults_silence_and_nonsense_are_told_apart() {
    let (controller, clock) = (Controller::start(), clock());
    let port = controller.port;
    let error = onvif(port, "nowhere", "", &clock).open(order(&clock)).await.unwrap_err();
    assert_eq!(short(&error), ("refused", false));
    let words = "it does not know this access point, door or credential; env:Sender/ter:InvalidArgVal/ter:NotFound no such access point";
    assert!(chain(&error).ends_with(words), "{}", chain(&error));
    let error = onvif(port, "html", "", &clock).open(order(&clock)).await.unwrap_err();
    assert_eq!(short(&error), ("unreadable", true));
    let began = Instant::now();
    let error = onvif(port, "silent", "", &clock).open(order(&clock)).await.unwrap_err();
    assert_eq!(short(&error), ("timed_out", true));
    assert!(began.elapsed() >= Duration::from_secs(2) && began.elapsed() < Duration::from_secs(6));
    for point in ["nowhere", "html", "silent"] {
        assert_eq!(controller.next()["access_point"], point);
    }
}

#[tokio::test]
async fn a_wrong_password_is_refused_in_words_and_not_shown() {
    let (controller, clock) = (Controller::start(), clock());
    let door = onvif(controller.port, "granted", "credential = \"wrong\"", &clock);
    let error = door.open(order(&clock)).await.unwrap_err();
    assert_eq!(short(&error), ("refused", false));
    assert!(chain(&error).contains("it does not accept the account, the password or the time"), "{}", chain(&error));
    assert!(!format!("{door:?} {error:?}").contains("hunter3"));
    assert!(controller.heard_nothing());
}

#[tokio::test]
async fn what_is_late_or_second_does_not_come_to_the_controller() {
    let (controller, clock) = (Controller::start(), clock());
    let late = onvif(controller.port, "granted", "", &hasty());
    assert_eq!(short(&late.open(OpenOrder::until(500_000)).await.unwrap_err()), ("too_late", false));
    let door = onvif(controller.port, "silent", "", &clock);
    let (first, second) = tokio::join!(door.open(order(&clock)), door.open(order(&clock)));
    assert_eq!((short(&first.unwrap_err()), short(&second.unwrap_err())), (("timed_out", true), ("busy", false)));
    let after = onvif(controller.port, "granted", "", &clock);
    assert!(after.open(order(&clock)).await.is_ok());
    for point in ["silent", "granted"] {
        assert_eq!(controller.next()["access_point"], point);
    }
    assert!(controller.heard_nothing());
}

#[tokio::test]
async fn nobody_there_is_unreachable() {
    let clock = clock();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let error = onvif(port, "granted", "", &clock).open(order(&clock)).await.unwrap_err();
    assert_eq!(short(&error), ("unreachable", false));
}
