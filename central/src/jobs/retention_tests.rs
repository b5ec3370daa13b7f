//! Retention on both engines: what goes, what stays, what is on record.

use bytes::Bytes;
use contract::clock::{Clock as _, ManualClock};
use contract::event::{Body, Envelope};
use contract::ids::{EventId, IdSource as _, PassageId, SeededIds};
use contract::signature::Sha256;
use uuid::Uuid;

use contract::clock::DAY_US;

use super::*;
use crate::privacy::{REGISTRY, Retention};
use crate::store::events::write_ledger;
use crate::store::fixtures;
use crate::store::testing::{each_engine, number};

/// Long before the databases' own clock, which refuses removals before their time.
const BEGIN: UtcMicros = UtcMicros(1_000_000_000_000_000);

struct Bench {
    db: Db,
    evidence: EvidenceStore,
    clock: ManualClock,
    ids: SeededIds,
    _folder: tempfile::TempDir,
}

impl Bench {
    fn new(db: Db) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let evidence = EvidenceStore::open(folder.path(), 0).unwrap();
        Self { db, evidence, clock: ManualClock::at(BEGIN), ids: SeededIds::new([9; 32]), _folder: folder }
    }

    /// An event of passage `passage` with a picture of its own, stored as ingest stores it; gives back the picture.
    async fn event(&self, kind: &str, passage: u128) -> Sha256 {
        let file = format!("{}/../contract/golden/v1/{kind}.json", env!("CARGO_MANIFEST_DIR"));
        let mut event = Envelope::from_bytes(&std::fs::read(file).unwrap()).unwrap();
        event.event_id = EventId(Uuid::from_u128(passage << 64 | 1));
        event.passage_id = PassageId(Uuid::from_u128(passage));
        event.seq = u64::try_from(passage).unwrap();
        if let Body::Suspicion(body) = &mut event.body {
            body.vehicle_passage = PassageId(Uuid::from_u128(1));
        }
        let bytes = Bytes::from(format!("a picture of passage {passage}"));
        let sha256 = Sha256::of(&bytes);
        event.evidence.truncate(1);
        for piece in &mut event.evidence {
            piece.sha256 = sha256;
        }
        self.evidence.put(sha256, bytes).await.unwrap();
        let now = self.clock.now();
        fixtures::event(&self.db, &event, now, self.ids.next(now)).await;
        sha256
    }

    async fn after(&self, days: i64) -> Removed {
        self.clock.advance_us(days * DAY_US);
        apply_retention(&self.db, &self.evidence, &self.clock).await.unwrap()
    }

    async fn rows(&self, table: &str) -> i64 {
        number(&self.db, "COUNT(*)", table).await
    }
}

#[tokio::test]
async fn a_passage_goes_whole_after_thirty_days_and_the_ledger_and_the_counts_stay() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        let picture = bench.event("pass", 1).await;
        bench.event("count", 3).await;
        let mut tx = bench.db.write().await.unwrap();
        let changes = crate::ingest::Changes { gone: vec![], put: vec![(1, 3)] };
        let (node, log) = ("square/n1".parse().unwrap(), contract::ids::LogId(Uuid::from_u128(7)));
        write_ledger(&mut tx, &node, log, &changes, 0).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(bench.after(29).await, Removed::new());
        assert!(bench.evidence.contains(picture).await.unwrap());
        assert_eq!(bench.rows("audit").await, 0, "nothing removed, nothing on record");

        let removed = bench.after(2).await;
        // The golden count carries no picture.
        assert_eq!(removed, Removed::from([("events", 2), ("evidence", 1), ("evidence_links", 1), ("passes", 1)]));
        assert!(!bench.evidence.contains(picture).await.unwrap());
        assert_eq!((bench.rows("count_buckets").await, bench.rows("ledger_ranges").await), (1, 1));
        let on_record = number(&bench.db, "COUNT(*)", "audit WHERE action = 'retention.apply'").await;
        assert!(on_record >= 1);
        assert_eq!(bench.after(0).await, Removed::new(), "once");
    })
    .await;
}

