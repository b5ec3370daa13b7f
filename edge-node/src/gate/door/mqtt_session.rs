//! The connection of an MQTT relay to its broker. Each connection has a client of its own that is thrown away with it:
//! what one client still held is never handed to the next, so no order outlives its connection. The last words about why
//! there is no connection are kept for whoever asks.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use contract::ids::DoorName;
use ring::rand::{SecureRandom as _, SystemRandom};
use rumqttc::v5::mqttbytes::QoS;
use rumqttc::v5::mqttbytes::v5::{
    ConnectProperties, ConnectReturnCode, Filter, Packet, PubAckReason, PublishProperties, RetainForwardRule,
    SubscribeReasonCode,
};
use rumqttc::v5::{AsyncClient, ConnectionError, Event, EventLoop, MqttOptions, StateError};
use rumqttc::{NetworkOptions, Outgoing, TlsConfiguration, Transport};
use tokio::sync::{broadcast, oneshot, watch};
use tokio_util::sync::CancellationToken;

use super::Credential;
use super::error::Trouble;
use super::reach::Place;
use crate::telemetry::chain;

/// How long connecting may take.
const CONNECT_WITHIN_S: u64 = 5;
/// Silence after which the connection is asked whether it lives.
const KEEP_ALIVE: Duration = Duration::from_secs(5);
/// Waits between two attempts: the first, and the longest of those that double.
const WAITS: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(10));
/// The largest message taken.
const MAX_INCOMING_BYTES: u32 = 64 * 1024;
/// Messages a connection holds for its event loop: an order and a hold, and room for one more of each.
const REQUESTS: usize = 4;
/// State messages that may wait for somebody who listens.
const STATES: usize = 64;

/// Why a connection ended that we ended ourselves.
const GIVEN_UP: &str = "the connection was given up";

/// Whom to speak to.
#[derive(Debug, Clone)]
pub(super) struct Broker {
    pub(super) door: DoorName,
    pub(super) place: Place,
    pub(super) account: Option<Credential>,
    /// Where the device tells its state.
    pub(super) state_topic: Option<String>,
}

/// How the connection is.
#[derive(Clone)]
pub(super) enum Link {
    /// There is none, and why.
    Down(Down),
    /// It stands, and what had to be subscribed is.
    Up(Session),
}

/// Why there is no connection.
#[derive(Debug, Clone)]
pub(super) enum Down {
    /// None was made yet, it was lost, or nobody is there.
    Unreachable(String),
    /// The broker does not take us.
    Refused(String),
    /// The broker's name leads to a forbidden address.
    Forbidden(std::net::IpAddr),
}

impl Down {
    pub(super) fn trouble(self, place: &Place) -> Trouble {
        match self {
            Self::Unreachable(why) => Trouble::unreachable(place.name(), why),
            Self::Refused(words) => Trouble::Refused { words },
            Self::Forbidden(address) => Trouble::ForbiddenAddress { host: place.host.clone(), address },
        }
    }
}

/// One connection that stands.
#[derive(Clone)]
pub(super) struct Session {
    client: AsyncClient,
    /// Who waits for the broker's answers, in the order in which the messages were handed over.
    waiting: Arc<Mutex<VecDeque<oneshot::Sender<PubAckReason>>>>,
    states: broadcast::Sender<Bytes>,
    end: CancellationToken,
}

/// Ends the connection when it is dropped before the broker answered: what the client still holds then never leaves.
struct EndUnlessAnswered<'a> {
    session: &'a Session,
    answered: bool,
}

impl Drop for EndUnlessAnswered<'_> {
    fn drop(&mut self) {
        if !self.answered {
            self.session.end.cancel();
        }
    }
}

impl Session {
    /// It is over, whether or not that was told already; and why.
    pub(super) fn over(&self) -> Option<Down> {
        self.end.is_cancelled().then(|| Down::Unreachable(GIVEN_UP.to_owned()))
    }

