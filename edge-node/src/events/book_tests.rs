//! Tests of the passage book: what is said, when, and that every announced passage ends exactly once.

use std::collections::BTreeMap;
use std::sync::Arc;

use contract::clock::{CaptureTime, ClockSource, SECOND_US, UtcMicros};
use contract::event::{
    Body, BundleRevisions, CountBody, Crossing, Direction, End, EvidenceRef, EvidenceRole, EvidenceState, PlateColour,
    PlateReading, RuleRef, State,
};
use contract::geometry::{Point, Rect};
use contract::ids::{BootId, SeededIds};
use contract::plate::{CountryClass, PlateClass};
use contract::signature::Sha256;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn context(purpose: Purpose) -> CameraContext {
    CameraContext {
        node: "road/node-1".parse().unwrap(),
        camera: "road-1".parse().unwrap(),
        controller: "traffic-police".parse().unwrap(),
        purpose,
        boot_id: BootId(Uuid::from_u128(1)),
        models: BTreeMap::new(),
        config_sha: Sha256::of(b"config"),
        bundle_revisions: BundleRevisions::default(),
        shadow: false,
        replayed: false,
    }
}

fn book(purpose: Purpose) -> PassageBook {
    PassageBook::new(context(purpose), BookSettings::default(), Arc::new(SeededIds::new([5; 32])))
}

fn at(ms: i64) -> CaptureTime {
    CaptureTime {
        captured_at: UtcMicros(ms * 1000),
        clock_error_ms: 50,
        clock_source: ClockSource::Arrival,
        monotonic_us: ms * 1000,
    }
}

fn seen(track: TrackId, ms: i64, confirmed: bool) -> PassageUpdate {
    PassageUpdate {
        track,
        confirmed,
        class: "car".to_owned(),
        class_score: 0.8,
        rect: Rect::new(0.1, 0.2, 0.3, 0.4),
        seen: true,
        captured: at(ms),
        crossings: Vec::new(),
        plate: None,
        evidence: Vec::new(),
        doubtful_identity: false,
    }
}

fn gone(track: TrackId, ms: i64, parting: Parting) -> PassageEnd {
    PassageEnd { track, parting, captured: at(ms), evidence: Vec::new(), plate: None }
}

fn plate(key: &str) -> PlateReading {
    PlateReading {
        raw_text: key.to_owned(),
        key: key.to_owned(),
        display_text: key.to_owned(),
        class: PlateClass::Car5,
        candidates: vec![PlateClass::Car5],
        country_class: CountryClass::VnCivil,
        colour: PlateColour::White,
        lines: 1,
        confidence: 0.9,
        char_confidence: vec![0.9; key.len()],
        agreeing_reads: 1,
        reads: 1,
        corrected: false,
        to_verify: false,
        second_opinion: false,
        quality: None,
        alternatives: Vec::new(),
        corners: Vec::new(),
    }
}

fn picture(name: &str, role: EvidenceRole) -> EvidenceRef {
    EvidenceRef {
        role,
        sha256: Sha256::of(name.as_bytes()),
        bytes: 10,
        media_type: "image/jpeg".to_owned(),
        captured_at: UtcMicros(0),
        state: EvidenceState::AtEdge,
    }
}

fn finding(track: TrackId, ms: i64) -> WrongWayFinding {
    WrongWayFinding {
        track,
        rule: RuleRef { id: "wrong-way".parse().unwrap(), version: 1 },
        violation: "C-WRONGWAY".to_owned(),
        line: "one-way".parse().unwrap(),
        direction: Direction::Out,
        captured: at(ms),
        class: "car".to_owned(),
        path: (0..500).map(|i| (UtcMicros(i), Point::new(0.5, 0.5))).collect(),
        evidence: vec![picture("before", EvidenceRole::Before)],
    }
}

fn states(drafts: &[EventDraft]) -> Vec<(State, u32)> {
    drafts.iter().map(|d| (d.state, d.revision)).collect()
}

