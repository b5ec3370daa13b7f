//! The session with the broker: one MQTT 5 connection over mutual TLS as `central`. It keeps the retained status that lets
//! nodes send, subscribes anew at every connection, hands messages on without ever waiting, and publishes what the others
//! put into its queue. It keeps nothing: rumqttc may drop what is in flight, and what matters is sent again by the nodes.

use std::sync::Arc;
use std::time::Duration;

use contract::clock::{Clock, SECOND_US};
use contract::downlink::Status;
use contract::ids::NodeAddress;
use contract::signature::SIGNATURE_PROPERTY;
use contract::topic::{Topic, births_filter, events_filter, forwarded_filter, statuses_filter};
use metrics::counter;
use rumqttc::v5::mqttbytes::QoS;
use rumqttc::v5::mqttbytes::v5::{
    Filter, LastWill, Packet, Publish, PublishProperties, Subscribe, SubscribeReasonCode,
};
use rumqttc::v5::{AsyncClient, Event, EventLoop, MqttOptions, Request};
use rumqttc::{NetworkOptions, TlsConfiguration, Transport};
use serde::Serialize;
use tokio::sync::{mpsc, watch};

use super::intake::Intake;
use super::presence::{Presence, Speaker};
use super::verify::Message;
use crate::telemetry;

/// The largest packet taken. The broker's own limit is 256 KiB: above it, because a packet over the client's limit ends
/// the connection and would come again for ever.
const MAX_PACKET: u32 = 1024 * 1024;
/// Requests rumqttc holds for the connection.
const REQUESTS: usize = 1024;
const KEEP_ALIVE: Duration = Duration::from_secs(15);
const RECONNECT: Duration = Duration::from_secs(1);

/// Something to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outbound {
    /// Where.
    pub topic: Topic,
    /// What, JSON.
    pub payload: Vec<u8>,
    /// Not sent any more after this reading of our monotonic clock.
    pub dies_us: Option<i64>,
}

impl Outbound {
    /// A downlink message.
    #[must_use]
    pub fn json(topic: Topic, message: &impl Serialize) -> Self {
        let payload = serde_json::to_vec(message).expect("downlink messages have string keys only");
        Self { topic, payload, dies_us: None }
    }

    /// The same, dead after this reading of our monotonic clock: here, at the broker and, if it says so itself, at the node.
    #[must_use]
    pub fn dying(mut self, dies_us: Option<i64>) -> Self {
        self.dies_us = dies_us;
        self
    }
}

/// Where the broker is and who we are there.
#[derive(Clone)]
pub struct SessionSettings {
    /// Host.
    pub host: String,
    /// Port.
    pub port: u16,
    /// The authority, PEM.
    pub ca_pem: Vec<u8>,
    /// Our certificate, PEM.
    pub certificate_pem: Vec<u8>,
    /// Our key, PEM.
    pub key_pem: Vec<u8>,
}

impl std::fmt::Debug for SessionSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SessionSettings").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

/// The session.
pub struct Session {
    /// Changes when the centre's certificate is renewed; the next connection uses it.
    settings: watch::Receiver<SessionSettings>,
    clock: Arc<dyn Clock>,
    intake: Intake,
    presence: Presence,
    out: mpsc::Receiver<Outbound>,
    /// Does the writer's store take events? Nodes are told to hold on while it does not.
    healthy: watch::Receiver<bool>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Session {
    /// A session that hands events to `intake` and the rest to `presence`, and publishes what comes out of `out`.
    #[must_use]
    pub fn new(
        settings: watch::Receiver<SessionSettings>,
        clock: Arc<dyn Clock>,
        intake: Intake,
        presence: Presence,
        out: mpsc::Receiver<Outbound>,
        healthy: watch::Receiver<bool>,
    ) -> Self {
        Self { settings, clock, intake, presence, out, healthy }
    }

    /// Runs until `stop` turns true; then says that the centre is away and hangs up.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) {
        let options = self.options();
        let (client, events) = AsyncClient::new(options, REQUESTS);
        let poll = Poll {
            events,
            settings: self.settings.clone(),
            clock: Arc::clone(&self.clock),
            intake: self.intake.clone(),
            presence: self.presence.clone(),
            healthy: self.healthy.clone(),
        };
        let stopping = stop.clone();
        let polling = poll.run(stopping);
        let forwarding = forward(&client, &mut self.out, &mut self.healthy, self.clock.as_ref(), &mut stop);
        tokio::join!(polling, forwarding);
    }

