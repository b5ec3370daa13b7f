//! A node's place taken by a test: enrolled and certified like one, it says over the real broker what the test wants said.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use contract::downlink::{Ack, Verdict};
use contract::event::Envelope;
use contract::ids::{EventId, IdSource as _, LogId, PassageId, SystemIds};
use contract::signature::SIGNATURE_PROPERTY;
use contract::topic::Topic;
use courier::identity::{self, NodeIdentity};
use rumqttc::v5::mqttbytes::QoS;
use rumqttc::v5::mqttbytes::v5::{Packet, PubAckReason, PublishProperties};
use rumqttc::v5::{AsyncClient, Event, EventLoop, MqttOptions};
use rumqttc::{TlsConfiguration, Transport};

use crate::centre::Centre;
use crate::checkout::root;

/// Nothing on loopback takes longer.
const SOON: Duration = Duration::from_secs(20);

/// The stand-in, connected.
pub struct StandIn {
    /// Who it is.
    pub identity: NodeIdentity,
    client: AsyncClient,
    events: EventLoop,
    acks: Vec<Ack>,
}

/// An event on its way.
pub struct Letter {
    /// Where to.
    pub topic: String,
    /// What.
    pub bytes: Vec<u8>,
    /// The signature, if it carries one.
    pub signature: Option<String>,
}

impl StandIn {
    /// Registers a node at the centre, enrols in its place, connects and listens for acknowledgements.
    pub async fn enrol(centre: &Centre, address: &str, controller: &str, dir: &Path) -> Result<Self> {
        identity::install_tls_provider();
        let token = centre.add_node(address, controller)?.parse().context("reading the enrolment token")?;
        Self::connect(identity::enrol(&token, dir).await?).await
    }

    /// Connects with an identity.
    pub async fn connect(identity: NodeIdentity) -> Result<Self> {
        let mut options = MqttOptions::new(identity.node.to_string(), &identity.mqtt_host, identity.mqtt_port);
        options.set_transport(Transport::tls_with_config(TlsConfiguration::Rustls(identity.tls()?)));
        let (client, events) = AsyncClient::new(options, 16);
        let mut stand_in = Self { identity, client, events, acks: Vec::new() };
        let topic = Topic::Ack(stand_in.identity.node.clone()).to_string();
        stand_in.client.subscribe(topic, QoS::AtLeastOnce).await?;
        stand_in.until("the subscription", |packet| matches!(packet, Packet::SubAck(_)).then_some(())).await?;
        Ok(stand_in)
    }

    /// An event as this node could have made it: one of the contract's examples under its own name, place `seq` of `log`.
    pub fn event(&self, example: &str, log: LogId, seq: u64) -> Result<Envelope> {
        let file = root().join(format!("contract/golden/v1/{example}.json"));
        let mut event = Envelope::from_bytes(&std::fs::read(file)?)?;
        let ids = SystemIds::new();
        let now = event.captured.captured_at;
        (event.node, event.controller) = (self.identity.node.clone(), self.identity.controller.clone());
        (event.event_id, event.passage_id) = (EventId(ids.next(now)), PassageId(ids.next(now)));
        (event.log_id, event.seq) = (log, seq);
        event.evidence.clear();
        Ok(event)
    }

    /// The event as a node sends it: on its topic, signed.
    pub fn letter(&self, event: &Envelope) -> Result<Letter> {
        let topic = Topic::Event { from: event.node.clone(), camera: event.camera.clone(), kind: event.kind() };
        self.signed(topic.to_string(), event.to_bytes())
    }

    /// Any bytes, signed by this node.
    pub fn signed(&self, topic: String, bytes: Vec<u8>) -> Result<Letter> {
        let signature = self.identity.signing_key()?.sign(&bytes).to_string();
        Ok(Letter { topic, bytes, signature: Some(signature) })
    }

    /// Hands a letter to the broker and gives back what the broker says to it.
    pub async fn send(&mut self, letter: Letter) -> Result<PubAckReason> {
        let properties = PublishProperties {
            user_properties: letter.signature.into_iter().map(|s| (SIGNATURE_PROPERTY.to_owned(), s)).collect(),
            ..PublishProperties::default()
        };
        self.client
            .publish_with_properties(letter.topic, QoS::AtLeastOnce, false, letter.bytes, properties)
            .await
            .context("publishing")?;
        self.until("the broker's answer", |packet| match packet {
            Packet::PubAck(ack) => Some(ack.reason),
            _ => None,
        })
        .await
    }

    /// What the centre says became of place `seq` of `log`.
    pub async fn verdict(&mut self, log: LogId, seq: u64) -> Result<Verdict> {
        loop {
            let told = self.acks.iter().rev().filter(|ack| ack.log_id == log).flat_map(|ack| &ack.ranges);
            if let Some(range) = told.into_iter().find(|r| (r.from..=r.to).contains(&seq)) {
                return Ok(range.verdict.clone());
            }
            let ack = self.until("an acknowledgement", read_ack).await?;
            self.acks.push(ack);
        }
    }

    async fn until<T>(&mut self, what: &str, mut wanted: impl FnMut(&Packet) -> Option<T>) -> Result<T> {
        let waiting = async {
            loop {
                match self.events.poll().await {
                    Ok(Event::Incoming(packet)) => {
                        if let Some(found) = wanted(&packet) {
                            return Ok(found);
                        }
                        // It may come before the broker's own answer.
                        self.acks.extend(read_ack(&packet));
                    }
                    Ok(Event::Outgoing(_)) => {}
                    Err(error) => bail!("the broker ended the connection while waiting for {what}: {error}"),
                }
            }
        };
        tokio::time::timeout(SOON, waiting).await.with_context(|| format!("{what} did not come in {SOON:?}"))?
    }
}

fn read_ack(packet: &Packet) -> Option<Ack> {
    let Packet::Publish(publish) = packet else { return None };
    serde_json::from_slice(&publish.payload).ok()
}
