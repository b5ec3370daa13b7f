//! Hosts: whom visitors come to, as the registrar keeps them. A host is ended, never changed; a change is an end and a new entry.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::people::{bytes, run};
use super::{StoreError, columns};

/// A host to be entered.
#[derive(Debug, Clone, Copy)]
pub struct NewHost<'a> {
    /// Its id.
    pub host: Uuid,
    /// Whose list.
    pub controller: &'a str,
    /// Name.
    pub name: &'a str,
    /// Department.
    pub department: &'a str,
    /// Room.
    pub room: Option<&'a str>,
    /// Telephone.
    pub phone: Option<&'a str>,
    /// What a search looks into.
    pub search_key: &'a str,
    /// The registrar.
    pub by: Uuid,
    /// The registrar's session.
    pub session: Uuid,
    /// When.
    pub at: i64,
}

/// A host as stored. Prints nothing of the person.
#[derive(Clone)]
pub struct HostRow {
    /// Its id.
    pub host: Uuid,
    /// Name.
    pub name: String,
    /// Department.
    pub department: String,
    /// Room.
    pub room: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Who entered it.
    pub entered_by: String,
    /// When.
    pub entered_at: i64,
    /// Who ended it.
    pub ended_by: Option<String>,
    /// When.
    pub ended_at: Option<i64>,
}

impl std::fmt::Debug for HostRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HostRow({})", self.host)
    }
}

/// Enters a host at these places.
pub async fn insert(conn: &mut AnyConnection, new: &NewHost<'_>, sites: &[String]) -> Result<(), StoreError> {
    let query = sqlx::query(
        "INSERT INTO hosts (host_id, controller, name, department, room, phone, search_key, entered_by, session_id, \
         entered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(bytes(new.host))
    .bind(new.controller.to_owned())
    .bind(new.name.to_owned())
    .bind(new.department.to_owned())
    .bind(new.room.map(str::to_owned))
    .bind(new.phone.map(str::to_owned))
    .bind(new.search_key.to_owned())
    .bind(bytes(new.by))
    .bind(bytes(new.session))
    .bind(new.at);
    run(conn, "entering a host", query).await?;
    for site in sites {
        let query = sqlx::query("INSERT INTO host_places (host_id, site) VALUES ($1, $2)")
            .bind(bytes(new.host))
            .bind(site.clone());
        run(conn, "entering a host", query).await?;
    }
    Ok(())
}

/// Ends a host; false when it is none of this controller, or ended already.
pub async fn end(
    conn: &mut AnyConnection,
    controller: &str,
    host: Uuid,
    (by, session): (Uuid, Uuid),
    at: i64,
) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "UPDATE hosts SET ended_at = $1, ended_by = $2, ended_session = $3 \
         WHERE host_id = $4 AND controller = $5 AND ended_at IS NULL",
    )
    .bind(at)
    .bind(bytes(by))
    .bind(bytes(session))
    .bind(bytes(host))
    .bind(controller.to_owned());
    Ok(run(conn, "ending a host", query).await? == 1)
}

const SELECT: &str = "SELECT h.host_id, h.name, h.department, h.room, h.phone, h.entered_at, h.ended_at, \
     e.name AS entered_by_name, x.name AS ended_by_name FROM hosts h JOIN users e ON e.user_id = h.entered_by \
     LEFT JOIN users x ON x.user_id = h.ended_by";

/// One host of a controller, ended or not.
pub async fn get(conn: &mut AnyConnection, controller: &str, host: Uuid) -> Result<Option<HostRow>, StoreError> {
    sqlx::query(sqlx::AssertSqlSafe(format!("{SELECT} WHERE h.controller = $1 AND h.host_id = $2")))
        .bind(controller.to_owned())
        .bind(bytes(host))
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of("reading a host"))?
        .as_ref()
        .map(read)
        .transpose()
}

/// Hosts of a controller, by name: those there are, or those that ended.
pub async fn list(
    conn: &mut AnyConnection,
    controller: &str,
    ended: bool,
    limit: i64,
) -> Result<Vec<HostRow>, StoreError> {
    let which = if ended { "IS NOT NULL" } else { "IS NULL" };
    let text =
        format!("{SELECT} WHERE h.controller = $1 AND h.ended_at {which} ORDER BY h.search_key, h.host_id LIMIT $2");
    all(conn, sqlx::query(sqlx::AssertSqlSafe(text)).bind(controller.to_owned()).bind(limit)).await
}

/// Hosts of one place whose key holds `sought` (plain letters), by name.
pub async fn search(
    conn: &mut AnyConnection,
    controller: &str,
    site: &str,
    sought: &str,
    limit: i64,
) -> Result<Vec<HostRow>, StoreError> {
    let text = format!(
        "{SELECT} JOIN host_places p ON p.host_id = h.host_id AND p.site = $2 \
         WHERE h.controller = $1 AND h.ended_at IS NULL AND h.search_key LIKE $3 ORDER BY h.search_key, h.host_id LIMIT $4"
    );
    let query = sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(controller.to_owned())
        .bind(site.to_owned())
        .bind(format!("%{sought}%"))
        .bind(limit);
    all(conn, query).await
}

/// Is this a host of the place who has not ended?
pub async fn is_at(
    conn: &mut AnyConnection,
    controller: &str,
    host: Uuid,
    site: &str,
) -> Result<Option<HostRow>, StoreError> {
    let text = format!(
        "{SELECT} JOIN host_places p ON p.host_id = h.host_id AND p.site = $3 \
         WHERE h.controller = $1 AND h.host_id = $2 AND h.ended_at IS NULL"
    );
    let query =
        sqlx::query(sqlx::AssertSqlSafe(text)).bind(controller.to_owned()).bind(bytes(host)).bind(site.to_owned());
    Ok(all(conn, query).await?.pop())
}

/// The places of a host.
pub async fn places(conn: &mut AnyConnection, host: Uuid) -> Result<Vec<String>, StoreError> {
    sqlx::query_scalar("SELECT site FROM host_places WHERE host_id = $1 ORDER BY site")
        .bind(bytes(host))
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("reading the places of a host"))
}

async fn all(conn: &mut AnyConnection, query: super::rows::AnyQuery<'_>) -> Result<Vec<HostRow>, StoreError> {
    query.fetch_all(conn).await.map_err(StoreError::of("reading hosts"))?.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<HostRow, StoreError> {
    Ok(HostRow {
        host: columns::id(row, "host_id")?,
        name: columns::value(row, "name")?,
        department: columns::value(row, "department")?,
        room: columns::value(row, "room")?,
        phone: columns::value(row, "phone")?,
        entered_by: columns::value(row, "entered_by_name")?,
        entered_at: columns::value(row, "entered_at")?,
        ended_by: columns::value(row, "ended_by_name")?,
        ended_at: columns::value(row, "ended_at")?,
    })
}