    /// What the device says of its state from now on.
    pub(super) fn states(&self) -> broadcast::Receiver<Bytes> {
        self.states.subscribe()
    }

    /// Hands a message over and waits for the broker's answer, `within` at most. Without an answer, or when this future is
    /// dropped, the connection ends and nothing of the message leaves any more.
    pub(super) async fn publish(
        &self,
        topic: &str,
        payload: String,
        expiry: Duration,
        within: Duration,
    ) -> Result<PubAckReason, String> {
        let mut guard = EndUnlessAnswered { session: self, answered: false };
        let (tell, answer) = oneshot::channel();
        {
            // The list and the client's queue must have the same order.
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            // Whole seconds, downwards: sooner rather than later. Brokers read 0 as *never*, so 1 is the least.
            let seconds = u32::try_from(expiry.as_secs()).unwrap_or(u32::MAX).max(1);
            let properties =
                PublishProperties { message_expiry_interval: Some(seconds), ..PublishProperties::default() };
            self.client
                .try_publish_with_properties(topic, QoS::AtLeastOnce, false, payload, properties)
                .map_err(|_| "the connection takes no message".to_owned())?;
            waiting.push_back(tell);
        }
        let answer = tokio::select! {
            answer = tokio::time::timeout(within, answer) => answer,
            () = self.end.cancelled() => return Err("the connection to the broker was lost".to_owned()),
        };
        match answer {
            Ok(Ok(reason)) => {
                guard.answered = true;
                Ok(reason)
            }
            Ok(Err(_)) => Err("the connection to the broker was lost".to_owned()),
            Err(_) => Err("the broker did not take the message in time".to_owned()),
        }
    }
}

/// Keeps a connection until `stop`; whoever waits at `tell` sees how it is.
pub(super) async fn keep(broker: Broker, tell: watch::Sender<Link>, stop: CancellationToken) {
    let mut wait = WAITS.0;
    loop {
        let (down, was_up) = tokio::select! {
            ended = connection(&broker, &tell) => ended,
            () = stop.cancelled() => (Down::Unreachable("the node ends".to_owned()), false),
        };
        // Once per change, not per attempt.
        if was_up || !matches!(&*tell.borrow(), Link::Down(before) if format!("{before:?}") == format!("{down:?}")) {
            tracing::warn!(door = %broker.door, broker = broker.place.name(), why = ?down, "door {} has no broker", broker.door);
        }
        tell.send_replace(Link::Down(down));
        wait = if was_up { WAITS.0 } else { (wait * 2).min(WAITS.1) };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = stop.cancelled() => return,
        }
    }
}

/// One connection from its beginning to its end, and whether it ever stood.
async fn connection(broker: &Broker, tell: &watch::Sender<Link>) -> (Down, bool) {
    let (client, mut event_loop) = match make(broker).await {
        Ok(made) => made,
        Err(down) => return (down, false),
    };
    let session = Session {
        client,
        waiting: Arc::default(),
        states: broadcast::channel(STATES).0,
        end: CancellationToken::new(),
    };
    // However this ends, nobody waits any longer and nobody uses it any more.
    let _ends = session.end.clone().drop_guard();
    let mut up = false;
    let mut on_their_way = BTreeMap::new();
    loop {
        let event = tokio::select! {
            // First: a connection that was given up hands over nothing that still waits in it.
            biased;
            () = session.end.cancelled() => return (Down::Unreachable(GIVEN_UP.to_owned()), up),
            event = event_loop.poll() => event,
        };
        match event {
            Ok(Event::Incoming(Packet::ConnAck(_))) => match &broker.state_topic {
                Some(topic) => {
                    let mut filter = Filter::new(topic.clone(), QoS::AtLeastOnce);
                    // What the state was before an order says nothing about the order.
                    filter.retain_forward_rule = RetainForwardRule::Never;
                    if session.client.try_subscribe_many([filter]).is_err() {
                        return (Down::Unreachable("the connection takes no subscription".to_owned()), false);
                    }
                }
                None => up = stands(&session, tell, broker),
            },
            Ok(Event::Incoming(Packet::SubAck(answer))) => {
                if !answer.return_codes.iter().all(|code| matches!(code, SubscribeReasonCode::Success(_))) {
                    return (Down::Refused("the broker does not let us read the state topic".to_owned()), false);
                }
                up = stands(&session, tell, broker);
            }
            Ok(Event::Outgoing(Outgoing::Publish(packet))) => {
                let next = session.waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                on_their_way.extend(next.map(|next| (packet, next)));
            }
            Ok(Event::Incoming(Packet::PubAck(answer))) => {
                if let Some(tell) = on_their_way.remove(&answer.pkid) {
                    let _ = tell.send(answer.reason);
                }
            }
            // Nobody may be listening.
            Ok(Event::Incoming(Packet::Publish(state))) if !state.retain => drop(session.states.send(state.payload)),
            Ok(_) => {}
            Err(error) => return (why(&error), up),
        }
    }
}

