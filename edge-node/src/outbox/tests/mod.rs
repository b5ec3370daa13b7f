//! The outbox against files, a model, damage, a full disk and `kill -9`.

mod full;
mod kill;
mod model;
mod torn;

use std::path::Path;
use std::sync::Arc;

use contract::clock::{ManualClock, UtcMicros};
use contract::downlink::{AckRange, Verdict};
use contract::event::{End, Envelope, EvidenceRef, EvidenceRole, EvidenceState, State};
use contract::ids::SeededIds;

use super::*;
use crate::events::draft_tests::{count_draft, pass_draft};
use crate::evidence::disk_tests::no_guard;

pub(super) fn key() -> SigningKey {
    SigningKey::from_seed([9; 32])
}

pub(super) fn options(dir: &Path) -> OutboxOptions {
    OutboxOptions::in_folder(dir, "square/node-1".parse().unwrap())
}

pub(super) async fn try_open(dir: &Path) -> Result<Outbox, OutboxError> {
    let clock = Arc::new(ManualClock::at(UtcMicros(1_000_000)));
    let ids = Arc::new(contract::ids::SystemIds::new());
    Outbox::open(options(dir), key(), clock, ids, no_guard(dir)).await
}

pub(super) async fn open(dir: &Path) -> Outbox {
    try_open(dir).await.unwrap()
}

pub(super) fn ack(outbox: &Outbox, ranges: &[(u64, u64)]) -> Ack {
    let range = |&(from, to)| AckRange { from, to, verdict: Verdict::Stored };
    Ack { log_id: outbox.log_id(), ranges: ranges.iter().map(range).collect() }
}

pub(super) async fn waiting(outbox: &Outbox) -> Vec<u64> {
    outbox.peek(0, u64::MAX, 100_000).await.unwrap().iter().map(|row| row.seq).collect()
}

#[tokio::test]
async fn what_was_appended_waits_signed_until_it_is_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let outbox = open(dir.path()).await;
    let places = outbox.append(vec![count_draft(1), count_draft(2)]).await.unwrap();
    assert_eq!(places.iter().map(|p| p.seq).collect::<Vec<_>>(), [1, 2]);
    let rows = outbox.peek(0, u64::MAX, 10).await.unwrap();
    let envelope = Envelope::from_bytes(&rows[1].bytes).unwrap();
    assert_eq!((envelope.seq, envelope.event_id), (2, places[1].event_id));
    let signature: contract::signature::Signature = rows[1].signature.parse().unwrap();
    assert_eq!(signature.verify(key().public_key(), &rows[1].bytes), Ok(()));
    assert_eq!(outbox.rows(&[2, 7]).await.unwrap().len(), 1);

    let done = outbox.acknowledge(ack(&outbox, &[(1, 1)])).await.unwrap();
    assert_eq!((done.forgotten, done.beyond_end), (1, false));
    let again = outbox.acknowledge(ack(&outbox, &[(1, 1)])).await.unwrap();
    assert_eq!(again.forgotten, 0);
    let state = outbox.unacknowledged().await.unwrap();
    assert_eq!((state.count, state.first, state.last_seq), (1, 2, 2));
    outbox.acknowledge(ack(&outbox, &[(2, 2)])).await.unwrap();
    assert_eq!(outbox.unacknowledged().await.unwrap().first, 3);
}

#[tokio::test]
async fn the_ledger_outlives_acknowledgement_and_restart() {
    let dir = tempfile::tempdir().unwrap();
    let outbox = open(dir.path()).await;
    let log_id = outbox.log_id();
    outbox.append(vec![pass_draft(1, 1, State::New), count_draft(2)]).await.unwrap();
    outbox.acknowledge(ack(&outbox, &[(1, 2)])).await.unwrap();
    outbox.close().await;
    let outbox = open(dir.path()).await;
    assert_eq!((outbox.log_id(), outbox.last_seq()), (log_id, 2));
    let summary = outbox.ledger_summary().await.unwrap();
    assert_eq!((summary.events, summary.first_seq, summary.last_seq), (2, 1, 2));
    assert_eq!(summary.by_kind["pass"]["new"], 1);
    assert_eq!((summary.passages_open, summary.unacknowledged), (1, 0));
    assert_eq!(summary_of(outbox.path()).await.unwrap(), summary);
}

