//! Reading nodes, cameras and ledgers for the operator. No personal data stands here.

use contract::ids::NodeAddress;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::events::{self, LedgerRow};
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
    /// When anything was heard of it last.
    pub heard_at: Option<i64>,
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
    /// When that had reached the centre; none where the report itself was removed.
    pub received_at: Option<i64>,
    /// The report as it was signed.
    pub envelope: Option<Vec<u8>>,
    /// Its node is connected.
    pub node_online: bool,
    /// When anything was heard of its node last.
    pub node_heard_at: Option<i64>,
}

/// The places a controller has nodes or cameras at, by name: a camera may be another body's than its node.
pub async fn sites(conn: &mut AnyConnection, controller: &str) -> Result<Vec<String>, StoreError> {
    sqlx::query(
        "SELECT site FROM nodes WHERE controller = $1 \
         UNION SELECT site FROM camera_health WHERE controller = $1 ORDER BY site",
    )
    .bind(controller.to_owned())
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading sites"))?
    .iter()
    .map(|row| columns::value(row, "site"))
    .collect()
}

/// When a node was heard last, whatever it said: a column of every question about nodes.
const HEARD_AT: &str = "(SELECT MAX(l.last_heard_at) FROM ledgers l WHERE l.site = n.site AND l.node = n.node)";

/// Connected? A node behind a site is as far away as whoever forwards for it.
const ONLINE: &str = "CASE WHEN n.via IS NULL OR EXISTS (SELECT 1 FROM nodes v WHERE v.site = n.site AND v.node = n.via \
    AND v.online = 1) THEN n.online ELSE 0 END AS online";

/// Every node of a controller, and every one that has a camera of it.
pub async fn nodes(conn: &mut AnyConnection, controller: &str) -> Result<Vec<NodeRow>, StoreError> {
    let text = format!(
        "SELECT n.site, n.node, {ONLINE}, n.status_since, n.revoked_at, n.birth, n.birth_at, n.log_alarm_at, \
         {HEARD_AT} AS heard_at FROM nodes n \
         WHERE n.controller = $1 OR EXISTS (SELECT 1 FROM camera_health h \
         WHERE h.site = n.site AND h.node = n.node AND h.controller = $1) ORDER BY n.site, n.node"
    );
    sqlx::query(sqlx::AssertSqlSafe(text))
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
                heard_at: heard_at(row)?,
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
    let address = NodeAddress {
        site: site.parse().map_err(|_| StoreError::Unreadable("nodes.site"))?,
        node: node.parse().map_err(|_| StoreError::Unreadable("nodes.node"))?,
    };
    let mut ledgers = events::ledgers_of(conn, &address).await?;
    ledgers.sort_by_key(|l| std::cmp::Reverse(l.last_heard_at));
    Ok(ledgers)
}

/// Every camera of a controller that ever said how it is.
pub async fn cameras(conn: &mut AnyConnection, controller: &str) -> Result<Vec<CameraRow>, StoreError> {
    let text = format!(
        "SELECT c.site, c.node, c.camera, c.camera_state, c.view_trouble, c.reason, c.since_at, c.stream, \
         c.captured_at, {ONLINE}, n.status_since, n.birth_at, {HEARD_AT} AS heard_at, e.received_at, e.envelope \
         FROM camera_health c JOIN nodes n ON n.site = c.site AND n.node = c.node \
         LEFT JOIN events e ON e.site = c.site AND e.node = c.node AND e.log_id = c.log_id AND e.seq = c.seq \
         WHERE c.controller = $1 ORDER BY c.site, c.node, c.camera"
    );
    sqlx::query(sqlx::AssertSqlSafe(text))
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
                received_at: columns::value(row, "received_at")?,
                envelope: columns::value(row, "envelope")?,
                node_online: columns::value::<i64>(row, "online")? == 1,
                node_heard_at: heard_at(row)?,
            })
        })
        .collect()
}

/// The latest of an event, a birth and a change of its connection.
fn heard_at(row: &AnyRow) -> Result<Option<i64>, StoreError> {
    let mut heard: Option<i64> = None;
    for column in ["heard_at", "birth_at", "status_since"] {
        heard = heard.max(columns::value(row, column)?);
    }
    Ok(heard)
}

/// Messages of a node in quarantine, by reason.
pub async fn quarantined(conn: &mut AnyConnection, site: &str, node: &str) -> Result<Vec<(String, i64)>, StoreError> {
    sqlx::query(
        "SELECT reason, COUNT(*) AS n FROM quarantine WHERE site = $1 AND node = $2 GROUP BY reason ORDER BY reason",
    )
    .bind(site.to_owned())
    .bind(node.to_owned())
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("counting quarantined messages"))?
    .iter()
    .map(|row| Ok((columns::value(row, "reason")?, columns::value(row, "n")?)))
    .collect()
}
