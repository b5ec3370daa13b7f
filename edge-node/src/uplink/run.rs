//! The session's loop: connect, say who is there, deliver while the centre takes, and begin anew when the connection is
//! lost. The reconnect policy and the choice of events are the courier's.

use std::sync::Arc;
use std::time::Duration;

use contract::clock::SECOND_US;
use contract::downlink::{Ack, Birth, Status};
use contract::topic::Topic;
use futures_util::future::join_all;
use tokio::sync::{mpsc, watch};
use tokio::time::MissedTickBehavior;

use super::{Bells, UplinkParts, UplinkState, commands};
use crate::outbox::OutboxError;
use crate::telemetry::{self, chain};
use courier::backoff::Backoff;
use courier::delivery::{Delivery, Wish};
use courier::session::{self, Heard, LostConnection, NotTaken, Session};

/// How often overdue events are looked for.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Messages that may wait between the connection and this loop.
const HEARD_QUEUE: usize = 256;
/// How long the last words may take.
const GOODBYE_WITHIN: Duration = Duration::from_secs(2);

/// Why a connection ended.
enum Ended {
    Lost(LostConnection),
    /// The node has a new certificate or address.
    NewTarget,
    /// The client takes nothing any more.
    Stuck,
    Stop,
}

/// Runs until stopped.
pub(super) async fn run(parts: Arc<UplinkParts>, bells: Arc<Bells>, tell: watch::Sender<UplinkState>) {
    let mut backoff = Backoff::default();
    let mut target = parts.target.clone();
    loop {
        let whom = target.borrow_and_update().clone();
        let (session, event_loop) = session::make(&whom);
        let (heard_tx, heard) = mpsc::channel(HEARD_QUEUE);
        let listening = tokio::spawn(session::listen(event_loop, heard_tx));
        let settings = &parts.settings;
        let mut connection = Connection {
            parts: &parts,
            bells: &bells,
            tell: &tell,
            delivery: Delivery::new(settings.window as usize, i64::from(settings.resend_after_s) * SECOND_US),
            session,
            heard,
            connected: false,
            centre: None,
        };
        let ended = connection.serve(&mut target).await;
        if connection.connected {
            backoff.reset();
        }
        if matches!(ended, Ended::Stop) {
            // The client needs its event loop to say goodbye.
            let farewell = async { while connection.heard.recv().await.is_some() {} };
            let _ = tokio::time::timeout(GOODBYE_WITHIN, farewell).await;
        }
        listening.abort();
        connection.told_state(false);
        match ended {
            Ended::Stop => return,
            Ended::NewTarget => continue,
            Ended::Stuck => count_disconnect("stuck"),
            Ended::Lost(lost) => {
                count_disconnect(lost.reason);
                tracing::warn!(reason = lost.reason, error = %chain(&lost.error), "the broker is not connected");
            }
        }
        let wait = backoff.next(rand::random());
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            _ = target.changed() => {}
            () = parts.stop.cancelled() => return,
        }
    }
}

fn count_disconnect(reason: &'static str) {
    metrics::counter!(telemetry::UPLINK_DISCONNECTS_TOTAL, "reason" => reason).increment(1);
}

/// One connection.
struct Connection<'a> {
    parts: &'a Arc<UplinkParts>,
    bells: &'a Bells,
    tell: &'a watch::Sender<UplinkState>,
    delivery: Delivery,
    session: Session,
    heard: mpsc::Receiver<Heard>,
    connected: bool,
    /// The centre's last word.
    centre: Option<Status>,
}