#[tokio::test]
async fn a_passage_left_open_gets_one_final_at_the_next_start() {
    let dir = tempfile::tempdir().unwrap();
    let outbox = open(dir.path()).await;
    outbox
        .append(vec![
            pass_draft(1, 1, State::New),
            pass_draft(2, 1, State::New),
            pass_draft(1, 2, State::Update),
            pass_draft(2, 2, State::Final),
        ])
        .await
        .unwrap();
    outbox.close().await;
    let outbox = open(dir.path()).await;
    assert_eq!(outbox.close_left_open().await.unwrap().len(), 1);
    assert_eq!(outbox.close_left_open().await.unwrap().len(), 0);
    let last = outbox.rows(&[5]).await.unwrap();
    let envelope = Envelope::from_bytes(&last[0].bytes).unwrap();
    assert_eq!((envelope.state, envelope.end), (State::Final, Some(End::NodeRestart)));
    assert_eq!(envelope.revision, 3);
    let summary = outbox.ledger_summary().await.unwrap();
    assert_eq!((summary.passages_open, summary.passages_ended_twice), (0, 0));
}

#[tokio::test]
async fn no_event_is_made_for_a_passage_that_is_not_open() {
    let dir = tempfile::tempdir().unwrap();
    let outbox = open(dir.path()).await;
    outbox.append(vec![pass_draft(1, 1, State::New)]).await.unwrap();
    let twice = outbox.append(vec![pass_draft(1, 1, State::New)]).await;
    assert!(matches!(twice, Err(OutboxError::PassageOpenAlready(_))));
    outbox.append(vec![pass_draft(1, 2, State::Final)]).await.unwrap();
    let second_final = outbox.append(vec![pass_draft(1, 3, State::Final)]).await;
    assert!(matches!(second_final, Err(OutboxError::PassageNotOpen(_))));
    let unheard = outbox.append(vec![pass_draft(2, 2, State::Update)]).await;
    assert!(matches!(unheard, Err(OutboxError::PassageNotOpen(_))));
    assert_eq!(waiting(&outbox).await, [1, 2], "refused calls leave no hole");
    assert_eq!(outbox.append(vec![count_draft(9)]).await.unwrap()[0].seq, 3);
}

#[tokio::test]
async fn a_later_revision_of_a_minute_is_a_message_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let outbox = open(dir.path()).await;
    let revised = |passage, revision| EventDraft { revision, ..count_draft(passage) };
    let made = outbox.append(vec![revised(1, 1), revised(2, 2), revised(3, 3)]).await.unwrap();
    assert_eq!(made.iter().map(|m| m.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(outbox.close_left_open().await.unwrap().len(), 0, "nothing of them is open");
    assert_eq!(outbox.ledger_summary().await.unwrap().passages_ended_twice, 0);
}

#[tokio::test]
async fn one_refused_draft_takes_none_of_its_neighbours_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let outbox = open(dir.path()).await;
    outbox.append(vec![pass_draft(1, 1, State::New), pass_draft(2, 1, State::New)]).await.unwrap();
    let mut endless = pass_draft(1, 2, State::Update);
    if let contract::event::Body::Pass(pass) = &mut endless.body {
        pass.class = "x".repeat(contract::event::MAX_ENVELOPE_BYTES);
    }
    let made = outbox
        .append(vec![
            count_draft(8),
            endless,
            pass_draft(2, 1, State::New),
            pass_draft(2, 2, State::Final),
            pass_draft(9, 2, State::Final),
            count_draft(10),
        ])
        .await
        .unwrap();
    assert_eq!(made.iter().map(|m| m.seq).collect::<Vec<_>>(), [3, 4, 5], "the refused ones leave no hole");
    let passages: Vec<PassageId> = made.iter().map(|m| m.passage_id).collect();
    assert_eq!(passages, [8, 2, 10].map(|n| PassageId(uuid::Uuid::from_u128(n))));
    // The update that was too large changed nothing of its passage: it still ends once.
    assert_eq!(outbox.append(vec![pass_draft(1, 3, State::Final)]).await.unwrap()[0].seq, 6);
    assert_eq!(outbox.ledger_summary().await.unwrap().passages_open, 0);
}

