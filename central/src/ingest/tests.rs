//! Ingest from message to rows and acknowledgement, without a broker, on both engines. Messages are made from the
//! contract's golden events and signed by test keys.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use contract::clock::{Clock, ManualClock, SECOND_US, UtcMicros};
use contract::downlink::{Ack, AckRange, Verdict};
use contract::event::{Body, End, Envelope, MAX_ENVELOPE_BYTES, State};
use contract::ids::{BootId, EventId, IdSource, LogId, NodeAddress, PassageId, SeededIds};
use contract::signature::SigningKey;
use contract::topic::{PREFIX, Topic};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::commit::store_batch;
use super::intake::{Intake, Lane, Work, run_intake};
use super::quarantine::Reason;
use super::verify::{Message, verify};
use super::writer::Writer;
use crate::fleet::{KeyRing, KnownKey, KnownNode, Registered};
use crate::ingest::Committed;
use crate::store::testing::{self, each_engine};
use crate::store::{Db, events, report};

mod alerts;
mod faults;
mod forwarded;

const NOW: UtcMicros = UtcMicros(1_795_400_200_000_000);
const LOG: LogId = LogId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001));

fn golden(kind: &str) -> Envelope {
    let file = format!("{}/../contract/golden/v1/{kind}.json", env!("CARGO_MANIFEST_DIR"));
    Envelope::from_bytes(&std::fs::read(file).unwrap()).unwrap()
}

fn key() -> SigningKey {
    SigningKey::from_seed([1; 32])
}

fn node() -> NodeAddress {
    golden("pass").node
}

fn registered() -> Registered {
    let known = |name: &str, seed: u8, revoked: bool| {
        let address: NodeAddress = name.parse().unwrap();
        let key = SigningKey::from_seed([seed; 32]);
        let node = KnownNode {
            forwards: false,
            via: None,
            controllers: ["pass", "suspicion", "count", "health"].map(|kind| golden(kind).controller).into(),
            revoked,
        };
        let known_key = KnownKey { node: address.clone(), public_key: key.public_key().to_vec(), revoked };
        ((address, node), (key.id(), known_key))
    };
    let all = [known(&node().to_string(), 1, false), known("other/node-1", 2, false), known("gone/node-1", 3, true)];
    let (nodes, keys): (HashMap<_, _>, HashMap<_, _>) = all.into_iter().unzip();
    Registered { nodes, keys }
}

/// The event numbered `seq`, of its own passage unless told otherwise.
fn event(kind: &str, seq: u64) -> Envelope {
    let mut e = golden(kind);
    e.log_id = LOG;
    e.seq = seq;
    e.event_id = EventId(Uuid::from_u128(0xE0_0000 + u128::from(seq)));
    e.passage_id = PassageId(Uuid::from_u128(0xAA_0000 + u128::from(seq)));
    e.captured.captured_at = NOW.plus_us(-SECOND_US);
    e
}

fn message_signed_by(e: &Envelope, key: &SigningKey) -> Message {
    let payload = e.to_bytes();
    let topic = Topic::Event { from: e.node.clone(), camera: e.camera.clone(), kind: e.kind() };
    Message { topic: topic.to_string(), signature: Some(key.sign(&payload).to_string()), payload: Bytes::from(payload) }
}

fn message(e: &Envelope) -> Message {
    message_signed_by(e, &key())
}

fn topic(node: &str, camera: &str, kind: &str) -> String {
    format!("{PREFIX}/{node}/cam/{camera}/{kind}")
}

fn signed_bytes(payload: Vec<u8>) -> Message {
    let signature = Some(key().sign(&payload).to_string());
    Message { signature, payload: Bytes::from(payload), ..message(&event("pass", 1)) }
}

fn work(message: &Message) -> Work {
    Work { what: verify(message, &registered()), lane: Lane::Live, received_us: 0, share: None }
}

fn reason(message: &Message) -> Option<Reason> {
    verify(message, &registered()).err().map(|apart| apart.reason)
}

struct Bench {
    db: Db,
    clock: ManualClock,
    ids: SeededIds,
}

impl Bench {
    fn new(db: Db) -> Self {
        Self { db, clock: ManualClock::at(NOW), ids: SeededIds::new([9; 32]) }
    }

