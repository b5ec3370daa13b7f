//! Leases and assignments of waiting cases. Every change takes the case's row first: of two officers who reach for one case at
//! once, one waits here and then finds the other's name.

use sqlx::AnyConnection;
use uuid::Uuid;

use super::{StoreError, columns};
use contract::clock::UtcMicros;

use crate::cases::{Assignment, Hold, Lease, Named};

/// What a case's own query joins to say who has it; `c` is the case.
pub(super) const JOINS: &str = "LEFT JOIN (case_leases l JOIN sessions ls ON ls.session_id = l.session_id AND ls.ended_at IS NULL \
     JOIN users lu ON lu.user_id = l.holder) ON l.case_id = c.id \
     LEFT JOIN (case_assignments a JOIN users ao ON ao.user_id = a.officer JOIN users ab ON ab.user_id = a.assigned_by) \
     ON a.case_id = c.id";
/// And what it selects.
pub(super) const COLUMNS: &str = "l.holder AS lease_holder, lu.name AS lease_name, l.expires_at AS lease_until, \
     a.officer AS assigned_to, ao.name AS assigned_name, ab.name AS assigned_by_name, a.assigned_at";

/// Who has the case of this row.
pub(super) fn read(row: &sqlx::any::AnyRow) -> Result<Hold, StoreError> {
    let lease = match columns::value::<Option<i64>>(row, "lease_until")? {
        None => None,
        Some(until) => Some(Lease {
            holder: Named { id: columns::id(row, "lease_holder")?, name: columns::value(row, "lease_name")? },
            until: UtcMicros(until),
        }),
    };
    let assignment = match columns::value::<Option<i64>>(row, "assigned_at")? {
        None => None,
        Some(at) => Some(Assignment {
            officer: Named { id: columns::id(row, "assigned_to")?, name: columns::value(row, "assigned_name")? },
            by: columns::value(row, "assigned_by_name")?,
            at: UtcMicros(at),
        }),
    };
    Ok(Hold { lease, assignment })
}

/// Takes the row of a waiting case until the transaction ends; `false` when it waits no more, or is not this controller's.
pub async fn lock(tx: &mut AnyConnection, controller: &str, case: Uuid, at: i64) -> Result<bool, StoreError> {
    let rows =
        sqlx::query("UPDATE cases SET updated_at = $1 WHERE id = $2 AND controller = $3 AND state = 'pending_review'")
            .bind(at)
            .bind(case.as_bytes().to_vec())
            .bind(controller.to_owned())
            .execute(tx)
            .await
            .map_err(StoreError::of("locking a case"))?
            .rows_affected();
    Ok(rows == 1)
}

/// Who has it.
pub async fn hold(conn: &mut AnyConnection, case: Uuid) -> Result<Hold, StoreError> {
    let text = format!("SELECT {COLUMNS} FROM cases c {JOINS} WHERE c.id = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(case.as_bytes().to_vec())
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of("reading who has a case"))?;
    row.as_ref().map_or_else(|| Ok(Hold::default()), read)
}

/// A lease to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewLease<'a> {
    /// The case, locked before.
    pub case: Uuid,
    /// Whose it is.
    pub controller: &'a str,
    /// The officer.
    pub holder: Uuid,
    /// On whose screen.
    pub session: Uuid,
    /// Now.
    pub at: i64,
    /// Until then.
    pub until: i64,
}

/// Gives a lease, or prolongs it.
pub async fn lease(tx: &mut AnyConnection, n: NewLease<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO case_leases (case_id, controller, holder, session_id, taken_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (case_id) DO UPDATE SET holder = excluded.holder, session_id = excluded.session_id, \
         taken_at = excluded.taken_at, expires_at = excluded.expires_at",
    )
    .bind(n.case.as_bytes().to_vec())
    .bind(n.controller.to_owned())
    .bind(n.holder.as_bytes().to_vec())
    .bind(n.session.as_bytes().to_vec())
    .bind(n.at)
    .bind(n.until)
    .execute(tx)
    .await
    .map_err(StoreError::of("giving a lease"))?;
    Ok(())
}

