//! What the database itself refuses about decisions at a gate, one rule at a time: each statement is one that would pass but for
//! that rule.

use super::*;
use contract::clock::{Clock as _, SystemClock};

const COLUMNS: [&str; 16] = [
    "decision_id",
    "controller",
    "site",
    "node",
    "gate",
    "verdict",
    "passage_id",
    "revision",
    "look",
    "request_id",
    "ask_id",
    "reason",
    "note",
    "decided_by",
    "session_id",
    "decided_at",
];

/// The decision that was taken once more, under another id and with some columns changed.
fn again(gate: &Gate, id: u8, changes: &[(&str, &str)]) -> String {
    let id = fixtures::blob(&gate.bench.db, &[id; 16]);
    let value = |column: &&'static str| match *column {
        "decision_id" => id.clone(),
        "note" => "'again'".to_owned(),
        column => changes.iter().find(|(c, _)| *c == column).map_or(column, |(_, value)| value).to_owned(),
    };
    let values: Vec<String> = COLUMNS.iter().map(value).collect();
    format!(
        "INSERT INTO gate_decisions ({}) SELECT {} FROM gate_decisions WHERE note IS NULL",
        COLUMNS.join(", "),
        values.join(", ")
    )
}

#[tokio::test]
async fn each_rule_about_decisions_at_a_gate_is_the_databases_own_too() {
    each_engine(|db| async move {
        let gate = Gate::new(db.clone()).await;
        let client = gate.bench.person("bao-ve-1", Role::Desk).await;
        gate.stored(&gate.event(1, |_, _| {})).await;
        let refuse = json!({ "revision": 1, "look": Sha256::of(FACE).to_string(), "reason": "no_papers" });
        assert_eq!(client.post(&at("/refuse"), &refuse).await.verdict(), "200");
        let refused = async |text: &str, why: &str| {
            let said = fixtures::refused(&db, text).await;
            assert!(said.contains(why), "{text}: {said}");
        };
        fixtures::sql(&db, &again(&gate, 1, &[])).await;

        for (off, on) in [
            ("UPDATE users SET kind = 'service'", "UPDATE users SET kind = 'person'"),
            ("UPDATE sessions SET ended_at = 1", "UPDATE sessions SET ended_at = NULL"),
            ("UPDATE sessions SET interactive = 0", "UPDATE sessions SET interactive = 1"),
            ("UPDATE user_roles SET role = 'registrar'", "UPDATE user_roles SET role = 'desk'"),
        ] {
            fixtures::sql(&db, off).await;
            refused(&again(&gate, 2, &[]), "a named guard in an interactive session").await;
            fixtures::sql(&db, on).await;
        }
        let admit = [("verdict", "'admit'"), ("request_id", "NULL")];
        for wrong in [&[("revision", "revision + 1")] as &[_], &admit, &[("verdict", "'not_this_person'"), admit[1]]] {
            refused(&again(&gate, 2, wrong), "about the arrival as it is").await;
        }
        fixtures::sql(
            &db,
            "INSERT INTO looks_served (session_id, passage_id, look, served_at) SELECT session_id, passage_id, look, 1 \
             FROM gate_decisions WHERE note IS NULL",
        )
        .await;
        refused(&again(&gate, 2, &admit[..1]), "was answered otherwise").await;
        let now = SystemClock::new().now().0.to_string();
        fixtures::sql(&db, &again(&gate, 2, &[admit[0], admit[1], ("decided_at", &now)])).await;
        refused(&format!("DELETE FROM gate_decisions WHERE decided_at = {now}"), "never deleted before their time")
            .await;
        refused("UPDATE gate_decisions SET reason = 'other'", "never changed").await;

        let (passage, decision) = (fixtures::blob(&db, PASSAGE.as_bytes()), fixtures::blob(&db, &[2; 16]));
        let act = |position: u8, cause: &str| {
            format!(
                "INSERT INTO door_acts (passage_id, position, at, cause, decision_id, outcome, simulated) \
                 VALUES ({passage}, {position}, 1, {cause}, 'opened', 0)"
            )
        };
        fixtures::sql(&db, &act(1, "'admit', NULL")).await;
        fixtures::sql(&db, &act(2, &format!("'decision', {decision}"))).await;
        let turned_away = fixtures::blob(&db, &[1; 16]);
        refused(&act(3, &format!("'decision', {turned_away}")), "acts on a decision that is there").await;
        let moved = format!("UPDATE door_acts SET cause = 'decision', decision_id = {decision} WHERE position = 1");
        refused(&moved, "keeps its cause").await;

        fixtures::sql(&db, "UPDATE nodes SET via = 'centre'").await;
        refused(&again(&gate, 3, &[]), "own centre is decided there").await;
    })
    .await;
}