#[tokio::test]
async fn what_waits_is_counted_across_restarts_without_looking_at_the_rows() {
    let dir = tempfile::tempdir().unwrap();
    let outbox = open(dir.path()).await;
    outbox.append((0..10).map(count_draft).collect()).await.unwrap();
    outbox.acknowledge(ack(&outbox, &[(1, 3), (2, 4)])).await.unwrap();
    let told = outbox.unacknowledged().await.unwrap();
    assert_eq!((told.count, told.first, told.last_seq), (6, 5, 10));
    outbox.close().await;
    let outbox = open(dir.path()).await;
    assert_eq!(outbox.unacknowledged().await.unwrap(), told);
    outbox.append(vec![count_draft(20)]).await.unwrap();
    outbox.acknowledge(ack(&outbox, &[(1, 11)])).await.unwrap();
    assert_eq!(outbox.unacknowledged().await.unwrap().count, 0);
    assert_eq!(outbox.ledger_summary().await.unwrap().unacknowledged, 0);
}

/// A clock that fails when told to: the writer reads it for every call.
#[derive(Default)]
struct FailingClock(std::sync::atomic::AtomicBool);

impl Clock for FailingClock {
    fn now(&self) -> UtcMicros {
        assert!(!self.0.load(Ordering::SeqCst), "this clock fails on purpose");
        UtcMicros(1)
    }
    fn monotonic_us(&self) -> i64 {
        0
    }
}

#[tokio::test]
async fn the_end_of_a_writer_that_fails_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Arc::new(FailingClock::default());
    let ids = Arc::new(SeededIds::new([1; 32]));
    let outbox = Outbox::open(options(dir.path()), key(), clock.clone(), ids, no_guard(dir.path())).await.unwrap();
    outbox.append(vec![count_draft(1)]).await.unwrap();
    let at_once = std::time::Duration::ZERO;
    assert!(tokio::time::timeout(at_once, outbox.ended()).await.is_err(), "it works");
    clock.0.store(true, Ordering::SeqCst);
    assert!(matches!(outbox.append(vec![count_draft(2)]).await, Err(OutboxError::Closed)));
    tokio::time::timeout(std::time::Duration::from_secs(10), outbox.ended()).await.unwrap();
    assert!(matches!(outbox.append(vec![count_draft(3)]).await, Err(OutboxError::Closed)));
}

#[tokio::test]
async fn nobody_else_on_the_machine_may_read_what_is_kept() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::set_permissions(&data, std::fs::Permissions::from_mode(0o755)).unwrap();
    let outbox = open(&data).await;
    outbox.append(vec![count_draft(1)]).await.unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    for file in ["outbox.sqlite", "outbox.sqlite-wal", "outbox.sqlite-shm", "outbox.sqlite.lock"] {
        assert_eq!(mode(&data.join(file)), 0o600, "{file}");
    }
}

fn picture(name: &[u8]) -> EvidenceRef {
    EvidenceRef {
        role: EvidenceRole::Frame,
        sha256: Sha256::of(name),
        bytes: 7,
        media_type: "image/jpeg".to_owned(),
        captured_at: UtcMicros(0),
        state: EvidenceState::AtEdge,
    }
}

