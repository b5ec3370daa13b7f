//! A full disk: events are not made, what is stored stays, acknowledgements make room again, health has its reserve.

use std::sync::atomic::{AtomicU64, Ordering};

use contract::event::{Body, CameraState, HealthBody, StreamFigures};

use super::*;
use crate::evidence::DiskReserves;
use crate::evidence::disk_tests::TestDisk;

fn health_draft(passage: u128) -> EventDraft {
    EventDraft {
        body: Body::Health(HealthBody {
            camera_state: CameraState::Online,
            view: Vec::new(),
            reason: "ổ đĩa đầy".to_owned(),
            since: UtcMicros(0),
            stream: StreamFigures::default(),
        }),
        ..count_draft(passage)
    }
}

#[tokio::test]
async fn a_file_at_its_limit_makes_no_event_and_goes_on_after_acknowledgements() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(UtcMicros(0)));
    let ids = Arc::new(SeededIds::new([3; 32]));
    let limited = OutboxOptions { max_page_count: Some(60), ..options(dir.path()) };
    let outbox = Outbox::open(limited, key(), clock, ids, no_guard(dir.path())).await.unwrap();
    let mut made = 0;
    let refused = loop {
        match outbox.append(vec![count_draft(made)]).await {
            Ok(places) => {
                made += 1;
                assert_eq!(u128::from(places[0].seq), made);
            }
            Err(error) => break error,
        }
        assert!(made < 10_000, "the limit is not felt");
    };
    assert!(matches!(refused, OutboxError::DiskFull), "{refused}");
    let made = u64::try_from(made).unwrap();
    assert_eq!(outbox.last_seq(), made);
    assert_eq!(waiting(&outbox).await.len() as u64, made, "nothing stored was given up");
    outbox.acknowledge(ack(&outbox, &[(1, made)])).await.unwrap();
    assert_eq!(outbox.append(vec![count_draft(7)]).await.unwrap()[0].seq, made + 1);
}

#[tokio::test]
async fn the_room_of_what_was_acknowledged_goes_back_to_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let outbox = open(dir.path()).await;
    let size = || std::fs::metadata(dir.path().join("outbox.sqlite")).unwrap().len();
    let mut last = 0;
    for from in 0..60u128 {
        let drafts = (0..200).map(|i| count_draft(from * 200 + i)).collect();
        last = outbox.append(drafts).await.unwrap().last().unwrap().seq;
    }
    let full = size();
    assert!(full > 8 << 20, "{full} bytes are no long outage");
    // As after an outage: one acknowledgement after the other.
    for from in (1..=last).step_by(100) {
        outbox.acknowledge(ack(&outbox, &[(from, from + 99)])).await.unwrap();
    }
    assert!(waiting(&outbox).await.is_empty());
    outbox.close().await;
    let left = size();
    assert!(left < full * 3 / 4, "{left} of {full} bytes are still taken");
}

#[tokio::test]
async fn below_the_second_reserve_only_health_is_made() {
    let dir = tempfile::tempdir().unwrap();
    let disk = Arc::new(TestDisk(AtomicU64::new(1000)));
    let reserves = DiskReserves { pictures_bytes: 100, events_bytes: 50, reserve_bytes: 0 };
    let guard = Arc::new(DiskGuard::new(dir.path(), reserves, disk.clone()));
    let clock = Arc::new(ManualClock::at(UtcMicros(0)));
    let ids = Arc::new(SeededIds::new([3; 32]));
    let outbox = Outbox::open(options(dir.path()), key(), clock, ids, guard).await.unwrap();
    outbox.append(vec![count_draft(1)]).await.unwrap();
    disk.0.store(49, Ordering::SeqCst);
    assert!(matches!(outbox.append(vec![count_draft(2)]).await, Err(OutboxError::DiskReserve)));
    assert_eq!(outbox.append(vec![health_draft(3)]).await.unwrap()[0].seq, 2);
    disk.0.store(50, Ordering::SeqCst);
    assert_eq!(outbox.append(vec![count_draft(4)]).await.unwrap()[0].seq, 3);
}

