//! Events into what people look at: passes, count buckets, suspicions, camera health, pieces of evidence. Pure functions of
//! verified envelopes. A suspicion becomes a case to be looked at and nothing more; a shadow event never becomes one.

use std::collections::BTreeMap;
use std::hash::Hash;

use contract::clock::UtcMicros;
use contract::event::{
    AccessBody, Body, CameraState, CountBody, DecisionBody, End, Envelope, EvidenceState, HealthBody, PassBody, State,
    SuspicionBody,
};
use contract::ids::{BootId, LogId, PassageId};
use contract::signature::Sha256;
use serde::Serialize;

/// One change to what people look at.
#[derive(Debug, Clone, PartialEq)]
pub enum Projection {
    /// A vehicle's passage: the highest revision wins.
    Pass(Box<Pass>),
    /// A minute of a line: the highest revision wins.
    Count(Box<Count>),
    /// Somebody at a gate: the highest revision wins.
    Arrival(Box<Arrival>),
    /// What a guard decided at a site with a centre of its own.
    Decision(Box<SiteDecision>),
    /// A suspicion to be looked at.
    Suspicion(Box<Suspicion>),
    /// How a camera is: the latest wins.
    Health(Box<Health>),
    /// How a camera was for a time.
    Condition(Box<CameraCondition>),
    /// A picture that belongs to a passage.
    Evidence(Box<Evidence>),
}

/// Where and whose something is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The site.
    pub site: String,
    /// The node.
    pub node: String,
    /// The camera.
    pub camera: String,
    /// The body answerable for it.
    pub controller: String,
}

/// A row of `passes`.
#[derive(Debug, Clone, PartialEq)]
pub struct Pass {
    /// The passage.
    pub passage_id: PassageId,
    /// Its revision.
    pub revision: u32,
    /// Where it stands.
    pub state: State,
    /// Why it ended.
    pub end: Option<&'static str>,
    /// Where.
    pub place: Place,
    /// A trial run.
    pub shadow: bool,
    /// The body.
    pub body: PassBody,
    /// The event it is from.
    pub event_id: uuid::Uuid,
}

/// A row of `arrivals`.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrival {
    /// The passage.
    pub passage_id: PassageId,
    /// Its revision.
    pub revision: u32,
    /// Where it stands.
    pub state: State,
    /// Why it ended.
    pub end: Option<&'static str>,
    /// Where.
    pub place: Place,
    /// The run of the node's process: its request is good in it only.
    pub boot_id: BootId,
    /// Made from a file: nothing is ever decided about it.
    pub replayed: bool,
    /// The body.
    pub body: AccessBody,
    /// The event it is from.
    pub event_id: uuid::Uuid,
}

/// A row of `site_decisions`.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteDecision {
    /// Who told it: the node there is whoever speaks for the site.
    pub place: Place,
    /// The body.
    pub body: DecisionBody,
    /// The event it is from.
    pub event_id: uuid::Uuid,
}

/// A row of `count_buckets`.
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    /// Where.
    pub place: Place,
    /// The configuration it was counted with.
    pub config_sha: Sha256,
    /// The run of the node that counted it: a node that starts again within a minute counts the rest of it anew.
    pub boot_id: BootId,
    /// Its revision.
    pub revision: u32,
    /// Where it stands.
    pub state: State,
    /// The figures.
    pub body: CountBody,
}

/// A suspicion.
#[derive(Debug, Clone, PartialEq)]
pub struct Suspicion {
    /// Its own passage: one suspicion each.
    pub passage_id: PassageId,
    /// Its revision.
    pub revision: u32,
    /// Where it stands.
    pub state: State,
    /// Where.
    pub place: Place,
    /// The rule's name.
    pub rule_id: String,
    /// The rule's version.
    pub rule_version: u32,
    /// The body.
    pub body: SuspicionBody,
    /// The event it is from.
    pub event_id: uuid::Uuid,
}

/// A row of `camera_health`.
#[derive(Debug, Clone, PartialEq)]
pub struct Health {
    /// Where.
    pub place: Place,
    /// When.
    pub captured_at: UtcMicros,
    /// The node's ledger.
    pub log_id: LogId,
    /// Its place there: what was said last is told by this, not by a clock that may have been set back.
    pub seq: u64,
    /// The body.
    pub body: HealthBody,
}

