//! The visitors' book: visits on business, and the steps guards recorded of each. A visit changes with a step only, and the database
//! refuses the one without the other.

use std::collections::HashMap;

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::people::{bytes, run};
use super::{StoreError, columns};

/// A visit to be registered.
#[derive(Debug, Clone, Copy)]
pub struct NewVisit<'a> {
    /// Its id.
    pub visit: Uuid,
    /// Whose book.
    pub controller: &'a str,
    /// The place.
    pub site: &'a str,
    /// Who comes.
    pub visitor: &'a str,
    /// From where.
    pub organisation: Option<&'a str>,
    /// What for.
    pub purpose: &'a str,
    /// The badge that was handed out.
    pub badge: Option<&'a str>,
    /// To whom, of the list.
    pub host: Option<Uuid>,
    /// To whom, by name.
    pub host_name: Option<&'a str>,
    /// What a search looks into.
    pub search_key: &'a str,
    /// The arrival at the gate.
    pub arrival: Option<Uuid>,
    /// The guard.
    pub by: Uuid,
    /// The guard's session.
    pub session: Uuid,
    /// When.
    pub at: i64,
}

/// A visit as stored, with its host as the list has it now. Prints nothing of the person.
#[derive(Clone)]
pub struct VisitRow {
    /// Its id.
    pub visit: Uuid,
    /// The place.
    pub site: String,
    /// Who came.
    pub visitor: String,
    /// From where.
    pub organisation: Option<String>,
    /// What for.
    pub purpose: String,
    /// The badge.
    pub badge: Option<String>,
    /// To whom, of the list.
    pub host: Option<Uuid>,
    /// To whom, by name.
    pub host_name: Option<String>,
    /// The host's department.
    pub host_department: Option<String>,
    /// The host's room.
    pub host_room: Option<String>,
    /// The host's telephone.
    pub host_phone: Option<String>,
    /// The arrival at the gate.
    pub arrival: Option<Uuid>,
    /// When it was registered.
    pub arrived_at: i64,
    /// Where it stands.
    pub state: String,
    /// Grows with each step.
    pub revision: i64,
    /// Who registered it.
    pub registered_by: String,
    /// What was recorded since, in order.
    pub steps: Vec<StepRow>,
}

impl std::fmt::Debug for VisitRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "VisitRow({})", self.visit)
    }
}

/// A step as stored.
#[derive(Clone)]
pub struct StepRow {
    /// The revision the visit had after it.
    pub number: i64,
    /// `call_host`, `host_answer`, `admit`, `refuse`, `leave`.
    pub step: String,
    /// Where the visit stood after it.
    pub state: String,
    /// Whom was called.
    pub host_name: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Free note.
    pub note: Option<String>,
    /// The guard.
    pub by: String,
    /// When.
    pub at: i64,
}

/// A step to be recorded, with what it changes of the visit.
#[derive(Debug, Clone, Copy)]
pub struct NewStep<'a> {
    /// The visit.
    pub visit: Uuid,
    /// The revision the visit has after it.
    pub number: i64,
    /// Whose book.
    pub controller: &'a str,
    /// Which step.
    pub step: &'a str,
    /// Where the visit stands after it.
    pub state: &'a str,
    /// Of a call: whom, of the list.
    pub host: Option<Uuid>,
    /// Of a call: whom, by name.
    pub host_name: Option<&'a str>,
    /// Why.
    pub reason: Option<&'a str>,
    /// Free note.
    pub note: Option<&'a str>,
    /// The guard.
    pub by: Uuid,
    /// The guard's session.
    pub session: Uuid,
    /// When.
    pub at: i64,
    /// The badge from now on.
    pub badge: Option<&'a str>,
    /// What a search looks into from now on.
    pub search_key: &'a str,
}

/// Which visits.
#[derive(Debug, Clone, Copy)]
pub struct VisitSearch<'a> {
    /// Whose book.
    pub controller: &'a str,
    /// The place.
    pub site: &'a str,
    /// First moment.
    pub from: i64,
    /// Moment after the last.
    pub to: i64,
    /// Plain letters that stand in visitor, organisation or host; empty for any.
    pub sought: &'a str,
    /// Only whoever is there: not sent away, not gone.
    pub there: bool,
    /// Go on after (older than) this one.
    pub after: Option<(i64, Uuid)>,
    /// How many.
    pub limit: i64,
}

