//! The session with the province's broker: connect, name the nodes behind this site, deliver while the province takes, begin
//! anew when the connection is lost. The same courier as a node's; the queue is the store's.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use contract::clock::SECOND_US;
use contract::downlink::{Ack, Birth, Command, Status};
use contract::ids::{LogId, NodeName};
use contract::topic::{BadTopic, Topic};
use courier::backoff::Backoff;
use courier::delivery::{Delivery, Wish};
use courier::session::{self, Heard, NotTaken, Session};
use courier::{Parcel, Target, https};
use metrics::{counter, gauge};
use tokio::sync::{mpsc, watch};
use tokio::time::MissedTickBehavior;

use super::ForwardParts;
use crate::fleet::{SiteNodes, nodes_of_site};
use crate::store::forward::Queued;
use crate::store::{StoreError, fleet, forward};
use crate::telemetry::{self, chain};

/// How often the queue, the nodes and what they say of themselves are looked at.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Events sent and not acknowledged.
const WINDOW: usize = 200;
/// An event without an acknowledgement is sent again after this.
const RESEND_AFTER_US: i64 = 15 * SECOND_US;
const HEARD_QUEUE: usize = 256;
const GOODBYE_WITHIN: Duration = Duration::from_secs(2);

/// Why a connection ended.
enum Ended {
    /// Lost, or stuck: in words.
    Lost(String),
    /// The site has a new certificate.
    NewTarget,
    Stop,
}

