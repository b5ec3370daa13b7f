//! One MQTT 5 connection: mutual TLS, last will, subscriptions, packet limits; and what comes in, as values. A session
//! lives as long as its connection and is then thrown away whole, client and all.

use std::time::Duration;

use bytes::Bytes;
use contract::downlink::{Ack, BundleNotice, Command, Status};
use contract::signature::SIGNATURE_PROPERTY;
use contract::topic::Topic;
use rumqttc::v5::mqttbytes::QoS;
use rumqttc::v5::mqttbytes::v5::{ConnectProperties, Filter, LastWill, Packet, Publish, PublishProperties};
use rumqttc::v5::{AsyncClient, ConnectionError, Event, EventLoop, MqttOptions, StateError};
use rumqttc::{NetworkOptions, TlsConfiguration, Transport};
use tokio::sync::mpsc;

use crate::{Parcel, Target};

/// The largest packet taken from the broker. The library's own default of 10 KiB would kill the connection in a loop.
const MAX_INCOMING_BYTES: u32 = 1024 * 1024;
/// How long connecting may take.
const CONNECT_WITHIN_S: u64 = 10;
/// Silence after which the connection is asked whether it lives; the broker gives it up at one and a half times this.
const KEEP_ALIVE: Duration = Duration::from_secs(10);
/// Requests the client holds: the whole window and what else may be said at once.
const REQUESTS: usize = 512;

/// What comes in.
#[derive(Debug)]
pub enum Heard {
    /// Connected.
    Connected,
    /// The centre's state.
    Centre(Status),
    /// Ranges that are stored.
    Ack(Ack),
    /// A command.
    Command(Command),
    /// A bundle may be fetched.
    Bundle(BundleNotice),
    /// A message of this topic could not be read.
    Unreadable(&'static str),
    /// The connection is gone.
    Lost(LostConnection),
}

/// Why a connection is gone.
#[derive(Debug)]
pub struct LostConnection {
    /// A short name, for metrics.
    pub reason: &'static str,
    /// The whole story.
    pub error: ConnectionError,
}

/// The sending half of a session.
#[derive(Debug)]
pub struct Session {
    client: AsyncClient,
    node: contract::ids::NodeAddress,
}

/// The session's requests are full, or it is gone.
#[derive(Debug)]
pub struct NotTaken;

/// Makes a client; nothing is connected until the event loop is polled by [`listen`].
pub fn make(target: &Target) -> (Session, EventLoop) {
    let node = &target.node;
    // A client id of its own: the broker throws out an older connection of the same id, so a half-dead one ends.
    let mut options = MqttOptions::new(node.to_string(), &target.mqtt_host, target.mqtt_port);
    let offline = Status { online: false, since: None };
    options
        .set_transport(Transport::tls_with_config(TlsConfiguration::Rustls(target.tls.clone())))
        .set_keep_alive(KEEP_ALIVE)
        .set_clean_start(true)
        .set_connection_timeout(CONNECT_WITHIN_S)
        .set_last_will(LastWill::new(
            Topic::Status(node.clone()).to_string(),
            json(&offline),
            QoS::AtLeastOnce,
            true,
            None,
        ))
        .set_connect_properties(ConnectProperties {
            max_packet_size: Some(MAX_INCOMING_BYTES),
            ..ConnectProperties::new()
        });
    let mut network = NetworkOptions::new();
    network.set_connection_timeout(CONNECT_WITHIN_S);
    network.set_tcp_nodelay(true);
    options.set_network_options(network);
    let (client, event_loop) = AsyncClient::new(options, REQUESTS);
    (Session { client, node: node.clone() }, event_loop)
}

/// Keeps the connection going and passes on what is heard, until it is lost or nobody listens.
pub async fn listen(mut event_loop: EventLoop, tell: mpsc::Sender<Heard>) {
    loop {
        let heard = match event_loop.poll().await {
            Ok(Event::Incoming(Packet::ConnAck(_))) => Heard::Connected,
            Ok(Event::Incoming(Packet::Publish(publish))) => match read(&publish) {
                Some(heard) => heard,
                None => continue,
            },
            Ok(_) => continue,
            Err(error) => {
                let lost = LostConnection { reason: reason(&error), error };
                let _ = tell.send(Heard::Lost(lost)).await;
                return;
            }
        };
        if tell.send(heard).await.is_err() {
            return;
        }
    }
}

impl Session {
    /// Asks for what the centre says to this node.
    pub fn subscribe(&self) -> Result<(), NotTaken> {
        let topics = [
            Topic::CentralStatus,
            Topic::Ack(self.node.clone()),
            Topic::Command(self.node.clone()),
            Topic::Bundle(self.node.clone()),
        ];
        let filters = topics.map(|topic| Filter::new(topic.to_string(), QoS::AtLeastOnce));
        self.client.try_subscribe_many(filters).map_err(|_| NotTaken)
    }

    /// Says something of the node itself, retained.
    pub fn say(&self, topic: &Topic, payload: Vec<u8>) -> Result<(), NotTaken> {
        self.client.try_publish(topic.to_string(), QoS::AtLeastOnce, true, payload).map_err(|_| NotTaken)
    }

    /// Hands over an event, exactly as it was signed.
    pub fn send(&self, parcel: Parcel) -> Result<(), NotTaken> {
        let properties = PublishProperties {
            user_properties: vec![(SIGNATURE_PROPERTY.to_owned(), parcel.signature)],
            ..PublishProperties::default()
        };
        self.client
            .try_publish_with_properties(parcel.topic, QoS::AtLeastOnce, false, Bytes::from(parcel.bytes), properties)
            .map_err(|_| NotTaken)
    }

    /// Ends the connection in order: the broker then sends no last will.
    pub fn end(&self) {
        let _ = self.client.try_disconnect();
    }
}

/// JSON of something that always serialises.
pub fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("messages of the contract have string keys only")
}

fn read(publish: &Publish) -> Option<Heard> {
    let topic = std::str::from_utf8(&publish.topic).ok()?.parse::<Topic>().ok()?;
    let bytes = &publish.payload;
    match topic {
        Topic::CentralStatus => Some(typed(bytes, "central_status", Heard::Centre)),
        Topic::Ack(_) => Some(typed(bytes, "ack", Heard::Ack)),
        Topic::Command(_) => Some(typed(bytes, "cmd", Heard::Command)),
        Topic::Bundle(_) => Some(typed(bytes, "bundle", Heard::Bundle)),
        Topic::Status(_)
        | Topic::Birth(_)
        | Topic::Event { .. }
        | Topic::ForwardedEvent { .. }
        | Topic::ForwardedStatus { .. }
        | Topic::ForwardedBirth { .. } => None,
    }
}

fn typed<T: serde::de::DeserializeOwned>(bytes: &[u8], name: &'static str, wrap: impl FnOnce(T) -> Heard) -> Heard {
    serde_json::from_slice(bytes).map_or(Heard::Unreadable(name), wrap)
}

const fn reason(error: &ConnectionError) -> &'static str {
    match error {
        ConnectionError::MqttState(StateError::CollisionTimeout) => "packet_id_collision",
        ConnectionError::MqttState(StateError::AwaitPingResp) => "silence",
        ConnectionError::MqttState(StateError::ServerDisconnect { .. }) => "broker_disconnected",
        ConnectionError::MqttState(_) => "protocol",
        ConnectionError::Timeout(_) => "timeout",
        ConnectionError::Tls(_) => "tls",
        ConnectionError::Io(_) => "network",
        ConnectionError::ConnectionRefused(_) => "refused",
        _ => "other",
    }
}
