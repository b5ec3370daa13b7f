//! Reading vehicle passages and their pictures: always for one controller; searches for one site and one window.

use contract::signature::Sha256;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::plate_corrections::{self, CorrectionRow};
use super::{StoreError, columns};

/// A passage as stored, without the node's whole body.
#[derive(Debug, Clone)]
pub struct PassRow {
    /// Its id.
    pub passage_id: Uuid,
    /// Highest revision heard.
    pub revision: i64,
    /// `new`, `update`, `final`.
    pub state: String,
    /// Why it ended.
    pub end_reason: Option<String>,
    /// The place.
    pub site: String,
    /// The node.
    pub node: String,
    /// The camera.
    pub camera: String,
    /// Kind of vehicle.
    pub class: String,
    /// First seen.
    pub first_seen: i64,
    /// Last seen.
    pub last_seen: i64,
    /// Canonical key.
    pub plate_key: Option<String>,
    /// As people write it.
    pub plate_display: Option<String>,
    /// Grammar class.
    pub plate_class: Option<String>,
    /// Country and kind.
    pub country_class: Option<String>,
    /// Background.
    pub plate_colour: Option<String>,
    /// 0..1.
    pub plate_confidence: Option<f64>,
    /// The plate could not be read.
    pub unreadable: bool,
    /// The node's own body, JSON.
    pub body: String,
    /// What a person read, last.
    pub correction: Option<CorrectionRow>,
}

/// A question, already checked.
#[derive(Debug, Clone)]
pub struct PassSearch<'a> {
    /// Whose data.
    pub controller: &'a str,
    /// The place.
    pub site: &'a str,
    /// First moment.
    pub from: i64,
    /// Moment after the last.
    pub to: i64,
    /// Exact key; empty for any.
    pub key: &'a str,
    /// Last five characters; empty for any.
    pub last5: &'a str,
    /// Go on after (older than) this one.
    pub after: Option<(i64, Uuid)>,
    /// How many.
    pub limit: i64,
}

/// A question under a grant, already checked: one plate, at the grant's places.
#[derive(Debug, Clone)]
pub struct GrantedSearch<'a> {
    /// Whose data.
    pub controller: &'a str,
    /// The grant whose places are looked at.
    pub grant: Uuid,
    /// One of these places only; empty for all of them.
    pub site: &'a str,
    /// First moment.
    pub from: i64,
    /// Moment after the last.
    pub to: i64,
    /// The case's plate.
    pub key: &'a str,
    /// Go on after (older than) this one.
    pub after: Option<(i64, Uuid)>,
    /// How many.
    pub limit: i64,
}

const COLUMNS: &str = "p.passage_id, p.revision, p.state, p.end_reason, p.site, p.node, p.camera, p.class, p.first_seen, \
     p.last_seen, p.plate_key, p.plate_display, p.plate_class, p.country_class, p.plate_colour, p.plate_confidence, p.unreadable, \
     p.body";

fn select() -> String {
    format!("SELECT {COLUMNS}, {} FROM passes p LEFT JOIN {}", plate_corrections::COLUMNS, plate_corrections::LAST)
}

/// Newest first; a plate is found by the machine's reading and by what a person read last. Trial runs and withdrawn passages are not shown.
pub async fn search(conn: &mut AnyConnection, q: &PassSearch<'_>) -> Result<Vec<PassRow>, StoreError> {
    let (after_at, after_id) = q.after.unwrap_or((i64::MAX, Uuid::max()));
    let text = format!(
        "{} WHERE p.controller = $1 AND p.site = $2 AND p.first_seen >= $3 AND p.first_seen < $4 \
         AND p.shadow = 0 AND p.state <> 'retracted' \
         AND ($5 = '' OR p.plate_key = $5 OR k.plate_key = $5) AND ($6 = '' OR p.plate_last5 = $6 OR k.plate_last5 = $6) \
         AND (p.first_seen < $7 OR (p.first_seen = $7 AND p.passage_id < $8)) \
         ORDER BY p.first_seen DESC, p.passage_id DESC LIMIT $9",
        select()
    );
    sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(q.controller.to_owned())
        .bind(q.site.to_owned())
        .bind(q.from)
        .bind(q.to)
        .bind(q.key.to_owned())
        .bind(q.last5.to_owned())
        .bind(after_at)
        .bind(after_id.as_bytes().to_vec())
        .bind(q.limit)
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("searching passages"))?
        .iter()
        .map(read)
        .collect()
}

