//! The bench in the node's place: one MQTT session as the edge's uplink makes it, live events first, the backlog in at most
//! half of the window, everything kept until the centre's range acknowledgement. Measures from the moment an event is
//! handed over to the moment its acknowledgement is read.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use contract::clock::Clock;
use contract::downlink::{Ack, Birth, Status, Verdict};
use contract::signature::SIGNATURE_PROPERTY;
use contract::topic::Topic;
use courier::identity::NodeIdentity;
use rumqttc::v5::mqttbytes::QoS;
use rumqttc::v5::mqttbytes::v5::{ConnectProperties, Filter, Packet, PublishProperties};
use rumqttc::v5::{AsyncClient, Event, EventLoop, MqttOptions};
use rumqttc::{TlsConfiguration, Transport};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;

use crate::events::{Maker, Signed};

/// In flight at most, as the contract has it.
const WINDOW: usize = 200;
/// Of these, backlog at most.
const BACKLOG_SHARE: usize = WINDOW / 2;
/// As the edge's default.
const RESEND_AFTER: Duration = Duration::from_secs(15);
/// A drain in which nothing is acknowledged for so long has failed.
const SILENCE: Duration = Duration::from_secs(60);

/// How the bench sends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    /// Fresh events a second.
    pub(crate) live_per_second: u32,
    /// Fresh events alone, before the backlog begins.
    pub(crate) quiet: Duration,
}

/// Times of some events, in milliseconds.
#[derive(Debug, Default)]
pub(crate) struct Times(Vec<f64>);

impl Times {
    /// How many, and their quantiles.
    pub(crate) fn summary(&self) -> Value {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let at = |share: f64| {
            // The smallest time that at least this share of the events did not exceed.
            let place = (share * sorted.len() as f64).ceil() as usize;
            sorted.get(place.saturating_sub(1)).map(|ms| (ms * 10.0).round() / 10.0)
        };
        json!({ "events": sorted.len(), "p50": at(0.5), "p95": at(0.95), "p99": at(0.99), "max": at(1.0) })
    }
}

/// What came out.
#[derive(Debug)]
pub(crate) struct Drained {
    /// From the first event of the backlog sent to the last one acknowledged.
    pub(crate) drain: Duration,
    /// Fresh events before the backlog.
    pub(crate) quiet_ms: Times,
    /// Fresh events beside it.
    pub(crate) beside_ms: Times,
    /// Sent more than once.
    pub(crate) sent_again: u64,
}

impl Drained {
    /// Fresh events altogether.
    pub(crate) fn live_sent(&self) -> usize {
        self.quiet_ms.0.len() + self.beside_ms.0.len()
    }
}

enum Heard {
    Connected,
    Centre(Status),
    Ack(Ack),
    Lost(String),
}

struct InFlight {
    /// When it was first handed over.
    made: Instant,
    /// When it was last handed over.
    sent: Instant,
    live: Option<Signed>,
}