#[tokio::test]
async fn what_is_said_to_go_next_is_what_goes() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        bench.event("pass", 1).await;
        bench.event("suspicion", 2).await;
        bench.event("pass", 3).await;
        let said = async || {
            let limits = crate::privacy::Limits::at(bench.clock.now());
            let of = crate::store::retention_next::NextLimits {
                passages: limits.passages,
                pictures: limits.pictures,
                cases: (limits.case_content, limits.case_record),
                arrivals: limits.access,
                consents: limits.shared.consents,
                lists: (limits.alerts, limits.lists),
                now: bench.clock.now(),
            };
            let mut conn = bench.db.read().await.unwrap();
            let mut all = Removed::new();
            for controller in table::controllers(&bench.db).await.unwrap() {
                let waiting = crate::store::retention_next::waiting(&mut conn, &controller, &of).await.unwrap();
                for each in waiting {
                    *all.entry(each.what).or_default() += u64::try_from(each.rows).unwrap();
                }
            }
            all
        };
        assert_eq!(said().await, Removed::new());
        for days in [31, 200] {
            bench.clock.advance_us(days * DAY_US);
            let before = said().await;
            let mut done = bench.after(0).await;
            // What goes with the events is not told by itself.
            done.retain(|what, _| ["events", "evidence", "cases_time_barred", "cases_emptied", "cases"].contains(what));
            assert_eq!(before, done, "{days}");
        }
        // A case whose year ended long ago, of a centre that slept: what one step of a run lets go of for the next is told as held
        // until then.
        bench.clock.advance_us(300 * DAY_US);
        assert_eq!(said().await, Removed::from([("cases_time_barred", 1)]));
        let done = bench.after(0).await;
        assert_eq!((done.get("cases_time_barred"), done.get("cases_emptied")), (Some(&1), Some(&1)));
        assert_eq!(said().await, Removed::new());
    })
    .await;
}

#[tokio::test]
async fn a_waiting_case_holds_its_passages_and_a_rejected_one_lets_go_of_them() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        let vehicle = bench.event("pass", 1).await;
        let suspicion = bench.event("suspicion", 2).await;
        let other = bench.event("pass", 3).await;
        bench.after(200).await;
        assert!(!bench.evidence.contains(other).await.unwrap(), "nobody holds this one");
        for held in [vehicle, suspicion] {
            assert!(bench.evidence.contains(held).await.unwrap());
        }
        assert_eq!((bench.rows("passes").await, bench.rows("events").await), (1, 2));

        // The fixture decides in 1970: the content is over its time at once, the bare record too.
        fixtures::reject_every_case(&bench.db).await;
        let removed = bench.after(0).await;
        assert_eq!(removed.get("cases_emptied"), Some(&1));
        assert_eq!(removed.get("cases"), Some(&1));
        assert_eq!((bench.rows("passes").await, bench.rows("events").await, bench.rows("evidence").await), (0, 0, 0));
        assert!(!bench.evidence.contains(suspicion).await.unwrap());
        assert_eq!(bench.rows("decisions").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_case_is_emptied_after_thirty_days_and_its_record_goes_after_a_year() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        bench.event("suspicion", 2).await;
        fixtures::sql(
            &bench.db,
            &format!("UPDATE cases SET state = 'withdrawn', retracted_at = {}, version = version + 1", BEGIN.0),
        )
        .await;
        bench.after(29).await;
        assert_eq!(number(&bench.db, "COUNT(*)", "cases WHERE emptied_at IS NULL").await, 1);
        bench.after(2).await;
        assert_eq!(number(&bench.db, "COUNT(*)", "cases WHERE body = '{}' AND plate_key IS NULL").await, 1);
        bench.after(330).await;
        assert_eq!(bench.rows("cases").await, 1);
        bench.after(10).await;
        assert_eq!(bench.rows("cases").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_case_nobody_decided_ends_with_its_year_and_lets_go_of_everything_like_a_rejected_one() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        let picture = bench.event("suspicion", 2).await;
        // The golden suspicion lies ahead of this clock: its year begins when the centre hears of it.
        assert_eq!(bench.after(364).await, Removed::new());
        assert_eq!(bench.after(1).await, Removed::from([("cases_time_barred", 1)]));
        assert_eq!(number(&bench.db, "COUNT(*)", "cases WHERE state = 'time_barred' AND version = 2").await, 1);
        assert!(bench.evidence.contains(picture).await.unwrap());
        let removed = bench.after(31).await;
        assert_eq!(removed.get("cases_emptied"), Some(&1), "{removed:?}");
        assert!(!bench.evidence.contains(picture).await.unwrap());
        assert_eq!((bench.rows("events").await, bench.rows("cases").await), (0, 1));
        bench.after(335).await;
        assert_eq!(bench.rows("cases").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_waiting_case_can_be_neither_emptied_nor_deleted_by_any_hand() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        bench.event("suspicion", 2).await;
        for text in ["DELETE FROM cases", "UPDATE cases SET emptied_at = 1"] {
            let told = fixtures::refused(&bench.db, text).await;
            assert!(told.contains("never"), "{text}: {told}");
        }
    })
    .await;
}

