//! The desk at a gate on both engines: what it sees, what it decides, what goes down, and what is left afterwards.

use std::sync::Arc;

use bytes::Bytes;
use contract::clock::{DAY_US, HOUR_US};
use contract::downlink::{Command, OPEN_LIVES_US};
use contract::event::{
    AccessBody, AccessSubject, Body, DecisionRequest, DoorAct, DoorCause, DoorOutcome, End, Envelope, GateVerdict,
    State, Sureness,
};
use contract::ids::{DecisionId, EnrolmentId, EventId, NodeAddress, PassageId, RequestId};
use contract::signature::Sha256;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::testing::{Bench, Client};
use crate::audit::Entry;
use crate::auth::{AccountKind, Purpose, Role};
use crate::people::testing::gate;
use crate::people::{Basis, By, Proposal};
use crate::store::fixtures;
use crate::store::testing::{each_engine, number, places_of};
use crate::visits::LookPicture;

mod database;
mod marks;

const PASSAGE: Uuid = Uuid::from_u128(0xA1);
const REQUEST: Uuid = Uuid::from_u128(0xB1);
const FACE: &[u8] = b"\xff\xd8\xff the face of a stranger who must leave no trace";

fn node() -> NodeAddress {
    "road-1/n1".parse().unwrap()
}

struct Gate {
    bench: Bench,
}

impl Gate {
    async fn new(db: crate::store::Db) -> Self {
        let bench = Bench::new(db).await;
        gate(&bench.office, &node(), "police", bench.now()).await;
        Self { bench }
    }

    fn event(&self, revision: u32, change: impl FnOnce(&mut Envelope, &mut AccessBody)) -> Envelope {
        let file = format!("{}/../contract/golden/v1/access.json", env!("CARGO_MANIFEST_DIR"));
        let mut event = Envelope::from_bytes(&std::fs::read(file).unwrap()).unwrap();
        event.event_id = EventId(Uuid::from_u128(u128::from(revision) << 64 | PASSAGE.as_u128()));
        event.passage_id = PassageId(PASSAGE);
        (event.revision, event.seq) = (revision, u64::from(revision));
        (event.node, event.controller) = (node(), "police".parse().unwrap());
        event.captured.captured_at = self.bench.now();
        let Body::Access(body) = event.body.clone() else { unreachable!("it is an access event") };
        let mut body = *body;
        body.gate = "main".parse().unwrap();
        (body.first_seen, body.last_seen) = (self.bench.now(), self.bench.now());
        body.look = Some(Sha256::of(FACE));
        body.request = Some(DecisionRequest { id: RequestId(REQUEST), asked_monotonic_us: 60_000_000, ask: None });
        body.acts.clear();
        change(&mut event, &mut body);
        event.body = Body::Access(Box::new(body));
        // What a node may say, and nothing else.
        Envelope::from_bytes(&event.to_bytes()).unwrap()
    }

    /// As ingest stores it and tells it on.
    async fn stored(&self, event: &Envelope) {
        fixtures::event(&self.bench.db, event, self.bench.now(), Uuid::nil()).await;
        self.bench.desk.hear(event, contract::clock::Clock::monotonic_us(&*self.bench.clock));
    }

    /// The node sends its picture when it is asked, or says that it holds none.
    fn node_has(&self, picture: Option<&'static [u8]>) {
        let desk = Arc::clone(&self.bench.desk);
        *self.bench.commands.node.lock().unwrap() = Some(Box::new(move |command| {
            if let Command::Look { look, .. } = command {
                assert!(desk.looks().bring(*look, &node(), picture.map(|p| LookPicture::new(Bytes::from_static(p)))));
            }
        }));
    }

    fn last_command(&self) -> (Command, Option<i64>) {
        self.bench.commands.sent.lock().unwrap().last().cloned().expect("a command was sent")
    }

