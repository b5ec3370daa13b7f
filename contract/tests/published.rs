//! What is published stays true: the JSON Schema and the AsyncAPI page are generated from the types and must be the
//! committed ones; the golden messages of every released version must still be read, and written back byte for byte.
//! `CHILANG_REGENERATE=1` writes the generated files anew; the difference is then reviewed.

#![expect(clippy::unwrap_used, reason = "a test file: a fault here is a failing test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use contract::bundle::{BundleKind, SignedBundle};
use contract::clock::{CaptureTime, ClockSource, UtcMicros};
use contract::downlink::{Ack, AckRange, Birth, BundleNotice, Command, Status, Verdict};
use contract::event::{
    AccessBody, AccessSubject, Body, BundleRevisions, CalibrationRef, CameraState, CountBody, Crossing, DecisionBody,
    DecisionRequest, Direction, DoorAct, DoorCause, DoorOutcome, End, Envelope, EnvelopeError, EvidenceRef,
    EvidenceRole, EvidenceState, GateAnswer, GateVerdict, GuardVerdict, HealthBody, LivenessWord, ModelRef, Origin,
    PassBody, PlateColour, PlateReading, RuleRef, SCHEMA, State, StreamFigures, Sureness, SuspicionBody, VerifyReason,
    ViewTrouble,
};
use contract::geometry::{Point, Rect};
use contract::ids::{
    AskId, BootId, DecisionId, EnrolmentId, EventId, IdSource as _, LogId, PassageId, RequestId, SeededIds,
};
use contract::plate::{CountryClass, PlateClass};
use contract::signature::Sha256;
use serde_json::{Value, json};