fn stands(session: &Session, tell: &watch::Sender<Link>, broker: &Broker) -> bool {
    tracing::info!(door = %broker.door, "door {} has its broker", broker.door);
    tell.send_replace(Link::Up(session.clone()));
    true
}

async fn make(broker: &Broker) -> Result<(AsyncClient, EventLoop), Down> {
    let looked_up = tokio::time::timeout(Duration::from_secs(CONNECT_WITHIN_S), broker.place.addresses()).await;
    let addresses = match looked_up {
        Ok(Ok(addresses)) => addresses,
        Ok(Err(Trouble::ForbiddenAddress { address, .. })) => return Err(Down::Forbidden(address)),
        Ok(Err(trouble)) => return Err(Down::Unreachable(chain(&trouble))),
        Err(_) => return Err(Down::Unreachable("looking the name up takes too long".to_owned())),
    };
    // The client looks names up again by itself. Without TLS it gets the address that was checked; with TLS the name, for
    // the certificate of the one authority vouches for whoever answers there.
    let host = match (&broker.place.tls, addresses.first()) {
        (None, Some(address)) if address.is_ipv6() => format!("[{}]", address.ip()),
        (None, Some(address)) => address.ip().to_string(),
        _ => broker.place.host.clone(),
    };
    let mut random = [0u8; 6];
    SystemRandom::new().fill(&mut random).expect("the kernel's random generator does not fail once seeded");
    let id = format!("chi-lang-{}-{}", broker.door, hex::encode(random));
    let mut options = MqttOptions::new(id, host, broker.place.port);
    options.set_keep_alive(KEEP_ALIVE).set_clean_start(true).set_connection_timeout(CONNECT_WITHIN_S);
    options.set_connect_properties(ConnectProperties {
        max_packet_size: Some(MAX_INCOMING_BYTES),
        session_expiry_interval: Some(0),
        ..ConnectProperties::new()
    });
    if let Some(account) = &broker.account {
        options.set_credentials(account.user.clone(), account.password.clone());
    }
    if let Some(tls) = &broker.place.tls {
        options.set_transport(Transport::tls_with_config(TlsConfiguration::Rustls(tls.clone())));
    }
    let mut network = NetworkOptions::new();
    network.set_connection_timeout(CONNECT_WITHIN_S);
    network.set_tcp_nodelay(true);
    options.set_network_options(network);
    Ok(AsyncClient::new(options, REQUESTS))
}

fn why(error: &ConnectionError) -> Down {
    let refused = |code: &ConnectReturnCode| Down::Refused(format!("the broker says {code:?}"));
    match error {
        ConnectionError::ConnectionRefused(code)
        | ConnectionError::MqttState(StateError::ConnFail { reason: code }) => refused(code),
        other => Down::Unreachable(chain(other)),
    }
}