    async fn store(&self, messages: &[Message]) -> Vec<Ack> {
        let batch: Vec<Work> = messages.iter().map(work).collect();
        let outcome = store_batch(&self.db, &batch, &self.clock, &self.ids).await.unwrap();
        outcome.acks.into_iter().map(|(_, ack)| ack).collect()
    }

    async fn number(&self, expression: &str, table: &str) -> i64 {
        testing::number(&self.db, expression, table).await
    }
}

fn range(from: u64, to: u64, verdict: Verdict) -> AckRange {
    AckRange { from, to, verdict }
}

#[test]
fn a_good_event_is_taken_and_its_bytes_are_kept_exactly() {
    let m = message(&event("pass", 1));
    let taken = verify(&m, &registered()).unwrap();
    assert_eq!(taken.bytes, m.payload);
    assert_eq!(taken.envelope, event("pass", 1));
}

#[test]
fn every_kind_of_bad_message_has_its_reason() {
    let good = event("pass", 1);
    let with = |change: &dyn Fn(&mut Envelope)| {
        let mut e = event("pass", 1);
        change(&mut e);
        e
    };
    let other = SigningKey::from_seed([2; 32]);
    let gone = with(&|e| e.node = "gone/node-1".parse().unwrap());
    let text = String::from_utf8(good.to_bytes()).unwrap();
    let on_topic = |topic: &str| Message { topic: topic.to_owned(), ..message(&good) };
    let cases = [
        (Reason::NoSignature, Message { signature: None, ..message(&good) }),
        (Reason::BadSignature, Message { signature: Some("x".into()), ..message(&good) }),
        (
            Reason::BadSignature,
            Message { payload: Bytes::from(with(&|e| e.revision += 1).to_bytes()), ..message(&good) },
        ),
        (Reason::UnknownKey, message_signed_by(&good, &other)),
        (Reason::UnknownKey, message_signed_by(&good, &SigningKey::from_seed([7; 32]))),
        (Reason::UnknownNode, message(&with(&|e| e.node = "nobody/node-1".parse().unwrap()))),
        (Reason::Revoked, message_signed_by(&gone, &SigningKey::from_seed([3; 32]))),
        // Another node's topic, in its own name or in ours.
        (Reason::UnknownKey, on_topic(&topic("other/node-1", "road-1", "pass"))),
        (Reason::ForeignPrefix, {
            let m = message_signed_by(&good, &other);
            Message { topic: topic("other/node-1", "road-1", "pass"), ..m }
        }),
        (Reason::ForeignPrefix, on_topic(&format!("{PREFIX}/other"))),
        (Reason::Contradiction, on_topic(&topic(&node().to_string(), "another", "pass"))),
        (Reason::Contradiction, on_topic(&topic(&node().to_string(), good.camera.as_str(), "count"))),
        (Reason::ForeignController, message(&with(&|e| e.controller = "tourism".parse().unwrap()))),
        (Reason::Contradiction, message(&with(&|e| e.seq = u64::MAX))),
        (
            Reason::Contradiction,
            message(&with(&|e| {
                e.state = State::New;
                e.end = Some(End::Left);
            })),
        ),
        (Reason::UnknownSchema, signed_bytes(text.replacen("chilang.event/1", "chilang.event/2", 1).into_bytes())),
        (Reason::NulCharacter, signed_bytes(text.replacen("\"motion\"", "\"mo\\u0000tion\"", 1).into_bytes())),
        (Reason::Malformed, signed_bytes(b"{\"schema\":\"chilang.event/1\"}".to_vec())),
        (Reason::Malformed, signed_bytes(b"not json".to_vec())),
        (Reason::Oversized, signed_bytes(format!("{text}{}", " ".repeat(MAX_ENVELOPE_BYTES)).into_bytes())),
    ];
    for (expected, message) in &cases {
        assert_eq!(reason(message), Some(*expected), "{}", message.topic);
    }
}

#[test]
fn a_revoked_node_and_a_revoked_key_are_each_refused_alone() {
    let m = message(&event("pass", 1));
    let why = |all: &Registered| verify(&m, all).err().map(|apart| apart.reason);
    let mut node_gone = registered();
    node_gone.nodes.get_mut(&node()).unwrap().revoked = true;
    assert_eq!(why(&node_gone), Some(Reason::Revoked), "its key was not");
    let mut key_gone = registered();
    key_gone.keys.get_mut(&key().id()).unwrap().revoked = true;
    assert_eq!(why(&key_gone), Some(Reason::Revoked), "the node goes on with another");
}