const AT: UtcMicros = UtcMicros(1_795_400_100_250_000);

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Compares with the committed file, or writes it when asked to.
fn same_as_committed(path: &Path, text: &str) {
    if std::env::var_os("CHILANG_REGENERATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let committed = fs::read_to_string(path).unwrap_or_default();
    assert!(committed == text, "{} is out of date: run `just schema` and review the difference", path.display());
}

fn plate() -> PlateReading {
    PlateReading {
        raw_text: "12A-123.45".into(),
        key: "12A12345".into(),
        display_text: "12A-123.45".into(),
        class: PlateClass::Car5,
        candidates: vec![PlateClass::Car5, PlateClass::MotoL14],
        country_class: CountryClass::VnCivil,
        colour: PlateColour::White,
        lines: 1,
        confidence: 0.97,
        char_confidence: vec![0.99, 0.99, 0.98, 0.97, 0.99, 0.96, 0.95, 0.99],
        agreeing_reads: 3,
        reads: 4,
        corrected: false,
        to_verify: false,
        second_opinion: false,
        quality: None,
        alternatives: vec![("12A12346".into(), 0.25)],
        corners: vec![
            Point::new(0.5, 0.5),
            Point::new(0.625, 0.5),
            Point::new(0.625, 0.53125),
            Point::new(0.5, 0.53125),
        ],
    }
}

fn envelope(number: u64, state: State, end: Option<End>, body: Body) -> Envelope {
    let ids = SeededIds::new([u8::try_from(number).unwrap(); 32]);
    let suspicion = matches!(body, Body::Suspicion(_));
    let pictures: &[EvidenceRole] = match body {
        Body::Pass(_) => &[EvidenceRole::Frame, EvidenceRole::PlateCrop],
        Body::Suspicion(_) => &[EvidenceRole::Before, EvidenceRole::After],
        _ => &[],
    };
    Envelope {
        schema: SCHEMA.into(),
        event_id: EventId(ids.next(AT)),
        passage_id: PassageId(ids.next(AT)),
        revision: 3,
        state,
        end,
        node: "chi-lang-square/node-1".parse().unwrap(),
        camera: "road-1".parse().unwrap(),
        controller: "traffic-police".parse().unwrap(),
        log_id: LogId(SeededIds::new([9; 32]).next(AT)),
        seq: number,
        captured: CaptureTime {
            captured_at: AT,
            clock_error_ms: 40,
            clock_source: ClockSource::RtcpSenderReport,
            monotonic_us: 61_000_000,
        },
        boot_id: BootId(SeededIds::new([8; 32]).next(AT)),
        model: BTreeMap::from([
            ("detector".into(), ModelRef { name: "motion".into(), sha256: None }),
            ("plate_reader".into(), ModelRef { name: "pp-ocrv4-rec".into(), sha256: Some(Sha256([0x48; 32])) }),
        ]),
        rule: suspicion.then(|| RuleRef { id: "wrong-way".parse().unwrap(), version: 1 }),
        config_sha: Sha256([0xc0; 32]),
        bundle_revisions: BundleRevisions(BTreeMap::from([(BundleKind::Cameras, 2), (BundleKind::Rules, 5)])),
        origin: if matches!(body, Body::Decision(_)) { Origin::Person } else { Origin::Own },
        shadow: false,
        replayed: false,
        evidence: pictures
            .iter()
            .enumerate()
            .map(|(i, role)| EvidenceRef {
                role: *role,
                sha256: Sha256([u8::try_from(i).unwrap() + 1; 32]),
                bytes: 181_204,
                media_type: "image/jpeg".into(),
                captured_at: AT,
                state: EvidenceState::AtEdge,
            })
            .collect(),
        body,
    }
}

/// Somebody whom the machine did not know, let in by a guard.
fn access() -> AccessBody {
    AccessBody {
        gate: "main".parse().unwrap(),
        subject: AccessSubject::Person,
        first_seen: AT.plus_us(-2_400_000),
        last_seen: AT,
        rect: Rect::new(0.5, 0.25, 0.125, 0.25),
        eye_distance_px: 84.5,
        frames: 21,
        look: Some(Sha256([0x10; 32])),
        answer: Some(GateAnswer {
            verdict: GateVerdict::Verify,
            reasons: vec![VerifyReason::NoMatch],
            enrolment: None,
            sureness: Sureness::Unlike,
            agreeing_frames: 4,
            liveness: LivenessWord::Live,
            calibration: Some(CalibrationRef {
                embedder: Sha256([0xe0; 32]),
                threshold: 0.5,
                far: 0.001,
                impostors: 38_000,
            }),
            at: AT.plus_us(-1_200_000),
        }),
        request: Some(DecisionRequest {
            id: RequestId(SeededIds::new([2; 32]).next(AT)),
            asked_monotonic_us: 60_800_000,
            ask: None,
        }),
        acts: vec![DoorAct {
            at: AT,
            cause: DoorCause::Decision(DecisionId(SeededIds::new([3; 32]).next(AT))),
            outcome: DoorOutcome::Opened,
            simulated: true,
        }],
        tailgaters: 0,
    }
}

/// A guard's refusal, told by a site to its province.
fn decision() -> DecisionBody {
    DecisionBody {
        decision: DecisionId(SeededIds::new([3; 32]).next(AT)),
        gate_node: "chi-lang-square/node-2".parse().unwrap(),
        gate: "main".parse().unwrap(),
        verdict: GuardVerdict::Refuse,
        passage: Some(PassageId(SeededIds::new([4; 32]).next(AT))),
        passage_revision: Some(3),
        look: Some(Sha256([0x10; 32])),
        request: Some(RequestId(SeededIds::new([2; 32]).next(AT))),
        ask: None,
        reason: Some("no_appointment".into()),
        note: None,
        officer: "bao-ve-01".into(),
        at: AT,
    }
}

#[test]
fn a_decision_is_a_persons_and_says_about_what() {
    let good = envelope(6, State::Final, Some(End::Left), Body::Decision(Box::new(decision())));
    let read = |envelope: &Envelope| Envelope::from_bytes(&envelope.to_bytes()).map(|_| ());
    read(&good).unwrap();
    let changes: [fn(&mut DecisionBody); 6] = [
        |d| d.passage = None,
        |d| d.passage_revision = None,
        |d| d.reason = None,
        |d| d.officer = " ".into(),
        |d| d.ask = Some(AskId(SeededIds::new([5; 32]).next(AT))),
        |d| d.verdict = GuardVerdict::Open,
    ];
    for change in changes {
        let mut body = decision();
        change(&mut body);
        let said = Envelope { body: Body::Decision(Box::new(body)), ..good.clone() };
        assert!(matches!(read(&said), Err(EnvelopeError::Contradiction(_))));
    }
    // No machine decides, and no person makes an event of a machine.
    assert!(read(&Envelope { origin: Origin::Own, ..good.clone() }).is_err());
    let machine = envelope(5, State::Update, None, Body::Access(Box::new(access())));
    assert!(read(&Envelope { origin: Origin::Person, ..machine }).is_err());
    assert!(read(&Envelope { replayed: true, ..good }).is_err());
}

#[test]
fn a_gate_cannot_say_what_it_must_not() {
    let good = envelope(5, State::Update, None, Body::Access(Box::new(access())));
    let judged = |change: &dyn Fn(&mut AccessBody)| {
        let mut said = access();
        change(&mut said);
        let envelope = Envelope { body: Body::Access(Box::new(said)), ..good.clone() };
        Envelope::from_bytes(&envelope.to_bytes()).map_err(|e| e.to_string())
    };
    assert!(judged(&|_| ()).is_ok());
    let admit = |b: &mut AccessBody| {
        let answer = b.answer.as_mut().unwrap();
        (answer.verdict, answer.reasons, answer.sureness) = (GateVerdict::Admit, Vec::new(), Sureness::Sure);
        answer.enrolment = Some(EnrolmentId(SeededIds::new([4; 32]).next(AT)));
    };
    assert!(judged(&admit).is_ok());
    // Reasons and verdict belong together.
    assert!(judged(&|b| b.answer.as_mut().unwrap().verdict = GateVerdict::Admit).is_err());
    assert!(judged(&|b| b.answer.as_mut().unwrap().reasons.clear()).is_err());
    // An admit names whom, how sure and by which measurement.
    for change in [
        (|a: &mut GateAnswer| a.enrolment = None) as fn(&mut GateAnswer),
        |a| a.calibration = None,
        |a| a.sureness = Sureness::Doubtful,
    ] {
        let refused = judged(&|b| {
            admit(b);
            change(b.answer.as_mut().unwrap());
        });
        assert!(refused.unwrap_err().contains("admitted person"));
    }
    // No door opens on an admit that was not given.
    assert!(judged(&|b| b.acts[0].cause = DoorCause::Admit).is_err());
    // There is no third word, and no picture.
    let mut value = serde_json::to_value(&good).unwrap();
    value["body"]["answer"]["verdict"] = json!("deny");
    assert!(Envelope::from_bytes(value.to_string().as_bytes()).is_err());
    let (_, pass) = examples().into_iter().find(|(name, _)| *name == "pass").unwrap();
    let with_picture = Envelope { evidence: pass.evidence, ..good };
    assert!(Envelope::from_bytes(&with_picture.to_bytes()).unwrap_err().to_string().contains("no pictures"));
}

/// One message of each kind, as a node writes it today.
fn examples() -> Vec<(&'static str, Envelope)> {
    let pass = PassBody {
        class: "car".into(),
        class_score: 0.5,
        first_seen: AT.plus_us(-3_000_000),
        last_seen: AT,
        rect: Rect::new(0.5, 0.25, 0.25, 0.25),
        sightings: 15,
        crossings: vec![Crossing {
            line: "road".parse().unwrap(),
            direction: Direction::In,
            at: AT.plus_us(-1_000_000),
        }],
        plate: Some(plate()),
        unreadable: false,
        doubtful_identity: false,
    };
    let suspicion = SuspicionBody {
        vehicle_passage: PassageId(SeededIds::new([1; 32]).next(AT)),
        violation: "C-WRONGWAY".into(),
        line: "one-way".parse().unwrap(),
        direction: Direction::Out,
        occurred_at: AT,
        class: "car".into(),
        plate: Some(plate()),
        path: vec![(AT.plus_us(-400_000), Point::new(0.5, 0.5)), (AT, Point::new(0.5, 0.625))],
    };
    let count = CountBody {
        line: "square-north".parse().unwrap(),
        class: "person".into(),
        start: AT.floor_to(60_000_000),
        entered: 12,
        left: 8,
        doubtful: 1,
        analysed_ms: 58_800,
        lost_ms: 1_200,
    };
    let health = HealthBody {
        camera_state: CameraState::Online,
        view: vec![ViewTrouble::Moved],
        reason: "Góc nhìn đã lệch; tạm dừng các vạch".into(),
        since: AT,
        stream: StreamFigures {
            frames_decoded: 1500,
            frames_analysed: 300,
            fps: 25.0,
            decoder: "avdec_h264".into(),
            ..StreamFigures::default()
        },
    };
    vec![
        ("access", envelope(5, State::Update, None, Body::Access(Box::new(access())))),
        ("pass", envelope(1, State::Final, Some(End::Left), Body::Pass(pass))),
        ("suspicion", envelope(2, State::Final, Some(End::Left), Body::Suspicion(suspicion))),
        ("count", envelope(3, State::Final, Some(End::Left), Body::Count(count))),
        ("health", envelope(4, State::Final, Some(End::Left), Body::Health(health))),
        ("decision", envelope(6, State::Final, Some(End::Left), Body::Decision(Box::new(decision())))),
    ]
}

#[test]
fn generated_golden_messages_of_this_version_are_the_committed_ones() {
    for (name, envelope) in examples() {
        let text = serde_json::to_string_pretty(&envelope).unwrap() + "\n";
        same_as_committed(&folder("golden/v1").join(format!("{name}.json")), &text);
    }
}

#[test]
fn golden_messages_of_every_version_are_still_read() {
    let mut read = 0;
    for version in fs::read_dir(folder("golden")).unwrap() {
        for file in fs::read_dir(version.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            let envelope = Envelope::from_bytes(&bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            assert_eq!(Some(envelope.kind().as_str()), path.file_stem().and_then(|s| s.to_str()));
            let mut added: Value = serde_json::from_slice(&bytes).unwrap();
            added["a_field_of_the_future"] = json!({"x": 1});
            added["body"]["another"] = json!([1, 2]);
            assert_eq!(Envelope::from_bytes(added.to_string().as_bytes()).unwrap(), envelope);
            read += 1;
        }
    }
    assert!(read >= 5, "golden messages are missing");
}

#[test]
fn bad_messages_say_what_is_wrong() {
    let (_, good) = examples().into_iter().find(|(name, _)| *name == "pass").unwrap();
    let with = |change: &dyn Fn(&mut Value)| {
        let mut value = serde_json::to_value(&good).unwrap();
        change(&mut value);
        Envelope::from_bytes(value.to_string().as_bytes()).unwrap_err().to_string()
    };
    assert!(with(&|v| v["schema"] = json!("chilang.event/2")).contains("chilang.event/2"));
    assert!(with(&|v| v["end"] = Value::Null).contains("contradicts"));
    // The first moment of 1970 and the last of 2199 are still a clock's.
    for (moment, taken) in [(0_i64, true), (7_258_118_399_999_999, true), (-1, false), (7_258_118_400_000_000, false)] {
        for at in ["/captured_at", "/body/first_seen", "/body/last_seen"] {
            let mut value = serde_json::to_value(&good).unwrap();
            *value.pointer_mut(at).unwrap() = moment.into();
            assert_eq!(Envelope::from_bytes(value.to_string().as_bytes()).is_ok(), taken, "{at} {moment}");
        }
    }
    assert!(with(&|v| v["seq"] = json!(0)).contains("count from 1"));
    assert!(with(&|v| v["camera"] = json!("Đường")).contains("not a valid name"));
    assert!(with(&|v| v["rule"] = json!({"id": "wrong-way", "version": 1})).contains("rule"));
    assert!(with(&|v| v["body"]["class"] = json!("a\u{0}b")).contains("U+0000"));
    assert!(Envelope::from_bytes(&vec![b' '; 70_000]).unwrap_err().to_string().contains("70000"));
    assert!(Envelope::from_bytes(b"{").unwrap_err().to_string().contains("not an event"));
}

fn schema<T: schemars::JsonSchema>() -> Value {
    schemars::schema_for!(T).to_value()
}

#[test]
fn generated_json_schema_is_the_committed_one() {
    let text = serde_json::to_string_pretty(&schema::<Envelope>()).unwrap() + "\n";
    same_as_committed(&folder("schema/event.schema.json"), &text);
}

#[test]
fn generated_asyncapi_is_the_committed_one() {
    let text = serde_json::to_string_pretty(&asyncapi()).unwrap() + "\n";
    same_as_committed(&folder("schema/asyncapi.json"), &text);
}

/// AsyncAPI 3.0 of the broker's topics.
fn asyncapi() -> Value {
    let parameters = |camera: bool| {
        let mut p = json!({ "site": { "description": "Site name" }, "node": { "description": "Node name" } });
        if camera {
            p["camera"] = json!({ "description": "Camera name" });
            p["kind"] = json!({ "enum": ["pass", "access", "suspicion", "count", "health", "decision"] });
        }
        p
    };
    let channel = |address: &str, message: &str, retained: bool, camera: bool| {
        let mut c = json!({
            "address": address,
            "messages": { message: { "$ref": format!("#/components/messages/{message}") } },
            "bindings": { "mqtt": { "qos": 1, "retain": retained, "bindingVersion": "0.2.0" } },
        });
        if address.contains('{') {
            c["parameters"] = parameters(camera);
        }
        c
    };
    let message =
        |title: &str, payload: Value| json!({ "title": title, "contentType": "application/json", "payload": payload });
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "Chi Lăng", "version": "1",
            "description": "Events up, acknowledgements and notices down. MQTT 5, QoS 1, mutual TLS. Events carry the user property chilang-signature over their exact bytes.",
        },
        "channels": {
            "status": channel("chilang/v1/{site}/{node}/status", "Status", true, false),
            "birth": channel("chilang/v1/{site}/{node}/birth", "Birth", true, false),
            "event": channel("chilang/v1/{site}/{node}/cam/{camera}/{kind}", "Event", false, true),
            "ack": channel("chilang/v1/{site}/{node}/ack", "Ack", false, false),
            "cmd": channel("chilang/v1/{site}/{node}/cmd", "Command", false, false),
            "bundle": channel("chilang/v1/{site}/{node}/bundle", "BundleNotice", false, false),
            "central": channel("chilang/v1/central/status", "Status", true, false),
        },
        "components": { "messages": {
            "Status": message("Connected?", schema::<Status>()),
            "Birth": message("What runs on a node", schema::<Birth>()),
            "Event": message("One event", schema::<Envelope>()),
            "Ack": message("Ranges that are stored", schema::<Ack>()),
            "Command": message("A command to a node", schema::<Command>()),
            "BundleNotice": message("A bundle may be fetched", schema::<BundleNotice>()),
            "SignedBundle": message("A bundle as fetched over HTTPS", schema::<SignedBundle>()),
        } },
    })
}

#[test]
fn an_ack_is_small_and_plain() {
    let ack = Ack {
        log_id: LogId(SeededIds::new([9; 32]).next(AT)),
        ranges: vec![
            AckRange { from: 1, to: 200, verdict: Verdict::Stored },
            AckRange { from: 201, to: 201, verdict: Verdict::Quarantined("signature".into()) },
        ],
    };
    let text = serde_json::to_string(&ack).unwrap();
    assert!(text.ends_with(r#""ranges":[{"from":1,"to":200,"verdict":"stored"},{"from":201,"to":201,"verdict":{"quarantined":"signature"}}]}"#), "{text}");
}
