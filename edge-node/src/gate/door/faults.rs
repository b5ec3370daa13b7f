//! What the values of `[[doors]]` mean, on the raw tree: every fault at once, with its key path, also where the shape has
//! faults of its own. No value is shown.

use std::collections::BTreeSet;
use std::net::IpAddr;

use contract::settings::Fault;
use reqwest::Url;
use serde_json::Value;

use super::build::broker_address;
use super::reach::is_allowed;
use super::settings::DoorKind;
use super::template::{HOLD, Times};

/// The faults of all doors of a settings tree; `secrets` and files are looked at by who knows them.
#[must_use]
pub fn faults(tree: &Value) -> Vec<Fault> {
    let doors = tree.get("doors").and_then(Value::as_array);
    let mut names = BTreeSet::new();
    let mut faults = Vec::new();
    for (index, door) in doors.into_iter().flatten().enumerate() {
        let mut check = Check { key: format!("doors[{index}]"), door, faults: &mut faults };
        if let Some(name) = text(door, "name")
            && !names.insert(name)
        {
            check.fault("name", "tên này đã dùng", "the name is given twice");
        }
        check.kind();
        check.fails();
        check.addresses();
        check.topics();
    }
    faults
}

struct Check<'a> {
    key: String,
    door: &'a Value,
    faults: &'a mut Vec<Fault>,
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

impl Check<'_> {
    fn fault(&mut self, key: &str, vi: &str, en: &str) {
        self.faults.push(Fault::new(format!("{}.{key}", self.key), vi, en));
    }

    /// The table of its kind and no other.
    fn kind(&mut self) {
        let Some(kind) = text(self.door, "kind") else { return };
        for known in DoorKind::ALL.map(DoorKind::as_str) {
            let given = self.door.get(known).is_some();
            if known == kind && !given && known != DoorKind::Simulator.as_str() {
                self.fault(known, "thiếu bảng này cho kind đã chọn", "the table for this kind is missing");
            } else if known != kind && given {
                self.fault(known, "bảng này thuộc kind khác", "this table belongs to another kind");
            }
        }
    }

    /// A fail-safe door needs a device that lets go by itself.
    fn fails(&mut self) {
        let kind = text(self.door, "kind").unwrap_or_default();
        let safe = text(self.door, "fails") == Some("safe");
        if safe && kind == DoorKind::Onvif.as_str() {
            self.fault(
                "fails",
                "ONVIF không giữ khóa theo thời hạn được: đặt secure và cấu hình khóa ngay trên bộ điều khiển",
                "ONVIF has no timed hold: use secure and set the lock in the controller itself",
            );
        }
        let relays = [(DoorKind::HttpRelay, ["url", "body"]), (DoorKind::MqttRelay, ["payload", "payload"])];
        for (relay, places) in relays.map(|(relay, places)| (relay.as_str(), places)) {
            let Some(table) = self.door.get(relay) else { continue };
            for name in ["hold", "release"] {
                let given = table.get(name);
                let key = format!("{relay}.{name}");
                match given {
                    None if safe => self.fault(&key, "cần khi fails = \"safe\"", "needed with fails = \"safe\""),
                    Some(_) if !safe => self.fault(&key, "chỉ dùng với fails = \"safe\"", "only with fails = \"safe\""),
                    Some(hold) if name == "hold" => {
                        let timed = places.iter().any(|place| {
                            text(hold, place).is_some_and(|text| HOLD.iter().any(|timer| text.contains(timer)))
                        });
                        if !timed {
                            self.fault(
                                &key,
                                "phải chứa {hold_s} hoặc {hold_ms}: thiết bị phải tự nhả khóa",
                                "must hold {hold_s} or {hold_ms}: the device must let go by itself",
                            );
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn addresses(&mut self) {
        let places = [
            ("http_relay", "open.url"),
            ("http_relay", "feedback.url"),
            ("http_relay", "hold.url"),
            ("http_relay", "release.url"),
            ("onvif", "url"),
            ("onvif", "feedback.url"),
            ("mqtt_relay", "broker"),
        ];
        for (table, path) in places {
            let Some(settings) = self.door.get(table) else { continue };
            let Some(Value::String(address)) = path.split('.').try_fold(settings, |value, key| value.get(key)) else {
                continue;
            };
            let schemes = if table == "mqtt_relay" { ["mqtt", "mqtts"] } else { ["http", "https"] };
            self.address(&format!("{table}.{path}"), address, settings, schemes);
        }
    }

    fn address(&mut self, key: &str, address: &str, settings: &Value, [plain, tls]: [&str; 2]) {
        let filled = Times { pulse_ms: 1000, hold_s: 5 }.fill(address);
        if filled.contains(['{', '}']) {
            self.fault(
                key,
                "chỉ nhận {pulse_ms}, {pulse_s}, {hold_ms}, {hold_s}",
                "only {pulse_ms}, {pulse_s}, {hold_ms} and {hold_s} are known",
            );
            return;
        }
        let url = Url::parse(&filled).ok().filter(|url| [plain, tls].contains(&url.scheme()));
        let host = url.as_ref().and_then(|url| {
            let address = if plain == "mqtt" { broker_address(url) } else { super::http::host_and_port(url) };
            address.filter(|(host, _)| !host.is_empty())
        });
        let (Some(url), Some((host, _))) = (url, host) else {
            let (vi, en) = (format!("cần {plain}:// hoặc {tls}://"), format!("must be {plain}:// or {tls}://"));
            return self.fault(key, &vi, &en);
        };
        if !url.username().is_empty() || url.password().is_some() {
            self.fault(
                key,
                "không ghi tài khoản trong địa chỉ; dùng credential và [secrets]",
                "no account in an address: use credential and [secrets]",
            );
        }
        if url.scheme() == tls && settings.get("ca").is_none() {
            self.fault(key, "cần ca: tệp chứng thư được tin", "needs ca: the file of the certificate to trust");
        }
        let listed = settings.get("allow").and_then(Value::as_array).into_iter().flatten();
        let listed: Vec<IpAddr> = listed.filter_map(|ip| ip.as_str()?.parse().ok()).collect();
        if host.parse::<IpAddr>().is_ok_and(|ip| !is_allowed(ip, &listed)) {
            self.fault(
                key,
                "địa chỉ ngoài mạng nội bộ: ghi vào allow nếu đúng là thiết bị này",
                "neither loopback nor private: list it in allow if it is this device",
            );
        }
    }

    fn topics(&mut self) {
        let Some(table) = self.door.get(DoorKind::MqttRelay.as_str()) else { return };
        for name in ["open", "feedback", "hold", "release"] {
            let Some(topic) = table.get(name).and_then(|message| text(message, "topic")) else { continue };
            if topic.is_empty() || topic.starts_with('$') || topic.contains(['+', '#', '\0']) {
                self.fault(
                    &format!("mqtt_relay.{name}.topic"),
                    "cần một chủ đề không có + # và không bắt đầu bằng $",
                    "must be a topic without + and #, not starting with $",
                );
            }
        }
    }
}