    fn options(&self) -> MqttOptions {
        let s = self.settings.borrow().clone();
        let mut options = MqttOptions::new("central", s.host.clone(), s.port);
        options.set_transport(transport(&s));
        options.set_keep_alive(KEEP_ALIVE);
        // Acknowledgements are small and many: without this each waits for the broker's delayed TCP acknowledgement, 40 ms.
        let mut network = NetworkOptions::new();
        network.set_tcp_nodelay(true);
        options.set_network_options(network);
        // Nothing is lost with a session: nodes send again what the centre did not acknowledge.
        options.set_clean_start(true);
        options.set_max_packet_size(Some(MAX_PACKET));
        let away = Outbound::json(Topic::CentralStatus, &Status { online: false, since: None });
        options.set_last_will(LastWill::new(away.topic.to_string(), away.payload, QoS::AtLeastOnce, true, None));
        options
    }
}

fn transport(s: &SessionSettings) -> Transport {
    Transport::tls_with_config(TlsConfiguration::Simple {
        ca: s.ca_pem.clone(),
        alpn: None,
        client_auth: Some((s.certificate_pem.clone(), s.key_pem.clone())),
    })
}

fn status(online: bool, clock: &dyn Clock) -> Outbound {
    Outbound::json(Topic::CentralStatus, &Status { online, since: Some(clock.now()) })
}

fn retained(topic: &Topic) -> bool {
    matches!(topic, Topic::CentralStatus)
}

/// Publishes what is in the queue, and the status whenever the store's health changes; at the end says goodbye.
async fn forward(
    client: &AsyncClient,
    out: &mut mpsc::Receiver<Outbound>,
    healthy: &mut watch::Receiver<bool>,
    clock: &dyn Clock,
    stop: &mut watch::Receiver<bool>,
) {
    loop {
        let next = tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => break,
            Ok(()) = healthy.changed() => {
                let online = *healthy.borrow_and_update();
                tracing::warn!(online, "the centre is {} for its nodes", if online { "back" } else { "away" });
                status(online, clock)
            }
            Some(next) = out.recv() => next,
            else => break,
        };
        publish(client, next, clock).await;
    }
    // What was committed is still acknowledged, as far as it goes without waiting.
    while let Ok(next) = out.try_recv() {
        if next.dies_us.is_some() {
            continue;
        }
        if client.try_publish(next.topic.to_string(), QoS::AtLeastOnce, false, next.payload).is_err() {
            break;
        }
    }
    let goodbye = status(false, clock);
    let _ = client.try_publish(goodbye.topic.to_string(), QoS::AtLeastOnce, true, goodbye.payload);
    let _ = client.try_disconnect();
}

async fn publish(client: &AsyncClient, message: Outbound, clock: &dyn Clock) {
    let retain = retained(&message.topic);
    if let Some(dies_us) = message.dies_us {
        let left_us = dies_us.saturating_sub(clock.monotonic_us());
        if left_us <= 0 {
            counter!(telemetry::COMMANDS_TOO_LATE).increment(1);
            tracing::warn!("a command could not go out in time and is dropped");
            return;
        }
        // Whole seconds, rounded up: the node's own clock is what an order dies by; this keeps it from lying at the broker.
        let seconds = u32::try_from((left_us + SECOND_US - 1) / SECOND_US).unwrap_or(1);
        let properties = PublishProperties { message_expiry_interval: Some(seconds), ..PublishProperties::default() };
        let topic = message.topic.to_string();
        let _ = client.publish_with_properties(topic, QoS::AtLeastOnce, false, message.payload, properties).await;
        return;
    }
    // Fails only when the event loop has ended, which is the end of the process.
    let _ = client.publish(message.topic.to_string(), QoS::AtLeastOnce, retain, message.payload).await;
}

