//! `[[doors]]`: what a door is called, which device opens it and how. What the values mean is checked in `faults`. No
//! password stands here: `credential` names an entry of `[secrets]`.

use std::net::IpAddr;
use std::path::PathBuf;

use contract::ids::DoorName;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One of `[[doors]]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DoorSettings {
    /// Its name; unique within the node.
    pub name: DoorName,
    /// As screens show it, Vietnamese.
    #[schemars(length(min = 1))]
    pub title: String,
    /// Which device opens it; the table of the same name says how.
    pub kind: DoorKind,
    /// Milliseconds an order may take in all, feedback included, 100..10000. Default 2000.
    #[serde(default = "two_seconds")]
    #[schemars(range(min = 100, max = 10_000))]
    pub timeout_ms: u32,
    /// Milliseconds the door stays open for one order, 200..60000. Default 3000.
    #[serde(default = "three_seconds")]
    #[schemars(range(min = 200, max = 60_000))]
    pub pulse_ms: u32,
    /// What the lock does when the node is dead. Default `secure`.
    #[serde(default)]
    pub fails: Fails,
    /// With `fails = "safe"`: seconds after which the device lets go unless it is told again, 5..300. Default 15; renewed
    /// every third of it.
    #[serde(default = "fifteen")]
    #[schemars(range(min = 5, max = 300))]
    pub hold_s: u32,
    /// For `kind = "http_relay"`.
    #[serde(default)]
    pub http_relay: Option<HttpRelaySettings>,
    /// For `kind = "mqtt_relay"`.
    #[serde(default)]
    pub mqtt_relay: Option<MqttRelaySettings>,
    /// For `kind = "onvif"`.
    #[serde(default)]
    pub onvif: Option<OnvifSettings>,
    /// For `kind = "simulator"`; may be left out.
    #[serde(default)]
    pub simulator: Option<SimulatorSettings>,
}

impl DoorSettings {
    /// The file its device is trusted by, where one is named.
    pub fn authority_mut(&mut self) -> Option<&mut PathBuf> {
        match self.kind {
            DoorKind::HttpRelay => self.http_relay.as_mut()?.ca.as_mut(),
            DoorKind::MqttRelay => self.mqtt_relay.as_mut()?.ca.as_mut(),
            DoorKind::Onvif => self.onvif.as_mut()?.ca.as_mut(),
            DoorKind::Simulator => None,
        }
    }
}

const fn two_seconds() -> u32 {
    2000
}

const fn three_seconds() -> u32 {
    3000
}

const fn fifteen() -> u32 {
    15
}

/// Kinds of devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DoorKind {
    /// A relay with an HTTP interface.
    HttpRelay,
    /// A relay behind an MQTT broker.
    MqttRelay,
    /// An access controller with the ONVIF Access Control service.
    Onvif,
    /// No device: for demonstrations and tests.
    Simulator,
}

impl DoorKind {
    /// As in the settings.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HttpRelay => "http_relay",
            Self::MqttRelay => "mqtt_relay",
            Self::Onvif => "onvif",
            Self::Simulator => "simulator",
        }
    }

    /// All kinds.
    pub const ALL: [Self; 4] = [Self::HttpRelay, Self::MqttRelay, Self::Onvif, Self::Simulator];
}

/// What the lock does when the node is dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fails {
    /// It stays shut: nothing is sent when the node ends or fails.
    #[default]
    Secure,
    /// It opens: the node holds it shut with orders that run out in the device.
    Safe,
}

/// How an HTTP request is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum Method {
    /// `GET`, as simple relays want it.
    #[default]
    #[serde(rename = "GET")]
    Get,
    /// `POST`.
    #[serde(rename = "POST")]
    Post,
    /// `PUT`.
    #[serde(rename = "PUT")]
    Put,
}

/// A relay with an HTTP interface. In addresses and bodies `{pulse_ms}`, `{pulse_s}`, `{hold_ms}` and `{hold_s}` stand for
/// the time; no redirect is followed and no proxy used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HttpRelaySettings {
    /// Opens.
    pub open: HttpCall,
    /// Tells whether it acted; absent: the door never says more than that it took the order.
    #[serde(default)]
    pub feedback: Option<HttpFeedback>,
    /// Holds a fail-safe door shut until a timer in the device runs out.
    #[serde(default)]
    pub hold: Option<HttpCall>,
    /// Lets go of a fail-safe door.
    #[serde(default)]
    pub release: Option<HttpCall>,
    /// The entry in `[secrets]` for a device that wants HTTP Basic.
    #[serde(default)]
    pub credential: Option<String>,
    /// PEM file with the only authority (or the very certificate) that `https://` addresses are trusted by.
    #[serde(default)]
    pub ca: Option<PathBuf>,
    /// Addresses outside the loopback and private ranges that this door may lead to.
    #[serde(default)]
    pub allow: Vec<IpAddr>,
}

