//! Lists of plates: entries as proposed, decided and ended. Whole keys are compared and nothing wilder; what the rules are says
//! `vehicles/list.rs`, and the databases say it again.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::people::{bytes, run};
use super::{StoreError, columns};
use crate::vehicles::ListProposal;

/// An entry somebody proposes.
#[derive(Debug, Clone, Copy)]
pub struct NewListEntry<'a> {
    /// Its id.
    pub entry: Uuid,
    /// Whose list.
    pub controller: &'a str,
    /// What is proposed.
    pub proposal: &'a ListProposal,
    /// The officer.
    pub by: Uuid,
    /// The officer's session.
    pub session: Uuid,
    /// When.
    pub at: i64,
}

/// An entry as stored.
#[derive(Clone)]
pub struct ListRow {
    /// Its id.
    pub entry: Uuid,
    /// `wanted`, `allowed`.
    pub kind: String,
    /// Canonical key.
    pub plate_key: String,
    /// The unit, and who there answers for it.
    pub keeper: String,
    /// Why.
    pub reason: String,
    /// When it ends.
    pub expires_at: i64,
    /// `proposed`, `approved`, `refused`, `withdrawn`.
    pub state: String,
    /// Who proposed.
    pub proposed_by: Uuid,
    /// That account's name.
    pub proposed_by_name: String,
    /// When.
    pub proposed_at: i64,
    /// Who decided: that account's name.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<i64>,
    /// Why not.
    pub decided_why: Option<String>,
    /// Who took it back: that account's name.
    pub ended_by_name: Option<String>,
    /// When.
    pub ended_at: Option<i64>,
    /// Why.
    pub ended_why: Option<String>,
    /// The places.
    pub sites: Vec<String>,
}

impl std::fmt::Debug for ListRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ListRow({})", self.entry)
    }
}

/// A permit, as the officer who looks at a suspicion reads it.
#[derive(Clone)]
pub struct AllowedRow {
    /// The entry.
    pub entry: Uuid,
    /// The unit, and who there answers for it.
    pub keeper: String,
    /// Why.
    pub reason: String,
    /// When it ends.
    pub expires_at: i64,
}

impl std::fmt::Debug for AllowedRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AllowedRow({})", self.entry)
    }
}

/// How many entries of a controller are proposed or approved and not over.
pub async fn open(conn: &mut AnyConnection, controller: &str, now: i64) -> Result<i64, StoreError> {
    sqlx::query_scalar(
        "SELECT COUNT(*) FROM plate_lists WHERE controller = $1 AND state IN ('proposed', 'approved') AND expires_at > $2",
    )
    .bind(controller.to_owned())
    .bind(now)
    .fetch_one(conn)
    .await
    .map_err(StoreError::of("counting entries of lists"))
}

/// The places at which this plate is on this list already, proposed or approved and not over.
pub async fn listed_at(
    conn: &mut AnyConnection,
    controller: &str,
    (kind, key): (&str, &str),
    now: i64,
) -> Result<Vec<String>, StoreError> {
    sqlx::query_scalar(
        "SELECT s.site FROM plate_lists e JOIN plate_list_sites s ON s.entry_id = e.entry_id \
         WHERE e.controller = $1 AND e.kind = $2 AND e.plate_key = $3 AND e.state IN ('proposed', 'approved') \
         AND e.expires_at > $4",
    )
    .bind(controller.to_owned())
    .bind(kind.to_owned())
    .bind(key.to_owned())
    .bind(now)
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("looking for an entry of a list"))
}

/// Stores a proposal.
pub async fn insert(conn: &mut AnyConnection, new: &NewListEntry<'_>) -> Result<(), StoreError> {
    let doing = "proposing an entry of a list";
    let query = sqlx::query(
        "INSERT INTO plate_lists (entry_id, controller, kind, plate_key, keeper, reason, expires_at, state, proposed_by, \
         proposed_session, proposed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'proposed', $8, $9, $10)",
    )
    .bind(bytes(new.entry))
    .bind(new.controller.to_owned())
    .bind(new.proposal.kind.as_str())
    .bind(new.proposal.key.clone())
    .bind(new.proposal.keeper.clone())
    .bind(new.proposal.reason.clone())
    .bind(new.proposal.expires_at.0)
    .bind(bytes(new.by))
    .bind(bytes(new.session))
    .bind(new.at);
    run(conn, doing, query).await?;
    for site in &new.proposal.sites {
        let query = sqlx::query("INSERT INTO plate_list_sites (entry_id, site) VALUES ($1, $2)")
            .bind(bytes(new.entry))
            .bind(site.clone());
        run(conn, doing, query).await?;
    }
    Ok(())
}

/// Decides an entry that waits: approved, or refused for a reason. False when it does not wait any more.
pub async fn decide(
    conn: &mut AnyConnection,
    entry: Uuid,
    refused_why: Option<&str>,
    (by, session): (Uuid, Uuid),
    at: i64,
) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "UPDATE plate_lists SET state = $1, decided_by = $2, decided_session = $3, decided_at = $4, decided_why = $5 \
         WHERE entry_id = $6 AND state = 'proposed'",
    )
    .bind(if refused_why.is_some() { "refused" } else { "approved" })
    .bind(bytes(by))
    .bind(bytes(session))
    .bind(at)
    .bind(refused_why.map(str::to_owned))
    .bind(bytes(entry));
    Ok(run(conn, "deciding an entry of a list", query).await? == 1)
}