    async fn enrolled(&self, name: &str) -> Uuid {
        let mut by = Vec::new();
        for account in ["dang-ky-1", "dang-ky-2"] {
            let user = self.bench.account(account, AccountKind::Person, &[("police", Role::Registrar)]).await;
            by.push(By { user, session: None });
        }
        let proposal = Proposal {
            name: name.into(),
            unit: "Văn phòng".into(),
            basis: Basis { text: "Quyết định 12".into(), consent_on: None },
            valid_from: self.bench.now(),
            valid_to: self.bench.now().plus_us(100 * DAY_US),
            gates: vec!["road-1/n1/main".parse().unwrap()],
            hours: vec![],
            pictures: vec![b"\xff\xd8\xff\x01\x02\x03\x04\x05 enrolled".to_vec()],
            batch: None,
            row_key: None,
        };
        let (police, entry) = ("police".parse().unwrap(), || Entry::new(None, "x", Purpose::AccessControl));
        let id = self.bench.office.propose(&police, by[0], entry(), &proposal).await.unwrap().enrolment;
        self.bench.office.approve(&police, by[1], entry(), id).await.unwrap();
        id
    }
}

fn at(verb: &str) -> String {
    format!("/api/v1/arrivals/{PASSAGE}{verb}")
}

fn screen(revision: u32) -> Value {
    json!({ "revision": revision, "look": Sha256::of(FACE).to_string() })
}

async fn admit(client: &Client<'_>, revision: u32) -> String {
    client.post(&at("/admit"), &screen(revision)).await.verdict()
}

#[tokio::test]
async fn a_guard_who_looked_lets_in_what_is_on_the_screen_and_the_order_dies_in_time() {
    each_engine(|db| async move {
        let gate = Gate::new(db).await;
        let client = gate.bench.person("bao-ve-1", Role::Desk).await;
        gate.stored(&gate.event(1, |_, _| {})).await;
        gate.node_has(Some(FACE));
        assert_eq!(admit(&client, 1).await, "412 look_not_served");
        let look = client.get(&at("/look")).await;
        assert_eq!((look.status.as_u16(), &look.bytes[..]), (200, FACE));
        assert_eq!(look.headers["cache-control"], "no-store");
        assert_eq!(look.headers["x-chilang-look"], Sha256::of(FACE).to_string());

        // The machine speaks again while the guard looks: what is on the screen is old.
        gate.stored(&gate.event(2, |_, _| {})).await;
        assert_eq!(admit(&client, 1).await, "409 arrival_changed");
        let other = json!({ "revision": 2, "look": Sha256::of(b"other").to_string() });
        assert_eq!(client.post(&at("/admit"), &other).await.verdict(), "409 arrival_changed");
        gate.bench.account("may-mo-cua", AccountKind::Service, &[("police", Role::Desk)]).await;
        let program = gate.bench.sign_in("may-mo-cua").await;
        assert_eq!(admit(&program, 2).await, "403 person_needed");
        assert_eq!(program.get(&at("")).await.verdict(), "200", "a program may read");
        assert_eq!(number(&gate.bench.db, "COUNT(*)", "gate_decisions").await, 0);

        gate.bench.clock.advance_us(700_000);
        let told = client.post(&at("/admit"), &screen(2)).await.json();
        assert_eq!(told["command"], "sent");
        let (command, lives_us) = gate.last_command();
        let Command::Open { request, decision, not_after_monotonic_us, .. } = command else { panic!("{command:?}") };
        assert_eq!((request, lives_us), (RequestId(REQUEST), Some(OPEN_LIVES_US)));
        assert_eq!(decision.0.to_string(), told["decision"].as_str().unwrap());
        // The golden event was sent at 61 s of the node's clock and came at once: 0.7 s ago.
        let exact = 61_000_000 + 700_000 + OPEN_LIVES_US;
        assert!((exact - 2_000..=exact).contains(&not_after_monotonic_us), "{not_after_monotonic_us}");

        let second = gate.bench.person("bao-ve-2", Role::Desk).await;
        let refuse = json!({ "revision": 2, "look": Sha256::of(FACE).to_string(), "reason": "no_papers" });
        assert_eq!(second.post(&at("/refuse"), &refuse).await.verdict(), "409 already_decided");

        let act = DoorAct {
            at: gate.bench.now(),
            cause: DoorCause::Decision(decision),
            outcome: DoorOutcome::Opened,
            simulated: true,
        };
        gate.stored(&gate.event(3, |event, body| {
            (event.state, event.end) = (State::Final, Some(End::Left));
            (body.request, body.look) = (None, None);
            body.acts.push(act);
        }))
        .await;
        let detail = client.get(&at("")).await.json();
        assert_eq!(detail["acts"][0]["outcome"], "opened");
        assert_eq!(detail["decisions"][0]["by"], "bao-ve-1");
        assert_eq!(detail["alarm"], false);
        assert_eq!(admit(&client, 3).await, "409 arrival_over");
        assert_eq!(client.get(&at("/look")).await.verdict(), "404 no_look");
        let on_record =
            number(&gate.bench.db, "COUNT(*)", "audit WHERE action IN ('arrivals.admit', 'arrivals.look')").await;
        assert_eq!(on_record, 2);
    })
    .await;
}

