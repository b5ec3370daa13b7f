//! Statements that remove or empty what is past its time. Each takes its limits as values, works on a bounded number of rows,
//! and leaves alone what an open case holds: a case that was not emptied keeps its suspicion's and its vehicle's passage,
//! their events and their pictures. The range ledger is touched by none of them.

use std::collections::BTreeMap;

use contract::clock::UtcMicros;
use contract::signature::Sha256;
use sqlx::AnyConnection;

use super::rows::AnyQuery;
use super::{Db, StoreError, columns};

/// How many of what went, by name; only what is more than none.
pub type Removed = BTreeMap<&'static str, u64>;

/// Events of one controller that are over their time, held by no case and waited for by no province.
macro_rules! events_over_their_time {
    () => {
        "FROM events e WHERE e.controller = $1 AND e.received_at < $2 AND NOT EXISTS (SELECT 1 FROM forward_queue q \
         WHERE q.event_id = e.event_id) AND NOT EXISTS (SELECT 1 FROM cases c \
         WHERE c.emptied_at IS NULL AND (c.suspicion_passage = e.passage_id OR c.vehicle_passage = e.passage_id))"
    };
}
pub(super) use events_over_their_time;

/// A column of them; oldest first, at most so many.
macro_rules! over_their_time {
    ($column:literal) => {
        concat!("SELECT e.", $column, " ", events_over_their_time!(), " ORDER BY e.received_at, e.event_id LIMIT $3")
    };
}

/// When a case ended without a violation: by its decision, by its node's word, or with its year.
pub(super) const ENDED: &str = "COALESCE((SELECT d.decided_at FROM decisions d WHERE d.case_id = cases.id), cases.retracted_at, \
     CASE WHEN cases.state = 'time_barred' THEN cases.limitation_at END)";

async fn run(conn: &mut AnyConnection, doing: &'static str, query: AnyQuery<'_>) -> Result<u64, StoreError> {
    Ok(query.execute(conn).await.map_err(StoreError::of(doing))?.rows_affected())
}

fn note(removed: &mut Removed, what: &'static str, rows: u64) {
    if rows > 0 {
        *removed.entry(what).or_default() += rows;
    }
}

/// Every controller that has rows: also one no node belongs to any more.
pub async fn controllers(db: &Db) -> Result<Vec<String>, StoreError> {
    let doing = "listing the controllers";
    let mut conn = db.read().await?;
    let mut all: Vec<String> = sqlx::query_scalar("SELECT controller FROM controllers ORDER BY controller")
        .fetch_all(&mut *conn)
        .await
        .map_err(StoreError::of(doing))?;
    // From one name to the next along the index: DISTINCT would read every row.
    for next in [
        "SELECT MIN(controller) FROM events WHERE controller > $1",
        "SELECT MIN(controller) FROM evidence WHERE controller > $1",
        "SELECT MIN(controller) FROM cases WHERE controller > $1",
        "SELECT MIN(controller) FROM audit_heads WHERE controller > $1",
        "SELECT MIN(controller) FROM arrivals WHERE controller > $1",
    ] {
        let mut last = String::new();
        while let Some(name) = sqlx::query_scalar::<_, Option<String>>(next)
            .bind(last.clone())
            .fetch_one(&mut *conn)
            .await
            .map_err(StoreError::of(doing))?
        {
            last.clone_from(&name);
            all.push(name);
        }
    }
    all.sort();
    all.dedup();
    Ok(all)
}

/// Passages of a controller: events that came before `before`, their passes and the links of their pictures.
pub async fn remove_passages(
    conn: &mut AnyConnection,
    controller: &str,
    before: UtcMicros,
    limit: i64,
    removed: &mut Removed,
) -> Result<(), StoreError> {
    let links = concat!(
        "DELETE FROM evidence_links WHERE passage_id IN (",
        over_their_time!("passage_id"),
        ") AND NOT EXISTS (SELECT 1 FROM events n WHERE n.passage_id = evidence_links.passage_id AND n.received_at >= $2)"
    );
    let passes =
        concat!("DELETE FROM passes WHERE passage_id IN (", over_their_time!("passage_id"), ") AND updated_at < $2");
    let events = concat!("DELETE FROM events WHERE event_id IN (", over_their_time!("event_id"), ")");
    let corrections = concat!(
        "DELETE FROM plate_corrections WHERE passage_id IN (SELECT p.passage_id FROM passes p WHERE p.passage_id IN (",
        over_their_time!("passage_id"),
        ") AND p.updated_at < $2)"
    );
    // Events last: the others are found by them. What people read goes with the passage it is about.
    for (what, text) in
        [("evidence_links", links), ("plate_corrections", corrections), ("passes", passes), ("events", events)]
    {
        let query = sqlx::query(text).bind(controller.to_owned()).bind(before.0).bind(limit);
        note(removed, what, run(conn, "removing passages", query).await?);
    }
    Ok(())
}

