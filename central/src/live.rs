//! The live feed: what ingest committed, told at once to whoever may see it. A bounded ring and a bounded channel: a
//! client that lags, or comes back too late, is told to read again (`resync`), it never slows anything down. The hub keeps
//! nothing durable and promises nothing; the store is the truth. What a role may not see never enters its stream, and plates
//! only that of a client that watches one place (invariant 4): a feed of all places would be everybody's trail.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use contract::clock::{DAY_US, MINUTE_US, UtcMicros};
use contract::event::{AccessSubject, Body, CameraState, DoorOutcome, Envelope, GateVerdict, State};
use contract::ids::{ControllerName, NodeAddress, SiteName};
use serde::Serialize;
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::auth::Role;

/// How many events a client may lag behind, and how many a returning client can be given again.
pub const KEPT: usize = 256;
/// What is older than this when it arrives was sent after an outage and is no news: it stands in the store. A suspicion is
/// told however old it is, for its clocks run.
const NEWS_US: i64 = 15 * MINUTE_US;

/// What is older than this when it arrives is told as late.
const LATE_US: i64 = MINUTE_US;

/// What kind of thing happened: the name of the server-sent event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LiveKind {
    /// A vehicle passed.
    Pass,
    /// Somebody is at a gate.
    Access,
    /// A suspicion arose or changed.
    Suspicion,
    /// A minute was counted.
    Count,
    /// A camera's state.
    Camera,
    /// A guard decided, looks into somebody, or has seen an alert.
    Decision,
    /// An officer took, left or decided a case.
    Case,
    /// A visit on business is another one now.
    Visit,
    /// A wanted plate passed.
    PlateAlert,
}

impl LiveKind {
    /// As in the `event:` field.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Access => "access",
            Self::Suspicion => "suspicion",
            Self::Count => "count",
            Self::Camera => "camera",
            Self::Decision => "decision",
            Self::Case => "case",
            Self::Visit => "visit",
            Self::PlateAlert => "plate_alert",
        }
    }

    /// May this role see it? The same answer as the routes of the same data give.
    #[must_use]
    pub fn visible_to(self, role: Role) -> bool {
        match self {
            Self::Pass => crate::auth::access::PASSES.admits(role),
            Self::Access | Self::Decision | Self::Visit => crate::auth::access::GATES_READ.admits(role),
            Self::Suspicion | Self::Case => crate::auth::access::SUSPICIONS_READ.admits(role),
            Self::PlateAlert => crate::auth::access::PLATE_LISTS.admits(role),
            Self::Count => crate::auth::access::COUNTS.admits(role),
            Self::Camera => crate::auth::access::DEVICES.admits(role) || crate::auth::access::GATES_READ.admits(role),
        }
    }
}

/// What is told. Plates stand in `pass` only, which goes to whoever may see passages and watches that one place. A
/// `suspicion` says no more than that the queue is another one now.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
enum LiveBody {
    Pass {
        passage_id: Uuid,
        state: State,
        class: String,
        plate: Option<String>,
        unreadable: bool,
    },
    Access {
        passage_id: Uuid,
        state: State,
        revision: u32,
        gate: String,
        subject: AccessSubject,
        verdict: Option<GateVerdict>,
        /// Why a person has to decide, in words.
        reasons: Vec<&'static str>,
        /// A request is outstanding: somebody waits for a guard.
        waits: bool,
        /// There is a picture to look at.
        has_look: bool,
        tailgaters: u32,
        last_act: Option<DoorOutcome>,
    },
    Suspicion {
        suspicion_passage: Uuid,
        state: State,
        violation: String,
    },
    Count {
        line: String,
        class: String,
        start: String,
        #[serde(rename = "in")]
        entered: u32,
        out: u32,
        analysed_ms: u32,
    },
    Camera {
        camera_state: CameraState,
        view: Vec<contract::event::ViewTrouble>,
        reason: String,
        since: String,
    },
    Decision {
        passage_id: Option<Uuid>,
        gate: String,
        /// `admit`, `refuse`, `not_this_person`, `open`, `verifying`, `alert_seen`.
        decided: &'static str,
        /// The guard's account.
        by: String,
    },
    Case {
        id: Uuid,
        number: String,
        state: String,
        holder: Option<String>,
        until: Option<String>,
        assigned_to: Option<String>,
        decided_by: Option<String>,
    },
    Visit {
        visit_id: Uuid,
        state: String,
        revision: i64,
        /// The guard's account. Never a visitor's name.
        by: String,
    },
    /// That there is an alert to be read. Neither plate nor entry nor passage.
    PlateAlert {
        alert: bool,
    },
}

