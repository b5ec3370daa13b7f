//! Every rule of the settings has a text that breaks it.

use contract::settings;

use super::super::faults as faults_of;

fn check(rest: &str, expected: &[&str]) {
    let text = format!("[[doors]]\nname = \"d\"\ntitle = \"Cửa\"\n{rest}");
    let found: Vec<String> = faults_of(&settings::parse(&text).unwrap())
        .iter()
        .map(|fault| format!("{}: {}", fault.key, fault.en))
        .collect();
    assert_eq!(found, expected, "{text}");
}

fn http(rest: &str, expected: &[&str]) {
    check(&format!("kind = \"http_relay\"\n{rest}"), expected);
}

const OPEN: &str = "[doors.http_relay]\nopen = { url = \"http://192.168.1.20/on\" }\n";
const MQTT: &str = "kind = \"mqtt_relay\"\n[doors.mqtt_relay]\nbroker = \"mqtt://localhost\"\n";

#[test]
fn tables_and_names() {
    check("kind = \"simulator\"", &[]);
    http("", &["doors[0].http_relay: the table for this kind is missing"]);
    http(
        &format!("{OPEN}[doors.onvif]\nurl = \"http://10.0.0.1/\"\naccess_point = \"a\""),
        &["doors[0].onvif: this table belongs to another kind"],
    );
    check(
        "kind = \"simulator\"\n[[doors]]\nname = \"d\"\nkind = \"simulator\"",
        &["doors[1].name: the name is given twice"],
    );
}

#[test]
fn addresses() {
    let url = |url: &str, extra: &str, expected: &[&str]| {
        let text = format!("[doors.http_relay]\nopen = {{ url = \"{url}\" }}\n{extra}");
        let expected: Vec<String> = expected.iter().map(|en| format!("doors[0].http_relay.open.url: {en}")).collect();
        http(&text, &expected.iter().map(String::as_str).collect::<Vec<_>>());
    };
    let private = "neither loopback nor private: list it in allow if it is this device";
    let account = "no account in an address: use credential and [secrets]";
    url("http://relay.local/relay/0?turn=on&timer={pulse_s}", "", &[]);
    url("http://admin:hunter2@192.168.1.20/on", "", &[account]);
    url("http://admin@192.168.1.20/on", "", &[account]);
    url("http://203.0.113.5/on", "", &[private]);
    url("http://203.0.113.5/on", "allow = [\"203.0.113.5\"]", &[]);
    url("http://[2001:db8::1]/on", "", &[private]);
    url("https://192.168.1.20/on", "", &["needs ca: the file of the certificate to trust"]);
    url("https://192.168.1.20/on", "ca = \"relay.pem\"", &[]);
    url("ftp://192.168.1.20/on", "", &["must be http:// or https://"]);
    url("192.168.1.20", "", &["must be http:// or https://"]);
    url("http://192.168.1.20/on?t={pulse}", "", &["only {pulse_ms}, {pulse_s}, {hold_ms} and {hold_s} are known"]);
    check(
        "kind = \"onvif\"\n[doors.onvif]\nurl = \"http://a:b@10.0.0.1/\"\naccess_point = \"a\"\nfeedback = { url = \"x\", door = \"d\" }",
        &[
            "doors[0].onvif.url: no account in an address: use credential and [secrets]",
            "doors[0].onvif.feedback.url: must be http:// or https://",
        ],
    );
    check(
        "kind = \"mqtt_relay\"\n[doors.mqtt_relay]\nbroker = \"mqtts://u:p@203.0.113.9\"\nopen = { topic = \"gate/#\", payload = \"1\" }",
        &[
            "doors[0].mqtt_relay.broker: no account in an address: use credential and [secrets]",
            "doors[0].mqtt_relay.broker: needs ca: the file of the certificate to trust",
            "doors[0].mqtt_relay.broker: neither loopback nor private: list it in allow if it is this device",
            "doors[0].mqtt_relay.open.topic: must be a topic without + and #, not starting with $",
        ],
    );
    check(&format!("{MQTT}open = {{ topic = \"gate/cmd\", payload = \"{{ 1 }}\" }}"), &[]);
}

#[test]
fn fail_safe_needs_a_timer_in_the_device() {
    let safe = |rest: &str, expected: &[&str]| http(&format!("fails = \"safe\"\n{OPEN}{rest}"), expected);
    let release = "release = { url = \"http://192.168.1.20/off\" }\n";
    safe(
        "",
        &[
            "doors[0].http_relay.hold: needed with fails = \"safe\"",
            "doors[0].http_relay.release: needed with fails = \"safe\"",
        ],
    );
    safe(
        &format!("{release}hold = {{ url = \"http://192.168.1.20/on\" }}"),
        &["doors[0].http_relay.hold: must hold {hold_s} or {hold_ms}: the device must let go by itself"],
    );
    safe(&format!("{release}hold = {{ url = \"http://192.168.1.20/on?timer={{hold_s}}\" }}"), &[]);
    http(&format!("{OPEN}{release}"), &["doors[0].http_relay.release: only with fails = \"safe\""]);
    check(
        "kind = \"onvif\"\nfails = \"safe\"\n[doors.onvif]\nurl = \"http://10.0.0.1/\"\naccess_point = \"a\"",
        &["doors[0].fails: ONVIF has no timed hold: use secure and set the lock in the controller itself"],
    );
    check(
        &MQTT.replace("[doors", "fails = \"safe\"\n[doors").replace(
            "\"mqtt://localhost\"\n",
            "\"mqtt://localhost\"\nopen = { topic = \"a\", payload = \"1\" }\nrelease = { topic = \"a\", payload = \"0\" }\n\
             hold = { topic = \"a\", payload = \"hold {hold_s}\" }",
        ),
        &[],
    );
}