#[test]
fn a_passage_is_announced_when_confirmed_and_told_again_at_most_once_a_second() {
    let mut book = book(Purpose::Traffic);
    assert!(book.observe(seen(1, 0, false)).is_empty());
    assert_eq!(states(&book.observe(seen(1, 200, true))), [(State::New, 1)]);
    assert!(book.observe(seen(1, 400, true)).is_empty(), "nothing to say");
    let read = PassageUpdate { plate: Some(plate("12A12345")), ..seen(1, 600, true) };
    assert!(book.observe(read).is_empty(), "too soon");
    let later = book.observe(seen(1, 1300, true));
    assert_eq!(states(&later), [(State::Update, 2)]);
    assert!(matches!(&later[0].body, Body::Pass(p) if p.plate.is_some() && p.sightings == 5));
    let end = book.end(gone(1, 2000, Parting::Left));
    assert_eq!(states(&end), [(State::Final, 3)]);
    assert_eq!(end[0].end, Some(End::Left));
    assert!(matches!(&end[0].body, Body::Pass(p) if !p.unreadable));
    assert!(book.end(gone(1, 2001, Parting::Left)).is_empty(), "only one final");
}

#[test]
fn a_crossing_is_worth_an_update_and_the_same_plate_is_not() {
    let mut book = book(Purpose::Traffic);
    book.observe(PassageUpdate { plate: Some(plate("12A12345")), ..seen(1, 0, true) });
    let same = PassageUpdate { plate: Some(plate("12A12345")), ..seen(1, 2000, true) };
    assert!(book.observe(same).is_empty());
    let crossing = Crossing { line: "north".parse().unwrap(), direction: Direction::In, at: UtcMicros(3_000_000) };
    let crossed = PassageUpdate { crossings: vec![crossing], ..seen(1, 4000, true) };
    assert_eq!(states(&book.observe(crossed)), [(State::Update, 2)]);
}

#[test]
fn a_passage_without_a_plate_ends_unreadable() {
    let mut book = book(Purpose::Traffic);
    book.observe(seen(1, 0, true));
    let end = book.end(gone(1, 500, Parting::Timeout));
    assert!(matches!(&end[0].body, Body::Pass(p) if p.unreadable));
    assert_eq!(end[0].end, Some(End::Timeout));
}

#[test]
fn an_unconfirmed_track_leaves_nothing() {
    let mut book = book(Purpose::Traffic);
    book.observe(seen(1, 0, false));
    assert!(book.end(gone(1, 100, Parting::Left)).is_empty());
}

#[test]
fn a_merged_passage_names_the_one_that_goes_on() {
    let mut book = book(Purpose::Traffic);
    book.observe(seen(1, 0, true));
    book.observe(seen(2, 0, true));
    let goes_on = book.passage_of(1).unwrap();
    let end = book.end(gone(2, 100, Parting::MergedInto(1)));
    assert_eq!(end[0].end, Some(End::MergedInto(goes_on)));
    let last = book.end(gone(1, 200, Parting::MergedInto(2)));
    assert_eq!(last[0].end, Some(End::Left));
    assert!(matches!(&last[0].body, Body::Pass(p) if p.doubtful_identity));
}

#[test]
fn people_leave_no_passages() {
    let mut counting = book(Purpose::PeopleCounting);
    assert!(counting.observe(seen(1, 0, true)).is_empty());
    assert!(counting.suspect(finding(1, 10)).is_empty());
    assert!(counting.end(gone(1, 100, Parting::Left)).is_empty());
    let mut traffic = book(Purpose::Traffic);
    let person = PassageUpdate { class: "person".to_owned(), ..seen(1, 0, true) };
    assert!(traffic.observe(person).is_empty());
    assert_eq!(traffic.open_count(), 0);
}

