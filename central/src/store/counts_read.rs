//! Reading reported minutes of counting lines. No personal data stands here.

use sqlx::AnyConnection;

use super::{StoreError, columns};

/// A reported minute of one line.
#[derive(Debug, Clone)]
pub struct MinuteRow {
    /// The node.
    pub node: String,
    /// The camera.
    pub camera: String,
    /// The line.
    pub line: String,
    /// What is counted.
    pub class: String,
    /// Start of the minute.
    pub start_at: i64,
    /// Crossings from left to right.
    pub went_in: i64,
    /// Crossings from right to left.
    pub went_out: i64,
    /// In neither.
    pub doubtful: i64,
    /// Analysed time.
    pub analysed_ms: i64,
}

/// Which minutes.
#[derive(Debug, Clone)]
pub struct MinuteQuery<'a> {
    /// Whose data.
    pub controller: &'a str,
    /// The place.
    pub site: &'a str,
    /// One camera; empty for all.
    pub camera: &'a str,
    /// One line; empty for all.
    pub line: &'a str,
    /// First moment.
    pub from: i64,
    /// Moment after the last.
    pub to: i64,
}

/// Ordered by line, then time.
pub async fn minutes(conn: &mut AnyConnection, q: &MinuteQuery<'_>) -> Result<Vec<MinuteRow>, StoreError> {
    sqlx::query(
        "SELECT node, camera, line, class, start_at, went_in, went_out, doubtful, analysed_ms FROM count_buckets \
         WHERE controller = $1 AND site = $2 AND start_at >= $3 AND start_at < $4 \
         AND ($5 = '' OR camera = $5) AND ($6 = '' OR line = $6) AND state <> 'retracted' \
         ORDER BY node, camera, line, class, start_at",
    )
    .bind(q.controller.to_owned())
    .bind(q.site.to_owned())
    .bind(q.from)
    .bind(q.to)
    .bind(q.camera.to_owned())
    .bind(q.line.to_owned())
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading counted minutes"))?
    .iter()
    .map(|row| {
        Ok(MinuteRow {
            node: columns::value(row, "node")?,
            camera: columns::value(row, "camera")?,
            line: columns::value(row, "line")?,
            class: columns::value(row, "class")?,
            start_at: columns::value(row, "start_at")?,
            went_in: columns::value(row, "went_in")?,
            went_out: columns::value(row, "went_out")?,
            doubtful: columns::value(row, "doubtful")?,
            analysed_ms: columns::value(row, "analysed_ms")?,
        })
    })
    .collect()
}
