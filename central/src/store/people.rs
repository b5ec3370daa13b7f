//! People, their enrolments, and what is sealed of them: pictures, templates, names. Nothing here can open what it stores.

use contract::clock::UtcMicros;
use contract::signature::Sha256;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::rows::AnyQuery;
use super::{StoreError, columns};

/// An enrolment to be proposed.
#[derive(Debug, Clone)]
pub struct NewEnrolment<'a> {
    /// Its id.
    pub enrolment: Uuid,
    /// The person.
    pub person: Uuid,
    /// Whose it is.
    pub controller: &'a str,
    /// `consent` or `law`.
    pub basis_kind: &'a str,
    /// Its words.
    pub basis: &'a str,
    /// Day of the consent.
    pub consent_on: Option<&'a str>,
    /// First moment.
    pub valid_from: i64,
    /// Moment it ends.
    pub valid_to: i64,
    /// Weekly hours, JSON.
    pub hours: &'a str,
    /// Who proposes.
    pub by: Uuid,
    /// In which session.
    pub session: Option<Uuid>,
    /// When.
    pub at: i64,
    /// The import.
    pub batch: Option<Uuid>,
    /// The import's row.
    pub row_key: Option<[u8; 32]>,
}

/// An enrolment as stored; name and unit sealed.
#[derive(Debug, Clone)]
pub struct EnrolmentRow {
    /// Its id.
    pub enrolment: Uuid,
    /// The person.
    pub person: Uuid,
    /// Whose it is.
    pub controller: String,
    /// Where it stands.
    pub state: String,
    /// The basis' words.
    pub basis: String,
    /// Day of the consent.
    pub consent_on: Option<String>,
    /// First moment.
    pub valid_from: i64,
    /// Moment it ends.
    pub valid_to: i64,
    /// Who proposed.
    pub proposed_by: Uuid,
    /// That account's name.
    pub proposed_by_name: String,
    /// When.
    pub proposed_at: i64,
    /// Who approved.
    pub approved_by: Option<Uuid>,
    /// The person's data key, wrapped; none once it is erased.
    pub wrapped: Option<Vec<u8>>,
    /// The name, sealed.
    pub name_sealed: Option<Vec<u8>>,
    /// The unit, sealed.
    pub unit_sealed: Option<Vec<u8>>,
}

pub(super) async fn run(conn: &mut AnyConnection, doing: &'static str, query: AnyQuery<'_>) -> Result<u64, StoreError> {
    Ok(query.execute(conn).await.map_err(StoreError::of(doing))?.rows_affected())
}

