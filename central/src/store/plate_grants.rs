//! Grants to look for a case's vehicle at several places. The plate stands in the case alone and is read through it: whatever
//! changes or empties the case ends what the grant gives.

use contract::clock::UtcMicros;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::people::{bytes, run};
use super::{StoreError, columns};

/// A grant somebody asks for.
#[derive(Debug, Clone, Copy)]
pub struct NewGrant<'a> {
    /// Its id.
    pub grant: Uuid,
    /// Whose data.
    pub controller: &'a str,
    /// The case.
    pub case: Uuid,
    /// First moment.
    pub from: i64,
    /// Moment after the last.
    pub to: i64,
    /// Why.
    pub reason: &'a str,
    /// The officer.
    pub by: Uuid,
    /// The officer's session.
    pub session: Uuid,
    /// When.
    pub at: i64,
}

/// A grant as stored, with its case as it is now.
#[derive(Debug, Clone)]
pub struct GrantRow {
    /// Its id.
    pub grant: Uuid,
    /// The case.
    pub case: Uuid,
    /// Its number for people.
    pub case_number: String,
    /// The case is open or confirmed, has a plate, and its node has said nothing else since.
    pub case_holds: bool,
    /// The case's plate while it holds: canonical key.
    pub plate_key: Option<String>,
    /// As people write it.
    pub plate_display: Option<String>,
    /// First moment.
    pub from: i64,
    /// Moment after the last.
    pub to: i64,
    /// Why.
    pub reason: String,
    /// `asked`, `granted`, `refused`, `withdrawn`.
    pub state: String,
    /// Who asked.
    pub asked_by: Uuid,
    /// That account's name.
    pub asked_by_name: String,
    /// When.
    pub asked_at: i64,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// That account's name.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<i64>,
    /// Why not.
    pub decided_why: Option<String>,
    /// When it ends.
    pub expires_at: Option<i64>,
    /// Who took it back.
    pub withdrawn_by_name: Option<String>,
    /// When.
    pub withdrawn_at: Option<i64>,
    /// Why.
    pub withdrawn_why: Option<String>,
    /// Its places.
    pub sites: Vec<String>,
}

/// Stores what is asked for, with the case as it is; false where there is no such case with a plate that is open or confirmed.
pub async fn insert(conn: &mut AnyConnection, new: &NewGrant<'_>, sites: &[String]) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "INSERT INTO plate_grants (grant_id, controller, case_id, case_revision, from_at, to_at, reason, state, asked_by, \
         asked_session, asked_at) SELECT $1, c.controller, c.id, c.revision, $2, $3, $4, 'asked', $5, $6, $7 FROM cases c \
         WHERE c.id = $8 AND c.controller = $9 AND c.plate_key IS NOT NULL AND c.state IN ('pending_review', 'confirmed')",
    )
    .bind(bytes(new.grant))
    .bind(new.from)
    .bind(new.to)
    .bind(new.reason.to_owned())
    .bind(bytes(new.by))
    .bind(bytes(new.session))
    .bind(new.at)
    .bind(bytes(new.case))
    .bind(new.controller.to_owned());
    if run(conn, "asking for a grant", query).await? == 0 {
        return Ok(false);
    }
    for site in sites {
        let query = sqlx::query("INSERT INTO plate_grant_sites (grant_id, site) VALUES ($1, $2)")
            .bind(bytes(new.grant))
            .bind(site.clone());
        run(conn, "asking for a grant", query).await?;
    }
    Ok(true)
}

/// A second officer's word: until when, or why not.
#[derive(Debug, Clone, Copy)]
pub enum Word<'a> {
    /// Granted until then.
    Granted(UtcMicros),
    /// Refused for this reason.
    Refused(&'a str),
}

/// Decides a grant that waits; false when it does not any more.
pub async fn decide(
    conn: &mut AnyConnection,
    grant: Uuid,
    word: Word<'_>,
    (by, session): (Uuid, Uuid),
    at: i64,
) -> Result<bool, StoreError> {
    let (state, until, why) = match word {
        Word::Granted(until) => ("granted", Some(until.0), None),
        Word::Refused(why) => ("refused", None, Some(why)),
    };
    let query = sqlx::query(
        "UPDATE plate_grants SET state = $1, decided_by = $2, decided_session = $3, decided_at = $4, expires_at = $5, \
         decided_why = $6 WHERE grant_id = $7 AND state = 'asked'",
    )
    .bind(state.to_owned())
    .bind(bytes(by))
    .bind(bytes(session))
    .bind(at)
    .bind(until)
    .bind(why.map(str::to_owned))
    .bind(bytes(grant));
    Ok(run(conn, "deciding a grant", query).await? == 1)
}

