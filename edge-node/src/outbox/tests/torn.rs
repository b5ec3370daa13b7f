//! Damaged and foreign files, each case by its name.

use std::fs;
use std::path::PathBuf;

use super::*;

/// A folder with a closed outbox of 300 events (several pages).
async fn written() -> (tempfile::TempDir, LogId) {
    let dir = tempfile::tempdir().unwrap();
    let outbox = open(dir.path()).await;
    outbox.append((0..300).map(count_draft).collect()).await.unwrap();
    let log_id = outbox.log_id();
    outbox.close().await;
    (dir, log_id)
}

async fn connect(path: &Path) -> sqlx::SqliteConnection {
    let url = format!("sqlite:{}", path.display());
    <sqlx::SqliteConnection as sqlx::Connection>::connect(&url).await.unwrap()
}

fn torn_files(dir: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.to_string_lossy().contains("outbox.sqlite.torn-"));
    found
}

/// The file is set aside whole, and a new ledger begins at 1.
async fn check_set_aside(dir: &Path, old: LogId) {
    let before = fs::read(dir.join("outbox.sqlite")).unwrap();
    let outbox = open(dir).await;
    assert_ne!(outbox.log_id(), old);
    let aside = outbox.set_aside().expect("it says where the damaged file is").to_owned();
    assert_eq!(fs::read(&aside).unwrap(), before, "nothing is lost of it");
    assert_eq!(outbox.append(vec![count_draft(1)]).await.unwrap()[0].seq, 1);
}

#[tokio::test]
async fn a_file_cut_in_the_middle_is_set_aside() {
    let (dir, old) = written().await;
    let file = fs::OpenOptions::new().write(true).open(dir.path().join("outbox.sqlite")).unwrap();
    let length = file.metadata().unwrap().len();
    file.set_len(length / 2).unwrap();
    drop(file);
    check_set_aside(dir.path(), old).await;
}

#[tokio::test]
async fn a_file_with_an_overwritten_page_is_set_aside() {
    let (dir, old) = written().await;
    let path = dir.path().join("outbox.sqlite");
    let mut bytes = fs::read(&path).unwrap();
    for page in 1..bytes.len() / 4096 {
        bytes[page * 4096..page * 4096 + 200].fill(0xa5);
    }
    fs::write(&path, bytes).unwrap();
    check_set_aside(dir.path(), old).await;
}

#[tokio::test]
async fn a_file_of_noise_is_set_aside() {
    let (dir, old) = written().await;
    fs::write(dir.path().join("outbox.sqlite"), [0x5a; 9000]).unwrap();
    check_set_aside(dir.path(), old).await;
}

#[tokio::test]
async fn a_ledger_with_a_hole_is_set_aside() {
    let (dir, old) = written().await;
    let path = dir.path().join("outbox.sqlite");
    let mut connection = connect(&path).await;
    sqlx::query("DELETE FROM ledger WHERE seq = 7").execute(&mut connection).await.unwrap();
    sqlx::Connection::close(connection).await.unwrap();
    check_set_aside(dir.path(), old).await;
    assert_eq!(torn_files(dir.path()).len(), 1);
}

#[tokio::test]
async fn an_empty_file_becomes_a_new_outbox() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("outbox.sqlite"), b"").unwrap();
    let outbox = open(dir.path()).await;
    assert_eq!((outbox.last_seq(), outbox.set_aside()), (0, None));
}

#[tokio::test]
async fn a_half_written_log_tail_costs_only_what_was_never_answered() {
    let dir = tempfile::tempdir().unwrap();
    let outbox = open(dir.path()).await;
    outbox.append((0..20).map(count_draft).collect()).await.unwrap();
    let image = tempfile::tempdir().unwrap();
    for name in ["outbox.sqlite", "outbox.sqlite-wal"] {
        fs::copy(dir.path().join(name), image.path().join(name)).unwrap();
    }
    // What a write that was under way leaves behind: bytes after the last commit.
    let wal = image.path().join("outbox.sqlite-wal");
    let mut bytes = fs::read(&wal).unwrap();
    bytes.extend_from_slice(&[0x77; 5000]);
    fs::write(&wal, bytes).unwrap();
    let reopened = open(image.path()).await;
    assert_eq!((reopened.log_id(), reopened.last_seq()), (outbox.log_id(), 20));
}

#[tokio::test]
async fn another_nodes_file_and_another_programs_file_stop_the_start() {
    let (dir, _) = written().await;
    let clock = Arc::new(ManualClock::at(UtcMicros(0)));
    let ids = Arc::new(SeededIds::new([1; 32]));
    let theirs = OutboxOptions::in_folder(dir.path(), "square/node-2".parse().unwrap());
    let refused = Outbox::open(theirs, key(), clock, ids, no_guard(dir.path())).await.unwrap_err();
    assert!(matches!(refused, OutboxError::OtherNode { .. }), "{refused}");
    assert!(refused.to_string().contains("square/node-1"));

    for pragma in ["PRAGMA user_version = 99", "PRAGMA application_id = 5"] {
        let (dir, _) = written().await;
        let path = dir.path().join("outbox.sqlite");
        let mut connection = connect(&path).await;
        sqlx::query(pragma).execute(&mut connection).await.unwrap();
        sqlx::Connection::close(connection).await.unwrap();
        let refused = try_open(dir.path()).await.unwrap_err();
        assert!(matches!(refused, OutboxError::Foreign { .. }), "{refused}");
        assert!(torn_files(dir.path()).is_empty());
    }
}