/// Marks pictures of a controller that no passage speaks of any more, and gives back which. The files go next, then
/// [`forget_pictures`]: whatever breaks off in between, the next run finds them again.
pub async fn mark_pictures(
    conn: &mut AnyConnection,
    controller: &str,
    before: UtcMicros,
    limit: i64,
) -> Result<Vec<Sha256>, StoreError> {
    let doing = "marking pictures that are over their time";
    let found: Vec<Sha256> = sqlx::query(
        "SELECT v.sha256 FROM evidence v WHERE v.controller = $1 AND v.announced_at < $2 \
         AND NOT EXISTS (SELECT 1 FROM evidence_links l WHERE l.sha256 = v.sha256) ORDER BY v.announced_at, v.sha256 LIMIT $3",
    )
    .bind(controller.to_owned())
    .bind(before.0)
    .bind(limit)
    .fetch_all(&mut *conn)
    .await
    .map_err(StoreError::of(doing))?
    .iter()
    .map(|row| columns::hash(row, "sha256"))
    .collect::<Result<_, _>>()?;
    for sha256 in &found {
        // Should an event speak of it again before it is gone, the row says the truth.
        let query = sqlx::query("UPDATE evidence SET state = 'lost', lost_reason = 'retention' WHERE sha256 = $1")
            .bind(sha256.0.to_vec());
        run(conn, doing, query).await?;
    }
    Ok(found)
}

/// Forgets pictures whose files are gone.
pub async fn forget_pictures(
    conn: &mut AnyConnection,
    pictures: &[Sha256],
    removed: &mut Removed,
) -> Result<(), StoreError> {
    for sha256 in pictures {
        let query = sqlx::query(
            "DELETE FROM evidence WHERE sha256 = $1 AND state = 'lost' AND lost_reason = 'retention' \
             AND NOT EXISTS (SELECT 1 FROM evidence_links l WHERE l.sha256 = evidence.sha256)",
        )
        .bind(sha256.0.to_vec());
        note(removed, "evidence", run(conn, "forgetting pictures", query).await?);
    }
    Ok(())
}

/// Ends the cases of a controller that wait although their year is over: nobody may confirm them any more.
pub async fn bar_cases(
    conn: &mut AnyConnection,
    controller: &str,
    now: UtcMicros,
    removed: &mut Removed,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "UPDATE cases SET state = 'time_barred', version = version + 1, updated_at = $1 \
         WHERE controller = $2 AND state = 'pending_review' AND limitation_at <= $1",
    )
    .bind(now.0)
    .bind(controller.to_owned());
    note(removed, "cases_time_barred", run(conn, "ending time-barred cases", query).await?);
    Ok(())
}