/// Takes an entry back; false when it has ended already.
pub async fn withdraw(
    conn: &mut AnyConnection,
    entry: Uuid,
    why: &str,
    (by, session): (Uuid, Uuid),
    at: i64,
) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "UPDATE plate_lists SET state = 'withdrawn', ended_by = $1, ended_session = $2, ended_at = $3, ended_why = $4 \
         WHERE entry_id = $5 AND state IN ('proposed', 'approved')",
    )
    .bind(bytes(by))
    .bind(bytes(session))
    .bind(at)
    .bind(why.to_owned())
    .bind(bytes(entry));
    Ok(run(conn, "taking an entry of a list back", query).await? == 1)
}

const SELECT: &str = "SELECT e.entry_id, e.kind, e.plate_key, e.keeper, e.reason, e.expires_at, e.state, e.proposed_by, \
     p.name AS proposed_by_name, e.proposed_at, d.name AS decided_by_name, e.decided_at, e.decided_why, \
     w.name AS ended_by_name, e.ended_at, e.ended_why FROM plate_lists e JOIN users p ON p.user_id = e.proposed_by \
     LEFT JOIN users d ON d.user_id = e.decided_by LEFT JOIN users w ON w.user_id = e.ended_by";

/// One entry of a controller.
pub async fn get(conn: &mut AnyConnection, controller: &str, entry: Uuid) -> Result<Option<ListRow>, StoreError> {
    let text = format!("{SELECT} WHERE e.controller = $1 AND e.entry_id = $2");
    let found = sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(controller.to_owned())
        .bind(bytes(entry))
        .fetch_optional(&mut *conn)
        .await
        .map_err(StoreError::of("reading an entry of a list"))?;
    let Some(row) = found else { return Ok(None) };
    let mut row = read(&row)?;
    row.sites = sites(conn, entry).await?;
    Ok(Some(row))
}

/// Entries of a controller, newest first: of one kind and state, or of all with empty ones.
pub async fn list(
    conn: &mut AnyConnection,
    controller: &str,
    (kind, state): (&str, &str),
    after: Option<(i64, Uuid)>,
    limit: i64,
) -> Result<Vec<ListRow>, StoreError> {
    let (after_at, after_id) = after.unwrap_or((i64::MAX, Uuid::max()));
    let text = format!(
        "{SELECT} WHERE e.controller = $1 AND ($2 = '' OR e.kind = $2) AND ($3 = '' OR e.state = $3) \
         AND (e.proposed_at < $4 OR (e.proposed_at = $4 AND e.entry_id < $5)) \
         ORDER BY e.proposed_at DESC, e.entry_id DESC LIMIT $6"
    );
    let found = sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(controller.to_owned())
        .bind(kind.to_owned())
        .bind(state.to_owned())
        .bind(after_at)
        .bind(bytes(after_id))
        .bind(limit)
        .fetch_all(&mut *conn)
        .await
        .map_err(StoreError::of("reading entries of lists"))?;
    let mut rows: Vec<ListRow> = found.iter().map(read).collect::<Result<_, _>>()?;
    for row in &mut rows {
        row.sites = sites(conn, row.entry).await?;
    }
    Ok(rows)
}

/// Permits of a case's plate at its place that were approved and not over when it happened, and were not taken back since.
pub async fn allowed_of_case(
    conn: &mut AnyConnection,
    controller: &str,
    case: Uuid,
) -> Result<Vec<AllowedRow>, StoreError> {
    sqlx::query(
        "SELECT e.entry_id, e.keeper, e.reason, e.expires_at FROM cases c \
         JOIN plate_lists e ON e.controller = c.controller AND e.plate_key = c.plate_key \
         JOIN plate_list_sites s ON s.entry_id = e.entry_id AND s.site = c.site \
         WHERE c.controller = $1 AND c.id = $2 AND e.kind = 'allowed' AND e.state = 'approved' \
         AND e.decided_at <= c.occurred_at AND e.expires_at > c.occurred_at ORDER BY e.expires_at, e.entry_id",
    )
    .bind(controller.to_owned())
    .bind(bytes(case))
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("looking for permits of a case's plate"))?
    .iter()
    .map(|row| {
        Ok(AllowedRow {
            entry: columns::id(row, "entry_id")?,
            keeper: columns::value(row, "keeper")?,
            reason: columns::value(row, "reason")?,
            expires_at: columns::value(row, "expires_at")?,
        })
    })
    .collect()
}

async fn sites(conn: &mut AnyConnection, entry: Uuid) -> Result<Vec<String>, StoreError> {
    sqlx::query_scalar("SELECT site FROM plate_list_sites WHERE entry_id = $1 ORDER BY site")
        .bind(bytes(entry))
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("reading the places of an entry"))
}

fn read(row: &AnyRow) -> Result<ListRow, StoreError> {
    Ok(ListRow {
        entry: columns::id(row, "entry_id")?,
        kind: columns::value(row, "kind")?,
        plate_key: columns::value(row, "plate_key")?,
        keeper: columns::value(row, "keeper")?,
        reason: columns::value(row, "reason")?,
        expires_at: columns::value(row, "expires_at")?,
        state: columns::value(row, "state")?,
        proposed_by: columns::id(row, "proposed_by")?,
        proposed_by_name: columns::value(row, "proposed_by_name")?,
        proposed_at: columns::value(row, "proposed_at")?,
        decided_by_name: columns::value(row, "decided_by_name")?,
        decided_at: columns::value(row, "decided_at")?,
        decided_why: columns::value(row, "decided_why")?,
        ended_by_name: columns::value(row, "ended_by_name")?,
        ended_at: columns::value(row, "ended_at")?,
        ended_why: columns::value(row, "ended_why")?,
        sites: Vec::new(),
    })
}