/// What keeps a round from being done.
#[derive(Debug, thiserror::Error)]
enum RoundError {
    #[error("the store does not say what waits")]
    Store(#[from] StoreError),
    #[error("the province does not take the list of nodes behind this site")]
    Nodes(#[from] reqwest::Error),
    #[error("the province refuses the list of nodes behind this site ({0}): {1}")]
    NodesRefused(reqwest::StatusCode, String),
    #[error("a stored event has no topic")]
    Topic(#[from] BadTopic),
    #[error("the connection takes nothing more")]
    NotTaken,
}

impl From<NotTaken> for RoundError {
    fn from(_: NotTaken) -> Self {
        Self::NotTaken
    }
}

pub(super) async fn run(parts: &Arc<ForwardParts>, mut stop: watch::Receiver<bool>) {
    let mut backoff = Backoff::default();
    let mut target = parts.target.clone();
    let mut said: Option<String> = None;
    loop {
        let whom = target.borrow_and_update().clone();
        let (session, event_loop) = session::make(&whom);
        let (tell, heard) = mpsc::channel(HEARD_QUEUE);
        let listening = tokio::spawn(session::listen(event_loop, tell));
        let mut connection = Connection::new(parts, whom, session, heard);
        let ended = connection.serve(&mut target, &mut stop).await;
        if connection.connected {
            backoff.reset();
            said = None;
        }
        if matches!(ended, Ended::Stop) {
            let farewell = async { while connection.heard.recv().await.is_some() {} };
            let _ = tokio::time::timeout(GOODBYE_WITHIN, farewell).await;
        }
        listening.abort();
        gauge!(telemetry::FORWARD_CONNECTED).set(0.0);
        match ended {
            Ended::Stop => return,
            Ended::NewTarget => continue,
            Ended::Lost(why) => {
                // A province that is away for a day says so once.
                if said.as_ref() != Some(&why) {
                    tracing::warn!(
                        error = why,
                        "the province is not reached; the desk goes on, and what happens waits here"
                    );
                    said = Some(why);
                }
            }
        }
        tokio::select! {
            () = tokio::time::sleep(backoff.next(rand::random())) => {}
            _ = target.changed() => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// Waits for the end, and keeps hold of nothing while others wait.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// One connection.
struct Connection<'a> {
    parts: &'a ForwardParts,
    target: Arc<Target>,
    session: Session,
    heard: mpsc::Receiver<Heard>,
    connected: bool,
    /// The province's last word.
    province: Option<Status>,
    delivery: Delivery,
    /// What is in flight, by its place in the queue.
    in_flight: BTreeMap<u64, (LogId, u64)>,
    /// The list of nodes the province has.
    named: Option<SiteNodes>,
    /// What was told of each node since the connection was made.
    told: HashMap<NodeName, (bool, Option<String>)>,
}

impl<'a> Connection<'a> {
    fn new(parts: &'a ForwardParts, target: Arc<Target>, session: Session, heard: mpsc::Receiver<Heard>) -> Self {
        Self {
            parts,
            target,
            session,
            heard,
            connected: false,
            province: None,
            delivery: Delivery::new(WINDOW, RESEND_AFTER_US),
            in_flight: BTreeMap::new(),
            named: None,
            told: HashMap::new(),
        }
    }

    async fn serve(&mut self, target: &mut watch::Receiver<Arc<Target>>, stop: &mut watch::Receiver<bool>) -> Ended {
        let mut look = tokio::time::interval(LOOK_EVERY);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut said: Option<String> = None;
        loop {
            tokio::select! {
                heard = self.heard.recv() => {
                    let Some(first) = heard else { return Ended::Lost("the connection ended".to_owned()) };
                    if let Some(ended) = self.take(first).await {
                        return ended;
                    }
                }
                _ = look.tick() => {}
                Ok(()) = target.changed() => {
                    self.session.end();
                    return Ended::NewTarget;
                }
                () = stopped(stop) => {
                    let status = Status { online: false, since: Some(self.parts.clock.now()) };
                    let _ = self.session.say(&Topic::Status(self.target.node.clone()), session::json(&status));
                    self.session.end();
                    return Ended::Stop;
                }
            }
            if !self.connected {
                continue;
            }
            match self.round().await {
                Ok(()) => said = None,
                Err(RoundError::NotTaken) => return Ended::Lost("the connection takes nothing more".to_owned()),
                Err(error) => {
                    let text = chain(&error);
                    if said.as_ref() != Some(&text) {
                        tracing::warn!(error = text, "nothing can be forwarded for now, trying again");
                        said = Some(text);
                    }
                }
            }
        }
    }

    /// Takes what was heard and whatever else waits, so that acknowledgements share a transaction.
    async fn take(&mut self, first: Heard) -> Option<Ended> {
        let mut acks = Vec::new();
        let mut next = Some(first);
        let mut ended = None;
        while let Some(heard) = next {
            match heard {
                Heard::Ack(ack) => acks.push(ack),
                Heard::Connected => {
                    self.connected = true;
                    gauge!(telemetry::FORWARD_CONNECTED).set(1.0);
                    tracing::info!("the province's broker is connected");
                    if self.greet().await.is_err() {
                        ended = Some(Ended::Lost("the connection takes nothing more".to_owned()));
                    }
                }
                Heard::Centre(status) => self.province_says(status),
                Heard::Command(Command::Resend { log_id, from, to }) => self.missed(log_id, from, to),
                Heard::Command(_) => {
                    tracing::warn!("the province orders something: a site's gates obey their own desk alone");
                }
                Heard::Bundle(_) => {}
                Heard::Unreadable(topic) => tracing::warn!(topic, "a message of the province cannot be read"),
                Heard::Lost(lost) => ended = Some(Ended::Lost(chain(&lost.error))),
            }
            if ended.is_some() {
                break;
            }
            next = self.heard.try_recv().ok();
        }
        if !acks.is_empty()
            && let Err(error) = self.acknowledged(&acks).await
        {
            // Not forgotten: it is sent again, and the province says again that it has it.
            tracing::warn!(error = chain(&error), "an acknowledgement of the province could not be kept");
        }
        ended
    }

    async fn greet(&self) -> Result<(), RoundError> {
        self.session.subscribe()?;
        let now = self.parts.clock.now();
        let status = Status { online: true, since: Some(now) };
        self.session.say(&Topic::Status(self.target.node.clone()), session::json(&status))?;
        let ledger = forward::own_ledger(&mut *self.parts.db.read().await?).await?;
        if let Some(ledger) = ledger {
            let birth = Birth {
                software: env!("CARGO_PKG_VERSION").to_owned(),
                boot_id: self.parts.voice.boot_id,
                models: BTreeMap::new(),
                bundle_revisions: BTreeMap::new(),
                clock_sources: BTreeMap::new(),
                machine: None,
                log_id: ledger.log_id,
                first_unacknowledged: ledger.last_seq + 1,
                last_seq: ledger.last_seq,
                at: now,
            };
            self.session.say(&Topic::Birth(self.target.node.clone()), session::json(&birth))?;
        }
        Ok(())
    }

    /// The province came, went, or came back as another run of itself.
    fn province_says(&mut self, status: Status) {
        let another = self.province.as_ref() != Some(&status);
        if !status.online {
            self.delivery.closed();
            self.in_flight.clear();
        } else if another || !self.delivery.is_open() {
            // Opened by the next round, once the province knows the nodes.
            self.delivery.closed();
            self.in_flight.clear();
            self.named = None;
        }
        self.province = Some(status);
    }

    /// One look: the nodes behind this site, what they say of themselves, and what waits.
    async fn round(&mut self) -> Result<(), RoundError> {
        if self.province.as_ref().is_none_or(|province| !province.online) {
            return Ok(());
        }
        let nodes = nodes_of_site(&self.parts.db, &self.target.node).await?;
        if self.named.as_ref() != Some(&nodes) {
            self.name(&nodes).await?;
            self.named = Some(nodes);
        }
        self.tell_of_nodes().await?;
        if !self.delivery.is_open() {
            let mut conn = self.parts.db.read().await?;
            let (waiting, ledger) = (forward::count(&mut conn).await?, forward::own_ledger(&mut conn).await?);
            drop(conn);
            tracing::info!(waiting, "the province takes events");
            self.delivery.opened(ledger.map_or(0, |ledger| ledger.last_number));
        }
        self.pump().await
    }

    /// The province must know a node before it hears of it.
    async fn name(&self, nodes: &SiteNodes) -> Result<(), RoundError> {
        let client = https::client(&self.target)?;
        let answer = client.put(https::address(&self.target, "site/nodes")).json(nodes).send().await?;
        let status = answer.status();
        if status.is_success() {
            return Ok(());
        }
        let words: serde_json::Value = answer.json().await.unwrap_or_default();
        Err(RoundError::NodesRefused(status, words["error"]["message"].as_str().unwrap_or_default().to_owned()))
    }

    async fn tell_of_nodes(&mut self) -> Result<(), RoundError> {
        let nodes = fleet::nodes(&mut *self.parts.db.read().await?).await?;
        for node in nodes {
            if node.address.site != self.target.node.site || node.address == self.target.node {
                continue;
            }
            let (via, name) = (self.target.node.clone(), node.address.node);
            let now = (node.online, node.birth);
            if self.told.get(&name) == Some(&now) {
                continue;
            }
            if let Some(birth) = &now.1 {
                let topic = Topic::ForwardedBirth { via: via.clone(), node: name.clone() };
                self.session.say(&topic, birth.clone().into_bytes())?;
            }
            let status = Status { online: now.0, since: node.status_since };
            self.session.say(&Topic::ForwardedStatus { via, node: name.clone() }, session::json(&status))?;
            self.told.insert(name, now);
        }
        Ok(())
    }

    async fn pump(&mut self) -> Result<(), RoundError> {
        let now_us = self.parts.clock.monotonic_us();
        let overdue = self.delivery.overdue(now_us);
        if !overdue.is_empty() {
            let still = forward::waiting(&mut *self.parts.db.read().await?, &overdue).await?;
            for number in overdue.iter().filter(|number| !still.iter().any(|row| row.number == **number)) {
                self.delivery.forgotten(*number);
                self.in_flight.remove(number);
            }
            for row in still {
                let number = row.number;
                self.send(row)?;
                self.delivery.resent(number, now_us);
            }
        }
        if let Some(wish) = self.delivery.live() {
            self.fulfil(wish, now_us).await?;
        }
        if let Some(wish) = self.delivery.backlog() {
            self.fulfil(wish, now_us).await?;
        }
        Ok(())
    }

    async fn fulfil(&mut self, wish: Wish, now_us: i64) -> Result<(), RoundError> {
        let rows = forward::peek(&mut *self.parts.db.read().await?, wish.after, wish.until, wish.limit).await?;
        if rows.is_empty() {
            self.delivery.exhausted(wish);
        }
        for row in rows {
            let (number, place) = (row.number, (row.log_id, row.seq));
            self.send(row)?;
            self.delivery.sent(number, wish.lane, now_us);
            self.in_flight.insert(number, place);
        }
        Ok(())
    }

    fn send(&self, row: Queued) -> Result<(), RoundError> {
        let unreadable = |column| RoundError::Store(StoreError::Unreadable(column));
        let camera = row.camera.parse().map_err(|_| unreadable("events.camera"))?;
        let kind = row.kind.parse()?;
        let topic = if row.node == self.target.node {
            Topic::Event { from: row.node, camera, kind }
        } else {
            Topic::ForwardedEvent { via: self.target.node.clone(), node: row.node.node, camera, kind }
        };
        let parcel = Parcel { seq: row.number, topic: topic.to_string(), bytes: row.bytes, signature: row.signature };
        self.session.send(parcel)?;
        counter!(telemetry::FORWARD_SENT).increment(1);
        Ok(())
    }

    /// The places in the queue of what is in flight out of these ranges of a ledger.
    fn places(&self, log_id: LogId, from: u64, to: u64) -> Vec<u64> {
        let within = self.in_flight.iter().filter(|(_, (log, seq))| *log == log_id && (from..=to).contains(seq));
        within.map(|(number, _)| *number).collect()
    }

    fn missed(&mut self, log_id: LogId, from: u64, to: u64) {
        for number in self.places(log_id, from, to) {
            self.delivery.missing(number, number);
        }
    }

    async fn acknowledged(&mut self, acks: &[Ack]) -> Result<(), StoreError> {
        let mut there = Vec::new();
        for ack in acks {
            for range in &ack.ranges {
                let numbers = self.places(ack.log_id, range.from, range.to);
                let verdict = match &range.verdict {
                    contract::downlink::Verdict::Stored => "stored",
                    contract::downlink::Verdict::Duplicate => "duplicate",
                    contract::downlink::Verdict::Quarantined(reason) => {
                        tracing::error!(
                            reason,
                            events = numbers.len(),
                            "the province has put {} events of this site into quarantine",
                            numbers.len()
                        );
                        "quarantined"
                    }
                };
                counter!(telemetry::FORWARD_ACKNOWLEDGED, "verdict" => verdict).increment(numbers.len() as u64);
                there.extend(numbers);
            }
        }
        let mut tx = self.parts.db.write().await?;
        forward::acknowledged(&mut tx, &there).await?;
        tx.commit().await?;
        for number in there {
            self.in_flight.remove(&number);
            self.delivery.forgotten(number);
        }
        Ok(())
    }
}