impl Connection<'_> {
    async fn serve(&mut self, target: &mut watch::Receiver<Arc<courier::Target>>) -> Ended {
        let mut birth = self.parts.birth.clone();
        birth.mark_unchanged();
        let mut look = tokio::time::interval(LOOK_EVERY);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                heard = self.heard.recv() => {
                    let Some(heard) = heard else { return Ended::Stuck };
                    if let Some(ended) = self.take(heard).await {
                        return ended;
                    }
                }
                () = self.parts.outbox.appended(), if self.delivery.is_open() => {}
                _ = look.tick() => {}
                Ok(()) = birth.changed(), if self.connected => {
                    birth.mark_unchanged();
                    if self.say_birth().await.is_err() {
                        return Ended::Stuck;
                    }
                }
                Ok(()) = target.changed() => {
                    self.session.end();
                    return Ended::NewTarget;
                }
                () = self.parts.stop.cancelled() => {
                    self.say_goodbye();
                    return Ended::Stop;
                }
            }
            self.pump().await;
            self.told_state(true);
        }
    }

    /// Takes what was heard, and whatever else waits, so that acknowledgements share a transaction.
    async fn take(&mut self, first: Heard) -> Option<Ended> {
        let mut acks = Vec::new();
        let mut next = Some(first);
        let mut ended = None;
        while let Some(heard) = next {
            match heard {
                Heard::Ack(ack) => acks.push(ack),
                other => ended = self.hear(other).await,
            }
            if ended.is_some() {
                break;
            }
            next = self.heard.try_recv().ok();
        }
        if !acks.is_empty() {
            self.acknowledge(acks).await;
        }
        ended
    }

    async fn hear(&mut self, heard: Heard) -> Option<Ended> {
        match heard {
            Heard::Connected => {
                self.connected = true;
                tracing::info!("the broker is connected");
                let greeted = self.greet().await;
                greeted.is_err().then_some(Ended::Stuck)
            }
            Heard::Centre(status) => {
                self.gate(status);
                None
            }
            Heard::Command(command) => {
                commands::obey(command, self.parts, self.bells, &mut self.delivery).await;
                None
            }
            Heard::Bundle(notice) => {
                tracing::debug!(
                    bundle.kind = notice.kind.as_str(),
                    bundle.revision = notice.revision,
                    "a bundle is announced"
                );
                self.bells.bundles.notify_one();
                None
            }
            Heard::Unreadable(topic) => {
                metrics::counter!(telemetry::UPLINK_MESSAGES_REFUSED_TOTAL, "topic" => topic).increment(1);
                tracing::warn!(topic, "a message of the centre cannot be read");
                None
            }
            Heard::Ack(_) => None,
            Heard::Lost(lost) => Some(Ended::Lost(lost)),
        }
    }

    /// Subscriptions first, so that nothing the centre answers to the rest is missed.
    async fn greet(&mut self) -> Result<(), NotTaken> {
        self.session.subscribe()?;
        let since = Some(self.parts.clock.now());
        let node = self.parts.outbox_node();
        self.session.say(&Topic::Status(node), session::json(&Status { online: true, since }))?;
        self.say_birth().await
    }

    async fn say_birth(&mut self) -> Result<(), NotTaken> {
        let outbox = &self.parts.outbox;
        let waiting = match outbox.unacknowledged().await {
            Ok(waiting) => waiting,
            Err(error) => {
                tracing::error!(error = %chain(&error), "the outbox does not say what waits");
                return Ok(());
            }
        };
        let facts = self.parts.birth.borrow().clone();
        let birth = Birth {
            software: facts.software,
            boot_id: facts.boot_id,
            models: facts.models,
            bundle_revisions: facts.bundle_revisions,
            clock_sources: facts.clock_sources,
            machine: facts.machine,
            log_id: outbox.log_id(),
            first_unacknowledged: waiting.first,
            last_seq: waiting.last_seq,
            at: self.parts.clock.now(),
        };
        self.session.say(&Topic::Birth(self.parts.outbox_node()), session::json(&birth))
    }

    fn say_goodbye(&self) {
        let status = Status { online: false, since: Some(self.parts.clock.now()) };
        let topic = Topic::Status(self.parts.outbox_node());
        let _ = self.session.say(&topic, session::json(&status));
        self.session.end();
    }

    /// The centre came, went, or came back as another run of itself.
    fn gate(&mut self, status: Status) {
        let another = self.centre.as_ref() != Some(&status);
        if status.online && (another || !self.delivery.is_open()) {
            tracing::info!("the centre takes events");
            self.delivery.opened(self.parts.outbox.last_seq());
            self.bells.bundles.notify_one();
            self.bells.pictures.notify_one();
        } else if !status.online && self.delivery.is_open() {
            tracing::warn!("the centre takes no events for now");
            self.delivery.closed();
        }
        self.centre = Some(status);
    }

    async fn acknowledge(&mut self, acks: Vec<Ack>) {
        let outbox = &self.parts.outbox;
        let done = join_all(acks.iter().map(|ack| outbox.acknowledge(ack.clone()))).await;
        for (ack, done) in acks.iter().zip(done) {
            match done {
                Ok(done) => {
                    self.delivery.acknowledged(&ack.ranges);
                    let quarantined = done.quarantined;
                    let count = |verdict, n| {
                        metrics::counter!(telemetry::OUTBOX_EVENTS_ACKNOWLEDGED_TOTAL, "verdict" => verdict)
                            .increment(n);
                    };
                    count("stored", done.forgotten - quarantined);
                    count("quarantined", quarantined);
                    if quarantined > 0 {
                        let reasons: Vec<String> = done.reasons.iter().map(|(why, n)| format!("{why}: {n}")).collect();
                        tracing::error!(
                            events = quarantined,
                            reasons = reasons.join("; "),
                            "the centre has put {quarantined} events into quarantine"
                        );
                    }
                    if done.beyond_end {
                        tracing::error!(log.id = %ack.log_id, "the centre speaks of events this ledger does not have");
                    }
                }
                Err(OutboxError::OtherLedger(log_id)) => {
                    tracing::debug!(log.id = %log_id, "an acknowledgement for an earlier ledger");
                }
                // Not forgotten: it is sent again, and the centre says again that it has it.
                Err(error) => tracing::error!(error = %chain(&error), "an acknowledgement could not be kept"),
            }
        }
        self.bells.pictures.notify_one();
    }

    /// Sends what may be sent: overdue, then live, then backlog.
    async fn pump(&mut self) {
        if !self.delivery.is_open() {
            return;
        }
        if let Err(error) = self.try_pump().await {
            tracing::error!(error = %chain(&error), "the outbox does not say what to send");
        }
    }

    async fn try_pump(&mut self) -> Result<(), OutboxError> {
        let now = self.parts.clock.monotonic_us();
        let overdue = self.delivery.overdue(now);
        if !overdue.is_empty() {
            let rows = self.parts.outbox.rows(&overdue).await?;
            for seq in &overdue {
                if !rows.iter().any(|row| row.seq == *seq) {
                    self.delivery.forgotten(*seq);
                }
            }
            for row in rows {
                let seq = row.seq;
                if self.session.send(row).is_err() {
                    return Ok(());
                }
                self.delivery.resent(seq, now);
                metrics::counter!(telemetry::UPLINK_EVENTS_RESENT_TOTAL).increment(1);
            }
        }
        if let Some(wish) = self.delivery.live() {
            self.fulfil(wish, now).await?;
        }
        if let Some(wish) = self.delivery.backlog() {
            self.fulfil(wish, now).await?;
        }
        Ok(())
    }

    async fn fulfil(&mut self, wish: Wish, now: i64) -> Result<(), OutboxError> {
        let rows = self.parts.outbox.peek(wish.after, wish.until, wish.limit).await?;
        if rows.is_empty() {
            self.delivery.exhausted(wish);
        }
        for row in rows {
            let seq = row.seq;
            if self.session.send(row).is_err() {
                return Ok(());
            }
            self.delivery.sent(seq, wish.lane, now);
            metrics::counter!(telemetry::UPLINK_EVENTS_SENT_TOTAL, "lane" => wish.lane.as_str()).increment(1);
        }
        Ok(())
    }

    fn told_state(&self, alive: bool) {
        let state = UplinkState {
            connected: alive && self.connected,
            centre_online: alive && self.delivery.is_open(),
            in_flight: if alive { self.delivery.in_flight() } else { 0 },
        };
        metrics::gauge!(telemetry::UPLINK_CONNECTED).set(f64::from(u8::from(state.connected)));
        metrics::gauge!(telemetry::UPLINK_CENTRE_ONLINE).set(f64::from(u8::from(state.centre_online)));
        metrics::gauge!(telemetry::UPLINK_IN_FLIGHT_EVENTS).set(state.in_flight as f64);
        self.tell.send_if_modified(|told| {
            let changed = *told != state;
            *told = state;
            changed
        });
    }
}

impl UplinkParts {
    fn outbox_node(&self) -> contract::ids::NodeAddress {
        self.target.borrow().node.clone()
    }
}