/// Registers a visit.
pub async fn insert(conn: &mut AnyConnection, v: &NewVisit<'_>) -> Result<(), StoreError> {
    let query = sqlx::query(
        "INSERT INTO visits (visit_id, controller, site, visitor_name, organisation, purpose, badge, host_id, host_name, \
         search_key, arrival_id, arrived_at, state, revision, registered_by, session_id, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'waiting', 1, $13, $14, $15)",
    )
    .bind(bytes(v.visit))
    .bind(v.controller.to_owned())
    .bind(v.site.to_owned())
    .bind(v.visitor.to_owned())
    .bind(v.organisation.map(str::to_owned))
    .bind(v.purpose.to_owned())
    .bind(v.badge.map(str::to_owned))
    .bind(v.host.map(bytes))
    .bind(v.host_name.map(str::to_owned))
    .bind(v.search_key.to_owned())
    .bind(v.arrival.map(bytes))
    .bind(v.at)
    .bind(bytes(v.by))
    .bind(bytes(v.session))
    .bind(v.at);
    run(conn, "registering a visit", query).await.map(|_| ())
}

/// Records a step and moves the visit on by it; false when another guard's step has this number already.
pub async fn take_step(conn: &mut AnyConnection, s: &NewStep<'_>) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "INSERT INTO visit_steps (visit_id, number, controller, step, state, host_id, host_name, reason, note, taken_by, \
         session_id, taken_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING",
    )
    .bind(bytes(s.visit))
    .bind(s.number)
    .bind(s.controller.to_owned())
    .bind(s.step.to_owned())
    .bind(s.state.to_owned())
    .bind(s.host.map(bytes))
    .bind(s.host_name.map(str::to_owned))
    .bind(s.reason.map(str::to_owned))
    .bind(s.note.map(str::to_owned))
    .bind(bytes(s.by))
    .bind(bytes(s.session))
    .bind(s.at);
    if run(conn, "recording a step of a visit", query).await? == 0 {
        return Ok(false);
    }
    let query = sqlx::query(
        "UPDATE visits SET state = $1, revision = $2, updated_at = $3, badge = COALESCE($4, badge), \
         host_id = CASE WHEN $5 = 1 THEN $6 ELSE host_id END, host_name = COALESCE($7, host_name), search_key = $8 \
         WHERE visit_id = $9 AND controller = $10 AND revision = $11",
    )
    .bind(s.state.to_owned())
    .bind(s.number)
    .bind(s.at)
    .bind(s.badge.map(str::to_owned))
    .bind(i64::from(s.host_name.is_some()))
    .bind(s.host.map(bytes))
    .bind(s.host_name.map(str::to_owned))
    .bind(s.search_key.to_owned())
    .bind(bytes(s.visit))
    .bind(s.controller.to_owned())
    .bind(s.number - 1);
    Ok(run(conn, "moving a visit on", query).await? == 1)
}

const SELECT: &str = "SELECT v.visit_id, v.site, v.visitor_name, v.organisation, v.purpose, v.badge, v.host_id, v.host_name, \
     h.department, h.room, h.phone, v.arrival_id, v.arrived_at, v.state, v.revision, u.name AS registered_by_name \
     FROM visits v JOIN users u ON u.user_id = v.registered_by LEFT JOIN hosts h ON h.host_id = v.host_id";

/// The condition of a search, over $1 … $6.
const SOUGHT: &str = "v.controller = $1 AND v.site = $2 AND v.arrived_at >= $3 AND v.arrived_at < $4 \
     AND v.search_key LIKE $5 AND ($6 = 0 OR v.state NOT IN ('refused', 'left'))";

/// One visit of a controller.
pub async fn get(conn: &mut AnyConnection, controller: &str, visit: Uuid) -> Result<Option<VisitRow>, StoreError> {
    let found = sqlx::query(sqlx::AssertSqlSafe(format!("{SELECT} WHERE v.controller = $1 AND v.visit_id = $2")))
        .bind(controller.to_owned())
        .bind(bytes(visit))
        .fetch_optional(&mut *conn)
        .await
        .map_err(StoreError::of("reading a visit"))?;
    let Some(row) = found else { return Ok(None) };
    let mut read = read(&row)?;
    let steps = sqlx::query(sqlx::AssertSqlSafe(format!("{STEPS} WHERE t.visit_id = $1 ORDER BY t.number")))
        .bind(bytes(visit))
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("reading the steps of a visit"))?;
    read.steps = steps.iter().map(read_step).collect::<Result<_, _>>()?;
    Ok(Some(read))
}