/// A row of `camera_states`: a camera asserts one condition for a time. Reports of the same row differ in its end alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameraCondition {
    /// Where.
    pub place: Place,
    /// `ok`, `offline`, `starting`, `disabled`, or what is wrong with the view, joined by `+`.
    pub condition: String,
    /// Since when.
    pub since: UtcMicros,
    /// When the report was captured.
    pub last: UtcMicros,
    /// In the node's words.
    pub words: String,
}

impl CameraCondition {
    fn of(place: &Place, body: &HealthBody, captured_at: UtcMicros) -> Self {
        let mut troubles: Vec<String> = body.view.iter().map(word).collect();
        troubles.sort_unstable();
        let condition = match body.camera_state {
            CameraState::Online if troubles.is_empty() => "ok".to_owned(),
            CameraState::Online => troubles.join("+"),
            other => word(&other),
        };
        // A camera that has not been heard of yet has no `since`; a clock that was set back has a false one.
        let sound = body.since.0 > 0 && body.since <= captured_at;
        let since = if sound { body.since } else { captured_at };
        Self { place: place.clone(), condition, since, last: captured_at, words: body.reason.clone() }
    }
}

/// A picture and the passage it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Its hash.
    pub sha256: Sha256,
    /// The passage.
    pub passage_id: PassageId,
    /// What it shows.
    pub role: String,
    /// The event that speaks of it.
    pub event_id: uuid::Uuid,
    /// That event's revision.
    pub revision: u32,
    /// Where.
    pub place: Place,
    /// Its size.
    pub size_bytes: u64,
    /// `image/jpeg`.
    pub media_type: String,
    /// When the frame was captured.
    pub captured_at: UtcMicros,
    /// `at_edge`, `lost`, …
    pub state: &'static str,
    /// Why it is lost.
    pub lost_reason: Option<String>,
}

/// What an event changes.
#[must_use]
pub fn project(envelope: &Envelope) -> Vec<Projection> {
    let place = Place {
        site: envelope.node.site.to_string(),
        node: envelope.node.node.to_string(),
        camera: envelope.camera.to_string(),
        controller: envelope.controller.to_string(),
    };
    let mut changes = Vec::with_capacity(1 + envelope.evidence.len());
    match &envelope.body {
        Body::Pass(body) => changes.push(Projection::Pass(Box::new(Pass {
            passage_id: envelope.passage_id,
            revision: envelope.revision,
            state: envelope.state,
            end: envelope.end.as_ref().map(end_word),
            place: place.clone(),
            shadow: envelope.shadow,
            body: body.clone(),
            event_id: envelope.event_id.0,
        }))),
        // A trial run must not change the figures.
        Body::Count(_) | Body::Suspicion(_) | Body::Access(_) if envelope.shadow => {}
        Body::Count(body) => changes.push(Projection::Count(Box::new(Count {
            place: place.clone(),
            config_sha: envelope.config_sha,
            boot_id: envelope.boot_id,
            revision: envelope.revision,
            state: envelope.state,
            body: body.clone(),
        }))),
        Body::Suspicion(body) => {
            if let Some(rule) = &envelope.rule {
                changes.push(Projection::Suspicion(Box::new(Suspicion {
                    passage_id: envelope.passage_id,
                    revision: envelope.revision,
                    state: envelope.state,
                    place: place.clone(),
                    rule_id: rule.id.to_string(),
                    rule_version: rule.version,
                    body: body.clone(),
                    event_id: envelope.event_id.0,
                })));
            }
        }
        Body::Access(body) => changes.push(Projection::Arrival(Box::new(Arrival {
            passage_id: envelope.passage_id,
            revision: envelope.revision,
            state: envelope.state,
            end: envelope.end.as_ref().map(end_word),
            place: place.clone(),
            boot_id: envelope.boot_id,
            replayed: envelope.replayed,
            body: (**body).clone(),
            event_id: envelope.event_id.0,
        }))),
        Body::Decision(body) => changes.push(Projection::Decision(Box::new(SiteDecision {
            place: place.clone(),
            body: (**body).clone(),
            event_id: envelope.event_id.0,
        }))),
        Body::Health(body) => {
            let captured_at = envelope.captured.captured_at;
            if !envelope.replayed {
                changes.push(Projection::Condition(Box::new(CameraCondition::of(&place, body, captured_at))));
            }
            changes.push(Projection::Health(Box::new(Health {
                place: place.clone(),
                captured_at,
                log_id: envelope.log_id,
                seq: envelope.seq,
                body: body.clone(),
            })));
        }
    }
    changes.extend(envelope.evidence.iter().map(|piece| {
        let (state, lost_reason) = match &piece.state {
            EvidenceState::AtEdge => ("at_edge", None),
            EvidenceState::Wanted => ("wanted", None),
            // Only the centre says `stored`, when it has the bytes.
            EvidenceState::Uploading | EvidenceState::Stored => ("uploading", None),
            EvidenceState::Lost(reason) => ("lost", Some(reason.clone())),
        };
        Projection::Evidence(Box::new(Evidence {
            sha256: piece.sha256,
            passage_id: envelope.passage_id,
            role: word(&piece.role),
            event_id: envelope.event_id.0,
            revision: envelope.revision,
            place: place.clone(),
            size_bytes: piece.bytes,
            media_type: piece.media_type.clone(),
            captured_at: piece.captured_at,
            state,
            lost_reason,
        }))
    }));
    changes
}

