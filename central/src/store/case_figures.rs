//! What a traffic leader looks at, counted: who has and decided how much, and what share of a camera's suspicions is rejected.
//! Numbers of cases, never of vehicles.

use sqlx::AnyConnection;
use uuid::Uuid;

use super::{StoreError, columns};

/// An officer's work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficerRow {
    /// The account.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Waiting cases given to them.
    pub assigned: i64,
    /// Of these, with a notice due before the asked moment.
    pub expiring: i64,
    /// Cases on their screen now.
    pub on_screen: i64,
    /// Confirmed since the day began.
    pub confirmed: i64,
    /// Rejected since the day began.
    pub rejected: i64,
}

/// The moments an officer's work is counted by.
#[derive(Debug, Clone, Copy)]
pub struct Since {
    /// Now.
    pub now: i64,
    /// When the day began.
    pub day: i64,
    /// Notices due before this one expire soon.
    pub due_before: i64,
}

/// The work of everybody who may decide, by name.
pub async fn officers(conn: &mut AnyConnection, controller: &str, since: Since) -> Result<Vec<OfficerRow>, StoreError> {
    sqlx::query(
        "SELECT u.user_id, u.name, \
         (SELECT COUNT(*) FROM case_assignments a JOIN cases c ON c.id = a.case_id WHERE a.officer = u.user_id \
         AND c.controller = $1 AND c.state = 'pending_review') AS assigned, \
         (SELECT COUNT(*) FROM case_assignments a JOIN cases c ON c.id = a.case_id WHERE a.officer = u.user_id \
         AND c.controller = $1 AND c.state = 'pending_review' AND c.due_notice_at < $2) AS expiring, \
         (SELECT COUNT(*) FROM case_leases l JOIN cases c ON c.id = l.case_id \
         JOIN sessions s ON s.session_id = l.session_id WHERE l.holder = u.user_id AND s.ended_at IS NULL \
         AND c.controller = $1 AND c.state = 'pending_review' AND l.expires_at > $3) AS on_screen, \
         (SELECT COUNT(*) FROM decisions d WHERE d.decided_by = u.user_id AND d.controller = $1 \
         AND d.verdict = 'confirmed' AND d.decided_at >= $4) AS confirmed, \
         (SELECT COUNT(*) FROM decisions d WHERE d.decided_by = u.user_id AND d.controller = $1 \
         AND d.verdict = 'rejected' AND d.decided_at >= $4) AS rejected \
         FROM users u WHERE u.kind = 'person' AND u.disabled_at IS NULL AND EXISTS (SELECT 1 FROM user_roles r \
         WHERE r.user_id = u.user_id AND r.controller = $1 AND r.role IN ('traffic_officer', 'traffic_leader')) \
         ORDER BY u.name",
    )
    .bind(controller.to_owned())
    .bind(since.due_before)
    .bind(since.now)
    .bind(since.day)
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("counting officers' work"))?
    .iter()
    .map(|row| {
        Ok(OfficerRow {
            id: columns::id(row, "user_id")?,
            name: columns::value(row, "name")?,
            assigned: columns::value(row, "assigned")?,
            expiring: columns::value(row, "expiring")?,
            on_screen: columns::value(row, "on_screen")?,
            confirmed: columns::value(row, "confirmed")?,
            rejected: columns::value(row, "rejected")?,
        })
    })
    .collect()
}

/// What was decided about one rule at one camera.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameraRow {
    /// The place.
    pub site: String,
    /// The node.
    pub node: String,
    /// The camera.
    pub camera: String,
    /// The rule.
    pub rule_id: String,
    /// Code of the behaviour.
    pub violation: String,
    /// Decided.
    pub decided: i64,
    /// Of these, rejected.
    pub rejected: i64,
}

/// Decisions since `since` by camera and rule.
pub async fn cameras(conn: &mut AnyConnection, controller: &str, since: i64) -> Result<Vec<CameraRow>, StoreError> {
    sqlx::query(
        "SELECT c.site, c.node, c.camera, c.rule_id, c.violation, COUNT(*) AS decided, \
         CAST(SUM(CASE WHEN d.verdict = 'rejected' THEN 1 ELSE 0 END) AS BIGINT) AS rejected \
         FROM decisions d JOIN cases c ON c.id = d.case_id WHERE d.controller = $1 AND d.decided_at >= $2 \
         GROUP BY c.site, c.node, c.camera, c.rule_id, c.violation ORDER BY c.site, c.node, c.camera, c.rule_id, c.violation",
    )
    .bind(controller.to_owned())
    .bind(since)
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("counting decisions by camera"))?
    .iter()
    .map(|row| {
        Ok(CameraRow {
            site: columns::value(row, "site")?,
            node: columns::value(row, "node")?,
            camera: columns::value(row, "camera")?,
            rule_id: columns::value(row, "rule_id")?,
            violation: columns::value(row, "violation")?,
            decided: columns::value(row, "decided")?,
            rejected: columns::value(row, "rejected")?,
        })
    })
    .collect()
}
