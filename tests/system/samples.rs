//! The samples at real speed through the whole chain, and the verdict itself: it must see a lost row, a doubled row and a
//! plate the truth does not have.

use std::path::{Path, PathBuf};
use std::process::Command;

use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};
use stage::checkout::{clips, program};
use stage::process::run;

fn demo(args: &[&str]) -> (bool, serde_json::Value, String) {
    let out = Command::new(program("demo").unwrap()).args(args).output().unwrap();
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    let last = text.lines().last().unwrap_or_default();
    (out.status.success(), serde_json::from_str(last).unwrap_or_default(), said)
}

fn copied(from: &Path, to: &Path) {
    let done = Command::new("cp").args(["-a"]).arg(from).arg(to).status().unwrap();
    assert!(done.success());
}

fn store(dir: &Path) -> PathBuf {
    dir.join("central/data/central.sqlite")
}

async fn open(path: &Path) -> SqliteConnection {
    SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap()
}

#[tokio::test]
async fn the_samples_arrive_once_each_and_the_verdict_sees_what_is_done_to_them() {
    let _turn = crate::ONE_STAGE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("run");
    let (clips, at) = (clips(), |p: &Path| p.to_string_lossy().into_owned());
    let (passed, verdict, said) = demo(&["--once", "--dir", &at(&dir), "--clips", &at(&clips)]);
    assert!(passed, "{said}\n{verdict:#}");
    assert_eq!((verdict["lost"].as_u64(), verdict["duplicates"].as_u64()), (Some(0), Some(0)));
    assert!(verdict["plates"]["right"].as_u64() > Some(0));

    let judged = |dir: &Path, clips: &Path| demo(&["--judge", "--dir", &at(dir), "--clips", &at(clips)]);
    assert!(judged(&dir, &clips).0, "the same run is judged differently the second time");

    // Strangers passed, and somebody enrolled whose enrolment was withdrawn: nobody's face is anywhere.
    if let Some(search) = crate::no_trace::Search::for_everybody_at_the_gates() {
        let answered = verdict["gates"].as_array().unwrap();
        assert!(answered.iter().any(|visit| visit["answered"] == "admit"), "{answered:?}");
        assert!(answered.iter().any(|visit| visit["who"] == "stranger"), "{answered:?}");
        let found = search.below(&dir).await;
        assert!(found.is_empty(), "{found:#?}");
    }

    // Plates are told of one place on request only, and the request is on record.
    let settings = dir.join("central/central.toml").to_string_lossy().into_owned();
    let ledger = |more: &[&str]| {
        let args = [&["ledger", "--json", "--config", &settings], more].concat();
        run(&program("central").unwrap(), &args)
    };
    let read = stage::verdict::read_ledgers(&dir).unwrap().1.passes;
    let key = read.iter().find_map(|pass| pass.plate_key.clone()).unwrap();
    assert!(!ledger(&[]).unwrap().contains(&key), "plates are told to whoever compares numbers");
    assert!(ledger(&["--plates-of", "elsewhere"]).unwrap_err().to_string().contains("no node stands at a place"));
    let mut db = open(&store(&dir)).await;
    let records: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM audit WHERE action = 'ledger.plates'")
        .fetch_one(&mut db)
        .await
        .unwrap();
    assert!(records >= 2, "{records} requests for plates are on record");
    db.close().await.unwrap();

    // A row is lost.
    let lost = folder.path().join("lost");
    copied(&dir, &lost);
    let mut db = open(&store(&lost)).await;
    // Whatever refers to the row goes its own way: what is tested is the count.
    sqlx::raw_sql(
        "PRAGMA foreign_keys = OFF; DELETE FROM events WHERE seq = (SELECT MAX(seq) FROM events WHERE kind = 'pass')",
    )
    .execute(&mut db)
    .await
    .unwrap();
    db.close().await.unwrap();
    let (passed, verdict, _) = judged(&move_paths(&lost, &dir), &clips);
    assert!(!passed);
    assert_eq!(verdict["lost"].as_u64(), Some(1), "{verdict:#}");

    // A row is there twice, as if the unique index were gone.
    let doubled = folder.path().join("doubled");
    copied(&dir, &doubled);
    let mut db = open(&store(&doubled)).await;
    let columns: Vec<String> = sqlx::query("SELECT name FROM pragma_table_info('events')")
        .fetch_all(&mut db)
        .await
        .unwrap()
        .iter()
        .map(|r| r.get::<String, _>("name"))
        .collect();
    let names = columns.join(", ");
    // The same table without its keys, with one row twice; triggers that name it are not looked at meanwhile.
    let sql = format!(
        "PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON; CREATE TABLE copy AS SELECT * FROM events; DROP TABLE events; \
         ALTER TABLE copy RENAME TO events; \
         INSERT INTO events ({names}) SELECT {names} FROM events WHERE kind = 'pass' LIMIT 1"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut db).await.unwrap();
    db.close().await.unwrap();
    let (passed, verdict, _) = judged(&move_paths(&doubled, &dir), &clips);
    assert!(!passed);
    assert!(verdict["duplicates"].as_u64() >= Some(1), "{verdict:#}");

    // The truth names another plate than the vehicle carried: what was surely read is then surely wrong.
    let other = folder.path().join("clips");
    std::fs::create_dir(&other).unwrap();
    for entry in std::fs::read_dir(&clips).unwrap() {
        let path = entry.unwrap().path();
        if path.to_string_lossy().ends_with(".truth.json") {
            std::fs::copy(&path, other.join(path.file_name().unwrap())).unwrap();
        }
    }
    let truth_path = other.join("road-1.truth.json");
    let mut truth: serde_json::Value = serde_json::from_slice(&std::fs::read(&truth_path).unwrap()).unwrap();
    let (_, centre) = stage::verdict::read_ledgers(&dir).unwrap();
    let sure = |key: &str| {
        let of_key = |p: &&stage::verdict::CentrePass| p.plate_key.as_deref() == Some(key);
        centre.passes.iter().find(of_key).is_some_and(|p| p.plate_agreeing_reads >= 3 && !p.plate_corrected)
    };
    let passages = truth["passages"].as_array().unwrap();
    let read = passages.iter().position(|p| p["plate"]["key"].as_str().is_some_and(sure));
    truth["passages"][read.unwrap()]["plate"]["key"] = "99Z99999".into();
    std::fs::write(&truth_path, serde_json::to_vec(&truth).unwrap()).unwrap();
    let (passed, verdict, _) = judged(&dir, &other);
    assert!(!passed);
    assert!(verdict["plates"]["wrong"].as_u64() >= Some(1), "{verdict:#}");
}

/// The copied run's settings name the first run's folders: they are written anew.
fn move_paths(copy: &Path, original: &Path) -> PathBuf {
    for settings in ["central/central.toml", "edge-node/edge-node.toml"] {
        let path = copy.join(settings);
        let text = std::fs::read_to_string(&path).unwrap();
        let (from, to) = (original.to_string_lossy(), copy.to_string_lossy());
        std::fs::write(&path, text.replace(from.as_ref(), to.as_ref())).unwrap();
    }
    copy.to_owned()
}
