//! When cameras and nodes were away: what cameras said of themselves and for how long, and the changes of nodes' connections.

use contract::clock::UtcMicros;
use contract::ids::NodeAddress;
use sqlx::AnyConnection;

use super::{StoreError, columns, rows};
use crate::correlation::CameraCondition;

/// A camera's condition for a time, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameraStateRow {
    /// Its site.
    pub site: String,
    /// Its node.
    pub node: String,
    /// Its name.
    pub camera: String,
    /// The condition.
    pub condition: String,
    /// Since when.
    pub since_at: i64,
    /// The last report that said so.
    pub last_at: i64,
    /// In the node's words.
    pub words: String,
}

/// A change of a node's connection, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeStateRow {
    /// Its site.
    pub site: String,
    /// Its name.
    pub node: String,
    /// From when.
    pub since_at: i64,
    /// Connected?
    pub online: bool,
}

/// Which devices, as far as that is asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Which<'a> {
    /// At this site.
    pub site: Option<&'a str>,
    /// Of this node.
    pub node: Option<&'a str>,
    /// This camera.
    pub camera: Option<&'a str>,
}

/// Keeps what cameras said of themselves: idempotent, in whatever order it comes. Nobody can have said anything later than `now`.
pub(super) async fn put_cameras(
    conn: &mut AnyConnection,
    conditions: &[CameraCondition],
    now: UtcMicros,
) -> Result<(), StoreError> {
    rows::insert(
        conn,
        (
            "INSERT INTO camera_states (site, node, camera, controller, condition, since_at, last_at, words)",
            8,
            " ON CONFLICT (site, node, camera, since_at, condition) DO UPDATE SET last_at = excluded.last_at, \
             words = excluded.words, controller = excluded.controller WHERE excluded.last_at > camera_states.last_at",
        ),
        conditions,
        |query, condition| {
            query
                .bind(condition.place.site.as_str())
                .bind(condition.place.node.as_str())
                .bind(condition.place.camera.as_str())
                .bind(condition.place.controller.as_str())
                .bind(condition.condition.as_str())
                .bind(condition.since.min(now).0)
                .bind(condition.last.min(now).0)
                .bind(condition.words.as_str())
        },
        "noting how cameras are",
    )
    .await?;
    Ok(())
}

/// Notes a change of a node's connection; the same word again, and a word about an earlier time, change nothing.
pub async fn put_node(
    conn: &mut AnyConnection,
    node: &NodeAddress,
    online: bool,
    since: UtcMicros,
) -> Result<(), StoreError> {
    let doing = "noting a node's connection";
    let newest = sqlx::query(
        "SELECT since_at, online FROM node_states WHERE site = $1 AND node = $2 ORDER BY since_at DESC LIMIT 1",
    )
    .bind(node.site.as_str())
    .bind(node.node.as_str())
    .fetch_optional(&mut *conn)
    .await
    .map_err(StoreError::of(doing))?;
    let mut from = since.0;
    if let Some(newest) = newest {
        if (columns::value::<i64>(&newest, "online")? == 1) == online {
            return Ok(());
        }
        // A node whose clock is behind comes back after it went all the same.
        from = from.max(columns::value::<i64>(&newest, "since_at")? + 1);
    }
    sqlx::query("INSERT INTO node_states (site, node, since_at, online) VALUES ($1, $2, $3, $4)")
        .bind(node.site.as_str())
        .bind(node.node.as_str())
        .bind(from)
        .bind(i64::from(online))
        .execute(conn)
        .await
        .map_err(StoreError::of(doing))?;
    Ok(())
}

/// When anything was heard of a node last: an event, a birth, a change of its connection.
pub async fn heard_last(conn: &mut AnyConnection, node: &NodeAddress) -> Result<Option<UtcMicros>, StoreError> {
    let heard: Option<i64> = sqlx::query_scalar(
        "SELECT MAX(heard) FROM (SELECT MAX(l.last_heard_at) AS heard FROM ledgers l WHERE l.site = $1 AND l.node = $2 \
         UNION ALL SELECT n.birth_at FROM nodes n WHERE n.site = $1 AND n.node = $2 \
         UNION ALL SELECT n.status_since FROM nodes n WHERE n.site = $1 AND n.node = $2) AS words",
    )
    .bind(node.site.as_str())
    .bind(node.node.as_str())
    .fetch_one(conn)
    .await
    .map_err(StoreError::of("reading when a node was heard last"))?;
    Ok(heard.map(UtcMicros))
}

/// What the cameras of a controller said of themselves that touches the time, and the last word of each.
pub async fn cameras(
    conn: &mut AnyConnection,
    controller: &str,
    which: Which<'_>,
    (from, to): (UtcMicros, UtcMicros),
) -> Result<Vec<CameraStateRow>, StoreError> {
    sqlx::query(
        "SELECT c.site, c.node, c.camera, c.condition, c.since_at, c.last_at, c.words FROM camera_states c \
         WHERE c.controller = $1 AND c.since_at < $2 AND (c.last_at >= $3 OR c.last_at = (SELECT MAX(x.last_at) \
         FROM camera_states x WHERE x.site = c.site AND x.node = c.node AND x.camera = c.camera)) \
         AND (CAST($4 AS TEXT) IS NULL OR c.site = $4) AND (CAST($5 AS TEXT) IS NULL OR c.node = $5) \
         AND (CAST($6 AS TEXT) IS NULL OR c.camera = $6) ORDER BY c.site, c.node, c.camera, c.since_at",
    )
    .bind(controller.to_owned())
    .bind(to.0)
    .bind(from.0)
    .bind(which.site.map(str::to_owned))
    .bind(which.node.map(str::to_owned))
    .bind(which.camera.map(str::to_owned))
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading how cameras were"))?
    .iter()
    .map(|row| {
        Ok(CameraStateRow {
            site: columns::value(row, "site")?,
            node: columns::value(row, "node")?,
            camera: columns::value(row, "camera")?,
            condition: columns::value(row, "condition")?,
            since_at: columns::value(row, "since_at")?,
            last_at: columns::value(row, "last_at")?,
            words: columns::value(row, "words")?,
        })
    })
    .collect()
}