#[tokio::test]
async fn audit_days_go_after_two_years_and_the_chain_still_holds() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        let police: ControllerName = "police".parse().unwrap();
        fixtures::places(&bench.db).await;
        let look = async |at: UtcMicros| {
            let mut tx = bench.db.write().await.unwrap();
            let entry = Entry::new(None, "passes.search", Purpose::VehicleSearch);
            audit::append(&mut tx, &police, at, entry).await.unwrap();
            tx.commit().await.unwrap();
        };
        look(BEGIN).await;
        let first = audit::day_of(BEGIN);
        bench.clock.advance_us(729 * DAY_US);
        look(bench.clock.now()).await;
        let second = audit::day_of(bench.clock.now());
        assert_eq!(bench.after(0).await, Removed::new());
        assert_eq!(bench.after(2).await.get("audit"), Some(&1));
        let mut conn = bench.db.read().await.unwrap();
        for day in [&first, &second] {
            assert_eq!(audit::verify_day(&mut conn, &police, day).await.unwrap(), []);
        }
    })
    .await;
}

/// Somebody of police in an interactive session who holds these roles; for rows that name their author.
async fn author(db: &Db, roles: &[&str]) -> (String, String) {
    let (user, session) = (fixtures::blob(db, &[0xB1; 16]), fixtures::blob(db, &[0xB2; 16]));
    let token = fixtures::blob(db, &[0xB3; 32]);
    let roles: Vec<String> = roles.iter().map(|role| format!("({user}, 'police', '{role}')")).collect();
    let text = format!(
        "INSERT INTO users (user_id, name, kind, password_hash, created_at) VALUES ({user}, 'mau', 'person', 'x', 1); \
         INSERT INTO sessions (session_id, token_hash, user_id, interactive, created_at, last_seen_at) VALUES \
         ({session}, {token}, {user}, 1, 1, {begin}); INSERT INTO user_roles (user_id, controller, role) VALUES {}",
        roles.join(", "),
        begin = BEGIN.0,
    );
    fixtures::sql(db, &text).await;
    (user, session)
}

#[tokio::test]
async fn a_body_that_set_a_shorter_time_loses_its_own_pictures_earlier_and_nobody_elses() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        fixtures::places(&bench.db).await;
        let (user, session) = author(&bench.db, &["administrator"]).await;
        for (n, body) in [(1u8, "police"), (2, "tourism")] {
            let sha256 = fixtures::blob(&bench.db, &[n; 32]);
            let text = format!(
                "INSERT INTO evidence (sha256, site, node, controller, size_bytes, media_type, state, announced_at) VALUES \
                 ({sha256}, 's', 'n', '{body}', 1, 'image/jpeg', 'at_edge', {})",
                BEGIN.0
            );
            fixtures::sql(&bench.db, &text).await;
        }
        let text = format!(
            "INSERT INTO retention_settings (controller, data_class, version, days, reason, from_at, set_by, session_id, set_at) \
             VALUES ('police', 'picture', 1, 10, 'x', {}, {user}, {session}, {})",
            BEGIN.0 + 15 * DAY_US,
            BEGIN.0 + 14 * DAY_US
        );
        fixtures::sql(&bench.db, &text).await;
        assert_eq!(bench.after(14).await, Removed::new(), "not in force yet");
        assert_eq!(bench.after(1).await, Removed::from([("evidence", 1)]));
        assert_eq!(number(&bench.db, "COUNT(*)", "evidence WHERE controller = 'tourism'").await, 1);
        assert_eq!(bench.after(16).await, Removed::from([("evidence", 1)]));
    })
    .await;
}