#[test]
fn a_suspicion_has_its_own_passage_and_ends_with_the_vehicle_and_its_plate() {
    let mut book = book(Purpose::Traffic);
    book.observe(seen(1, 0, true));
    let vehicle = book.passage_of(1).unwrap();
    let new = book.suspect(finding(1, 100));
    assert_eq!(states(&new), [(State::New, 1)]);
    assert_ne!(new[0].passage_id, vehicle);
    assert!(matches!(&new[0].body, Body::Suspicion(s)
        if s.vehicle_passage == vehicle && s.path.len() == MAX_PATH_POINTS && s.path[119].0.0 == 499));
    assert!(book.suspect(finding(1, 200)).is_empty(), "said once");
    assert!(book.add_suspicion_evidence(1, picture("after", EvidenceRole::After)));
    let end = PassageEnd { plate: Some(plate("12A12345")), ..gone(1, 900, Parting::Left) };
    let drafts = book.end(end);
    assert_eq!(states(&drafts), [(State::Final, 2), (State::Final, 2)]);
    assert!(matches!(&drafts[0].body, Body::Suspicion(s) if s.plate.is_some()));
    assert_eq!(drafts[0].evidence.len(), 2);
    assert!(drafts[0].rule.is_some() && drafts[1].rule.is_none());
    assert!(!book.add_suspicion_evidence(1, picture("late", EvidenceRole::After)));
}

#[test]
fn a_suspicion_does_not_wait_for_a_vehicle_that_stays() {
    let mut book = book(Purpose::Traffic);
    book.observe(seen(1, 0, false));
    let told = book.suspect(finding(1, 100));
    assert_eq!(states(&told), [(State::New, 1), (State::New, 1)], "the vehicle becomes known first");
    assert!(book.observe(seen(1, 20_000, true)).is_empty());
    let settled = book.observe(seen(1, 20_200, true));
    assert_eq!(states(&settled), [(State::Final, 2)]);
    assert!(matches!(settled[0].body, Body::Suspicion(_)));
    assert_eq!(states(&book.end(gone(1, 20_300, Parting::Left))), [(State::Final, 2)]);
}

#[test]
fn counts_are_single_finals() {
    let mut book = book(Purpose::PeopleCounting);
    let bucket = CountBody {
        line: "north".parse().unwrap(),
        class: "person".to_owned(),
        start: UtcMicros(0),
        entered: 1,
        left: 0,
        doubtful: 0,
        analysed_ms: 60_000,
        lost_ms: 0,
    };
    let a = book.count(bucket.clone(), at(60_000));
    let b = book.count(bucket, at(60_000));
    assert_eq!((a.state, a.revision), (State::Final, 1));
    assert_ne!(a.passage_id, b.passage_id);
}

#[derive(Debug, Clone)]
enum Step {
    See(TrackId, bool),
    Suspect(TrackId),
    End(TrackId, u8),
    Wait(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0u64..5, any::<bool>()).prop_map(|(t, c)| Step::See(t, c)),
        1 => (0u64..5).prop_map(Step::Suspect),
        2 => (0u64..5, 0u8..4).prop_map(|(t, p)| Step::End(t, p)),
        1 => (0i64..30).prop_map(|s| Step::Wait(s * SECOND_US / 1000)),
    ]
}

proptest! {
    #[test]
    fn every_announced_passage_has_one_new_growing_revisions_and_one_final(
        steps in proptest::collection::vec(step(), 1..120)
    ) {
        let mut book = book(Purpose::Traffic);
        let mut now = 0;
        let mut said = Vec::new();
        for step in steps {
            now += 100;
            said.extend(match step {
                Step::See(track, confirmed) => book.observe(seen(track, now, confirmed)),
                Step::Suspect(track) => book.suspect(finding(track, now)),
                Step::End(track, how) => {
                    let parting = [Parting::Left, Parting::Timeout, Parting::StreamLost,
                        Parting::MergedInto(track + 1)][usize::from(how)];
                    book.end(gone(track, now, parting))
                }
                Step::Wait(ms) => { now += ms; Vec::new() }
            });
        }
        said.extend(book.end_all(Parting::StreamLost, at(now + 100)));
        let mut by_passage: BTreeMap<_, Vec<&EventDraft>> = BTreeMap::new();
        for draft in &said {
            by_passage.entry(draft.passage_id).or_default().push(draft);
        }
        for drafts in by_passage.values() {
            prop_assert_eq!(drafts[0].state, State::New);
            for (i, draft) in drafts.iter().enumerate() {
                prop_assert_eq!(draft.revision as usize, i + 1);
                prop_assert_eq!(draft.ends_passage(), i + 1 == drafts.len());
                prop_assert_eq!(draft.ends_passage(), draft.end.is_some());
            }
        }
        prop_assert_eq!(book.open_count(), 0);
    }
}