/// That a visit is another one now, for the other desks of its place. No name.
#[derive(Debug, Clone)]
pub struct VisitTold<'a> {
    /// Whose book.
    pub controller: ControllerName,
    /// The place.
    pub site: SiteName,
    /// The visit.
    pub visit: Uuid,
    /// Where it stands.
    pub state: &'a str,
    /// Its revision.
    pub revision: i64,
    /// The guard's account.
    pub by: &'a str,
    /// When.
    pub at: UtcMicros,
}

/// What became of a case, for the other desks: who has it, who decided. No plate.
#[derive(Debug, Clone)]
pub struct CaseTold {
    /// Whose data it is.
    pub controller: ControllerName,
    /// Where it happened.
    pub site: SiteName,
    /// The node.
    pub node: String,
    /// The camera.
    pub camera: String,
    /// The case.
    pub id: Uuid,
    /// Its number for people.
    pub number: String,
    /// Where it stands.
    pub state: String,
    /// Who has it on the screen, and until when.
    pub lease: Option<(String, UtcMicros)>,
    /// To whom it was given.
    pub assigned_to: Option<String>,
    /// Who decided.
    pub decided_by: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct LivePayload {
    site: String,
    node: String,
    camera: String,
    at: String,
    at_text: String,
    /// It came later than it happened: not what the camera sees now.
    late: bool,
    #[serde(flatten)]
    body: LiveBody,
}

/// What a guard said at this centre's own desk.
#[derive(Debug, Clone, Copy)]
pub struct DeskWord<'a> {
    /// Whose data.
    pub controller: &'a ControllerName,
    /// The gate's node.
    pub node: &'a NodeAddress,
    /// The gate's camera.
    pub camera: &'a str,
    /// The gate.
    pub gate: &'a str,
    /// The arrival; none for a door opened by hand.
    pub passage: Option<Uuid>,
    /// `admit`, `refuse`, `not_this_person`, `open`, `verifying`, `alert_seen`.
    pub word: &'static str,
    /// The guard's account.
    pub by: &'a str,
    /// When.
    pub at: UtcMicros,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveEvent {
    /// Its place in this hub's life.
    pub number: u64,
    /// Whose data it is.
    pub controller: ControllerName,
    /// Where it happened.
    pub site: SiteName,
    /// When it happened.
    pub at: UtcMicros,
    /// What kind.
    pub kind: LiveKind,
    /// JSON for the `data:` field.
    pub data: String,
}

impl LiveEvent {
    /// May somebody with these roles at this controller, who watches `site`, see it at `now`?
    #[must_use]
    pub fn visible_to(
        &self,
        controller: &ControllerName,
        roles: &[Role],
        site: Option<&SiteName>,
        now: UtcMicros,
    ) -> bool {
        let within = match self.kind {
            LiveKind::Pass => site == Some(&self.site) && now.since_us(self.at) <= DAY_US,
            // A desk that watches one place hears of its own visitors.
            LiveKind::Visit => site.is_none_or(|site| *site == self.site),
            _ => true,
        };
        within && self.controller == *controller && roles.iter().any(|r| self.kind.visible_to(*r))
    }
}

/// Where a client joins.
#[derive(Debug)]
pub struct Joined {
    /// What it missed; none when that cannot be told and it must read again.
    pub missed: Option<Vec<LiveEvent>>,
    /// What comes from now on, without gap or overlap after `missed`.
    pub coming: broadcast::Receiver<LiveEvent>,
}

/// The hub. One per process.
#[derive(Debug)]
pub struct LiveHub {
    life: Uuid,
    sender: broadcast::Sender<LiveEvent>,
    ring: Mutex<Ring>,
}

#[derive(Debug, Default)]
struct Ring {
    last: u64,
    kept: VecDeque<LiveEvent>,
}

impl LiveHub {
    /// A hub; `life` distinguishes this process's numbers from another's.
    #[must_use]
    pub fn new(life: Uuid) -> Self {
        Self { life, sender: broadcast::Sender::new(KEPT), ring: Mutex::new(Ring::default()) }
    }