/// Cases of a controller that ended without a violation: their content goes after `content_before`, their bare record after
/// `record_before`. A case that waits or was confirmed is not touched.
pub async fn empty_cases(
    conn: &mut AnyConnection,
    controller: &str,
    (content_before, record_before): (UtcMicros, UtcMicros),
    now: UtcMicros,
    removed: &mut Removed,
) -> Result<(), StoreError> {
    let doing = "emptying cases";
    let emptied = format!(
        "UPDATE cases SET plate_key = NULL, plate_display = NULL, body = '{{}}', emptied_at = $1, updated_at = $2 \
         WHERE controller = $3 AND state IN ('rejected', 'withdrawn', 'time_barred') AND emptied_at IS NULL AND {ENDED} < $4"
    );
    let query = sqlx::query(sqlx::AssertSqlSafe(emptied))
        .bind(now.0)
        .bind(now.0)
        .bind(controller.to_owned())
        .bind(content_before.0);
    note(removed, "cases_emptied", run(conn, doing, query).await?);
    let query = sqlx::query(
        "UPDATE decisions SET note = NULL WHERE note IS NOT NULL AND controller = $1 AND verdict = 'rejected' \
         AND decided_at < $2",
    )
    .bind(controller.to_owned())
    .bind(content_before.0);
    run(conn, doing, query).await?;

    let over = format!(
        "SELECT id FROM cases WHERE controller = $1 AND state IN ('rejected', 'withdrawn', 'time_barred') AND emptied_at IS NOT NULL \
         AND {ENDED} < $2"
    );
    let ids: Vec<Vec<u8>> = sqlx::query_scalar(sqlx::AssertSqlSafe(over))
        .bind(controller.to_owned())
        .bind(record_before.0)
        .fetch_all(&mut *conn)
        .await
        .map_err(StoreError::of(doing))?;
    for id in ids {
        for (what, text) in [
            ("evidence_served", "DELETE FROM evidence_served WHERE case_id = $1"),
            ("case_leases", "DELETE FROM case_leases WHERE case_id = $1"),
            ("case_assignments", "DELETE FROM case_assignments WHERE case_id = $1"),
            (
                "plate_grant_sites",
                "DELETE FROM plate_grant_sites WHERE grant_id IN (SELECT g.grant_id FROM plate_grants g WHERE g.case_id = $1)",
            ),
            ("plate_grants", "DELETE FROM plate_grants WHERE case_id = $1"),
            ("decisions", "DELETE FROM decisions WHERE case_id = $1"),
            ("cases", "DELETE FROM cases WHERE id = $1"),
        ] {
            note(removed, what, run(conn, doing, sqlx::query(text).bind(id.clone())).await?);
        }
    }
    Ok(())
}

/// Whole days of a controller's audit log before `day`. Their heads stay: the chain goes on from them.
pub async fn remove_audit_days(
    conn: &mut AnyConnection,
    controller: &str,
    day: &str,
    now: UtcMicros,
    removed: &mut Removed,
) -> Result<(), StoreError> {
    let doing = "removing days of the audit log";
    let query = sqlx::query("DELETE FROM audit WHERE controller = $1 AND day < $2")
        .bind(controller.to_owned())
        .bind(day.to_owned());
    let rows = run(conn, doing, query).await?;
    note(removed, "audit", rows);
    if rows > 0 {
        let query = sqlx::query(
            "UPDATE audit_heads SET removed_at = $1 WHERE controller = $2 AND day < $3 AND removed_at IS NULL",
        )
        .bind(now.0)
        .bind(controller.to_owned())
        .bind(day.to_owned());
        run(conn, doing, query).await?;
    }
    Ok(())
}

/// What desks of a controller wrote and saw before `access`, and hosts that ended before `hosts`. Before sessions and accounts,
/// which it names.
pub async fn remove_desk(
    conn: &mut AnyConnection,
    controller: &str,
    (access, hosts): (UtcMicros, UtcMicros),
    removed: &mut Removed,
) -> Result<(), StoreError> {
    let all: &[(&'static str, &'static str, UtcMicros)] = &[
        // What doors did before the decisions it names; who looked before whom was looked at.
        (
            "door_acts",
            "DELETE FROM door_acts WHERE passage_id IN \
             (SELECT a.passage_id FROM arrivals a WHERE a.controller = $1 AND a.updated_at < $2)",
            access,
        ),
        (
            "looks_served",
            "DELETE FROM looks_served WHERE served_at < $2 AND NOT EXISTS \
             (SELECT 1 FROM arrivals a WHERE a.passage_id = looks_served.passage_id AND a.controller <> $1)",
            access,
        ),
        ("arrivals", "DELETE FROM arrivals WHERE controller = $1 AND updated_at < $2", access),
        ("gate_decisions", "DELETE FROM gate_decisions WHERE controller = $1 AND decided_at < $2", access),
        ("site_decisions", "DELETE FROM site_decisions WHERE controller = $1 AND received_at < $2", access),
        ("shift_handovers", "DELETE FROM shift_handovers WHERE controller = $1 AND handed_at < $2", access),
        ("desk_marks", "DELETE FROM desk_marks WHERE controller = $1 AND marked_at < $2", access),
        (
            "visit_steps",
            "DELETE FROM visit_steps WHERE visit_id IN \
             (SELECT v.visit_id FROM visits v WHERE v.controller = $1 AND v.updated_at < $2)",
            access,
        ),
        ("visits", "DELETE FROM visits WHERE controller = $1 AND updated_at < $2", access),
        (
            "host_places",
            "DELETE FROM host_places WHERE host_id IN \
             (SELECT h.host_id FROM hosts h WHERE h.controller = $1 AND h.ended_at < $2)",
            hosts,
        ),
        ("hosts", "DELETE FROM hosts WHERE controller = $1 AND ended_at < $2", hosts),
    ];
    for (what, text, before) in all.iter().copied() {
        let query = sqlx::query(text).bind(controller.to_owned()).bind(before.0);
        note(removed, what, run(conn, "removing what desks wrote", query).await?);
    }
    Ok(())
}