/// Sends the backlog with fresh events beside it, until all is acknowledged.
pub(crate) async fn drain(
    identity: &NodeIdentity,
    backlog: &[Signed],
    maker: &mut Maker,
    pace: Pace,
    clock: Arc<dyn Clock>,
) -> Result<Drained> {
    let (client, event_loop) = connect(identity)?;
    let (tell, mut heard) = mpsc::channel(1024);
    let listening = tokio::spawn(listen(event_loop, tell));
    greet(&client, identity, maker, clock.as_ref(), &mut heard).await?;

    let mut lanes = Lanes { client, in_flight: BTreeMap::new(), backlog, next: 0, sent_again: 0 };
    let mut done =
        Drained { drain: Duration::ZERO, quiet_ms: Times::default(), beside_ms: Times::default(), sent_again: 0 };
    let begin = Instant::now() + pace.quiet;
    let mut first_sent = None;
    let mut live = tokio::time::interval(Duration::from_secs(1) / pace.live_per_second.max(1));
    live.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut look = tokio::time::interval(Duration::from_millis(500));
    let mut last_word = Instant::now();
    loop {
        let finished = first_sent.is_some() && lanes.backlog_is_over();
        if finished && lanes.in_flight.is_empty() {
            break;
        }
        tokio::select! {
            word = heard.recv() => match word.context("the connection's task ended")? {
                Heard::Ack(ack) => {
                    last_word = Instant::now();
                    lanes.acknowledged(&ack, maker, first_sent, &mut done)?;
                    if let (Some(first), true) = (first_sent, lanes.backlog_is_over())
                        && done.drain.is_zero()
                    {
                        done.drain = last_word.duration_since(first);
                    }
                }
                Heard::Lost(why) => bail!("the broker was lost during the run: {why}"),
                Heard::Connected => bail!("the broker was connected anew during the run"),
                Heard::Centre(status) => ensure!(status.online, "the centre went away during the run"),
            },
            _ = live.tick(), if !finished => {
                let event = maker.live(clock.as_ref());
                lanes.send_live(event)?;
            }
            _ = look.tick() => {
                ensure!(last_word.elapsed() < SILENCE, "nothing was acknowledged for {} s", SILENCE.as_secs());
                lanes.send_overdue_again()?;
            }
        }
        if Instant::now() >= begin {
            first_sent.get_or_insert_with(Instant::now);
            lanes.send_backlog()?;
        }
    }
    done.sent_again = lanes.sent_again;
    listening.abort();
    Ok(done)
}

struct Lanes<'a> {
    client: AsyncClient,
    in_flight: BTreeMap<u64, InFlight>,
    backlog: &'a [Signed],
    /// The first of the backlog that was not sent.
    next: usize,
    sent_again: u64,
}

impl Lanes<'_> {
    fn backlog_is_over(&self) -> bool {
        self.next == self.backlog.len() && self.in_flight.values().all(|f| f.live.is_some())
    }

    fn send_live(&mut self, event: Signed) -> Result<()> {
        // Before it is handed over: what waits in the client is waited for.
        let now = Instant::now();
        send(&self.client, &event)?;
        self.in_flight.insert(event.seq, InFlight { made: now, sent: now, live: Some(event) });
        Ok(())
    }

    fn send_backlog(&mut self) -> Result<()> {
        let taken = self.in_flight.values().filter(|f| f.live.is_none()).count();
        let free = BACKLOG_SHARE.saturating_sub(taken).min(WINDOW.saturating_sub(self.in_flight.len()));
        for event in self.backlog.iter().skip(self.next).take(free) {
            send(&self.client, event)?;
            let now = Instant::now();
            self.in_flight.insert(event.seq, InFlight { made: now, sent: now, live: None });
            self.next += 1;
        }
        Ok(())
    }

    fn send_overdue_again(&mut self) -> Result<()> {
        for (seq, flying) in &mut self.in_flight {
            if flying.sent.elapsed() >= RESEND_AFTER {
                // The backlog is numbered from 1 without gaps.
                let old = usize::try_from(*seq).ok().and_then(|n| self.backlog.get(n - 1));
                let event = flying.live.as_ref().or(old).context("an event in flight is known")?;
                send(&self.client, event)?;
                flying.sent = Instant::now();
                self.sent_again += 1;
            }
        }
        Ok(())
    }

    fn acknowledged(
        &mut self,
        ack: &Ack,
        maker: &Maker,
        backlog_since: Option<Instant>,
        done: &mut Drained,
    ) -> Result<()> {
        ensure!(ack.log_id == maker.log_id(), "an acknowledgement for another ledger");
        let now = Instant::now();
        for range in &ack.ranges {
            ensure!(!matches!(range.verdict, Verdict::Quarantined(_)), "an event was quarantined: {:?}", range.verdict);
            let gone: Vec<u64> = self.in_flight.range(range.from..=range.to).map(|(seq, _)| *seq).collect();
            for seq in gone {
                if let Some(InFlight { made, live: Some(_), .. }) = self.in_flight.remove(&seq) {
                    let ms = now.duration_since(made).as_secs_f64() * 1000.0;
                    let beside = backlog_since.is_some_and(|since| now > since);
                    if beside { done.beside_ms.0.push(ms) } else { done.quiet_ms.0.push(ms) }
                }
            }
        }
        Ok(())
    }
}