#[tokio::test]
async fn the_visitors_book_goes_after_a_year_and_a_host_a_year_after_the_end() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        fixtures::places(&bench.db).await;
        let (user, session) = author(&bench.db, &["desk", "registrar"]).await;
        let id = |n: u8| fixtures::blob(&bench.db, &[n; 16]);
        let at = BEGIN.0;
        let text = format!(
            "INSERT INTO hosts (host_id, controller, name, department, search_key, entered_by, session_id, entered_at) VALUES \
             ({one}, 'police', 'x', 'x', 'x', {user}, {session}, {at}), ({two}, 'police', 'x', 'x', 'x', {user}, {session}, {at}); \
             INSERT INTO host_places (host_id, site) VALUES ({one}, 'road-1'), ({two}, 'road-1'); \
             UPDATE hosts SET ended_at = {at}, ended_by = {user}, ended_session = {session} WHERE host_id = {one}; \
             INSERT INTO visits (visit_id, controller, site, visitor_name, purpose, search_key, arrived_at, state, revision, \
             registered_by, session_id, updated_at) VALUES ({one}, 'police', 'road-1', 'x', 'x', 'x', {at}, 'waiting', 1, {user}, \
             {session}, {at}); \
             INSERT INTO visit_steps (visit_id, number, controller, step, state, taken_by, session_id, taken_at) VALUES \
             ({one}, 2, 'police', 'leave', 'left', {user}, {session}, {at}); \
             UPDATE visits SET state = 'left', revision = 2, updated_at = {at} WHERE visit_id = {one}",
            one = id(1),
            two = id(2),
        );
        fixtures::sql(&bench.db, &text).await;
        // A closed account whose words still stand is kept: removing it would be refused, and the whole job with it.
        fixtures::sql(&bench.db, &format!("UPDATE users SET disabled_at = 1 WHERE user_id = {user}")).await;
        let removed = bench.after(364).await;
        assert!(!removed.contains_key("visits") && !removed.contains_key("users"), "{removed:?}");
        let removed = bench.after(2).await;
        let of = |what: &str| removed.get(what).copied();
        assert_eq!((of("visits"), of("visit_steps"), of("hosts"), of("host_places")), (Some(1), Some(1), Some(1), Some(1)));
        assert_eq!((bench.rows("hosts").await, bench.rows("users").await), (1, 1), "a host there is names who entered it");
    })
    .await;
}

#[tokio::test]
async fn an_alert_goes_after_a_day_and_an_entry_of_a_list_a_month_after_its_end() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        fixtures::places(&bench.db).await;
        let (one, two) = (Uuid::from_u128(0x71), Uuid::from_u128(0x72));
        let at = |days: i64| BEGIN.0 + days * DAY_US;
        fixtures::listed(&bench.db, (one, "wanted", "12A12345"), ("police", "road-1"), (at(0), at(5))).await;
        fixtures::listed(&bench.db, (two, "allowed", "12A12345"), ("police", "road-1"), (at(0), at(100))).await;
        let event = fixtures::passing(("police", "road-1/n1"), (1, 1, 1), BEGIN);
        fixtures::event(&bench.db, &event, BEGIN, Uuid::from_u128(0x81)).await;
        assert_eq!(bench.rows("plate_alerts").await, 1);
        assert_eq!(bench.after(1).await, Removed::new(), "a day is not over before it is");
        bench.clock.advance_us(1);
        assert_eq!(bench.after(0).await, Removed::from([("plate_alerts", 1)]));
        // Thirty days after the end of the first; its officers are named by the second still.
        fixtures::sql(&bench.db, "UPDATE users SET disabled_at = 1 WHERE name LIKE 'mau-%'").await;
        let removed = bench.after(33).await;
        assert!(!removed.contains_key("plate_lists"), "{removed:?}");
        let removed = bench.after(1).await;
        assert_eq!((removed.get("plate_lists"), removed.get("plate_list_sites")), (Some(&1), Some(&1)), "{removed:?}");
        assert_eq!((bench.rows("plate_lists").await, bench.rows("users").await), (1, 2));
        bench.after(100).await;
        assert_eq!((bench.rows("plate_lists").await, bench.rows("plate_list_sites").await), (0, 0));
    })
    .await;
}