pub(super) fn bytes(id: Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

/// Keeps the wrapped key of a person or watch entry.
pub async fn insert_data_key(
    conn: &mut AnyConnection,
    subject: Uuid,
    controller: &str,
    wrapped: Vec<u8>,
    at: i64,
) -> Result<(), StoreError> {
    let query =
        sqlx::query("INSERT INTO data_keys (subject_id, controller, wrapped, created_at) VALUES ($1, $2, $3, $4)")
            .bind(bytes(subject))
            .bind(controller.to_owned())
            .bind(wrapped)
            .bind(at);
    run(conn, "keeping a data key", query).await.map(|_| ())
}

/// Forgets it: what it sealed is gone with it.
pub async fn delete_data_key(conn: &mut AnyConnection, subject: Uuid) -> Result<u64, StoreError> {
    let query = sqlx::query("DELETE FROM data_keys WHERE subject_id = $1").bind(bytes(subject));
    run(conn, "deleting a data key", query).await
}

/// Adds a person.
pub async fn insert_person(
    conn: &mut AnyConnection,
    (person, controller): (Uuid, &str),
    name_sealed: Vec<u8>,
    unit_sealed: Vec<u8>,
    at: i64,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "INSERT INTO persons (person_id, controller, name_sealed, unit_sealed, created_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(bytes(person))
    .bind(controller.to_owned())
    .bind(name_sealed)
    .bind(unit_sealed)
    .bind(at);
    run(conn, "adding a person", query).await.map(|_| ())
}

/// Adds a proposal.
pub async fn insert_enrolment(conn: &mut AnyConnection, e: &NewEnrolment<'_>) -> Result<(), StoreError> {
    let query = sqlx::query(
        "INSERT INTO enrolments (enrolment_id, person_id, controller, state, basis_kind, basis, consent_on, valid_from, \
         valid_to, hours, proposed_by, proposed_session, proposed_at, batch_id, row_key) \
         VALUES ($1, $2, $3, 'proposed', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(bytes(e.enrolment))
    .bind(bytes(e.person))
    .bind(e.controller.to_owned())
    .bind(e.basis_kind.to_owned())
    .bind(e.basis.to_owned())
    .bind(e.consent_on.map(str::to_owned))
    .bind(e.valid_from)
    .bind(e.valid_to)
    .bind(e.hours.to_owned())
    .bind(bytes(e.by))
    .bind(e.session.map(bytes))
    .bind(e.at)
    .bind(e.batch.map(bytes))
    .bind(e.row_key.map(|key| key.to_vec()));
    run(conn, "proposing an enrolment", query).await.map(|_| ())
}

const SELECT: &str = "SELECT e.enrolment_id, e.person_id, e.controller, e.state, e.basis, e.consent_on, e.valid_from, \
    e.valid_to, e.proposed_by, e.proposed_at, e.approved_by, u.name AS proposed_by_name, k.wrapped, p.name_sealed, p.unit_sealed \
    FROM enrolments e JOIN persons p ON p.person_id = e.person_id JOIN users u ON u.user_id = e.proposed_by \
    LEFT JOIN data_keys k ON k.subject_id = e.person_id";

/// One enrolment of a controller, by its own id or its person's.
pub async fn enrolment(
    conn: &mut AnyConnection,
    controller: &str,
    id: Uuid,
) -> Result<Option<EnrolmentRow>, StoreError> {
    let text = format!(
        "{SELECT} WHERE e.controller = $1 AND (e.enrolment_id = $2 OR e.person_id = $2) \
         ORDER BY e.proposed_at DESC, e.enrolment_id DESC LIMIT 1"
    );
    sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(controller.to_owned())
        .bind(bytes(id))
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of("reading an enrolment"))?
        .as_ref()
        .map(read)
        .transpose()
}

/// Enrolments of a controller in one state, after `after`, by id.
pub async fn enrolments(
    conn: &mut AnyConnection,
    controller: &str,
    state: &str,
    after: Uuid,
    limit: i64,
) -> Result<Vec<EnrolmentRow>, StoreError> {
    let text = format!(
        "{SELECT} WHERE e.controller = $1 AND e.state = $2 AND e.enrolment_id > $3 ORDER BY e.enrolment_id LIMIT $4"
    );
    sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(controller.to_owned())
        .bind(state.to_owned())
        .bind(bytes(after))
        .bind(limit)
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("listing enrolments"))?
        .iter()
        .map(read)
        .collect()
}

/// Proposals of an import that wait.
pub async fn waiting_of_batch(
    conn: &mut AnyConnection,
    controller: &str,
    batch: Uuid,
) -> Result<Vec<Uuid>, StoreError> {
    sqlx::query(
        "SELECT enrolment_id FROM enrolments WHERE controller = $1 AND batch_id = $2 AND state = 'proposed' \
         ORDER BY enrolment_id",
    )
    .bind(controller.to_owned())
    .bind(bytes(batch))
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("listing an import"))?
    .iter()
    .map(|row| columns::id(row, "enrolment_id"))
    .collect()
}

/// Enrolments of a person that have not ended.
pub async fn open_of_person(conn: &mut AnyConnection, person: Uuid) -> Result<Vec<Uuid>, StoreError> {
    sqlx::query("SELECT enrolment_id FROM enrolments WHERE person_id = $1 AND state IN ('proposed', 'approved')")
        .bind(bytes(person))
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("listing a person's enrolments"))?
        .iter()
        .map(|row| columns::id(row, "enrolment_id"))
        .collect()
}

/// Is a row of an import there already? Also one whose enrolment has ended since: a withdrawn person does not come back by
/// an old file.
pub async fn row_is_there(conn: &mut AnyConnection, controller: &str, row_key: [u8; 32]) -> Result<bool, StoreError> {
    let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM enrolments WHERE controller = $1 AND row_key = $2")
        .bind(controller.to_owned())
        .bind(row_key.to_vec())
        .fetch_one(conn)
        .await
        .map_err(StoreError::of("looking for an import's row"))?;
    Ok(rows > 0)
}