#[test]
fn what_cannot_be_taken_is_acknowledged_only_to_who_sent_it() {
    let e = event("pass", 7);
    let unsigned = Message { signature: None, ..message(&e) };
    let place = verify(&unsigned, &registered()).unwrap_err().place.unwrap();
    assert_eq!((place.node, place.log_id, place.seq), (node(), LOG, 7));
    let foreign = Message { topic: topic("other/node-1", "road-1", "pass"), ..message(&e) };
    assert_eq!(verify(&foreign, &registered()).unwrap_err().place, None);
    assert_eq!(verify(&signed_bytes(b"junk".to_vec()), &registered()).unwrap_err().place, None);
}

#[tokio::test]
async fn quarantine_changes_nothing_but_itself_and_neighbours_are_stored() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        let bad = Message { signature: None, ..message(&event("pass", 2)) };
        let junk = signed_bytes(vec![0, 159, 146, 150]);
        let all = [message(&event("pass", 1)), bad.clone(), junk, message(&event("pass", 3))];
        let acks = bench.store(&all).await;
        assert_eq!(
            acks,
            [Ack {
                log_id: LOG,
                ranges: vec![
                    range(1, 1, Verdict::Stored),
                    range(2, 2, Verdict::Quarantined("no_signature".into())),
                    range(3, 3, Verdict::Stored)
                ]
            }]
        );
        assert_eq!(bench.number("COUNT(*)", "events").await, 2);
        assert_eq!(bench.number("COUNT(*)", "quarantine").await, 2);
        let ledgers = events::ledgers(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(ledgers[0].gaps(), [], "a quarantined place is not missing");

        // The same again only counts; the honest event at its place is still taken.
        bench.store(std::slice::from_ref(&bad)).await;
        assert_eq!(bench.number("COUNT(*)", "quarantine").await, 2);
        assert_eq!(bench.number("SUM(times)", "quarantine").await, 3);
        let acks = bench.store(&[message(&event("pass", 2))]).await;
        assert_eq!(acks[0].ranges, [range(2, 2, Verdict::Stored)]);
    })
    .await;
}

#[tokio::test]
async fn duplicates_are_answered_again_and_stored_once() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        let all: Vec<Message> = (1..=5).map(|seq| message(&event("pass", seq))).collect();
        assert_eq!(bench.store(&all).await[0].ranges, [range(1, 5, Verdict::Stored)]);
        assert_eq!(bench.store(&all[1..4]).await[0].ranges, [range(2, 4, Verdict::Duplicate)]);
        // Twice within one batch, beside something new.
        let six = message(&event("pass", 6));
        let acks = bench.store(&[six.clone(), all[4].clone(), six]).await;
        assert_eq!(acks[0].ranges, [range(5, 5, Verdict::Duplicate), range(6, 6, Verdict::Stored)]);
        assert_eq!(bench.number("COUNT(*)", "events").await, 6);
        let mut conn = bench.db.read().await.unwrap();
        let ledger = events::ledgers(&mut conn).await.unwrap().remove(0);
        assert_eq!(ledger.arrived.ranges(), [(1, 6)]);
        assert_eq!(ledger.duplicates, 5);
    })
    .await;
}

#[tokio::test]
async fn the_exact_bytes_and_signature_are_stored() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        let m = message(&event("suspicion", 1));
        bench.store(std::slice::from_ref(&m)).await;
        let (bytes, signature) = testing::only_event(&bench.db).await;
        assert_eq!(bytes, m.payload);
        assert_eq!(Some(signature), m.signature);
    })
    .await;
}

#[tokio::test]
async fn the_highest_revision_wins_in_whatever_order_it_comes() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        let revision = |seq: u64, revision: u32, class: &str, state: State| {
            let mut e = event("pass", seq);
            e.passage_id = PassageId(Uuid::from_u128(0xAA));
            e.revision = revision;
            e.state = state;
            e.end = (state == State::Final).then_some(End::Left);
            if let Body::Pass(body) = &mut e.body {
                body.class = class.to_owned();
            }
            message(&e)
        };
        bench.store(&[revision(3, 3, "truck", State::Final)]).await;
        bench.store(&[revision(1, 1, "vehicle", State::New), revision(2, 2, "car", State::Update)]).await;
        let report = report::report(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(report.passes.len(), 1);
        assert_eq!(report.passes[0].class, "truck");
        assert_eq!(report.passages["pass"].without_final, 0);
        assert_eq!(report.nodes.len(), 0, "no node is registered here");
    })
    .await;
}

