//! Reading nodes, cameras and ledgers for the operator. No personal data stands here.

use sqlx::AnyConnection;
use uuid::Uuid;

use super::{StoreError, columns};

/// A node as stored.
#[derive(Debug, Clone)]
pub struct NodeRow {
    /// Its site.
    pub site: String,
    /// Its name.
    pub node: String,
    /// Connected?
    pub online: bool,
    /// Since when.
    pub status_since: Option<i64>,
    /// When it was revoked.
    pub revoked_at: Option<i64>,
    /// What it said of itself, JSON.
    pub birth: Option<String>,
    /// Two live ledgers were seen.
    pub log_alarm_at: Option<i64>,
}

/// A ledger and the ranges heard of it.
#[derive(Debug, Clone)]
pub struct LedgerRow {
    /// Its id.
    pub log_id: Uuid,
    /// Highest number heard.
    pub last_seq: i64,
    /// Messages that came again.
    pub duplicates: i64,
    /// When it was heard last.
    pub last_heard_at: i64,
    /// Ranges heard, ascending.
    pub ranges: Vec<(i64, i64)>,
}

/// A camera's last word.
#[derive(Debug, Clone)]
pub struct CameraRow {
    /// Its site.
    pub site: String,
    /// Its node.
    pub node: String,
    /// Its name.
    pub camera: String,
    /// Connected?
    pub camera_state: String,
    /// What is wrong with the view, JSON list.
    pub view_trouble: String,
    /// Why, in words.
    pub reason: String,
    /// Since when.
    pub since_at: i64,
    /// Figures, JSON.
    pub stream: String,
    /// When it was said.
    pub captured_at: i64,
    /// Its node is connected.
    pub node_online: bool,
}

/// The places a controller has nodes at, by name.
pub async fn sites(conn: &mut AnyConnection, controller: &str) -> Result<Vec<String>, StoreError> {
    sqlx::query("SELECT DISTINCT site FROM nodes WHERE controller = $1 ORDER BY site")
        .bind(controller.to_owned())
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("reading sites"))?
        .iter()
        .map(|row| columns::value(row, "site"))
        .collect()
}

/// Every node of a controller.
pub async fn nodes(conn: &mut AnyConnection, controller: &str) -> Result<Vec<NodeRow>, StoreError> {
    sqlx::query(
        "SELECT site, node, online, status_since, revoked_at, birth, log_alarm_at FROM nodes \
         WHERE controller = $1 ORDER BY site, node",
    )
    .bind(controller.to_owned())
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading nodes"))?
    .iter()
    .map(|row| {
        Ok(NodeRow {
            site: columns::value(row, "site")?,
            node: columns::value(row, "node")?,
            online: columns::value::<i64>(row, "online")? == 1,
            status_since: columns::value(row, "status_since")?,
            revoked_at: columns::value(row, "revoked_at")?,
            birth: columns::value(row, "birth")?,
            log_alarm_at: columns::value(row, "log_alarm_at")?,
        })
    })
    .collect()
}

/// The newest published revision of each bundle of a node.
pub async fn bundle_revisions(
    conn: &mut AnyConnection,
    site: &str,
    node: &str,
) -> Result<Vec<(String, i64)>, StoreError> {
    sqlx::query(
        "SELECT kind, MAX(revision) AS newest FROM bundles WHERE site = $1 AND node = $2 GROUP BY kind ORDER BY kind",
    )
    .bind(site.to_owned())
    .bind(node.to_owned())
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading bundle revisions"))?
    .iter()
    .map(|row| Ok((columns::value(row, "kind")?, columns::value(row, "newest")?)))
    .collect()
}

/// Every ledger of a node, the one heard last first.
pub async fn ledgers(conn: &mut AnyConnection, site: &str, node: &str) -> Result<Vec<LedgerRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT log_id, last_seq, duplicates, last_heard_at FROM ledgers WHERE site = $1 AND node = $2 \
         ORDER BY last_heard_at DESC",
    )
    .bind(site.to_owned())
    .bind(node.to_owned())
    .fetch_all(&mut *conn)
    .await
    .map_err(StoreError::of("reading ledgers"))?;
    let mut ledgers = Vec::new();
    for row in &rows {
        let log_id = columns::id(row, "log_id")?;
        let ranges = sqlx::query(
            "SELECT from_seq, to_seq FROM ledger_ranges WHERE site = $1 AND node = $2 AND log_id = $3 ORDER BY from_seq",
        )
        .bind(site.to_owned())
        .bind(node.to_owned())
        .bind(log_id.as_bytes().to_vec())
        .fetch_all(&mut *conn)
        .await
        .map_err(StoreError::of("reading ledger ranges"))?
        .iter()
        .map(|r| Ok((columns::value(r, "from_seq")?, columns::value(r, "to_seq")?)))
        .collect::<Result<_, StoreError>>()?;
        ledgers.push(LedgerRow {
            log_id,
            last_seq: columns::value(row, "last_seq")?,
            duplicates: columns::value(row, "duplicates")?,
            last_heard_at: columns::value(row, "last_heard_at")?,
            ranges,
        });
    }
    Ok(ledgers)
}

/// Every camera of a controller that ever said how it is.
pub async fn cameras(conn: &mut AnyConnection, controller: &str) -> Result<Vec<CameraRow>, StoreError> {
    sqlx::query(
        "SELECT c.site, c.node, c.camera, c.camera_state, c.view_trouble, c.reason, c.since_at, c.stream, \
         c.captured_at, n.online FROM camera_health c \
         JOIN nodes n ON n.site = c.site AND n.node = c.node \
         WHERE c.controller = $1 ORDER BY c.site, c.node, c.camera",
    )
    .bind(controller.to_owned())
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading cameras"))?
    .iter()
    .map(|row| {
        Ok(CameraRow {
            site: columns::value(row, "site")?,
            node: columns::value(row, "node")?,
            camera: columns::value(row, "camera")?,
            camera_state: columns::value(row, "camera_state")?,
            view_trouble: columns::value(row, "view_trouble")?,
            reason: columns::value(row, "reason")?,
            since_at: columns::value(row, "since_at")?,
            stream: columns::value(row, "stream")?,
            captured_at: columns::value(row, "captured_at")?,
            node_online: columns::value::<i64>(row, "online")? == 1,
        })
    })
    .collect()
}