/// The changes of a batch, at most one per thing, so that one statement can write many of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Projections {
    /// Passes.
    pub passes: Vec<Pass>,
    /// Arrivals at gates.
    pub arrivals: Vec<Arrival>,
    /// Guards' decisions at sites, in the order they were made.
    pub decisions: Vec<SiteDecision>,
    /// Count buckets.
    pub counts: Vec<Count>,
    /// Suspicions.
    pub suspicions: Vec<Suspicion>,
    /// Camera health.
    pub health: Vec<Health>,
    /// How cameras were, and for how long.
    pub conditions: Vec<CameraCondition>,
    /// Evidence and its links; the same picture may belong to several passages.
    pub evidence: Vec<Evidence>,
}

/// Brings the changes of a batch down to the one that counts for each thing. The order of the batch does not matter.
#[must_use]
pub fn fold(changes: impl IntoIterator<Item = Projection>) -> Projections {
    let mut passes = BTreeMap::new();
    let mut arrivals = BTreeMap::new();
    let mut decisions = BTreeMap::new();
    let mut counts = BTreeMap::new();
    let mut suspicions = BTreeMap::new();
    let mut health = BTreeMap::new();
    let mut conditions = BTreeMap::new();
    let mut evidence = BTreeMap::new();
    for change in changes {
        match change {
            Projection::Pass(p) => keep(&mut passes, p.passage_id, *p, |p| i64::from(p.revision)),
            Projection::Count(c) => {
                let key = (c.place.clone(), c.body.line.clone(), c.body.start, c.config_sha, c.boot_id);
                keep(&mut counts, key, *c, |c| i64::from(c.revision));
            }
            Projection::Arrival(a) => keep(&mut arrivals, a.passage_id, *a, |a| i64::from(a.revision)),
            Projection::Decision(d) => keep(&mut decisions, (d.body.at, d.body.decision), *d, |_| 0),
            Projection::Suspicion(s) => keep(&mut suspicions, s.passage_id, *s, |s| i64::from(s.revision)),
            Projection::Health(h) => keep(&mut health, h.place.clone(), *h, |h| h.seq.cast_signed()),
            Projection::Condition(c) => {
                let key = (c.place.clone(), c.since, c.condition.clone());
                keep(&mut conditions, key, *c, |c| c.last.0);
            }
            Projection::Evidence(e) => {
                let key = (e.passage_id, e.role.clone(), e.sha256);
                keep(&mut evidence, key, *e, |e| i64::from(e.revision));
            }
        }
    }
    Projections {
        passes: passes.into_values().collect(),
        arrivals: arrivals.into_values().collect(),
        decisions: decisions.into_values().collect(),
        counts: counts.into_values().collect(),
        suspicions: suspicions.into_values().collect(),
        health: health.into_values().collect(),
        conditions: conditions.into_values().collect(),
        evidence: evidence.into_values().collect(),
    }
}

fn keep<K: Ord + Hash, V>(map: &mut BTreeMap<K, V>, key: K, value: V, rank: impl Fn(&V) -> i64) {
    match map.get(&key) {
        Some(there) if rank(there) >= rank(&value) => {}
        _ => {
            map.insert(key, value);
        }
    }
}