struct Poll {
    events: EventLoop,
    settings: watch::Receiver<SessionSettings>,
    clock: Arc<dyn Clock>,
    intake: Intake,
    presence: Presence,
    healthy: watch::Receiver<bool>,
}

impl Poll {
    async fn run(mut self, mut stop: watch::Receiver<bool>) {
        let mut connected = false;
        let mut said: Option<String> = None;
        loop {
            let stopping = *stop.borrow();
            let event = tokio::select! {
                event = self.events.poll() => event,
                // Once stopping, the goodbye has this long to get out.
                () = tokio::time::sleep(Duration::from_secs(2)), if stopping => return,
                _ = stop.changed(), if !stopping => continue,
            };
            match event {
                Ok(Event::Incoming(Packet::ConnAck(_))) => {
                    connected = true;
                    said = None;
                    telemetry::broker_connected(true);
                    tracing::info!("connected to the broker");
                    self.greet();
                }
                Ok(Event::Incoming(Packet::Publish(publish))) => self.take(publish),
                Ok(Event::Incoming(Packet::SubAck(ack))) => {
                    let refused = ack.return_codes.iter().any(|code| !matches!(code, SubscribeReasonCode::Success(_)));
                    if refused {
                        tracing::error!(
                            codes = ?ack.return_codes,
                            "the broker lets the centre hear nothing of some topics: look at its access list"
                        );
                    }
                }
                Ok(_) => {}
                Err(_) if stopping => return,
                Err(error) => {
                    if std::mem::take(&mut connected) {
                        telemetry::broker_connected(false);
                    }
                    self.events.options.set_transport(transport(&self.settings.borrow()));
                    // A broker that is away for an hour says so once, not 3600 times.
                    let text = telemetry::chain(&error);
                    if said.as_ref() != Some(&text) {
                        tracing::warn!(error = text, "no connection to the broker, trying every second");
                        said = Some(text);
                    }
                    tokio::select! {
                        () = tokio::time::sleep(RECONNECT) => {}
                        _ = stop.wait_for(|stop| *stop) => return,
                    }
                }
            }
        }
    }

    /// Subscribes, then says that the centre is there. Straight into the connection's own queue: the request channel may
    /// be full of acknowledgements.
    fn greet(&mut self) {
        let filters = [events_filter(), births_filter(), statuses_filter(), forwarded_filter()]
            .map(|path| Filter::new(path, QoS::AtLeastOnce));
        let online = status(*self.healthy.borrow(), self.clock.as_ref());
        let mut publish = Publish::new(online.topic.to_string(), QoS::AtLeastOnce, online.payload, None);
        publish.retain = true;
        self.events.pending.push_front(Request::Publish(publish));
        self.events.pending.push_front(Request::Subscribe(Subscribe::new_many(filters, None)));
    }

    fn take(&self, publish: Publish) {
        let Ok(text) = std::str::from_utf8(&publish.topic) else { return };
        match text.parse::<Topic>() {
            Ok(Topic::Status(node)) => self.presence.status(Speaker::of(node), &publish.payload),
            Ok(Topic::Birth(node)) => self.presence.birth(Speaker::of(node), &publish.payload),
            Ok(Topic::ForwardedStatus { via, node }) => {
                self.presence.status(Speaker::behind(via, node), &publish.payload)
            }
            Ok(Topic::ForwardedBirth { via, node }) => {
                self.presence.birth(Speaker::behind(via, node), &publish.payload)
            }
            // Whatever else came through the events' filter is judged by the intake.
            _ => {
                let signature = publish.properties.and_then(|p| {
                    p.user_properties.into_iter().find(|(name, _)| name == SIGNATURE_PROPERTY).map(|(_, value)| value)
                });
                self.intake.offer(Message { topic: text.to_owned(), payload: publish.payload, signature });
            }
        }
    }
}

/// Asks a node for something.
#[must_use]
pub(super) fn command(node: &NodeAddress, command: &contract::downlink::Command) -> Outbound {
    Outbound::json(Topic::Command(node.clone()), command)
}