/// When an entry of a list of plates ended: by a word, or by its time.
macro_rules! entry_ended {
    () => {
        "CASE state WHEN 'refused' THEN decided_at WHEN 'withdrawn' THEN ended_at ELSE expires_at END"
    };
}
pub(super) use entry_ended;

/// Alerts of a controller about what passed, or was heard of, before `alerts`, and entries of its lists that ended before `entries`. Before sessions and
/// accounts, which they name.
pub async fn remove_lists(
    conn: &mut AnyConnection,
    controller: &str,
    (alerts, entries): (UtcMicros, UtcMicros),
    removed: &mut Removed,
) -> Result<(), StoreError> {
    let all: &[(&'static str, &'static str, UtcMicros)] = &[
        ("plate_alerts", "DELETE FROM plate_alerts WHERE controller = $1 AND (at < $2 OR made_at < $2)", alerts),
        (
            "plate_list_sites",
            concat!(
                "DELETE FROM plate_list_sites WHERE entry_id IN (SELECT entry_id FROM plate_lists WHERE controller = $1 AND ",
                entry_ended!(),
                " < $2)"
            ),
            entries,
        ),
        (
            "plate_lists",
            concat!("DELETE FROM plate_lists WHERE controller = $1 AND ", entry_ended!(), " < $2"),
            entries,
        ),
    ];
    for (what, text, before) in all.iter().copied() {
        let query = sqlx::query(text).bind(controller.to_owned()).bind(before.0);
        note(removed, what, run(conn, "removing what is over of lists", query).await?);
    }
    Ok(())
}

/// The limits of what belongs to no controller.
#[derive(Debug, Clone, Copy)]
pub struct SharedLimits {
    /// Enrolment tokens made before.
    pub tokens: UtcMicros,
    /// Bundles that were replaced before.
    pub bundles: UtcMicros,
    /// Content of quarantined messages from before.
    pub quarantine: UtcMicros,
    /// Notes of served pictures from before.
    pub served: UtcMicros,
    /// Leases of cases that ran out before.
    pub leases: UtcMicros,
    /// Exports from before.
    pub exports: UtcMicros,
    /// Sessions that ended before.
    pub sessions: UtcMicros,
    /// Accounts closed before.
    pub accounts: UtcMicros,
    /// Failed attempts to sign in before.
    pub failures: UtcMicros,
    /// Enrolments that ended before.
    pub consents: UtcMicros,
    /// Withdrawals from before.
    pub deletions: UtcMicros,
    /// How devices were before.
    pub devices: UtcMicros,
}