    /// Tells everybody of an event committed at `now`. Trial runs and what is no news are not live.
    pub fn announce(&self, envelope: &Envelope, now: UtcMicros) {
        let (kind, body) = body_of(envelope);
        let at = envelope.captured.captured_at;
        if envelope.shadow || (kind != LiveKind::Suspicion && now.since_us(at) > NEWS_US) {
            return;
        }
        let payload = LivePayload {
            site: envelope.node.site.to_string(),
            node: envelope.node.node.to_string(),
            camera: envelope.camera.to_string(),
            at: at.to_rfc3339(),
            at_text: at.to_vietnamese(),
            late: envelope.replayed || now.since_us(at) > LATE_US,
            body,
        };
        let data =
            serde_json::to_string(&payload).expect("a live payload has string keys only and no failing serialiser");
        let (controller, site) = (envelope.controller.clone(), envelope.node.site.clone());
        self.publish(LiveEvent { number: 0, controller, site, at, kind, data });
    }

    /// Tells the officers that a wanted plate passed, however late the news came: the list says which, on record.
    pub fn tell_plate_alert(&self, envelope: &Envelope, now: UtcMicros) {
        let at = envelope.captured.captured_at;
        let payload = LivePayload {
            site: envelope.node.site.to_string(),
            node: envelope.node.node.to_string(),
            camera: envelope.camera.to_string(),
            at: at.to_rfc3339(),
            at_text: at.to_vietnamese(),
            late: envelope.replayed || now.since_us(at) > LATE_US,
            body: LiveBody::PlateAlert { alert: true },
        };
        let data =
            serde_json::to_string(&payload).expect("a live payload has string keys only and no failing serialiser");
        let (controller, site) = (envelope.controller.clone(), envelope.node.site.clone());
        self.publish(LiveEvent { number: 0, controller, site, at, kind: LiveKind::PlateAlert, data });
    }

    /// Tells the desks what a guard said, after it was committed.
    pub fn say(&self, said: &DeskWord<'_>) {
        let body = LiveBody::Decision {
            passage_id: said.passage,
            gate: said.gate.to_owned(),
            decided: said.word,
            by: said.by.to_owned(),
        };
        let payload = LivePayload {
            site: said.node.site.to_string(),
            node: said.node.node.to_string(),
            camera: said.camera.to_owned(),
            at: said.at.to_rfc3339(),
            at_text: said.at.to_vietnamese(),
            late: false,
            body,
        };
        let data =
            serde_json::to_string(&payload).expect("a live payload has string keys only and no failing serialiser");
        let (controller, site) = (said.controller.clone(), said.node.site.clone());
        self.publish(LiveEvent { number: 0, controller, site, at: said.at, kind: LiveKind::Decision, data });
    }

    /// Tells the other desks what became of a case.
    pub fn announce_case(&self, told: CaseTold, now: UtcMicros) {
        let payload = LivePayload {
            site: told.site.to_string(),
            node: told.node,
            camera: told.camera,
            at: now.to_rfc3339(),
            at_text: now.to_vietnamese(),
            late: false,
            body: LiveBody::Case {
                id: told.id,
                number: told.number,
                state: told.state,
                until: told.lease.as_ref().map(|(_, until)| until.to_rfc3339()),
                holder: told.lease.map(|(name, _)| name),
                assigned_to: told.assigned_to,
                decided_by: told.decided_by,
            },
        };
        let data =
            serde_json::to_string(&payload).expect("a live payload has string keys only and no failing serialiser");
        let (controller, site) = (told.controller, told.site);
        self.publish(LiveEvent { number: 0, controller, site, at: now, kind: LiveKind::Case, data });
    }

    /// Tells the desks of a place that a visit is another one now, after it was committed.
    pub fn tell_visit(&self, told: &VisitTold<'_>) {
        let payload = LivePayload {
            site: told.site.to_string(),
            // A visit is at a place, not before a camera.
            node: String::new(),
            camera: String::new(),
            at: told.at.to_rfc3339(),
            at_text: told.at.to_vietnamese(),
            late: false,
            body: LiveBody::Visit {
                visit_id: told.visit,
                state: told.state.to_owned(),
                revision: told.revision,
                by: told.by.to_owned(),
            },
        };
        let data =
            serde_json::to_string(&payload).expect("a live payload has string keys only and no failing serialiser");
        let (controller, site) = (told.controller.clone(), told.site.clone());
        self.publish(LiveEvent { number: 0, controller, site, at: told.at, kind: LiveKind::Visit, data });
    }