#[tokio::test]
async fn a_strangers_picture_is_written_nowhere_and_a_silent_node_is_told_in_words() {
    each_engine(|db| async move {
        let gate = Gate::new(db).await;
        let client = gate.bench.person("bao-ve-1", Role::Desk).await;
        gate.stored(&gate.event(1, |_, _| {})).await;
        gate.node_has(Some(FACE));
        assert_eq!(client.get(&at("/look")).await.verdict(), "200");
        let refuse =
            json!({ "revision": 1, "look": Sha256::of(FACE).to_string(), "reason": "other", "note": "say nothing" });
        assert_eq!(client.post(&at("/refuse"), &refuse).await.verdict(), "200");
        assert!(matches!(gate.last_command().0, Command::Withdraw { .. }));
        gate.bench.db.forget_deleted().await.unwrap();
        assert_eq!(places_of(&gate.bench.db, FACE).await, Vec::<String>::new());
        assert_eq!(places_of(&gate.bench.db, &FACE[3..]).await, Vec::<String>::new());
        assert_eq!(number(&gate.bench.db, "COUNT(enrolment_id)", "arrivals").await, 0);
        gate.node_has(None);
        assert_eq!(client.get(&at("/look")).await.verdict(), "404 no_look", "said at once");
        *gate.bench.commands.node.lock().unwrap() = None;
        let silent = client.get(&at("/look")).await;
        assert_eq!(silent.verdict(), "504 look_timeout");
        assert!(silent.json()["error"]["message"].as_str().unwrap().contains("3 giây"));
        let bare = json!({ "revision": 1, "look": Sha256::of(FACE).to_string(), "reason": "other" });
        assert_eq!(client.post(&at("/refuse"), &bare).await.verdict(), "400 note_needed");
        let without = json!({ "revision": 1, "look": null });
        assert_eq!(client.post(&at("/refuse"), &without).await.verdict(), "400 bad_body", "a reason is needed");
    })
    .await;
}

#[tokio::test]
async fn the_desk_sees_who_is_enrolled_and_says_when_it_is_not_that_person() {
    each_engine(|db| async move {
        let gate = Gate::new(db).await;
        let enrolment = gate.enrolled("Mẫu 11").await;
        let client = gate.bench.person("bao-ve-1", Role::Desk).await;
        let admitted = gate.event(1, |_, body| {
            let answer = body.answer.as_mut().unwrap();
            (answer.verdict, answer.sureness) = (GateVerdict::Admit, Sureness::Sure);
            answer.reasons.clear();
            answer.enrolment = Some(EnrolmentId(enrolment));
        });
        gate.stored(&admitted).await;
        let detail = client.get(&at("")).await.json();
        assert_eq!(detail["person"], json!({ "list": "enrolled", "name": "Mẫu 11", "unit": "Văn phòng" }));
        let picture = client.get(&at("/enrolled-picture")).await;
        assert_eq!(
            (picture.status.as_u16(), &picture.headers["cache-control"]),
            (200, "no-store".try_into().as_ref().unwrap())
        );
        assert!(picture.bytes.ends_with(b" enrolled"));
        let gates = client.get("/api/v1/gates").await;
        assert!(!String::from_utf8_lossy(&gates.bytes).contains("Mẫu 11"), "a list holds no name");
        let gates = gates.json();
        assert_eq!(gates["items"][0]["gate"], "main");
        assert_eq!(gates["items"][0]["arrivals"][0]["verdict"], "admit");
        assert_eq!(client.post(&at("/not-this-person"), &screen(1)).await.verdict(), "200");
        assert!(matches!(gate.last_command().0, Command::NotThisPerson { enrolment: e, .. } if e.0 == enrolment));
        let looked = number(
            &gate.bench.db,
            "COUNT(*)",
            &format!(
                "audit WHERE action IN ('arrivals.get', 'arrivals.enrolled_picture') AND record LIKE '%{enrolment}%'"
            ),
        )
        .await;
        assert_eq!(looked, 2);
        assert_eq!(number(&gate.bench.db, "COUNT(*)", "audit WHERE record LIKE '%Mẫu 11%'").await, 0);
        gate.bench.account("du-lich", AccountKind::Person, &[("tourism", Role::Desk)]).await;
        let tourism = gate.bench.sign_in("du-lich").await;
        for path in [at(""), at("/look"), at("/enrolled-picture")] {
            assert_eq!(tourism.get(&path).await.verdict(), "404 not_found");
        }
        assert_eq!(tourism.get("/api/v1/gates").await.json()["items"], json!([]));
        gate.bench.clock.advance_us(25 * HOUR_US);
        let client = gate.bench.sign_in("bao-ve-1").await;
        assert_eq!(client.get(&at("")).await.json()["person"], Value::Null, "a day later nobody is named any more");
        assert_eq!(client.get(&at("/enrolled-picture")).await.verdict(), "404 not_found");
    })
    .await;
}