#[tokio::test]
async fn the_picture_of_a_quarantined_event_goes_with_another_event_or_is_given_up() {
    let dir = tempfile::tempdir().unwrap();
    let outbox = open(dir.path()).await;
    let draft = |passage, revision, state, pictures: &[&[u8]]| {
        let mut draft = pass_draft(passage, revision, state);
        draft.evidence = pictures.iter().map(|name| picture(name)).collect();
        draft
    };
    outbox
        .append(vec![
            draft(1, 1, State::New, &[b"alone"]),
            draft(2, 1, State::New, &[b"shared"]),
            draft(2, 2, State::Update, &[b"shared", b"later"]),
        ])
        .await
        .unwrap();
    let verdict = Verdict::Quarantined("unknown camera".to_owned());
    let ranges = vec![AckRange { from: 1, to: 2, verdict }];
    outbox.acknowledge(Ack { log_id: outbox.log_id(), ranges }).await.unwrap();
    assert_eq!(outbox.evidence_waiting().await.unwrap(), 2, "nobody waits for the picture of the quarantined event");
    assert_eq!(outbox.ledger_summary().await.unwrap().evidence["lost"], 1);
    assert_eq!(outbox.evidence_due(9).await.unwrap().len(), 0, "the other event is not acknowledged yet");
    outbox.acknowledge(ack(&outbox, &[(3, 3)])).await.unwrap();
    assert_eq!(outbox.evidence_due(9).await.unwrap().len(), 2);

    // The passage goes on and names its picture again, in an event the centre may take.
    outbox.append(vec![draft(1, 2, State::Final, &[b"alone"])]).await.unwrap();
    assert_eq!(outbox.evidence_waiting().await.unwrap(), 3);
    outbox.acknowledge(ack(&outbox, &[(4, 4)])).await.unwrap();
    assert_eq!(outbox.evidence_due(9).await.unwrap().len(), 3);
}

#[tokio::test]
async fn acknowledgements_of_another_ledger_or_beyond_the_end_forget_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let outbox = open(dir.path()).await;
    outbox.append(vec![count_draft(1)]).await.unwrap();
    let mut foreign = ack(&outbox, &[(1, 1)]);
    foreign.log_id = LogId(uuid::Uuid::from_u128(4));
    assert!(matches!(outbox.acknowledge(foreign).await, Err(OutboxError::OtherLedger(_))));
    let turned = outbox.acknowledge(ack(&outbox, &[(5, 1)])).await.unwrap();
    assert_eq!(turned.forgotten, 0);
    let beyond = outbox.acknowledge(ack(&outbox, &[(1, u64::MAX)])).await.unwrap();
    assert_eq!((beyond.forgotten, beyond.beyond_end), (1, true));
    outbox.append(vec![count_draft(2)]).await.unwrap();
    assert_eq!(waiting(&outbox).await, [2]);
}

#[tokio::test]
async fn a_quarantined_event_is_forgotten_and_remembered_as_such() {
    let dir = tempfile::tempdir().unwrap();
    let outbox = open(dir.path()).await;
    outbox.append(vec![count_draft(1), count_draft(2)]).await.unwrap();
    let verdict = Verdict::Quarantined("unknown schema".to_owned());
    let ranges = vec![AckRange { from: 1, to: 1, verdict }];
    let done = outbox.acknowledge(Ack { log_id: outbox.log_id(), ranges }).await.unwrap();
    let reasons = std::collections::BTreeMap::from([("unknown schema".to_owned(), 1)]);
    assert_eq!((done.quarantined, &done.reasons), (1, &reasons));
    let summary = outbox.ledger_summary().await.unwrap();
    assert_eq!((summary.quarantined, summary.quarantine_reasons), (1, reasons));
    assert_eq!(waiting(&outbox).await, [2]);
}