/// Every row of earlier imports of a controller.
pub async fn row_keys(conn: &mut AnyConnection, controller: &str) -> Result<Vec<Sha256>, StoreError> {
    sqlx::query("SELECT row_key FROM enrolments WHERE controller = $1 AND row_key IS NOT NULL")
        .bind(controller.to_owned())
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("reading the rows of earlier imports"))?
        .iter()
        .map(|row| columns::hash(row, "row_key"))
        .collect()
}

fn read(row: &AnyRow) -> Result<EnrolmentRow, StoreError> {
    let approved_by: Option<Vec<u8>> = columns::value(row, "approved_by")?;
    Ok(EnrolmentRow {
        enrolment: columns::id(row, "enrolment_id")?,
        person: columns::id(row, "person_id")?,
        controller: columns::value(row, "controller")?,
        state: columns::value(row, "state")?,
        basis: columns::value(row, "basis")?,
        consent_on: columns::value(row, "consent_on")?,
        valid_from: columns::value(row, "valid_from")?,
        valid_to: columns::value(row, "valid_to")?,
        proposed_by: columns::id(row, "proposed_by")?,
        proposed_by_name: columns::value(row, "proposed_by_name")?,
        proposed_at: columns::value(row, "proposed_at")?,
        approved_by: approved_by.map(|b| super::id(&b, "enrolments.approved_by")).transpose()?,
        wrapped: columns::value(row, "wrapped")?,
        name_sealed: columns::value(row, "name_sealed")?,
        unit_sealed: columns::value(row, "unit_sealed")?,
    })
}

/// Approves a proposal; false when it is none any more.
pub async fn approve(
    conn: &mut AnyConnection,
    enrolment: Uuid,
    by: Uuid,
    session: Option<Uuid>,
    at: i64,
) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "UPDATE enrolments SET state = 'approved', approved_by = $1, approved_session = $2, approved_at = $3 \
         WHERE enrolment_id = $4 AND state = 'proposed'",
    )
    .bind(bytes(by))
    .bind(session.map(bytes))
    .bind(at)
    .bind(bytes(enrolment));
    Ok(run(conn, "approving an enrolment", query).await? == 1)
}

/// Ends an enrolment; false when it has ended already.
pub async fn end(
    conn: &mut AnyConnection,
    enrolment: Uuid,
    state: &str,
    by: Option<Uuid>,
    at: i64,
) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "UPDATE enrolments SET state = $1, ended_by = $2, ended_at = $3 \
         WHERE enrolment_id = $4 AND state IN ('proposed', 'approved')",
    )
    .bind(state.to_owned())
    .bind(by.map(bytes))
    .bind(at)
    .bind(bytes(enrolment));
    Ok(run(conn, "ending an enrolment", query).await? == 1)
}

/// Empties what is stored of a person.
pub async fn erase_person(conn: &mut AnyConnection, person: Uuid, at: i64) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "UPDATE persons SET name_sealed = NULL, unit_sealed = NULL, erased_at = $1 WHERE person_id = $2 AND erased_at IS NULL",
    )
    .bind(at)
    .bind(bytes(person));
    Ok(run(conn, "erasing a person", query).await? == 1)
}

/// Enrolments whose last day is over: (controller, person), at most so many.
pub async fn over(conn: &mut AnyConnection, now: UtcMicros, limit: i64) -> Result<Vec<(String, Uuid)>, StoreError> {
    sqlx::query(
        "SELECT controller, person_id FROM enrolments WHERE state IN ('proposed', 'approved') AND valid_to <= $1 \
         ORDER BY valid_to LIMIT $2",
    )
    .bind(now.0)
    .bind(limit)
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("looking for enrolments that are over"))?
    .iter()
    .map(|row| Ok((columns::value(row, "controller")?, columns::id(row, "person_id")?)))
    .collect()
}

/// Is a subject's key still there?
pub async fn data_key_is_there(conn: &mut AnyConnection, subject: Uuid) -> Result<bool, StoreError> {
    let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM data_keys WHERE subject_id = $1")
        .bind(bytes(subject))
        .fetch_one(conn)
        .await
        .map_err(StoreError::of("looking for a data key"))?;
    Ok(rows > 0)
}