/// Visits of one place and time, newest first.
pub async fn search(conn: &mut AnyConnection, q: &VisitSearch<'_>) -> Result<Vec<VisitRow>, StoreError> {
    let (after_at, after_id) = q.after.unwrap_or((i64::MAX, Uuid::max()));
    let text = format!(
        "{SELECT} WHERE {SOUGHT} AND (v.arrived_at < $7 OR (v.arrived_at = $7 AND v.visit_id < $8)) \
         ORDER BY v.arrived_at DESC, v.visit_id DESC LIMIT $9"
    );
    let found = bind(sqlx::query(sqlx::AssertSqlSafe(text)), q)
        .bind(after_at)
        .bind(bytes(after_id))
        .bind(q.limit)
        .fetch_all(&mut *conn)
        .await
        .map_err(StoreError::of("reading visits"))?;
    let mut rows: Vec<VisitRow> = found.iter().map(read).collect::<Result<_, _>>()?;
    let text = format!(
        "{STEPS} JOIN visits v ON v.visit_id = t.visit_id WHERE {SOUGHT} AND v.arrived_at >= $7 ORDER BY t.visit_id, t.number"
    );
    // Down to the oldest of the page: newer ones of other pages are left over, and few.
    let oldest = rows.last().map_or(i64::MAX, |row| row.arrived_at);
    let steps = bind(sqlx::query(sqlx::AssertSqlSafe(text)), q)
        .bind(oldest)
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("reading the steps of visits"))?;
    let mut of: HashMap<Uuid, Vec<StepRow>> = HashMap::new();
    for step in &steps {
        of.entry(columns::id(step, "visit_id")?).or_default().push(read_step(step)?);
    }
    for row in &mut rows {
        row.steps = of.remove(&row.visit).unwrap_or_default();
    }
    Ok(rows)
}

fn bind<'q>(query: super::rows::AnyQuery<'q>, q: &VisitSearch<'_>) -> super::rows::AnyQuery<'q> {
    query
        .bind(q.controller.to_owned())
        .bind(q.site.to_owned())
        .bind(q.from)
        .bind(q.to)
        .bind(format!("%{}%", q.sought))
        .bind(i64::from(q.there))
}

const STEPS: &str = "SELECT t.visit_id, t.number, t.step, t.state, t.host_name, t.reason, t.note, t.taken_at, \
     w.name AS taken_by_name FROM visit_steps t JOIN users w ON w.user_id = t.taken_by";

fn read_step(row: &AnyRow) -> Result<StepRow, StoreError> {
    Ok(StepRow {
        number: columns::value(row, "number")?,
        step: columns::value(row, "step")?,
        state: columns::value(row, "state")?,
        host_name: columns::value(row, "host_name")?,
        reason: columns::value(row, "reason")?,
        note: columns::value(row, "note")?,
        by: columns::value(row, "taken_by_name")?,
        at: columns::value(row, "taken_at")?,
    })
}

fn id_if_any(row: &AnyRow, column: &'static str) -> Result<Option<Uuid>, StoreError> {
    let bytes: Option<Vec<u8>> = columns::value(row, column)?;
    bytes.map(|bytes| super::id(&bytes, column)).transpose()
}

fn read(row: &AnyRow) -> Result<VisitRow, StoreError> {
    Ok(VisitRow {
        visit: columns::id(row, "visit_id")?,
        site: columns::value(row, "site")?,
        visitor: columns::value(row, "visitor_name")?,
        organisation: columns::value(row, "organisation")?,
        purpose: columns::value(row, "purpose")?,
        badge: columns::value(row, "badge")?,
        host: id_if_any(row, "host_id")?,
        host_name: columns::value(row, "host_name")?,
        host_department: columns::value(row, "department")?,
        host_room: columns::value(row, "room")?,
        host_phone: columns::value(row, "phone")?,
        arrival: id_if_any(row, "arrival_id")?,
        arrived_at: columns::value(row, "arrived_at")?,
        state: columns::value(row, "state")?,
        revision: columns::value(row, "revision")?,
        registered_by: columns::value(row, "registered_by_name")?,
        steps: Vec::new(),
    })
}
