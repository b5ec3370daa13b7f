//! Whose fault it is: an event's own, or the store's. What is the store's costs no event. And what a late or false word may
//! not undo.

use std::time::Duration;

use contract::clock::DAY_US;
use contract::event::EvidenceState;

use super::*;
use crate::store::fixtures;

#[tokio::test]
async fn events_wait_while_the_tables_are_not_ours_and_none_of_them_is_let_go() {
    each_engine(|db| async move {
        let clock = Arc::new(ManualClock::at(NOW));
        let ids: Arc<dyn IdSource> = Arc::new(SeededIds::new([4; 32]));
        let (intake, task, lanes) = Intake::new(Arc::clone(&clock) as _);
        let (out, mut outbound) = mpsc::channel(64);
        let (writer, mut health) = Writer::new(db.clone(), Arc::clone(&clock) as _, ids, out, Arc::new(|_| {}));
        // As a newer program's `migrate` could leave it.
        fixtures::sql(&db, "ALTER TABLE passes RENAME TO passes_of_another_version").await;
        for seq in 1..=3 {
            assert!(intake.offer(message(&event("pass", seq))));
        }
        drop(intake);
        run_intake(task, KeyRing::of(registered()), db.clone()).await;
        let writing = tokio::spawn(writer.run(lanes));
        let away = async {
            loop {
                clock.advance_us(SECOND_US);
                if tokio::time::timeout(Duration::from_millis(20), health.wait_for(|healthy| !healthy)).await.is_ok() {
                    break;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(60), away).await.expect("the nodes are told to hold on");
        assert!(outbound.try_recv().is_err(), "nothing is acknowledged");
        fixtures::sql(&db, "ALTER TABLE passes_of_another_version RENAME TO passes").await;
        tokio::time::timeout(Duration::from_secs(60), writing).await.expect("it goes on by itself").unwrap();
        assert!(*health.borrow(), "and says so");
        let ack: Ack = serde_json::from_slice(&outbound.try_recv().unwrap().payload).unwrap();
        assert_eq!(ack.ranges, [range(1, 3, Verdict::Stored)]);
        let bench = Bench::new(db);
        assert_eq!(bench.number("COUNT(*)", "events").await, 3);
        assert_eq!(bench.number("COUNT(*)", "quarantine").await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_clocks_of_a_case_count_from_the_recording_and_no_node_clock_pushes_them_out() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        let suspicion = |seq: u64, occurred_at: UtcMicros| {
            let mut e = event("suspicion", seq);
            if let Body::Suspicion(body) = &mut e.body {
                body.occurred_at = occurred_at;
            }
            message(&e)
        };
        // After six days without a line; and from a node whose clock is two days ahead.
        let (late, ahead) = (NOW.plus_us(-6 * DAY_US), NOW.plus_us(2 * DAY_US));
        bench.store(&[suspicion(1, late), suspicion(2, ahead)]).await;
        let of = |occurred: UtcMicros| format!("cases WHERE occurred_at = {}", occurred.0);
        let (of_late, of_ahead) = (of(late), of(ahead));
        assert_eq!(bench.number("SUM(recorded_at)", &of_late).await, late.0);
        assert_eq!(bench.number("SUM(due_notice_at)", &of_late).await, late.0 + 10 * DAY_US);
        assert_eq!(bench.number("SUM(recorded_at)", &of_ahead).await, NOW.0);
        assert_eq!(bench.number("SUM(due_notice_at)", &of_ahead).await, NOW.0 + 10 * DAY_US);
        assert_eq!(bench.number("SUM(limitation_at)", &of_ahead).await, NOW.0 + 365 * DAY_US);
    })
    .await;
}

#[tokio::test]
async fn a_lost_picture_stays_lost_whatever_an_older_event_says_until_it_is_uploaded() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        let said = |seq: u64, revision: u32, state: EvidenceState| {
            let mut e = event("pass", seq);
            e.passage_id = PassageId(Uuid::from_u128(0xAA));
            e.revision = revision;
            e.evidence.truncate(1);
            e.evidence[0].state = state;
            e
        };
        let lost = said(2, 2, EvidenceState::Lost("disk_full".into()));
        let sha256 = lost.evidence[0].sha256;
        bench.store(&[message(&lost)]).await;
        bench.store(&[message(&said(1, 1, EvidenceState::AtEdge))]).await;
        let state = async || {
            let row = crate::store::evidence::announced(&mut bench.db.read().await.unwrap(), sha256).await;
            row.unwrap().unwrap().state
        };
        assert_eq!(state().await, "lost");
        let mut tx = bench.db.write().await.unwrap();
        assert!(crate::store::evidence::mark_stored(&mut tx, sha256, NOW).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(state().await, "stored");
    })
    .await;
}

#[tokio::test]
async fn a_node_that_begins_ledger_after_ledger_is_stopped_and_its_known_ones_go_on() {
    each_engine(|db| async move {
        let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(NOW));
        let ids: Arc<dyn IdSource> = Arc::new(SeededIds::new([4; 32]));
        let (intake, task, lanes) = Intake::new(Arc::clone(&clock));
        let (out, _outbound) = mpsc::channel(256);
        let (writer, _health) = Writer::new(db.clone(), clock, ids, out, Arc::new(|_| {}));
        let most = u64::try_from(events::LEDGERS_OF_A_NODE).unwrap();
        for n in 1..=most + 3 {
            let mut e = event("pass", n);
            e.log_id = LogId(Uuid::from_u128(u128::from(n)));
            assert!(intake.offer(message(&e)));
        }
        let mut known = event("pass", most + 4);
        known.log_id = LogId(Uuid::from_u128(1));
        assert!(intake.offer(message(&known)));
        drop(intake);
        run_intake(task, KeyRing::of(registered()), db.clone()).await;
        writer.run(lanes).await;
        let bench = Bench::new(db);
        assert_eq!(bench.number("COUNT(*)", "ledgers").await, events::LEDGERS_OF_A_NODE);
        assert_eq!(bench.number("COUNT(*)", "events").await, events::LEDGERS_OF_A_NODE + 1);
        assert_eq!(bench.number("COUNT(*)", "quarantine WHERE reason = 'too_many_ledgers'").await, 3);
        let listed = events::quarantined(&mut bench.db.read().await.unwrap(), Some(&node()), 2).await.unwrap();
        assert_eq!(listed.len(), 2);
        assert_eq!((listed[0].reason.as_str(), listed[0].node.clone()), ("too_many_ledgers", Some(node().to_string())));
    })
    .await;
}

#[tokio::test]
async fn what_retention_emptied_takes_no_room_in_the_quarantine() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        let most = usize::try_from(events::QUARANTINE_ROWS).unwrap();
        for portion in (0..most).collect::<Vec<_>>().chunks(250) {
            let rubbish: Vec<Message> =
                portion.iter().map(|n| signed_bytes(format!("rubbish {n}").into_bytes())).collect();
            bench.store(&rubbish).await;
        }
        fixtures::sql(&bench.db, "UPDATE quarantine SET first_kib = substr(first_kib, 1, 0), detail = ''").await;
        bench.store(&[signed_bytes(b"something new".to_vec())]).await;
        assert_eq!(bench.number("COUNT(*)", "quarantine").await, events::QUARANTINE_ROWS + 1);
    })
    .await;
}