/// As [`search`], under a grant: several places, one plate, by the machine's reading and by what a person read last.
pub async fn search_granted(conn: &mut AnyConnection, q: &GrantedSearch<'_>) -> Result<Vec<PassRow>, StoreError> {
    let (after_at, after_id) = q.after.unwrap_or((i64::MAX, Uuid::max()));
    let text = format!(
        "{} WHERE p.controller = $1 AND p.site IN (SELECT s.site FROM plate_grant_sites s WHERE s.grant_id = $2) \
         AND ($3 = '' OR p.site = $3) AND p.first_seen >= $4 AND p.first_seen < $5 AND p.shadow = 0 AND p.state <> 'retracted' \
         AND (p.plate_key = $6 OR k.plate_key = $6) AND (p.first_seen < $7 OR (p.first_seen = $7 AND p.passage_id < $8)) \
         ORDER BY p.first_seen DESC, p.passage_id DESC LIMIT $9",
        select()
    );
    sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(q.controller.to_owned())
        .bind(q.grant.as_bytes().to_vec())
        .bind(q.site.to_owned())
        .bind(q.from)
        .bind(q.to)
        .bind(q.key.to_owned())
        .bind(after_at)
        .bind(after_id.as_bytes().to_vec())
        .bind(q.limit)
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("searching passages under a grant"))?
        .iter()
        .map(read)
        .collect()
}

/// One passage of this controller.
pub async fn get(conn: &mut AnyConnection, controller: &str, passage: Uuid) -> Result<Option<PassRow>, StoreError> {
    let text = format!("{} WHERE p.controller = $1 AND p.passage_id = $2 AND p.shadow = 0", select());
    sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(controller.to_owned())
        .bind(passage.as_bytes().to_vec())
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of("reading a passage"))?
        .as_ref()
        .map(read)
        .transpose()
}

fn read(row: &AnyRow) -> Result<PassRow, StoreError> {
    Ok(PassRow {
        passage_id: columns::id(row, "passage_id")?,
        revision: columns::value(row, "revision")?,
        state: columns::value(row, "state")?,
        end_reason: columns::value(row, "end_reason")?,
        site: columns::value(row, "site")?,
        node: columns::value(row, "node")?,
        camera: columns::value(row, "camera")?,
        class: columns::value(row, "class")?,
        first_seen: columns::value(row, "first_seen")?,
        last_seen: columns::value(row, "last_seen")?,
        plate_key: columns::value(row, "plate_key")?,
        plate_display: columns::value(row, "plate_display")?,
        plate_class: columns::value(row, "plate_class")?,
        country_class: columns::value(row, "country_class")?,
        plate_colour: columns::value(row, "plate_colour")?,
        plate_confidence: columns::value(row, "plate_confidence")?,
        unreadable: columns::value::<i64>(row, "unreadable")? == 1,
        body: columns::value(row, "body")?,
        correction: plate_corrections::read(row)?,
    })
}

/// A picture of a passage, as stored.
#[derive(Debug, Clone)]
pub struct PictureRow {
    /// What it shows.
    pub role: String,
    /// Its hash.
    pub sha256: Sha256,
    /// Its size.
    pub size_bytes: i64,
    /// `at_edge`, …, `stored`, `lost`.
    pub state: String,
    /// When that frame was captured.
    pub captured_at: i64,
}

/// The pictures of a passage of the node at `place` = (site, node): of each role the one of the highest revision. Authorised by
/// the passage's controller. What another node linked to it, or says of another node's picture, is not shown.
pub async fn pictures(
    conn: &mut AnyConnection,
    controller: &str,
    (site, node): (&str, &str),
    passage: Uuid,
) -> Result<Vec<PictureRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT l.role, l.sha256, l.captured_at, e.size_bytes, e.state \
         FROM evidence_links l JOIN evidence e ON e.sha256 = l.sha256 AND e.controller = l.controller \
         AND e.site = l.site AND e.node = l.node \
         WHERE l.controller = $1 AND l.passage_id = $2 AND l.site = $3 AND l.node = $4 \
         ORDER BY l.role, l.revision DESC, l.captured_at DESC, l.sha256",
    )
    .bind(controller.to_owned())
    .bind(passage.as_bytes().to_vec())
    .bind(site.to_owned())
    .bind(node.to_owned())
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading the pictures of a passage"))?;
    let mut pictures: Vec<PictureRow> = Vec::new();
    for row in &rows {
        let role: String = columns::value(row, "role")?;
        if pictures.last().is_some_and(|p| p.role == role) {
            continue;
        }
        pictures.push(PictureRow {
            role,
            sha256: columns::hash(row, "sha256")?,
            size_bytes: columns::value(row, "size_bytes")?,
            state: columns::value(row, "state")?,
            captured_at: columns::value(row, "captured_at")?,
        });
    }
    Ok(pictures)
}