#[tokio::test]
async fn a_later_total_of_a_minute_replaces_the_earlier_one() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        let bucket = |seq: u64, revision: u32, entered: u32| {
            let mut e = event("count", seq);
            e.revision = revision;
            if let Body::Count(body) = &mut e.body {
                body.entered = entered;
            }
            message(&e)
        };
        bench.store(&[bucket(1, 2, 7)]).await;
        bench.store(&[bucket(2, 1, 3)]).await;
        assert_eq!(bench.number("SUM(went_in)", "count_buckets").await, 7);
        bench.store(&[bucket(3, 3, 9)]).await;
        assert_eq!(bench.number("SUM(went_in)", "count_buckets").await, 9);
        assert_eq!(bench.number("COUNT(*)", "count_buckets").await, 1);
        // The node started again within the minute and counted the rest of it from nothing.
        let mut rest = event("count", 4);
        rest.boot_id = BootId(Uuid::from_u128(99));
        rest.revision = 1;
        if let Body::Count(body) = &mut rest.body {
            body.entered = 4;
        }
        bench.store(&[message(&rest)]).await;
        assert_eq!(bench.number("SUM(went_in)", "count_buckets").await, 13);
    })
    .await;
}

#[tokio::test]
async fn the_last_word_of_a_camera_is_told_by_its_place_in_the_ledger_and_not_by_a_clock() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        let said = |seq: u64, hours: i64, since: i64| {
            let mut e = event("health", seq);
            e.captured.captured_at = e.captured.captured_at.plus_us(hours * 3600 * SECOND_US);
            if let Body::Health(body) = &mut e.body {
                body.since = UtcMicros(since);
            }
            e
        };
        let last_word = || bench.number("SUM(since_at)", "camera_health");
        bench.store(&[message(&said(2, 0, 20)), message(&said(1, 5, 10))]).await;
        assert_eq!(last_word().await, 20);
        // Its clock was set back by five hours.
        bench.store(&[message(&said(4, -5, 40))]).await;
        bench.store(&[message(&said(3, 1, 30))]).await;
        assert_eq!(last_word().await, 40);
        // A node with a new disk begins a new ledger.
        let mut anew = said(5, -6, 50);
        (anew.log_id, anew.seq) = (LogId(Uuid::from_u128(4711)), 1);
        bench.store(&[message(&anew)]).await;
        assert_eq!(last_word().await, 50);
    })
    .await;
}