    /// Puts an event behind the last one and tells whoever listens; its number is given here.
    pub(crate) fn publish(&self, mut event: LiveEvent) {
        let mut ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        ring.last += 1;
        event.number = ring.last;
        if ring.kept.len() == KEPT {
            ring.kept.pop_front();
        }
        ring.kept.push_back(event.clone());
        // Nobody listening is no fault. Sent under the lock, so that ring and channel hold one order.
        let _ = self.sender.send(event);
    }

    /// The opaque id of an event, for `Last-Event-ID`.
    #[must_use]
    pub fn id_of(&self, number: u64) -> String {
        format!("{}.{number}", self.life.simple())
    }

    /// The id of the newest event there is.
    #[must_use]
    pub fn newest_id(&self) -> String {
        let ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        self.id_of(ring.last)
    }

    /// Joins: a new client without `last_seen`, a returning one with the id it saw last.
    #[must_use]
    pub fn join(&self, last_seen: Option<&str>) -> Joined {
        let ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        let coming = self.sender.subscribe();
        let missed = match last_seen {
            None => Some(Vec::new()),
            Some(id) => self.number_of(id).and_then(|n| missed_since(&ring, n)),
        };
        Joined { missed, coming }
    }

    fn number_of(&self, id: &str) -> Option<u64> {
        let (life, number) = id.split_once('.')?;
        (life == self.life.simple().to_string()).then(|| number.parse().ok()).flatten()
    }
}

fn missed_since(ring: &Ring, seen: u64) -> Option<Vec<LiveEvent>> {
    let first_kept = ring.kept.front().map_or(ring.last + 1, |e| e.number);
    (seen <= ring.last && seen + 1 >= first_kept)
        .then(|| ring.kept.iter().filter(|e| e.number > seen).cloned().collect())
}

fn body_of(envelope: &Envelope) -> (LiveKind, LiveBody) {
    match &envelope.body {
        Body::Pass(pass) => (
            LiveKind::Pass,
            LiveBody::Pass {
                passage_id: envelope.passage_id.0,
                state: envelope.state,
                class: pass.class.clone(),
                plate: pass.plate.as_ref().map(|p| p.display_text.clone()),
                unreadable: pass.unreadable,
            },
        ),
        Body::Access(access) => (
            LiveKind::Access,
            LiveBody::Access {
                passage_id: envelope.passage_id.0,
                state: envelope.state,
                revision: envelope.revision,
                gate: access.gate.to_string(),
                subject: access.subject,
                verdict: access.answer.as_ref().map(|a| a.verdict),
                reasons: access.answer.iter().flat_map(|a| &a.reasons).map(|r| r.vietnamese()).collect(),
                waits: access.request.is_some(),
                has_look: access.look.is_some(),
                tailgaters: access.tailgaters,
                last_act: access.acts.last().map(|act| act.outcome),
            },
        ),
        Body::Suspicion(suspicion) => (
            LiveKind::Suspicion,
            LiveBody::Suspicion {
                suspicion_passage: envelope.passage_id.0,
                state: envelope.state,
                violation: suspicion.violation.clone(),
            },
        ),
        Body::Count(count) => (
            LiveKind::Count,
            LiveBody::Count {
                line: count.line.to_string(),
                class: count.class.clone(),
                start: count.start.to_rfc3339(),
                entered: count.entered,
                out: count.left,
                analysed_ms: count.analysed_ms,
            },
        ),
        Body::Health(health) => (
            LiveKind::Camera,
            LiveBody::Camera {
                camera_state: health.camera_state,
                view: health.view.clone(),
                reason: health.reason.clone(),
                since: since_text(health.since),
            },
        ),
        Body::Decision(decision) => (
            LiveKind::Decision,
            LiveBody::Decision {
                passage_id: decision.passage.map(|passage| passage.0),
                gate: decision.gate.to_string(),
                decided: decision.verdict.as_str(),
                by: decision.officer.clone(),
            },
        ),
    }
}

fn since_text(since: UtcMicros) -> String {
    since.to_vietnamese()
}

#[cfg(test)]
#[path = "live_tests.rs"]
mod tests;
