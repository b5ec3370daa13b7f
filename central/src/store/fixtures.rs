//! Rows for the tests of the people's side, as ingest would leave them. Never built into the service.

use contract::clock::UtcMicros;
use contract::event::Envelope;
use contract::signature::Sha256;
use uuid::Uuid;

use super::events::{NewEvent, insert_events};
use super::{Db, projections};
use crate::correlation::{fold, project};

async fn run(db: &Db, text: String) {
    let mut tx = db.write().await.expect("a test database takes writes");
    sqlx::raw_sql(sqlx::AssertSqlSafe(text.clone())).execute(&mut *tx).await.unwrap_or_else(|e| panic!("{text}: {e}"));
    tx.commit().await.expect("a test database commits");
}

/// Runs a statement that the database is expected to refuse; answers what it says.
pub(crate) async fn refused(db: &Db, text: &str) -> String {
    let mut tx = db.write().await.expect("a test database takes writes");
    match sqlx::raw_sql(sqlx::AssertSqlSafe(text.to_owned())).execute(&mut *tx).await {
        Ok(_) => panic!("the database took: {text}"),
        Err(error) => error.to_string(),
    }
}

/// Runs a statement that must pass.
pub(crate) async fn sql(db: &Db, text: &str) {
    run(db, text.to_owned()).await;
}

/// A blob literal of this engine.
pub(crate) fn blob(db: &Db, bytes: &[u8]) -> String {
    match db.engine() {
        super::Engine::Sqlite => format!("x'{}'", hex::encode(bytes)),
        super::Engine::Postgres => format!("'\\x{}'::bytea", hex::encode(bytes)),
    }
}

fn id(db: &Db, id: Uuid) -> String {
    blob(db, id.as_bytes())
}

/// Two controllers with a node each: `police` at `road-1/n1`, `tourism` at `square/n1`.
pub(crate) async fn places(db: &Db) {
    run(
        db,
        "INSERT INTO controllers (controller, title, created_at) VALUES ('police', 'Công an tỉnh', 1), \
         ('tourism', 'Sở Văn hóa, Thể thao và Du lịch', 1); \
         INSERT INTO nodes (site, node, controller, created_at, online, status_since, birth) VALUES \
         ('road-1', 'n1', 'police', 1, 1, 1000000, '{\"software\":\"0.1.0\"}'), \
         ('square', 'n1', 'tourism', 1, 0, 2000000, NULL);"
            .to_owned(),
    )
    .await;
}

/// An event and all that follows from it, as ingest stores them at `now`; `case` is the id of a case it may become.
pub(crate) async fn event(db: &Db, envelope: &Envelope, now: UtcMicros, case: Uuid) {
    let bytes = envelope.to_bytes();
    let mut tx = db.write().await.expect("a test database takes writes");
    let row = NewEvent { envelope, bytes: &bytes, signature: "x", received_at: now };
    assert_eq!(insert_events(&mut tx, &[row]).await.expect("a test database takes an event"), 1);
    let changes = fold(project(envelope));
    projections::apply(&mut tx, &changes, now, &|| case).await.expect("a test database takes what follows from it");
    tx.commit().await.expect("a test database commits");
}

/// A finished passage.
pub(crate) async fn pass(db: &Db, passage: Uuid, controller: &str, site: &str, at: i64, key: &str) {
    let last5 = &key[key.len().saturating_sub(5)..];
    let passage = id(db, passage);
    let event = id(db, Uuid::nil());
    run(
        db,
        format!(
            "INSERT INTO passes (passage_id, revision, state, end_reason, site, node, camera, controller, class, \
             first_seen, last_seen, plate_key, plate_last5, plate_display, plate_class, country_class, plate_colour, \
             plate_confidence, unreadable, shadow, body, event_id, updated_at) VALUES ({passage}, 3, 'final', 'left', \
             '{site}', 'n1', 'cam-1', '{controller}', 'car', {at}, {at}, '{key}', '{last5}', '{key}', 'car5', \
             'vn_civil', 'white', 0.9, 0, 0, '{{\"class\":\"car\"}}', {event}, {at})"
        ),
    )
    .await;
}