#[tokio::test]
async fn below_the_second_reserve_what_was_begun_is_ended_and_told_beside_what_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let disk = Arc::new(TestDisk(AtomicU64::new(1000)));
    let reserves = DiskReserves { pictures_bytes: 100, events_bytes: 50, reserve_bytes: 0 };
    let guard = Arc::new(DiskGuard::new(dir.path(), reserves, disk.clone()));
    let clock = Arc::new(ManualClock::at(UtcMicros(0)));
    let ids = Arc::new(SeededIds::new([3; 32]));
    let outbox = Outbox::open(options(dir.path()), key(), clock, ids, guard).await.unwrap();
    outbox.append(vec![pass_draft(1, 1, State::New)]).await.unwrap();
    disk.0.store(49, Ordering::SeqCst);
    // As a camera says it whose stream breaks: the ends of its passages, a bucket, and that it is gone, in one call.
    let offline = vec![
        pass_draft(1, 2, State::Final),
        count_draft(2),
        EventDraft { revision: 2, ..count_draft(3) },
        pass_draft(4, 1, State::New),
        pass_draft(5, 1, State::Final),
        health_draft(6),
    ];
    let made = outbox.append(offline).await.unwrap();
    let passages: Vec<PassageId> = made.iter().map(|m| m.passage_id).collect();
    assert_eq!(passages, [1, 6].map(|n| PassageId(uuid::Uuid::from_u128(n))));
    let summary = outbox.ledger_summary().await.unwrap();
    assert_eq!((summary.events, summary.passages_open), (3, 0));
}

const SMALL_DISK: &str = "CHILANG_TEST_OUTBOX_SMALL_DISK";

/// Not a test by itself: the process whose folder is a disk of a few MiB runs this one "test" with the variable set.
#[test]
fn the_process_on_a_small_disk() {
    let Ok(folder) = std::env::var(SMALL_DISK) else { return };
    let folder = Path::new(&folder);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let clock = Arc::new(ManualClock::at(UtcMicros(0)));
        let ids = Arc::new(SeededIds::new([3; 32]));
        // No second reserve: the disk is really filled, by events.
        let reserves = DiskReserves { pictures_bytes: 0, events_bytes: 0, reserve_bytes: 1 << 20 };
        let machine = Arc::new(crate::evidence::MachineDisk::of(folder));
        let guard = Arc::new(DiskGuard::new(folder, reserves, machine));
        assert!(guard.restore_reserve().unwrap());
        let outbox = Outbox::open(options(folder), key(), clock, ids, guard).await.unwrap();
        outbox.append(vec![pass_draft(1, 1, State::New)]).await.unwrap();
        let mut passage = 100;
        let refused = loop {
            if let Err(error) = outbox.append((0..20).map(|n| count_draft(passage + n)).collect()).await {
                break error;
            }
            passage += 20;
        };
        assert!(matches!(refused, OutboxError::DiskFull), "{refused}");
        assert!(folder.join("reserve").exists(), "ordinary events do not take the reserve");
        let made = outbox
            .append(vec![pass_draft(1, 2, State::Final), count_draft(2), health_draft(3)])
            .await
            .expect("the end of a passage and the health report are made with the room of the reserve");
        assert_eq!(made.len(), 2);
        assert!(!folder.join("reserve").exists());
        let summary = outbox.ledger_summary().await.unwrap();
        assert_eq!((summary.by_kind["health"]["final"], summary.passages_open), (1, 0));
        println!("made with the reserve");
    });
}

#[test]
fn on_a_disk_that_is_really_full_health_and_ends_are_made_with_the_reserve() {
    let dir = tempfile::tempdir().unwrap();
    // A tmpfs in a mount namespace of its own: gone with the process.
    let user: &[&str] = if rustix::process::geteuid().is_root() { &[] } else { &["--user", "--map-root-user"] };
    let script = "mount -t tmpfs -o size=6m tmpfs \"$1\" && shift && exec \"$@\"";
    let out = std::process::Command::new("unshare")
        .args(user)
        .args(["--mount", "sh", "-c", script, "small-disk"])
        .arg(dir.path())
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "outbox::tests::full::the_process_on_a_small_disk", "--nocapture"])
        .env(SMALL_DISK, dir.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success() && said.contains("made with the reserve"), "{said}");
}

#[tokio::test]
async fn a_health_report_takes_the_reserve_when_even_it_finds_no_room() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(UtcMicros(0)));
    let ids = Arc::new(SeededIds::new([3; 32]));
    let reserves = DiskReserves { pictures_bytes: 0, events_bytes: 0, reserve_bytes: 4096 };
    let disk = Arc::new(TestDisk(AtomicU64::new(u64::MAX / 2)));
    let guard = Arc::new(DiskGuard::new(dir.path(), reserves, disk));
    assert!(guard.restore_reserve().unwrap());
    let limited = OutboxOptions { max_page_count: Some(60), ..options(dir.path()) };
    let outbox = Outbox::open(limited, key(), clock, ids, guard).await.unwrap();
    let mut passage = 0;
    while outbox.append(vec![count_draft(passage)]).await.is_ok() {
        passage += 1;
    }
    assert!(dir.path().join("reserve").exists(), "an ordinary event does not take it");
    // The page limit stands in for the disk, so the report still finds no room; but the reserve was given up for it.
    while outbox.append(vec![health_draft(passage)]).await.is_ok() {
        passage += 1;
    }
    assert!(!dir.path().join("reserve").exists());
}