/// A state as stored.
#[must_use]
pub const fn state_word(state: State) -> &'static str {
    match state {
        State::New => "new",
        State::Update => "update",
        State::Final => "final",
        State::Retracted => "retracted",
    }
}

const fn end_word(end: &End) -> &'static str {
    match end {
        End::Left => "left",
        End::Timeout => "timeout",
        End::StreamLost => "stream_lost",
        End::NodeRestart => "node_restart",
        End::MergedInto(_) => "merged_into",
    }
}

/// The JSON word of an enum without content.
#[must_use]
pub fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        _ => String::new(),
    }
}

/// The last five characters of a plate's key, which people remember of it.
#[must_use]
pub fn last5(key: &str) -> String {
    let skip = key.chars().count().saturating_sub(5);
    key.chars().skip(skip).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn golden(kind: &str) -> Envelope {
        let file = format!("{}/../contract/golden/v1/{kind}.json", env!("CARGO_MANIFEST_DIR"));
        Envelope::from_bytes(&std::fs::read(file).unwrap()).unwrap()
    }

    #[test]
    fn a_suspicion_becomes_something_to_look_at_unless_it_is_a_trial() {
        let mut event = golden("suspicion");
        let suspicions = |e: &Envelope| fold(project(e)).suspicions.len();
        assert_eq!(suspicions(&event), 1);
        event.shadow = true;
        assert_eq!(suspicions(&event), 0);
    }

    #[test]
    fn a_count_of_a_trial_changes_no_figure() {
        let mut event = golden("count");
        assert_eq!(fold(project(&event)).counts.len(), 1);
        event.shadow = true;
        assert_eq!(fold(project(&event)).counts.len(), 0);
    }

    #[test]
    fn evidence_is_announced_and_never_believed_to_be_stored() {
        let mut event = golden("pass");
        event.evidence[0].state = EvidenceState::Stored;
        let evidence = fold(project(&event)).evidence;
        assert_eq!(evidence.len(), event.evidence.len());
        assert!(evidence.iter().all(|e| e.state != "stored"));
    }

    #[test]
    fn a_report_asserts_its_condition_since_its_last_change() {
        let mut event = golden("health");
        let mut told = |change: &dyn Fn(&mut Envelope)| {
            change(&mut event);
            let folded = fold(project(&event));
            folded.conditions.into_iter().map(|c| (c.condition, c.since, c.last)).next()
        };
        let at = |n: i64| UtcMicros(1_795_400_000_000_000 + n);
        let said = |e: &mut Envelope, state, view: Vec<ViewTrouble>, since| {
            let Body::Health(body) = &mut e.body else { panic!("a health event") };
            (body.camera_state, body.view, body.since) = (state, view, since);
            e.captured.captured_at = at(60);
        };
        use contract::event::ViewTrouble;
        let both = vec![ViewTrouble::Moved, ViewTrouble::Dark];
        let dark = told(&|e| said(e, CameraState::Online, both.clone(), at(0)));
        assert_eq!(dark, Some(("dark+moved".to_owned(), at(0), at(60))));
        let off = told(&|e| said(e, CameraState::Offline, both.clone(), at(90)));
        assert_eq!(off, Some(("offline".to_owned(), at(60), at(60))), "a clock that was set back");
        let well = told(&|e| said(e, CameraState::Online, Vec::new(), UtcMicros(0)));
        assert_eq!(well, Some(("ok".to_owned(), at(60), at(60))), "no change known yet");
        assert_eq!(told(&|e| e.replayed = true), None, "a file is no camera");
    }

    #[test]
    fn the_last_five_of_a_key() {
        assert_eq!(last5("12A12345"), "12345");
        assert_eq!(last5("A1"), "A1");
    }

    proptest! {
        #[test]
        fn the_highest_revision_wins_in_any_order(order in Just((1u32..8).collect::<Vec<_>>()).prop_shuffle()) {
            let event = golden("pass");
            let changes = order.iter().flat_map(|revision| {
                let mut e = event.clone();
                e.revision = *revision;
                project(&e)
            });
            let folded = fold(changes);
            prop_assert_eq!(folded.passes.len(), 1);
            prop_assert_eq!(folded.passes[0].revision, 7);
            prop_assert!(folded.evidence.iter().all(|e| e.revision == 7));
        }
    }
}