fn send(client: &AsyncClient, event: &Signed) -> Result<()> {
    let properties = PublishProperties {
        user_properties: vec![(SIGNATURE_PROPERTY.to_owned(), event.signature.clone())],
        ..PublishProperties::default()
    };
    client
        .try_publish_with_properties(event.topic.as_str(), QoS::AtLeastOnce, false, event.bytes.clone(), properties)
        .map_err(|_| anyhow::anyhow!("the MQTT client takes nothing any more"))
}

fn connect(identity: &NodeIdentity) -> Result<(AsyncClient, EventLoop)> {
    let mut options = MqttOptions::new(identity.node.to_string(), &identity.mqtt_host, identity.mqtt_port);
    options
        .set_transport(Transport::tls_with_config(TlsConfiguration::Rustls(identity.tls()?)))
        .set_keep_alive(Duration::from_secs(10))
        .set_clean_start(true)
        .set_connect_properties(ConnectProperties { max_packet_size: Some(1024 * 1024), ..ConnectProperties::new() });
    let mut network = rumqttc::NetworkOptions::new();
    network.set_tcp_nodelay(true);
    options.set_network_options(network);
    Ok(AsyncClient::new(options, 512))
}

/// Subscribes, says that the node is there, and waits until the centre takes events.
async fn greet(
    client: &AsyncClient,
    identity: &NodeIdentity,
    maker: &Maker,
    clock: &dyn Clock,
    heard: &mut mpsc::Receiver<Heard>,
) -> Result<()> {
    let node = identity.node.clone();
    let waited = async {
        loop {
            match heard.recv().await.context("the connection's task ended")? {
                Heard::Connected => {
                    let filters = [Topic::CentralStatus, Topic::Ack(node.clone())]
                        .map(|topic| Filter::new(topic.to_string(), QoS::AtLeastOnce));
                    client.subscribe_many(filters).await?;
                    let now = clock.now();
                    let status = serde_json::to_vec(&Status { online: true, since: Some(now) })?;
                    client.publish(Topic::Status(node.clone()).to_string(), QoS::AtLeastOnce, true, status).await?;
                    let birth = Birth {
                        software: concat!("bench-ingest ", env!("CARGO_PKG_VERSION")).to_owned(),
                        boot_id: maker.boot_id(),
                        models: BTreeMap::new(),
                        bundle_revisions: BTreeMap::new(),
                        clock_sources: BTreeMap::new(),
                        machine: None,
                        log_id: maker.log_id(),
                        first_unacknowledged: 1,
                        last_seq: maker.last_seq(),
                        at: now,
                    };
                    let birth = serde_json::to_vec(&birth)?;
                    client.publish(Topic::Birth(node.clone()).to_string(), QoS::AtLeastOnce, true, birth).await?;
                }
                Heard::Centre(status) if status.online => return Ok(()),
                Heard::Centre(_) | Heard::Ack(_) => {}
                Heard::Lost(why) => bail!("the broker cannot be reached: {why}"),
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waited).await.context("waiting for the centre to take events")?
}

async fn listen(mut event_loop: EventLoop, tell: mpsc::Sender<Heard>) {
    loop {
        let word = match event_loop.poll().await {
            Ok(Event::Incoming(Packet::ConnAck(_))) => Heard::Connected,
            Ok(Event::Incoming(Packet::Publish(publish))) => {
                let topic = std::str::from_utf8(&publish.topic).ok().and_then(|t| t.parse::<Topic>().ok());
                let read = match topic {
                    Some(Topic::CentralStatus) => serde_json::from_slice(&publish.payload).map(Heard::Centre),
                    Some(Topic::Ack(_)) => serde_json::from_slice(&publish.payload).map(Heard::Ack),
                    _ => continue,
                };
                read.unwrap_or_else(|e| Heard::Lost(format!("a message of the centre cannot be read: {e}")))
            }
            Ok(_) => continue,
            Err(error) => Heard::Lost(format!("{error:?}")),
        };
        let over = matches!(word, Heard::Lost(_));
        if tell.send(word).await.is_err() || over {
            return;
        }
    }
}
