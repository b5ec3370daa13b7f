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
    assert!(matches!(outbox.append(vec![count_draft(2)]).await, Err(OutboxError::DiskFull)));
    assert_eq!(outbox.append(vec![health_draft(3)]).await.unwrap()[0].seq, 2);
    disk.0.store(50, Ordering::SeqCst);
    assert_eq!(outbox.append(vec![count_draft(4)]).await.unwrap()[0].seq, 3);
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