/// A case waiting for review.
pub(crate) async fn case(db: &Db, case: Uuid, suspicion: Uuid, controller: &str, number: &str, at: i64) {
    let (case, suspicion, nil) = (id(db, case), id(db, suspicion), id(db, Uuid::nil()));
    run(
        db,
        format!(
            "INSERT INTO cases (id, number, controller, site, node, camera, suspicion_passage, vehicle_passage, event_id, \
             revision, violation, rule_id, rule_version, class, plate_key, plate_display, body, occurred_at, recorded_at, \
             due_notice_at, limitation_at, updated_at) VALUES ({case}, '{number}', '{controller}', 'road-1', 'n1', \
             'cam-1', {suspicion}, {nil}, {nil}, 1, 'C-WRONGWAY', 'wrong-way', 1, 'car', '12A12345', '12A-123.45', \
             '{{\"violation\":\"C-WRONGWAY\"}}', {at}, {at}, {at}, {at}, {at})"
        ),
    )
    .await;
}

/// A picture of a passage, stored.
pub(crate) async fn picture(db: &Db, passage: Uuid, controller: &str, role: &str, bytes: &[u8], revision: i64) {
    let hash = blob(db, &Sha256::of(bytes).0);
    let (passage, nil) = (id(db, passage), id(db, Uuid::nil()));
    run(
        db,
        format!(
            "INSERT INTO evidence (sha256, site, node, controller, size_bytes, media_type, state, announced_at, stored_at) \
             VALUES ({hash}, 'road-1', 'n1', '{controller}', {size}, 'image/jpeg', 'stored', 1, 2) ON CONFLICT DO NOTHING; \
             INSERT INTO evidence_links (passage_id, role, sha256, event_id, revision, site, node, camera, controller, \
             captured_at) VALUES ({passage}, '{role}', {hash}, {nil}, {revision}, 'road-1', 'n1', 'cam-1', '{controller}', 1)",
            size = bytes.len()
        ),
    )
    .await;
}

/// A counted minute.
pub(crate) async fn minute(db: &Db, controller: &str, site: &str, start: i64, went_in: i64) {
    let (sha, nil) = (blob(db, &[7; 32]), id(db, Uuid::nil()));
    run(
        db,
        format!(
            "INSERT INTO count_buckets (site, node, camera, line, start_at, config_sha, boot_id, controller, class, went_in, \
             went_out, doubtful, analysed_ms, lost_ms, revision, state, updated_at) VALUES ('{site}', 'n1', 'cam-1', \
             'gate', {start}, {sha}, {nil}, '{controller}', 'person', {went_in}, 1, 0, 60000, 0, 1, 'final', 1)"
        ),
    )
    .await;
}