#[tokio::test]
async fn a_suspicion_becomes_one_case_and_a_decided_case_is_left_alone() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        let suspicion = |seq: u64, revision: u32, violation: &str| {
            let mut e = event("suspicion", seq);
            e.passage_id = PassageId(Uuid::from_u128(0xBB));
            e.revision = revision;
            if let Body::Suspicion(body) = &mut e.body {
                body.violation = violation.to_owned();
            }
            message(&e)
        };
        bench.store(&[suspicion(1, 1, "C-WRONGWAY")]).await;
        bench.store(&[suspicion(2, 2, "M-WRONGWAY")]).await;
        let mut conn = bench.db.read().await.unwrap();
        let cases = report::report(&mut conn).await.unwrap().cases;
        assert_eq!(cases.len(), 1);
        assert_eq!((cases[0].violation.as_str(), cases[0].state.as_str()), ("M-WRONGWAY", "pending_review"));
        assert_eq!(cases[0].number, "NV-2026-000001");
        drop(conn);

        crate::store::fixtures::reject_every_case(&bench.db).await;
        bench.store(&[suspicion(3, 3, "C-WRONGWAY")]).await;
        let cases = report::report(&mut bench.db.read().await.unwrap()).await.unwrap().cases;
        assert_eq!((cases[0].violation.as_str(), cases[0].state.as_str()), ("M-WRONGWAY", "rejected"));

        // Taken back after the decision: noted, nothing else.
        let mut late = event("suspicion", 6);
        late.passage_id = PassageId(Uuid::from_u128(0xBB));
        late.revision = 4;
        late.state = State::Retracted;
        late.end = Some(End::Timeout);
        bench.store(&[message(&late)]).await;
        let cases = report::report(&mut bench.db.read().await.unwrap()).await.unwrap().cases;
        assert_eq!((cases[0].violation.as_str(), cases[0].state.as_str()), ("M-WRONGWAY", "rejected"));
        assert_eq!(bench.number("COUNT(*)", "cases WHERE retracted_at IS NOT NULL").await, 1);

        // Taken back before it ever was a case.
        let mut retracted = event("suspicion", 4);
        retracted.passage_id = PassageId(Uuid::from_u128(0xCC));
        retracted.revision = 2;
        retracted.state = State::Retracted;
        retracted.end = Some(End::Timeout);
        bench.store(&[message(&retracted)]).await;
        let mut first = event("suspicion", 5);
        first.passage_id = retracted.passage_id;
        first.revision = 1;
        bench.store(&[message(&first)]).await;
        assert_eq!(bench.number("COUNT(*)", "cases").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_suspicion_taken_back_ends_its_waiting_case_and_no_later_word_opens_it() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        let suspicion = |seq: u64, revision: u32, state: State| {
            let mut e = event("suspicion", seq);
            e.passage_id = PassageId(Uuid::from_u128(0xBB));
            e.revision = revision;
            e.state = state;
            e.end = matches!(state, State::Final | State::Retracted).then_some(End::Timeout);
            message(&e)
        };
        let waiting = "cases WHERE state = 'pending_review'";
        let withdrawn = "cases WHERE state = 'withdrawn' AND retracted_at IS NOT NULL AND version > 1";
        bench.store(&[suspicion(1, 1, State::New)]).await;
        assert_eq!(bench.number("COUNT(*)", waiting).await, 1);
        bench.store(&[suspicion(2, 3, State::Retracted)]).await;
        assert_eq!(bench.number("COUNT(*)", withdrawn).await, 1);
        bench.store(&[suspicion(3, 2, State::Update), suspicion(4, 4, State::Final)]).await;
        assert_eq!((bench.number("COUNT(*)", withdrawn).await, bench.number("COUNT(*)", "cases").await), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_plate_is_stored_after_a_passage_without_one_and_the_other_way_round() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        for (seq, plate) in [(1, false), (2, true), (3, false), (4, true)] {
            let mut e = event("pass", seq);
            if let Body::Pass(body) = &mut e.body
                && !plate
            {
                body.plate = None;
            }
            bench.store(&[message(&e)]).await;
        }
        assert_eq!(bench.number("COUNT(*)", "passes").await, 4);
        assert_eq!(bench.number("COUNT(*)", "passes WHERE plate_confidence > 0.9").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_node_that_sends_rubbish_fills_its_share_of_the_quarantine_and_no_more() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        let most = usize::try_from(events::QUARANTINE_ROWS).unwrap();
        for portion in (0..most + 5).collect::<Vec<_>>().chunks(250) {
            let rubbish: Vec<Message> =
                portion.iter().map(|n| signed_bytes(format!("rubbish {n}").into_bytes())).collect();
            bench.store(&rubbish).await;
        }
        assert_eq!(bench.number("COUNT(*)", "quarantine").await, events::QUARANTINE_ROWS);
        // The same again is still counted, another node's still kept, and an honest event still stored.
        bench.store(&[signed_bytes(b"rubbish 0".to_vec())]).await;
        let other = Message { topic: topic("other/node-1", "road-1", "pass"), ..signed_bytes(b"rubbish".to_vec()) };
        bench.store(&[other, message(&event("pass", 1))]).await;
        assert_eq!(bench.number("SUM(times)", "quarantine").await, events::QUARANTINE_ROWS + 2);
        assert_eq!(bench.number("COUNT(*)", "events").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_picture_of_two_passages_is_announced_once_and_linked_twice() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        bench.store(&[message(&event("pass", 1)), message(&event("pass", 2))]).await;
        let pictures = i64::try_from(event("pass", 1).evidence.len()).unwrap();
        assert_eq!(bench.number("COUNT(*)", "evidence").await, pictures);
        assert_eq!(bench.number("COUNT(*)", "evidence_links").await, 2 * pictures);
        let sha = event("pass", 1).evidence[0].sha256;
        let mut tx = bench.db.write().await.unwrap();
        assert!(crate::store::evidence::mark_stored(&mut tx, sha, NOW).await.unwrap());
        tx.commit().await.unwrap();
        bench.store(&[message(&event("pass", 3))]).await;
        let row = crate::store::evidence::announced(&mut bench.db.read().await.unwrap(), sha).await.unwrap().unwrap();
        assert_eq!(row.state, "stored", "a late event does not undo it");
    })
    .await;
}

/// Everything between session and acknowledgement, as it runs in the service.
#[tokio::test]
async fn one_poisoned_event_is_isolated_and_its_neighbours_are_acknowledged() {
    each_engine(|db| async move {
        let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(NOW));
        let ids: Arc<dyn IdSource> = Arc::new(SeededIds::new([4; 32]));
        let (intake, task, lanes) = Intake::new(Arc::clone(&clock));
        let (out, mut outbound) = mpsc::channel(64);
        let announced = Arc::new(Mutex::new(0));
        let count = Arc::clone(&announced);
        let on_committed = Arc::new(move |fresh: &[Committed<'_>]| *count.lock().unwrap() += fresh.len());
        let (writer, _health) = Writer::new(db.clone(), clock, ids, out, on_committed);

        // An id used before, and a place used before, by different events.
        let mut same_id = event("pass", 4);
        same_id.event_id = event("pass", 1).event_id;
        let mut same_place = event("pass", 2);
        same_place.event_id = EventId(Uuid::from_u128(0xF0));
        for e in [event("pass", 1), event("pass", 2), event("pass", 3), same_id, same_place, event("pass", 5)] {
            assert!(intake.offer(message(&e)));
        }
        drop(intake);
        run_intake(task, KeyRing::of(registered()), db.clone()).await;
        writer.run(lanes).await;

        let mut verdicts: HashMap<u64, Vec<Verdict>> = HashMap::new();
        while let Ok(sent) = outbound.try_recv() {
            let ack: Ack = serde_json::from_slice(&sent.payload).unwrap();
            for r in ack.ranges {
                (r.from..=r.to).for_each(|seq| verdicts.entry(seq).or_default().push(r.verdict.clone()));
            }
        }
        let reused = || Verdict::Quarantined("reused".into());
        for seq in [1, 3, 5] {
            assert_eq!(verdicts[&seq], [Verdict::Stored], "{seq}");
        }
        assert_eq!(verdicts[&4], [reused()]);
        assert_eq!(verdicts[&2], [Verdict::Stored, reused()]);
        assert_eq!(*announced.lock().unwrap(), 4);
        let bench = Bench::new(db);
        assert_eq!(bench.number("COUNT(*)", "events").await, 4);
        assert_eq!(bench.number("COUNT(*)", "quarantine WHERE reason = 'reused'").await, 2);
    })
    .await;
}

#[tokio::test]
async fn fresh_events_go_before_the_backlog() {
    each_engine(|db| async move {
        let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(NOW));
        let ids: Arc<dyn IdSource> = Arc::new(SeededIds::new([4; 32]));
        let (intake, task, lanes) = Intake::new(Arc::clone(&clock));
        let (out, _outbound) = mpsc::channel(64);
        let order = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&order);
        let on_committed = Arc::new(move |fresh: &[Committed<'_>]| {
            seen.lock().unwrap().push(fresh.iter().map(|e| e.envelope.seq).collect::<Vec<_>>())
        });
        let (writer, _health) = Writer::new(db.clone(), clock, ids, out, on_committed);
        let mut old: Vec<Envelope> = (1..=600).map(|seq| event("health", seq)).collect();
        for e in &mut old {
            e.captured.captured_at = NOW.plus_us(-3600 * SECOND_US);
        }
        old.push(event("pass", 601));
        for e in &old {
            assert!(intake.offer(message(e)));
        }
        drop(intake);
        run_intake(task, KeyRing::of(registered()), db.clone()).await;
        writer.run(lanes).await;
        let batches = order.lock().unwrap().clone();
        assert_eq!(batches[0][0], 601, "the fresh event is in the first batch");
        assert_eq!(batches.iter().map(Vec::len).sum::<usize>(), 601);
        assert!(batches.iter().all(|b| b.len() <= 256));
    })
    .await;
}

#[tokio::test]
async fn memory_is_bounded_and_what_does_not_fit_is_turned_away() {
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(NOW));
    let (intake, _task, _lanes) = Intake::new(clock);
    let large = Message { payload: Bytes::from(vec![b' '; 1024 * 1024 - 1]), ..message(&event("pass", 1)) };
    let taken = (0..80).filter(|_| intake.offer(large.clone())).count();
    assert_eq!(taken, 64, "64 MiB are held, the rest comes again");
}
