//! `kill -9` of a process in the middle of appending: what it was told is made, is there; numbers have no hole; every
//! passage gets one final.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use super::*;

const FOLDER: &str = "CHILANG_TEST_OUTBOX_TO_KILL";

/// Not a test by itself: the process that is killed runs this one "test" with the variable set.
#[test]
fn the_process_that_is_killed() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let outbox = Arc::new(open(Path::new(&folder)).await);
        outbox.close_left_open().await.unwrap();
        let base = u128::from(outbox.last_seq()) * 1_000_000;
        for number in 0.. {
            let passage = base + number;
            let made = outbox.append(vec![pass_draft(passage, 1, State::New)]).await.unwrap();
            // What is printed was answered, so it must be there later.
            println!("made {}", made[0].seq);
            if number % 3 == 0 {
                let made = outbox.append(vec![pass_draft(passage, 2, State::Final)]).await.unwrap();
                println!("made {}", made[0].seq);
            }
        }
    });
}

#[test]
fn kill_9_in_the_middle_of_appends_loses_nothing_and_leaves_no_hole() {
    let dir = tempfile::tempdir().unwrap();
    let mut answered = 0u64;
    let mut log_id = None;
    for round in 0..6u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "outbox::tests::kill::the_process_that_is_killed", "--nocapture"])
            .env(FOLDER, dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // Killed while it is in the middle of the next append, after a different number of answers each time.
        let wanted = 5 + round * 7;
        let mut heard = 0;
        while heard < wanted {
            let line = lines.next().expect("the process goes on").unwrap();
            if let Some(seq) = line.strip_prefix("made ") {
                answered = seq.parse().unwrap();
                heard += 1;
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
        for line in lines.map_while(Result::ok) {
            // Said before the kill reached it.
            if let Some(seq) = line.strip_prefix("made ").and_then(|s| s.parse().ok()) {
                answered = answered.max(seq);
            }
        }
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let outbox = open(dir.path()).await;
            assert!(outbox.set_aside().is_none());
            assert!(outbox.last_seq() >= answered, "{} < {answered}", outbox.last_seq());
            assert_eq!(*log_id.get_or_insert(outbox.log_id()), outbox.log_id());
            assert_eq!(waiting(&outbox).await, (1..=outbox.last_seq()).collect::<Vec<_>>());
            outbox.close_left_open().await.unwrap();
            let summary = outbox.ledger_summary().await.unwrap();
            assert_eq!((summary.passages_open, summary.passages_ended_twice), (0, 0));
            assert_eq!(summary.by_kind["pass"]["new"], summary.by_kind["pass"]["final"], "every passage has one final");
            outbox.close().await;
        });
    }
}