/// A camera that is away, and one ledger with a gap and a number in quarantine.
pub(crate) async fn trouble(db: &Db) {
    let log = id(db, Uuid::from_u128(5));
    let envelope = blob(db, br#"{"clock_error_ms":40}"#);
    run(
        db,
        format!(
            "INSERT INTO camera_health (site, node, camera, controller, camera_state, view_trouble, reason, since_at, \
             stream, captured_at, updated_at, log_id, seq) VALUES ('road-1', 'n1', 'cam-1', 'police', 'offline', '[\"dark\"]', \
             'Không nhận được hình', 1763860500000000, '{{\"fps\":0}}', 1763860500000000, 1, {log}, 9); \
             INSERT INTO events (event_id, site, node, controller, log_id, seq, kind, camera, passage_id, revision, state, \
             captured_at, received_at, shadow, replayed, envelope, signature) VALUES ({log}, 'road-1', 'n1', 'police', {log}, 9, \
             'health', 'cam-1', {log}, 1, 'new', 1763860500000000, 1763860500250000, 0, 0, {envelope}, 's'); \
             INSERT INTO ledgers (site, node, log_id, first_heard_at, last_heard_at, last_seq, duplicates) VALUES \
             ('road-1', 'n1', {log}, 1, 1763860500000000, 9, 2); \
             INSERT INTO ledger_ranges (site, node, log_id, from_seq, to_seq) VALUES ('road-1', 'n1', {log}, 1, 4), \
             ('road-1', 'n1', {log}, 7, 9); \
             INSERT INTO quarantine (sha256, topic, size_bytes, first_kib, reason, detail, site, node, log_id, seq, \
             received_at) VALUES ({log}, 't', 9, {log}, 'reused', 'd', 'road-1', 'n1', {log}, 6, 1);"
        ),
    )
    .await;
}

/// A finished passage as its node tells it: the golden one, at this body and place, of these numbers, seen at `at`.
pub(crate) fn passing(
    (controller, node): (&str, &str),
    (seq, passage, revision): (u64, u128, u32),
    at: UtcMicros,
) -> Envelope {
    let file = format!("{}/../contract/golden/v1/pass.json", env!("CARGO_MANIFEST_DIR"));
    let golden = std::fs::read(file).expect("the contract has a golden pass");
    let mut event = Envelope::from_bytes(&golden).expect("it is one");
    event.event_id = contract::ids::EventId(Uuid::from_u128(0xE0_0000 + u128::from(seq)));
    event.passage_id = contract::ids::PassageId(Uuid::from_u128(passage));
    (event.seq, event.revision) = (seq, revision);
    event.controller = controller.parse().expect("a controller's name");
    event.node = node.parse().expect("a node's address");
    event.evidence.clear();
    event.captured.captured_at = at;
    if let contract::event::Body::Pass(body) = &mut event.body {
        (body.first_seen, body.last_seen) = (at, at);
    }
    event
}

/// An entry of a list, proposed and approved at `from` by two officers made for it.
pub(crate) async fn listed(
    db: &Db,
    (entry, kind, key): (Uuid, &str, &str),
    (controller, site): (&str, &str),
    (from, until): (i64, i64),
) {
    let entry = id(db, entry);
    let one = |n: u8| (blob(db, &[n; 16]), blob(db, &[n + 1; 16]), blob(db, &[n; 32]));
    let ((first, first_session, first_token), (second, second_session, second_token)) = (one(0xC1), one(0xC4));
    run(
        db,
        format!(
            "INSERT INTO controllers (controller, title, created_at) VALUES ('{controller}', 'x', 1) ON CONFLICT DO NOTHING; \
             INSERT INTO nodes (site, node, controller, created_at) VALUES ('{site}', 'listed', '{controller}', 1) ON CONFLICT DO NOTHING; \
             INSERT INTO users (user_id, name, kind, password_hash, created_at) VALUES ({first}, 'mau-01', 'person', 'x', 1), \
             ({second}, 'mau-02', 'person', 'x', 1) ON CONFLICT DO NOTHING; \
             INSERT INTO user_roles (user_id, controller, role) VALUES ({first}, '{controller}', 'traffic_officer'), \
             ({second}, '{controller}', 'traffic_leader') ON CONFLICT DO NOTHING; \
             INSERT INTO sessions (session_id, token_hash, user_id, interactive, created_at, last_seen_at) VALUES \
             ({first_session}, {first_token}, {first}, 1, 1, {from}), ({second_session}, {second_token}, {second}, 1, 1, {from}) \
             ON CONFLICT DO NOTHING; \
             INSERT INTO plate_lists (entry_id, controller, kind, plate_key, keeper, reason, expires_at, state, proposed_by, \
             proposed_session, proposed_at) VALUES ({entry}, '{controller}', '{kind}', '{key}', 'Mẫu 01', 'Lý do mẫu', {until}, \
             'proposed', {first}, {first_session}, {from}); \
             INSERT INTO plate_list_sites (entry_id, site) VALUES ({entry}, '{site}'); \
             UPDATE plate_lists SET state = 'approved', decided_by = {second}, decided_session = {second_session}, \
             decided_at = {from} WHERE entry_id = {entry}"
        ),
    )
    .await;
}

/// Rejects every waiting case the way an officer would: the database takes no shorter one.
pub(crate) async fn reject_every_case(db: &Db) {
    let (user, session, token) = (id(db, Uuid::from_u128(0xA1)), id(db, Uuid::from_u128(0xA2)), blob(db, &[0xA3; 32]));
    run(
        db,
        format!(
            "INSERT INTO users (user_id, name, kind, password_hash, created_at) VALUES ({user}, 'fixture', 'person', 'x', 1); \
             INSERT INTO sessions (session_id, token_hash, user_id, interactive, created_at, last_seen_at) VALUES \
             ({session}, {token}, {user}, 1, 1, 1); \
             INSERT INTO user_roles (user_id, controller, role) SELECT DISTINCT {user}, controller, 'traffic_officer' FROM cases; \
             INSERT INTO decisions (case_id, controller, decided_on, verdict, reason, decided_by, session_id, decided_at) \
             SELECT id, controller, version, 'rejected', 'duplicate', {user}, {session}, 1 FROM cases \
             WHERE state = 'pending_review'; \
             UPDATE cases SET state = 'rejected', version = version + 1 WHERE state = 'pending_review'"
        ),
    )
    .await;
}