/// One HTTP request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HttpCall {
    /// `GET`, `POST` or `PUT`. Default `GET`.
    #[serde(default)]
    pub method: Method,
    /// `http://` or `https://`, never with a password.
    pub url: String,
    /// What is sent with it. Default nothing.
    #[serde(default)]
    pub body: Option<String>,
    /// Type of the body. Default `application/json`.
    #[serde(default)]
    pub content_type: Option<String>,
}

/// How an HTTP relay tells that it acted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HttpFeedback {
    /// Read by `GET` until it says so; absent: the answer to the order itself must.
    #[serde(default)]
    pub url: Option<String>,
    /// The text in the answer that says so.
    #[schemars(length(min = 1))]
    pub text: String,
}

/// A relay behind an MQTT broker (MQTT 5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MqttRelaySettings {
    /// `mqtt://host[:1883]` or `mqtts://host[:8883]`, never with a password.
    pub broker: String,
    /// Opens.
    pub open: MqttMessage,
    /// Tells whether it acted; absent: the door never says more than that the broker took the order.
    #[serde(default)]
    pub feedback: Option<MqttFeedback>,
    /// Holds a fail-safe door shut until a timer in the device runs out.
    #[serde(default)]
    pub hold: Option<MqttMessage>,
    /// Lets go of a fail-safe door.
    #[serde(default)]
    pub release: Option<MqttMessage>,
    /// The entry in `[secrets]` for a broker that wants user and password.
    #[serde(default)]
    pub credential: Option<String>,
    /// PEM file with the only authority that an `mqtts://` broker is trusted by.
    #[serde(default)]
    pub ca: Option<PathBuf>,
    /// Addresses outside the loopback and private ranges that this door may lead to.
    #[serde(default)]
    pub allow: Vec<IpAddr>,
}

/// One MQTT message: QoS 1, never retained, gone from the broker when the order's time is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MqttMessage {
    /// Where to, without wildcards.
    pub topic: String,
    /// What, with the placeholders of an HTTP relay.
    pub payload: String,
}

/// How an MQTT relay tells that it acted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MqttFeedback {
    /// Where the device tells its state, without wildcards.
    pub topic: String,
    /// The text in a message there that says that it acted.
    #[schemars(length(min = 1))]
    pub text: String,
    /// The text that says that it refuses. Default: it never does.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub refused: Option<String>,
}

/// An access controller with the ONVIF Access Control service (`ExternalAuthorization`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OnvifSettings {
    /// Address of the Access Control service, never with a password.
    pub url: String,
    /// Token of the access point.
    #[schemars(length(min = 1, max = 64))]
    pub access_point: String,
    /// Read the door's state to see that it opened; absent: the door never says more than that it took the decision.
    #[serde(default)]
    pub feedback: Option<OnvifFeedback>,
    /// The entry in `[secrets]` for the device's account (WS-UsernameToken with digest: its clock must be right).
    #[serde(default)]
    pub credential: Option<String>,
    /// PEM file with the only authority (or the very certificate) that `https://` addresses are trusted by.
    #[serde(default)]
    pub ca: Option<PathBuf>,
    /// Addresses outside the loopback and private ranges that this door may lead to.
    #[serde(default)]
    pub allow: Vec<IpAddr>,
}

/// How an ONVIF controller tells that the door opened: `GetDoorState`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OnvifFeedback {
    /// Address of the Door Control service, never with a password.
    pub url: String,
    /// Token of the door.
    #[schemars(length(min = 1, max = 64))]
    pub door: String,
}

/// A door that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SimulatorSettings {
    /// How it behaves. Default `prompt`.
    pub behaviour: SimulatedBehaviour,
    /// Milliseconds it takes to answer, 0..60000. Default 0.
    #[schemars(range(max = 60_000))]
    pub delay_ms: u32,
}

/// How a simulated door behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SimulatedBehaviour {
    /// It opens and says so.
    #[default]
    Prompt,
    /// It takes the order and tells nothing more.
    WithoutFeedback,
    /// It refuses.
    Refuses,
    /// It never answers.
    Silent,
}