/// What belongs to no controller.
pub async fn remove_shared(
    conn: &mut AnyConnection,
    limits: &SharedLimits,
    removed: &mut Removed,
) -> Result<(), StoreError> {
    let all: &[(&'static str, &'static str, UtcMicros)] = &[
        // Before sessions and accounts, which they name.
        ("enrolments", "DELETE FROM enrolments WHERE ended_at < $1", limits.consents),
        ("watch_entries", "DELETE FROM watch_entries WHERE ended_at < $1", limits.consents),
        (
            "persons",
            "DELETE FROM persons WHERE erased_at < $1 \
             AND NOT EXISTS (SELECT 1 FROM enrolments n WHERE n.person_id = persons.person_id)",
            limits.consents,
        ),
        (
            "withdrawal_nodes",
            "DELETE FROM withdrawal_nodes WHERE subject_id IN (SELECT w.subject_id FROM withdrawals w WHERE w.at < $1)",
            limits.deletions,
        ),
        ("withdrawals", "DELETE FROM withdrawals WHERE at < $1", limits.deletions),
        ("enrol_tokens", "DELETE FROM enrol_tokens WHERE created_at < $1", limits.tokens),
        (
            "bundles",
            "DELETE FROM bundles WHERE EXISTS (SELECT 1 FROM bundles n WHERE n.site = bundles.site \
             AND n.node = bundles.node AND n.kind = bundles.kind AND n.revision > bundles.revision AND n.created_at < $1)",
            limits.bundles,
        ),
        // What cannot be told from which ledger it is goes whole. Of the others the place stays: a number that lay in
        // quarantine is not missing, and its node must not be asked for it again.
        ("quarantine", "DELETE FROM quarantine WHERE seq IS NULL AND received_at < $1", limits.quarantine),
        (
            "quarantine_emptied",
            "UPDATE quarantine SET first_kib = substr(first_kib, 1, 0), detail = '' WHERE seq IS NOT NULL \
             AND length(first_kib) > 0 AND received_at < $1",
            limits.quarantine,
        ),
        ("evidence_served", "DELETE FROM evidence_served WHERE served_at < $1", limits.served),
        ("case_leases", "DELETE FROM case_leases WHERE expires_at < $1", limits.leases),
        ("pass_exports", "DELETE FROM pass_exports WHERE exported_at < $1", limits.exports),
        (
            "sessions",
            "DELETE FROM sessions WHERE COALESCE(ended_at, last_seen_at) < $1 \
             AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.session_id = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM evidence_served e WHERE e.session_id = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM case_leases i WHERE i.session_id = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM case_assignments a WHERE a.session_id = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM plate_corrections k WHERE k.session_id = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM pass_exports x WHERE x.session_id = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM gate_decisions g WHERE g.session_id = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM desk_marks m WHERE m.session_id = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM shift_handovers h WHERE sessions.session_id IN (h.from_session, h.to_session)) \
             AND NOT EXISTS (SELECT 1 FROM looks_served l WHERE l.session_id = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM enrolments n WHERE n.proposed_session = sessions.session_id \
             OR n.approved_session = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM watch_entries w WHERE w.proposed_session = sessions.session_id \
             OR w.approved_session = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.session_id = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM visits v WHERE v.session_id = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM visit_steps t WHERE t.session_id = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM hosts h WHERE sessions.session_id IN (h.session_id, h.ended_session)) \
             AND NOT EXISTS (SELECT 1 FROM plate_grants p \
             WHERE sessions.session_id IN (p.asked_session, p.decided_session, p.withdrawn_session)) \
             AND NOT EXISTS (SELECT 1 FROM plate_lists y \
             WHERE sessions.session_id IN (y.proposed_session, y.decided_session, y.ended_session)) \
             AND NOT EXISTS (SELECT 1 FROM plate_alerts j WHERE j.seen_session = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM retention_settings r WHERE r.session_id = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM visitor_places o WHERE o.session_id = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM visitor_gates o WHERE o.session_id = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM visitor_capacities o WHERE o.session_id = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM visitor_holidays o WHERE o.session_id = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM visitor_entries o WHERE o.session_id = sessions.session_id) \
             AND NOT EXISTS (SELECT 1 FROM visitor_freezes o WHERE o.session_id = sessions.session_id)",
            limits.sessions,
        ),
        // The session a decision was made in stays with the decision; its secret does not. The session's own id in its
        // place is no token's hash, and the column is unique.
        (
            "session_secrets",
            "UPDATE sessions SET token_hash = session_id WHERE COALESCE(ended_at, last_seen_at) < $1 \
             AND token_hash <> session_id",
            limits.sessions,
        ),
        (
            "user_totp",
            "DELETE FROM user_totp WHERE user_id IN (SELECT u.user_id FROM users u WHERE u.disabled_at < $1)",
            limits.accounts,
        ),
        (
            "user_roles",
            "DELETE FROM user_roles WHERE user_id IN (SELECT u.user_id FROM users u WHERE u.disabled_at < $1)",
            limits.accounts,
        ),
        (
            "desk_pins",
            "DELETE FROM desk_pins WHERE user_id IN (SELECT u.user_id FROM users u WHERE u.disabled_at < $1)",
            limits.accounts,
        ),
        (
            "passwords",
            "UPDATE users SET password_hash = '' WHERE disabled_at < $1 AND password_hash <> ''",
            limits.accounts,
        ),
        (
            "users",
            "DELETE FROM users WHERE disabled_at < $1 \
             AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.decided_by = users.user_id) \
             AND NOT EXISTS (SELECT 1 FROM case_assignments a WHERE users.user_id IN (a.officer, a.assigned_by)) \
             AND NOT EXISTS (SELECT 1 FROM case_leases i WHERE i.holder = users.user_id) \
             AND NOT EXISTS (SELECT 1 FROM plate_corrections k WHERE k.corrected_by = users.user_id) \
             AND NOT EXISTS (SELECT 1 FROM pass_exports x WHERE x.exported_by = users.user_id) \
             AND NOT EXISTS (SELECT 1 FROM gate_decisions g WHERE g.decided_by = users.user_id) \
             AND NOT EXISTS (SELECT 1 FROM desk_marks m WHERE m.marked_by = users.user_id) \
             AND NOT EXISTS (SELECT 1 FROM shift_handovers h WHERE users.user_id IN (h.from_user, h.to_user)) \
             AND NOT EXISTS (SELECT 1 FROM enrolments n WHERE users.user_id IN (n.proposed_by, n.approved_by, n.ended_by)) \
             AND NOT EXISTS (SELECT 1 FROM watch_entries w WHERE users.user_id IN (w.proposed_by, w.approved_by, w.ended_by)) \
             AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.noted_by = users.user_id) \
             AND NOT EXISTS (SELECT 1 FROM gate_passes q WHERE q.issued_by = users.user_id) \
             AND NOT EXISTS (SELECT 1 FROM visits v WHERE v.registered_by = users.user_id) \
             AND NOT EXISTS (SELECT 1 FROM visit_steps t WHERE t.taken_by = users.user_id) \
             AND NOT EXISTS (SELECT 1 FROM hosts z WHERE users.user_id IN (z.entered_by, z.ended_by)) \
             AND NOT EXISTS (SELECT 1 FROM plate_grants p WHERE users.user_id IN (p.asked_by, p.decided_by, p.withdrawn_by)) \
             AND NOT EXISTS (SELECT 1 FROM plate_lists y WHERE users.user_id IN (y.proposed_by, y.decided_by, y.ended_by)) \
             AND NOT EXISTS (SELECT 1 FROM plate_alerts j WHERE j.seen_by = users.user_id) \
             AND NOT EXISTS (SELECT 1 FROM retention_settings r WHERE r.set_by = users.user_id) \
             AND NOT EXISTS (SELECT 1 FROM visitor_places o WHERE o.set_by = users.user_id) \
             AND NOT EXISTS (SELECT 1 FROM visitor_gates o WHERE o.set_by = users.user_id) \
             AND NOT EXISTS (SELECT 1 FROM visitor_capacities o WHERE o.set_by = users.user_id) \
             AND NOT EXISTS (SELECT 1 FROM visitor_holidays o WHERE o.set_by = users.user_id) \
             AND NOT EXISTS (SELECT 1 FROM visitor_entries o WHERE o.set_by = users.user_id) \
             AND NOT EXISTS (SELECT 1 FROM visitor_freezes o WHERE o.set_by = users.user_id) \
             AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.user_id = users.user_id)",
            limits.accounts,
        ),
        ("camera_states", "DELETE FROM camera_states WHERE last_at < $1", limits.devices),
        (
            "node_states",
            "DELETE FROM node_states WHERE since_at < $1 AND EXISTS (SELECT 1 FROM node_states n \
             WHERE n.site = node_states.site AND n.node = node_states.node AND n.since_at > node_states.since_at \
             AND n.since_at < $1)",
            limits.devices,
        ),
        ("sign_in_failures", "DELETE FROM sign_in_failures WHERE last_at < $1", limits.failures),
    ];
    for (what, text, before) in all.iter().copied() {
        note(removed, what, run(conn, "removing what is over its time", sqlx::query(text).bind(before.0)).await?);
    }
    Ok(())
}