/// Every table whose rows name an account or a session is asked before one is removed: a single one that is not stops the whole job.
#[test]
fn whoever_is_named_somewhere_is_not_removed() {
    let statements = include_str!("../store/retention.rs");
    let of = |table: &str| {
        let begin = statements.find(&format!("DELETE FROM {table} WHERE")).unwrap();
        let text = &statements[begin..];
        &text[..text.find("limits.").unwrap()]
    };
    let folder = format!("{}/migrations/sqlite", env!("CARGO_MANIFEST_DIR"));
    let mut naming = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let mut table = String::new();
        for line in std::fs::read_to_string(file.unwrap().path()).unwrap().lines() {
            if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                table = rest.split_whitespace().next().unwrap().to_owned();
            }
            for (named, before) in [
                // What goes before, in the same run, for the same accounts.
                ("users", &["user_roles", "user_totp", "desk_pins"] as &[&str]),
                ("sessions", &[]),
            ] {
                if !line.contains(&format!("REFERENCES {named} (")) || before.contains(&table.as_str()) {
                    continue;
                }
                naming += 1;
                let asked = of(named).contains(&format!("SELECT 1 FROM {table} "));
                assert!(asked, "{table} names {named}, and nobody looks there before one is removed");
            }
        }
    }
    assert!(naming > 50, "only {naming} were found: is the form another one now?");
}

#[tokio::test]
async fn what_lay_in_quarantine_is_emptied_and_its_number_is_still_not_missing() {
    each_engine(|db| async move {
        let bench = Bench::new(db);
        let sha = |n: u8| fixtures::blob(&bench.db, &[n; 32]);
        let (one, two, log) = (sha(1), sha(2), fixtures::blob(&bench.db, &[5; 16]));
        fixtures::sql(
            &bench.db,
            &format!(
                "INSERT INTO quarantine (sha256, topic, size_bytes, first_kib, reason, detail, site, node, log_id, seq, \
                 received_at) VALUES ({one}, 't', 9, {two}, 'reused', 'd', 's', 'n', {log}, 4, {at}), \
                 ({two}, 't', 9, {two}, 'malformed', 'd', 's', 'n', NULL, NULL, {at})",
                at = BEGIN.0
            ),
        )
        .await;
        let removed = bench.after(31).await;
        assert_eq!(removed, Removed::from([("quarantine", 1), ("quarantine_emptied", 1)]));
        assert_eq!(number(&bench.db, "COUNT(*)", "quarantine WHERE seq = 4 AND length(first_kib) = 0").await, 1);
        assert_eq!(bench.after(1).await, Removed::new());
    })
    .await;
}

#[test]
fn every_table_with_a_limit_is_looked_after() {
    // What belongs to an enrolment goes with it, and is not waited for.
    let here = [
        include_str!("retention.rs"),
        include_str!("../store/retention.rs"),
        include_str!("../store/faces.rs"),
        include_str!("../store/gate_passes.rs"),
        include_str!("../store/people.rs"),
        include_str!("../store/watch.rs"),
    ]
    .concat();
    for group in REGISTRY {
        // A notice stays with its confirmed case, which nothing removes while there is no way to close one.
        if group.retention != Retention::Unlimited && group.table != "notices" {
            let touched = here.contains(&format!("DELETE FROM {} ", group.table))
                || here.contains(&format!("UPDATE {} SET", group.table));
            assert!(touched, "nothing removes rows of {}", group.table);
        }
    }
    let limits = Limits::at(BEGIN);
    assert_eq!(BEGIN.since_us(limits.passages), 30 * DAY_US);
    assert_eq!(BEGIN.since_us(limits.audit), 730 * DAY_US);
}