#[tokio::test]
async fn a_picture_waits_for_its_event_and_then_goes_its_way() {
    let dir = tempfile::tempdir().unwrap();
    let outbox = open(dir.path()).await;
    let sha256 = Sha256::of(b"picture");
    let mut draft = pass_draft(1, 1, State::New);
    draft.evidence = vec![picture(b"picture")];
    outbox.append(vec![draft]).await.unwrap();
    assert_eq!(outbox.evidence_due(5).await.unwrap().len(), 0, "its event is not acknowledged");
    outbox.acknowledge(ack(&outbox, &[(1, 1)])).await.unwrap();
    assert_eq!(outbox.evidence_due(5).await.unwrap()[0].sha256, sha256);
    let mark = |mark| outbox.mark_evidence(vec![(sha256, mark)]);
    mark(EvidenceMark::Uploading).await.unwrap();
    mark(EvidenceMark::Again(UtcMicros(9_000_000))).await.unwrap();
    assert_eq!(outbox.evidence_due(5).await.unwrap().len(), 0, "its time has not come");
    mark(EvidenceMark::Again(UtcMicros(7 * 3_600_000_000))).await.unwrap();
    assert_eq!(outbox.evidence_due(5).await.unwrap().len(), 1, "so late only a clock that was ahead can have said");
    mark(EvidenceMark::Wanted).await.unwrap();
    assert_eq!(outbox.evidence_due(5).await.unwrap()[0].attempts, 1);
    mark(EvidenceMark::Stored).await.unwrap();
    assert_eq!(outbox.evidence_waiting().await.unwrap(), 0);
    assert_eq!(outbox.evidence_settled_before(UtcMicros(1_000_001)).await.unwrap(), [sha256]);
    mark(EvidenceMark::Forgotten).await.unwrap();
    assert_eq!(outbox.evidence_known().await.unwrap().len(), 0);
}

#[tokio::test]
async fn a_lost_picture_is_removed_in_its_time_too() {
    let dir = tempfile::tempdir().unwrap();
    let outbox = open(dir.path()).await;
    let mut draft = pass_draft(1, 1, State::New);
    draft.evidence = vec![picture(b"damaged"), picture(b"quarantined")];
    outbox.append(vec![draft]).await.unwrap();
    let damaged = Sha256::of(b"damaged");
    outbox.mark_evidence(vec![(damaged, EvidenceMark::Lost("file_damaged".to_owned()))]).await.unwrap();
    let ranges = vec![AckRange { from: 1, to: 1, verdict: Verdict::Quarantined("bad".to_owned()) }];
    outbox.acknowledge(Ack { log_id: outbox.log_id(), ranges }).await.unwrap();
    // The clock of these tests stands at 1 s.
    assert_eq!(outbox.evidence_settled_before(UtcMicros(1_000_000)).await.unwrap(), []);
    let gone = outbox.evidence_settled_before(UtcMicros(1_000_001)).await.unwrap();
    assert_eq!(gone.len(), 2);
    outbox.mark_evidence(gone.iter().map(|sha256| (*sha256, EvidenceMark::Forgotten)).collect()).await.unwrap();
    assert_eq!(outbox.evidence_known().await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn appends_from_many_places_at_once_leave_no_hole() {
    let dir = tempfile::tempdir().unwrap();
    let outbox = Arc::new(open(dir.path()).await);
    let mut tasks = Vec::new();
    for task in 0..8u128 {
        let outbox = outbox.clone();
        tasks.push(std::thread::spawn(move || {
            for i in 0..25 {
                outbox.append_blocking(vec![count_draft(task * 1000 + i)]).unwrap();
            }
        }));
    }
    for task in tasks {
        tokio::task::spawn_blocking(move || task.join().unwrap()).await.unwrap();
    }
    assert_eq!(waiting(&outbox).await, (1..=200).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_second_process_is_refused_and_the_same_ids_make_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let first = open(dir.path()).await;
    assert!(matches!(try_open(dir.path()).await, Err(OutboxError::InUse(_))));
    first.close().await;
    assert!(matches!(first.append(vec![count_draft(1)]).await, Err(OutboxError::Closed)));

    let mut made = Vec::new();
    for _ in 0..2 {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(UtcMicros(5)));
        let ids = Arc::new(SeededIds::new([1; 32]));
        let outbox = Outbox::open(options(dir.path()), key(), clock, ids, no_guard(dir.path())).await.unwrap();
        outbox.append(vec![count_draft(1)]).await.unwrap();
        made.push(outbox.peek(0, 9, 9).await.unwrap());
    }
    assert_eq!(made[0], made[1]);
}