/// Every change of the connection of the nodes a controller has, or has a camera on.
pub async fn nodes(
    conn: &mut AnyConnection,
    controller: &str,
    which: Which<'_>,
    to: UtcMicros,
) -> Result<Vec<NodeStateRow>, StoreError> {
    sqlx::query(
        "SELECT s.site, s.node, s.since_at, s.online FROM node_states s JOIN nodes n ON n.site = s.site AND n.node = s.node \
         WHERE s.since_at < $2 AND (n.controller = $1 OR EXISTS (SELECT 1 FROM camera_health h WHERE h.site = s.site \
         AND h.node = s.node AND h.controller = $1)) AND (CAST($3 AS TEXT) IS NULL OR s.site = $3) \
         AND (CAST($4 AS TEXT) IS NULL OR s.node = $4) ORDER BY s.site, s.node, s.since_at",
    )
    .bind(controller.to_owned())
    .bind(to.0)
    .bind(which.site.map(str::to_owned))
    .bind(which.node.map(str::to_owned))
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading when nodes were connected"))?
    .iter()
    .map(|row| {
        Ok(NodeStateRow {
            site: columns::value(row, "site")?,
            node: columns::value(row, "node")?,
            since_at: columns::value(row, "since_at")?,
            online: columns::value::<i64>(row, "online")? == 1,
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::correlation::Place;
    use crate::store::testing::{each_engine, number};

    fn said(condition: &str, since: i64, last: i64) -> CameraCondition {
        CameraCondition {
            place: Place {
                site: "road-1".to_owned(),
                node: "n1".to_owned(),
                camera: "cam-1".to_owned(),
                controller: "police".to_owned(),
            },
            condition: condition.to_owned(),
            since: UtcMicros(since),
            last: UtcMicros(last),
            words: format!("{condition} {last}"),
        }
    }

    #[tokio::test]
    async fn reports_in_another_order_and_twice_lead_to_the_same_rows() {
        each_engine(|db| async move {
            crate::store::fixtures::places(&db).await;
            let now = UtcMicros(1_000);
            for batch in [
                vec![said("ok", 10, 300), said("offline", 310, 310)],
                vec![said("ok", 10, 10), said("offline", 310, 380), said("ok", 400, 5_000)],
                vec![said("ok", 10, 200)],
            ] {
                let mut tx = db.write().await.unwrap();
                put_cameras(&mut tx, &batch, now).await.unwrap();
                tx.commit().await.unwrap();
            }
            let all = (UtcMicros(0), UtcMicros(2_000));
            let mut conn = db.read().await.unwrap();
            let read = cameras(&mut conn, "police", Which::default(), all).await.unwrap();
            let rows: Vec<_> = read.iter().map(|r| (r.condition.as_str(), r.since_at, r.last_at)).collect();
            // Nobody can have said anything after now.
            assert_eq!(rows, [("ok", 10, 300), ("offline", 310, 380), ("ok", 400, 1_000)]);
            assert_eq!(read[0].words, "ok 300", "the latest words of a condition are kept");
            assert_eq!(cameras(&mut conn, "tourism", Which::default(), all).await.unwrap(), []);
            let other = Which { camera: Some("cam-2"), ..Which::default() };
            assert_eq!(cameras(&mut conn, "police", other, all).await.unwrap(), []);
            let here = Which { site: Some("road-1"), node: Some("n1"), camera: Some("cam-1") };
            let later = cameras(&mut conn, "police", here, (UtcMicros(5_000), UtcMicros(6_000))).await.unwrap();
            assert_eq!(later.len(), 1, "the last word is always told");
        })
        .await;
    }

    #[tokio::test]
    async fn a_nodes_connection_is_a_row_a_change_whatever_its_clock_says() {
        each_engine(|db| async move {
            crate::store::fixtures::places(&db).await;
            let node: NodeAddress = "road-1/n1".parse().unwrap();
            for (online, since) in [(true, 10), (true, 20), (false, 50), (false, 60), (true, 45), (true, 99)] {
                let mut tx = db.write().await.unwrap();
                put_node(&mut tx, &node, online, UtcMicros(since)).await.unwrap();
                tx.commit().await.unwrap();
            }
            let mut conn = db.read().await.unwrap();
            let read = nodes(&mut conn, "police", Which::default(), UtcMicros(1_000)).await.unwrap();
            let rows: Vec<_> = read.iter().map(|r| (r.since_at, r.online)).collect();
            assert_eq!(rows, [(10, true), (50, false), (51, true)]);
            assert_eq!(
                heard_last(&mut conn, &node).await.unwrap(),
                Some(UtcMicros(1_000_000)),
                "its status, by the fixture"
            );
            assert_eq!(number(&db, "COUNT(*)", "node_states").await, 3);
        })
        .await;
    }
}