#[tokio::test]
async fn a_door_is_opened_by_hand_with_a_reason_and_a_request_of_the_node() {
    each_engine(|db| async move {
        let gate = Gate::new(db).await;
        let client = gate.bench.person("bao-ve-1", Role::Desk).await;
        let desk = Arc::clone(&gate.bench.desk);
        let template = gate.event(1, |event, body| {
            event.passage_id = PassageId(Uuid::from_u128(0xD0));
            (body.subject, body.answer, body.look) = (AccessSubject::Door, None, None);
        });
        *gate.bench.commands.node.lock().unwrap() = Some(Box::new(move |command| {
            if let Command::Ask { ask, .. } = command {
                let mut event = template.clone();
                let Body::Access(body) = &mut event.body else { unreachable!("it is an access event") };
                body.request.as_mut().unwrap().ask = Some(*ask);
                let mut foreign = event.clone();
                foreign.node = "square/n1".parse().unwrap();
                desk.hear(&foreign, 0);
                desk.hear(&event, 0);
            }
        }));
        let path = "/api/v1/gates/road-1/n1/main/open";
        assert_eq!(client.post(path, &json!({ "reason": "other" })).await.verdict(), "400 note_needed");
        let told = client.post(path, &json!({ "reason": "emergency" })).await.json();
        assert_eq!(told["command"], "sent");
        assert!(
            matches!(gate.last_command(), (Command::Open { request, .. }, Some(OPEN_LIVES_US)) if request.0 == REQUEST)
        );
        assert_eq!(
            number(&gate.bench.db, "COUNT(*)", "gate_decisions WHERE verdict = 'open' AND reason = 'emergency'").await,
            1
        );
        *gate.bench.commands.node.lock().unwrap() = None;
        assert_eq!(client.post(path, &json!({ "reason": "visitor" })).await.verdict(), "504 node_away");
        assert!(matches!(gate.last_command().0, Command::Ask { .. }), "nothing opens without a request");
        let other = "/api/v1/gates/road-1/n1/other/open";
        assert_eq!(client.post(other, &json!({ "reason": "visitor" })).await.verdict(), "404 not_found");
    })
    .await;
}