/// Takes a grant back; false when it has ended already.
pub async fn withdraw(
    conn: &mut AnyConnection,
    grant: Uuid,
    why: &str,
    (by, session): (Uuid, Uuid),
    at: i64,
) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "UPDATE plate_grants SET state = 'withdrawn', withdrawn_by = $1, withdrawn_session = $2, withdrawn_at = $3, \
         withdrawn_why = $4 WHERE grant_id = $5 AND state IN ('asked', 'granted')",
    )
    .bind(bytes(by))
    .bind(bytes(session))
    .bind(at)
    .bind(why.to_owned())
    .bind(bytes(grant));
    Ok(run(conn, "taking a grant back", query).await? == 1)
}

const SELECT: &str = "SELECT g.grant_id, g.case_id, c.number, c.plate_key, c.plate_display, g.from_at, g.to_at, g.reason, g.state, \
     CASE WHEN c.revision = g.case_revision AND c.plate_key IS NOT NULL AND c.state IN ('pending_review', 'confirmed') \
     THEN 1 ELSE 0 END AS case_holds, g.asked_by, a.name AS asked_by_name, g.asked_at, g.decided_by, \
     d.name AS decided_by_name, g.decided_at, g.decided_why, g.expires_at, w.name AS withdrawn_by_name, g.withdrawn_at, \
     g.withdrawn_why FROM plate_grants g JOIN cases c ON c.id = g.case_id JOIN users a ON a.user_id = g.asked_by \
     LEFT JOIN users d ON d.user_id = g.decided_by LEFT JOIN users w ON w.user_id = g.withdrawn_by";

/// One grant of a controller.
pub async fn get(conn: &mut AnyConnection, controller: &str, grant: Uuid) -> Result<Option<GrantRow>, StoreError> {
    let text = format!("{SELECT} WHERE g.controller = $1 AND g.grant_id = $2");
    let found = sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(controller.to_owned())
        .bind(bytes(grant))
        .fetch_optional(&mut *conn)
        .await
        .map_err(StoreError::of("reading a grant"))?;
    let Some(row) = found else { return Ok(None) };
    let mut row = read(&row)?;
    row.sites = sites(conn, grant).await?;
    Ok(Some(row))
}

/// Grants of a controller, newest first: of one state, or all of them with an empty one.
pub async fn list(
    conn: &mut AnyConnection,
    controller: &str,
    state: &str,
    after: Option<(i64, Uuid)>,
    limit: i64,
) -> Result<Vec<GrantRow>, StoreError> {
    let (after_at, after_id) = after.unwrap_or((i64::MAX, Uuid::max()));
    let text = format!(
        "{SELECT} WHERE g.controller = $1 AND ($2 = '' OR g.state = $2) \
         AND (g.asked_at < $3 OR (g.asked_at = $3 AND g.grant_id < $4)) ORDER BY g.asked_at DESC, g.grant_id DESC LIMIT $5"
    );
    let found = sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(controller.to_owned())
        .bind(state.to_owned())
        .bind(after_at)
        .bind(bytes(after_id))
        .bind(limit)
        .fetch_all(&mut *conn)
        .await
        .map_err(StoreError::of("reading grants"))?;
    let mut rows: Vec<GrantRow> = found.iter().map(read).collect::<Result<_, _>>()?;
    for row in &mut rows {
        row.sites = sites(conn, row.grant).await?;
    }
    Ok(rows)
}

async fn sites(conn: &mut AnyConnection, grant: Uuid) -> Result<Vec<String>, StoreError> {
    sqlx::query_scalar("SELECT site FROM plate_grant_sites WHERE grant_id = $1 ORDER BY site")
        .bind(bytes(grant))
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("reading the places of a grant"))
}

fn read(row: &AnyRow) -> Result<GrantRow, StoreError> {
    let case_holds = columns::value::<i64>(row, "case_holds")? == 1;
    let held = |text: Option<String>| text.filter(|_| case_holds);
    let decided_by: Option<Vec<u8>> = columns::value(row, "decided_by")?;
    Ok(GrantRow {
        grant: columns::id(row, "grant_id")?,
        case: columns::id(row, "case_id")?,
        case_number: columns::value(row, "number")?,
        case_holds,
        plate_key: held(columns::value(row, "plate_key")?),
        plate_display: held(columns::value(row, "plate_display")?),
        from: columns::value(row, "from_at")?,
        to: columns::value(row, "to_at")?,
        reason: columns::value(row, "reason")?,
        state: columns::value(row, "state")?,
        asked_by: columns::id(row, "asked_by")?,
        asked_by_name: columns::value(row, "asked_by_name")?,
        asked_at: columns::value(row, "asked_at")?,
        decided_by: decided_by.map(|b| super::id(&b, "plate_grants.decided_by")).transpose()?,
        decided_by_name: columns::value(row, "decided_by_name")?,
        decided_at: columns::value(row, "decided_at")?,
        decided_why: columns::value(row, "decided_why")?,
        expires_at: columns::value(row, "expires_at")?,
        withdrawn_by_name: columns::value(row, "withdrawn_by_name")?,
        withdrawn_at: columns::value(row, "withdrawn_at")?,
        withdrawn_why: columns::value(row, "withdrawn_why")?,
        sites: Vec::new(),
    })
}