/// Ends this session's lease on a case; was there one?
pub async fn release(tx: &mut AnyConnection, case: Uuid, session: Uuid) -> Result<bool, StoreError> {
    let rows = sqlx::query("DELETE FROM case_leases WHERE case_id = $1 AND session_id = $2")
        .bind(case.as_bytes().to_vec())
        .bind(session.as_bytes().to_vec())
        .execute(tx)
        .await
        .map_err(StoreError::of("ending a lease"))?
        .rows_affected();
    Ok(rows == 1)
}

/// Ends whatever lease there is on a case.
pub async fn end_lease(tx: &mut AnyConnection, case: Uuid) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM case_leases WHERE case_id = $1")
        .bind(case.as_bytes().to_vec())
        .execute(tx)
        .await
        .map_err(StoreError::of("ending a lease"))?;
    Ok(())
}

/// Takes an assignment back; was there one?
pub async fn unassign(tx: &mut AnyConnection, case: Uuid) -> Result<bool, StoreError> {
    let rows = sqlx::query("DELETE FROM case_assignments WHERE case_id = $1")
        .bind(case.as_bytes().to_vec())
        .execute(tx)
        .await
        .map_err(StoreError::of("taking an assignment back"))?
        .rows_affected();
    Ok(rows == 1)
}

/// An assignment to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewAssignment<'a> {
    /// The case, locked before.
    pub case: Uuid,
    /// Whose it is.
    pub controller: &'a str,
    /// To whom.
    pub officer: Uuid,
    /// The leader.
    pub by: Uuid,
    /// The leader's session.
    pub session: Uuid,
    /// Now.
    pub at: i64,
}

/// Gives a case to an officer who has it alone from then on.
pub async fn assign(tx: &mut AnyConnection, n: NewAssignment<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO case_assignments (case_id, controller, officer, assigned_by, session_id, assigned_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(n.case.as_bytes().to_vec())
    .bind(n.controller.to_owned())
    .bind(n.officer.as_bytes().to_vec())
    .bind(n.by.as_bytes().to_vec())
    .bind(n.session.as_bytes().to_vec())
    .bind(n.at)
    .execute(tx)
    .await
    .map_err(StoreError::of("giving a case to an officer"))?;
    Ok(())
}

/// Waiting cases this officer may take at `now`, what expires first before the others.
pub async fn free(
    conn: &mut AnyConnection,
    controller: &str,
    officer: Uuid,
    now: i64,
    limit: i64,
) -> Result<Vec<Uuid>, StoreError> {
    sqlx::query(
        "SELECT c.id FROM cases c WHERE c.controller = $1 AND c.state = 'pending_review' \
         AND NOT EXISTS (SELECT 1 FROM case_leases l JOIN sessions s ON s.session_id = l.session_id AND s.ended_at IS NULL \
         WHERE l.case_id = c.id AND l.holder <> $2 AND l.expires_at > $3) \
         AND NOT EXISTS (SELECT 1 FROM case_assignments a WHERE a.case_id = c.id AND a.officer <> $2) \
         ORDER BY c.due_notice_at, c.id LIMIT $4",
    )
    .bind(controller.to_owned())
    .bind(officer.as_bytes().to_vec())
    .bind(now)
    .bind(limit)
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("looking for a free case"))?
    .iter()
    .map(|row| columns::id(row, "id"))
    .collect()
}

/// The people of a controller who may decide, by name.
pub async fn officers(conn: &mut AnyConnection, controller: &str) -> Result<Vec<Named>, StoreError> {
    sqlx::query(
        "SELECT DISTINCT u.user_id, u.name FROM users u JOIN user_roles r ON r.user_id = u.user_id \
         WHERE r.controller = $1 AND r.role IN ('traffic_officer', 'traffic_leader') AND u.kind = 'person' \
         AND u.disabled_at IS NULL ORDER BY u.name",
    )
    .bind(controller.to_owned())
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("listing officers"))?
    .iter()
    .map(|row| Ok(Named { id: columns::id(row, "user_id")?, name: columns::value(row, "name")? }))
    .collect()
}