#[tokio::test]
async fn the_database_believes_no_door_without_its_decision_and_no_decision_without_a_guard() {
    each_engine(|db| async move {
        let gate = Gate::new(db).await;
        let client = gate.bench.person("bao-ve-1", Role::Desk).await;
        let act = DoorAct {
            at: gate.bench.now(),
            cause: DoorCause::Decision(DecisionId(Uuid::from_u128(0xEE))),
            outcome: DoorOutcome::Opened,
            simulated: false,
        };
        // Revisions in the wrong order; the act names a decision nobody made.
        gate.stored(&gate.event(3, |_, body| body.acts.push(act.clone()))).await;
        gate.stored(&gate.event(2, |_, _| {})).await;
        let detail = client.get(&at("")).await.json();
        assert_eq!((&detail["revision"], &detail["alarm"], &detail["acts"]), (&json!(3), &json!(true), &json!([])));
        assert_eq!(number(&gate.bench.db, "COUNT(*)", "events").await, 2, "the events themselves are kept");
        let blob = |bytes: &[u8]| fixtures::blob(&gate.bench.db, bytes);
        let (passage, nobody) = (blob(PASSAGE.as_bytes()), blob(&[9; 16]));
        for text in [
            format!(
                "INSERT INTO door_acts (passage_id, position, at, cause, decision_id, outcome, simulated) \
                 VALUES ({passage}, 7, 1, 'decision', {nobody}, 'opened', 0)"
            ),
            format!(
                "INSERT INTO gate_decisions (decision_id, controller, site, node, gate, verdict, passage_id, revision, look, \
                 decided_by, session_id, decided_at) SELECT {nobody}, 'police', 'road-1', 'n1', 'main', 'admit', {passage}, 3, \
                 a.look, u.user_id, {nobody}, 1 FROM arrivals a, users u"
            ),
        ] {
            fixtures::refused(&gate.bench.db, &text).await;
        }
        let refuse = json!({ "revision": 3, "look": Sha256::of(FACE).to_string(), "reason": "no_papers" });
        assert_eq!(client.post(&at("/refuse"), &refuse).await.verdict(), "200");
        fixtures::refused(&gate.bench.db, "UPDATE gate_decisions SET verdict = 'admit'").await;
    })
    .await;
}

#[tokio::test]
async fn the_access_log_is_read_at_one_place_and_day_with_a_reason() {
    each_engine(|db| async move {
        let gate = Gate::new(db).await;
        let client = gate.bench.person("bao-ve-1", Role::Desk).await;
        gate.stored(&gate.event(1, |_, _| {})).await;
        let mut trial = gate.event(1, |event, _| event.shadow = true);
        (trial.passage_id, trial.event_id, trial.seq) =
            (PassageId(Uuid::from_u128(0xA2)), EventId(Uuid::from_u128(0xA2)), 9);
        gate.stored(&trial).await;
        let ask = async |more: Value| {
            let mut body = json!({ "site": "road-1", "from": "2026-11-23T00:00:00Z", "to": "2026-11-23T02:00:00Z",
                "reason": "Đối chiếu ca trực" });
            more.as_object().unwrap().iter().for_each(|(k, v)| body[k] = v.clone());
            client.post("/api/v1/arrivals/search", &body).await
        };
        let found = ask(json!({})).await.json();
        assert_eq!(found["items"].as_array().unwrap().len(), 1, "a trial is no arrival");
        assert_eq!(found["items"][0]["reasons_text"][0], "không có trong danh sách của cổng này");
        assert_eq!(ask(json!({ "verdict": "admit" })).await.json()["items"], json!([]));
        assert_eq!(ask(json!({ "reason": " " })).await.verdict(), "400 reason_needed");
        assert_eq!(ask(json!({ "to": "2026-11-24T00:00:01Z" })).await.verdict(), "400 window_too_long");
        let record = number(&gate.bench.db, "COUNT(*)", "audit WHERE record LIKE '%Đối chiếu ca trực%'").await;
        assert_eq!(record, 2);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_clock_records_the_decision_and_sends_no_order() {
    each_engine(|db| async move {
        let gate = Gate::new(db).await;
        let client = gate.bench.person("bao-ve-1", Role::Desk).await;
        // Stored, but this process heard nothing of that run: it was started after it.
        let event = gate.event(1, |_, body| body.look = None);
        fixtures::event(&gate.bench.db, &event, gate.bench.now(), Uuid::nil()).await;
        let told = client.post(&at("/admit"), &json!({ "revision": 1, "look": null })).await.json();
        assert_eq!(told["command"], "no_clock");
        assert!(told["command_text"].as_str().unwrap().contains("không thể mở cửa từ xa"));
        assert_eq!(number(&gate.bench.db, "COUNT(*)", "gate_decisions").await, 1);
        assert!(gate.bench.commands.sent.lock().unwrap().is_empty());
    })
    .await;
}
